//! From a request to its answer: the checks and their order.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Body;
use serde_json::Value;
use uuid::Uuid;

use crate::admin;
use crate::agency::Agency;
use crate::answer::{Answer, Reply};
use crate::authority::{self, Authority};
use crate::contract::{Contract, Operation, Route};
use crate::fault::{Fault, Faults, Lies, Target};
use crate::jobs::Jobs;
use crate::key_services::{KeyRequest, KeyServices};
use crate::operations::{self, Call};
use crate::quota::Quota;
use crate::record::Records;
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::seed::{IdentityProvider, User};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The longest path and headers of a request, in bytes. The token, which may be longer, does not count.
const MAX_HEAD: usize = 64 * 1024;

/// Everything that is needed to answer a request.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) contract: Arc<Contract>,
    pub(crate) registry: Arc<Registry>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) authority: Authority,
    pub(crate) users: Vec<User>,
    pub(crate) agencies: Vec<Agency>,
    pub(crate) key_services: KeyServices,
    pub(crate) identity_providers: Vec<IdentityProvider>,
    pub(crate) records: Records,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) quota: Option<Quota>,
    pub(crate) limits: Limits,
    /// The address at which callers reach the emulator.
    pub(crate) endpoint: String,
}

/// The limits of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The size of a body in bytes.
    pub(crate) body: usize,
    /// The time for the head of a request, for its body, and for one write of an answer.
    pub(crate) client_timeout: Duration,
}

/// Which operations a port serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    RepoAndIam,
    Repo,
    Iam,
    /// No operation of the contract; see [`crate::admin`].
    Admin,
    /// No operation of the contract; see [`crate::key_services`].
    Metadata,
}

impl Port {
    fn serves(self, operation: &Operation) -> bool {
        match self {
            Self::RepoAndIam => true,
            Self::Repo => !operation.is_iam() && !operation.is_sts(),
            Self::Iam => operation.is_iam() || operation.is_sts(),
            Self::Admin | Self::Metadata => false,
        }
    }
}

impl Service {
    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub(crate) async fn handle<B>(&self, port: Port, request: Request<B>) -> Reply
    where
        B: Body<Data = Bytes, Error: Into<BoxError>>,
    {
        let (parts, body) = request.into_parts();
        if port == Port::Admin {
            let read = self.read(body).await;
            return Reply::Whole(match read {
                Ok(body) => admin::answer(self, &parts, &body),
                Err(refusal) => refusal.answer(false).with("connection", "close"),
            });
        }
        if head_size(&parts) > MAX_HEAD {
            return Reply::Whole(Refusal::head_too_large().answer(false).with("connection", "close"));
        }
        self.handle_api(port, parts, body).await
    }

    async fn handle_api<B>(&self, port: Port, parts: Parts, body: B) -> Reply
    where
        B: Body<Data = Bytes, Error: Into<BoxError>>,
    {
        // If the client disconnects, this function ends at one of the waits below.
        let record = self.records.add(&parts);
        let request_id = Uuid::new_v4().simple().to_string();
        let key_request = KeyRequest::of(port, &parts);
        let route = self.route(port, &parts);
        let target = match key_request {
            Some(request) => Target { operation: Some(request.name()), repository: None },
            None => target(&route),
        };
        let effects = self.faults().apply(target);
        if effects.fault == Some(Fault::ResetBefore) {
            wait(effects.delay).await;
            return Reply::Reset;
        }
        let read = self.read(body).await;
        if let Ok(body) = &read {
            self.records.set_body(record, body);
        }
        wait(effects.delay).await;
        let answer = match (read, effects.fault.as_ref().and_then(substitute)) {
            // The rest of the body would be taken for the next request.
            (Err(refusal), _) => refusal.answer(false).with("connection", "close"),
            (Ok(_), Some(answer)) => answer,
            (Ok(body), None) => match key_request {
                Some(request) => request.answer(self, &parts.headers),
                None => self.answer(&route, &parts, &body, effects.lies).await,
            },
        };
        tracing::debug!(method = %parts.method, path = parts.uri.path(), status = %answer.status(), request_id, "answered");
        wait(effects.answer_delay).await;
        let answer = answer.with("x-request-id", &request_id);
        match effects.fault {
            Some(Fault::ResetAfter) => Reply::Reset,
            Some(Fault::Truncated) => Reply::Truncated(answer),
            Some(Fault::Malformed) => Reply::Whole(answer.malformed()),
            _ => Reply::Whole(answer),
        }
    }

