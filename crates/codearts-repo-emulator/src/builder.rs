//! How an emulator is described before it starts.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::authority::AccessKey;
use crate::emulator::Emulator;
use crate::error::StartError;
use crate::fault::FaultRule;
use crate::git::Credentials;
use crate::permissions::Permissions;
use crate::secret::Secret;
use crate::seed::{Repository, User};
use crate::service::Limits;

/// Describes an emulator; [`start`](Self::start) makes it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), codearts_repo_emulator::StartError> {
/// use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// let emulator = Emulator::builder()
///     .token("fixed-token")
///     .repository(Repository::new(123).upstream(Upstream::demonstration()))
///     .start()
///     .await?;
/// # emulator.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct EmulatorBuilder {
    pub(crate) listen: SocketAddr,
    pub(crate) allow_non_loopback: bool,
    pub(crate) page: Option<bool>,
    pub(crate) data_dir: Option<PathBuf>,
    pub(crate) iam_listen: Option<SocketAddr>,
    pub(crate) admin_listen: Option<SocketAddr>,
    pub(crate) tokens: Vec<(Secret, Arc<Permissions>)>,
    pub(crate) access_keys: Vec<(String, AccessKey)>,
    pub(crate) token_life: Duration,
    pub(crate) users: Vec<User>,
    pub(crate) repositories: Vec<Repository>,
    pub(crate) endpoints: Vec<(String, Credentials)>,
    pub(crate) schedule_every: Duration,
    pub(crate) git_program: PathBuf,
    pub(crate) git_timeout: Duration,
    pub(crate) max_jobs: usize,
    pub(crate) max_connections: usize,
    pub(crate) limits: Limits,
    pub(crate) openapi: Option<String>,
    pub(crate) faults: Vec<FaultRule>,
    pub(crate) quota: Option<(usize, Duration)>,
}

impl Default for EmulatorBuilder {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_non_loopback: false,
            page: None,
            data_dir: None,
            iam_listen: None,
            admin_listen: None,
            tokens: Vec::new(),
            access_keys: Vec::new(),
            token_life: Duration::from_secs(24 * 60 * 60),
            users: Vec::new(),
            repositories: Vec::new(),
            endpoints: Vec::new(),
            schedule_every: Duration::from_secs(24 * 60 * 60),
            git_program: PathBuf::from("git"),
            git_timeout: Duration::from_secs(600),
            max_jobs: 4,
            max_connections: 4096,
            limits: Limits { body: 1024 * 1024, patience: Duration::from_secs(30) },
            openapi: None,
            faults: Vec::new(),
            quota: None,
        }
    }
}

impl EmulatorBuilder {
    /// The address to listen at. The default is `127.0.0.1:0`, a free port on loopback.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// A second address that IAM alone listens at. Without it IAM shares the one of CodeArts Repo.
    #[must_use]
    pub fn iam_listen(mut self, address: SocketAddr) -> Self {
        self.iam_listen = Some(address);
        self
    }

    /// An address for tests that are not written in Rust; the README tells what it answers. It is off by default.
    ///
    /// Whoever reaches it gets tokens, so keep it on loopback.
    #[must_use]
    pub fn admin_listen(mut self, address: SocketAddr) -> Self {
        self.admin_listen = Some(address);
        self
    }

    /// Whether an address that other machines can reach may be listened at. The default is `false`.
    ///
    /// The emulator speaks plain HTTP: whoever can listen on the way reads tokens and passwords.
    #[must_use]
    pub fn allow_non_loopback(mut self, allow: bool) -> Self {
        self.allow_non_loopback = allow;
        self
    }

    /// Whether the page for people, the API reference and `/openapi.yaml` are served, at the address of CodeArts Repo.
    ///
    /// The default is `true` where that address is loopback, and `false` elsewhere: whoever reaches the page sees, without
    /// a token, which repositories there are and which calls arrived. It shows no secret.
    #[must_use]
    pub fn page(mut self, show: bool) -> Self {
        self.page = Some(show);
        self
    }

    /// The folder that the repositories and their state are kept in; an emulator that starts on it again goes on with
    /// them. The default is a temporary folder, removed at the end.
    #[must_use]
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Accepts a token that never expires, of 1 to 100,000 visible ASCII characters. May be called repeatedly.
    #[must_use]
    pub fn token(self, token: impl Into<String>) -> Self {
        self.token_with(token, Permissions::all())
    }

    /// Accepts a token that never expires and may do only what is permitted. May be called repeatedly.
    #[must_use]
    pub fn token_with(mut self, token: impl Into<String>, permissions: Permissions) -> Self {
        self.tokens.push((token.into().into(), Arc::new(permissions)));
        self
    }

