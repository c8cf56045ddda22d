//! The mirror of a repository: its settings and the state of its last synchronization.

use codearts_repo_client::types::{
    RemoteMirror, SyncBranchType, UpdateRemoteMirrorRequest, UpdateRemoteMirrorResponse,
};
use codearts_repo_client::{Client as Generated, MirrorUrl, RepositoryId};

use crate::Error;
use crate::call::{BoxFuture, Operation, Sending};
use crate::client::Client;
use crate::preview::RequestPreview;

const SHOW: Operation = Operation { name: "ShowRemoteMirror", only_reads: true };
const UPDATE: Operation = Operation { name: "UpdateRepositoryRemoteMirror", only_reads: false };
const ASSOCIATE: Operation = Operation { name: "AssociateRemoteMirror", only_reads: false };

/// Changes to the settings of a mirror. What is not set stays as it is.
///
/// ```
/// use codearts_repo::{MirrorSettings, SyncBranchType};
///
/// # fn main() -> Result<(), codearts_repo::InvalidMirrorUrl> {
/// let settings = MirrorSettings::new()
///     .url("https://git.example.com/team/project.git".parse()?)
///     .branches(SyncBranchType::All);
/// # let _ = settings;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[must_use = "settings do nothing until they are passed to `UpdateMirror::settings`"]
pub struct MirrorSettings(pub(crate) UpdateRemoteMirrorRequest);

impl MirrorSettings {
    /// No change.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the mirror source.
    pub fn url(mut self, url: MirrorUrl) -> Self {
        self.0.url = Some(url);
        self
    }

    /// Sets which branches are synchronized.
    pub const fn branches(mut self, branches: SyncBranchType) -> Self {
        self.0.sync_branch_type = Some(branches);
        self
    }

    /// Sets `mirroring_enabled`, which is sent as it is.
    ///
    /// The vendor's pages contradict each other: the name, its title and the answers say that true turns the scheduled
    /// synchronization on; the Chinese page of this call says that true turns it off. Which of them is right is
    /// unverified. Check the answer of [`Client::update_mirror`] and of [`Client::show_mirror`].
    pub const fn mirroring_enabled(mut self, enabled: bool) -> Self {
        self.0.mirroring_enabled = Some(enabled);
        self
    }

    /// Sets the UUID of the service endpoint, in the project, that has the credentials.
    pub fn endpoint_uuid(mut self, uuid: impl Into<String>) -> Self {
        self.0.endpoint_uuid = Some(uuid.into());
        self
    }
}

impl Client {
    /// Shows the mirror of a repository: its source, its settings, and the state of the last synchronization.
    ///
    /// The vendor documents neither the values of `update_status` nor the form of the two times; every field may be
    /// missing. The crate `codearts-repo-sync` turns them into an outcome.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// use codearts_repo::{Client, RepositoryId, Token};
    ///
    /// # let address = emulator.endpoint();
    /// let client = Client::builder().endpoint(address.parse()?).auth(Token::new("t")?).build()?;
    /// let mirror = client.show_mirror(RepositoryId::try_from(123)?).await?;
    /// println!("{:?}: {:?}", mirror.url, mirror.update_status);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call; 404 for a repository that does not exist.
    pub async fn show_mirror(&self, repository: RepositoryId) -> Result<RemoteMirror, Error> {
        let answer = self
            .call(SHOW, Some(repository), |client| {
                Box::pin(client.show_remote_mirror().repository_id(repository).send())
            })
            .await?;
        Ok(answer.into_inner())
    }

    /// Changes the settings of a mirror. The answer repeats what the service has set.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::{RepositoryId, SyncBranchType};
    ///
    /// let update = client.update_mirror(RepositoryId::try_from(123)?).branches(SyncBranchType::Default);
    /// assert_eq!(update.clone().preview().await?.body, r#"{"sync_branch_type":"default"}"#);
    /// let after = update.await?;
    /// assert_eq!(after.sync_branch_type.as_deref(), Some("default"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_mirror(&self, repository: RepositoryId) -> UpdateMirror {
        UpdateMirror { client: self.clone(), repository, settings: MirrorSettings::new() }
    }

    /// Turns a repository into a mirror of a source.
    ///
    /// The vendor's page shows no body for this call, and the vendor's SDK sends an optional `url`. What the service does
    /// without one is unverified.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository};
    /// # let emulator = Emulator::builder().token("t").repository(Repository::new(124)).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::RepositoryId;
    ///
    /// let source = "https://git.example.com/team/project.git".parse()?;
    /// let mirror = client.associate_mirror(RepositoryId::try_from(124)?).url(source).await?;
    /// assert_eq!(mirror.url.as_deref(), Some("https://git.example.com/team/project.git"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn associate_mirror(&self, repository: RepositoryId) -> AssociateMirror {
        AssociateMirror { client: self.clone(), repository, url: None }
    }
}

