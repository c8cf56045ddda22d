//! Why a call failed.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::authorization::Unsent;
use crate::generated::Error as Generated;
use crate::redact::Secrets;
use crate::retry::retry_after;
use crate::{AuthError, AuthStep, BoxError, ConfigError, ErrorBody, InvalidAnswer, InvalidAnswerKind, Refusal};

/// Why a call failed.
///
/// [`kind`](Self::kind) is for decisions. `Display` says what is wrong, [`source`](std::error::Error::source) why, and
/// [`advice`](Self::advice) what to do about it.
///
/// ```
/// use codearts_repo_client::{CallError, ErrorKind, Refusal};
///
/// let mut refusal = Refusal::new(404);
/// refusal.code = Some("CH.004404".to_owned());
/// let error = CallError::from(refusal);
/// assert_eq!(error.kind(), ErrorKind::NotFound);
/// assert_eq!((error.status(), error.code()), (Some(404), Some("CH.004404")));
/// assert!(!error.is_retryable() && !error.may_have_taken_effect());
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    failure: Failure,
    only_reads: bool,
    /// The address of IAM, for a call to it.
    iam: Option<String>,
    /// Whether the contract does not have the operation.
    raw: bool,
}

enum Failure {
    Config(ConfigError),
    Auth(AuthError),
    NotSent(String),
    Refused(Refusal),
    Connection { problem: Problem, source: BoxError },
    Incomplete { status: u16, request_id: Option<String>, source: InvalidAnswer },
    Unexpected { problem: &'static str, status: Option<u16>, request_id: Option<String>, source: Option<Undecodable> },
}

/// How a connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    Untrusted,
    ConnectTimeout,
    Connect,
    Timeout,
    Broken,
    Settings,
}

/// The cases of a failed call that a caller decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The settings of the client are not usable. Nothing was sent.
    Config,
    /// There are no credentials for the call, for example because IAM refused or could not be reached. The call itself
    /// was not sent; [`Error::auth_error`] has the details.
    Authorization,
    /// The request could not be made. Nothing was sent.
    NotSent,
    /// The service could not be reached, or the connection broke.
    Connection,
    /// The certificate of the service is not trusted.
    Untrusted,
    /// The service did not accept a connection or answer in time.
    Timeout,
    /// The service accepted the call, but its answer broke off.
    Incomplete,
    /// The service accepted the call, but its answer is not what the contract says.
    UnexpectedAnswer,
    /// The service says that the token has expired.
    TokenExpired,
    /// The service does not accept the token or key (any other 401).
    Unauthenticated,
    /// The caller has no permission (403).
    PermissionDenied,
    /// The repository, or its mirror, does not exist (404).
    NotFound,
    /// The state of the repository does not allow the call (409).
    Conflict,
    /// The quota is used up (429).
    Throttled,
    /// The service answered with a redirect, which is never followed (3xx).
    Redirected,
    /// The service does not accept the request (any other 4xx).
    InvalidRequest,
    /// The service, or a gateway in front of it, is busy or failing (408 and 5xx).
    Unavailable,
}

/// What a decoder says about an answer, at most 200 characters of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
struct Undecodable(String);

impl Undecodable {
    /// Decoders repeat whole texts of an answer.
    fn new(error: &dyn std::error::Error) -> Self {
        Self(error.to_string().chars().take(200).collect())
    }
}

impl Error {
    fn new(failure: Failure) -> Self {
        Self(Box::new(Inner { failure, only_reads: false, iam: None, raw: false }))
    }

    /// The request could not be made, and nothing was sent.
    pub fn not_sent(reason: impl Into<String>) -> Self {
        Self::new(Failure::NotSent(reason.into()))
    }

    /// The service accepted the call, but its answer is not what the contract says. The text says how.
    #[must_use]
    pub fn unexpected_answer(problem: &'static str) -> Self {
        Self::new(Failure::Unexpected { problem, status: None, request_id: None, source: None })
    }

