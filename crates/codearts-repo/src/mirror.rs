//! The mirror of a repository: its settings and how its last synchronisation went.

use codearts_repo_client::types::{
    AssociateRemoteMirrorRequest, RemoteMirror, SyncBranchType, UpdateRemoteMirrorRequest, UpdateRemoteMirrorResponse,
};
use codearts_repo_client::{MirrorUrl, RepositoryId};

use crate::Error;
use crate::call::Operation;
use crate::client::Client;

const SHOW: Operation<'_> = Operation { name: "ShowRemoteMirror", only_reads: true, options: None };
const UPDATE: Operation<'_> = Operation { name: "UpdateRepositoryRemoteMirror", only_reads: false, options: None };
const ASSOCIATE: Operation<'_> = Operation { name: "AssociateRemoteMirror", only_reads: false, options: None };

/// The settings of a mirror that are to change; what is not set stays as it is.
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
#[derive(Debug, Clone, Default)]
#[must_use = "settings do nothing until they are given to `update_mirror`"]
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

    /// Sets which branches are synchronised.
    pub const fn branches(mut self, branches: SyncBranchType) -> Self {
        self.0.sync_branch_type = Some(branches);
        self
    }

    /// Sets `mirroring_enabled`, sent as it is given.
    ///
    /// The vendor's pages contradict each other about its sense: the name, its title and the answers say that true
    /// turns the scheduled synchronisation on; the Chinese page for this call says that true turns it off. Which of
    /// the two the service does is unverified. Look at the answer of [`Client::update_mirror`], and at
    /// [`Client::show_mirror`] afterwards.
    pub const fn mirroring_enabled(mut self, enabled: bool) -> Self {
        self.0.mirroring_enabled = Some(enabled);
        self
    }

    /// Sets the service endpoint of the project that holds the credentials, by its UUID.
    pub fn endpoint_uuid(mut self, uuid: impl Into<String>) -> Self {
        self.0.endpoint_uuid = Some(uuid.into());
        self
    }
}

impl Client {
    /// Shows the mirror of a repository: its source, its settings, and the state of the last synchronisation.
    ///
    /// The vendor documents neither the values of `update_status` nor the form of the two times; every field may be
    /// missing. The crate `codearts-repo-sync` makes an outcome of them.
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
            .call(SHOW, Some(repository), |client| async move {
                client.show_remote_mirror().repository_id(repository).send().await
            })
            .await?;
        Ok(answer.into_inner())
    }

    /// Changes the mirror of a repository, and says what the service says was set.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::{MirrorSettings, RepositoryId, SyncBranchType};
    ///
    /// let settings = MirrorSettings::new().branches(SyncBranchType::Default);
    /// let after = client.update_mirror(RepositoryId::try_from(123)?, settings).await?;
    /// assert_eq!(after.sync_branch_type.as_deref(), Some("default"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call.
    pub async fn update_mirror(
        &self,
        repository: RepositoryId,
        settings: MirrorSettings,
    ) -> Result<UpdateRemoteMirrorResponse, Error> {
        let body = &settings.0;
        let answer = self
            .call(UPDATE, Some(repository), |client| async move {
                client.update_repository_remote_mirror().repository_id(repository).body(body.clone()).send().await
            })
            .await?;
        Ok(answer.into_inner())
    }

    /// Turns a repository into a mirror of a source.
    ///
    /// The vendor's page shows no body for this call and the vendor's SDK sends an optional `url`; what the service
    /// does without one is unverified.
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
    /// let mirror = client.associate_mirror(RepositoryId::try_from(124)?, Some(source)).await?;
    /// assert_eq!(mirror.url.as_deref(), Some("https://git.example.com/team/project.git"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call.
    pub async fn associate_mirror(
        &self,
        repository: RepositoryId,
        source: Option<MirrorUrl>,
    ) -> Result<RemoteMirror, Error> {
        let body = &AssociateRemoteMirrorRequest { url: source };
        let answer = self
            .call(ASSOCIATE, Some(repository), |client| async move {
                client.associate_remote_mirror().repository_id(repository).body(body.clone()).send().await
            })
            .await?;
        Ok(answer.into_inner())
    }
}
