//! Every way in which a call is authorised.
//!
//! | what the caller has | type | what goes on the wire |
//! |---|---|---|
//! | a token from IAM | [`Token`] | `X-Auth-Token` |
//! | a file that holds a token, and may change | [`TokenFile`] | `X-Auth-Token` |
//! | an IAM user and its password | [`IamPassword`] | `X-Auth-Token`, with a token that IAM is asked for |
//! | an access key, permanent or temporary | [`AccessKey`] | a signature |
//! | something else that yields tokens | [`TokenProvider`] | `X-Auth-Token` |
//! | whatever the environment holds | [`Auth::from_env`] | one of the above |

mod access_key;
mod credentials_file;
mod discovery;
mod discovery_error;
mod environment;
mod iam;
mod iam_token;
mod koocli;
mod provider;
mod signature;
mod token;
mod token_cache;
mod token_file;

use std::fmt;
use std::sync::Arc;

pub use access_key::{AccessKey, InvalidAccessKey};
pub use credentials_file::CredentialsFileError;
pub use discovery::{Discovery, Found, Skipped};
pub use discovery_error::DiscoveryError;
pub use environment::{Environment, Set};
pub use iam::IamPassword;
pub(crate) use iam_token::IamTokens;
pub use provider::{AuthError, AuthStep, TokenFuture, TokenProvider};
pub use token::{InvalidToken, Token};
pub use token_cache::TokenCache;
pub use token_file::TokenFile;

use codearts_repo_client::Authorization;

use crate::redact::Secrets;

/// Who the caller is. A client takes anything that converts into it, and asks it before every call.
#[derive(Clone)]
pub struct Auth(pub(crate) Source);

#[derive(Clone)]
pub(crate) enum Source {
    Token(Token),
    Provider(Arc<dyn TokenProvider>),
    AccessKey(Arc<AccessKey>),
    /// Becomes a provider when the client is built, which knows the region and the connections.
    Iam(Box<IamPassword>),
}

impl Auth {
    /// Tokens from the caller's own provider.
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self(Source::Provider(Arc::new(provider)))
    }

    /// Looks for credentials where the vendor's SDK, the Terraform provider and KooCLI keep them. See
    /// [`Discovery`] for the order, and for a report of what was found.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] when nothing is found, or when what is found is not usable.
    pub fn from_env() -> Result<Self, DiscoveryError> {
        Ok(Discovery::new(&Environment::of_process()).find()?.auth)
    }

    /// What authorises one request. `refused` is the token that the service has just refused as expired.
    pub(crate) async fn grant(&self, refused: Option<&Token>) -> Result<Grant, AuthError> {
        match &self.0 {
            Source::Token(token) => Ok(Grant { authorization: token.authorization(), renewable: None }),
            Source::AccessKey(key) => Ok(Grant { authorization: Authorization::new(key.clone()), renewable: None }),
            Source::Provider(provider) => {
                let token = provider.token(refused).await?;
                Ok(Grant { authorization: token.authorization(), renewable: Some(token) })
            }
            Source::Iam(_) => Err(AuthError::new(AuthStep::Setup, "the client has not set up the IAM user")),
        }
    }

    /// What an answer to a request with this grant may repeat and nobody may read.
    pub(crate) fn secrets(&self, grant: &Grant, secrets: &mut Secrets) {
        match (&self.0, &grant.renewable) {
            (Source::Token(token), _) | (_, Some(token)) => secrets.add(token.expose()),
            (Source::AccessKey(key), _) => key.secrets(secrets),
            _ => {}
        }
    }
}

/// The authority of one request, and its token where another one can be had.
pub(crate) struct Grant {
    pub(crate) authorization: Authorization,
    pub(crate) renewable: Option<Token>,
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Source::Token(_) => "Auth(token)",
            Source::Provider(_) => "Auth(token provider)",
            Source::AccessKey(_) => "Auth(access key)",
            Source::Iam(_) => "Auth(IAM password)",
        })
    }
}

impl From<Token> for Auth {
    fn from(token: Token) -> Self {
        Self(Source::Token(token))
    }
}

impl From<TokenFile> for Auth {
    fn from(file: TokenFile) -> Self {
        Self::provider(file)
    }
}

impl From<AccessKey> for Auth {
    fn from(key: AccessKey) -> Self {
        Self(Source::AccessKey(Arc::new(key)))
    }
}

impl From<IamPassword> for Auth {
    fn from(user: IamPassword) -> Self {
        Self(Source::Iam(Box::new(user)))
    }
}
