//! Sources of tokens.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::Token;

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

/// The step at which authorisation failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// Why no authorisation could be had; the call itself was not sent. Cheap to clone: all who waited get the same.
#[derive(Clone)]
pub struct AuthError(Arc<Inner>);

struct Inner {
    step: AuthStep,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl AuthError {
    /// A failure at a step, with its cause or a text.
    pub fn new(step: AuthStep, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(Arc::new(Inner { step, source: Some(source.into()) }))
    }

    /// The step that failed.
    #[must_use]
    pub fn step(&self) -> AuthStep {
        self.0.step
    }

    /// Whether the same may work a little later: IAM could not be reached, or is busy or failing.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self.0.step, AuthStep::IamConnection | AuthStep::IamUnavailable)
    }
}

impl fmt::Display for AuthStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Setup => "the authorisation is set up wrongly",
            Self::IamConnection => {
                "IAM could not be asked for a token; check the IAM endpoint, the network and the proxy"
            }
            Self::IamRefused => "IAM refused to give a token; check the user, the password, the domain and the project",
            Self::IamUnavailable => "IAM is busy or failing; try again later",
            Self::IamAnswer => "IAM answered, but not with a token; check the IAM endpoint",
            Self::TokenFile => "the token file could not be read",
            Self::TokenCache => "the token cache is not safe",
            Self::Token => "there is no usable token",
        })
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.step, f)
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError").field("step", &self.0.step).field("source", &self.0.source).finish()
    }
}

impl std::error::Error for AuthError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source.as_ref() as _)
    }
}
