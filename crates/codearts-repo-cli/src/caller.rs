//! Who calls whom: credentials, region and addresses, of the arguments and of the environment.

use std::fmt;

use codearts_repo::auth::{Discovery, DiscoveryError, Environment, Found, Set, TokenCache};
use codearts_repo::{Endpoint, Region};
use etcetera::BaseStrategy;

use crate::arguments::Global;
use crate::failure::{Failure, chain};

/// A setting, and where it comes from.
#[derive(Debug)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: String,
}

/// What is known of the caller before anything is sent. An argument goes before the environment.
#[derive(Debug)]
pub(crate) struct Caller {
    environment: Environment,
    profile: Option<String>,
    pub(crate) region: Option<Setting<Region>>,
    pub(crate) endpoint: Option<Setting<Endpoint>>,
    pub(crate) iam_endpoint: Option<Setting<Endpoint>>,
    pub(crate) token_cache: Option<TokenCache>,
}

impl Caller {
    pub(crate) fn of(global: &Global) -> Result<Self, Failure> {
        let environment = Environment::of_process();
        let endpoint = setting(global.endpoint.clone(), "--endpoint", || environment.endpoint(None))?;
        let region = setting(global.region, "--region", || environment.region_beside(endpoint.is_some()))?;
        let known = region.as_ref().map(|region| region.value);
        Ok(Self {
            endpoint: match endpoint {
                Some(endpoint) => Some(endpoint),
                None => setting(None, "--endpoint", || environment.endpoint(known))?,
            },
            iam_endpoint: setting(global.iam_endpoint.clone(), "--iam-endpoint", || environment.iam_endpoint())?,
            region,
            profile: global.profile.clone(),
            token_cache: if global.no_token_cache { None } else { token_cache() },
            environment,
        })
    }

    /// The credentials, and a report of where they were looked for.
    pub(crate) fn find(&self) -> Result<Found, DiscoveryError> {
        let mut discovery = Discovery::new(&self.environment);
        if let Some(name) = &self.profile {
            discovery = discovery.profile(name);
        }
        if let Some(endpoint) = &self.iam_endpoint {
            discovery = discovery.iam_endpoint(endpoint.value.clone());
        }
        if let Some(cache) = &self.token_cache {
            discovery = discovery.token_cache(cache.clone());
        }
        discovery.find()
    }

    /// The credentials, and the region that they are for where the caller names none.
    pub(crate) fn credentials(&self) -> Result<(Found, Option<Region>), Failure> {
        let found = self.find().map_err(|error| unusable(&error))?;
        let region = self.region_with(&found)?;
        Ok((found, region))
    }

    /// The caller's own region, or the one that the credentials are for.
    pub(crate) fn region_with(&self, found: &Found) -> Result<Option<Region>, Failure> {
        let own = self.region.as_ref().map(|region| region.value);
        found.region_for(own, self.endpoint.is_some()).map_err(|error| unusable(&error))
    }
}

/// The end of a message to somebody who may have no service to talk to.
pub(crate) const OR_TRY: &str = if cfg!(feature = "emulator") { ", or try --emulator" } else { "" };

/// Nothing was sent, and nothing can be, with what the environment holds.
pub(crate) fn unusable(error: &DiscoveryError) -> Failure {
    let hint = if matches!(error, DiscoveryError::Nothing { .. }) { OR_TRY } else { "" };
    Failure::usage(format!("{}{hint}", chain(error)))
}

fn setting<T>(
    argument: Option<T>,
    name: &'static str,
    environment: impl FnOnce() -> Result<Option<Set<T>>, DiscoveryError>,
) -> Result<Option<Setting<T>>, Failure> {
    if let Some(value) = argument {
        return Ok(Some(Setting { value, origin: name.to_owned() }));
    }
    let found = environment().map_err(|error| unusable(&error))?;
    Ok(found.map(|set| Setting { value: set.value, origin: set.variable }))
}

/// The folder of this program in the user's cache folder; nothing for a user without a home.
pub(crate) fn token_cache() -> Option<TokenCache> {
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(TokenCache::at(folders.cache_dir().join("codearts-repo").join("tokens")))
}

impl<T: fmt::Display> fmt::Display for Setting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.value, self.origin)
    }
}
