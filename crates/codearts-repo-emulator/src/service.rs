//! From a request to its answer: what is checked, and in which order.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Body;
use serde_json::Value;
use uuid::Uuid;

use crate::admin;
use crate::answer::{Answer, Reply};
use crate::authority::Authority;
use crate::contract::{Contract, Operation, Route};
use crate::fault::{Fault, Faults, Target};
use crate::jobs::Jobs;
use crate::operations::{self, Call};
use crate::quota::Quota;
use crate::record::{RecordedRequest, Records};
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::seed::User;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Everything that answering a request needs.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) contract: Contract,
    pub(crate) registry: Arc<Registry>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) authority: Authority,
    pub(crate) users: Vec<User>,
    pub(crate) records: Records,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) quota: Option<Quota>,
    pub(crate) limits: Limits,
    /// The address that callers reach the emulator at.
    pub(crate) endpoint: String,
}

/// What one request may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of a body.
    pub(crate) body: usize,
    /// How long the head of a request, or its body, or one write of an answer may take.
    pub(crate) patience: Duration,
}

/// Which operations a port serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    Both,
    Repo,
    Iam,
    /// None of the document's; see [`crate::admin`].
    Admin,
}

impl Face {
    fn shows(self, operation: &Operation) -> bool {
        match self {
            Self::Both => true,
            Self::Repo => !operation.is_iam(),
            Self::Iam => operation.is_iam(),
            Self::Admin => false,
        }
    }
}

impl Service {
    pub(crate) fn faults(&self) -> std::sync::MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub(crate) async fn handle<B>(&self, face: Face, request: Request<B>) -> Reply
    where
        B: Body<Data = Bytes, Error: Into<BoxError>>,
    {
        let request_id = Uuid::new_v4().simple().to_string();
        let (parts, body) = request.into_parts();
        if face == Face::Admin {
            let read = self.read(body).await;
            return Reply::Whole(match read {
                Ok(body) => admin::answer(self, &parts, &body),
                Err(refusal) => refusal.answer(false).with("connection", "close"),
            });
        }
        let route = self.route(face, &parts);
        let fate = self.faults().meet(target(&route));
        if !fate.delay.is_zero() {
            tokio::time::sleep(fate.delay).await;
        }
        if fate.fault == Some(Fault::ResetBefore) {
            self.records.add(RecordedRequest::new(&parts, Bytes::new()));
            return Reply::Reset;
        }
        let read = self.read(body).await;
        self.records.add(RecordedRequest::new(&parts, read.clone().unwrap_or_default()));
        let answer = match (read, &fate.fault) {
            // What is left of the body would be taken for the next request.
            (Err(refusal), _) => refusal.answer(false).with("connection", "close"),
            (Ok(body), fault) => fault.as_ref().and_then(instead).unwrap_or_else(|| self.answer(&route, &parts, &body)),
        };
        tracing::debug!(method = %parts.method, path = parts.uri.path(), status = %answer.status(), request_id, "answered");
        let answer = answer.with("x-request-id", &request_id);
        match fate.fault {
            Some(Fault::ResetAfter) => Reply::Reset,
            Some(Fault::Truncated) => Reply::Truncated(answer),
            Some(Fault::Malformed) => Reply::Whole(answer.malformed()),
            _ => Reply::Whole(answer),
        }
    }

    async fn read(&self, body: impl Body<Data = Bytes, Error: Into<BoxError>>) -> Result<Bytes, Refusal> {
        // A body that announces too much would otherwise be waited for until the patience ends.
        if usize::try_from(body.size_hint().lower()).map_or(true, |announced| announced > self.limits.body) {
            return Err(Refusal::body_too_large());
        }
        let body = Limited::new(body, self.limits.body).collect();
        match tokio::time::timeout(self.limits.patience, body).await {
            Ok(Ok(collected)) => Ok(collected.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::body_too_large()),
            Ok(Err(_)) => Err(Refusal::body_broken()),
            Err(_) => Err(Refusal::body_too_slow()),
        }
    }

    fn route<'a>(&'a self, face: Face, parts: &'a Parts) -> Route<'a, 'a> {
        match self.contract.route(&parts.method, parts.uri.path()) {
            Route::Operation(operation, _) if !face.shows(operation) => Route::Unknown,
            route => route,
        }
    }

    fn answer(&self, route: &Route<'_, '_>, parts: &Parts, body: &[u8]) -> Answer {
        match route {
            Route::Operation(operation, path) => {
                self.call(operation, path, parts, body).unwrap_or_else(|refusal| refusal.answer(operation.is_iam()))
            }
            Route::WrongMethod(methods) => {
                let allowed: Vec<&str> = methods.iter().map(http::Method::as_str).collect();
                Refusal::method_unknown().answer(false).with("allow", &allowed.join(", "))
            }
            Route::Unknown => Refusal::path_unknown().answer(false),
        }
    }

    /// The order of the checks: the gateway's quota, who calls (401), what it may (403), whether the repository is there
    /// (404), and only then the rest of the request (400).
    fn call(
        &self,
        operation: &Operation,
        path: &[(&str, &str)],
        parts: &Parts,
        body: &[u8],
    ) -> Result<Answer, Refusal> {
        let refused = |what: String| Refusal::bad_parameter(&what);
        if let Some(quota) = &self.quota {
            quota.take(operation.id(), Instant::now())?;
        }
        let permissions =
            operation.is_secured().then(|| self.authority.check(parts, body)).transpose()?.unwrap_or_default();
        let path = operation.read_path(path).map_err(refused)?;
        if let Some(id) = operations::repository_id(&path) {
            if !permissions.allow(operation.method(), id) {
                return Err(Refusal::not_allowed());
            }
            if !self.registry.contains(id) {
                return Err(Refusal::repository_unknown());
            }
        }
        let query = operation.read_query(parts.uri.query().unwrap_or_default()).map_err(refused)?;
        operation.read_headers(&parts.headers).map_err(refused)?;
        let content_type = parts.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
        let body = operation.read_body(content_type, body).map_err(refused)?.unwrap_or(Value::Null);
        operations::perform(self, operation, &Call { path, query, body, permissions })
    }
}

/// What the rules for faults look at; an id that is no number is no repository.
fn target<'a>(route: &Route<'a, 'a>) -> Target<'a> {
    let Route::Operation(operation, path) = route else { return Target { operation: None, repository: None } };
    let id = path.iter().find(|(name, _)| *name == "repository_id");
    Target { operation: Some(operation.id()), repository: id.and_then(|(_, text)| text.parse().ok()) }
}

/// The answer of a fault that stands in front of the service.
fn instead(fault: &Fault) -> Option<Answer> {
    let status = |status: &u16| match StatusCode::from_u16(*status) {
        Ok(status) if !status.is_informational() => status,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    Some(match fault {
        Fault::TooManyRequests { retry_after } => {
            let answer = Refusal::too_many(600, Duration::from_secs(60)).answer(false);
            match retry_after {
                Some(seconds) => answer.with("retry-after", &seconds.to_string()),
                None => answer,
            }
        }
        Fault::Status(number) => Refusal::of_status(status(number)).answer(false),
        Fault::Html(number) => Answer::html(status(number)),
        Fault::Empty(number) => Answer::empty(status(number)),
        Fault::Redirect(address) => Answer::empty(StatusCode::TEMPORARY_REDIRECT).with("location", address),
        Fault::TokenExpired => Refusal::token_expired().answer(false),
        Fault::Delay(_) | Fault::Truncated | Fault::Malformed | Fault::ResetBefore | Fault::ResetAfter => return None,
    })
}
