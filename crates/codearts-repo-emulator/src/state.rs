//! What an emulator starts with: what is stored, and what the owner named.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::builder::EmulatorBuilder;
use crate::error::StartError;
use crate::git::Git;
use crate::registry::Registry;
use crate::setup::{self, Folder};
use crate::store::{Store, StoreError};
use crate::tokens::Tokens;

/// The repositories and the tokens.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) registry: Registry,
    pub(crate) tokens: Tokens,
}

impl State {
    /// Reads what is stored and adds what the owner named. A temporary folder has no store.
    pub(crate) async fn open(builder: &EmulatorBuilder, git: &Git, folder: &Folder) -> Result<Self, StartError> {
        let fixed = builder.tokens.iter().map(|(token, permissions)| (token.bytes(), Arc::clone(permissions)));
        let tokens = Tokens::new(builder.token_life, fixed);
        if folder.temporary.is_some() {
            let repositories = setup::repositories(git, &folder.path, &builder.repositories, []).await?;
            return Ok(Self { registry: Registry::new(folder.path.clone(), repositories, None), tokens });
        }
        let broken = |error: StoreError| StartError::State { path: folder.path.clone(), source: error.into() };
        let store = Arc::new(open(&folder.path).await?);
        let stored = store.repositories().map_err(broken)?;
        let repositories = setup::repositories(git, &folder.path, &builder.repositories, stored).await?;
        store.put_repositories(&repositories).map_err(broken)?;
        let tokens = tokens.with_store(Arc::clone(&store), &builder.users).map_err(broken)?;
        Ok(Self { registry: Registry::new(folder.path.clone(), repositories, Some(store)), tokens })
    }
}

/// Opens the state of the folder. The one that had it last may still be ending.
async fn open(folder: &Path) -> Result<Store, StartError> {
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
    async fn a_state_whose_last_owner_is_just_ending_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let last = Store::open(&folder.path().join("state.redb")).unwrap();
        // The first attempt comes before the end of the last owner.
        let (opened, ()) = tokio::join!(biased; open(folder.path()), async { drop(last) });
        opened.unwrap();
    }
}
