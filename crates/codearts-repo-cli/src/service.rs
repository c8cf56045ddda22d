//! The service that a command talks to: a real one, or one in this process.

use codearts_repo::{Client, ConfigError, Error, RepositoryId};

use crate::arguments::Global;
use crate::failure::Failure;
use crate::secrets;

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

    /// Ends a service in this process and removes what it kept.
    pub(crate) async fn close(self) {
        #[cfg(feature = "emulator")]
        if let Some(local) = self.local {
            Box::pin(local.stop()).await;
        }
    }
}

fn remote(global: &Global) -> Result<Client, Failure> {
    let mut builder = Client::builder();
    if let Some(path) = &global.ca_file {
        let reason = |reason: String| Failure::usage(format!("--ca-file {}: {reason}", path.display()));
        let pem = std::fs::read(path).map_err(|error| reason(error.to_string()))?;
        builder = builder.ca_certificates(&pem).map_err(|error| reason(error.to_string()))?;
    }
    if let Some(region) = global.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = &global.endpoint {
        builder = builder.endpoint(endpoint.clone());
    }
    if global.region.is_none() && global.endpoint.is_none() {
        return Err(Failure::usage(
            "no region; give --region (`codearts-repo regions` lists them) or --endpoint, or try --emulator",
        ));
    }
    builder.auth(secrets::token()?).build().map_err(|error| match error {
        Error::Config(ConfigError::NoEndpoint) => Failure::usage("no region; give --region or --endpoint"),
        error => error.into(),
    })
}
