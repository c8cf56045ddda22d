//! `auth`: where credentials, region and addresses come from.

use std::time::{Duration, SystemTime};

use codearts_repo::Client;
use codearts_repo::auth::{CredentialsKind, DiscoveryError, Skipped};
use codearts_repo_client::types::CallerIdentity;
use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::Caller;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::service::Service;
use crate::text::one_line;

/// The output of `auth show --json`. No field contains a secret.
#[derive(Serialize, JsonSchema)]
pub(super) struct Report {
    /// Kind of the credentials; missing if none were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials: Option<String>,
    /// Where they were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Name by which --credentials chooses them.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    /// Whose access key it is, with --identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<Identity>,
    /// Until when the key lives, with --identity; missing for a permanent key.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
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

/// Whose access key it is.
#[derive(Serialize, JsonSchema)]
struct Identity {
    /// ID of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    /// URN of the user, or of the session of an agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    principal_urn: Option<String>,
}

/// What STS and the key say.
pub(crate) struct Asked {
    identity: Identity,
    life: Option<Duration>,
}

/// A credentials source or a variable that is not used.
#[derive(Serialize, JsonSchema)]
struct NotTaken {
    /// Its variables or its file.
    source: String,
    /// Why it is not used.
    reason: String,
}

/// Asks STS first.
pub(crate) async fn show_identity(context: Context, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let caller = Caller::of(&context)?;
    let found = caller.find().map_err(|error| caller.failure(&error))?;
    if matches!(found.kind, CredentialsKind::Token | CredentialsKind::TokenFile | CredentialsKind::IamUser) {
        let what = format!("the credentials are of the kind {}, and STS knows the identity of access keys", found.kind);
        return Err(Failure::usage(what, "use an access key or an agency, or leave it out").at("--identity"));
    }
    // An invalid address is an error here: others of its kind are not asked in its place.
    caller.sts_endpoint()?;
    let service = Service::open(&context, &[]).await?;
    let asked = tokio::select! {
        asked = ask(&service.client) => Some(asked),
        () = interrupt.next() => None,
    };
    service.close().await;
    match asked {
        Some(asked) => show(&context, Some(asked?)),
        None => Ok(Exit::Interrupted),
    }
}

async fn ask(client: &Client) -> Result<Asked, Failure> {
    let CallerIdentity { account_id, principal_urn, .. } = client.caller_identity().await?;
    Ok(Asked { identity: Identity { account_id, principal_urn }, life: client.key_life() })
}

pub(crate) fn show(context: &Context, asked: Option<Asked>) -> Result<Exit, Failure> {
    let caller = Caller::of(context)?;
    let mut region_of_credentials = None;
    let mut ignored = None;
    let (credentials, source, name, skipped, failure) = match caller.find() {
        Ok(found) => {
            if caller.region.is_none() {
                region_of_credentials = caller.region_with(&found)?.map(|region| (region, found.origin.to_string()));
            }
            ignored = caller.ignored_iam_variable(found.kind).map(NotTaken::iam_variable);
            (
                Some(found.kind.to_string()),
                Some(found.origin.to_string()),
                Some(found.source.name()),
                found.skipped,
                None,
            )
        }
        Err(error) => {
            let failure = caller.failure(&error);
            let DiscoveryError::Nothing { skipped } = error else { return Err(failure) };
            (None, None, None, skipped, Some(failure))
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
        name,
        expires_at: asked.as_ref().and_then(|asked| until(asked.life?)),
        identity: asked.map(|asked| asked.identity),
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

fn shown(text: &Option<String>) -> String {
    one_line(text.as_deref().unwrap_or("-")).into_owned()
}

/// The time by the clock of this machine.
fn until(life: Duration) -> Option<String> {
    Some(humantime::format_rfc3339_seconds(SystemTime::now().checked_add(life)?).to_string())
}

fn lines(report: &Report) -> Result<(), Failure> {
    let identity = report
        .identity
        .as_ref()
        .map(|identity| format!("{} (account {})", shown(&identity.principal_urn), shown(&identity.account_id)));
    let fields = [
        ("credentials", report.credentials.clone().or_else(|| Some("none".into()))),
        ("from", report.source.clone()),
        ("identity", identity),
        ("expires", report.expires_at.clone()),
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
