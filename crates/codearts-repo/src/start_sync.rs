//! Starting a mirror synchronization.

use codearts_repo_client::internal::Secrets;
use codearts_repo_client::types::{RemoteMirrorSyncRequest, RemoteMirrorSyncResponse};
use codearts_repo_client::{Client as Generated, RepositoryId, WireSecret};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::call::{BoxFuture, Operation, Sending};
use crate::client::Client;
use crate::credentials::RemoteCredentials;
use crate::preview::{MASKED, RequestPreview};

const START: Operation = Operation { name: "StartRemoteMirrorSynchronization", only_reads: false };

/// How a synchronization reads its source. The service decides what is not set.
///
/// A public source needs nothing. The vendor does not document what the service does with both credentials and an
/// endpoint; both are sent.
///
/// ```
/// use codearts_repo::{RemoteCredentials, SyncOptions};
///
/// let private = SyncOptions::new().remote_credentials(RemoteCredentials::new("alice", "s3cr3t"));
/// let rewritten = SyncOptions::new().force_fetch(true);
/// assert!(!format!("{private:?}{rewritten:?}").contains("s3cr3t"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncOptions {
    remote_credentials: Option<RemoteCredentials>,
    endpoint_uuid: Option<String>,
    force_fetch: Option<bool>,
}

impl SyncOptions {
    /// No options: a public source, or one whose endpoint the mirror already names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the user name and password at the mirror source.
    #[must_use]
    pub fn remote_credentials(mut self, credentials: RemoteCredentials) -> Self {
        self.remote_credentials = Some(credentials);
        self
    }

    /// Sets the UUID of the service endpoint, in the project, that has the credentials.
    #[must_use]
    pub fn endpoint_uuid(mut self, uuid: impl Into<String>) -> Self {
        self.endpoint_uuid = Some(uuid.into());
        self
    }

    /// Sets whether the synchronization is forced. The vendor states no default.
    #[must_use]
    pub const fn force_fetch(mut self, force: bool) -> Self {
        self.force_fetch = Some(force);
        self
    }

    /// Replaces the user name and the password of the source with `***` in a text, in any encoding. The `last_error` of
    /// a mirror may repeat them.
    ///
    /// ```
    /// use codearts_repo::{RemoteCredentials, SyncOptions};
    ///
    /// let options = SyncOptions::new().remote_credentials(RemoteCredentials::new("alice", "s3cr3t"));
    /// let mut text = "cannot log in as alice with s3cr3t".to_owned();
    /// options.hide_credentials(&mut text);
    /// assert_eq!(text, "cannot log in as *** with ***");
    /// ```
    pub fn hide_credentials(&self, text: &mut String) {
        let mut secrets = Secrets::default();
        self.secrets(&mut secrets);
        secrets.hide(text);
    }

    /// What an answer may repeat.
    pub(crate) fn secrets(&self, secrets: &mut Secrets) {
        if let Some(credentials) = &self.remote_credentials {
            credentials.secrets(secrets);
        }
    }

    pub(crate) fn body(&self) -> RemoteMirrorSyncRequest {
        let credentials = self.remote_credentials.as_ref();
        let mut body = RemoteMirrorSyncRequest::default();
        body.username = credentials.and_then(RemoteCredentials::username_on_the_wire);
        body.password = credentials.and_then(RemoteCredentials::password_on_the_wire);
        body.endpoint_uuid.clone_from(&self.endpoint_uuid);
        body.force_fetch = self.force_fetch;
        body
    }
}

/// A synchronization that the service accepted. The state of the mirror shows how it ends.
///
/// It can be stored, and another process can wait for its end.
///
/// ```
/// use codearts_repo::{RepositoryId, SyncJob};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let job = SyncJob::new(RepositoryId::try_from(123)?, "0123abcd");
/// let stored = serde_json::to_string(&job)?;
/// assert_eq!(serde_json::from_str::<SyncJob>(&stored)?, job);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SyncJob {
    /// The repository.
    pub repository: RepositoryId,
    /// The ID of the task, `jid` in the vendor's words. No operation of the API takes it.
    pub id: String,
}

