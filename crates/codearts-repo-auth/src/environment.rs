//! The variables and the home folder of the caller.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use codearts_repo_client::{Endpoint, InvalidEndpoint, Region};
use zeroize::Zeroizing;

use crate::discovery_error::DiscoveryError;

/// The variables and the home folder that discovery looks at. `Debug` shows names and no values.
///
/// ```
/// use codearts_repo_auth::Environment;
/// use codearts_repo_client::Region;
///
/// # fn main() -> Result<(), codearts_repo_auth::DiscoveryError> {
/// let environment = Environment::new([("CODEARTS_REPO_REGION".to_owned(), "cn-north-4".to_owned())]);
/// let region = environment.region()?;
/// assert_eq!(region.map(|set| set.value), Some(Region::CN_NORTH_4));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, Zeroizing<String>>,
    /// Variables whose values are not UTF-8.
    not_text: BTreeSet<String>,
    home: Option<PathBuf>,
}

impl Environment {
    /// The environment of this process.
    #[must_use]
    pub fn of_process() -> Self {
        let mut environment = Self::default().home(std::env::home_dir().filter(|home| home.is_absolute()));
        for (name, value) in std::env::vars_os() {
            let Ok(name) = name.into_string() else { continue };
            match value.into_string() {
                Ok(value) => drop(environment.variables.insert(name, Zeroizing::new(value))),
                Err(_) => drop(environment.not_text.insert(name)),
            }
        }
        environment
    }

