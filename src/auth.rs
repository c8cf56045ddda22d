//! How the calls of a client are authorized.

use std::fmt;
use std::sync::Arc;

use crate::http::HttpSettings;
use crate::{AuthError, AuthStep, Authorization, Authorize, ConfigError, RefusedToken, Region, Token, TokenProvider};

/// How the calls of a client are authorized. A client takes anything that converts into it.
///
/// ```
/// use codearts_repo_client::{Auth, Token};
///
/// # fn main() -> Result<(), codearts_repo_client::InvalidToken> {
/// let auth: Auth = Token::new("MIIExample")?.into();
/// assert_eq!(format!("{auth:?}"), "Auth(token)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Auth(Source);

#[derive(Clone)]
enum Source {
    Token(Token),
    Provider(Arc<dyn TokenProvider>),
    Signer(Arc<dyn Authorize>),
    Deferred(Arc<dyn Connect>),
}

/// Credentials that need the region and the HTTP settings of the client that uses them.
#[doc(hidden)]
pub trait Connect: Send + Sync {
    /// A name for `Debug`, without any secret.
    fn name(&self) -> &'static str;

    /// Makes the authorization for one client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the credentials do not match the settings of the client.
    fn connect(&self, region: Option<Region>, http: &HttpSettings) -> Result<Auth, ConfigError>;
}

impl Auth {
    /// Takes tokens from a provider.
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self(Source::Provider(Arc::new(provider)))
    }

    /// Authorizes each request with the same value, for example by signing it.
    pub fn signer(signer: Arc<dyn Authorize>) -> Self {
        Self(Source::Signer(signer))
    }

    #[doc(hidden)]
    pub fn deferred(credentials: impl Connect + 'static) -> Self {
        Self(Source::Deferred(Arc::new(credentials)))
    }

    /// Connects deferred credentials; all others stay as they are.
    #[doc(hidden)]
    pub fn connect(self, region: Option<Region>, http: &HttpSettings) -> Result<Self, ConfigError> {
        match self.0 {
            Source::Deferred(credentials) => credentials.connect(region, http),
            source => Ok(Self(source)),
        }
    }

    /// The signer, where the requests are signed.
    #[doc(hidden)]
    #[must_use]
    pub fn as_signer(&self) -> Option<&Arc<dyn Authorize>> {
        match &self.0 {
            Source::Signer(signer) => Some(signer),
            _ => None,
        }
    }

    /// Authorizes one request. `refused` is the token that the service has just refused.
    #[doc(hidden)]
    pub async fn grant(&self, refused: Option<RefusedToken<'_>>) -> Result<Grant, AuthError> {
        match &self.0 {
            Source::Token(token) => Ok(Grant { authorization: token.authorization(), renewable: None }),
            Source::Signer(signer) => Ok(Grant { authorization: Authorization::new(signer.clone()), renewable: None }),
            Source::Provider(provider) => {
                let token = provider.token(refused).await?;
                Ok(Grant { authorization: token.authorization(), renewable: Some(token) })
            }
            Source::Deferred(_) => Err(AuthError::new(AuthStep::Setup, "the client has not connected the credentials")),
        }
    }
}

/// The authorization of one request, and its token if it can be renewed.
#[doc(hidden)]
#[derive(Debug)]
pub struct Grant {
    pub authorization: Authorization,
    pub renewable: Option<Token>,
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.0 {
            Source::Token(_) => "token",
            Source::Provider(_) => "token provider",
            Source::Signer(_) => "access key",
            Source::Deferred(credentials) => credentials.name(),
        };
        write!(f, "Auth({name})")
    }
}

impl From<Token> for Auth {
    fn from(token: Token) -> Self {
        Self(Source::Token(token))
    }
}
