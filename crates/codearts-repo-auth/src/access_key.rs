//! Access keys: every request is signed, and no token is sent.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use codearts_repo_client::{Auth, Authorize, NotAuthorized};
use reqwest::Request;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use ring::hmac;
use subtle::ConstantTimeEq;
use url::Position;
use zeroize::Zeroizing;

use crate::signature::{Signed, query};

const DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");
const PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const DOMAIN_ID: HeaderName = HeaderName::from_static("x-domain-id");

/// An access key (AK and SK), permanent, or temporary with its security token.
///
/// Every request is signed anew with SDK-HMAC-SHA256; the clock of this machine may be 15 minutes off at the most
/// (vendor's documentation). The page of the operation names the token only; the vendor's SDK signs, and whether
/// every region accepts that is unverified.
///
/// ```
/// use codearts_repo_auth::AccessKey;
///
/// # fn main() -> Result<(), codearts_repo_auth::InvalidAccessKey> {
/// let key = AccessKey::new("HPUAEXAMPLE", "secret")?.project_id("0123456789abcdef0123456789abcdef")?;
/// assert_eq!(format!("{key:?}"), "AccessKey(***)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AccessKey {
    access: String,
    secret: Zeroizing<String>,
    /// Made of the secret once: each request would pay for it again.
    key: hmac::Key,
    extra: Vec<(HeaderName, HeaderValue)>,
}

impl AccessKey {
    /// Takes the access key id and the secret access key.
    ///
    /// # Errors
    ///
    /// [`InvalidAccessKey`] when one of them is empty or holds anything but visible ASCII characters.
    pub fn new(access: impl Into<String>, secret: impl Into<String>) -> Result<Self, InvalidAccessKey> {
        let (access, secret) = (access.into(), Zeroizing::new(secret.into()));
        check("access key id", &access)?;
        check("secret access key", &secret)?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        Ok(Self { access, secret, key, extra: Vec::new() })
    }

    /// Makes it a temporary key, with the security token that belongs to it.
    ///
    /// # Errors
    ///
    /// [`InvalidAccessKey`] as for the key itself.
    pub fn security_token(self, token: impl Into<String>) -> Result<Self, InvalidAccessKey> {
        self.with("security token", SECURITY_TOKEN, token.into())
    }

    /// Names the project that the calls are for, by its id.
    ///
    /// # Errors
    ///
    /// [`InvalidAccessKey`] as for the key itself.
    pub fn project_id(self, id: impl Into<String>) -> Result<Self, InvalidAccessKey> {
        self.with("project id", PROJECT_ID, id.into())
    }

    /// Names the account (domain) that the calls are for, by its id.
    ///
    /// # Errors
    ///
    /// [`InvalidAccessKey`] as for the key itself.
    pub fn domain_id(self, id: impl Into<String>) -> Result<Self, InvalidAccessKey> {
        self.with("domain id", DOMAIN_ID, id.into())
    }

    fn with(mut self, what: &'static str, name: HeaderName, text: String) -> Result<Self, InvalidAccessKey> {
        let text = Zeroizing::new(text);
        check(what, &text)?;
        // The header shares the one buffer, which is wiped when its last owner goes.
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
            .map_err(|_| InvalidAccessKey { what, empty: false })?;
        value.set_sensitive(name == SECURITY_TOKEN);
        self.extra.retain(|(other, _)| *other != name);
        self.extra.push((name, value));
        Ok(self)
    }

    fn sign(&self, request: &mut Request, date: &str) -> Result<(), NotAuthorized> {
        let pairs: Vec<(String, String)> = request.url().query_pairs().into_owned().collect();
        if !pairs.is_empty() {
            request.url_mut().set_query(Some(&query(&pairs)));
        }
        let value =
            HeaderValue::from_str(date).map_err(|_| NotAuthorized::new("the clock of this machine gives no date"))?;
        request.headers_mut().insert(DATE, value);
        for (name, value) in &self.extra {
            request.headers_mut().insert(name, value.clone());
        }
        let host = &request.url()[Position::BeforeHost..Position::AfterPort];
        let mut headers = Vec::with_capacity(8);
        headers.push(("host", host));
        for (name, value) in request.headers() {
            // Others, Accept for one, may be changed on the way.
            if *name == CONTENT_TYPE || name.as_str().starts_with("x-") {
                let value = value.to_str().map_err(|_| NotAuthorized::new("a header that is signed is not ASCII"))?;
                headers.push((name.as_str(), value));
            }
        }
        let body = match request.body() {
            None => &[],
            Some(body) => body.as_bytes().ok_or(NotAuthorized::new("a streamed body cannot be signed"))?,
        };
        let signed =
            Signed { method: request.method().as_str(), path: request.url().path(), query: pairs, headers, body, date };
        let mut authorization = HeaderValue::try_from(signed.authorization(&self.access, &self.key))
            .map_err(|_| NotAuthorized::new("the access key id is not ASCII"))?;
        authorization.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, authorization);
        Ok(())
    }
}

