//! The answer to a request.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::Value;

use crate::refusal::Refusal;
use crate::wire::AnswerBody;

/// An answer: JSON, unless a fault requested something else.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// How a request ends.
#[derive(Debug)]
pub(crate) enum Reply {
    Whole(Answer),
    /// The first half of the body is sent.
    Truncated(Answer),
    /// Nothing is sent; the connection is reset.
    Reset,
}

impl Answer {
    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        Self::of_type(status, "application/json", body.to_string())
    }

    /// A page like that of a proxy.
    pub(crate) fn html(status: StatusCode) -> Self {
        let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n");
        Self::of_type(status, "text/html", page)
    }

    pub(crate) fn text(status: StatusCode, text: &str) -> Self {
        Self::of_type(status, "text/plain", text.to_owned())
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::new() }
    }

    fn of_type(status: StatusCode, content_type: &'static str, body: String) -> Self {
        let mut answer = Self { body: Bytes::from(body), ..Self::empty(status) };
        answer.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        answer
    }

    /// The same answer with a body that stops being JSON halfway.
    pub(crate) fn malformed(mut self) -> Self {
        let half = self.body.slice(..self.body.len() / 2);
        self.body = Bytes::from([&half, b"}]\xff".as_slice()].concat());
        self
    }

    /// Adds a header, unless its value is not valid in one.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }
}

impl Reply {
    /// The response to send; `None` if the connection is to be reset.
    pub(crate) fn into_response(self) -> Option<Response<AnswerBody>> {
        let (Answer { status, headers, body }, whole) = match self {
            Self::Whole(answer) => (answer, true),
            Self::Truncated(answer) => (answer, false),
            Self::Reset => return None,
        };
        let mut response = Response::new(if whole { AnswerBody::whole(body) } else { AnswerBody::broken(&body) });
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Some(response)
    }
}

impl Refusal {
    /// The refusal in the shape of IAM or of CodeArts Repo.
    pub(crate) fn answer(&self, is_iam: bool) -> Answer {
        Answer::json(self.status, &if is_iam { self.iam_body() } else { self.repo_body() })
    }
}
