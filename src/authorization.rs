//! How a request gets its caller's authority: a value that the hook asks, once for every request.

use std::fmt;
use std::sync::Arc;

/// Puts the caller's authority on a request: a header with a token, or a signature over the whole of it.
///
/// It runs in the one hook that every request passes, after all else about the request is settled. What takes time
/// or can fail in many ways (asking IAM for a token) belongs before the call.
pub trait Authorize: Send + Sync {
    /// Authorises one request.
    ///
    /// # Errors
    ///
    /// [`NotAuthorized`] when the request cannot carry the authority; nothing is sent then.
    fn authorize(&self, request: &mut reqwest::Request) -> Result<(), NotAuthorized>;
}

/// The authority of a [`Client`](crate::Client)'s requests. Cheap to clone; shows nothing of it in `Debug`.
#[derive(Clone, Default)]
pub struct Authorization(Option<Arc<dyn Authorize>>);

impl Authorization {
    /// Requests without any authority, as IAM's token operation takes them.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// Requests with this authority.
    #[must_use]
    pub fn new(authorize: Arc<dyn Authorize>) -> Self {
        Self(Some(authorize))
    }

    pub(crate) fn apply(&self, request: &mut reqwest::Request) -> Result<(), NotAuthorized> {
        self.0.as_ref().map_or(Ok(()), |authorize| authorize.authorize(request))
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Authorization(***)" } else { "Authorization(none)" })
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