    /// Accepts requests that are signed with this access key (AK) and its secret key (SK). May be called repeatedly.
    ///
    /// The signature is of the kind SDK-HMAC-SHA256; its date may be 15 minutes off.
    #[must_use]
    pub fn access_key(self, access: impl Into<String>, secret: impl Into<String>) -> Self {
        self.access_key_with(access, secret, Permissions::all())
    }

    /// Accepts an access key that may do only what is permitted. May be called repeatedly.
    #[must_use]
    pub fn access_key_with(
        mut self,
        access: impl Into<String>,
        secret: impl Into<String>,
        permissions: Permissions,
    ) -> Self {
        let key = AccessKey { secret: secret.into().into(), permissions: Arc::new(permissions) };
        self.access_keys.push((access.into(), key));
        self
    }

    /// How long a token lives that the emulator issues. The default is 24 hours, as at the real service.
    #[must_use]
    pub fn token_life(mut self, life: Duration) -> Self {
        self.token_life = life;
        self
    }

    /// Adds an IAM user, who gets tokens from `POST /v3/auth/tokens`. May be called repeatedly.
    #[must_use]
    pub fn user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }

    /// Adds a repository. May be called repeatedly.
    #[must_use]
    pub fn repository(mut self, repository: Repository) -> Self {
        self.repositories.push(repository);
        self
    }

    /// Adds a service endpoint: credentials for mirror sources that callers name by `endpoint_uuid`. May be called
    /// repeatedly.
    #[must_use]
    pub fn service_endpoint(
        mut self,
        uuid: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let credentials = Credentials { username: username.into().into(), password: password.into().into() };
        self.endpoints.push((uuid.into(), credentials));
        self
    }

    /// How much time lies between the synchronisations of a mirror whose schedule is on, 10 milliseconds or more. The
    /// default is 24 hours.
    #[must_use]
    pub fn schedule_every(mut self, period: Duration) -> Self {
        self.schedule_every = period.max(Duration::from_millis(10));
        self
    }

    /// The git program. The default is the `git` of the PATH.
    #[must_use]
    pub fn git_program(mut self, program: impl Into<PathBuf>) -> Self {
        self.git_program = program.into();
        self
    }

    /// How long one synchronisation may take before it is stopped and fails. The default is 10 minutes.
    #[must_use]
    pub fn git_timeout(mut self, limit: Duration) -> Self {
        self.git_timeout = limit;
        self
    }

    /// How many synchronisations run at once, 1 or more; others wait. The default is 4.
    #[must_use]
    pub fn max_jobs(mut self, most: usize) -> Self {
        self.max_jobs = most.clamp(1, 1024);
        self
    }

    /// How many connections are open at once, 1 or more; others wait to be accepted. The default is 4096.
    #[must_use]
    pub fn max_connections(mut self, most: usize) -> Self {
        self.max_connections = most.clamp(1, 1 << 20);
        self
    }

    /// How many bytes the body of a request may have before it is refused with 413. The default is 1 MiB.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// How long a client may take to send the head or the body of a request, or to take a part of an answer, before
    /// its connection is closed. The default is 30 seconds.
    #[must_use]
    pub fn patience(mut self, limit: Duration) -> Self {
        self.limits.patience = limit;
        self
    }

    /// Adds a fault that is in force from the start. May be called repeatedly; the first one that meets a call counts.
    #[must_use]
    pub fn fault(mut self, rule: impl Into<FaultRule>) -> Self {
        self.faults.push(rule.into());
        self
    }

    /// How many calls each operation gets in any such span of time; others get 429 `APIGW.0308`. The default is no quota.
    ///
    /// The real service documents 600 calls a minute.
    #[must_use]
    pub fn quota(mut self, calls: usize, span: Duration) -> Self {
        self.quota = Some((calls, span));
        self
    }

    /// Serves another OpenAPI 3.0 document than [`codearts_repo_client::OPENAPI`], such as a changed copy of it.
    ///
    /// An operation that the emulator has no behaviour for is answered with its documented example.
    #[must_use]
    pub fn openapi(mut self, yaml: impl Into<String>) -> Self {
        self.openapi = Some(yaml.into());
        self
    }

    /// Starts the emulator on the current tokio runtime, which needs its I/O and time drivers.
    ///
    /// # Errors
    ///
    /// This function fails if:
    /// - git cannot be run;
    /// - the address cannot be listened at, or is not loopback and that was not allowed;
    /// - the data folder cannot be written to;
    /// - a repository id, an upstream's address or folder, or a token is not one that can be used.
    pub async fn start(self) -> Result<Emulator, StartError> {
        Emulator::start(self).await
    }
}
