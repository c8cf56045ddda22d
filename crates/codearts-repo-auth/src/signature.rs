//! The signature SDK-HMAC-SHA256, as the vendor documents it ("API request signing guide").

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode};
use ring::{digest, hmac};

/// All bytes but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What is signed of a request.
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    /// The path, percent-encoded or not: it is decoded first.
    pub(super) path: &'a str,
    /// The query, decoded.
    pub(super) query: Vec<(String, String)>,
    /// The headers, names in lower case.
    pub(super) headers: Vec<(&'a str, &'a str)>,
    pub(super) body: &'a [u8],
    /// The value of the header `x-sdk-date`.
    pub(super) date: &'a str,
}

impl Signed<'_> {
    /// The value of the header `Authorization`.
    pub(super) fn authorization(mut self, access: &str, key: &hmac::Key) -> String {
        // A name with an underscore may be dropped by proxies on its way.
        self.headers.retain(|(name, _)| !name.contains('_'));
        self.headers.sort_unstable();
        let canonical = self.canonical();
        let mut text = hmac::Context::with_key(key);
        text.update(b"SDK-HMAC-SHA256\n");
        text.update(self.date.as_bytes());
        text.update(b"\n");
        text.update(hex::encode(digest::digest(&digest::SHA256, canonical.as_bytes())).as_bytes());

        let mut out = String::with_capacity(256);
        out.push_str("SDK-HMAC-SHA256 Access=");
        out.push_str(access);
        out.push_str(", SignedHeaders=");
        self.names(&mut out);
        out.push_str(", Signature=");
        out.push_str(&hex::encode(text.sign()));
        out
    }

    fn names(&self, out: &mut String) {
        for (index, (name, _)) in self.headers.iter().enumerate() {
            if index > 0 {
                out.push(';');
            }
            out.push_str(name);
        }
    }

    fn canonical(&self) -> String {
        let mut out = String::with_capacity(512);
        out.push_str(self.method);
        out.make_ascii_uppercase();
        out.push('\n');
        canonical_path(self.path, &mut out);
        out.push('\n');
        out.push_str(&query(&self.query));
        out.push('\n');
        for (name, value) in &self.headers {
            for part in [name, ":", value.trim(), "\n"] {
                out.push_str(part);
            }
        }
        out.push('\n');
        self.names(&mut out);
        out.push('\n');
        let given = self.headers.iter().find(|(name, _)| *name == "x-sdk-content-sha256");
        match given {
            Some((_, hash)) if !self.body.is_empty() => out.push_str(hash.trim()),
            _ => out.push_str(&hex::encode(digest::digest(&digest::SHA256, self.body))),
        }
        out
    }
}

/// A query in the form that is signed: sorted by name and value, everything but unreserved characters encoded. It is
/// also the form that is sent, so that no two readings of a plus sign can part what is signed from what arrives.
pub(super) fn query(pairs: &[(String, String)]) -> String {
    let mut sorted: Vec<&(String, String)> = pairs.iter().collect();
    sorted.sort_unstable();
    let mut out = String::new();
    for (name, value) in sorted {
        if !out.is_empty() {
            out.push('&');
        }
        out.extend(utf8_percent_encode(name, RESERVED));
        out.push('=');
        out.extend(utf8_percent_encode(value, RESERVED));
    }
    out
}

