//! Finding credentials where other tools of the vendor keep them.

#[cfg(feature = "agency")]
mod agency;
#[cfg(feature = "ecs")]
mod ecs;
#[cfg(feature = "federation")]
mod federation;
#[cfg(not(all(feature = "agency", feature = "ecs", feature = "federation", feature = "oidc", feature = "pod")))]
mod left_out;
#[cfg(feature = "oidc")]
mod oidc;
#[cfg(feature = "pod")]
mod pod;

use codearts_repo_client::{Auth, Endpoint, Region, Token};

use crate::access_key::{AccessKey, InvalidAccessKey};
use crate::credentials_file::{CredentialsFile, CredentialsFileError, shown};
use crate::discovery_error::DiscoveryError;
use crate::environment::Environment;
use crate::iam::IamPassword;
use crate::koocli::KooCliProfile;
use crate::source::{CredentialsKind, CredentialsOrigin, CredentialsSource};
use crate::{TokenCache, TokenFile};

/// Finds credentials. The first source that has some takes precedence over the others:
///
/// 1. `CODEARTS_REPO_TOKEN`, a token;
/// 2. `CODEARTS_REPO_TOKEN_FILE`, a file with a token that may change;
/// 3. `HUAWEICLOUD_OIDC_PROVIDER_URN`, `_AGENCY_URN`, and `_ID_TOKEN` or `_TOKEN_FILE`, an agency that is assumed with an
///    ID token; without these two the token of GitHub Actions, for the audience `CODEARTS_REPO_ID_TOKEN_AUDIENCE`;
///    `_SESSION_NAME`, `_DURATION_SECONDS`, `_POLICY`, `_POLICY_IDS` and `HUAWEICLOUD_SDK_STS_ENDPOINT`;
/// 4. `HUAWEICLOUD_SDK_IDP_ID` and `_ID_TOKEN_FILE`, a user of an identity provider;
/// 5. `HUAWEICLOUD_SDK_AK`, `_SK`, `_SECURITY_TOKEN`, `_PROJECT_ID`, `_DOMAIN_ID`, an access key as the vendor's SDK
///    takes it;
/// 6. `HW_AUTH_TOKEN` or `OS_AUTH_TOKEN`, a token as the Terraform provider takes it;
/// 7. `HW_ACCESS_KEY`, `HW_SECRET_KEY` (or `OS_...`), `HW_SECURITY_TOKEN`, `HW_PROJECT_ID`, an access key;
/// 8. `HW_USER_NAME`, `HW_USER_PASSWORD`, `HW_DOMAIN_NAME` (or `OS_USERNAME`, `OS_PASSWORD`, `OS_DOMAIN_NAME`,
///    `OS_USER_DOMAIN_NAME`), `HW_PROJECT_ID` or `HW_PROJECT_NAME`, an IAM user;
/// 9. the file `~/.huaweicloud/credentials` of the SDK (or `HUAWEICLOUD_SDK_CREDENTIALS_FILE`), its section `[basic]`, with
///    `idp_id` and `id_token_file` or with `ak` and `sk`;
/// 10. `HC_CONTAINER_CREDENTIALS_FULL_URI` and `HC_CONTAINER_AUTHORIZATION_TOKEN_FILE`, the identity of a pod, which a CCE
///     cluster sets;
/// 11. the file `~/.hcloud/config.json` of KooCLI (or `HW_SHARED_CONFIG_FILE`), the profile of `HW_PROFILE` or the
///     current one, if its keys are not encrypted.
///
/// With `CODEARTS_REPO_AGENCY_URN` the credentials that were found are not used for the calls: they assume this agency
/// (with `CODEARTS_REPO_AGENCY_SESSION_NAME`, `_DURATION_SECONDS` and `_EXTERNAL_ID`), and need to be an access key. The
/// credentials 6 to 8 assume the agency that Terraform's provider would:
/// `HW_ASSUME_ROLE_AGENCY_NAME` with `HW_ASSUME_ROLE_DOMAIN_NAME` or `_DOMAIN_ID`, and `HW_ASSUME_ROLE_DURATION`.
///
/// A section that is requested by name is one of the SDK's file, and no other source is used then. A source that is
/// set and not usable is an error. A variable that the credentials do not need is not read, even if it is invalid.
///
/// [`only`](Self::only) chooses one source. The agency of an ECS server is used only if it is chosen so, because no
/// other program may ask the metadata service: `CODEARTS_REPO_METADATA_ENDPOINT` sets another address for it.
///
/// The sources 3, 4, 10, the agencies and the one of ECS need the features `oidc`, `federation`, `pod`, `agency` and `ecs`.
/// Without one of them, discovery fails if the variables of its source are set.
///
/// Not supported, of what the same tools know: the SDK's `regions.yaml` and the account's ID for an IAM
/// user.
///
/// ```
/// use codearts_repo_auth::{CredentialsSource, Discovery, Environment};
///
/// # fn main() -> Result<(), codearts_repo_auth::DiscoveryError> {
/// let environment = Environment::new([("CODEARTS_REPO_TOKEN".to_owned(), "MIIExample".to_owned())]);
/// let found = Discovery::new(&environment).find()?;
/// assert_eq!(found.source, CredentialsSource::TokenVariable);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Discovery<'a> {
    environment: &'a Environment,
    only: Option<CredentialsSource>,
    section: Option<String>,
    iam_endpoint: Option<Endpoint>,
    token_cache: Option<TokenCache>,
}

