//! Reads every answer whole, within a limit, and checks it before the generated code decodes it.

use std::fmt;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::Extensions;
use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Response, ResponseBuilderExt};
use serde::de::{DeserializeOwned, Error as _};

use crate::ErrorBody;

/// The longest answer that is read, in bytes: 16 MiB. A page of 100 repositories takes about 100 KiB.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// The header with the token that IAM returns.
static SUBJECT_TOKEN: HeaderName = HeaderName::from_static("x-subject-token");

/// How an answer is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The operation's name. `None` if the contract does not have the operation: any body is valid then, and is
    /// returned as it came.
    pub(crate) operation: Option<&'a str>,
    /// The longest body, in bytes.
    pub(crate) max_bytes: usize,
}

impl<'a> Reading<'a> {
    pub(crate) const fn of(operation: &'a str) -> Self {
        Self { operation: Some(operation), max_bytes: MAX_ANSWER_BYTES }
    }
}

/// Why an answer that reports success is not usable.
///
/// A call that gets such an answer fails with [`Error::UnexpectedResponse`](crate::Error::UnexpectedResponse). The
/// response in it has the status and the headers of the answer, an empty body, and this value as an extension.
///
/// ```
/// use codearts_repo_client::{Error, ErrorBody, InvalidAnswer};
///
/// fn report(error: &Error<ErrorBody>) {
///     if let Error::UnexpectedResponse(response) = error
///         && let Some(invalid) = InvalidAnswer::of(response)
///     {
///         println!("status {}, request {:?}: {invalid}", response.status(), response.headers().get("x-request-id"));
///     }
/// }
/// # let _ = report;
/// ```
#[derive(Debug, Clone)]
pub struct InvalidAnswer {
    kind: InvalidAnswerKind,
    max_bytes: usize,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidAnswerKind {
    /// The connection broke, or a timeout expired, before the end of the body.
    Incomplete,
    /// The body is longer than [`MAX_ANSWER_BYTES`], or than the limit of the request.
    TooLong,
    /// The body is not what the contract describes.
    Undecodable,
}

impl InvalidAnswer {
    /// Why this response is not usable. `None` for a response that is just not in the contract.
    #[must_use]
    pub fn of(response: &Response) -> Option<&Self> {
        response.extensions().get()
    }

    /// What is wrong with the answer.
    #[must_use]
    pub const fn kind(&self) -> InvalidAnswerKind {
        self.kind
    }

    fn undecodable(error: serde_json::Error) -> Self {
        Self { kind: InvalidAnswerKind::Undecodable, max_bytes: MAX_ANSWER_BYTES, source: Some(Arc::new(error)) }
    }
}

impl fmt::Display for InvalidAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            InvalidAnswerKind::Incomplete => f.write_str("the answer is incomplete"),
            InvalidAnswerKind::TooLong => write!(f, "the answer is longer than {} bytes", self.max_bytes),
            InvalidAnswerKind::Undecodable => f.write_str("the answer does not match the contract"),
        }
    }
}

impl std::error::Error for InvalidAnswer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

/// Reads the body of an answer, checks it, and puts it back for the generated code to decode.
///
/// A success that cannot be decoded gets an [`InvalidAnswer`] as an extension. The body of a refusal that cannot be
/// decoded is replaced by a JSON string with its text: the generated code would lose the status otherwise.
pub(crate) async fn read(response: &mut Response, reading: Reading<'_>) {
    let body = read_body(response, reading.max_bytes).await;
    if !response.status().is_success() {
        return refused(response, body, reading);
    }
    let (body, invalid) = check_success(body, response.status().as_u16(), reading);
    replace_body(response, body);
    if let Some(invalid) = invalid {
        response.extensions_mut().insert(invalid);
    }
}