fn canonical_path(path: &str, out: &mut String) {
    let begin = out.len();
    let path: Cow<'_, [u8]> = percent_decode_str(path).into();
    for (index, segment) in path.split(|byte| *byte == b'/').enumerate() {
        if index > 0 {
            out.push('/');
        }
        out.extend(percent_encode(segment, RESERVED));
    }
    if !out[begin..].ends_with('/') {
        out.push('/');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const VECTORS: &str = include_str!("signature/vectors.json");

    /// The vendor's SDK computed these; see the file's own words.
    #[test]
    fn every_vector_is_reproduced() {
        let file: Value = serde_json::from_str(VECTORS).expect("JSON");
        let vectors = file["vectors"].as_array().expect("vectors");
        assert_eq!(vectors.len(), 29);
        for vector in vectors {
            let (name, input, expected) = (&vector["name"], &vector["input"], &vector["expected"]);
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            // What the SDK adds by itself (project, security token, content hash) is in what it sent.
            let headers: Vec<(String, String)> = expected["headers_sent"]
                .as_object()
                .expect("headers")
                .iter()
                .filter(|(name, _)| *name != "Authorization")
                .map(|(name, value)| (name.to_lowercase(), text(value)))
                .collect();
            let query = input["query"].as_array().expect("a query").iter().map(|pair| {
                let value = match &pair[1] {
                    Value::String(value) => value.clone(),
                    other => other.to_string(),
                };
                (text(&pair[0]), value)
            });
            let query: Vec<_> = query.collect();
            let (method, path, body) = (text(&input["method"]), text(&input["path"]), text(&input["body_utf8"]));
            let date = text(&expected["headers_sent"]["X-Sdk-Date"]);
            let target = text(&expected["request_target"]);
            if let Some((_, sent)) = target.split_once('?') {
                assert_eq!(super::query(&query), sent, "{name}");
            }
            let signed = Signed {
                method: &method,
                path: &path,
                query,
                headers: headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
                body: body.as_bytes(),
                date: &date,
            };
            let key = hmac::Key::new(hmac::HMAC_SHA256, text(&input["sk"]).as_bytes());
            assert_eq!(signed.authorization(&text(&input["ak"]), &key), text(&expected["authorization"]), "{name}");
        }
    }

    #[test]
    fn a_percent_sign_that_encodes_nothing_stays() {
        let path = |text| {
            let mut out = String::new();
            canonical_path(text, &mut out);
            out
        };
        assert_eq!(path("/a%2"), "/a%252/");
        assert_eq!(path("/a%zz/%41"), "/a%25zz/A/");
        assert_eq!(path(""), "/");
        assert_eq!(path("//./.."), "//./../");
    }

    /// The algorithm once more, from the vendor's words, as plainly as it can be written and over other libraries.
    fn plainly(signed: &Signed<'_>, access: &str, secret: &str) -> String {
        use ::hmac::{Hmac, KeyInit, Mac};
        use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
        use sha2::{Digest, Sha256};

        const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
        let encoded = |bytes: &[u8]| percent_encode(bytes, RESERVED).to_string();
        let hexed = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();

        let path: Vec<u8> = percent_decode_str(signed.path).collect();
        let mut path = path.split(|byte| *byte == b'/').map(encoded).collect::<Vec<_>>().join("/");
        if !path.ends_with('/') {
            path += "/";
        }
        let mut pairs = signed.query.clone();
        pairs.sort();
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name.as_bytes()), encoded(value.as_bytes())))
            .collect();
        let mut headers: Vec<_> = signed.headers.iter().filter(|(name, _)| !name.contains('_')).collect();
        headers.sort();
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
        let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let canonical = format!(
            "{}\n{path}\n{}\n{lines}\n{names}\n{}",
            signed.method.to_uppercase(),
            pairs.join("&"),
            hexed(&Sha256::digest(signed.body))
        );
        let text = format!("SDK-HMAC-SHA256\n{}\n{}", signed.date, hexed(&Sha256::digest(canonical)));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length is a key");
        mac.update(text.as_bytes());
        let signature = hexed(&mac.finalize().into_bytes());
        format!("SDK-HMAC-SHA256 Access={access}, SignedHeaders={names}, Signature={signature}")
    }

    proptest::proptest! {
        #[test]
        fn a_second_implementation_agrees(
            method in "[A-Za-z]{3,6}",
            path in proptest::prop_oneof!["(/[a-z0-9%.~ -]{0,6}){0,4}/?", proptest::prelude::any::<String>()],
            query in proptest::collection::vec((proptest::prelude::any::<String>(), "[a-c &=+%/~ä]{0,4}"), 0..4),
            headers in proptest::collection::btree_map("[a-c_-]{1,3}", "[ -~]{0,9}", 0..4),
            body in proptest::prelude::any::<Vec<u8>>(),
            secret in "[!-~]{1,90}",
        ) {
            let signed = || Signed {
                method: &method,
                path: &path,
                query: query.clone(),
                headers: headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
                body: &body,
                date: "20260115T083000Z",
            };
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
            proptest::prop_assert_eq!(signed().authorization("AK", &key), plainly(&signed(), "AK", &secret));
        }
    }
}