/// The credentials that were found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Found {
    /// The authorization.
    pub auth: Auth,
    /// The kind of the credentials.
    pub kind: CredentialsKind,
    /// The source that has them.
    pub source: CredentialsSource,
    /// The exact place within the source.
    pub origin: CredentialsOrigin,
    /// The region that the source names for its credentials, as a profile of KooCLI does.
    pub region: Option<String>,
    /// The sources that were not used, in the order of their precedence.
    pub skipped: Vec<Skipped>,
}

impl Found {
    /// The region to use: the caller's own, or the region of the credentials source.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError::OtherRegion`] if the two differ, because credentials of a project are for its region; and
    /// [`DiscoveryError::Region`] if the source names an unknown one and the caller has neither a region nor an
    /// endpoint.
    pub fn region_for(&self, own: Option<Region>, has_endpoint: bool) -> Result<Option<Region>, DiscoveryError> {
        match (&self.region, own) {
            (Some(named), Some(own)) if named != own.id() => {
                Err(DiscoveryError::OtherRegion { place: self.origin.to_string(), named: named.clone(), own })
            }
            (_, Some(own)) => Ok(Some(own)),
            (Some(named), None) if !has_endpoint => match named.parse() {
                Ok(region) => Ok(Some(region)),
                Err(source) => Err(DiscoveryError::Region { variable: self.origin.to_string(), source }),
            },
            _ => Ok(None),
        }
    }
}

/// A source that was not used.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Skipped {
    /// The source.
    pub source: CredentialsSource,
    /// The reason, in words.
    pub reason: String,
    /// The kind of its credentials, if only the precedence of another source was in the way.
    pub kind: Option<CredentialsKind>,
}

/// What one source has.
enum Lookup {
    Found { auth: Auth, kind: CredentialsKind, origin: CredentialsOrigin, region: Option<String> },
    Nothing(String),
}

type LookupResult = Result<Lookup, DiscoveryError>;

const PROJECT_ID: Names = &["HW_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"];
const DOMAIN_ID: Names = &["HW_DOMAIN_ID", "OS_DOMAIN_ID"];
const PROJECT_NAME: Names = &["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"];

impl<'a> Discovery<'a> {
    /// Searches this environment.
    #[must_use]
    pub const fn new(environment: &'a Environment) -> Self {
        Self { environment, only: None, section: None, iam_endpoint: None, token_cache: None }
    }

    /// Uses this source and no other.
    ///
    /// ```
    /// use codearts_repo_auth::{CredentialsSource, Discovery, Environment};
    ///
    /// let environment = Environment::new([("CODEARTS_REPO_TOKEN".to_owned(), "MIIExample".to_owned())]);
    /// let error = Discovery::new(&environment).only(CredentialsSource::PodVariables).find().expect_err("no pod");
    /// assert!(error.to_string().starts_with("pod has no credentials"));
    /// ```
    #[must_use]
    pub fn only(mut self, source: CredentialsSource) -> Self {
        self.only = Some(source);
        self
    }

