//! The service that a command talks to: a real one, or one in this process.

use std::path::PathBuf;

use codearts_repo::auth::CredentialsKind;
use codearts_repo::{Client, RepositoryId};

use crate::caller::{Caller, OR_TRY};
use crate::context::Context;
use crate::failure::Failure;
use crate::output;

/// What authorises the calls, as far as a shell can do the same.
#[derive(Debug)]
pub(crate) enum Authority {
    /// A token in this variable.
    Token(String),
    /// A token in the file that `CODEARTS_REPO_TOKEN_FILE` names.
    TokenFile,
    /// Something that this program does.
    Other,
}

/// A client, and what it needs to live.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) client: Client,
    pub(crate) authority: Authority,
    /// Certificates that the caller named.
    pub(crate) ca_file: Option<PathBuf>,
    #[cfg(feature = "emulator")]
    local: Option<crate::local::Local>,
}

impl Service {
    /// Makes the client that the arguments and the environment describe. Nothing is sent.
    ///
    /// A service in this process gets these repositories.
    pub(crate) async fn open(context: &Context, repositories: &[RepositoryId]) -> Result<Self, Failure> {
        #[cfg(feature = "emulator")]
        if context.global.local {
            let (local, client) = Box::pin(crate::local::Local::start(repositories)).await?;
            return Ok(Self { client, authority: Authority::Other, ca_file: None, local: Some(local) });
        }
        let _ = repositories;
        let (client, authority) = remote(context)?;
        Ok(Self {
            client,
            authority,
            ca_file: context.settings.ca_file(&context.global)?.map(|setting| setting.value),
            #[cfg(feature = "emulator")]
            local: None,
        })
    }

    /// The repositories of a service in this process for a command that lists them.
    pub(crate) fn to_list() -> Vec<RepositoryId> {
        (1_u32..=3).filter_map(|id| RepositoryId::try_from(id).ok()).collect()
    }

    /// Ends a service in this process and removes what it kept.
    pub(crate) async fn close(self) {
        #[cfg(feature = "emulator")]
        if let Some(local) = self.local {
            Box::pin(local.stop()).await;
        }
    }
}

fn remote(context: &Context) -> Result<(Client, Authority), Failure> {
    let caller = Caller::of(context)?;
    let mut builder = Client::builder();
    if let Some(setting) = context.settings.ca_file(&context.global)? {
        let path = &setting.value;
        let reason = |reason: String| {
            let what = format!("{} {}: {reason}", setting.origin, path.display());
            Failure::usage(what, "name a file with CA certificates in PEM form")
        };
        let pem = std::fs::read(path).map_err(|error| reason(error.to_string()))?;
        builder = builder.ca_certificates(&pem).map_err(|error| reason(error.to_string()))?;
    }
    if let Some(endpoint) = &caller.endpoint {
        builder = builder.endpoint(endpoint.value.clone());
    }
    // Without credentials of its own, a caller without a region is told of the region first.
    let found = caller.credentials();
    let region = match &found {
        Ok((_, region)) => *region,
        Err(_) => caller.region.as_ref().map(|region| region.value),
    };
    if region.is_none() && caller.endpoint.is_none() {
        let next = format!("give --region (`codearts-repo regions` lists them) or --endpoint{OR_TRY}");
        return Err(Failure::usage("no region", next));
    }
    if let Some(region) = region {
        builder = builder.region(region);
    }
    let (found, _) = found?;
    // Both in variables is most often an oversight; a key in a file is there for other occasions.
    let key = found
        .skipped
        .iter()
        .find(|skipped| skipped.kind == Some(CredentialsKind::AccessKey) && !skipped.source.is_file());
    let is_token = matches!(found.kind, CredentialsKind::Token | CredentialsKind::TokenFile);
    if let Some(key) = key.filter(|_| is_token) {
        let (token, key) = (&found.origin, &key.source);
        output::note(format_args!("both a token ({token}) and an access key ({key}) are set; the token is taken"));
    }
    let authority = match found.kind {
        CredentialsKind::Token => Authority::Token(found.origin.to_string()),
        CredentialsKind::TokenFile => Authority::TokenFile,
        _ => Authority::Other,
    };
    Ok((builder.auth(found.auth).build()?, authority))
}