    /// The kind of the failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.failure {
            Failure::Config(_) => ErrorKind::Config,
            Failure::Auth(_) => ErrorKind::Authorization,
            Failure::NotSent(_) => ErrorKind::NotSent,
            Failure::Connection { problem, .. } => match problem {
                Problem::Untrusted => ErrorKind::Untrusted,
                Problem::ConnectTimeout | Problem::Timeout => ErrorKind::Timeout,
                Problem::Connect | Problem::Broken => ErrorKind::Connection,
                Problem::Settings => ErrorKind::NotSent,
            },
            Failure::Incomplete { .. } => ErrorKind::Incomplete,
            Failure::Unexpected { .. } => ErrorKind::UnexpectedAnswer,
            Failure::Refused(refusal) => match refusal.status {
                401 if refusal.is_token_expired() => ErrorKind::TokenExpired,
                300..=399 => ErrorKind::Redirected,
                401 => ErrorKind::Unauthenticated,
                403 => ErrorKind::PermissionDenied,
                404 => ErrorKind::NotFound,
                409 => ErrorKind::Conflict,
                429 => ErrorKind::Throttled,
                408 | 500..=599 => ErrorKind::Unavailable,
                _ => ErrorKind::InvalidRequest,
            },
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> String {
        let effect = if self.0.only_reads { "retry later" } else { "check whether it took effect before you retry" };
        let server = self.server();
        match &self.0.failure {
            Failure::Config(error) => error.advice().to_owned(),
            Failure::Auth(error) => error.advice(),
            Failure::NotSent(_) => "fix the request".to_owned(),
            Failure::Connection { problem, .. } => match problem {
                Problem::Untrusted => format!("check {server}, or trust the CA of its certificate"),
                Problem::Connect | Problem::ConnectTimeout => format!("check {server}, the network and the proxy"),
                Problem::Timeout | Problem::Broken => effect.to_owned(),
                Problem::Settings => "check the settings of the HTTP client".to_owned(),
            },
            Failure::Incomplete { .. } | Failure::Unexpected { .. } => effect.to_owned(),
            Failure::Refused(refusal) => self.advice_on(refusal),
        }
    }

    fn advice_on(&self, refusal: &Refusal) -> String {
        let iam = self.0.iam.is_some();
        match refusal.status {
            300..=399 => format!("check {}: redirects are not followed", self.server()),
            401 if refusal.is_clock_skew() => "set the clock of this machine: it may differ by 15 minutes".to_owned(),
            400 | 401 | 403 if iam => "check the user, the password, the domain and the project".to_owned(),
            404 if iam => format!("check {}", self.server()),
            403 if self.0.raw => "ask for the permission that the call needs".to_owned(),
            404 if self.0.raw => "check the path, the IDs in it, and the region".to_owned(),
            401 => "check the token or key, its region, and whether it has expired".to_owned(),
            403 => "ask for the Set permission on the repository".to_owned(),
            404 if refusal.is_unknown_path() => format!("check {}", self.server()),
            404 => "check the repository ID and the region".to_owned(),
            429 if iam => "wait before you retry".to_owned(),
            429 => "wait before you retry: the quota is 600 calls a minute".to_owned(),
            408 | 500..=599 => "retry later, and send the request ID to the vendor if it persists".to_owned(),
            _ => "fix what the service names, or send the request ID to the vendor".to_owned(),
        }
    }

    fn server(&self) -> String {
        self.0.iam.as_ref().map_or_else(|| "the endpoint".to_owned(), |iam| format!("the IAM endpoint {iam}"))
    }

