//! `emulator`: a local CodeArts Repo that runs until a signal ends it.

use std::path::Path;
use std::time::Duration;

use codearts_repo::RepositoryId;
use codearts_repo_client::internal::{plain_text, unique_json};
use codearts_repo_emulator::{
    Agency, Emulator, EmulatorBuilder, FaultRule, IdentityProvider, Repository, Upstream, User,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::advice;
use crate::arguments::{Emulator as Arguments, Switch};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::files;
use crate::interrupt::Interrupt;
use crate::local::start_advice;
use crate::output;
use crate::secrets;

/// The line that is printed when the service is ready.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Ready<'a> {
    /// Address of CodeArts Repo.
    endpoint: &'a str,
    /// Address of IAM.
    iam_endpoint: &'a str,
    /// Address of the metadata service, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_endpoint: Option<&'a str>,
    /// Address at which pods get access keys, if there is a pod.
    #[serde(skip_serializing_if = "Option::is_none")]
    pod_credentials_uri: Option<String>,
    /// Address for tests, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    admin_endpoint: Option<&'a str>,
    /// Address of the page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
}

pub(crate) async fn run(arguments: Arguments, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    // Repositories can be private, and git creates files as this mask allows.
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let has_pod = !arguments.pod_token.is_empty();
    let builder = settings(arguments)?;
    let emulator = builder
        .start()
        .await
        .map_err(|error| Failure::from(advice::with(&error, start_advice(&error))).at("emulator"))?;
    let ready = Ready {
        endpoint: emulator.endpoint(),
        iam_endpoint: emulator.iam_endpoint(),
        metadata_endpoint: emulator.metadata_endpoint(),
        pod_credentials_uri: has_pod.then(|| emulator.pod_credentials_uri()),
        admin_endpoint: emulator.admin_endpoint(),
        page: emulator.page(),
    };
    let result = output::json(&ready);
    if let Some(page) = ready.page {
        output::note(format_args!("open {page} to see what happens"));
    }
    if result.is_ok() {
        interrupt.next().await;
    }
    emulator.stop().await;
    result.map(|()| Exit::Worked)
}

fn settings(arguments: Arguments) -> Result<EmulatorBuilder, Failure> {
    let mut builder = Emulator::builder().listen(arguments.listen).token_lifetime(arguments.token_life);
    builder = builder.allow_non_loopback(arguments.allow_non_loopback);
    if let Some(address) = arguments.iam_listen {
        builder = builder.iam_listen(address);
    }
    if let Some(address) = arguments.admin_listen {
        builder = builder.admin_listen(address);
    }
    if let Some(address) = arguments.metadata_listen {
        builder = builder.metadata_listen(address);
    }
    if let Some(switch) = arguments.metadata_agency {
        builder = builder.metadata_agency(switch == Switch::On);
    }
    if let Some(life) = arguments.key_life {
        builder = builder.issued_key_lifetime(life);
    }
    if let Some(switch) = arguments.page {
        builder = builder.page(switch == Switch::On);
    }
    if let Some(folder) = arguments.data {
        builder = builder.data_dir(folder);
    }
    if let Some(calls) = arguments.quota {
        builder = builder.quota(calls as usize, Duration::from_secs(60));
    }
    for token in arguments.token {
        builder = builder.token(token);
    }
    for text in &arguments.repository {
        builder = builder.repository(repository(text)?);
    }
    for text in &arguments.access_key {
        let (access, secret) = named_secret("--access-key", "AK:SK_VARIABLE", text)?;
        builder = builder.access_key(access, secret);
    }
    for text in &arguments.user {
        let (user, password) = named_secret("--user", "DOMAIN/NAME:VARIABLE", text)?;
        let (domain, name) = split("--user", "DOMAIN/NAME:VARIABLE", user, '/')?;
        builder = builder.user(User::new(domain, name, password));
    }
    for variable in &arguments.pod_token {
        builder = builder.pod_token(secret("--pod-token", "VARIABLE", variable)?);
    }
    let id_token =
        arguments.id_token.as_deref().map(|variable| secret("--id-token", "VARIABLE", variable)).transpose()?;
    for text in &arguments.agency {
        let agency = agency(text, id_token.as_deref())?;
        builder = builder.agency(match arguments.key_life {
            Some(life) => agency.key_lifetime(life),
            None => agency,
        });
    }
    for provider in &arguments.identity_provider {
        let id_token = needed("--identity-provider", id_token.as_deref())?;
        builder = builder.identity_provider(IdentityProvider::new(provider, id_token));
    }
    for text in &arguments.service_endpoint {
        let (uuid, rest) = split("--service-endpoint", "UUID=NAME:VARIABLE", text, '=')?;
        let (name, password) = named_secret("--service-endpoint", "UUID=NAME:VARIABLE", rest)?;
        builder = builder.service_endpoint(uuid, name, password);
    }
    for rule in arguments.faults.as_deref().map_or(Ok(Vec::new()), faults)? {
        builder = builder.fault(rule);
    }
    Ok(builder)
}

