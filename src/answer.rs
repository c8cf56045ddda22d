//! Reads an answer whole, within a limit, before the generated code decodes it.

use bytes::{Bytes, BytesMut};
use reqwest::{Response, ResponseBuilderExt};

use crate::ErrorBody;
use crate::contract::LIST_OPERATIONS;

/// The longest answer that is read, in bytes: 16 MiB. A page of 100 repositories takes about 100 KiB.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// Reads the body and hands on an answer that the generated code cannot misread. A JSON text stands in for
/// - the body of a refusal that is not JSON, or holds what cannot be decoded, so that its status is not lost;
/// - a JSON array where the contract has an object, which serde would read as the object's fields in order;
/// - an answer past the limit.
pub(crate) async fn receive(mut response: Response, operation: &str) -> reqwest::Result<Response> {
    let refused = !response.status().is_success();
    let body = match read(&mut response).await {
        Ok(Some(body)) => body,
        Ok(None) => as_json_text(format!("the answer is longer than {MAX_ANSWER_BYTES} bytes")),
        // The status of a refusal tells more than that its text could not be read.
        Err(_) if refused => Bytes::new(),
        Err(error) => return Err(error),
    };
    let misleading = if refused {
        serde_json::from_slice::<ErrorBody>(&body).is_err()
    } else {
        is_array(&body) && !LIST_OPERATIONS.contains(&operation)
    };
    let body = if misleading { as_json_text(String::from_utf8_lossy(&body).into_owned()) } else { body };
    Ok(with_body(response, body))
}

/// The whole body, or nothing when it is longer than the limit.
async fn read(response: &mut Response) -> reqwest::Result<Option<Bytes>> {
    let length = response.content_length();
    if length.is_some_and(|length| length > MAX_ANSWER_BYTES as u64) {
        return Ok(None);
    }
    let first = response.chunk().await?.unwrap_or_default();
    // To be told that there is no second one costs as much as the first, time-outs included.
    if length == Some(first.len() as u64) {
        return Ok(Some(first));
    }
    let Some(second) = response.chunk().await? else { return Ok(Some(first)) };
    let mut whole = BytesMut::from(first);
    whole.extend_from_slice(&second);
    while let Some(chunk) = response.chunk().await? {
        if whole.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Ok(None);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(Some(whole.freeze()))
}

fn with_body(mut response: Response, body: Bytes) -> Response {
    // Through the builder, because only reqwest's extension of it keeps the address.
    let mut builder = http::Response::builder().url(response.url().clone());
    builder = builder.status(response.status()).version(response.version());
    if let Some(headers) = builder.headers_mut() {
        *headers = std::mem::take(response.headers_mut());
    }
    builder.body(body).unwrap_or_default().into()
}

fn is_array(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
}

fn as_json_text(text: impl Into<String>) -> Bytes {
    serde_json::Value::String(text.into()).to_string().into()
}

#[cfg(test)]
mod tests {
    use super::{ErrorBody, receive};

    #[tokio::test]
    async fn a_refusal_is_kept_whatever_its_json_holds() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        // Not UTF-8, half a surrogate pair, a number out of range, and more levels than are read.
        let bodies = [
            b"{\"error_msg\":\"\xbe\xdc\xbe\xf8\"}".as_slice(),
            br#"{"error_msg":"\udc00"}"#,
            br#"{"code":1e999}"#,
            deep.as_bytes(),
        ];
        for body in bodies {
            let mut answer = http::Response::new(body.to_vec());
            *answer.status_mut() = http::StatusCode::UNAUTHORIZED;
            let received = receive(answer.into(), "ShowRemoteMirror").await.expect("an answer");
            assert_eq!(received.status(), 401);
            let read: ErrorBody = received.json().await.expect("a body that can be decoded");
            assert_eq!(read.message.as_deref(), Some(&*String::from_utf8_lossy(body)));
        }
    }
}