    /// These variables, and no home folder.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name, Zeroizing::new(value))).collect();
        Self { variables, ..Self::default() }
    }

    /// Sets the folder that `~` stands for.
    #[must_use]
    pub fn home(mut self, folder: Option<PathBuf>) -> Self {
        self.home = folder;
        self
    }

    /// The value of the first of these variables that is set, with its name. One that is set but has nothing but white
    /// space is an error.
    pub(super) fn first<'a>(&'a self, names: &[&'a str]) -> Result<Option<(&'a str, &'a str)>, DiscoveryError> {
        for &name in names {
            match self.variables.get(name) {
                Some(value) if value.trim().is_empty() => {
                    return Err(DiscoveryError::Empty { variable: name.to_owned() });
                }
                Some(value) => return Ok(Some((name, value))),
                None if self.not_text.contains(name) => {
                    return Err(DiscoveryError::NotText { variable: name.to_owned() });
                }
                None => {}
            }
        }
        Ok(None)
    }

    pub(super) fn value<'a>(&'a self, names: &[&'a str]) -> Result<Option<&'a str>, DiscoveryError> {
        Ok(self.first(names)?.map(|(_, value)| value))
    }

    pub(super) fn file(&self, variable: &str, default: &str) -> Result<Option<(PathBuf, bool)>, DiscoveryError> {
        if let Some((_, path)) = self.first(&[variable])? {
            return Ok(Some((path.into(), true)));
        }
        Ok(self.home.as_ref().map(|home| (home.join(default), false)))
    }

    /// The region, of `CODEARTS_REPO_REGION`, `HW_REGION_NAME` or `OS_REGION_NAME`, the first that is set.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] when the variable is empty or names no region of the contract.
    pub fn region(&self) -> Result<Option<Set<Region>>, DiscoveryError> {
        let found = self.first(&REGION)?;
        found
            .map(|(variable, text)| match text.parse() {
                Ok(value) => Ok(Set { value, variable: variable.to_owned() }),
                Err(source) => Err(DiscoveryError::Region { variable: variable.to_owned(), source }),
            })
            .transpose()
    }

    /// The same, but with an endpoint an invalid region is ignored: the variable may be for another cloud or tool.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] as for [`region`](Self::region), without an endpoint.
    pub fn region_beside(&self, has_endpoint: bool) -> Result<Option<Set<Region>>, DiscoveryError> {
        match self.region() {
            Err(_) if has_endpoint => Ok(None),
            region => region,
        }
    }

    /// The endpoint of CodeArts Repo: `CODEARTS_REPO_ENDPOINT`, or the first one in the SDK's
    /// `HUAWEICLOUD_SDK_REGION_CODEARTSREPO_{REGION}`, which may leave out `https://`.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] if the variable is empty or is not an endpoint.
    pub fn endpoint(&self, region: Option<Region>) -> Result<Option<Set<Endpoint>>, DiscoveryError> {
        let of_region = region.map(|region| {
            format!("HUAWEICLOUD_SDK_REGION_CODEARTSREPO_{}", region.id().replace('-', "_").to_uppercase())
        });
        if let Some((name, text)) = self.first(&["CODEARTS_REPO_ENDPOINT"])? {
            return set(name, text.parse()).map(Some);
        }
        let Some((name, text)) = self.first(of_region.as_deref().as_slice())? else { return Ok(None) };
        set(name, with_scheme(text.split(',').next().unwrap_or(text)).parse()).map(Some)
    }

    /// The endpoint of IAM: `CODEARTS_REPO_IAM_ENDPOINT`, `HUAWEICLOUD_SDK_IAM_ENDPOINT` (which may leave out
    /// `https://`), `HW_AUTH_URL` or `OS_AUTH_URL`, read as [`Endpoint::parse_iam`] does.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] if the variable is empty or is not an endpoint.
    pub fn iam_endpoint(&self) -> Result<Option<Set<Endpoint>>, DiscoveryError> {
        let Some((name, text)) = self.first(&IAM_ENDPOINT)? else { return Ok(None) };
        let endpoint = if name == SDK_IAM_ENDPOINT { sdk_iam_endpoint(text) } else { Endpoint::parse_iam(text) };
        set(name, endpoint).map(Some)
    }

    /// The endpoint of STS: `HUAWEICLOUD_SDK_STS_ENDPOINT`, which may leave out `https://`.
    ///
    /// # Errors
    ///
    /// [`DiscoveryError`] if the variable is empty or is not an endpoint.
    pub fn sts_endpoint(&self) -> Result<Option<Set<Endpoint>>, DiscoveryError> {
        let Some((name, text)) = self.first(&["HUAWEICLOUD_SDK_STS_ENDPOINT"])? else { return Ok(None) };
        set(name, with_scheme(text).parse()).map(Some)
    }

    /// The variable that sets the endpoint of IAM, if there is one. It is not read.
    #[must_use]
    pub fn iam_endpoint_variable(&self) -> Option<&'static str> {
        self.first_name(&IAM_ENDPOINT)
    }

    /// The variable that sets the region, if there is one. It is not read.
    #[must_use]
    pub fn region_variable(&self) -> Option<&'static str> {
        self.first_name(&REGION)
    }

    fn first_name(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.variables.contains_key(*name) || self.not_text.contains(*name))
    }
}

const REGION: [&str; 3] = ["CODEARTS_REPO_REGION", "HW_REGION_NAME", "OS_REGION_NAME"];
const SDK_IAM_ENDPOINT: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
const IAM_ENDPOINT: [&str; 4] = ["CODEARTS_REPO_IAM_ENDPOINT", SDK_IAM_ENDPOINT, "HW_AUTH_URL", "OS_AUTH_URL"];

/// An endpoint of IAM as the SDK's settings write it.
pub(crate) fn sdk_iam_endpoint(text: &str) -> Result<Endpoint, InvalidEndpoint> {
    Endpoint::parse_iam(&with_scheme(text))
}

/// Puts `https://` in front of an address without a scheme, as the SDK does.
fn with_scheme(text: &str) -> String {
    let text = text.trim();
    if text.contains("://") { text.to_owned() } else { format!("https://{text}") }
}

fn set(variable: &str, endpoint: Result<Endpoint, InvalidEndpoint>) -> Result<Set<Endpoint>, DiscoveryError> {
    match endpoint {
        Ok(value) => Ok(Set { value, variable: variable.to_owned() }),
        Err(source) => Err(DiscoveryError::Endpoint { variable: variable.to_owned(), source }),
    }
}

/// A setting, and the variable that sets it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Set<T> {
    /// The setting.
    pub value: T,
    /// The variable.
    pub variable: String,
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").field("home", &self.home).finish_non_exhaustive()
    }
}