    /// The answer that refused the call.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.0.failure {
            Failure::Refused(refusal) => Some(refusal),
            Failure::Auth(error) => error.call_error()?.refusal(),
            _ => None,
        }
    }

    /// Why there are no credentials for the call.
    #[must_use]
    pub fn auth_error(&self) -> Option<&AuthError> {
        match &self.0.failure {
            Failure::Auth(error) => Some(error),
            _ => None,
        }
    }

    /// Why the settings of the client are not usable.
    #[must_use]
    pub fn config_error(&self) -> Option<&ConfigError> {
        match &self.0.failure {
            Failure::Config(error) => Some(error),
            _ => None,
        }
    }

    /// The HTTP status of the answer, if there was one. It is IAM's for [`ErrorKind::Authorization`].
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.0.failure {
            Failure::Refused(refusal) => Some(refusal.status),
            Failure::Unexpected { status, .. } => *status,
            Failure::Incomplete { status, .. } => Some(*status),
            Failure::Auth(error) => error.call_error()?.status(),
            _ => None,
        }
    }

    /// The service's own code, such as `DEV.00000003`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.refusal()?.code.as_deref()
    }

    /// The service's text for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.refusal()?.message.as_deref()
    }

    /// The ID of the request, for a ticket at the vendor.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.failure {
            Failure::Refused(refusal) => refusal.request_id.as_deref(),
            Failure::Unexpected { request_id, .. } | Failure::Incomplete { request_id, .. } => request_id.as_deref(),
            Failure::Auth(error) => error.call_error()?.request_id(),
            _ => None,
        }
    }

    /// The pause that the answer asks for in `Retry-After`, in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.refusal()?.retry_after
    }

    /// Whether the service does not accept the caller, which is the same for every repository. Stop after the first such
    /// error: more calls could get the credentials locked.
    #[must_use]
    pub fn refuses_caller(&self) -> bool {
        match self.kind() {
            ErrorKind::Authorization => !self.is_retryable(),
            ErrorKind::TokenExpired => true,
            // This code says that the repository belongs to somebody else, despite the status.
            ErrorKind::Unauthenticated => self.code() != Some("CH.080401"),
            _ => false,
        }
    }

    /// Whether the same call may work a little later: the connection failed, or the status is 408, 429, 500, 502,
    /// 503 or 504. Check [`may_have_taken_effect`](Self::may_have_taken_effect) before you retry a start.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0.failure {
            Failure::Auth(error) => error.is_retryable(),
            Failure::Connection { problem, .. } => !matches!(problem, Problem::Untrusted | Problem::Settings),
            Failure::Incomplete { .. } => true,
            Failure::Refused(refusal) => matches!(refusal.status, 408 | 429 | 500 | 502 | 503 | 504),
            Failure::Config(_) | Failure::NotSent(_) | Failure::Unexpected { .. } => false,
        }
    }

    /// Whether a timeout ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match &self.0.failure {
            Failure::Connection { problem, .. } => matches!(problem, Problem::ConnectTimeout | Problem::Timeout),
            Failure::Incomplete { source, .. } => is_timeout(source),
            _ => false,
        }
    }

    /// Whether the service could not be reached, or its answer did not arrive whole.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(self.0.failure, Failure::Connection { .. } | Failure::Incomplete { .. })
    }

    /// Whether the service may have received the request. It is false if the connection was never made, and if the
    /// answer says that the call was refused (a 3xx, a 4xx, or 503).
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        match &self.0.failure {
            Failure::Config(_) | Failure::Auth(_) | Failure::NotSent(_) => false,
            Failure::Refused(refusal) => !matches!(refusal.status, 300..=407 | 409..=499 | 503),
            Failure::Connection { problem, .. } => matches!(problem, Problem::Timeout | Problem::Broken),
            Failure::Incomplete { .. } | Failure::Unexpected { .. } => true,
        }
    }

    /// Whether the call may have changed something all the same: a start for which this is true may be running. It is
    /// false for every call that only reads.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        !self.0.only_reads && self.may_have_been_sent()
    }

    /// Whether the service says that the token has expired or must be renewed.
    #[must_use]
    pub fn is_token_expired(&self) -> bool {
        self.kind() == ErrorKind::TokenExpired
    }

    /// Marks the error as one of a call that only reads.
    #[doc(hidden)]
    #[must_use]
    pub fn of_read(mut self, only_reads: bool) -> Self {
        self.0.only_reads = only_reads;
        self
    }

    /// Marks the error as one of a call to IAM.
    #[doc(hidden)]
    #[must_use]
    pub fn of_iam(mut self, endpoint: &str) -> Self {
        self.0.iam = Some(endpoint.to_owned());
        self
    }

    /// Marks the error as one of a call that the contract does not have.
    #[doc(hidden)]
    #[must_use]
    pub fn of_raw(mut self) -> Self {
        self.0.raw = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn unexpected(problem: &'static str, status: StatusCode, headers: &HeaderMap) -> Self {
        let (status, request_id) = (Some(status.as_u16()), request_id(headers));
        Self::new(Failure::Unexpected { problem, status, request_id, source: None })
    }

    /// Translates an error of the generated client.
    ///
    /// ```
    /// use codearts_repo_client::{CallError, Client, RepositoryId};
    ///
    /// # async fn example(client: Client, id: RepositoryId) -> Result<(), CallError> {
    /// match client.show_remote_mirror().repository_id(id).send().await {
    ///     Ok(mirror) => println!("{:?}", mirror.url),
    ///     Err(error) => return Err(CallError::from_generated(error).await),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn from_generated<E>(error: Generated<E>) -> Self
    where
        ErrorBody: From<E>,
    {
        match error {
            Generated::ErrorResponse(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                Self::refused(status, &headers, answer.into_inner().into())
            }
            Generated::UnexpectedResponse(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                if let Some(unsent) = answer.extensions().get::<Unsent>() {
                    return unsent.error();
                }
                match InvalidAnswer::of(&answer) {
                    Some(invalid) => Self::invalid(invalid.clone(), status, &headers),
                    None if status.is_success() => {
                        Self::unexpected("has a status that the contract does not name", status, &headers)
                    }
                    // The hook has read the body and made it JSON.
                    None => Self::refused(status, &headers, answer.json().await.unwrap_or_default()),
                }
            }
            Generated::CommunicationError(error)
            | Generated::ResponseBodyError(error)
            | Generated::InvalidUpgrade(error) => Self::from(error),
            Generated::InvalidRequest(reason) | Generated::Custom(reason) => Self::not_sent(reason),
            // The hook has decoded the answer before.
            Generated::InvalidResponsePayload(_, source) => Self::new(Failure::Unexpected {
                problem: "is not what the contract says",
                status: None,
                request_id: None,
                source: Some(Undecodable::new(&source)),
            }),
        }
    }

    pub(crate) fn invalid(invalid: InvalidAnswer, status: StatusCode, headers: &HeaderMap) -> Self {
        let (status, request_id) = (status.as_u16(), request_id(headers));
        if invalid.kind() == InvalidAnswerKind::Incomplete {
            return Self::new(Failure::Incomplete { status, request_id, source: invalid });
        }
        let cause: &dyn std::error::Error = std::error::Error::source(&invalid).unwrap_or(&invalid);
        let source = Some(Undecodable::new(cause));
        let problem = "is not what the contract says";
        Self::new(Failure::Unexpected { problem, status: Some(status), request_id, source })
    }

    /// Hides the secrets of the call in what the answer says.
    #[doc(hidden)]
    #[must_use]
    pub fn hide(mut self, secrets: &Secrets) -> Self {
        let texts = match &mut self.0.failure {
            Failure::Refused(refusal) => [&mut refusal.code, &mut refusal.message, &mut refusal.request_id],
            Failure::Unexpected { request_id, source, .. } => {
                source.iter_mut().for_each(|source| secrets.hide(&mut source.0));
                [request_id, &mut None, &mut None]
            }
            Failure::Incomplete { request_id, .. } => [request_id, &mut None, &mut None],
            _ => return self,
        };
        texts.into_iter().flatten().for_each(|text| secrets.hide(text));
        self
    }

    #[cfg(test)]
    pub(crate) fn for_retry_tests(status: u16, headers: &HeaderMap) -> Self {
        let status = StatusCode::from_u16(status).expect("a status");
        Self::refused(status, headers, ErrorBody::default())
    }

    fn refused(status: StatusCode, headers: &HeaderMap, body: ErrorBody) -> Self {
        Self::from(refusal(status, headers, body))
    }
}

