//! The service that a command talks to: a real one, or one in this process.

use codearts_repo::{Client, RepositoryId};

use crate::arguments::Global;
use crate::caller::{Caller, OR_TRY};
use crate::failure::Failure;
use crate::output;

/// A client, and what it needs to live.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) client: Client,
    #[cfg(feature = "emulator")]
    local: Option<crate::local::Local>,
}

impl Service {
    /// Makes the client that the arguments and the environment describe. Nothing is sent.
    ///
    /// A service in this process gets these repositories.
    pub(crate) async fn open(global: &Global, repositories: &[RepositoryId]) -> Result<Self, Failure> {
        #[cfg(feature = "emulator")]
        if global.local {
            let (local, client) = Box::pin(crate::local::Local::start(repositories)).await?;
            return Ok(Self { client, local: Some(local) });
        }
        let _ = repositories;
        let client = remote(global)?;
        Ok(Self {
            client,
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

fn remote(global: &Global) -> Result<Client, Failure> {
    let caller = Caller::of(global)?;
    let mut builder = Client::builder();
    if let Some(path) = &global.ca_file {
        let reason = |reason: String| Failure::usage(format!("--ca-file {}: {reason}", path.display()));
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
        return Err(Failure::usage(format!(
            "no region; give --region (`codearts-repo regions` lists them) or --endpoint{OR_TRY}"
        )));
    }
    if let Some(region) = region {
        builder = builder.region(region);
    }
    let (found, _) = found?;
    // Both in variables is most often an oversight; a key in a file is there for other occasions.
    let key = found.skipped.iter().find(|skipped| skipped.kind == Some("access key") && !skipped.source.contains('/'));
    if let Some(key) = key.filter(|_| found.kind.contains("token")) {
        let (token, key) = (&found.source, &key.source);
        output::tell(format_args!("both a token ({token}) and an access key ({key}) are set; the token is taken"));
    }
    Ok(builder.auth(found.auth).build()?)
}
