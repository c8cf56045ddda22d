//! From a request to its answer: what is checked, and in which order.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use serde_json::Value;
use uuid::Uuid;

use crate::answer::Answer;
use crate::contract::{Contract, Operation, Route};
use crate::jobs::Jobs;
use crate::operations::{self, Call};
use crate::record::{RecordedRequest, Records};
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::seed::User;
use crate::tokens::Tokens;

/// The operation that answers in the shape of IAM.
const IAM_OPERATION: &str = "KeystoneCreateUserTokenByPassword";

/// Everything that answering a request needs.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) contract: Contract,
    pub(crate) registry: Arc<Registry>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) tokens: Tokens,
    pub(crate) users: Vec<User>,
    pub(crate) records: Records,
    pub(crate) limits: Limits,
    pub(crate) endpoint: OnceLock<String>,
}

/// What one request may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of a body.
    pub(crate) body: usize,
    /// How long the head of a request, or its body, or one read or write, may take.
    pub(crate) patience: Duration,
}

impl Service {
    /// The address that callers reach the emulator at.
    pub(crate) fn endpoint(&self) -> &str {
        self.endpoint.get().map_or("", String::as_str)
    }

    /// Answers a request.
    pub(crate) async fn handle(&self, request: Request<Incoming>) -> Answer {
        let request_id = Uuid::new_v4().simple().to_string();
        let (parts, body) = request.into_parts();
        let read = tokio::time::timeout(self.limits.patience, Limited::new(body, self.limits.body).collect()).await;
        let (bytes, unread) = match read {
            Ok(Ok(collected)) => (collected.to_bytes(), None),
            Ok(Err(error)) if error.is::<LengthLimitError>() => (Bytes::new(), Some(Refusal::body_too_large())),
            Ok(Err(_)) => (Bytes::new(), Some(Refusal::body_broken())),
            Err(_) => (Bytes::new(), Some(Refusal::body_too_slow())),
        };
        self.records.add(RecordedRequest::new(&parts, bytes.clone()));
        let answer = match unread {
            // What is left of the body would be taken for the next request.
            Some(refusal) => Answer::json(refusal.status, &refusal.repo_body()).with("connection", "close"),
            None => self.answer(&parts, &bytes),
        };
        tracing::debug!(method = %parts.method, path = parts.uri.path(), status = %answer.status(), request_id, "answered");
        answer.with("x-request-id", &request_id)
    }

    fn answer(&self, parts: &Parts, body: &[u8]) -> Answer {
        match self.contract.route(&parts.method, parts.uri.path()) {
            Route::Operation(operation, path) => self.call(operation, &path, parts, body).unwrap_or_else(|refusal| {
                let is_iam = operation.id() == IAM_OPERATION;
                let body = if is_iam { refusal.iam_body() } else { refusal.repo_body() };
                Answer::json(refusal.status, &body)
            }),
            Route::WrongMethod(methods) => {
                let refusal = Refusal::method_unknown();
                let allowed: Vec<&str> = methods.iter().map(http::Method::as_str).collect();
                Answer::json(refusal.status, &refusal.repo_body()).with("allow", &allowed.join(", "))
            }
            Route::Unknown => {
                let refusal = Refusal::path_unknown();
                Answer::json(refusal.status, &refusal.repo_body())
            }
        }
    }

    /// The order of the checks: who calls (401), what it may (403), whether the repository is there (404), and only
    /// then the rest of the request (400).
    fn call(
        &self,
        operation: &Operation,
        path: &[(&str, &str)],
        parts: &Parts,
        body: &[u8],
    ) -> Result<Answer, Refusal> {
        let refused = |what: String| Refusal::bad_parameter(&what);
        if operation.is_secured() {
            self.authenticate(parts)?;
        }
        let path = operation.read_path(path).map_err(refused)?;
        if let Some(id) = operations::repository_id(&path)
            && !self.registry.contains(id)
        {
            return Err(Refusal::repository_unknown());
        }
        let query = operation.read_query(parts.uri.query().unwrap_or_default()).map_err(refused)?;
        operation.read_headers(&parts.headers).map_err(refused)?;
        let content_type = parts.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
        let body = operation.read_body(content_type, body).map_err(refused)?.unwrap_or(Value::Null);
        operations::perform(self, operation, &Call { path, query, body })
    }

    fn authenticate(&self, parts: &Parts) -> Result<(), Refusal> {
        match parts.headers.get("x-auth-token") {
            Some(token) if !token.is_empty() => self.tokens.check(token.as_bytes()),
            _ => Err(Refusal::credentials_missing()),
        }
    }
}
