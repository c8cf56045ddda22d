//! What arrived at the emulator, for tests to look at.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method};
use serde_json::{Value, json};

/// How many requests are kept, and how many bytes of bodies; the oldest go first.
const MOST_REQUESTS: usize = 10_000;
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Headers whose values are shown in Debug. Any other may hold a secret.
const SHOWN: [&str; 8] =
    ["accept", "api-version", "content-length", "content-type", "host", "user-agent", "x-sdk-date", "x-project-id"];

/// A request that arrived, whatever it was answered with.
///
/// Its accessors give everything as it arrived; its `Debug` shows no secret.
#[derive(Clone)]
pub struct RecordedRequest {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

impl RecordedRequest {
    pub(crate) fn new(parts: &Parts, body: Bytes) -> Self {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Self { method: parts.method.clone(), path: path.to_owned(), headers: parts.headers.clone(), body }
    }

    /// The method, in capitals.
    #[must_use]
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The path with its query, as it arrived.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// All headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The text of one header, when it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as it arrived; empty when none did or when it was longer than the emulator reads.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, when it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The user name and the password for the mirror source, Base64 decoded, when the body holds both.
    #[must_use]
    pub fn remote_credentials(&self) -> Option<(String, String)> {
        let body = self.json()?;
        let decoded = |name: &str| String::from_utf8(STANDARD.decode(body.get(name)?.as_str()?).ok()?).ok();
        Some((decoded("username")?, decoded("password")?))
    }
}

impl RecordedRequest {
    /// What may be shown to anybody.
    pub(crate) fn redacted(&self) -> Value {
        json!({
            "method": self.method(),
            "path": self.path(),
            "headers": self.shown_headers().collect::<BTreeMap<_, _>>(),
            "body_length": self.body.len(),
        })
    }

    fn shown_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| {
            let shown = SHOWN.contains(&name.as_str()).then_some(value).and_then(|value| value.to_str().ok());
            (name.as_str(), shown.unwrap_or("***"))
        })
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("headers", &self.shown_headers().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// The requests so far.
#[derive(Debug, Default)]
pub(crate) struct Records {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    requests: VecDeque<RecordedRequest>,
    bytes: usize,
}

impl fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} requests", self.requests.len())
    }
}

impl Records {
    pub(crate) fn add(&self, request: RecordedRequest) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += request.body.len();
        kept.requests.push_back(request);
        while kept.requests.len() > MOST_REQUESTS || kept.bytes > MOST_BYTES {
            let Some(oldest) = kept.requests.pop_front() else { break };
            kept.bytes -= oldest.body.len();
        }
    }

    pub(crate) fn clear(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).requests.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str, body: Bytes) -> RecordedRequest {
        let request = http::Request::post(path).header("x-auth-token", "s3cr3t").header("accept", "text/plain");
        RecordedRequest::new(&request.body(()).expect("a request").into_parts().0, body)
    }

    #[test]
    fn a_request_gives_what_arrived_and_debug_no_secret() {
        let request = request("/a?b=c", Bytes::from_static(b"s3cr3t"));
        assert_eq!((request.method(), request.path(), request.body()), ("POST", "/a?b=c", b"s3cr3t".as_slice()));
        assert_eq!(
            (request.headers().len(), &request.headers()["x-auth-token"]),
            (2, &"s3cr3t".parse().expect("text"))
        );
        let debug = format!("{request:?}");
        for part in ["POST", "/a?b=c", "\"x-auth-token\", \"***\"", "\"accept\", \"text/plain\"", "6 bytes"] {
            assert!(debug.contains(part), "{part}: {debug}");
        }
        assert!(!debug.contains("s3cr3t"), "{debug}");
    }

    #[test]
    fn the_newest_ten_thousand_requests_are_kept() {
        let records = Records::default();
        (0..10_002).for_each(|number| records.add(request(&format!("/{number}"), Bytes::new())));
        let kept = records.all();
        assert_eq!((kept.len(), kept[0].path(), kept[9_999].path()), (10_000, "/2", "/10001"));
        assert!(format!("{records:?}").contains("10000 requests"), "and nothing of them");
    }

    #[test]
    fn bodies_of_64_mib_together_are_kept_and_those_of_requests_that_went_do_not_count() {
        let (records, mebibyte) = (Records::default(), Bytes::from(vec![b'x'; 1024 * 1024]));
        for round in 0..2 {
            (0..100).for_each(|number| records.add(request(&format!("/{number}"), mebibyte.clone())));
            let kept = records.all();
            assert_eq!((kept.len(), kept[0].path(), kept[63].path()), (64, "/36", "/99"), "{round}");
            records.add(request("/one-more", Bytes::from_static(b"x")));
            assert_eq!(records.all().len(), 64, "the oldest made room");
            records.clear();
            assert_eq!(records.all().len(), 0);
        }
    }
}
