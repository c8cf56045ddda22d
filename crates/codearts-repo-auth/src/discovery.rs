//! Finding credentials where other tools of the vendor keep them.

use codearts_repo_client::{Auth, Endpoint, Region, Token};

use super::access_key::{AccessKey, InvalidAccessKey};
use super::credentials_file::{CredentialsFile, shown};
use super::discovery_error::DiscoveryError;
use super::environment::Environment;
use super::iam::IamPassword;
use super::koocli::KooCliProfile;
use super::{TokenCache, TokenFile};

/// Looks for credentials in one order, and takes the first that it finds:
///
/// 1. `CODEARTS_REPO_TOKEN`, a token;
/// 2. `CODEARTS_REPO_TOKEN_FILE`, a file with a token that may change;
/// 3. `HUAWEICLOUD_SDK_AK`, `_SK`, `_SECURITY_TOKEN`, `_PROJECT_ID`, `_DOMAIN_ID`, an access key as the vendor's SDK
///    takes it;
/// 4. `HW_AUTH_TOKEN` or `OS_AUTH_TOKEN`, a token as the Terraform provider takes it;
/// 5. `HW_ACCESS_KEY`, `HW_SECRET_KEY` (or `OS_...`), `HW_SECURITY_TOKEN`, `HW_PROJECT_ID`, an access key;
/// 6. `HW_USER_NAME`, `HW_USER_PASSWORD`, `HW_DOMAIN_NAME` (or `OS_USERNAME`, `OS_PASSWORD`, `OS_DOMAIN_NAME`,
///    `OS_USER_DOMAIN_NAME`), `HW_PROJECT_ID` or `HW_PROJECT_NAME`, an IAM user;
/// 7. the file `~/.huaweicloud/credentials` of the SDK (or `HUAWEICLOUD_SDK_CREDENTIALS_FILE`), its section `[basic]`;
/// 8. the file `~/.hcloud/config.json` of KooCLI (or `HW_SHARED_CONFIG_FILE`), the profile of `HW_PROFILE` or the
///    current one, where its keys are not encrypted.
///
/// A profile that is asked for by name is a section of the SDK's file, and nothing else is looked at then. What is
/// set and not usable is an error, and no reason to go on to the next. The instance-metadata address is never
/// contacted.
///
/// Not read, of what the same tools know: the SDK's `regions.yaml`, federation (`_IDP_ID`, OIDC) and pod identity, the
/// `iam_endpoint` of its credentials file, agencies, and the account's id for an IAM user.
///
/// ```
/// use codearts_repo_auth::{Discovery, Environment};
///
/// # fn main() -> Result<(), codearts_repo_auth::DiscoveryError> {
/// let environment = Environment::new([("CODEARTS_REPO_TOKEN".to_owned(), "MIIExample".to_owned())]);
/// let found = Discovery::new(&environment).find()?;
/// assert_eq!(found.source, "CODEARTS_REPO_TOKEN");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Discovery<'a> {
    environment: &'a Environment,
    profile: Option<String>,
    iam_endpoint: Option<Endpoint>,
    token_cache: Option<TokenCache>,
}

/// What discovery found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Found {
    /// The authorisation.
    pub auth: Auth,
    /// Its kind, in words.
    pub kind: &'static str,
    /// Where it was found: the variables, or the file and the section.
    pub source: String,
    /// The region that the source names for its credentials, as a profile of KooCLI does.
    pub region: Option<String>,
    /// The sources that were not taken, in the order of looking, and why.
    pub skipped: Vec<Skipped>,
}

impl Found {
    /// The region to use: the caller's own, or else the one that the source of the credentials names.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError::OtherRegion`] when the two differ, because credentials of a project are for its region; and
    /// [`DiscoveryError::Region`] when the source names an unknown one, and there is neither a region nor an endpoint
    /// of the caller's own.
    pub fn region_for(&self, own: Option<Region>, has_endpoint: bool) -> Result<Option<Region>, DiscoveryError> {
        match (&self.region, own) {
            (Some(named), Some(own)) if named != own.id() => {
                Err(DiscoveryError::OtherRegion { place: self.source.clone(), named: named.clone(), own })
            }
            (_, Some(own)) => Ok(Some(own)),
            (Some(named), None) if !has_endpoint => match named.parse() {
                Ok(region) => Ok(Some(region)),
                Err(source) => Err(DiscoveryError::Region { variable: self.source.clone(), source }),
            },
            _ => Ok(None),
        }
    }
}

/// A source that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// The source: its variables or file.
    pub source: String,
    /// Why it was not taken.
    pub reason: String,
    /// The kind of the credentials that are there, where another source went before this one.
    pub kind: Option<&'static str>,
}

/// What a look at one source gives.
enum Look {
    Found { auth: Auth, kind: &'static str, source: String, region: Option<String> },
    Nothing(String),
}

type Looked = Result<Look, DiscoveryError>;

type Source = (&'static str, fn(&Discovery<'_>) -> Looked);

