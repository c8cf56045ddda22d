//! `auth`: where credentials, region and addresses come from.

use codearts_repo::auth::{DiscoveryError, Skipped};
use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::Caller;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// The output of `auth show --json`. No field contains a secret.
#[derive(Serialize, JsonSchema)]
pub(super) struct Report {
    /// Kind of the credentials; missing if none were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials: Option<String>,
    /// Where they were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Region and its origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// Address of the service and its origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<String>,
    /// Address of IAM and its origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    iam_endpoint: Option<String>,
    /// Folder of the IAM tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_cache: Option<String>,
    /// Credentials sources and variables that are not used, in order of precedence.
    skipped: Vec<NotTaken>,
}

/// A credentials source or a variable that is not used.
#[derive(Serialize, JsonSchema)]
struct NotTaken {
    /// Its variables or its file.
    source: String,
    /// Why it is not used.
    reason: String,
}

pub(crate) fn show(context: &Context) -> Result<Exit, Failure> {
    let caller = Caller::of(context)?;
    let mut region_of_credentials = None;
    let mut ignored = None;
    let (credentials, source, skipped, failure) = match caller.find() {
        Ok(found) => {
            if caller.region.is_none() {
                region_of_credentials = caller.region_with(&found)?.map(|region| (region, found.origin.to_string()));
            }
            ignored = caller.ignored_iam_variable(found.kind).map(NotTaken::iam_variable);
            (Some(found.kind.to_string()), Some(found.origin.to_string()), found.skipped, None)
        }
        Err(error) => {
            let failure = Failure::from(&error);
            let DiscoveryError::Nothing { skipped } = error else { return Err(failure) };
            (None, None, skipped, Some(failure))
        }
    };
    let of_region = |own: fn(codearts_repo::Region) -> &'static str| {
        let region = caller
            .region
            .as_ref()
            .map(|region| region.value)
            .or(region_of_credentials.as_ref().map(|(region, _)| *region));
        region.map(|region| format!("{} (region)", own(region)))
    };
    let region = region_of_credentials.as_ref().map(|(region, source)| format!("{region} ({source})"));
    let ignored = ignored.into_iter().chain(caller.ignored_region_variable().map(NotTaken::region_variable));
    let iam_endpoint = caller.iam_endpoint();
    let report = Report {
        credentials,
        source,
        region: caller.region.as_ref().map(ToString::to_string).or(region),
        endpoint: caller.endpoint.as_ref().map(ToString::to_string).or_else(|| of_region(|r| r.repo_endpoint())),
        iam_endpoint: iam_endpoint.as_ref().map(ToString::to_string).or_else(|| of_region(|r| r.iam_endpoint())),
        token_cache: caller.token_cache.as_ref().map(|cache| cache.folder().display().to_string()),
        skipped: skipped.into_iter().map(NotTaken::from).chain(ignored).collect(),
    };
    if context.json {
        output::json(&report)?
    } else {
        lines(&report)?
    }
    failure.map_or(Ok(Exit::Worked), Err)
}

impl NotTaken {
    fn region_variable(name: &str) -> Self {
        Self { source: name.to_owned(), reason: "invalid, but an endpoint is set".to_owned() }
    }

    fn iam_variable(name: &str) -> Self {
        Self { source: name.to_owned(), reason: "invalid, but the credentials do not need IAM".to_owned() }
    }
}

impl From<Skipped> for NotTaken {
    fn from(skipped: Skipped) -> Self {
        Self { source: skipped.source.to_string(), reason: skipped.reason }
    }
}

fn lines(report: &Report) -> Result<(), Failure> {
    let fields = [
        ("credentials", report.credentials.clone().or_else(|| Some("none".into()))),
        ("from", report.source.clone()),
        ("region", report.region.clone()),
        ("endpoint", report.endpoint.clone()),
        ("IAM endpoint", report.iam_endpoint.clone()),
        ("token cache", report.token_cache.clone()),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            output::line(&format!("{name:16}  {value}"))?;
        }
    }
    for skipped in &report.skipped {
        output::line(&format!("not taken         {}: {}", skipped.source, skipped.reason))?;
    }
    Ok(())
}