/// The refusal that an answer is.
pub(crate) fn refusal(status: StatusCode, headers: &HeaderMap, body: ErrorBody) -> Refusal {
    Refusal {
        status: status.as_u16(),
        code: body.code,
        message: body.message,
        request_id: request_id(headers).or(body.request_id),
        retry_after: retry_after(headers),
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::new(Failure::Refused(refusal))
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::new(Failure::Config(error))
    }
}

impl From<AuthError> for Error {
    fn from(error: AuthError) -> Self {
        Self::new(Failure::Auth(error))
    }
}

#[doc(hidden)]
impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        let problem = if is_untrusted(&error) {
            Problem::Untrusted
        } else if error.is_builder() {
            Problem::Settings
        } else {
            match (error.is_connect(), error.is_timeout()) {
                (true, true) => Problem::ConnectTimeout,
                (true, false) => Problem::Connect,
                (false, true) => Problem::Timeout,
                (false, false) => Problem::Broken,
            }
        };
        Self::new(Failure::Connection { problem, source: error.without_url().into() })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = if self.0.iam.is_some() { "IAM" } else { "the service" };
        match &self.0.failure {
            Failure::Config(_) => f.write_str("the client cannot be set up"),
            Failure::Auth(error) => error.fmt(f),
            Failure::NotSent(reason) => write!(f, "the request was not sent: {reason}"),
            Failure::Refused(refusal) => {
                write!(f, "{server} answered {}", refusal.status)?;
                refusal.write_details(f)
            }
            Failure::Connection { problem, .. } => match problem {
                Problem::Untrusted => write!(f, "the certificate of {server} is not trusted"),
                Problem::ConnectTimeout => write!(f, "{server} did not accept a connection in time"),
                Problem::Connect => write!(f, "no connection to {server}"),
                Problem::Timeout => write!(f, "{server} did not answer in time"),
                Problem::Broken => write!(f, "the connection to {server} broke before an answer"),
                Problem::Settings => f.write_str("the request could not be made"),
            },
            Failure::Incomplete { .. } => write!(f, "the answer of {server} is incomplete"),
            Failure::Unexpected { problem, .. } => {
                write!(f, "{server} answered with success, but the answer {problem}")
            }
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.kind()).field("message", &self.to_string());
        if let Some(source) = std::error::Error::source(self) {
            out.field("source", &source);
        }
        out.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.failure {
            Failure::Config(error) => Some(error),
            Failure::Auth(error) => error.source(),
            Failure::Connection { source, .. } => Some(source.as_ref()),
            Failure::Incomplete { source, .. } => Some(source),
            Failure::Unexpected { source, .. } => source.as_ref().map(|source| source as _),
            Failure::NotSent(_) | Failure::Refused(_) => None,
        }
    }
}

