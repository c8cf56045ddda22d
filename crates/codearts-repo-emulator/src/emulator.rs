//! The running emulator.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::authority::Authority;
use crate::builder::EmulatorBuilder;
use crate::contract::Contract;
use crate::error::StartError;
use crate::fault::FaultRule;
use crate::front::Front;
use crate::git::Git;
use crate::jobs::Jobs;
use crate::key_services::POD_PATH;
use crate::listeners::Listeners;
#[cfg(feature = "page")]
use crate::page::Page;
use crate::quota::Quota;
use crate::record::{RecordedRequest, Records};
use crate::server::Server;
use crate::service::Service;
use crate::setup::{self, Folder};
use crate::state::State;

/// How long the end waits for the requests in flight.
const GRACE: Duration = Duration::from_secs(5);

/// A running emulator; it stops when it is dropped.
///
/// Dropping kills the synchronizations and removes the temporary data folder. [`stop`](Self::stop) does the same after
/// the requests in flight are answered.
pub struct Emulator {
    service: Arc<Service>,
    iam_endpoint: String,
    admin_endpoint: Option<String>,
    metadata_endpoint: Option<String>,
    #[cfg(feature = "page")]
    page: Option<String>,
    folder: Folder,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
    scheduler: JoinHandle<()>,
}

