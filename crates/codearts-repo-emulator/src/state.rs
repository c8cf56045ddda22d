//! The state of an emulator at its start: the stored state, and what the owner described.

use std::sync::Arc;

use crate::builder::EmulatorBuilder;
use crate::error::StartError;
use crate::git::Git;
use crate::registry::Registry;
use crate::setup::{self, Folder};
use crate::storage::Storage;
use crate::tokens::Tokens;

/// The repositories and the tokens.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) registry: Registry,
    pub(crate) tokens: Tokens,
}

impl State {
    /// Reads the stored state, and adds what the owner described. A temporary folder has no store.
    pub(crate) async fn open(builder: &EmulatorBuilder, git: &Git, folder: &Folder) -> Result<Self, StartError> {
        let fixed = builder.tokens.iter().map(|(token, permissions)| (token.bytes(), Arc::clone(permissions)));
        let tokens = Tokens::new(builder.token_lifetime, fixed);
        #[cfg(feature = "store")]
        if folder.temporary.is_none() {
            return stored::open(builder, git, folder, tokens).await;
        }
        let repositories = setup::repositories(git, &folder.path, &builder.repositories, []).await?;
        Ok(Self { registry: Registry::new(folder.path.clone(), repositories, Storage::default()), tokens })
    }
}

#[cfg(feature = "store")]
mod stored {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use super::State;
    use crate::builder::EmulatorBuilder;
    use crate::error::StartError;
    use crate::git::Git;
    use crate::registry::Registry;
    use crate::setup::{self, Folder};
    use crate::storage::Storage;
    use crate::store::{Store, StoreError};
    use crate::tokens::Tokens;

    pub(super) async fn open(
        builder: &EmulatorBuilder,
        git: &Git,
        folder: &Folder,
        tokens: Tokens,
    ) -> Result<State, StartError> {
        let failed = |error: StoreError| StartError::State { path: folder.path.clone(), source: error.into() };
        let store = Arc::new(open_store(&folder.path).await?);
        let stored = store.repositories().map_err(failed)?;
        let repositories = setup::repositories(git, &folder.path, &builder.repositories, stored).await?;
        store.put_repositories(&repositories).map_err(failed)?;
        let tokens = tokens.with_store(Arc::clone(&store), &builder.users).map_err(failed)?;
        let storage = Storage { store: Some(store) };
        Ok(State { registry: Registry::new(folder.path.clone(), repositories, storage), tokens })
    }

    /// Opens the store of the folder. The emulator that used it last may still be ending.
    async fn open_store(folder: &Path) -> Result<Store, StartError> {
        let path = folder.join("state.redb");
        let mut attempts = 0;
        loop {
            match Store::open(&path) {
                Err(error) if error.is_in_use() && attempts < 20 => {
                    attempts += 1;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(error) if error.is_in_use() => return Err(StartError::DataFolderInUse(folder.to_owned())),
                other => return other.map_err(|source| StartError::State { path, source: source.into() }),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
        use super::*;

        #[tokio::test]
        async fn opening_waits_for_the_last_user_of_a_store() {
            let folder = tempfile::tempdir().unwrap();
            let last = Store::open(&folder.path().join("state.redb")).unwrap();
            // The first attempt comes before the end of the last user.
            let (opened, ()) = tokio::join!(biased; open_store(folder.path()), async { drop(last) });
            opened.unwrap();
        }
    }
}
