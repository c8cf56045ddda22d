//! The settings of an emulator.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::agency::Agency;
use crate::authority::AccessKey;
use crate::emulator::Emulator;
use crate::error::StartError;
use crate::fault::FaultRule;
use crate::git::Credentials;
use crate::key_services::KeyServices;
use crate::permissions::Permissions;
use crate::secret::Secret;
use crate::seed::{IdentityProvider, Repository, User};
use crate::service::Limits;

/// The settings of an emulator; [`start`](Self::start) starts it.
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
    #[cfg(feature = "page")]
    pub(crate) page: Option<bool>,
    pub(crate) data_dir: Option<PathBuf>,
    pub(crate) iam_listen: Option<SocketAddr>,
    pub(crate) admin_listen: Option<SocketAddr>,
    pub(crate) metadata_listen: Option<SocketAddr>,
    pub(crate) key_services: KeyServices,
    pub(crate) tokens: Vec<(Secret, Arc<Permissions>)>,
    pub(crate) access_keys: Vec<(String, AccessKey)>,
    pub(crate) token_lifetime: Duration,
    pub(crate) users: Vec<User>,
    pub(crate) agencies: Vec<Agency>,
    pub(crate) identity_providers: Vec<IdentityProvider>,
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
            #[cfg(feature = "page")]
            page: None,
            data_dir: None,
            iam_listen: None,
            admin_listen: None,
            metadata_listen: None,
            key_services: KeyServices::default(),
            tokens: Vec::new(),
            access_keys: Vec::new(),
            token_lifetime: Duration::from_secs(24 * 60 * 60),
            users: Vec::new(),
            agencies: Vec::new(),
            identity_providers: Vec::new(),
            repositories: Vec::new(),
            endpoints: Vec::new(),
            schedule_every: Duration::from_secs(24 * 60 * 60),
            git_program: PathBuf::from("git"),
            git_timeout: Duration::from_secs(600),
            max_jobs: 4,
            max_connections: 4096,
            limits: Limits { body: 1024 * 1024, client_timeout: Duration::from_secs(30) },
            openapi: None,
            faults: Vec::new(),
            quota: None,
        }
    }
}

impl EmulatorBuilder {
    /// The address to listen on. The default is `127.0.0.1:0`, a free port on loopback.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// A second address, only for IAM. Without it, IAM shares the address of CodeArts Repo.
    #[must_use]
    pub fn iam_listen(mut self, address: SocketAddr) -> Self {
        self.iam_listen = Some(address);
        self
    }

    /// An address for tests that are not written in Rust; the README describes its calls. It is off by default.
    ///
    /// Everyone who can reach it can get tokens, so keep it on loopback.
    #[must_use]
    pub fn admin_listen(mut self, address: SocketAddr) -> Self {
        self.admin_listen = Some(address);
        self
    }