    /// Uses a named section of the SDK's credentials file, and no other source.
    #[must_use]
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = Some(name.into());
        self
    }

    /// Sets the IAM endpoint for an IAM user that is found, in place of the environment's or the region's own.
    #[must_use]
    pub fn iam_endpoint(mut self, endpoint: Endpoint) -> Self {
        self.iam_endpoint = Some(endpoint);
        self
    }

    /// Stores the token of an IAM user that is found in this cache too.
    #[must_use]
    pub fn token_cache(mut self, cache: TokenCache) -> Self {
        self.token_cache = Some(cache);
        self
    }

    /// Finds credentials, and reports why the other sources were not used.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] if nothing is found, or if a source has credentials that are not usable.
    pub fn find(&self) -> Result<Found, DiscoveryError> {
        let found = self.search()?;
        self.assume(found)
    }

    fn search(&self) -> Result<Found, DiscoveryError> {
        if let Some(chosen) = self.only {
            return match self.look_up(chosen)? {
                Lookup::Found { auth, kind, origin, region } => {
                    Ok(Found { auth, kind, source: chosen, origin, region, skipped: self.not_chosen(chosen) })
                }
                Lookup::Nothing(reason) => Err(DiscoveryError::NothingChosen { chosen, reason }),
            };
        }
        let mut winner: Option<Found> = None;
        let mut skipped = Vec::new();
        for source in CredentialsSource::ALL {
            let mut kind = None;
            let reason = if self.section.is_some() && source != CredentialsSource::SdkFile {
                "a section of the credentials file is requested".to_owned()
            } else {
                match (self.look_up(source), &winner) {
                    (Ok(Lookup::Nothing(reason)), _) => reason,
                    (Ok(Lookup::Found { auth, kind, origin, region }), None) => {
                        winner = Some(Found { auth, kind, source, origin, region, skipped: Vec::new() });
                        continue;
                    }
                    (Err(error), None) => return Err(error),
                    // A later source may be broken without harm, but that it exists is worth a report.
                    (Err(error), Some(_)) => format!("not usable: {error}"),
                    (Ok(Lookup::Found { kind: other, .. }), Some(found)) => {
                        kind = Some(other);
                        format!("found, but {} takes precedence", found.origin)
                    }
                }
            };
            skipped.push(Skipped { source, reason, kind });
        }
        match winner {
            Some(found) => Ok(Found { skipped, ..found }),
            None => Err(DiscoveryError::Nothing { skipped }),
        }
    }

    fn not_chosen(&self, chosen: CredentialsSource) -> Vec<Skipped> {
        let others = CredentialsSource::ALL.into_iter().filter(|source| *source != chosen);
        others.map(|source| Skipped { source, reason: "not chosen".to_owned(), kind: None }).collect()
    }

    fn look_up(&self, source: CredentialsSource) -> LookupResult {
        match source {
            CredentialsSource::TokenVariable => self.token(&["CODEARTS_REPO_TOKEN"]),
            CredentialsSource::TokenFileVariable => self.token_file(),
            CredentialsSource::OidcVariables => self.oidc_agency(),
            CredentialsSource::FederationVariables => self.federated_user(),
            CredentialsSource::SdkVariables => self.access_key(&SDK),
            CredentialsSource::TerraformToken => self.token(&["HW_AUTH_TOKEN", "OS_AUTH_TOKEN"]),
            CredentialsSource::TerraformAccessKey => self.access_key(&TERRAFORM),
            CredentialsSource::TerraformUser => self.iam_user(),
            CredentialsSource::SdkFile => self.sdk_file(),
            CredentialsSource::PodVariables => self.pod_identity(),
            CredentialsSource::KooCliFile => self.koocli_file(),
            CredentialsSource::InstanceMetadata => self.instance_agency(),
        }
    }

    fn token(&self, names: &[&str]) -> LookupResult {
        let Some((variable, text)) = self.environment.first(names)? else { return not_set() };
        let token =
            Token::new(text).map_err(|source| DiscoveryError::Token { variable: variable.to_owned(), source })?;
        found(token, CredentialsKind::Token, CredentialsOrigin::Variables(vec![variable.to_owned()]))
    }

    fn token_file(&self) -> LookupResult {
        let Some((variable, path)) = self.environment.first(&["CODEARTS_REPO_TOKEN_FILE"])? else { return not_set() };
        let origin = CredentialsOrigin::TokenFile { variable: variable.to_owned(), path: path.into() };
        found(TokenFile::new(path), CredentialsKind::TokenFile, origin)
    }

    /// Two variables that are set together, with their names, or neither. Each may have several names.
    fn pair(&self, first: Names, second: Names) -> Result<Option<[(&str, &str); 2]>, DiscoveryError> {
        match (self.environment.first(first)?, self.environment.first(second)?) {
            (Some(first), Some(second)) => Ok(Some([first, second])),
            (None, None) => Ok(None),
            (Some((present, _)), None) => incomplete(present, second[0]),
            (None, Some((present, _))) => incomplete(present, first[0]),
        }
    }

    /// The IAM endpoint that the caller or the environment sets.
    fn own_iam_endpoint(&self) -> Result<Option<Endpoint>, DiscoveryError> {
        match &self.iam_endpoint {
            Some(endpoint) => Ok(Some(endpoint.clone())),
            None => Ok(self.environment.iam_endpoint()?.map(|set| set.value)),
        }
    }

    fn access_key(&self, names: &KeyVariables) -> LookupResult {
        let environment = self.environment;
        let Some([(ak_name, ak), (sk_name, sk)]) = self.pair(names.access, names.secret)? else { return not_set() };
        let security = environment.value(&[names.security])?;
        let (project, domain) = (environment.value(names.project)?, environment.value(names.domain)?);
        let origin = CredentialsOrigin::Variables(vec![ak_name.to_owned(), sk_name.to_owned()]);
        let key = access_key(ak, sk, security, project, domain)
            .map_err(|source| DiscoveryError::AccessKey { place: origin.to_string(), source })?;
        found(key, CredentialsKind::AccessKey, origin)
    }

    fn iam_user(&self) -> LookupResult {
        let environment = self.environment;
        let user = environment.first(&["HW_USER_NAME", "OS_USERNAME"])?;
        let password = environment.first(&["HW_USER_PASSWORD", "OS_PASSWORD"])?;
        let domain = environment.first(&["HW_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_USER_DOMAIN_NAME"])?;
        let (user, password, domain) = match (user, password, domain) {
            (None, None, _) => return not_set(),
            (Some(user), Some(password), Some(domain)) => (user, password, domain),
            (Some((present, _)), None, _) => return incomplete(present, "HW_USER_PASSWORD"),
            (None, Some((present, _)), _) => return incomplete(present, "HW_USER_NAME"),
            (Some(_), Some(_), None) => return Err(DiscoveryError::NoDomainName),
        };
        let mut iam = IamPassword::new(domain.1, user.1, password.1);
        if let Some(id) = environment.value(PROJECT_ID)? {
            iam = iam.project_id(id);
        } else if let Some(name) = environment.value(PROJECT_NAME)? {
            iam = iam.project(name);
        }
        if let Some(endpoint) = self.own_iam_endpoint()? {
            iam = iam.endpoint(endpoint);
        }
        if let Some(cache) = self.token_cache.clone() {
            iam = iam.token_cache(cache);
        }
        let names = [user.0, password.0, domain.0].map(str::to_owned);
        found(iam, CredentialsKind::IamUser, CredentialsOrigin::Variables(names.into()))
    }

    fn sdk_file(&self) -> LookupResult {
        let file = self.environment.file("HUAWEICLOUD_SDK_CREDENTIALS_FILE", ".huaweicloud/credentials")?;
        let Some((path, named)) = file else { return nothing("there is no home directory") };
        if !named && self.section.is_none() && !path.exists() {
            return nothing("the file does not exist");
        }
        let file = CredentialsFile::read(&path)?;
        let section = self.section.as_deref().unwrap_or("basic");
        if self.section.is_none() && !file.has(section) {
            return nothing(&format!("the file has no section {}", shown(section)));
        }
        let provider = file.get(section, "idp_id")?;
        if provider.is_some() || file.get(section, "id_token_file")?.is_some() {
            return self.federated_section(&file, path, section);
        }
        let (ak, sk) = (file.need(section, "ak")?, file.need(section, "sk")?);
        let security = file.get(section, "security_token")?;
        let (project, domain) = (file.get(section, "project_id")?, file.get(section, "domain_id")?);
        let text = |value: &'_ Option<zeroize::Zeroizing<String>>| value.as_ref().map(|value| value.to_string());
        let (security, project, domain) = (text(&security), text(&project), text(&domain));
        let origin = CredentialsOrigin::Section { path, section: section.to_owned() };
        let key = access_key(&ak, &sk, security.as_deref(), project.as_deref(), domain.as_deref())
            .map_err(|source| DiscoveryError::AccessKey { place: origin.to_string(), source })?;
        found(key, CredentialsKind::AccessKey, origin)
    }

    /// A file or profile that is named must exist and be usable; a file at its usual place need not.
    fn koocli_file(&self) -> LookupResult {
        let Some((path, file_is_named)) = self.environment.file("HW_SHARED_CONFIG_FILE", ".hcloud/config.json")? else {
            return nothing("there is no home directory");
        };
        let profile = self.environment.value(&["HW_PROFILE"])?;
        let named = file_is_named || profile.is_some();
        match KooCliProfile::read(&path, profile.map(str::to_owned)) {
            Ok(profile) => {
                let key = profile.access_key();
                let origin = CredentialsOrigin::Profile { path: profile.path, profile: profile.name };
                let key = key.map_err(|source| DiscoveryError::AccessKey { place: origin.to_string(), source })?;
                let (auth, kind) = (key.into(), CredentialsKind::AccessKey);
                Ok(Lookup::Found { auth, kind, origin, region: profile.region })
            }
            Err(reason) if named => Err(DiscoveryError::KooCli { file: path, reason }),
            Err(reason) => nothing(&reason),
        }
    }
}