/// Puts back the body of an answer that refuses the call, and adds the [`Refusal`](crate::Refusal) as an extension.
fn refused(response: &mut Response, body: Body, reading: Reading<'_>) {
    let as_it_came = reading.operation.is_none().then(|| match &body {
        Body::Whole(bytes) => bytes.clone(),
        Body::TooLong | Body::Incomplete(_) => Bytes::new(),
    });
    let json = refusal_body(body, reading.max_bytes);
    let parsed = serde_json::from_slice::<ErrorBody>(&json);
    replace_body(response, as_it_came.unwrap_or(json));
    if let Ok(body) = parsed {
        let refusal = crate::error::refusal(response.status(), response.headers(), body);
        response.extensions_mut().insert(refusal);
    }
}

/// The answer that [`read`] marked as invalid, to be put into an error.
pub(crate) fn invalid(response: &Response) -> Option<Response> {
    let invalid = InvalidAnswer::of(response)?.clone();
    let mut answer = Response::from(head_of(response, response.headers().clone(), Extensions::new()).map(|()| ""));
    answer.extensions_mut().insert(invalid);
    Some(answer)
}

/// Checks a body against the type that the contract gives it. A JSON array is no object: serde would take it for the
/// object's fields in order.
pub(crate) fn check_object<T: DeserializeOwned>(body: &[u8]) -> Result<(), serde_json::Error> {
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(serde_json::Error::custom("invalid type: array, expected an object"));
    }
    check_array::<T>(body)
}

/// Checks a body against the type that the contract gives it, where that is an array.
pub(crate) fn check_array<T: DeserializeOwned>(body: &[u8]) -> Result<(), serde_json::Error> {
    serde_json::from_slice::<T>(body).map(drop)
}

enum Body {
    Whole(Bytes),
    TooLong,
    Incomplete(reqwest::Error),
}

async fn read_body(response: &mut Response, max_bytes: usize) -> Body {
    if response.content_length().is_some_and(|length| length > max_bytes as u64) {
        return Body::TooLong;
    }
    let mut whole = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(None) => return Body::Whole(whole.freeze()),
            Ok(Some(chunk)) if whole.len() + chunk.len() > max_bytes => return Body::TooLong,
            Ok(Some(chunk)) => whole.extend_from_slice(&chunk),
            Err(error) => return Body::Incomplete(error.without_url()),
        }
    }
}

fn check_success(body: Body, status: u16, reading: Reading<'_>) -> (Bytes, Option<InvalidAnswer>) {
    let check = |body: &[u8]| crate::contract::check_answer(reading.operation?, status, body);
    let (kind, source) = match body {
        Body::Whole(body) => {
            let problem = check(&body).and_then(Result::err);
            return (body, problem.map(InvalidAnswer::undecodable));
        }
        Body::TooLong => (InvalidAnswerKind::TooLong, None),
        Body::Incomplete(error) => (InvalidAnswerKind::Incomplete, Some(Arc::new(error) as _)),
    };
    // The body of an answer that is not in the contract says nothing.
    let matters = check(&[]).is_some() || reading.operation.is_none();
    (Bytes::new(), matters.then_some(InvalidAnswer { kind, max_bytes: reading.max_bytes, source }))
}

fn refusal_body(body: Body, max_bytes: usize) -> Bytes {
    match body {
        Body::Whole(body) if serde_json::from_slice::<ErrorBody>(&body).is_ok() => body,
        Body::Whole(body) => as_json_text(&String::from_utf8_lossy(&body)),
        Body::TooLong => as_json_text(&format!("the answer is longer than {max_bytes} bytes")),
        Body::Incomplete(_) => as_json_text(""),
    }
}

fn replace_body(response: &mut Response, body: Bytes) {
    let headers = std::mem::take(response.headers_mut());
    let extensions = std::mem::take(response.extensions_mut());
    *response = head_of(response, headers, extensions).map(|()| body).into();
}

