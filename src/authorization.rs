//! How requests are authorized.

use std::fmt;
use std::sync::Arc;

/// Authorizes a request: adds a header with a token, or signs the whole request.
///
/// It runs in the hook that every request passes, after the request is complete. Work that takes time or can fail in
/// many ways, such as asking IAM for a token, belongs before the call.
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
    /// Authorizes one request.
    ///
    /// # Errors
    ///
    /// [`NotAuthorized`] if the request cannot be authorized. It is not sent then.
    fn authorize(&self, request: &mut reqwest::Request) -> Result<(), NotAuthorized>;

    /// The secrets that an answer may repeat, which errors then hide. The default has none.
    fn secrets(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// How a [`Client`](crate::Client) authorizes its requests. Cheap to clone; `Debug` shows no secret.
#[derive(Clone, Default)]
pub struct Authorization(Option<Arc<dyn Authorize>>);

impl Authorization {
    /// Sends requests without any authorization, as the token operation of IAM takes them.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Authorizes every request with this value.
    #[must_use]
    pub fn new(authorize: Arc<dyn Authorize>) -> Self {
        Self(Some(authorize))
    }

    /// Adds the secrets of this authority, to hide them in what an answer says.
    #[doc(hidden)]
    pub fn secrets(&self, secrets: &mut crate::redact::Secrets) {
        self.0.iter().flat_map(|authorize| authorize.secrets()).for_each(|secret| secrets.add(secret));
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

/// A request could not be authorized and was not sent.
#[derive(Debug)]
pub struct NotAuthorized(&'static str);

impl NotAuthorized {
    /// Says why. The text is static and therefore never contains a secret.
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
