//! An IAM user and its password.

use std::fmt;

use codearts_repo_client::internal::{Connect, HttpSettings};
use codearts_repo_client::{Auth, ConfigError, Endpoint, Region, RetryPolicy, WireSecret, types};
use zeroize::Zeroizing;

use super::TokenCache;
use crate::iam_token::IamTokens;

/// An IAM user, its password and its account (domain): the client requests a token from IAM when it needs one.
///
/// The token is stored, renewed before it expires, and renewed once if the service says that it has expired. Calls in
/// the meantime wait for that one request, which is retried as the client's policy says. The user needs programmatic access; a HUAWEI ID is no IAM user
/// (vendor's documentation). Unless set otherwise the token is for the region's own project, which has the region's
/// name, and comes from the region's IAM host.
///
/// ```
/// use codearts_repo_auth::{Auth, IamPassword};
///
/// let robot = IamPassword::new("company", "robot", "s3cr3t").project("cn-north-4");
/// assert_eq!(format!("{:?}", Auth::from(robot)), "Auth(IAM password)");
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct IamPassword {
    domain: String,
    user: String,
    pub(super) password: Zeroizing<String>,
    scope: Scope,
    endpoint: Option<Endpoint>,
    pub(super) cache: Option<TokenCache>,
}

#[derive(Clone, Debug)]
enum Scope {
    RegionsProject,
    ProjectName(String),
    ProjectId(String),
    Domain,
}

impl IamPassword {
    /// Takes the name of the account (domain), of the IAM user in it, and the user's password.
    pub fn new(domain: impl Into<String>, user: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            domain: domain.into(),
            user: user.into(),
            password: Zeroizing::new(password.into()),
            scope: Scope::RegionsProject,
            endpoint: None,
            cache: None,
        }
    }

    /// Requests a token for the project of this name. The default is the region's own project.
    pub fn project(mut self, name: impl Into<String>) -> Self {
        self.scope = Scope::ProjectName(name.into());
        self
    }

    /// Requests a token for the project with this ID.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.scope = Scope::ProjectId(id.into());
        self
    }

    /// Requests a token for the whole account. CodeArts Repo is a regional service, so a project is the usual scope.
    pub fn domain_scope(mut self) -> Self {
        self.scope = Scope::Domain;
        self
    }

    /// Uses this IAM endpoint instead of the region's own.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// Stores the token in this cache too, for other processes of the same user.
    pub fn token_cache(mut self, cache: TokenCache) -> Self {
        self.cache = Some(cache);
        self
    }

    /// The scope as it goes on the wire, once the region is known.
    pub(super) fn scope(&self, region: Option<Region>) -> Result<types::TokenScope, ConfigError> {
        let mut target = types::ScopeTarget::default();
        match &self.scope {
            Scope::RegionsProject => target.name = Some(region.ok_or(ConfigError::NoProject)?.id().to_owned()),
            Scope::ProjectName(name) => {
                check_region_of_project(name, region)?;
                target.name = Some(name.clone());
            }
            Scope::ProjectId(id) => target.id = Some(id.clone()),
            Scope::Domain => target.name = Some(self.domain.clone()),
        }
        let mut scope = types::TokenScope::default();
        let place = if matches!(self.scope, Scope::Domain) { &mut scope.domain } else { &mut scope.project };
        *place = Some(target);
        Ok(scope)
    }

    pub(super) fn request(&self, scope: types::TokenScope) -> types::builder::CreateTokenRequest {
        let user = types::PasswordUser::builder()
            .name(self.user.clone())
            .password(WireSecret::new(self.password.as_str()))
            .domain(types::UserDomain::builder().name(self.domain.clone()));
        let identity = types::TokenIdentity::builder()
            .methods(vec![types::AuthMethod::Password])
            .password(types::PasswordIdentity::builder().user(user));
        types::CreateTokenRequest::builder().auth(types::TokenAuth::builder().identity(identity).scope(scope))
    }

    /// Distinguishes this user's tokens from all others, without the password.
    pub(super) fn identity(&self, endpoint: &Endpoint, region: Option<Region>, scope: &types::TokenScope) -> String {
        let name = |target: &Option<types::ScopeTarget>| {
            target.as_ref().map(|target| (target.id.clone(), target.name.clone()))
        };
        let target = (name(&scope.project), name(&scope.domain));
        format!("{:?}", (endpoint.as_str(), region.map(Region::id), &self.domain, &self.user, target))
    }
}

impl Connect for IamPassword {
    fn name(&self) -> &'static str {
        "IAM password"
    }

    fn connect(&self, region: Option<Region>, http: &HttpSettings, retry: &RetryPolicy) -> Result<Auth, ConfigError> {
        let endpoint = match (&self.endpoint, region) {
            (Some(endpoint), _) => endpoint.clone(),
            (None, Some(region)) => region.iam_endpoint().parse().map_err(ConfigError::Endpoint)?,
            (None, None) => return Err(ConfigError::NoIamEndpoint),
        };
        let client = http.client(&endpoint)?;
        Ok(Auth::provider(IamTokens::new(self, region, endpoint, client, retry.clone().retry_throttled(true))?))
    }
}

impl From<IamPassword> for Auth {
    fn from(user: IamPassword) -> Self {
        Self::deferred(user)
    }
}

/// A region's projects are named for it: `cn-north-4`, or `cn-north-4_name`.
fn check_region_of_project(name: &str, region: Option<Region>) -> Result<(), ConfigError> {
    let Some(region) = region else { return Ok(()) };
    let own = name.split('_').next().and_then(|prefix| prefix.parse::<Region>().ok());
    match own {
        Some(own) if own != region => Err(ConfigError::ProjectOfOtherRegion { project: name.to_owned(), own, region }),
        _ => Ok(()),
    }
}

impl fmt::Debug for IamPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IamPassword")
            .field("domain", &self.domain)
            .field("user", &self.user)
            .field("scope", &self.scope)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
