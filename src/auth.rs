//! The credentials of a client.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Request;
use reqwest::header::HeaderValue;

use crate::http::HttpSettings;
use crate::{
    AuthError, AuthStep, Authorize, ConfigError, NotAuthorized, RefusedToken, Region, RetryPolicy, Token, TokenProvider,
};

/// The credentials of a client. A client takes anything that converts into it.
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
    Tokens(Arc<dyn TokenProvider>),
    Signer(Arc<dyn Authorize>),
    Signers(Arc<dyn Signers>),
    Deferred(Arc<dyn Connect>),
}

/// Credentials that need the settings of the client that uses them.
#[doc(hidden)]
pub trait Connect: Send + Sync {
    /// A name for `Debug`, without any secret.
    fn name(&self) -> &'static str;

    /// Makes the credentials of one client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] if the credentials do not match the settings of the client.
    fn connect(&self, region: Option<Region>, http: &HttpSettings, retry: &RetryPolicy) -> Result<Auth, ConfigError>;
}

/// What [`Signers::signer`] returns.
#[doc(hidden)]
pub type SignerFuture<'a> = Pin<Box<dyn Future<Output = Result<Arc<dyn Authorize>, AuthError>> + Send + 'a>>;

/// A source of signers, for access keys that change.
#[doc(hidden)]
pub trait Signers: Send + Sync {
    /// Returns a signer. `refused` is the one whose request the service has just refused with 401.
    fn signer<'a>(&'a self, refused: Option<&'a Arc<dyn Authorize>>) -> SignerFuture<'a>;

    /// How long the current key lives, if it is known.
    fn life(&self) -> Option<Duration> {
        None
    }
}

impl Auth {
    /// Takes tokens from a provider.
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self(Source::Tokens(Arc::new(provider)))
    }

    /// Authorizes each request with the same value, for example by signing it.
    pub fn signer(signer: Arc<dyn Authorize>) -> Self {
        Self(Source::Signer(signer))
    }

    #[doc(hidden)]
    pub fn signers(signers: impl Signers + 'static) -> Self {
        Self(Source::Signers(Arc::new(signers)))
    }

    #[doc(hidden)]
    pub fn deferred(credentials: impl Connect + 'static) -> Self {
        Self(Source::Deferred(Arc::new(credentials)))
    }

    /// Connects deferred credentials; all others stay as they are.
    #[doc(hidden)]
    pub fn connect(
        self,
        region: Option<Region>,
        http: &HttpSettings,
        retry: &RetryPolicy,
    ) -> Result<Self, ConfigError> {
        match self.0 {
            Source::Deferred(credentials) => credentials.connect(region, http, retry),
            source => Ok(Self(source)),
        }
    }

    /// Gets a token or a key now, if the credentials need one. Calls do the same when they are sent.
    ///
    /// # Errors
    ///
    /// [`AuthError`] if there is none.
    pub async fn prepare(&self) -> Result<(), AuthError> {
        self.grant().await.map(drop)
    }

    /// Whether requests are signed with an access key, as opposed to sent with a token. `false` for deferred credentials.
    #[doc(hidden)]
    #[must_use]
    pub const fn signs(&self) -> bool {
        matches!(self.0, Source::Signer(_) | Source::Signers(_))
    }

    /// Whether the access key is a temporary one.
    #[doc(hidden)]
    pub async fn is_temporary(&self) -> Result<bool, AuthError> {
        Ok(self.grant().await?.authorize().is_some_and(|authorize| authorize.is_temporary()))
    }

    /// How long the current temporary access key lives, if there is one and its life is known.
    #[must_use]
    pub fn key_life(&self) -> Option<Duration> {
        match &self.0 {
            Source::Signers(signers) => signers.life(),
            _ => None,
        }
    }

    /// The authorization of every request, if it is always the same.
    pub(crate) fn fixed(&self) -> Option<Grant> {
        match &self.0 {
            Source::Token(token) => Some(Grant::Fixed(token.authorize())),
            Source::Signer(signer) => Some(Grant::Fixed(signer.clone())),
            Source::Tokens(_) | Source::Signers(_) | Source::Deferred(_) => None,
        }
    }

    pub(crate) async fn grant(&self) -> Result<Grant, AuthError> {
        match &self.0 {
            Source::Tokens(provider) => {
                let token = provider.token(None).await?;
                Ok(Grant::Token(token.authorize(), token))
            }
            Source::Signers(signers) => Ok(Grant::Signer(signers.signer(None).await?)),
            Source::Token(_) | Source::Signer(_) | Source::Deferred(_) => self
                .fixed()
                .ok_or_else(|| AuthError::new(AuthStep::Setup, "the client has not connected the credentials")),
        }
    }

    /// Another authorization than the refused one, if there is one.
    pub(crate) async fn renew(&self, refused: &Grant, expired: bool) -> Result<Option<Grant>, AuthError> {
        match (&self.0, refused) {
            (Source::Tokens(provider), Grant::Token(_, token)) => {
                let fresh = provider.token(Some(RefusedToken { token, expired })).await?;
                Ok((fresh != *token).then(|| Grant::Token(fresh.authorize(), fresh)))
            }
            (Source::Signers(signers), Grant::Signer(signer)) => {
                let fresh = signers.signer(Some(signer)).await?;
                Ok((!Arc::ptr_eq(&fresh, signer)).then_some(Grant::Signer(fresh)))
            }
            _ => Ok(None),
        }
    }

    /// What stands in for the credentials in a request that is only shown: a provider would send something.
    pub(crate) fn preview(&self) -> Grant {
        match &self.0 {
            Source::Signer(signer) => Grant::Fixed(signer.clone()),
            Source::Signers(_) => Grant::Fixed(Arc::new(Masked("authorization"))),
            _ => Grant::Fixed(Arc::new(Masked("x-auth-token"))),
        }
    }
}

/// The authorization of one attempt.
pub(crate) enum Grant {
    None,
    Fixed(Arc<dyn Authorize>),
    Token(Arc<dyn Authorize>, Token),
    Signer(Arc<dyn Authorize>),
}

impl Grant {
    pub(crate) const fn authorize(&self) -> Option<&Arc<dyn Authorize>> {
        match self {
            Self::None => None,
            Self::Fixed(authorize) | Self::Token(authorize, _) | Self::Signer(authorize) => Some(authorize),
        }
    }

    pub(crate) fn apply(&self, request: &mut Request) -> Result<(), NotAuthorized> {
        self.authorize().map_or(Ok(()), |authorize| authorize.authorize(request))
    }
}

/// Puts `***` into a header.
struct Masked(&'static str);

impl Authorize for Masked {
    fn authorize(&self, request: &mut Request) -> Result<(), NotAuthorized> {
        request.headers_mut().insert(self.0, HeaderValue::from_static("***"));
        Ok(())
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.0 {
            Source::Token(_) => "token",
            Source::Tokens(_) => "token provider",
            Source::Signer(_) => "access key",
            Source::Signers(_) => "access key provider",
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
