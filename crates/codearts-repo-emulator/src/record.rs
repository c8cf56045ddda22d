//! The requests that arrived at the emulator, for tests to inspect.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request};
use serde_json::{Value, json};

/// How many requests are kept, and their total size in bytes. The oldest are dropped first.
const MAX_REQUESTS: usize = 10_000;
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The memory of a header in addition to its text, in bytes.
const HEADER_OVERHEAD: usize = 96;

/// Headers whose values `Debug` shows. Any other header may contain a secret.
const SHOWN: [&str; 8] =
    ["accept", "api-version", "content-length", "content-type", "host", "user-agent", "x-sdk-date", "x-project-id"];

/// A request that arrived, whatever its answer was.
///
/// The accessors return everything as it arrived; `Debug` shows no secret. A program can also make one itself:
///
/// ```
/// use bytes::Bytes;
/// use codearts_repo_emulator::RecordedRequest;
///
/// let request = http::Request::get("/v4/user/repositories?limit=5").header("X-Auth-Token", "t").body(Bytes::new())?;
/// let request = RecordedRequest::from(request);
/// assert_eq!((request.method(), request.path()), ("GET", "/v4/user/repositories?limit=5"));
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RecordedRequest {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

impl RecordedRequest {
    /// Copies the text, which would otherwise keep the whole buffer of its connection in memory.
    fn new(parts: &Parts, body: &[u8]) -> Self {
        let mut headers = HeaderMap::with_capacity(parts.headers.len());
        for (name, value) in &parts.headers {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                headers.append(name, value);
            }
        }
        Self {
            method: parts.method.clone(),
            path: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            headers,
            body: Bytes::copy_from_slice(body),
        }
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

    /// The text of one header, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as it arrived; empty if it has not arrived, or was longer than the emulator reads.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, if it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The decoded user name and password for the mirror source, if the body has both.
    #[must_use]
    pub fn remote_credentials(&self) -> Option<(String, String)> {
        let body = self.json()?;
        let decoded = |name: &str| String::from_utf8(STANDARD.decode(body.get(name)?.as_str()?).ok()?).ok();
        Some((decoded("username")?, decoded("password")?))
    }

    /// The public part: neither the query nor the body, and only some headers.
    pub(crate) fn redacted(&self) -> Value {
        json!({
            "method": self.method(),
            "path": self.path_without_query(),
            "headers": self.shown_headers().collect::<BTreeMap<_, _>>(),
            "body_length": self.body.len(),
        })
    }

    /// A query may contain a token.
    fn path_without_query(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    fn shown_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| {
            let shown = SHOWN.contains(&name.as_str()).then_some(value).and_then(|value| value.to_str().ok());
            (name.as_str(), shown.unwrap_or("***"))
        })
    }

    /// The memory of the record, in bytes.
    fn size(&self) -> usize {
        let headers: usize =
            self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + HEADER_OVERHEAD).sum();
        size_of::<Self>() + self.path.len() + headers + self.body.len()
    }
}

impl From<Request<Bytes>> for RecordedRequest {
    fn from(request: Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        Self::new(&parts, &body)
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.path_without_query())
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
    /// The number of the first request in the queue.
    first: u64,
    bytes: usize,
}

/// The number of a request. Its body arrives later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordId(u64);

impl fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} requests", self.requests.len())
    }
}

impl Records {
    /// Records a request whose head arrived.
    pub(crate) fn add(&self, parts: &Parts) -> RecordId {
        let request = RecordedRequest::new(parts, &[]);
        let mut kept = self.kept();
        let number = kept.first + kept.requests.len() as u64;
        kept.bytes += request.size();
        kept.requests.push_back(request);
        kept.make_room();
        RecordId(number)
    }

    /// Adds the body to a request, unless the request was dropped already.
    pub(crate) fn set_body(&self, id: RecordId, body: &[u8]) {
        let mut kept = self.kept();
        let index = id.0.checked_sub(kept.first).and_then(|index| usize::try_from(index).ok());
        let Some(request) = index.and_then(|index| kept.requests.get_mut(index)) else { return };
        request.body = Bytes::copy_from_slice(body);
        kept.bytes += body.len();
        kept.make_room();
    }

    pub(crate) fn clear(&self) {
        let mut kept = self.kept();
        let first = kept.first + kept.requests.len() as u64;
        *kept = Kept { first, ..Kept::default() };
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.kept().requests.iter().cloned().collect()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn make_room(&mut self) {
        while self.requests.len() > MAX_REQUESTS || self.bytes > MAX_BYTES {
            let Some(oldest) = self.requests.pop_front() else { break };
            self.first += 1;
            self.bytes -= oldest.size();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(path: &str) -> Parts {
        let request = http::Request::post(path).header("x-auth-token", "s3cr3t").header("accept", "text/plain");
        request.body(()).expect("a request").into_parts().0
    }

    fn add(records: &Records, path: &str, body: &[u8]) {
        records.set_body(records.add(&head(path)), body);
    }

    #[test]
    fn the_accessors_return_what_arrived_and_debug_shows_no_secret() {
        let request = RecordedRequest::new(&head("/a?X-Auth-Token=s3cr3t"), b"s3cr3t");
        assert_eq!(
            (request.method(), request.path(), request.body()),
            ("POST", "/a?X-Auth-Token=s3cr3t", &b"s3cr3t"[..])
        );
        assert_eq!(
            (request.headers().len(), &request.headers()["x-auth-token"]),
            (2, &"s3cr3t".parse().expect("text"))
        );
        let debug = format!("{request:?} {}", request.redacted());
        for part in ["POST", "\"/a\"", "\"x-auth-token\", \"***\"", "\"accept\", \"text/plain\"", "6 bytes"] {
            assert!(debug.contains(part), "{part}: {debug}");
        }
        assert!(!debug.contains("s3cr3t"), "{debug}");
    }

    #[test]
    fn the_newest_ten_thousand_requests_are_kept() {
        let records = Records::default();
        (0..10_002).for_each(|number| add(&records, &format!("/{number}"), b""));
        let kept = records.all();
        assert_eq!((kept.len(), kept[0].path(), kept[9_999].path()), (10_000, "/2", "/10001"));
        assert!(format!("{records:?}").contains("10000 requests"), "and nothing of them");
    }

    #[test]
    fn requests_of_64_mib_together_are_kept() {
        let (records, mebibyte) = (Records::default(), vec![b'x'; 1024 * 1024]);
        for round in 0..2 {
            (0..100).for_each(|number| add(&records, &format!("/{number}"), &mebibyte));
            let kept = records.all();
            assert_eq!((kept.len(), kept[0].path(), kept[62].path()), (63, "/37", "/99"), "{round}");
            records.clear();
            assert_eq!(records.all().len(), 0);
        }
    }

    #[test]
    fn paths_and_headers_count_too() {
        let records = Records::default();
        let mut head = head(&format!("/{}", "p".repeat(60_000)));
        head.headers.insert("x-filler", HeaderValue::from_bytes(&[b'h'; 60_000]).expect("text"));
        for _ in 0..1000 {
            records.add(&head);
        }
        let kept = records.all().len();
        assert!((550..560).contains(&kept), "{kept}");
    }

    #[test]
    fn a_body_that_comes_after_the_record_was_dropped_is_ignored() {
        let records = Records::default();
        let id = records.add(&head("/a"));
        records.clear();
        add(&records, "/b", b"b");
        records.set_body(id, b"late");
        let kept = records.all();
        assert_eq!((kept.len(), kept[0].path(), kept[0].body()), (1, "/b", &b"b"[..]));
    }
}
