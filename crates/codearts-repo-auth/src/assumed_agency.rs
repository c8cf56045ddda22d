//! An agency that a caller with an access key assumes.

use std::fmt;
use std::time::Duration;

use codearts_repo_client::internal::{Connect, HttpSettings};
use codearts_repo_client::{Auth, AuthError, AuthStep, ConfigError, Endpoint, Region, RetryPolicy, types};

use crate::agency_session::{AgencySession, InvalidAgency, parse_urn};
use crate::identity_service::{self, IdentityService};
use crate::renewed_keys::RenewedKeys;
use crate::temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};

const REFUSED: &str =
    "check the URN, whom the agency trusts, its external ID, and the caller's permission sts:agencies:assume";
/// How long a key lives unless it is requested otherwise, and at most if the caller's own key is temporary.
const HOUR: u32 = 3600;

/// An agency, by its URN, that a caller with an access key assumes: the calls are made with the agency's permissions.
///
/// STS issues a temporary access key for the signature of the caller; [`RenewedKeys`] renews it. The agency must trust
/// the caller, who needs the permission `sts:agencies:assume`. A key lives for an hour unless set otherwise. The key
/// comes from the region's STS host. Whether CodeArts Repo accepts these keys in every region is unverified.
///
/// Needs the feature `agency`.
///
/// ```
/// use codearts_repo_auth::{AccessKey, AssumedAgency, Auth};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let own = AccessKey::new("HPUAEXAMPLE", "secret")?;
/// let agency = AssumedAgency::new("iam::0123:agency:mirrors", own)?.session_name("nightly")?;
/// assert_eq!(format!("{:?}", Auth::from(agency)), "Auth(assumed agency)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct AssumedAgency {
    urn: types::Urn,
    session: AgencySession,
    external_id: Option<types::AgencyExternalId>,
    source_identity: Option<String>,
    caller: Auth,
    endpoint: Option<Endpoint>,
}

impl AssumedAgency {
    /// Takes the URN of the agency and the credentials of the caller: an access key, or a source of access keys such as
    /// another agency. A client with a token as the caller cannot be built.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::Urn`] if the URN does not have five parts, [`InvalidAgency::UrnLength`] if it does not have 8 to 1500
    /// characters.
    pub fn new(urn: impl AsRef<str>, caller: impl Into<Auth>) -> Result<Self, InvalidAgency> {
        Ok(Self {
            urn: parse_urn(urn.as_ref())?,
            session: AgencySession::new("codearts-repo")?,
            external_id: None,
            source_identity: None,
            caller: caller.into(),
            endpoint: None,
        })
    }

    /// Names the session in the account's audit log. `codearts-repo` by default.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::SessionName`] unless it has 2 to 128 letters, digits and `_+=,.@-`.
    pub fn session_name(mut self, name: impl AsRef<str>) -> Result<Self, InvalidAgency> {
        self.session.set_name(name.as_ref())?;
        Ok(self)
    }

    /// How long a key lives, in whole seconds. An hour by default, and at most if the caller's own key is temporary; calls
    /// fail then with [`InvalidAgency::DurationOfTemporaryKey`].
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

    /// Sends the external ID that the owner of the agency requires.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::ExternalId`] unless it has 2 to 1224 characters.
    pub fn external_id(mut self, id: impl AsRef<str>) -> Result<Self, InvalidAgency> {
        self.external_id = Some(id.as_ref().parse().map_err(|_| InvalidAgency::ExternalId)?);
        Ok(self)
    }

    /// Names who is behind the session, for the account's audit log.
    pub fn source_identity(mut self, identity: impl Into<String>) -> Self {
        self.source_identity = Some(identity.into());
        self
    }

    /// Uses this STS endpoint instead of the region's own.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }
}

impl Connect for AssumedAgency {
    fn name(&self) -> &'static str {
        "assumed agency"
    }

    fn connect(&self, region: Option<Region>, http: &HttpSettings, retry: &RetryPolicy) -> Result<Auth, ConfigError> {
        let caller = self.caller.clone().connect(region, http, retry)?;
        if !caller.signs() {
            return Err(ConfigError::AgencyNeedsAccessKey);
        }
        let sts = IdentityService::sts(self.endpoint.as_ref(), region, http, retry)?;
        Ok(RenewedKeys::new(Issuer { agency: self.clone(), caller, sts }).into())
    }
}

impl From<AssumedAgency> for Auth {
    fn from(agency: AssumedAgency) -> Self {
        Self::deferred(agency)
    }
}

/// Requests keys from STS.
struct Issuer {
    agency: AssumedAgency,
    caller: Auth,
    sts: IdentityService,
}

impl Issuer {
    async fn ask(&self) -> Result<TemporaryKey, AuthError> {
        let AssumedAgency { urn, session, external_id, source_identity, .. } = &self.agency;
        if session.duration.is_some_and(|seconds| seconds.get() > HOUR) && self.caller.is_temporary().await? {
            let invalid = InvalidAgency::DurationOfTemporaryKey;
            return Err(AuthError::new(AuthStep::Setup, invalid).with_advice(invalid.advice()));
        }
        let request = types::AssumeAgencyRequest::builder()
            .agency_urn(urn.clone())
            .agency_session_name(session.name.clone())
            .duration_seconds(session.duration)
            .external_id(external_id.clone())
            .policy(session.policy.clone())
            .policy_ids(session.policy_ids.clone())
            .source_identity(source_identity.clone());
        let send = |client: codearts_repo_client::Client| {
            let request = request.clone();
            async move { client.assume_agency().body(request).send().await }
        };
        let answer = self.sts.call("AssumeAgency", &self.caller.clone().into(), |_| {}, send).await;
        let answer = answer.map_err(|error| identity_service::failed(error, REFUSED))?;
        let headers = answer.headers().clone();
        identity_service::sts_key(&answer.into_inner().credentials, &headers)
    }
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        Box::pin(self.ask())
    }
}

impl fmt::Debug for AssumedAgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumedAgency")
            .field("urn", &self.urn.as_str())
            .field("session_name", &self.session.name)
            .field("caller", &self.caller)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
