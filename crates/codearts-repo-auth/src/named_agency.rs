//! An agency of another account that a caller assumes by its name.

use std::fmt;
use std::time::Duration;

use codearts_repo_client::internal::{Connect, HttpSettings};
use codearts_repo_client::{
    Auth, AuthError, AuthStep, ConfigError, Endpoint, Region, RetryPolicy, TemporaryKeySeconds, types,
};

use crate::agency_session::InvalidAgency;
use crate::identity_service::IdentityService;
use crate::renewed_keys::RenewedKeys;
use crate::temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};

const REFUSED: &str = "check the names of the agency and its account, and whom the agency trusts";

/// An agency, by its name and its account, that a caller with a token or an access key assumes: the older of the two
/// ways. [`AssumedAgency`](crate::AssumedAgency) is the newer one.
///
/// IAM issues a temporary access key; [`RenewedKeys`] renews it. The agency must trust the caller's account. A key lives
/// for an hour unless set otherwise. The key comes from the region's IAM host. Whether CodeArts Repo accepts these keys
/// in every region is unverified.
///
/// Needs the feature `agency`.
///
/// ```
/// use codearts_repo_auth::{AccessKey, Auth, NamedAgency};
///
/// # fn main() -> Result<(), codearts_repo_auth::InvalidAccessKey> {
/// let own = AccessKey::new("HPUAEXAMPLE", "secret")?;
/// let agency = NamedAgency::new("mirrors", "company", own);
/// assert_eq!(format!("{:?}", Auth::from(agency)), "Auth(named agency)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct NamedAgency {
    name: String,
    domain: Domain,
    duration: Option<TemporaryKeySeconds>,
    caller: Auth,
    endpoint: Option<Endpoint>,
}

/// The account that has the agency.
#[derive(Clone, Debug)]
enum Domain {
    Name(String),
    Id(String),
}

impl NamedAgency {
    /// Takes the name of the agency, the name of the account (domain) that has it, and the credentials of the caller.
    pub fn new(name: impl Into<String>, domain: impl Into<String>, caller: impl Into<Auth>) -> Self {
        Self {
            name: name.into(),
            domain: Domain::Name(domain.into()),
            duration: TemporaryKeySeconds::try_from(3600_u32).ok(),
            caller: caller.into(),
            endpoint: None,
        }
    }

    /// Names the account that has the agency by its ID, in place of its name.
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.domain = Domain::Id(id.into());
        self
    }

    /// How long a key lives, in whole seconds. An hour by default.
    ///
    /// # Errors
    ///
    /// [`InvalidAgency::DurationByName`] unless it is 15 minutes to 24 hours.
    pub fn duration(mut self, duration: Duration) -> Result<Self, InvalidAgency> {
        let seconds = TemporaryKeySeconds::try_from(duration.as_secs()).map_err(|_| InvalidAgency::DurationByName)?;
        self.duration = Some(seconds);
        Ok(self)
    }

    /// Uses this IAM endpoint instead of the region's own.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    fn request(&self) -> Result<types::builder::TemporaryKeyRequest, AuthError> {
        let (domain_id, domain_name) = match &self.domain {
            Domain::Id(id) => (Some(id.clone()), None),
            Domain::Name(name) => (None, Some(name.clone())),
        };
        let agency = types::AgencyForKey::builder()
            .agency_name(self.name.clone())
            .domain_id(domain_id)
            .domain_name(domain_name)
            .duration_seconds(self.duration);
        let agency = types::AgencyForKey::try_from(agency).map_err(|error| AuthError::new(AuthStep::Setup, error))?;
        let identity = types::TemporaryKeyIdentity::builder()
            .methods(vec![types::TemporaryKeyMethod::AssumeRole])
            .assume_role(agency);
        Ok(types::TemporaryKeyRequest::builder().auth(types::TemporaryKeyAuth::builder().identity(identity)))
    }
}

impl Connect for NamedAgency {
    fn name(&self) -> &'static str {
        "named agency"
    }

    fn connect(&self, region: Option<Region>, http: &HttpSettings, retry: &RetryPolicy) -> Result<Auth, ConfigError> {
        let caller = self.caller.clone().connect(region, http, retry)?;
        let iam = IdentityService::iam(self.endpoint.as_ref(), region, http, retry)?;
        Ok(RenewedKeys::new(Issuer { agency: self.clone(), caller, iam }).into())
    }
}

impl From<NamedAgency> for Auth {
    fn from(agency: NamedAgency) -> Self {
        Self::deferred(agency)
    }
}

/// Requests keys from IAM.
struct Issuer {
    agency: NamedAgency,
    caller: Auth,
    iam: IdentityService,
}

impl Issuer {
    async fn ask(&self) -> Result<TemporaryKey, AuthError> {
        self.iam.temporary_key(&self.agency.request()?, &self.caller.clone().into(), |_| {}, REFUSED).await
    }
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        Box::pin(self.ask())
    }
}

impl fmt::Debug for NamedAgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedAgency")
            .field("name", &self.name)
            .field("domain", &self.domain)
            .field("caller", &self.caller)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
