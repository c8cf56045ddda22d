//! Settings, in order of precedence: flag, variable, profile, configuration file, built-in default.

pub(crate) mod file;
pub(crate) mod table;

use std::fmt::{self, Display};
use std::path::PathBuf;
use std::time::Duration;

use codearts_repo::auth::{CredentialsSource, Environment, Set};
use codearts_repo::{Endpoint, Region};

use crate::advice::Explanation;
use crate::arguments::{Color, Format, Global, Pace, Verbosity};
use crate::failure::Failure;
use crate::rate::{self, Rate};
use crate::{secrets, values};
use file::{File, FileValue};
use table::Key;

/// A value and its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

impl<T: Display> Display for Setting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.value, self.origin)
    }
}

/// The origin of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Flag(&'static str),
    Variable(String),
    /// A line of the configuration file, in a profile or above the profiles.
    File {
        path: PathBuf,
        line: usize,
        profile: Option<String>,
    },
    BuiltIn,
}

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::Variable(name) => f.write_str(name),
            Self::File { path, line, profile } => {
                write!(f, "{}, line {line}", path.display())?;
                profile.as_ref().map_or(Ok(()), |profile| write!(f, ", profile {profile}"))
            }
            Self::BuiltIn => f.write_str("default"),
        }
    }
}

/// The region and the address of the service.
pub(crate) type Location = (Option<Setting<Region>>, Option<Setting<Endpoint>>);

/// The configuration file and the selected profile.
#[derive(Debug)]
pub(crate) struct Settings {
    file: File,
    profile: Option<Setting<String>>,
}

impl Settings {
    /// Reads the configuration file. A selected profile must exist.
    pub(crate) fn of(global: &Global) -> Result<Self, Failure> {
        let mut settings = Self { file: File::find(global.config.as_deref())?, profile: None };
        settings.profile = settings.text(&table::PROFILE, global.profile.clone())?;
        if let Some(profile) = &settings.profile {
            settings.file.require_profile(&profile.value).map_err(|failure| failure.at(&profile.origin))?;
        }
        Ok(settings)
    }

    pub(crate) const fn profile(&self) -> Option<&Setting<String>> {
        self.profile.as_ref()
    }

    pub(crate) fn output(&self, global: &Global) -> Result<Setting<Format>, Failure> {
        let flag = if global.json { Some(Format::Json) } else { global.output };
        self.built_in(&table::OUTPUT, flag, Format::parse)
    }

    pub(crate) fn color(&self, global: &Global) -> Result<Setting<Color>, Failure> {
        self.built_in(&table::COLOR, global.color, Color::parse)
    }

    pub(crate) fn verbosity(&self, global: &Global) -> Result<Setting<Verbosity>, Failure> {
        self.built_in(&table::VERBOSITY, global.verbosity(), Verbosity::parse)
    }

    pub(crate) fn ca_file(&self, global: &Global) -> Result<Option<Setting<PathBuf>>, Failure> {
        let path = |text: &str| Ok(PathBuf::from(text));
        self.pick(&table::CA_FILE, global.ca_file.clone(), || self.variable(&table::CA_FILE, path), path)
    }

    pub(crate) fn credentials(&self, global: &Global) -> Result<Option<Setting<CredentialsSource>>, Failure> {
        let variable = || self.variable(&table::CREDENTIALS, values::credentials);
        self.pick(&table::CREDENTIALS, global.credentials, variable, values::credentials)
    }

    pub(crate) fn credentials_section(&self, global: &Global) -> Result<Option<Setting<String>>, Failure> {
        self.text(&table::CREDENTIALS_SECTION, global.credentials_section.clone())
    }

    pub(crate) fn token_cache(&self, global: &Global) -> Result<Setting<bool>, Failure> {
        self.built_in(&table::TOKEN_CACHE, global.no_token_cache.then_some(false), values::switch)
    }

    pub(crate) fn iam_endpoint(
        &self,
        global: &Global,
        environment: &Environment,
    ) -> Result<Option<Setting<Endpoint>>, Failure> {
        let variable = || found(environment.iam_endpoint());
        self.pick(&table::IAM_ENDPOINT, global.iam_endpoint.clone(), variable, values::iam_endpoint)
    }

    /// The same without reading the variables. `None` if one of them decides: it may be meant for another cloud, and
    /// matters only to credentials that need IAM.
    pub(crate) fn iam_endpoint_unless_variable(
        &self,
        global: &Global,
        environment: &Environment,
    ) -> Result<Option<Setting<Endpoint>>, Failure> {
        if global.iam_endpoint.is_none() && environment.iam_endpoint_variable().is_some() {
            return Ok(None);
        }
        self.pick(&table::IAM_ENDPOINT, global.iam_endpoint.clone(), || Ok(None), values::iam_endpoint)
    }