/// A request to change the settings of a mirror. Await it, or [`preview`](Self::preview) it.
#[derive(Debug, Clone)]
#[must_use = "nothing is changed until it is awaited"]
pub struct UpdateMirror {
    client: Client,
    repository: RepositoryId,
    settings: MirrorSettings,
}

impl UpdateMirror {
    /// Sets all settings at once.
    pub fn settings(mut self, settings: MirrorSettings) -> Self {
        self.settings = settings;
        self
    }

    /// See [`MirrorSettings::url`].
    pub fn url(mut self, url: MirrorUrl) -> Self {
        self.settings = self.settings.url(url);
        self
    }

    /// See [`MirrorSettings::branches`].
    pub fn branches(mut self, branches: SyncBranchType) -> Self {
        self.settings = self.settings.branches(branches);
        self
    }

    /// See [`MirrorSettings::mirroring_enabled`].
    pub fn mirroring_enabled(mut self, enabled: bool) -> Self {
        self.settings = self.settings.mirroring_enabled(enabled);
        self
    }

    /// See [`MirrorSettings::endpoint_uuid`].
    pub fn endpoint_uuid(mut self, uuid: impl Into<String>) -> Self {
        self.settings = self.settings.endpoint_uuid(uuid);
        self
    }

    /// Changes the settings.
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call.
    pub async fn send(self) -> Result<UpdateRemoteMirrorResponse, Error> {
        let Self { client, repository, settings } = self;
        let answer =
            client.call(UPDATE, Some(repository), |client| update(client, repository, settings.0.clone())).await?;
        Ok(answer.into_inner())
    }

    /// The request that [`send`](Self::send) would make. Nothing is sent, not even to IAM.
    ///
    /// # Errors
    ///
    /// [`Error`] if the request cannot be made.
    pub async fn preview(self) -> Result<RequestPreview, Error> {
        self.client.preview(|client| update(client, self.repository, self.settings.0)).await
    }
}

impl IntoFuture for UpdateMirror {
    type Output = Result<UpdateRemoteMirrorResponse, Error>;
    type IntoFuture = BoxFuture<UpdateRemoteMirrorResponse>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

fn update(
    client: &Generated,
    repository: RepositoryId,
    body: UpdateRemoteMirrorRequest,
) -> Sending<'_, UpdateRemoteMirrorResponse> {
    Box::pin(client.update_repository_remote_mirror().repository_id(repository).body(body).send())
}

/// A request to turn a repository into a mirror. Await it, or [`preview`](Self::preview) it.
#[derive(Debug, Clone)]
#[must_use = "nothing is changed until it is awaited"]
pub struct AssociateMirror {
    client: Client,
    repository: RepositoryId,
    url: Option<MirrorUrl>,
}

impl AssociateMirror {
    /// Sets the mirror source.
    pub fn url(mut self, url: MirrorUrl) -> Self {
        self.url = Some(url);
        self
    }

    /// Turns the repository into a mirror.
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call.
    pub async fn send(self) -> Result<RemoteMirror, Error> {
        let Self { client, repository, url } = self;
        let answer =
            client.call(ASSOCIATE, Some(repository), |client| associate(client, repository, url.clone())).await?;
        Ok(answer.into_inner())
    }

    /// The request that [`send`](Self::send) would make. Nothing is sent, not even to IAM.
    ///
    /// # Errors
    ///
    /// [`Error`] if the request cannot be made.
    pub async fn preview(self) -> Result<RequestPreview, Error> {
        self.client.preview(|client| associate(client, self.repository, self.url)).await
    }
}

impl IntoFuture for AssociateMirror {
    type Output = Result<RemoteMirror, Error>;
    type IntoFuture = BoxFuture<RemoteMirror>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

fn associate(client: &Generated, repository: RepositoryId, url: Option<MirrorUrl>) -> Sending<'_, RemoteMirror> {
    Box::pin(client.associate_remote_mirror().repository_id(repository).body_map(|body| body.url(url)).send())
}