impl From<CredentialsFileError> for DiscoveryError {
    fn from(error: CredentialsFileError) -> Self {
        Self::CredentialsFile(error)
    }
}

/// Names of one variable, of which the first that is set counts.
type Names = &'static [&'static str];

/// The variables of an access key.
struct KeyVariables {
    access: Names,
    secret: Names,
    security: &'static str,
    project: Names,
    domain: Names,
}

const SDK: KeyVariables = KeyVariables {
    access: &["HUAWEICLOUD_SDK_AK"],
    secret: &["HUAWEICLOUD_SDK_SK"],
    security: "HUAWEICLOUD_SDK_SECURITY_TOKEN",
    project: &["HUAWEICLOUD_SDK_PROJECT_ID"],
    domain: &["HUAWEICLOUD_SDK_DOMAIN_ID"],
};

const TERRAFORM: KeyVariables = KeyVariables {
    access: &["HW_ACCESS_KEY", "OS_ACCESS_KEY"],
    secret: &["HW_SECRET_KEY", "OS_SECRET_KEY"],
    security: "HW_SECURITY_TOKEN",
    project: PROJECT_ID,
    domain: DOMAIN_ID,
};

pub(super) fn access_key(
    access: &str,
    secret: &str,
    security: Option<&str>,
    project: Option<&str>,
    domain: Option<&str>,
) -> Result<AccessKey, InvalidAccessKey> {
    let mut key = AccessKey::new(access, secret)?;
    if let Some(token) = security {
        key = key.security_token(token)?;
    }
    // A call is for a project or, without one, for an account, as in the vendor's SDK.
    match (project, domain) {
        (Some(id), _) => key.project_id(id),
        (None, Some(id)) => key.domain_id(id),
        (None, None) => Ok(key),
    }
}

fn found(auth: impl Into<Auth>, kind: CredentialsKind, origin: CredentialsOrigin) -> LookupResult {
    Ok(Lookup::Found { auth: auth.into(), kind, origin, region: None })
}

fn nothing(reason: &str) -> LookupResult {
    Ok(Lookup::Nothing(reason.to_owned()))
}

fn not_set() -> LookupResult {
    nothing("not set")
}

fn incomplete<T>(present: &str, missing: &str) -> Result<T, DiscoveryError> {
    Err(DiscoveryError::Incomplete { present: present.to_owned(), missing: missing.to_owned() })
}