    /// An address that answers like the metadata service of an ECS server, which callers reach at
    /// `http://169.254.169.254`. It is off by default.
    ///
    /// Its operations have the names `CreateMetadataToken` and `ShowSecurityKey` in fault rules.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use codearts_repo_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().metadata_listen("127.0.0.1:0".parse()?).start().await?;
    /// let address = emulator.metadata_endpoint().expect("it is on");
    /// # let _ = rustls::crypto::ring::default_provider().install_default();
    /// let key = reqwest::get(format!("{address}/openstack/latest/securitykey")).await?.text().await?;
    /// assert!(key.contains("securitytoken"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn metadata_listen(mut self, address: SocketAddr) -> Self {
        self.metadata_listen = Some(address);
        self
    }

    /// Whether the ECS server has an agency. The default is `true`; without one its metadata service refuses to give keys.
    #[must_use]
    pub fn metadata_agency(mut self, has_agency: bool) -> Self {
        self.key_services.has_agency = has_agency;
        self
    }

    /// Accepts the token of a pod, which gets temporary access keys at
    /// [`Emulator::pod_credentials_uri`]. Can be called repeatedly.
    ///
    /// The operation has the name `CreatePodCredentials` in fault rules.
    #[must_use]
    pub fn pod_token(mut self, token: impl Into<String>) -> Self {
        self.key_services.pod_tokens.push(token.into().into());
        self
    }

    /// How long the keys of the metadata service and of pods are valid. The default is 24 hours.
    #[must_use]
    pub fn issued_key_lifetime(mut self, lifetime: Duration) -> Self {
        self.key_services.key_lifetime = lifetime;
        self
    }

    /// Allows addresses that other machines can reach. The default is `false`.
    ///
    /// The emulator speaks plain HTTP, so tokens and passwords can be read on the network.
    #[must_use]
    pub fn allow_non_loopback(mut self, allow: bool) -> Self {
        self.allow_non_loopback = allow;
        self
    }

    /// Serves the page, the API reference and `/openapi.yaml` at the address of CodeArts Repo.
    ///
    /// The default is `true` on a loopback address and `false` elsewhere: the page shows the repositories and the calls to
    /// everyone who can reach it, without a token. It shows no secret.
    #[cfg(feature = "page")]
    #[must_use]
    pub fn page(mut self, show: bool) -> Self {
        self.page = Some(show);
        self
    }

    /// A folder that keeps the repositories and their state for the next start. Without it the emulator uses a temporary
    /// folder, which it removes at the end.
    ///
    /// A folder that does not exist is created with permissions for its owner only.
    #[cfg(feature = "store")]
    #[must_use]
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Accepts a token that never expires, of visible ASCII characters, within the contract's range. Can be called repeatedly.
    #[must_use]
    pub fn token(self, token: impl Into<String>) -> Self {
        self.token_with(token, Permissions::all())
    }

    /// Accepts a token that never expires and has these permissions. Can be called repeatedly.
    #[must_use]
    pub fn token_with(mut self, token: impl Into<String>, permissions: Permissions) -> Self {
        self.tokens.push((token.into().into(), Arc::new(permissions)));
        self
    }

    /// Accepts requests that are signed with this access key (AK) and its secret key (SK). Can be called repeatedly.
    ///
    /// Signatures are of the kind SDK-HMAC-SHA256. Their date may differ by 15 minutes.
    #[must_use]
    pub fn access_key(self, access: impl Into<String>, secret: impl Into<String>) -> Self {
        self.access_key_with(access, secret, Permissions::all())
    }

    /// Accepts an access key that has these permissions. Can be called repeatedly.
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

    /// How long the tokens that the emulator issues are valid. The default is 24 hours, as at the real service.
    #[must_use]
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.token_lifetime = lifetime;
        self
    }

    /// Adds an IAM user, which gets tokens from `POST /v3/auth/tokens`. Can be called repeatedly.
    #[must_use]
    pub fn user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }

    /// Adds an agency, for which STS issues temporary access keys. Can be called repeatedly.
    #[must_use]
    pub fn agency(mut self, agency: Agency) -> Self {
        self.agencies.push(agency);
        self
    }

    /// Adds an identity provider, whose users get tokens for an ID token. Can be called repeatedly.
    #[must_use]
    pub fn identity_provider(mut self, provider: IdentityProvider) -> Self {
        self.identity_providers.push(provider);
        self
    }

    /// Adds a repository. Can be called repeatedly.
    #[must_use]
    pub fn repository(mut self, repository: Repository) -> Self {
        self.repositories.push(repository);
        self
    }

    /// Adds a service endpoint: credentials for mirror sources, which callers refer to by `endpoint_uuid`. Can be called
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

    /// The time between the synchronizations of a mirror whose schedule is on, 10 milliseconds or more. The default is 24
    /// hours.
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

    /// How long one synchronization may take before it is stopped and fails. The default is 10 minutes.
    ///
    /// A transfer that stalls for a minute fails earlier.
    #[must_use]
    pub fn git_timeout(mut self, timeout: Duration) -> Self {
        self.git_timeout = timeout;
        self
    }

    /// How many synchronizations run at once, 1 to 1024; others wait. The default is 4.
    #[must_use]
    pub fn max_jobs(mut self, count: usize) -> Self {
        self.max_jobs = count.clamp(1, 1024);
        self
    }

    /// How many connections are open at once, 1 to 1,048,576; others wait to be accepted. The default is 4096.
    #[must_use]
    pub fn max_connections(mut self, count: usize) -> Self {
        self.max_connections = count.clamp(1, 1 << 20);
        self
    }

    /// The longest body of a request, in bytes; a longer one is refused with 413. The default is 1 MiB.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// How long a client may take to send the head or the body of a request, or to receive a part of an answer, before
    /// its connection is closed. The default is 30 seconds.
    #[must_use]
    pub fn client_timeout(mut self, timeout: Duration) -> Self {
        self.limits.client_timeout = timeout;
        self
    }

    /// Adds a fault that is in force from the start. Can be called repeatedly; the first fault that matches a call counts.
    #[must_use]
    pub fn fault(mut self, rule: impl Into<FaultRule>) -> Self {
        self.faults.push(rule.into());
        self
    }

    /// How many calls each operation accepts in any `span` of time; further calls get 429 `APIGW.0308`. The default is no
    /// quota.
    ///
    /// The real service documents 600 calls a minute.
    #[must_use]
    pub fn quota(mut self, calls: usize, span: Duration) -> Self {
        self.quota = Some((calls, span));
        self
    }

    /// Uses another OpenAPI 3.0 document than [`codearts_repo_client::OPENAPI`], such as a changed copy of it.
    ///
    /// The answer to an operation that the emulator does not implement is the example in the document, with the header
    /// `x-emulator-example: true`.
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
    /// - it cannot listen on an address, or the address is not loopback and that was not allowed;
    /// - the data folder cannot be written to;
    /// - a repository id, an upstream's address or folder, or a token is invalid.
    pub async fn start(self) -> Result<Emulator, StartError> {
        Emulator::start(self).await
    }
}
