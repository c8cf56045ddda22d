//! Sources of tokens.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::{BoxError, CallError, Token};

/// What [`TokenProvider::token`] returns.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Token, AuthError>> + Send + 'a>>;

/// Returns the token for a call, from wherever the caller keeps tokens.
///
/// ```
/// use codearts_repo_client::{Auth, AuthError, AuthStep, RefusedToken, Token, TokenFuture, TokenProvider};
///
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
///         Box::pin(async move {
///             // Ask the vault here; ask it for a fresh one when `refused` is given.
///             let text = if refused.is_some() { "MIIFresh" } else { "MIIFirst" };
///             Token::new(text).map_err(|error| AuthError::new(AuthStep::Token, error))
///         })
///     }
/// }
///
/// let auth = Auth::provider(Vault);
/// ```
pub trait TokenProvider: Send + Sync {
    /// Returns a token. It is called before every attempt: store the token.
    ///
    /// `refused` is the token that the service has just refused with 401. If another token is returned, the call is
    /// repeated once; if not, it fails.
    ///
    /// # Errors
    ///
    /// [`AuthError`], which the caller of the client gets with its source.
    fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a>;
}

/// A token that the service refused with 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedToken<'a> {
    /// The token.
    pub token: &'a Token,
    /// Whether the service said that it has expired or must be renewed. Any other 401 can mean that the user or the
    /// region is wrong, and a new token would not help.
    pub expired: bool,
}

macro_rules! provider_behind_a_pointer {
    ($($pointer:ident)*) => { $(
        impl<P: TokenProvider + ?Sized> TokenProvider for $pointer<P> {
            fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
                (**self).token(refused)
            }
        }
    )* };
}
provider_behind_a_pointer!(Arc Box);

/// The step at which authorization failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthStep {
    /// The settings fit neither each other nor the region.
    Setup,
    /// IAM could not be reached, or the connection broke.
    IamConnection,
    /// IAM answered and refused.
    IamRefused,
    /// IAM is busy or failing (429 or 5xx).
    IamUnavailable,
    /// IAM's answer is not what its documentation says.
    IamAnswer,
    /// The file with the token could not be read.
    TokenFile,
    /// Other users could have written to the token cache.
    TokenCache,
    /// What was to be a token is none.
    Token,
    /// There is no temporary access key.
    AccessKey,
    /// The service on this machine or its link that issues access keys could not be reached.
    KeyService,
    /// There is no usable ID token.
    IdToken,
}

/// Why there are no credentials for a call; the call itself was not sent. Cheap to clone: all calls that waited for the
/// same token get the same error.
#[derive(Clone)]
pub struct AuthError {
    shared: Arc<Inner>,
    /// Whether the provider has retried already.
    retried: bool,
    /// Advice in place of that for the step.
    advice: Option<Arc<str>>,
}

struct Inner {
    step: AuthStep,
    retryable: bool,
    cause: Cause,
}

enum Cause {
    Call(CallError),
    Other(BoxError),
}

impl AuthError {
    /// A failure at a step, with its cause or a text. It is not retried; see [`retryable`](Self::retryable).
    pub fn new(step: AuthStep, source: impl Into<BoxError>) -> Self {
        Self {
            shared: Arc::new(Inner { step, retryable: false, cause: Cause::Other(source.into()) }),
            retried: false,
            advice: None,
        }
    }

    /// A failure that may go away: the call is retried as the client's policy says.
    ///
    /// ```
    /// use codearts_repo_client::{AuthError, AuthStep};
    ///
    /// let error = AuthError::retryable(AuthStep::Token, "the vault is sealed");
    /// assert!(error.is_retryable());
    /// ```
    pub fn retryable(step: AuthStep, source: impl Into<BoxError>) -> Self {
        Self {
            shared: Arc::new(Inner { step, retryable: true, cause: Cause::Other(source.into()) }),
            retried: false,
            advice: None,
        }
    }

    /// A call to IAM that failed after all its retries.
    #[doc(hidden)]
    #[must_use]
    pub fn of_call(error: CallError) -> Self {
        let (step, retryable) = (crate::error::iam_step(&error), error.is_retryable());
        Self { shared: Arc::new(Inner { step, retryable, cause: Cause::Call(error) }), retried: true, advice: None }
    }

    /// The same failure with other advice than that for its step.
    #[must_use]
    pub fn with_advice(self, advice: &str) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    /// The step that failed.
    #[must_use]
    pub fn step(&self) -> AuthStep {
        self.shared.step
    }

    /// Whether the same may work a little later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.shared.retryable
    }

    /// The call to IAM that failed, with its status, its request ID and the rest.
    #[must_use]
    pub fn call_error(&self) -> Option<&CallError> {
        match &self.shared.cause {
            Cause::Call(error) => Some(error),
            Cause::Other(_) => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> String {
        if let Some(advice) = &self.advice {
            return advice.to_string();
        }
        if let Cause::Call(error) = &self.shared.cause {
            return match self.shared.step {
                AuthStep::IamAnswer => format!("check the IAM endpoint, and {}", error.advice()),
                _ => error.advice(),
            };
        }
        let advice = match self.shared.step {
            AuthStep::Setup => "set up the credentials before the call",
            AuthStep::IamConnection => "check the IAM endpoint, the network and the proxy",
            AuthStep::IamRefused => "check the user, the password, the domain and the project",
            AuthStep::IamUnavailable => "retry later",
            AuthStep::IamAnswer => "check the IAM endpoint",
            AuthStep::TokenFile => "write the token to a regular file",
            AuthStep::TokenCache => "allow only its owner to write to it",
            AuthStep::Token => "check the source of the token",
            AuthStep::IdToken => "check the file or variable of the ID token",
            AuthStep::AccessKey => "check the source of the access key",
            AuthStep::KeyService => "check the address of the service, or choose other credentials",
        };
        advice.to_owned()
    }

    /// Whether the call is to be retried, because the provider has not done so.
    pub(crate) fn is_pending_retry(&self) -> bool {
        self.is_retryable() && !self.retried
    }
}

impl fmt::Display for AuthStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Setup => "the authorization is not set up",
            Self::IamConnection => "IAM could not be reached",
            Self::IamRefused => "IAM refused to issue a token",
            Self::IamUnavailable => "IAM is busy or failing",
            Self::IamAnswer => "IAM did not answer with a token",
            Self::TokenFile => "the token file could not be read",
            Self::TokenCache => "the token cache is not safe",
            Self::Token => "there is no usable token",
            Self::IdToken => "there is no usable ID token",
            Self::AccessKey => "there is no usable access key",
            Self::KeyService => "no access key could be requested",
        })
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shared.step.fmt(f)
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("step", &self.shared.step)
            .field("source", &std::error::Error::source(self))
            .finish()
    }
}

impl std::error::Error for AuthError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match &self.shared.cause {
            Cause::Call(error) => error,
            Cause::Other(error) => error.as_ref(),
        })
    }
}
