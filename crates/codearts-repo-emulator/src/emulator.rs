//! The running emulator.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::builder::EmulatorBuilder;
use crate::contract::Contract;
use crate::error::StartError;
use crate::git::Git;
use crate::jobs::Jobs;
use crate::record::{RecordedRequest, Records};
use crate::registry::Registry;
use crate::secret::Secret;
use crate::server::{self, Server};
use crate::service::Service;
use crate::setup::{self, Folder};
use crate::tokens::Tokens;

/// How long the end waits for requests under way.
const GRACE: Duration = Duration::from_secs(5);

/// A running emulator; it stops when it is dropped.
///
/// Dropping also kills the synchronisations that run and removes the temporary data folder.
/// [`stop`](Self::stop) does the same after the requests under way were answered.
pub struct Emulator {
    service: Arc<Service>,
    folder: Folder,
    stop: watch::Sender<bool>,
    server: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Describes an emulator; see [`EmulatorBuilder`].
    #[must_use]
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    pub(crate) async fn start(builder: EmulatorBuilder) -> Result<Self, StartError> {
        setup::check(&builder)?;
        let contract = Contract::read(builder.openapi.as_deref().unwrap_or(codearts_repo_client::OPENAPI))?;
        let folder = Folder::make(builder.data_dir.as_deref())?;
        let git = Git::new(builder.git_program.clone(), folder.path.join("home"), builder.git_timeout);
        git.probe().await.map_err(|error| StartError::GitMissing(error.into()))?;
        let entries = setup::repositories(&git, &folder.path, &builder.repositories).await?;
        let registry = Arc::new(Registry::new(folder.path.clone(), entries));
        let service = Arc::new(Service {
            contract,
            jobs: Arc::new(Jobs::new(Arc::clone(&registry), git, builder.max_jobs)),
            registry,
            tokens: Tokens::new(builder.token_life, builder.tokens.iter().map(Secret::bytes)),
            users: builder.users.clone(),
            records: Records::default(),
            limits: builder.limits,
            endpoint: OnceLock::new(),
        });
        let listener = server::listen(builder.listen).await?;
        // Nothing else sets it, so that it is empty here.
        let _ = service.endpoint.set(listener.endpoint());
        let (stop, stopped) = watch::channel(false);
        let server = Server::new(Arc::clone(&service), builder.max_connections, stopped);
        Ok(Self { service, folder, stop, server: Some(tokio::spawn(server.run(listener))) })
    }

    /// The base address of CodeArts Repo, such as `http://127.0.0.1:40123`, without a slash at its end.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        self.service.endpoint()
    }

    /// The base address of IAM.
    #[must_use]
    pub fn iam_endpoint(&self) -> &str {
        self.service.endpoint()
    }

    /// Makes a new random token, as IAM would; it lives as long as one of IAM's.
    #[must_use]
    pub fn issue_token(&self) -> String {
        self.service.tokens.issue().token
    }

    /// All requests so far, oldest first; at most the last 10,000 of them.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.records.all()
    }

    /// The bare git repository of an id, which holds what was mirrored; `None` for an unknown id.
    #[must_use]
    pub fn repository_dir(&self, id: u32) -> Option<PathBuf> {
        self.service.registry.contains(id).then(|| self.service.registry.git_dir(id))
    }

    /// Waits until no synchronisation of a repository is under way or waiting; at once for an unknown id.
    pub async fn wait_idle(&self, id: u32) {
        self.service.registry.wait_idle(id).await;
    }

    /// Stops: answers the requests under way, kills the synchronisations and removes the temporary data folder.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if let Some(server) = &mut self.server
            && tokio::time::timeout(GRACE, server).await.is_err()
        {
            tracing::warn!("some clients did not finish in time");
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(server) = self.server.take() {
            server.abort();
        }
        self.service.jobs.stop();
        self.folder.remove();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Emulator").field("endpoint", &self.endpoint()).finish_non_exhaustive()
    }
}
