//! Values as people write them. Each has one parser for its flag, its variables and its key of the configuration file.
//! No message repeats a value: it may be a misplaced secret.

use std::error::Error;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use codearts_repo::auth::CredentialsSource;
use codearts_repo::{Endpoint, MirrorUrl, ProjectId, Region, RepositoryId, bounds};
use schemars::JsonSchema;

use crate::advice::{self, Explanation};

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);
const OLDEST: Duration = Duration::from_secs(3650 * 24 * 3600);

/// Reads a duration from one second to seven days. A number without a unit is in seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, Explanation> {
    parse_duration(text, SHORTEST..=LONGEST)
        .ok_or_else(|| Explanation::new("invalid duration", "use 1s to 168h, e.g. 90s, 10m or 2h"))
}

/// Reads an age from one second to ten years.
pub(crate) fn age(text: &str) -> Result<Duration, Explanation> {
    parse_duration(text, SHORTEST..=OLDEST)
        .ok_or_else(|| Explanation::new("invalid age", "use 1s to 3650d, e.g. 90m, 24h or 7d"))
}

/// A number without a unit is in seconds.
fn parse_duration(text: &str, range: RangeInclusive<Duration>) -> Option<Duration> {
    let seconds = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{text}s"));
    let duration = humantime::parse_duration(seconds.as_deref().unwrap_or(text)).ok();
    duration.filter(|duration| range.contains(duration))
}

/// Reads the address of a service. Variables and files often have blanks around it.
pub(crate) fn endpoint(text: &str) -> Result<Endpoint, Explanation> {
    text.trim().parse().map_err(|error: codearts_repo::InvalidEndpoint| advice::with(&error, error.advice()))
}

/// Reads the address of IAM, which may end in `/v3` as in other tools' variables.
pub(crate) fn iam_endpoint(text: &str) -> Result<Endpoint, Explanation> {
    Endpoint::parse_iam(text).map_err(|error| advice::with(&error, error.advice()))
}

pub(crate) fn region(text: &str) -> Result<Region, Explanation> {
    text.trim().parse().map_err(|error: codearts_repo::UnknownRegion| advice::with(&error, error.advice()))
}

pub(crate) fn repository(text: &str) -> Result<RepositoryId, Explanation> {
    text.parse().map_err(|error| advice::with(&error, "use the ID that `codearts-repo list` shows"))
}

pub(crate) fn project(text: &str) -> Result<ProjectId, Explanation> {
    let advice = "use the 32 letters and digits of the project's ID, which the console shows in the project's address";
    text.parse().map_err(|_| Explanation::new("invalid project ID", advice))
}

pub(crate) fn mirror_url(text: &str) -> Result<MirrorUrl, Explanation> {
    text.parse().map_err(|error| advice::with(&error, "use http:// or https://, a host, and no user name or password"))
}

/// Reads a text that must not be empty: an empty one is most often a variable that a script forgot to set.
pub(crate) fn text(text: &str) -> Result<String, Explanation> {
    if text.trim().is_empty() {
        return Err(Explanation::new("the value is empty", "set a value, or leave the option out"));
    }
    Ok(text.to_owned())
}

/// The help of an argument that takes repository IDs.
pub(crate) fn with_ids(noun: &str) -> String {
    format!("{noun}, {} to {}", bounds::REPOSITORY_ID.start(), bounds::REPOSITORY_ID.end())
}

/// The length of a text to search for.
pub(crate) fn search_length() -> String {
    format!("{} to {} characters", bounds::SEARCH_TEXT.start(), bounds::SEARCH_TEXT.end())
}

/// Reads a word of the contract. The words come from the generated type, so a new one needs no edit here.
pub(crate) fn word<T>() -> impl TypedValueParser<Value = T>
where
    T: JsonSchema + FromStr<Err: Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words_of::<T>()).try_map(|text| text.parse::<T>())
}

/// The words of an enum, from its schema: one list, or an alternative for each word that has a description.
fn words_of<T: JsonSchema>() -> Vec<String> {
    let schema = schemars::schema_for!(T);
    let list = |key: &str| schema.get(key).and_then(|list| list.as_array()).cloned().unwrap_or_default();
    let alternatives = list("oneOf").into_iter().filter_map(|alternative| alternative.get("const").cloned());
    let words = list("enum").into_iter().chain(alternatives);
    words.filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

/// Reads the name of a source of credentials.
pub(crate) fn credentials(text: &str) -> Result<CredentialsSource, Explanation> {
    CredentialsSource::of_name(text).ok_or_else(|| {
        let names = CredentialsSource::ALL.map(CredentialsSource::name).join(", ");
        Explanation::new("unknown source of credentials", format!("use one of {names}"))
    })
}

/// The same for the flag: help and completions list the names.
pub(crate) fn credentials_name() -> impl TypedValueParser<Value = CredentialsSource> {
    PossibleValuesParser::new(CredentialsSource::ALL.map(CredentialsSource::name)).try_map(|text| credentials(&text))
}

pub(crate) fn switch(text: &str) -> Result<bool, Explanation> {
    text.parse().map_err(|_| Explanation::new("invalid value", "use true or false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_generated_types() {
        use codearts_repo::{ProjectRepositoryOrder, RepositoryOrder, SortDirection, SyncBranchType};
        assert_eq!(words_of::<SyncBranchType>(), ["all", "default"]);
        assert_eq!(words_of::<SortDirection>(), ["asc", "desc"]);
        let of_projects = words_of::<ProjectRepositoryOrder>();
        assert!(words_of::<RepositoryOrder>().iter().all(|word| of_projects.contains(word)), "{of_projects:?}");
        /// An enum whose words have descriptions.
        #[derive(schemars::JsonSchema)]
        #[schemars(rename_all = "lowercase")]
        #[allow(dead_code, reason = "only its schema counts")]
        enum Described {
            /// One.
            One,
            /// Two.
            Two,
        }
        assert_eq!(words_of::<Described>(), ["one", "two"]);
    }

    #[test]
    fn durations_are_numbers_with_units() {
        for (text, seconds) in [("1", 1), ("90s", 90), ("10m", 600), ("2h", 7200), ("1h 30m", 5400), ("7d", 604_800)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["90s", "10m", "2h", "1h 1m", "168h"] {
            let shown = duration(text).map(|duration| humantime::format_duration(duration).to_string());
            assert_eq!(duration(&shown.expect("valid")), duration(text), "`config show` prints what can be set");
        }
    }

    #[test]
    fn durations_out_of_range_or_in_another_notation_are_invalid() {
        for text in ["", "0", "0s", "169h", "8d", "s", "-1", "+1", "0x10", "1e3", "1_0s", "٣s", "99999999999999999999h"]
        {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