impl Emulator {
    /// Describes an emulator; see [`EmulatorBuilder`].
    #[must_use]
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }

    pub(crate) async fn start(mut builder: EmulatorBuilder) -> Result<Self, StartError> {
        setup::check(&builder)?;
        setup::resolve(&mut builder)?;
        let contract = match &builder.openapi {
            Some(openapi) => Arc::new(Contract::read(openapi)?),
            None => Contract::built_in()?,
        };
        let folder = Folder::create(builder.data_dir.as_deref())?;
        let git = Git::new(builder.git_program.clone(), folder.path.join("home"), builder.git_timeout);
        git.probe().await.map_err(|error| StartError::GitMissing(error.into()))?;
        let state = State::open(&builder, &git, &folder).await?;
        let listeners = Listeners::bind(&builder).await?;
        let registry = Arc::new(state.registry);
        let endpoints = builder.endpoints.into_iter().collect();
        let jobs = Arc::new(Jobs::new(Arc::clone(&registry), git, endpoints, builder.max_jobs));
        let service = Arc::new(Service {
            contract,
            registry,
            jobs: Arc::clone(&jobs),
            authority: Authority {
                tokens: state.tokens,
                keys: builder.access_keys.into_iter().collect(),
                temporary_keys: Default::default(),
            },
            users: builder.users,
            agencies: builder.agencies,
            key_services: builder.key_services,
            identity_providers: builder.identity_providers,
            records: Records::default(),
            faults: Mutex::new(builder.faults.into_iter().collect()),
            quota: builder.quota.map(|(calls, span)| Quota::new(calls, span)),
            limits: builder.limits,
            endpoint: listeners.repo.clone(),
        });
        let (stop, stopped) = watch::channel(false);
        #[cfg(feature = "page")]
        let page = {
            let has_page = builder.page.unwrap_or_else(|| builder.listen.ip().is_loopback());
            has_page.then(|| Arc::new(Page::new(Arc::clone(&service), builder.openapi, stopped.clone())))
        };
        let front = Front {
            service: Arc::clone(&service),
            #[cfg(feature = "page")]
            page: page.clone(),
        };
        let server = Server::new(front, builder.max_connections, builder.limits.client_timeout, stopped);
        let Listeners { iam, admin, metadata, all, .. } = listeners;
        let servers =
            all.into_iter().map(|(port, listener)| tokio::spawn(server.clone().run(port, listener))).collect();
        let scheduler = tokio::spawn(jobs.keep_schedules(builder.schedule_every));
        Ok(Self {
            #[cfg(feature = "page")]
            page: page.is_some().then(|| format!("{}/", service.endpoint)),
            service,
            iam_endpoint: iam,
            admin_endpoint: admin,
            metadata_endpoint: metadata,
            folder,
            stop,
            servers,
            scheduler,
        })
    }

    /// The base address of CodeArts Repo, such as `http://127.0.0.1:40123`, without a slash at its end.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.service.endpoint
    }

    /// The base address of IAM.
    #[must_use]
    pub fn iam_endpoint(&self) -> &str {
        &self.iam_endpoint
    }

    /// The base address of the admin operations, if [`EmulatorBuilder::admin_listen`] set one.
    #[must_use]
    pub fn admin_endpoint(&self) -> Option<&str> {
        self.admin_endpoint.as_deref()
    }

    /// The base address of the metadata service, if [`EmulatorBuilder::metadata_listen`] set one.
    #[must_use]
    pub fn metadata_endpoint(&self) -> Option<&str> {
        self.metadata_endpoint.as_deref()
    }

    /// The address at which pods get temporary access keys, for `HC_CONTAINER_CREDENTIALS_FULL_URI`.
    #[must_use]
    pub fn pod_credentials_uri(&self) -> String {
        format!("{}{POD_PATH}", self.iam_endpoint)
    }

    /// The address of the page; `None` if [`EmulatorBuilder::page`] turned it off.
    #[cfg(feature = "page")]
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    /// Issues a random token, as IAM would; it expires like one of IAM's.
    #[must_use]
    pub fn issue_token(&self) -> String {
        self.service.authority.tokens.issue(None).token
    }

    /// The requests so far, oldest first. The last 10,000 are kept, and of those the last 64 MiB.
    ///
    /// A request is recorded when its head arrives, even if it is never answered.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.records.all()
    }

    /// The bare git repository of an id, with everything that was mirrored; `None` for an unknown id.
    #[must_use]
    pub fn repository_dir(&self, id: u64) -> Option<PathBuf> {
        self.service.registry.contains(id).then(|| self.service.registry.git_dir(id))
    }

    /// Adds a fault for the next matching call, or for as many as the rule says.
    ///
    /// ```
    /// use codearts_repo_emulator::{Emulator, Fault, FaultRule};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let emulator = Emulator::builder().token("fixed-token").start().await?;
    /// emulator.fail_next(Fault::TooManyRequests { retry_after: Some(1) });
    /// emulator.fail_next(FaultRule::new(Fault::ResetAfter).operation("ShowRemoteMirror").times(2));
    ///
    /// let url = format!("{}/v4/user/repositories", emulator.endpoint());
    /// # let _ = rustls::crypto::ring::default_provider().install_default();
    /// let call = || reqwest::Client::new().get(&url).header("X-Auth-Token", "fixed-token").send();
    /// assert_eq!(call().await?.status(), 429);
    /// assert_eq!(call().await?.status(), 200);
    /// # Ok(())
    /// # }
    /// ```
    pub fn fail_next(&self, rule: impl Into<FaultRule>) {
        self.service.faults().add(rule.into().once_by_default());
    }

    /// Adds a fault that stays active until it has happened as often as its rule says.
    pub fn fail(&self, rule: impl Into<FaultRule>) {
        self.service.faults().add(rule.into());
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.service.faults().clear();
    }

    /// Waits until no synchronization of a repository is in progress or pending. It returns at once for an unknown id.
    pub async fn wait_idle(&self, id: u64) {
        self.service.registry.wait_idle(id).await;
    }

    /// Answers the requests in flight, kills the synchronizations and removes the temporary data folder.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let all = async {
            for server in &mut self.servers {
                // An aborted server has ended too.
                let _ = server.await;
            }
        };
        if tokio::time::timeout(GRACE, all).await.is_err() {
            tracing::warn!("some clients did not finish in time");
        }
        self.servers.retain(|server| !server.is_finished());
        self.end_jobs();
        self.service.jobs.stopped().await;
        // An aborted task releases the state only when it has ended.
        let _ = (&mut self.scheduler).await;
    }

    fn end_jobs(&self) {
        self.scheduler.abort();
        self.service.jobs.stop();
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.servers.iter().for_each(JoinHandle::abort);
        self.end_jobs();
        self.folder.remove();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Emulator").field("endpoint", &self.endpoint()).finish_non_exhaustive()
    }
}
