//! How a request gets its caller's authority: a value that the hook asks, once for every request.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const IAM_TRACE_ID: HeaderName = HeaderName::from_static("x-iam-trace-id");

/// Puts the caller's authority on a request: a header with a token, or a signature over the whole of it.
///
/// It runs in the one hook that every request passes, after all else about the request is settled. What takes time
/// or can fail in many ways (asking IAM for a token) belongs before the call.
///
/// ```
/// use std::sync::Arc;
///
/// use codearts_repo_client::{Authorization, Authorize, NotAuthorized};
///
/// struct Fixed(reqwest::header::HeaderValue);
///
/// impl Authorize for Fixed {
///     fn authorize(&self, request: &mut reqwest::Request) -> Result<(), NotAuthorized> {
///         request.headers_mut().insert("x-auth-token", self.0.clone());
///         Ok(())
///     }
/// }
///
/// let mut token = reqwest::header::HeaderValue::from_static("MIIExample");
/// token.set_sensitive(true);
/// let authorization = Authorization::new(Arc::new(Fixed(token)));
/// # let _ = authorization;
/// ```
pub trait Authorize: Send + Sync {
    /// Authorises one request.
    ///
    /// # Errors
    ///
    /// [`NotAuthorized`] when the request cannot carry the authority; nothing is sent then.
    fn authorize(&self, request: &mut reqwest::Request) -> Result<(), NotAuthorized>;

    /// The secrets that an answer may repeat, which errors then hide. The default has none.
    fn secrets(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The authority of a [`Client`](crate::Client)'s requests. Cheap to clone; shows nothing of it in `Debug`.
///
/// It also remembers what a caller asks for when there is no answer in the end: how often the service was heard, and
/// the head of a refusal, or of a success that cannot be decoded, which the generated code forgets. Make one for each
/// call to read it there.
#[derive(Clone, Default)]
pub struct Authorization {
    authorize: Option<Arc<dyn Authorize>>,
    answer: Arc<Answer>,
}

#[derive(Default)]
struct Answer {
    head: OnceLock<AnswerHead>,
    heard: AtomicU32,
}

/// What an answer said before its body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerHead {
    /// The status.
    pub status: StatusCode,
    /// The id of the request, from `X-Request-Id`, or `X-IAM-Trace-Id` of IAM.
    pub request_id: Option<HeaderValue>,
    /// The pause that a refusal asks for, from `Retry-After`.
    pub retry_after: Option<HeaderValue>,
    /// The time of a refusal by the service's clock, from `Date`.
    pub date: Option<HeaderValue>,
}

impl AnswerHead {
    /// Reads the head of an answer.
    #[must_use]
    pub fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        let id = headers.get(REQUEST_ID).or_else(|| headers.get(IAM_TRACE_ID));
        let of_refusal = |name| if status.is_success() { None } else { headers.get(name).cloned() };
        Self { status, request_id: id.cloned(), retry_after: of_refusal(RETRY_AFTER), date: of_refusal(DATE) }
    }
}

impl Authorization {
    /// Requests without any authority, as IAM's token operation takes them.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Requests with this authority.
    #[must_use]
    pub fn new(authorize: Arc<dyn Authorize>) -> Self {
        Self { authorize: Some(authorize), answer: Arc::default() }
    }

    /// The head of the first answer to a request with this authority that was a refusal, or a success that could not be
    /// decoded.
    #[must_use]
    pub fn answer(&self) -> Option<&AnswerHead> {
        self.answer.head.get()
    }

    /// How often the service was heard in answers to requests with this authority: at a head, and at each piece of a
    /// body. Who limits how long a service may be silent asks for it, and sees whether it has grown.
    #[must_use]
    pub fn heard(&self) -> u32 {
        self.answer.heard.load(Ordering::Relaxed)
    }

    pub(crate) fn hear(&self) {
        self.answer.heard.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn remember(&self, head: AnswerHead) {
        // The first one stays: there is one call for each authority.
        let _ = self.answer.head.set(head);
    }

    /// Adds the secrets of this authority, to hide them in what an answer says.
    #[doc(hidden)]
    pub fn secrets(&self, secrets: &mut crate::redact::Secrets) {
        self.authorize.iter().flat_map(|authorize| authorize.secrets()).for_each(|secret| secrets.add(secret));
    }

    pub(crate) fn apply(&self, request: &mut reqwest::Request) -> Result<(), NotAuthorized> {
        self.authorize.as_ref().map_or(Ok(()), |authorize| authorize.authorize(request))
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.authorize.is_some() { "Authorization(***)" } else { "Authorization(none)" })
    }
}

/// A request could not be given its authority, and was not sent.
#[derive(Debug)]
pub struct NotAuthorized(&'static str);

impl NotAuthorized {
    /// Says why. The text is fixed, so that no secret can be in it.
    #[must_use]
    pub const fn new(reason: &'static str) -> Self {
        Self(reason)
    }
}

impl fmt::Display for NotAuthorized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotAuthorized {}