impl PartialEq for AccessKey {
    fn eq(&self, other: &Self) -> bool {
        // The secrets are compared in constant time, and the other parts are not secret.
        let secrets: bool = self.secret.as_bytes().ct_eq(other.secret.as_bytes()).into();
        self.access == other.access && secrets && self.extra == other.extra
    }
}

impl Eq for AccessKey {}

impl Authorize for AccessKey {
    fn authorize(&self, request: &mut Request) -> Result<(), NotAuthorized> {
        self.sign(request, &date(SystemTime::now()))
    }

    fn is_temporary(&self) -> bool {
        self.extra.iter().any(|(name, _)| *name == SECURITY_TOKEN)
    }

    fn secrets(&self) -> Vec<&str> {
        let token = self.extra.iter().filter(|(name, _)| *name == SECURITY_TOKEN);
        let token = token.map(|(_, value)| value.to_str().unwrap_or_default());
        std::iter::once(self.secret.as_str()).chain(token).collect()
    }
}

/// The date as `X-Sdk-Date` has it. A clock from before 1970 or from after 9999 counts as one of 1970.
fn date(now: SystemTime) -> String {
    let year_10000 = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(253_402_300_800));
    let now = if year_10000.is_some_and(|end| now >= end) { SystemTime::UNIX_EPOCH } else { now };
    let mut date = humantime::format_rfc3339_seconds(now.max(SystemTime::UNIX_EPOCH)).to_string();
    date.retain(|character| !matches!(character, '-' | ':'));
    date
}

fn check(what: &'static str, text: &str) -> Result<(), InvalidAccessKey> {
    if text.is_empty() {
        Err(InvalidAccessKey { what, empty: true })
    } else if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(InvalidAccessKey { what, empty: false })
    }
}

impl From<AccessKey> for Auth {
    fn from(key: AccessKey) -> Self {
        Self::signer(Arc::new(key))
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessKey(***)")
    }
}

/// An invalid part of an access key. It does not show the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InvalidAccessKey {
    what: &'static str,
    empty: bool,
}

impl fmt::Display for InvalidAccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem =
            if self.empty { "is empty" } else { "has a space, a line break or a character that is not ASCII" };
        write!(f, "the {} {problem}", self.what)
    }
}

impl std::error::Error for InvalidAccessKey {}

impl InvalidAccessKey {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        "copy the value without anything around it"
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{AccessKey, date};
    use reqwest::{Method, Request};

    #[test]
    fn the_date_is_in_the_form_of_the_vendor_whatever_the_clock_says() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(date(at(1_768_465_800)), "20260115T083000Z");
        assert_eq!(date(at(951_782_400) + Duration::from_millis(999)), "20000229T000000Z");
        assert_eq!(date(SystemTime::UNIX_EPOCH - Duration::from_secs(1)), "19700101T000000Z");
        assert_eq!(date(at(253_402_300_799)), "99991231T235959Z");
        assert_eq!(date(at(253_402_300_800)), "19700101T000000Z");
    }

    /// The vector `get_user_repositories_query` of the vendor's SDK, through a real request whose query is written
    /// in another order.
    #[test]
    fn a_request_is_signed_and_its_query_sent_as_signed() {
        let key = AccessKey::new("HPUATESTAKEXAMPLE0001", "wJalrTestSecretKeyExample0123456789ABCDEF").expect("a key");
        let key = key.project_id("0123456789abcdef0123456789abcdef").expect("a project");
        let url = "https://codehub-ext.cn-north-4.myhuaweicloud.com/v4/user/repositories?offset=0&limit=20&order_by=updated_at&sort=desc";
        let mut request = Request::new(Method::GET, url.parse().expect("an address"));
        let json = "application/json".parse().expect("a value");
        request.headers_mut().insert("content-type", json);
        key.sign(&mut request, "20260115T083000Z").expect("signed");
        let authorization = request.headers()["authorization"].to_str().expect("ASCII");
        assert!(authorization.contains("Signature=45a23c567c38d156c0048ecb6c070d0dd4caaef5c29ec73"), "{authorization}");
        assert_eq!(request.url().query(), Some("limit=20&offset=0&order_by=updated_at&sort=desc"));
        assert!(!format!("{request:?}").contains("Signature="));
    }

    #[test]
    fn spaces_and_ports_are_signed_as_they_are_sent() {
        let key = AccessKey::new("AK", "SK").expect("a key");
        let url = "http://127.0.0.1:8080/v4/user/repositories?search=a+b%2Bc";
        let mut request = Request::new(Method::GET, url.parse().expect("an address"));
        key.sign(&mut request, "20260115T083000Z").expect("signed");
        assert_eq!(request.url().query(), Some("search=a%20b%2Bc"));
    }

    #[test]
    fn an_invalid_key_is_reported_and_not_shown() {
        for (access, secret, named) in [
            ("", "s", "access key id is empty"),
            ("a", "", "secret access key is empty"),
            ("a\n", "s", "access key id has"),
            ("a", "s3cr3t ", "secret access key has"),
        ] {
            let text = AccessKey::new(access, secret).expect_err(named).to_string();
            assert!(text.contains(named) && !text.contains("s3cr3t"), "{text}");
        }
    }
}
