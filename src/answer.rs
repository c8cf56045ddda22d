//! Reads an answer whole, within a limit, and decodes it so that it cannot be misread.

use bytes::{Bytes, BytesMut};
use progenitor_client::{Error, ResponseValue};
use reqwest::{Response, ResponseBuilderExt};
use serde::de::{DeserializeOwned, Error as _};

use crate::contract::LIST_OPERATIONS;
use crate::{AnswerHead, Authorization, ErrorBody};

/// The longest answer that is read, in bytes: 16 MiB. A page of 100 repositories takes about 100 KiB.
pub const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// Reads an answer of success within the limit and decodes it, as every generated operation does.
///
/// # Errors
///
/// The decoder's words, also for a body past the limit, and for a JSON array where the contract has an object: serde
/// would read it as the object's fields in order.
pub(crate) async fn decode<T: DeserializeOwned, E>(
    mut response: Response,
    authorization: &Authorization,
    operation: &str,
) -> Result<ResponseValue<T>, Error<E>> {
    let (body, decoded) = match read(&mut response, authorization).await.map_err(Error::ResponseBodyError)? {
        None => {
            (Bytes::new(), Err(serde_json::Error::custom(format_args!("it is longer than {MAX_ANSWER_BYTES} bytes"))))
        }
        Some(body) if is_array(&body) && !LIST_OPERATIONS.contains(&operation) => {
            (body, Err(serde_json::Error::custom("it is an array, where the contract has an object")))
        }
        Some(body) => {
            let decoded = serde_json::from_slice(&body);
            (body, decoded)
        }
    };
    match decoded {
        Ok(decoded) => Ok(ResponseValue::new(decoded, response.status(), std::mem::take(response.headers_mut()))),
        Err(error) => {
            authorization.remember(AnswerHead::of(response.status(), response.headers()));
            Err(Error::InvalidResponsePayload(body, error))
        }
    }
}

/// Reads a refusal and hands it on with a body that can be decoded, so that its status is not lost: a JSON text with
/// the whole of it stands in for one that is not JSON, holds what cannot be decoded, or is past the limit.
pub(crate) async fn refusal(mut response: Response, authorization: &Authorization) -> Response {
    authorization.remember(AnswerHead::of(response.status(), response.headers()));
    let body = match read(&mut response, authorization).await {
        Ok(Some(body)) => body,
        Ok(None) => as_json_text(format!("the answer is longer than {MAX_ANSWER_BYTES} bytes")),
        // The status tells more than that its text could not be read.
        Err(_) => Bytes::new(),
    };
    let undecodable = serde_json::from_slice::<ErrorBody>(&body).is_err();
    let body = if undecodable { as_json_text(String::from_utf8_lossy(&body)) } else { body };
    with_body(response, body)
}

/// The whole body, or nothing when it is longer than the limit.
async fn read(response: &mut Response, authorization: &Authorization) -> reqwest::Result<Option<Bytes>> {
    let length = response.content_length();
    if length.is_some_and(|length| length > MAX_ANSWER_BYTES as u64) {
        return Ok(None);
    }
    let first = part(response, authorization).await?.unwrap_or_default();
    // To be told that there is no second one costs as much as the first.
    if length == Some(first.len() as u64) {
        return Ok(Some(first));
    }
    let Some(second) = part(response, authorization).await? else { return Ok(Some(first)) };
    let mut whole = BytesMut::from(first);
    whole.extend_from_slice(&second);
    while let Some(chunk) = part(response, authorization).await? {
        if whole.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Ok(None);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(Some(whole.freeze()))
}

async fn part(response: &mut Response, authorization: &Authorization) -> reqwest::Result<Option<Bytes>> {
    let part = response.chunk().await?;
    authorization.hear();
    Ok(part)
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
    use super::{Authorization, ErrorBody, refusal};

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
            let received = refusal(answer.into(), &Authorization::none()).await;
            assert_eq!(received.status(), 401);
            let read: ErrorBody = received.json().await.expect("a body that can be decoded");
            assert_eq!(read.message.as_deref(), Some(&*String::from_utf8_lossy(body)));
        }
    }
}