    /// The region and the address of the service. They depend on each other: with an address, a region that only other
    /// tools' variables name is ignored; and the environment may have an address for a region.
    pub(crate) fn location(&self, global: &Global, environment: &Environment) -> Result<Location, Failure> {
        let named = |region| {
            let variable = || found(environment.endpoint(region));
            self.pick(&table::ENDPOINT, global.endpoint.clone(), variable, values::endpoint)
        };
        let has_endpoint = named(None)?.is_some();
        let variable = || found(environment.region_beside(has_endpoint));
        let region = self.pick(&table::REGION, global.region, variable, values::region)?;
        let endpoint = named(region.as_ref().map(|region| region.value))?;
        Ok((region, endpoint))
    }

    pub(crate) fn timeout(&self, pace: &Pace) -> Result<Setting<Duration>, Failure> {
        self.built_in(&table::TIMEOUT, pace.timeout, values::duration)
    }

    pub(crate) fn concurrency(&self, pace: &Pace) -> Result<Setting<usize>, Failure> {
        self.built_in(&table::CONCURRENCY, pace.concurrency, rate::concurrency)
    }

    pub(crate) fn rate(&self, pace: &Pace) -> Result<Setting<Rate>, Failure> {
        self.built_in(&table::RATE, pace.rate.clone(), rate::parse)
    }

    /// A setting that can be any text.
    pub(crate) fn text(&self, key: &'static Key, flag: Option<String>) -> Result<Option<Setting<String>>, Failure> {
        let text = |text: &str| Ok(text.to_owned());
        self.pick(key, flag, || self.variable(key, text), text)
    }

    /// A setting with a default.
    fn built_in<T>(
        &self,
        key: &'static Key,
        flag: Option<T>,
        parse: fn(&str) -> Result<T, Explanation>,
    ) -> Result<Setting<T>, Failure> {
        if let Some(setting) = self.pick(key, flag, || self.variable(key, parse), parse)? {
            return Ok(setting);
        }
        match parse(key.default.unwrap_or_default()) {
            Ok(value) => Ok(Setting { value, origin: Origin::BuiltIn }),
            Err(invalid) => Err(Failure::from(invalid).at(key.name)),
        }
    }

    /// The one order of precedence for all settings.
    fn pick<T>(
        &self,
        key: &'static Key,
        flag: Option<T>,
        variable: impl FnOnce() -> Result<Option<Setting<T>>, Failure>,
        parse: impl Fn(&str) -> Result<T, Explanation>,
    ) -> Result<Option<Setting<T>>, Failure> {
        if let Some(value) = flag {
            return Ok(Some(Setting { value, origin: Origin::Flag(key.flag) }));
        }
        if let Some(setting) = variable()? {
            return Ok(Some(setting));
        }
        let Some((FileValue { text, line }, profile)) = self.file_value(key) else { return Ok(None) };
        let origin = Origin::File { path: self.file.path.clone(), line: *line, profile: profile.map(str::to_owned) };
        match parse(text) {
            Ok(value) => Ok(Some(Setting { value, origin })),
            Err(invalid) => Err(Failure::from(invalid).at(key.name).at(origin)),
        }
    }

    /// The value in the profile, or else above the profiles.
    fn file_value(&self, key: &Key) -> Option<(&FileValue, Option<&str>)> {
        let profile = self.profile.as_ref().map(|profile| profile.value.as_str());
        let of_profile = profile.and_then(|name| Some((self.file.of_profile(name, key)?, Some(name))));
        of_profile.or_else(|| Some((self.file.shared(key)?, None)))
    }

    fn variable<T>(
        &self,
        key: &Key,
        parse: impl Fn(&str) -> Result<T, Explanation>,
    ) -> Result<Option<Setting<T>>, Failure> {
        let Some(text) = secrets::setting(key.variable)? else { return Ok(None) };
        match parse(&text) {
            Ok(value) => Ok(Some(Setting { value, origin: Origin::Variable(key.variable.to_owned()) })),
            Err(invalid) => Err(Failure::from(invalid).at(key.variable)),
        }
    }
}

/// A setting that the library found in the environment.
fn found<T>(set: Result<Option<Set<T>>, codearts_repo::auth::DiscoveryError>) -> Result<Option<Setting<T>>, Failure> {
    let set = set.map_err(|error| Failure::from(&error))?;
    Ok(set.map(|set| Setting { value: set.value, origin: Origin::Variable(set.variable) }))
}
