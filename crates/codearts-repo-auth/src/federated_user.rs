//! A user of an identity provider that the account trusts: no secret of Huawei Cloud is stored anywhere.

use std::fmt;
use std::time::Duration;

use codearts_repo_client::internal::{Connect, HttpSettings, Secrets};
use codearts_repo_client::{
    Auth, AuthError, AuthStep, Authorization, Client, ConfigError, Endpoint, Region, RetryPolicy, TemporaryKeySeconds,
    Token, WireSecret, bounds, types,
};

use crate::iam_token::subject_token;
use crate::id_token::{self, IdToken, IdTokenReader};
use crate::identity_service::IdentityService;
use crate::renewed_keys::RenewedKeys;
use crate::temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};

const REFUSED: &str = "check the ID of the identity provider, and which tokens it accepts";
/// How long a key lives unless it is requested otherwise, as in the vendor's SDK: 6 hours.
const DEFAULT_SECONDS: u32 = 21_600;

/// A user of an identity provider, who logs in with an ID token of it.
///
/// IAM exchanges the ID token for a token, and that for a temporary access key; [`RenewedKeys`] renews it. The account
/// must have the provider as one of OpenID Connect. A key lives for 6 hours unless set otherwise. The key comes from the
/// region's IAM host. Whether CodeArts Repo accepts these keys in every region is unverified.
///
/// Needs the feature `federation`.
///
/// ```
/// use codearts_repo_auth::{Auth, FederatedUser, IdToken};
///
/// # fn main() -> Result<(), codearts_repo_auth::InvalidFederation> {
/// let user = FederatedUser::new("ci", IdToken::text("eyJExample"))?;
/// assert_eq!(format!("{:?}", Auth::from(user)), "Auth(federated user)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct FederatedUser {
    provider_id: String,
    id_token: IdToken,
    duration: TemporaryKeySeconds,
    target: Option<Target>,
    endpoint: Option<Endpoint>,
}

/// What the calls are for.
#[derive(Clone, Debug)]
enum Target {
    Project(String),
    Domain(String),
}

impl FederatedUser {
    /// Takes the ID (name) of the identity provider and the source of the ID token.
    ///
    /// # Errors
    ///
    /// [`InvalidFederation::ProviderId`] if the ID is empty or has a blank.
    pub fn new(provider_id: impl Into<String>, id_token: IdToken) -> Result<Self, InvalidFederation> {
        let provider_id = provider_id.into();
        if provider_id.is_empty() || !provider_id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidFederation::ProviderId);
        }
        let duration = TemporaryKeySeconds::try_from(DEFAULT_SECONDS).map_err(|_| InvalidFederation::Duration)?;
        Ok(Self { provider_id, id_token, duration, target: None, endpoint: None })
    }

    /// How long a key lives, in whole seconds. 6 hours by default.
    ///
    /// # Errors
    ///
    /// [`InvalidFederation::Duration`] unless it is 15 minutes to 24 hours.
    pub fn duration(mut self, duration: Duration) -> Result<Self, InvalidFederation> {
        self.duration = TemporaryKeySeconds::try_from(duration.as_secs()).map_err(|_| InvalidFederation::Duration)?;
        Ok(self)
    }

    /// Names the project that the calls are for, by its ID.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.target = Some(Target::Project(id.into()));
        self
    }

    /// Names the account (domain) that the calls are for, by its ID.
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.target = Some(Target::Domain(id.into()));
        self
    }

    /// Uses this IAM endpoint instead of the region's own.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }
}

impl Connect for FederatedUser {
    fn name(&self) -> &'static str {
        "federated user"
    }

    fn connect(&self, region: Option<Region>, http: &HttpSettings, retry: &RetryPolicy) -> Result<Auth, ConfigError> {
        let id_token = self.id_token.connect(http)?;
        let iam = IdentityService::iam(self.endpoint.as_ref(), region, http, retry)?;
        Ok(RenewedKeys::new(Issuer { user: self.clone(), id_token, iam }).into())
    }
}

impl From<FederatedUser> for Auth {
    fn from(user: FederatedUser) -> Self {
        Self::deferred(user)
    }
}

/// Requests keys from IAM.
struct Issuer {
    user: FederatedUser,
    id_token: IdTokenReader,
    iam: IdentityService,
}

impl Issuer {
    async fn ask(&self) -> Result<TemporaryKey, AuthError> {
        let token = self.log_in().await?;
        let issued = self.key(&token).await?;
        let key = match &self.user.target {
            None => Ok(issued.key),
            Some(Target::Project(id)) => issued.key.project_id(id),
            Some(Target::Domain(id)) => issued.key.domain_id(id),
        };
        let key = key.map_err(|error| AuthError::new(AuthStep::Setup, error))?;
        Ok(TemporaryKey::new(key, issued.life))
    }

    async fn log_in(&self) -> Result<Token, AuthError> {
        let id_token = self.id_token.read().await?;
        let id = types::IdTokenText::builder().id(WireSecret::new(id_token.as_str()));
        let request = types::IdTokenLogin::builder().auth(types::IdTokenAuth::builder().id_token(id));
        let send = |client: Client| {
            let (request, provider) = (request.clone(), self.user.provider_id.clone());
            async move { client.create_token_with_id_token().x_idp_id(provider).body(request).send().await }
        };
        let secrets = |secrets: &mut Secrets| secrets.add(&id_token);
        let answer = self.iam.call("CreateTokenWithIdToken", &Authorization::none(), secrets, send).await;
        let answer = answer.map_err(|error| id_token::refused(&id_token, error, REFUSED))?;
        subject_token(answer.headers())
    }

    async fn key(&self, token: &Token) -> Result<TemporaryKey, AuthError> {
        let mut of_token = types::TokenForKey::default();
        of_token.id = Some(WireSecret::new(token.expose()));
        of_token.duration_seconds = Some(self.user.duration);
        let identity =
            types::TemporaryKeyIdentity::builder().methods(vec![types::TemporaryKeyMethod::Token]).token(of_token);
        let request = types::TemporaryKeyRequest::builder().auth(types::TemporaryKeyAuth::builder().identity(identity));
        let secrets = |secrets: &mut Secrets| secrets.add(token.expose());
        self.iam.temporary_key(&request, &Authorization::none(), secrets, REFUSED).await
    }
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        Box::pin(self.ask())
    }
}

impl fmt::Debug for FederatedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FederatedUser")
            .field("provider_id", &self.provider_id)
            .field("id_token", &self.id_token)
            .field("target", &self.target)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// A setting of a federated user that IAM would refuse. Needs the feature `federation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidFederation {
    /// An ID of the provider that is empty or has a blank.
    #[error("the ID of the identity provider is empty or has a blank or a character that is not ASCII")]
    ProviderId,
    /// A duration outside the range.
    #[error(
        "the duration is not {} to {} seconds",
        bounds::TEMPORARY_KEY_SECONDS.start(),
        bounds::TEMPORARY_KEY_SECONDS.end()
    )]
    Duration,
}

impl InvalidFederation {
    /// What to do about it.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::ProviderId => "use the name of the identity provider in IAM",
            Self::Duration => "use 15 minutes to 24 hours",
        }
    }
}