    async fn read(&self, body: impl Body<Data = Bytes, Error: Into<BoxError>>) -> Result<Bytes, Refusal> {
        // A body that is announced as too long is not read.
        if usize::try_from(body.size_hint().lower()).map_or(true, |announced| announced > self.limits.body) {
            return Err(Refusal::body_too_large());
        }
        let body = Limited::new(body, self.limits.body).collect();
        match tokio::time::timeout(self.limits.client_timeout, body).await {
            Ok(Ok(collected)) => Ok(collected.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::body_too_large()),
            Ok(Err(_)) => Err(Refusal::body_broken()),
            Err(_) => Err(Refusal::body_too_slow()),
        }
    }

    fn route<'a>(&'a self, port: Port, parts: &'a Parts) -> Route<'a, 'a> {
        match self.contract.route(&parts.method, parts.uri.path()) {
            Route::Operation(operation, _) if !port.serves(operation) => Route::Unknown,
            route => route,
        }
    }

    async fn answer(&self, route: &Route<'_, '_>, parts: &Parts, body: &[u8], lies: Lies) -> Answer {
        match route {
            Route::Operation(operation, path) => match self.check(operation, path, parts, body, lies) {
                Ok(call) => operations::perform(self, operation, call).await,
                Err(refusal) => Err(refusal),
            }
            .unwrap_or_else(|refusal| refusal.answer(operation.has_iam_errors())),
            Route::WrongMethod(methods) => {
                let allowed: Vec<&str> = methods.iter().map(http::Method::as_str).collect();
                Refusal::method_unknown().answer(false).with("allow", &allowed.join(", "))
            }
            Route::Unknown => Refusal::path_unknown().answer(false),
        }
    }

    /// Checks, in this order: the gateway's quota, the caller (401), its permissions (403), whether the repository exists
    /// (404), and the rest of the request (400).
    fn check(
        &self,
        operation: &Operation,
        path: &[(&str, &str)],
        parts: &Parts,
        body: &[u8],
        lies: Lies,
    ) -> Result<Call, Refusal> {
        let refused = |what: String| Refusal::bad_parameter(&what);
        if let Some(quota) = &self.quota {
            quota.take(operation.id(), Instant::now())?;
        }
        let needs_caller = operation.is_secured() && !(operation.takes_anyone() && authority::is_anonymous(parts));
        let check = || self.authority.check(parts, body, operation.takes_token());
        let caller = needs_caller.then(check).transpose()?.unwrap_or_default();
        let path = operation.read_path(path).map_err(refused)?;
        if let Some(id) = operations::repository_id(&path) {
            if !caller.permissions.allow(operation.method(), id) {
                return Err(Refusal::not_allowed());
            }
            if !self.registry.contains(id) {
                return Err(Refusal::repository_unknown());
            }
        }
        let query = operation.read_query(parts.uri.query().unwrap_or_default()).map_err(refused)?;
        let headers = operation.read_headers(&parts.headers).map_err(refused)?;
        let content_type = parts.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
        let body = operation.read_body(content_type, body).map_err(refused)?.unwrap_or(Value::Null);
        Ok(Call { path, query, headers, body, caller, lies })
    }
}

async fn wait(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}

/// The bytes of the path and the headers, without the token.
fn head_size(parts: &Parts) -> usize {
    let path = parts.uri.path_and_query().map_or(0, |path| path.as_str().len());
    let headers = parts.headers.iter().filter(|(name, _)| *name != "x-auth-token");
    path + headers.map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
}

/// The call as the rules for faults see it. An id that is not a number matches no repository.
fn target<'a>(route: &Route<'a, 'a>) -> Target<'a> {
    let Route::Operation(operation, path) = route else { return Target { operation: None, repository: None } };
    let id = path.iter().find(|(name, _)| *name == "repository_id");
    Target { operation: Some(operation.id()), repository: id.and_then(|(_, text)| text.parse().ok()) }
}

/// The answer of a fault that happens in front of the service.
fn substitute(fault: &Fault) -> Option<Answer> {
    let status = |status: &u16| match StatusCode::from_u16(*status) {
        Ok(status) if !status.is_informational() => status,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    match fault {
        Fault::TooManyRequests { retry_after } => {
            let answer = Refusal::too_many(600, Duration::from_secs(60)).answer(false);
            Some(match retry_after {
                Some(seconds) => answer.with("retry-after", &seconds.to_string()),
                None => answer,
            })
        }
        Fault::Status(number) => Some(Refusal::of_status(status(number)).answer(false)),
        Fault::Html(number) => Some(Answer::html(status(number))),
        Fault::Empty(number) => Some(Answer::empty(status(number))),
        Fault::Redirect(address) => Some(Answer::empty(StatusCode::TEMPORARY_REDIRECT).with("location", address)),
        Fault::TokenExpired => Some(Refusal::token_expired().answer(false)),
        _ => None,
    }
}
