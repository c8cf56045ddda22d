//! How requests are authorized.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Request;

use crate::auth::Grant;
use crate::redact::Secrets;
use crate::{Auth, AuthError, CallError};

/// Authorizes a request: adds a header with a token, or signs the whole request.
///
/// It runs in the hook that every request passes, after the request is complete. Work that takes time or can fail in
/// many ways, such as requesting a token from IAM, belongs in a [`TokenProvider`](crate::TokenProvider).
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
    fn authorize(&self, request: &mut Request) -> Result<(), NotAuthorized>;

    /// Whether this is a temporary access key, for which STS issues keys of an hour at most. The default is `false`.
    fn is_temporary(&self) -> bool {
        false
    }

    /// The secrets that an answer may repeat, which errors then hide. The default has none.
    fn secrets(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// How a [`Client`](crate::Client) authorizes its requests. Cheap to clone; `Debug` shows no secret.
///
/// One made of [`Auth`] requests tokens when they are needed, and renews them.
#[derive(Clone, Default)]
pub struct Authorization {
    method: Method,
    call: Option<Arc<CallState>>,
}

#[derive(Clone, Default)]
enum Method {
    #[default]
    None,
    Auth(Auth),
    /// Keeps each request here instead of sending it.
    Preview(Auth, Preview),
}

/// The request that was not sent.
pub(crate) type Preview = Arc<Mutex<Option<Request>>>;

/// What the attempts of one call share.
#[derive(Default)]
struct CallState {
    renewed: AtomicBool,
    sent: AtomicU32,
    used: Mutex<Vec<Arc<dyn Authorize>>>,
}

/// Marks an answer that was made up, because the request was not sent.
#[derive(Clone)]
pub(crate) enum Unsent {
    Auth(AuthError),
    NotAuthorized(&'static str),
    Preview,
}

impl Unsent {
    pub(crate) fn error(&self) -> CallError {
        match self {
            Self::Auth(error) => error.clone().into(),
            Self::NotAuthorized(reason) => CallError::not_sent(*reason),
            Self::Preview => CallError::not_sent("it is a dry run"),
        }
    }
}

impl Authorization {
    /// Sends requests without any authorization, as the token operation of IAM takes them.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Authorizes every request with this value.
    #[must_use]
    pub fn new(authorize: Arc<dyn Authorize>) -> Self {
        Auth::signer(authorize).into()
    }

    /// The same for one call, whose attempts it counts.
    pub(crate) fn for_call(&self) -> Self {
        Self { method: self.method.clone(), call: Some(Arc::default()) }
    }

    /// Keeps requests instead of sending them.
    #[doc(hidden)]
    #[must_use]
    pub fn preview(auth: Auth, preview: Arc<Mutex<Option<Request>>>) -> Self {
        Self { method: Method::Preview(auth, preview), call: None }
    }

    /// The authorization of every attempt, or the credentials if they can change.
    pub(crate) fn fixed(&self) -> Result<Grant, &Auth> {
        match &self.method {
            Method::None => Ok(Grant::None),
            Method::Preview(auth, _) => Ok(auth.preview()),
            Method::Auth(auth) => auth.fixed().ok_or(auth),
        }
    }

    /// The authorization for the first attempt, of credentials that can change.
    pub(crate) async fn grant(&self, auth: &Auth) -> Result<Grant, Unsent> {
        let grant = auth.grant().await.map_err(Unsent::Auth)?;
        self.note(&grant);
        Ok(grant)
    }

    /// Another authorization after 401, once for each call. `None` if there is no other one.
    pub(crate) async fn renew(&self, auth: &Auth, refused: &Grant, expired: bool) -> Result<Option<Grant>, Unsent> {
        if self.call.as_ref().is_some_and(|call| call.renewed.load(Ordering::Relaxed)) {
            return Ok(None);
        }
        let Some(grant) = auth.renew(refused, expired).await.map_err(Unsent::Auth)? else { return Ok(None) };
        if let Some(call) = &self.call {
            call.renewed.store(true, Ordering::Relaxed);
        }
        self.note(&grant);
        Ok(Some(grant))
    }

    /// Counts an attempt, and returns how many there were before.
    pub(crate) fn count(&self, attempts_of_request: u32) -> u32 {
        self.call.as_ref().map_or(attempts_of_request, |call| call.sent.fetch_add(1, Ordering::Relaxed))
    }

    /// Where to put the request if it is only to be shown.
    pub(crate) const fn preview_place(&self) -> Option<&Preview> {
        match &self.method {
            Method::Preview(_, place) => Some(place),
            Method::None | Method::Auth(_) => None,
        }
    }

    /// Adds the secrets that the attempts of this call have used.
    pub(crate) fn secrets(&self, secrets: &mut Secrets) {
        let mut add =
            |authorize: &Arc<dyn Authorize>| authorize.secrets().iter().for_each(|secret| secrets.add(secret));
        if let Ok(grant) = self.fixed() {
            grant.authorize().into_iter().for_each(&mut add);
        }
        if let Some(call) = &self.call {
            call.used.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(add);
        }
    }

    fn note(&self, grant: &Grant) {
        if let Some((call, authorize)) = self.call.as_ref().zip(grant.authorize()) {
            call.used.lock().unwrap_or_else(PoisonError::into_inner).push(authorize.clone());
        }
    }
}

impl From<Auth> for Authorization {
    fn from(auth: Auth) -> Self {
        Self { method: Method::Auth(auth), call: None }
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.method {
            Method::None => f.write_str("Authorization(none)"),
            Method::Auth(auth) | Method::Preview(auth, _) => write!(f, "Authorization({auth:?})"),
        }
    }
}

/// A request could not be authorized and was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NotAuthorized(&'static str);

impl NotAuthorized {
    /// Says why. The text is static and therefore never contains a secret.
    #[must_use]
    pub const fn new(reason: &'static str) -> Self {
        Self(reason)
    }

    pub(crate) const fn reason(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for NotAuthorized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotAuthorized {}
