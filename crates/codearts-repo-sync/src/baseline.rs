//! The state of a mirror before a start.

use codearts_repo::{Client, RepositoryId};

use crate::snapshot::Snapshot;

/// The state of a mirror before a start, against which [`wait`](crate::wait()) tells the new from the old.
///
/// Without it, the words of the previous synchronisation, read right after a start, look like those of the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    pub(crate) repository: RepositoryId,
    pub(crate) snapshot: Snapshot,
}

impl Baseline {
    /// Reads the state, with one call. Take it before the start.
    ///
    /// # Errors
    ///
    /// [`codearts_repo::Error`] as for every call.
    pub async fn take(client: &Client, repository: RepositoryId) -> Result<Self, codearts_repo::Error> {
        let snapshot = Snapshot::from(client.show_mirror(repository).await?);
        Ok(Self { repository, snapshot })
    }

    /// The repository that the state is of.
    #[must_use]
    pub const fn repository(&self) -> RepositoryId {
        self.repository
    }
}
