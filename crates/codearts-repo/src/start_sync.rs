//! Starting a mirror synchronisation.

use codearts_repo_client::RepositoryId;
use codearts_repo_client::types::{RemoteMirrorSyncRequest, RemoteMirrorSyncResponse};

use crate::Error;
use crate::call::Operation;
use crate::client::Client;
use crate::credentials::RemoteCredentials;
use codearts_repo_client::internal::Secrets;

const START: Operation<'_> = Operation { name: "StartRemoteMirrorSynchronization", only_reads: false, options: None };

/// How a synchronisation reads its source. What is not set is not sent, and the service decides.
///
/// A public source needs nothing. What the service does when both credentials and an endpoint are given is not
/// documented; both are sent then.
///
/// ```
/// use codearts_repo::{RemoteCredentials, SyncOptions};
///
/// let private = SyncOptions::new().remote_credentials(RemoteCredentials::new("alice", "s3cr3t"));
/// let rewritten = SyncOptions::new().force_fetch(true);
/// assert!(!format!("{private:?}{rewritten:?}").contains("s3cr3t"));
/// ```
#[derive(Debug, Clone, Default)]
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

    /// Sets the service endpoint of the project that holds the credentials, by its UUID.
    #[must_use]
    pub fn endpoint_uuid(mut self, uuid: impl Into<String>) -> Self {
        self.endpoint_uuid = Some(uuid.into());
        self
    }

    /// Sets whether the synchronisation is forced. The vendor states no default.
    #[must_use]
    pub const fn force_fetch(mut self, force: bool) -> Self {
        self.force_fetch = Some(force);
        self
    }

    /// Puts `***` in place of the user name and the password of the source, plain and in Base64, wherever they stand in
    /// a text. Answers to the start itself come without them; the `last_error` of a later look may repeat them.
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

    /// What an answer may repeat and nobody may read.
    pub(crate) fn secrets(&self, secrets: &mut Secrets) {
        if let Some(credentials) = &self.remote_credentials {
            credentials.secrets(secrets);
        }
    }

    pub(crate) fn body(&self) -> RemoteMirrorSyncRequest {
        let credentials = self.remote_credentials.as_ref();
        RemoteMirrorSyncRequest {
            username: credentials.and_then(RemoteCredentials::username_on_the_wire),
            password: credentials.and_then(RemoteCredentials::password_on_the_wire),
            endpoint_uuid: self.endpoint_uuid.clone(),
            force_fetch: self.force_fetch,
        }
    }
}

/// A synchronisation that the service accepted. It runs on; its end shows in the mirror's state.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncJob {
    /// The repository.
    pub repository: RepositoryId,
    /// The task id, `jid` in the vendor's words. No operation of the API takes it.
    pub id: String,
}

impl SyncJob {
    /// A synchronisation that was started earlier, as the caller kept it.
    pub fn new(repository: RepositoryId, id: impl Into<String>) -> Self {
        Self { repository, id: id.into() }
    }
}

/// A start that is being put together; [`send`](Self::send) makes the call.
#[derive(Debug, Clone)]
#[must_use = "nothing is started until `send` is awaited"]
pub struct StartSync<'a> {
    client: &'a Client,
    repository: RepositoryId,
    options: SyncOptions,
}

impl<'a> StartSync<'a> {
    pub(crate) fn into_parts(self) -> (&'a Client, RepositoryId, SyncOptions) {
        (self.client, self.repository, self.options)
    }

    /// Sets all options at once, in place of those set before.
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

    /// Starts the synchronisation.
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call. An answer of success without a task id is an error too. Ask
    /// [`Error::may_have_been_sent`] before you repeat a start that failed.
    pub async fn send(self) -> Result<SyncJob, Error> {
        let Self { client, repository, options } = self;
        let body = &options.body();
        let operation = Operation { options: Some(&options), ..START };
        let answer = client
            .call_checked(
                operation,
                Some(repository),
                |client| async move {
                    client
                        .start_remote_mirror_synchronization()
                        .repository_id(repository)
                        .body(body.clone())
                        .send()
                        .await
                },
                |accepted| task_id(accepted).is_none().then_some("has no task id (jid)"),
            )
            .await?;
        let id = answer.into_inner().jid.unwrap_or_default();
        Ok(SyncJob { repository, id })
    }
}

fn task_id(answer: &RemoteMirrorSyncResponse) -> Option<&str> {
    answer.jid.as_deref().filter(|id| !id.is_empty())
}

impl Client {
    /// Starts the synchronisation of a repository with its mirror source.
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
    ///     .send()
    ///     .await?;
    /// println!("started {}", job.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn start_sync(&self, repository: RepositoryId) -> StartSync<'_> {
        StartSync { client: self, repository, options: SyncOptions::new() }
    }
}
