//! An agency that trusts an OpenID Connect provider: no secret is stored anywhere.

use std::fmt;
use std::time::Duration;

use codearts_repo_client::internal::{Connect, HttpSettings, Secrets};
use codearts_repo_client::{
    Auth, AuthError, Authorization, Client, ConfigError, Endpoint, Region, RetryPolicy, WireSecret, types,
};

use crate::agency_session::{AgencySession, InvalidAgency, parse_urn};
use crate::id_token::{self, IdToken, IdTokenReader};
use crate::identity_service::{self, IdentityService};
use crate::renewed_keys::RenewedKeys;
use crate::temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};

const REFUSED: &str = "check the URNs, and which tokens the agency trusts";

/// An agency that a job or pod assumes with its ID token, an OpenID Connect token of the platform that it runs on.
///
/// STS issues a temporary access key for the token; [`RenewedKeys`] renews it. The agency must trust the provider of
/// the token. A key lives for an hour unless set otherwise, and the agency's own maximum may be less. The key comes from
/// the region's STS host. Whether CodeArts Repo accepts these keys in every region is unverified.
///
/// Needs the feature `oidc`.
///
/// ```
/// use codearts_repo_auth::{Auth, IdToken, OidcAgency};
///
/// # fn main() -> Result<(), codearts_repo_auth::InvalidAgency> {
/// let (provider, agency) = ("iam::0123:oidcProvider:ci", "iam::0123:agency:mirrors");
/// let agency = OidcAgency::new(provider, agency, IdToken::text("eyJExample"))?;
/// assert_eq!(format!("{:?}", Auth::from(agency)), "Auth(OIDC agency)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct OidcAgency {
    provider_urn: types::Urn,
    agency_urn: types::Urn,
    session: AgencySession,
    id_token: IdToken,
    endpoint: Option<Endpoint>,
}

impl OidcAgency {
    /// Takes the URN of the provider, the URN of the agency, and the source of the ID token.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::Urn`] if a URN does not have five parts, [`InvalidAgency::UrnLength`] if it does not have 8 to 1500
    /// characters.
    pub fn new(
        provider_urn: impl AsRef<str>,
        agency_urn: impl AsRef<str>,
        id_token: IdToken,
    ) -> Result<Self, InvalidAgency> {
        Ok(Self {
            provider_urn: parse_urn(provider_urn.as_ref())?,
            agency_urn: parse_urn(agency_urn.as_ref())?,
            session: AgencySession::new("oidc-sts-session")?,
            id_token,
            endpoint: None,
        })
    }

    /// Names the session in the account's audit log. `oidc-sts-session` by default, as in the vendor's SDK.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::SessionName`] unless it has 2 to 128 letters, digits and `_+=,.@-`.
    pub fn session_name(mut self, name: impl AsRef<str>) -> Result<Self, InvalidAgency> {
        self.session.set_name(name.as_ref())?;
        Ok(self)
    }

    /// How long a key lives, in whole seconds. An hour by default.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::Duration`] unless it is 15 minutes to 12 hours.
    pub fn duration(mut self, duration: Duration) -> Result<Self, InvalidAgency> {
        self.session.set_duration(duration)?;
        Ok(self)
    }

    /// Restricts the keys to this policy, which is JSON.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.session.policy = Some(policy.into());
        self
    }

    /// Restricts the keys to the policies with these IDs, 20 at most.
    pub fn policy_ids(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.session.policy_ids = ids.into_iter().collect();
        self
    }

    /// Uses this STS endpoint instead of the region's own.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    fn request(&self, id_token: &str) -> types::builder::AssumeAgencyWithOidcRequest {
        types::AssumeAgencyWithOidcRequest::builder()
            .provider_urn(self.provider_urn.clone())
            .agency_urn(self.agency_urn.clone())
            .agency_session_name(self.session.name.clone())
            .id_token(WireSecret::new(id_token))
            .duration_seconds(self.session.duration)
            .policy(self.session.policy.clone())
            .policy_ids(self.session.policy_ids.clone())
    }
}

impl Connect for OidcAgency {
    fn name(&self) -> &'static str {
        "OIDC agency"
    }

    fn connect(&self, region: Option<Region>, http: &HttpSettings, retry: &RetryPolicy) -> Result<Auth, ConfigError> {
        let id_token = self.id_token.connect(http)?;
        let sts = IdentityService::sts(self.endpoint.as_ref(), region, http, retry)?;
        Ok(RenewedKeys::new(Issuer { agency: self.clone(), id_token, sts }).into())
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
    id_token: IdTokenReader,
    sts: IdentityService,
}

impl Issuer {
    async fn ask(&self) -> Result<TemporaryKey, AuthError> {
        let id_token = self.id_token.read().await?;
        let request = self.agency.request(&id_token);
        let send = |client: Client| {
            let request = request.clone();
            async move { client.assume_agency_with_oidc().body(request).send().await }
        };
        let secrets = |secrets: &mut Secrets| secrets.add(&id_token);
        let answer = self.sts.call("AssumeAgencyWithOIDC", &Authorization::none(), secrets, send).await;
        let answer = answer.map_err(|error| id_token::refused(&id_token, error, REFUSED))?;
        let headers = answer.headers().clone();
        identity_service::sts_key(&answer.into_inner().credentials, &headers)
    }
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        Box::pin(self.ask())
    }
}

impl fmt::Debug for OidcAgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcAgency")
            .field("provider_urn", &self.provider_urn.as_str())
            .field("agency_urn", &self.agency_urn.as_str())
            .field("session_name", &self.session.name)
            .field("id_token", &self.id_token)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