const ORDER: [Source; 8] = [
    ("CODEARTS_REPO_TOKEN", |d| d.token(&["CODEARTS_REPO_TOKEN"])),
    ("CODEARTS_REPO_TOKEN_FILE", |d| d.token_file()),
    ("HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK", |d| {
        d.access_key(
            &["HUAWEICLOUD_SDK_AK"],
            &["HUAWEICLOUD_SDK_SK"],
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            &["HUAWEICLOUD_SDK_PROJECT_ID"],
            &["HUAWEICLOUD_SDK_DOMAIN_ID"],
        )
    }),
    ("HW_AUTH_TOKEN, OS_AUTH_TOKEN", |d| d.token(&["HW_AUTH_TOKEN", "OS_AUTH_TOKEN"])),
    ("HW_ACCESS_KEY, HW_SECRET_KEY (or OS_...)", |d| {
        d.access_key(
            &["HW_ACCESS_KEY", "OS_ACCESS_KEY"],
            &["HW_SECRET_KEY", "OS_SECRET_KEY"],
            "HW_SECURITY_TOKEN",
            PROJECT_ID,
            DOMAIN_ID,
        )
    }),
    ("HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME (or OS_...)", |d| d.iam_user()),
    ("~/.huaweicloud/credentials", |d| d.sdk_file()),
    ("~/.hcloud/config.json", |d| d.koocli_file()),
];

const PROJECT_ID: &[&str] = &["HW_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"];
const DOMAIN_ID: &[&str] = &["HW_DOMAIN_ID", "OS_DOMAIN_ID"];
const PROJECT_NAME: &[&str] = &["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"];

impl<'a> Discovery<'a> {
    /// A look at this environment.
    #[must_use]
    pub const fn new(environment: &'a Environment) -> Self {
        Self { environment, profile: None, iam_endpoint: None, token_cache: None }
    }

    /// Takes a named section of the SDK's credentials file, and nothing else.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Asks this IAM for the token of an IAM user that is found, in place of the environment's or the region's own.
    #[must_use]
    pub fn iam_endpoint(mut self, endpoint: Endpoint) -> Self {
        self.iam_endpoint = Some(endpoint);
        self
    }

    /// Keeps the token of an IAM user that is found in this cache too.
    #[must_use]
    pub fn token_cache(mut self, cache: TokenCache) -> Self {
        self.token_cache = Some(cache);
        self
    }

    /// Looks, and reports every source on the way.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] when nothing is found, or when a source is there and not usable.
    pub fn find(&self) -> Result<Found, DiscoveryError> {
        let mut winner: Option<Found> = None;
        let mut skipped = Vec::new();
        for (name, look) in ORDER {
            let mut kind = None;
            let reason = if self.profile.is_some() && !name.contains("credentials") {
                "a profile is asked for by name".to_owned()
            } else {
                match (look(self), &winner) {
                    (Ok(Look::Nothing(reason)), _) => reason,
                    (Ok(Look::Found { auth, kind, source, region }), None) => {
                        winner = Some(Found { auth, kind, source, region, skipped: Vec::new() });
                        continue;
                    }
                    (Err(error), None) => return Err(error),
                    // What comes later may be broken without harm; that it is there is worth telling.
                    (Err(error), Some(_)) => format!("it is not usable: {error}"),
                    (Ok(Look::Found { kind: there, .. }), Some(found)) => {
                        kind = Some(there);
                        format!("it is there, and {} goes before it", found.source)
                    }
                }
            };
            skipped.push(Skipped { source: name.to_owned(), reason, kind });
        }
        match winner {
            Some(found) => Ok(Found { skipped, ..found }),
            None => Err(DiscoveryError::Nothing { skipped }),
        }
    }

    fn token(&self, names: &[&str]) -> Looked {
        let Some((variable, text)) = self.environment.first(names)? else { return not_set() };
        let token =
            Token::new(text).map_err(|source| DiscoveryError::Token { variable: variable.to_owned(), source })?;
        Ok(Look::Found { auth: token.into(), kind: "token", source: variable.to_owned(), region: None })
    }

    fn token_file(&self) -> Looked {
        let Some((variable, path)) = self.environment.first(&["CODEARTS_REPO_TOKEN_FILE"])? else { return not_set() };
        let source = format!("{variable} ({path})");
        Ok(Look::Found { auth: TokenFile::new(path).into(), kind: "token file", source, region: None })
    }

