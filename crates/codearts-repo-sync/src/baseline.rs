//! The state of a mirror before a start.

use codearts_repo::{Client, RepositoryId};
use serde::{Deserialize, Serialize};

use crate::snapshot::Snapshot;
use crate::word::Word;

/// The state of a mirror before a start, against which [`wait`](crate::wait()) tells the new from the old.
///
/// Without it, the words of the previous synchronization, read right after a start, look like those of the new one.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// # let address = emulator.endpoint();
/// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
/// use codearts_repo::RepositoryId;
/// use codearts_repo_sync::{Baseline, Wait, wait};
///
/// let repository = RepositoryId::try_from(123)?;
/// let before = Baseline::take(&client, repository).await?;
/// let job = client.start_sync(repository).send().await?;
/// assert!(wait(&client, &job, Wait::default().since(before)).await?.is_finished());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Baseline {
    #[serde(rename = "repository_id")]
    pub(crate) repository: RepositoryId,
    #[serde(flatten)]
    pub(crate) snapshot: Snapshot,
}

impl Baseline {
    /// Reads the state, with one call. Take it before the start.
    ///
    /// # Errors
    ///
    /// [`codearts_repo::Error`] as for every call.
    pub async fn take(client: &Client, repository: RepositoryId) -> Result<Self, codearts_repo::Error> {
        let snapshot = Snapshot::of(repository, client.show_mirror(repository).await?);
        Ok(Self { repository, snapshot })
    }

    /// The repository that the state is of.
    #[must_use]
    pub const fn repository(&self) -> RepositoryId {
        self.repository
    }
    /// Whether this state shows a synchronization that began after `before` was read. Without a state before, only a
    /// synchronization that runs shows that.
    pub(crate) fn shows_start_since(&self, before: Option<&Self>) -> bool {
        match before {
            Some(before) => self.snapshot.began_since(&before.snapshot),
            None => self.snapshot.word() == Word::Active,
        }
    }

    /// The same state with texts that are no longer than is needed to compare them.
    pub(crate) fn bounded(&self) -> Self {
        Self { repository: self.repository, snapshot: self.snapshot.bounded() }
    }
}
