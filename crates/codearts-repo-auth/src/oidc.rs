//! An agency that trusts an OpenID Connect provider: no secret is stored anywhere.

use std::fmt;
use std::time::{Duration, SystemTime};

use codearts_repo_client::internal::{Call, Connect, HttpSettings, Secrets};
use codearts_repo_client::{
    AgencySessionSeconds, Auth, AuthError, AuthStep, Authorization, CallError, Client, ConfigError, Endpoint, Region,
    ResponseValue, RetryPolicy, WireSecret, bounds, types,
};

use crate::access_key::AccessKey;
use crate::id_token::{self, IdToken};
use crate::renewed_keys::RenewedKeys;
use crate::temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};

/// An agency that a job or pod assumes with its ID token, an OpenID Connect token of the platform that it runs on.
///
/// STS issues a temporary access key for the token; [`RenewedKeys`] renews it. The agency must trust the provider of
/// the token. A key lives for an hour unless set otherwise, and the agency's own maximum may be less. The key comes from
/// the region's STS host. Whether CodeArts Repo accepts these keys in every region is unverified.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Agency, Emulator, Repository, Upstream};
/// # let (provider, agency) = ("iam::0123:oidcProvider:ci", "iam::0123:agency:mirrors");
/// # let trusting = Agency::new(provider, agency, "eyJExample");
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().agency(trusting).repository(repository).start().await?;
/// use codearts_repo::{Client, RepositoryId};
/// use codearts_repo_auth::{IdToken, OidcAgency};
///
/// # let (address, sts) = (emulator.endpoint(), emulator.iam_endpoint());
/// let agency = OidcAgency::new(provider, agency, IdToken::text("eyJExample"))?.endpoint(sts.parse()?);
/// let client = Client::builder().endpoint(address.parse()?).auth(agency).build()?;
/// client.start_sync(RepositoryId::try_from(123)?).send().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct OidcAgency {
    provider_urn: String,
    agency_urn: String,
    session_name: String,
    duration: Option<AgencySessionSeconds>,
    policy: Option<String>,
    policy_ids: Vec<String>,
    id_token: IdToken,
    endpoint: Option<Endpoint>,
}

impl OidcAgency {
    /// Takes the URN of the provider, the URN of the agency, and the source of the ID token.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency`] if a URN has not five parts.
    pub fn new(
        provider_urn: impl Into<String>,
        agency_urn: impl Into<String>,
        id_token: IdToken,
    ) -> Result<Self, InvalidAgency> {
        let (provider_urn, agency_urn) = (provider_urn.into(), agency_urn.into());
        for urn in [&provider_urn, &agency_urn] {
            check_urn(urn)?;
        }
        Ok(Self {
            provider_urn,
            agency_urn,
            session_name: "oidc-sts-session".to_owned(),
            duration: None,
            policy: None,
            policy_ids: Vec::new(),
            id_token,
            endpoint: None,
        })
    }

    /// Names the session in the account's audit log. `oidc-sts-session` by default, as in the vendor's SDK.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::SessionName`] unless it has 2 to 128 letters, digits and `_+=,.@-`.
    pub fn session_name(mut self, name: impl Into<String>) -> Result<Self, InvalidAgency> {
        let name = name.into();
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
        if !bounds::AGENCY_SESSION_NAME.contains(&name.len()) || !name.bytes().all(is_allowed) {
            return Err(InvalidAgency::SessionName);
        }
        self.session_name = name;
        Ok(self)
    }

    /// How long a key lives, in whole seconds. An hour by default.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::Duration`] unless it is 15 minutes to 12 hours.
    pub fn duration(mut self, duration: Duration) -> Result<Self, InvalidAgency> {
        let seconds = AgencySessionSeconds::try_from(duration.as_secs()).map_err(|_| InvalidAgency::Duration)?;
        self.duration = Some(seconds);
        Ok(self)
    }

    /// Restricts the keys to this policy, which is JSON.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Restricts the keys to the policies with these IDs, 20 at most.
    pub fn policy_ids(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.policy_ids = ids.into_iter().collect();
        self
    }

    /// Uses this STS endpoint instead of the region's own.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    fn request(&self, id_token: &str) -> Result<types::AssumeAgencyWithOidcRequest, AuthError> {
        let invalid = |_| AuthError::new(AuthStep::Setup, InvalidAgency::SessionName);
        Ok(types::AssumeAgencyWithOidcRequest {
            provider_urn: self.provider_urn.clone(),
            agency_urn: self.agency_urn.clone(),
            agency_session_name: self.session_name.parse().map_err(invalid)?,
            id_token: WireSecret::new(id_token),
            duration_seconds: self.duration,
            policy: self.policy.clone(),
            policy_ids: self.policy_ids.clone(),
        })
    }
}