impl SyncJob {
    /// A synchronization that was started earlier.
    pub fn new(repository: RepositoryId, id: impl Into<String>) -> Self {
        Self { repository, id: id.into() }
    }
}

/// A request to start a synchronization. Await it, or [`preview`](Self::preview) it.
#[derive(Debug, Clone)]
#[must_use = "nothing is started until it is awaited"]
pub struct StartSync {
    client: Client,
    repository: RepositoryId,
    options: SyncOptions,
}

impl StartSync {
    /// Sets all options at once.
    pub fn options(mut self, options: SyncOptions) -> Self {
        self.options = options;
        self
    }

    /// See [`SyncOptions::remote_credentials`].
    pub fn remote_credentials(mut self, credentials: RemoteCredentials) -> Self {
        self.options = self.options.remote_credentials(credentials);
        self
    }

    /// See [`SyncOptions::endpoint_uuid`].
    pub fn endpoint_uuid(mut self, uuid: impl Into<String>) -> Self {
        self.options = self.options.endpoint_uuid(uuid);
        self
    }

    /// See [`SyncOptions::force_fetch`].
    pub fn force_fetch(mut self, force: bool) -> Self {
        self.options = self.options.force_fetch(force);
        self
    }

    /// Starts the synchronization.
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call. An answer of success without a task ID is an error too. Check
    /// [`Error::may_have_taken_effect`] before you retry a start that failed.
    pub async fn send(self) -> Result<SyncJob, Error> {
        let Self { client, repository, options } = self;
        let secrets = |secrets: &mut Secrets| options.secrets(secrets);
        let problem = |answer: &RemoteMirrorSyncResponse| task_id(answer).is_none().then_some("has no task ID (jid)");
        let answer = client
            .call_with_secrets(
                START,
                Some(repository),
                secrets,
                |client| start(client, repository, options.body()),
                problem,
            )
            .await?;
        Ok(SyncJob { repository, id: answer.into_inner().jid.unwrap_or_default() })
    }

    /// The request that [`send`](Self::send) would make. Nothing is sent, not even to IAM.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use codearts_repo::{Client, Region, RemoteCredentials, RepositoryId, Token};
    ///
    /// let client = Client::builder().region(Region::CN_NORTH_4).auth(Token::new("t")?).build()?;
    /// let start = client.start_sync(RepositoryId::try_from(123)?);
    /// let request = start.remote_credentials(RemoteCredentials::password_only("s3cr3t")).preview().await?;
    /// assert_eq!(request.body, r#"{"password":"***"}"#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] if the request cannot be made.
    pub async fn preview(self) -> Result<RequestPreview, Error> {
        let mut body = self.options.body();
        for secret in [&mut body.username, &mut body.password].into_iter().flatten() {
            *secret = WireSecret::new(MASKED);
        }
        self.client.preview(|client| start(client, self.repository, body)).await
    }
}

impl IntoFuture for StartSync {
    type Output = Result<SyncJob, Error>;
    type IntoFuture = BoxFuture<SyncJob>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

fn start(
    client: &Generated,
    repository: RepositoryId,
    body: RemoteMirrorSyncRequest,
) -> Sending<'_, RemoteMirrorSyncResponse> {
    Box::pin(client.start_remote_mirror_synchronization().repository_id(repository).body(body).send())
}

fn task_id(answer: &RemoteMirrorSyncResponse) -> Option<&str> {
    answer.jid.as_deref().filter(|id| !id.is_empty())
}

impl Client {
    /// Starts the synchronization of a repository with its mirror source.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// use codearts_repo::{Client, RemoteCredentials, RepositoryId, Token};
    ///
    /// # let address = emulator.endpoint();
    /// let client = Client::builder().endpoint(address.parse()?).auth(Token::new("t")?).build()?;
    /// let job = client
    ///     .start_sync(RepositoryId::try_from(123)?)
    ///     .remote_credentials(RemoteCredentials::new("alice", "s3cr3t"))
    ///     .force_fetch(true)
    ///     .await?;
    /// println!("started {}", job.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn start_sync(&self, repository: RepositoryId) -> StartSync {
        StartSync { client: self.clone(), repository, options: SyncOptions::new() }
    }
}
