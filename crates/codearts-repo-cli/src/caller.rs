//! Credentials, region and addresses, from the arguments and the environment.

use codearts_repo::auth::{
    CredentialsKind, CredentialsSource, Discovery, DiscoveryError, Environment, Found, TokenCache,
};
use codearts_repo::{Endpoint, Region};
use etcetera::BaseStrategy;

use crate::context::Context;
use crate::failure::Failure;
use crate::settings::{Origin, Setting};

/// What is known before anything is sent.
#[derive(Debug)]
pub(crate) struct Caller {
    environment: Environment,
    chosen: Option<Setting<CredentialsSource>>,
    section: Option<Setting<String>>,
    pub(crate) region: Option<Setting<Region>>,
    pub(crate) endpoint: Option<Setting<Endpoint>>,
    /// Not set if a variable decides.
    iam_endpoint: Option<Setting<Endpoint>>,
    pub(crate) token_cache: Option<TokenCache>,
}

impl Caller {
    pub(crate) fn of(context: &Context) -> Result<Self, Failure> {
        let Context { global, settings, .. } = context;
        let environment = Environment::of_process();
        let chosen = settings.credentials(global)?;
        let (region, endpoint) = settings.location(global, &environment)?;
        Ok(Self {
            region,
            endpoint,
            iam_endpoint: settings.iam_endpoint_unless_variable(global, &environment)?,
            section: section(context, chosen.as_ref())?,
            chosen,
            token_cache: if settings.token_cache(global)?.value { token_cache() } else { None },
            environment,
        })
    }

    /// Finds the credentials, and reports which sources were tried.
    pub(crate) fn find(&self) -> Result<Found, DiscoveryError> {
        let mut discovery = Discovery::new(&self.environment);
        if let Some(chosen) = &self.chosen {
            discovery = discovery.only(chosen.value);
        }
        if let Some(section) = &self.section {
            discovery = discovery.section(&section.value);
        }
        if let Some(endpoint) = &self.iam_endpoint {
            discovery = discovery.iam_endpoint(endpoint.value.clone());
        }
        if let Some(cache) = &self.token_cache {
            discovery = discovery.token_cache(cache.clone());
        }
        discovery.find()
    }

    /// The failure of a search, at the setting that chose a source without credentials.
    pub(crate) fn failure(&self, error: &DiscoveryError) -> Failure {
        match (&self.chosen, error) {
            (Some(chosen), DiscoveryError::NothingChosen { .. }) => Failure::from(error).at(&chosen.origin),
            _ => Failure::from(error),
        }
    }

    /// The variable with an invalid address of IAM, if these credentials do not need it.
    pub(crate) fn ignored_iam_variable(&self, credentials: CredentialsKind) -> Option<&'static str> {
        let ignored = credentials != CredentialsKind::IamUser && self.environment.iam_endpoint().is_err();
        self.environment.iam_endpoint_variable().filter(|_| ignored)
    }

    /// The variable with an invalid region, if the endpoint makes a region unnecessary.
    pub(crate) fn ignored_region_variable(&self) -> Option<&'static str> {
        let ignored = self.region.is_none() && self.endpoint.is_some() && self.environment.region().is_err();
        self.environment.region_variable().filter(|_| ignored)
    }

    /// The address of IAM that is set, if it is valid.
    pub(crate) fn iam_endpoint(&self) -> Option<Setting<Endpoint>> {
        self.iam_endpoint.clone().or_else(|| {
            let set = self.environment.iam_endpoint().ok()??;
            Some(Setting { value: set.value, origin: Origin::Variable(set.variable) })
        })
    }

    /// The address of STS that is set.
    pub(crate) fn sts_endpoint(&self) -> Result<Option<Endpoint>, Failure> {
        let set = self.environment.sts_endpoint().map_err(|error| Failure::from(&error))?;
        Ok(set.map(|set| set.value))
    }

    /// The credentials, and the region: the caller's, or else that of the credentials.
    pub(crate) fn credentials(&self) -> Result<(Found, Option<Region>), Failure> {
        let found = self.find().map_err(|error| self.failure(&error))?;
        let region = self.region_with(&found)?;
        Ok((found, region))
    }

    /// The caller's region, or else that of the credentials.
    pub(crate) fn region_with(&self, found: &Found) -> Result<Option<Region>, Failure> {
        let own = self.region.as_ref().map(|region| region.value);
        found.region_for(own, self.endpoint.is_some()).map_err(|error| Failure::from(&error))
    }
}

/// The section of the SDK's file, unless another source is chosen.
fn section(context: &Context, chosen: Option<&Setting<CredentialsSource>>) -> Result<Option<Setting<String>>, Failure> {
    let section = context.settings.credentials_section(&context.global)?;
    let Some(chosen) = chosen.filter(|chosen| chosen.value != CredentialsSource::SdkFile) else { return Ok(section) };
    if matches!(&section, Some(Setting { origin: Origin::Flag(_), .. })) {
        let what = format!("{} chooses {}, which has no sections", chosen.origin, chosen.value.name());
        return Err(Failure::usage(what, "leave out one of the two").at("--credentials-section"));
    }
    Ok(None)
}

/// The folder of this program in the user's cache folder; nothing for a user without a home.
pub(crate) fn token_cache() -> Option<TokenCache> {
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    // With an empty HOME, the tokens would go into the current folder.
    let folder = Some(folders.cache_dir()).filter(|folder| folder.is_absolute())?;
    Some(TokenCache::at(folder.join("codearts-repo").join("tokens")))
}
