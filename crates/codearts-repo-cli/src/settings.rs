//! Settings: decided by a flag, a variable, the profile, the rest of the configuration file, or this program, in this
//! order.

pub(crate) mod file;
pub(crate) mod table;

use std::fmt::{self, Display};
use std::path::PathBuf;
use std::time::Duration;

use codearts_repo::auth::{Environment, Set};
use codearts_repo::{Endpoint, Region};

use crate::arguments::{Colour, Format, Global, Pace, Verbosity};
use crate::duration;
use crate::failure::Failure;
use crate::rate::{self, Rate};
use crate::secrets;
use file::{Entry, File};
use table::Key;

/// A value, and where it comes from.
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

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Flag(&'static str),
    Variable(String),
    /// A line of the configuration file, within a profile or above all of them.
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
            Self::BuiltIn => f.write_str("built in"),
        }
    }
}

/// Where the service is: its region and its address.
pub(crate) type Place = (Option<Setting<Region>>, Option<Setting<Endpoint>>);

/// The configuration file and the profile that count.
#[derive(Debug)]
pub(crate) struct Settings {
    file: File,
    profile: Option<Setting<String>>,
}

impl Settings {
    /// Reads the configuration file, and makes sure that the profile that is asked for is there.
    pub(crate) fn of(global: &Global) -> Result<Self, Failure> {
        let mut settings = Self { file: File::find(global.config.as_deref())?, profile: None };
        settings.profile = settings.text(&table::PROFILE, global.profile.clone())?;
        if let Some(profile) = &settings.profile {
            settings.file.need(&profile.value, &profile.origin.to_string())?;
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

    pub(crate) fn colour(&self, global: &Global) -> Result<Setting<Colour>, Failure> {
        self.built_in(&table::COLOR, global.color, Colour::parse)
    }

    pub(crate) fn verbosity(&self, global: &Global) -> Result<Setting<Verbosity>, Failure> {
        self.built_in(&table::VERBOSITY, global.verbosity(), Verbosity::parse)
    }

    pub(crate) fn ca_file(&self, global: &Global) -> Result<Option<Setting<PathBuf>>, Failure> {
        let path = |text: &str| Ok(PathBuf::from(text));
        self.pick(&table::CA_FILE, global.ca_file.clone(), || self.variable(&table::CA_FILE, path), path)
    }

    pub(crate) fn credentials_section(&self, global: &Global) -> Result<Option<Setting<String>>, Failure> {
        self.text(&table::CREDENTIALS_SECTION, global.credentials_section.clone())
    }

    pub(crate) fn token_cache(&self, global: &Global) -> Result<Setting<bool>, Failure> {
        let switch =
            |text: &str| text.parse().map_err(|_| "it is neither true nor false; write one of the two".to_owned());
        self.built_in(&table::TOKEN_CACHE, global.no_token_cache.then_some(false), switch)
    }

    pub(crate) fn iam_endpoint(
        &self,
        global: &Global,
        environment: &Environment,
    ) -> Result<Option<Setting<Endpoint>>, Failure> {
        let variable = || found(environment.iam_endpoint());
        self.pick(&table::IAM_ENDPOINT, global.iam_endpoint.clone(), variable, iam_endpoint)
    }

    /// The region and the address of the service, which say something of each other: beside an address, a region that
    /// only other tools know is passed over; and a region may have an address of its own in the environment.
    pub(crate) fn place(&self, global: &Global, environment: &Environment) -> Result<Place, Failure> {
        let named = |region| {
            let variable = || found(environment.endpoint(region));
            self.pick(&table::ENDPOINT, global.endpoint.clone(), variable, endpoint)
        };
        let has_endpoint = named(None)?.is_some();
        let variable = || found(environment.region_beside(has_endpoint));
        let region = self.pick(&table::REGION, global.region, variable, |text| {
            text.parse().map_err(|error: codearts_repo::UnknownRegion| format!("{error}; {}", error.advice()))
        })?;
        let endpoint = named(region.as_ref().map(|region| region.value))?;
        Ok((region, endpoint))
    }

    pub(crate) fn timeout(&self, pace: &Pace) -> Result<Setting<Duration>, Failure> {
        let parse = |text: &str| duration::parse(text).map_err(|error| error.to_string());
        self.built_in(&table::TIMEOUT, pace.timeout, parse)
    }

    pub(crate) fn concurrency(&self, pace: &Pace) -> Result<Setting<usize>, Failure> {
        let parse = |text: &str| rate::concurrency(text).map_err(|error| error.to_string());
        self.built_in(&table::CONCURRENCY, pace.concurrency, parse)
    }

    pub(crate) fn rate(&self, pace: &Pace) -> Result<Setting<Rate>, Failure> {
        let parse = |text: &str| rate::parse(text).map_err(|error| error.to_string());
        self.built_in(&table::RATE, pace.rate.clone(), parse)
    }

    /// A setting that is any text.
    pub(crate) fn text(&self, key: &'static Key, flag: Option<String>) -> Result<Option<Setting<String>>, Failure> {
        let text = |text: &str| Ok(text.to_owned());
        self.pick(key, flag, || self.variable(key, text), text)
    }

    /// A setting that has a value when nobody gives it one.
    fn built_in<T>(
        &self,
        key: &'static Key,
        flag: Option<T>,
        parse: fn(&str) -> Result<T, String>,
    ) -> Result<Setting<T>, Failure> {
        if let Some(setting) = self.pick(key, flag, || self.variable(key, parse), parse)? {
            return Ok(setting);
        }
        match parse(key.default.unwrap_or_default()) {
            Ok(value) => Ok(Setting { value, origin: Origin::BuiltIn }),
            Err(reason) => Err(Failure::usage(format!("{}: {reason}", key.name), "report this as a fault")),
        }
    }

    /// The one order in which all settings are decided.
    fn pick<T>(
        &self,
        key: &'static Key,
        flag: Option<T>,
        variable: impl FnOnce() -> Result<Option<Setting<T>>, Failure>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<Setting<T>>, Failure> {
        if let Some(value) = flag {
            return Ok(Some(Setting { value, origin: Origin::Flag(key.flag) }));
        }
        if let Some(setting) = variable()? {
            return Ok(Some(setting));
        }
        let Some((Entry { text, line }, profile)) = self.entry(key) else { return Ok(None) };
        let origin = Origin::File { path: self.file.path.clone(), line: *line, profile: profile.map(str::to_owned) };
        match parse(text) {
            Ok(value) => Ok(Some(Setting { value, origin })),
            Err(reason) => Err(unusable(format!("{origin}: {}: {reason}", key.name))),
        }
    }

    /// What the profile says, or else the rest of the file.
    fn entry(&self, key: &Key) -> Option<(&Entry, Option<&str>)> {
        let profile = self.profile.as_ref().map(|profile| profile.value.as_str());
        let of_profile = profile.and_then(|name| Some((self.file.of_profile(name, key)?, Some(name))));
        of_profile.or_else(|| Some((self.file.of_all(key)?, None)))
    }

    fn variable<T>(&self, key: &Key, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<Setting<T>>, Failure> {
        let Some(text) = secrets::setting(key.variable)? else { return Ok(None) };
        match parse(&text) {
            Ok(value) => Ok(Some(Setting { value, origin: Origin::Variable(key.variable.to_owned()) })),
            Err(reason) => Err(unusable(format!("{}: {reason}", key.variable))),
        }
    }
}

/// A reason most often says what is right; it is an advice then.
fn unusable(reason: String) -> Failure {
    Failure::advised(reason, "correct it")
}

fn iam_endpoint(text: &str) -> Result<Endpoint, String> {
    Endpoint::parse_iam(text).map_err(|error| format!("{error}; {}", error.advice()))
}

fn endpoint(text: &str) -> Result<Endpoint, String> {
    text.parse().map_err(|error: codearts_repo::InvalidEndpoint| format!("{error}; {}", error.advice()))
}

/// What the environment says, in the words of the library.
fn found<T>(set: Result<Option<Set<T>>, codearts_repo::auth::DiscoveryError>) -> Result<Option<Setting<T>>, Failure> {
    let set = set.map_err(|error| crate::caller::unusable(&error))?;
    Ok(set.map(|set| Setting { value: set.value, origin: Origin::Variable(set.variable) }))
}