    fn access_key(
        &self,
        access: &[&str],
        secret: &[&str],
        security: &str,
        project: &[&str],
        domain: &[&str],
    ) -> Looked {
        let environment = self.environment;
        let pair = (environment.first(access)?, environment.first(secret)?);
        let ((ak_name, ak), (sk_name, sk)) = match pair {
            (Some(ak), Some(sk)) => (ak, sk),
            (None, None) => return not_set(),
            (Some((there, _)), None) => return half(there, secret[0]),
            (None, Some((there, _))) => return half(there, access[0]),
        };
        let (security, project, domain) =
            (environment.value(&[security])?, environment.value(project)?, environment.value(domain)?);
        let source = format!("{ak_name}, {sk_name}");
        let key = access_key(ak, sk, security, project, domain)
            .map_err(|error| DiscoveryError::AccessKey { place: source.clone(), source: error })?;
        Ok(Look::Found { auth: key.into(), kind: "access key", source, region: None })
    }

    fn iam_user(&self) -> Looked {
        let environment = self.environment;
        let user = environment.first(&["HW_USER_NAME", "OS_USERNAME"])?;
        let password = environment.first(&["HW_USER_PASSWORD", "OS_PASSWORD"])?;
        let domain = environment.first(&["HW_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_USER_DOMAIN_NAME"])?;
        let (user, password, domain) = match (user, password, domain) {
            (None, None, _) => return not_set(),
            (Some(user), Some(password), Some(domain)) => (user, password, domain),
            (Some((there, _)), None, _) => return half(there, "HW_USER_PASSWORD"),
            (None, Some((there, _)), _) => return half(there, "HW_USER_NAME"),
            (Some(_), Some(_), None) => return Err(DiscoveryError::NoDomainName),
        };
        let mut iam = IamPassword::new(domain.1, user.1, password.1);
        if let Some(id) = environment.value(PROJECT_ID)? {
            iam = iam.project_id(id);
        } else if let Some(name) = environment.value(PROJECT_NAME)? {
            iam = iam.project(name);
        }
        let given = self.iam_endpoint.clone();
        if let Some(endpoint) =
            given.map_or_else(|| Ok(environment.iam_endpoint()?.map(|set| set.value)), |e| Ok(Some(e)))?
        {
            iam = iam.endpoint(endpoint);
        }
        if let Some(cache) = self.token_cache.clone() {
            iam = iam.token_cache(cache);
        }
        let source = format!("{}, {}, {}", user.0, password.0, domain.0);
        Ok(Look::Found { auth: iam.into(), kind: "IAM user", source, region: None })
    }

    fn sdk_file(&self) -> Looked {
        let file = self.environment.file("HUAWEICLOUD_SDK_CREDENTIALS_FILE", ".huaweicloud/credentials")?;
        let Some((path, named)) = file else { return Ok(Look::Nothing("there is no home folder".into())) };
        if !named && self.profile.is_none() && !path.exists() {
            return Ok(Look::Nothing("the file does not exist".into()));
        }
        let file = CredentialsFile::read(&path).map_err(DiscoveryError::CredentialsFile)?;
        let section = self.profile.as_deref().unwrap_or("basic");
        if self.profile.is_none() && !file.has(section) {
            return Ok(Look::Nothing("the file has no section [basic]".into()));
        }
        let text = |key: &str| {
            file.get(section, key).map(|value| value.map(str::to_owned)).map_err(DiscoveryError::CredentialsFile)
        };
        let need = |key: &str| file.need(section, key).map_err(DiscoveryError::CredentialsFile);
        let place = format!("{} {}", path.display(), shown(section));
        let key =
            access_key(need("ak")?, need("sk")?, text("security_token")?, text("project_id")?, text("domain_id")?)
                .map_err(|error| DiscoveryError::AccessKey { place: place.clone(), source: error })?;
        Ok(Look::Found { auth: key.into(), kind: "access key", source: place, region: None })
    }

    /// A file or a profile that is named has to be there and usable; one that only stands at its usual place need not.
    fn koocli_file(&self) -> Looked {
        let Some((path, file_is_named)) = self.environment.file("HW_SHARED_CONFIG_FILE", ".hcloud/config.json")? else {
            return Ok(Look::Nothing("there is no home folder".into()));
        };
        let profile = self.environment.value(&["HW_PROFILE"])?;
        let named = file_is_named || profile.is_some();
        match KooCliProfile::read(&path, profile) {
            Ok(profile) => {
                let place = profile.place.clone();
                let region = profile.region.clone();
                let key = profile
                    .access_key()
                    .map_err(|error| DiscoveryError::AccessKey { place: place.clone(), source: error })?;
                Ok(Look::Found { auth: key.into(), kind: "access key", source: place, region })
            }
            Err(reason) if named => Err(DiscoveryError::KooCli { file: path, reason }),
            Err(reason) => Ok(Look::Nothing(reason)),
        }
    }
}

pub(super) fn access_key(
    access: &str,
    secret: &str,
    security: Option<String>,
    project: Option<String>,
    domain: Option<String>,
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

fn not_set() -> Looked {
    Ok(Look::Nothing("not set".into()))
}

fn half(there: &str, missing: &str) -> Looked {
    Err(DiscoveryError::Half { there: there.to_owned(), missing: missing.to_owned() })
}
