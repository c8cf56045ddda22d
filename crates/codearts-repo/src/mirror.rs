//! The mirror of a repository: its settings and how its last synchronisation went.

use codearts_repo_client::RepositoryId;
use codearts_repo_client::types::RemoteMirror;

use crate::client::Client;
use crate::error::Error;

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
        let answer =
            self.call("ShowRemoteMirror", Some(repository), |client| async move {
                client.show_remote_mirror(&repository).await
            })
            .await?;
        Ok(answer.into_inner())
    }
}