impl Connect for OidcAgency {
    fn name(&self) -> &'static str {
        "OIDC agency"
    }

    fn connect(&self, region: Option<Region>, http: &HttpSettings, retry: &RetryPolicy) -> Result<Auth, ConfigError> {
        let endpoint = match (&self.endpoint, region) {
            (Some(endpoint), _) => endpoint.clone(),
            (None, Some(region)) => region.sts_endpoint().parse().map_err(ConfigError::Endpoint)?,
            (None, None) => return Err(ConfigError::NoIamEndpoint),
        };
        let http = http.client(&endpoint)?;
        let retry = retry.clone().retry_throttled(true);
        Ok(RenewedKeys::new(Issuer { agency: self.clone(), endpoint, http, retry }).into())
    }
}

impl From<OidcAgency> for Auth {
    fn from(agency: OidcAgency) -> Self {
        Self::deferred(agency)
    }
}

/// Requests keys from STS.
struct Issuer {
    agency: OidcAgency,
    endpoint: Endpoint,
    http: reqwest::Client,
    retry: RetryPolicy,
}

impl Issuer {
    async fn ask(&self) -> Result<TemporaryKey, AuthError> {
        let id_token = self.agency.id_token.read()?;
        let request = self.agency.request(&id_token)?;
        let call = Call {
            operation: "AssumeAgencyWithOIDC",
            only_reads: true,
            repository: None,
            iam: Some(self.endpoint.as_str()),
            policy: &self.retry,
            authorization: &Authorization::none(),
        };
        let secrets = |secrets: &mut Secrets| secrets.add(&id_token);
        let answer = call.run(secrets, |authorization| self.send(authorization, &request)).await;
        let answer = answer.map_err(|error| refused(&id_token, error))?;
        let date = answer.headers().get("date").and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        temporary_key(answer.into_inner().credentials, date.unwrap_or_else(SystemTime::now))
    }

    async fn send(
        &self,
        authorization: Authorization,
        request: &types::AssumeAgencyWithOidcRequest,
    ) -> Result<ResponseValue<types::AssumeAgencyWithOidcResponse>, CallError> {
        let client = Client::with_http(&self.endpoint, self.http.clone(), authorization);
        match client.assume_agency_with_oidc().body(request.clone()).send().await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(CallError::from_generated(error).await),
        }
    }
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        Box::pin(self.ask())
    }
}

/// A refusal of a token that has expired is about that, whatever the service says.
fn refused(id_token: &str, error: CallError) -> AuthError {
    let expired = id_token::expiry(id_token).filter(|expiry| *expiry < SystemTime::now());
    match (error.status(), expired) {
        (Some(400..=499), Some(expiry)) => {
            let expiry = humantime::format_rfc3339_seconds(expiry);
            AuthError::new(AuthStep::IdToken, format!("the ID token expired at {expiry}"))
        }
        _ => AuthError::of_call(error),
    }
}

fn temporary_key(credentials: types::StsCredentials, answered_at: SystemTime) -> Result<TemporaryKey, AuthError> {
    let expiry = humantime::parse_rfc3339(&credentials.expiration)
        .map_err(|_| AuthError::new(AuthStep::IamAnswer, "the expiration of the key is not a time"))?;
    let secret = credentials.secret_access_key.expose();
    let key = AccessKey::new(credentials.access_key_id, secret)
        .and_then(|key| key.security_token(credentials.security_token.expose()))
        .map_err(|error| AuthError::new(AuthStep::IamAnswer, error))?;
    Ok(TemporaryKey::until(key, expiry, answered_at))
}

pub(crate) fn check_urn(urn: &str) -> Result<(), InvalidAgency> {
    let parts = urn.split(':').count();
    let is_text = urn.bytes().all(|byte| byte.is_ascii_graphic());
    if parts == 5 && is_text && urn.len() <= 1500 { Ok(()) } else { Err(InvalidAgency::Urn) }
}

impl fmt::Debug for OidcAgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcAgency")
            .field("provider_urn", &self.provider_urn)
            .field("agency_urn", &self.agency_urn)
            .field("session_name", &self.session_name)
            .field("id_token", &self.id_token)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// A setting of an agency that STS would refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidAgency {
    /// A URN without five parts.
    #[error("the URN has not five parts")]
    Urn,
    /// A session name that is too short or too long, or has another character.
    #[error("the session name has a blank or another character that is not allowed, or not 2 to 128 characters")]
    SessionName,
    /// A duration outside the range.
    #[error("the duration is not 900 to 43200 seconds")]
    Duration,
}

impl InvalidAgency {
    /// What to do about it.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Urn => "copy the URN from the console, such as iam::ACCOUNT:agency:NAME",
            Self::SessionName => "use letters, digits and _+=,.@-",
            Self::Duration => "use 15 minutes to 12 hours",
        }
    }
}