/// Reads an agency and whom it trusts: a URN is a provider, and anything else the ID of an access key.
fn agency(text: &str, id_token: Option<&str>) -> Result<Agency, Failure> {
    let (urn, trusted) = split("--agency", "AGENCY_URN=PROVIDER_URN or AGENCY_URN=AK", text, '=')?;
    if !trusted.contains(':') {
        return Ok(Agency::of_caller(trusted, urn));
    }
    Ok(Agency::new(trusted, urn, needed("--agency", id_token)?))
}

fn needed<'a>(option: &str, id_token: Option<&'a str>) -> Result<&'a str, Failure> {
    let missing = || Failure::usage(format!("{option}: a provider needs an ID token"), "add --id-token VARIABLE");
    id_token.ok_or_else(missing)
}

/// Reads `NAME:VARIABLE`, and the secret from the variable.
fn named_secret<'a>(option: &str, form: &str, text: &'a str) -> Result<(&'a str, String), Failure> {
    let (name, variable) = split(option, form, text, ':')?;
    Ok((name, secret(option, form, variable)?))
}

fn secret(option: &str, form: &str, variable: &str) -> Result<String, Failure> {
    match secrets::variable(variable)? {
        Some(secret) if !secret.trim().is_empty() => Ok(secret),
        // The name is not repeated: a user may have written the secret in its place.
        _ => Err(Failure::usage(
            format!("{option}: the variable is not set or empty"),
            format!("write {form}, and set the variable to the secret"),
        )),
    }
}

fn split<'a>(option: &str, form: &str, text: &'a str, at: char) -> Result<(&'a str, &'a str), Failure> {
    let parts = text.split_once(at).filter(|(left, right)| !left.is_empty() && !right.is_empty());
    // The text is not repeated: a user may have written a secret in it.
    parts.ok_or_else(|| Failure::usage(format!("{option}: invalid value"), format!("write {form}")))
}

/// Reads a fault from each line of a file. Empty lines and a byte order mark are ignored.
fn faults(path: &Path) -> Result<Vec<FaultRule>, Failure> {
    let failed = |reason: String| {
        Failure::usage(
            format!("--faults {}{reason}", path.display()),
            "write one JSON object a line, see `emulator --help`",
        )
    };
    let bytes = files::read(path).map_err(|error| failed(format!(": {error}")))?;
    let text = plain_text::decode(&bytes)
        .map_err(|error| Failure::usage(error, error.advice()).at(format_args!("--faults {}", path.display())))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            let rule = unique_json::object(line)
                .and_then(|rule| serde_json::from_value(rule.into()).map_err(|error| in_plain_words(&error)));
            rule.map_err(|reason| failed(format!(", line {}: {reason}", index + 1)))
        })
        .collect()
}

/// What serde says about a rule, without the words of Rust.
fn in_plain_words(error: &serde_json::Error) -> String {
    let text = error.to_string().replace("unknown variant", "unknown fault");
    text.replace("expected u16", "expected a number").replace("expected u64", "expected a number")
}

/// Reads `ID`, `ID=https://…`, `ID=PATH` or `ID=`.
fn repository(text: &str) -> Result<Repository, Failure> {
    let (id, source) = text.split_once('=').map_or((text, None), |(id, source)| (id, Some(source)));
    let id: RepositoryId =
        id.parse().map_err(|error| Failure::usage(format!("--repository: {error}"), "write ID=SOURCE"))?;
    let upstream = match source {
        None => Upstream::demonstration(),
        Some("") => return Ok(Repository::new(id.into())),
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => Upstream::url(url),
        Some(path) => Upstream::local(Path::new(path)),
    };
    Ok(Repository::new(id.into()).upstream(upstream))
}