/// The status and the URL of an answer, with these headers.
fn head_of(response: &Response, mut headers: HeaderMap, extensions: Extensions) -> http::Response<()> {
    // `Debug` of the generated error shows the headers.
    if let Some(token) = headers.get_mut(&SUBJECT_TOKEN) {
        token.set_sensitive(true);
    }
    let mut builder = http::Response::builder().status(response.status()).version(response.version());
    if let Some(place) = builder.extensions_mut() {
        *place = extensions;
    }
    if let Some(place) = builder.headers_mut() {
        *place = headers;
    }
    // reqwest takes the URL from its own extension of the builder only.
    builder.url(response.url().clone()).body(()).unwrap_or_default()
}

fn as_json_text(text: &str) -> Bytes {
    serde_json::Value::from(text).to_string().into()
}

#[cfg(test)]
mod tests {
    use super::{ErrorBody, InvalidAnswer, InvalidAnswerKind, Reading};

    fn response(status: u16, body: impl Into<reqwest::Body>) -> reqwest::Response {
        let answer = http::Response::builder().status(status).header("x-subject-token", "s3cr3t").body(body.into());
        answer.expect("a response").into()
    }

    async fn read(mut response: reqwest::Response, reading: Reading<'_>) -> reqwest::Response {
        super::read(&mut response, reading).await;
        response
    }

    #[tokio::test]
    async fn a_refusal_keeps_its_status_whatever_its_body_is() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        // Not UTF-8, half a surrogate pair, a number out of range, and too many levels.
        let bodies = [
            b"{\"error_msg\":\"\xbe\xdc\xbe\xf8\"}".as_slice(),
            br#"{"error_msg":"\udc00"}"#,
            br#"{"code":1e999}"#,
            deep.as_bytes(),
        ];
        for body in bodies {
            let received = read(response(401, body.to_vec()), Reading::of("show_remote_mirror")).await;
            assert_eq!(received.status(), 401);
            let read: ErrorBody = received.json().await.expect("a body that can be decoded");
            assert_eq!(read.message.as_deref(), Some(&*String::from_utf8_lossy(body)));
        }
    }

    #[tokio::test]
    async fn a_success_that_does_not_match_the_contract_is_marked() {
        for (body, valid) in [("{}", true), ("[]", false), (" [\"a\"]", false), ("", false), ("{\"jid\":1}", false)] {
            let received = read(response(200, body), Reading::of("start_remote_mirror_synchronization")).await;
            let expected = (!valid).then_some(InvalidAnswerKind::Undecodable);
            assert_eq!(InvalidAnswer::of(&received).map(InvalidAnswer::kind), expected, "{body}");
            let copy = super::invalid(&received);
            assert_eq!(copy.is_some(), !valid, "{body}");
            assert!(!format!("{received:?}{copy:?}").contains("s3cr3t"));
        }
        let listed = read(response(200, "[]"), Reading::of("list_current_user_repositories")).await;
        assert!(InvalidAnswer::of(&listed).is_none());
        let other_status = read(response(299, "<html>"), Reading::of("show_remote_mirror")).await;
        assert!(InvalidAnswer::of(&other_status).is_none(), "the contract has no such status");
    }

    #[tokio::test]
    async fn an_answer_outside_the_contract_is_returned_as_it_came_up_to_its_limit() {
        let reading = |max_bytes| Reading { operation: None, max_bytes };
        for status in [200, 404] {
            let body = b"\xff<html>";
            let received = read(response(status, body.to_vec()), reading(7)).await;
            assert!(InvalidAnswer::of(&received).is_none());
            assert_eq!(received.bytes().await.expect("a body"), body.as_slice());
        }
        let received = read(response(200, "12345678"), reading(7)).await;
        let invalid = InvalidAnswer::of(&received).expect("it is too long");
        assert_eq!(invalid.to_string(), "the answer is longer than 7 bytes");
        let refused = read(response(404, "12345678"), reading(7)).await;
        let refusal = refused.extensions().get::<crate::Refusal>().expect("a refusal");
        assert_eq!(refusal.message.as_deref(), Some("the answer is longer than 7 bytes"));
    }
}
