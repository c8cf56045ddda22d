//! Pages of lists, as `offset` and `limit` choose them.

use http::StatusCode;
use serde_json::Value;

use super::Call;
use crate::answer::Answer;

/// One page of the items. The query already has the defaults of the document.
pub(super) fn page<T>(call: &Call, items: &[T], show: impl Fn(&T) -> Value) -> Answer {
    let number =
        |name: &str| call.query.get(name).and_then(Value::as_u64).and_then(|value| usize::try_from(value).ok());
    let (offset, limit) = (number("offset").unwrap_or(0), number("limit").unwrap_or(usize::MAX));
    let shown: Vec<Value> = items.iter().skip(offset).take(limit).map(show).collect();
    Answer::json(StatusCode::OK, &shown.into())
}

/// One page of the items, with the number of all of them in `X-Total`.
pub(super) fn page_with_total<T>(call: &Call, items: &[T], show: impl Fn(&T) -> Value) -> Answer {
    page(call, items, show).with("x-total", &items.len().to_string())
}
