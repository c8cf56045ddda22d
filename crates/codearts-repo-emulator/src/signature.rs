//! Signatures of the kind SDK-HMAC-SHA256.

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use http::request::Parts;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode};
use sha2::{Digest as _, Sha256};
use url::form_urlencoded;

const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// The bytes that a canonical request escapes: all but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// How far the clocks may be apart, in seconds.
const SKEW: i64 = 15 * 60;

/// The content of an `Authorization` header.
#[derive(Debug)]
pub(crate) struct Signature<'header> {
    pub(crate) access: &'header str,
    signed_headers: &'header str,
    signature: Vec<u8>,
}

/// Why a signature is not accepted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rejection {
    /// Something is missing or unreadable.
    Format(&'static str),
    KeyUnknown,
    /// The temporary key has expired.
    Expired,
    /// The date of the signature is too far from now.
    Skew,
    /// The key or a signed part is different.
    Mismatch,
}

impl<'header> Signature<'header> {
    /// Reads `SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`.
    pub(crate) fn parse(authorization: &'header str) -> Result<Self, Rejection> {
        let parameters = authorization.strip_prefix(ALGORITHM).ok_or(Rejection::Format("the algorithm is unknown"))?;
        let (mut access, mut signed_headers, mut signature) = (None, None, None);
        for (name, value) in parameters.split(',').filter_map(|part| part.trim().split_once('=')) {
            match name {
                "Access" => access = Some(value),
                "SignedHeaders" => signed_headers = Some(value),
                "Signature" => signature = hex::decode(value).ok(),
                _ => {}
            }
        }
        Ok(Self {
            access: access.ok_or(Rejection::Format("Access is missing"))?,
            signed_headers: signed_headers.ok_or(Rejection::Format("SignedHeaders is missing"))?,
            signature: signature.ok_or(Rejection::Format("Signature is missing or is not hexadecimal"))?,
        })
    }

    /// Computes the signature and compares.
    pub(crate) fn verify(&self, secret: &[u8], parts: &Parts, body: &[u8], now: Timestamp) -> Result<(), Rejection> {
        let names: Vec<&str> = self.signed_headers.split(';').collect();
        if !names.contains(&"host") || !names.contains(&"x-sdk-date") {
            return Err(Rejection::Format("host and x-sdk-date have to be signed"));
        }
        let date = header(&parts.headers, "x-sdk-date").ok_or(Rejection::Format("X-Sdk-Date is missing"))?;
        let time = time_of(date).ok_or(Rejection::Format("X-Sdk-Date is not in the form 20060102T150405Z"))?;
        if (time.as_second() - now.as_second()).abs() > SKEW {
            return Err(Rejection::Skew);
        }
        let canonical = self.canonical_request(parts, body)?;
        let text = format!("{ALGORITHM}\n{date}\n{}", hex::encode(Sha256::digest(canonical)));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| Rejection::Mismatch)?;
        mac.update(text.as_bytes());
        mac.verify_slice(&self.signature).map_err(|_| Rejection::Mismatch)
    }

    fn canonical_request(&self, parts: &Parts, body: &[u8]) -> Result<String, Rejection> {
        let mut headers = String::new();
        for name in self.signed_headers.split(';') {
            let value =
                header(&parts.headers, name).ok_or(Rejection::Format("a signed header is missing or duplicate"))?;
            headers.extend([name, ":", value, "\n"]);
        }
        let given_hash = header(&parts.headers, "x-sdk-content-sha256").filter(|_| !body.is_empty());
        let hash = given_hash.map_or_else(|| hex::encode(Sha256::digest(body)), str::to_owned);
        Ok(format!(
            "{}\n{}\n{}\n{headers}\n{}\n{hash}",
            parts.method.as_str().to_ascii_uppercase(),
            canonical_path(parts.uri.path()),
            canonical_query(parts.uri.query().unwrap_or_default()),
            self.signed_headers,
        ))
    }
}

fn time_of(date: &str) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(DateTime::strptime("%Y%m%dT%H%M%SZ", date).ok()?).ok()
}

/// The value of a header that occurs exactly once, without the spaces around it.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    // Text outside ASCII is sent, and signed, as UTF-8.
    let value = std::str::from_utf8(value.as_bytes()).ok()?;
    values.next().is_none().then(|| value.trim())
}

/// The whole path is decoded before it is split: an encoded slash separates segments here.
fn canonical_path(path: &str) -> String {
    let mut canonical = String::new();
    let decoded: Vec<u8> = percent_decode_str(path).collect();
    for (index, segment) in decoded.split(|byte| *byte == b'/').enumerate() {
        if index > 0 {
            canonical.push('/');
        }
        canonical.extend(percent_encode(segment, ESCAPED));
    }
    if !canonical.ends_with('/') {
        canonical.push('/');
    }
    canonical
}

fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    pairs.sort();
    let mut canonical = String::new();
    for (name, value) in &pairs {
        if !canonical.is_empty() {
            canonical.push('&');
        }
        canonical.extend(utf8_percent_encode(name, ESCAPED));
        canonical.push('=');
        canonical.extend(utf8_percent_encode(value, ESCAPED));
    }
    canonical
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed test is meant to stop")]
    use http::{Method, Request};
    use serde_json::Value;

    use super::*;

    struct Vector {
        name: String,
        secret: String,
        authorization: String,
        canonical: String,
        parts: Parts,
        body: Vec<u8>,
        now: Timestamp,
    }

    /// Requests that the vendor's own SDK signed.
    fn vectors() -> Vec<Vector> {
        let file: Value = serde_json::from_str(include_str!("signature/vectors.json")).unwrap();
        file["vectors"].as_array().unwrap().iter().map(vector).collect()
    }

    fn vector(vector: &Value) -> Vector {
        let (input, expected) = (&vector["input"], &vector["expected"]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let method = Method::from_bytes(text(&input["method"]).as_bytes()).unwrap();
        let mut request = Request::builder().method(method).uri(on_the_wire(&text(&expected["request_target"])));
        for (name, value) in expected["headers_sent"].as_object().unwrap() {
            request = request.header(name, text(value));
        }
        let date = expected["headers_sent"]["X-Sdk-Date"].as_str().unwrap();
        let now = time_of(date).unwrap();
        Vector {
            name: text(&vector["name"]),
            secret: text(&input["sk"]),
            authorization: text(&expected["authorization"]),
            canonical: text(&expected["canonical_request"]),
            parts: request.body(()).unwrap().into_parts().0,
            body: text(&input["body_utf8"]).into_bytes(),
            now,
        }
    }

    /// One target is written as text for people; HTTP carries it encoded.
    fn on_the_wire(target: &str) -> String {
        target
            .bytes()
            .map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    }

    impl Vector {
        fn verify(&self) -> Result<(), Rejection> {
            let signature = Signature::parse(&self.authorization)?;
            signature.verify(self.secret.as_bytes(), &self.parts, &self.body, self.now)
        }
    }

    #[test]
    fn the_signatures_of_the_vendors_sdk_are_accepted() {
        let vectors = vectors();
        assert_eq!(vectors.len(), 29);
        for vector in vectors {
            let signature = Signature::parse(&vector.authorization).unwrap();
            assert_eq!(
                signature.canonical_request(&vector.parts, &vector.body).unwrap(),
                vector.canonical,
                "{}",
                vector.name
            );
            assert_eq!(vector.verify(), Ok(()), "{}", vector.name);
        }
    }

    #[test]
    fn every_change_is_noticed() {
        for mut vector in vectors() {
            let name = vector.name.clone();
            vector.secret.push('x');
            assert_eq!(vector.verify(), Err(Rejection::Mismatch), "{name}: key");
            vector.secret.pop();
            let uri = vector.parts.uri.clone();
            vector.parts.uri =
                format!("{uri}{}changed=1", if uri.query().is_some() { '&' } else { '?' }).parse().unwrap();
            assert_eq!(vector.verify(), Err(Rejection::Mismatch), "{name}: query");
            vector.parts.uri = format!("/changed{uri}").parse().unwrap();
            assert_eq!(vector.verify(), Err(Rejection::Mismatch), "{name}: path");
            vector.parts.uri = uri;
            let host = vector.parts.headers.insert("host", "elsewhere".parse().unwrap()).unwrap();
            assert_eq!(vector.verify(), Err(Rejection::Mismatch), "{name}: host");
            vector.parts.headers.insert("host", host);
            if !vector.parts.headers.contains_key("x-sdk-content-sha256") {
                vector.body.push(b' ');
                assert_eq!(vector.verify(), Err(Rejection::Mismatch), "{name}: body");
                vector.body.pop();
            }
            vector.parts.method = Method::PATCH;
            assert_eq!(vector.verify(), Err(Rejection::Mismatch), "{name}: method");
        }
    }

    #[test]
    fn the_clocks_may_be_fifteen_minutes_apart() {
        let mut vector = vectors().remove(0);
        let signed_at = vector.now.as_second();
        for (seconds, outcome) in
            [(900, Ok(())), (-900, Ok(())), (901, Err(Rejection::Skew)), (-901, Err(Rejection::Skew))]
        {
            vector.now = Timestamp::from_second(signed_at + seconds).unwrap();
            assert_eq!(vector.verify(), outcome, "{seconds}");
        }
    }

    #[test]
    fn unreadable_headers_are_refused() {
        for text in [
            "",
            "Basic abc",
            "SDK-HMAC-SHA256",
            "SDK-HMAC-SHA256 Access=a",
            "SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-sdk-date, Signature=xyz",
        ] {
            assert!(matches!(Signature::parse(text), Err(Rejection::Format(_))), "{text}");
        }
        let mut vector = vectors().remove(0);
        vector.authorization = vector.authorization.replace("host;x-sdk-date", "x-sdk-date");
        assert!(matches!(vector.verify(), Err(Rejection::Format(_))), "host has to be signed");
    }
}