/// The step of authorization that a failed call to IAM is.
#[doc(hidden)]
#[must_use]
pub fn iam_step(error: &Error) -> AuthStep {
    match error.kind() {
        ErrorKind::Throttled | ErrorKind::Unavailable => AuthStep::IamUnavailable,
        ErrorKind::Redirected | ErrorKind::UnexpectedAnswer => AuthStep::IamAnswer,
        _ if error.refusal().is_some_and(|refusal| matches!(refusal.status, 400 | 401 | 403 | 404)) => {
            AuthStep::IamRefused
        }
        _ if error.refusal().is_some() => AuthStep::IamUnavailable,
        _ => AuthStep::IamConnection,
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id").or_else(|| headers.get("x-iam-trace-id"))?;
    id.to_str().ok().map(|id| id.chars().take(128).collect())
}

/// Whether a timeout of the HTTP client is among the causes.
fn is_timeout(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout)
        || error.source().is_some_and(is_timeout)
}

/// Whether the service's certificate was refused, which no retry fixes.
fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    // The source of an I/O error that wraps another error is that error's source.
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    let cause = wrapped.map(|inner| inner as &(dyn std::error::Error + 'static)).or_else(|| error.source());
    crate::tls::is_untrusted(error) || cause.is_some_and(is_untrusted)
}
