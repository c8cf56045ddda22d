//! What outlives the emulator: the repositories' state and the issued tokens, in an embedded database.

use std::path::Path;

use jiff::Timestamp;
use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::mirror::{Mirror, MirrorUrl};

const REPOSITORIES: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("repositories");
const TOKENS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("tokens");

/// The database of a data folder. One emulator at a time has it open.
#[derive(Debug)]
pub(crate) struct Store(Database);

/// A repository as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredRepository {
    pub(crate) name: String,
    pub(crate) archived: bool,
    pub(crate) starred: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) uuid: String,
    pub(crate) mirror: Option<Mirror>,
    /// The upstream that the owner named last, to notice when it names another.
    pub(crate) owners_upstream: Option<MirrorUrl>,
}

/// A token as it is stored; its key is the token's digest, so that the token itself is in no file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StoredToken {
    pub(crate) expires_at: Timestamp,
    /// The account and the name of the user it was issued to; `None` for one of the owner.
    pub(crate) user: Option<(String, String)>,
}

/// Why the database could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("the database of the data folder could not be used")]
    Database(#[source] Box<redb::Error>),
    #[error("the database of the data folder holds something that this version cannot read")]
    Content(#[from] serde_json::Error),
}

macro_rules! from_database {
    ($($error:ident),*) => {
        $(impl From<redb::$error> for StoreError {
            fn from(error: redb::$error) -> Self {
                Self::Database(Box::new(error.into()))
            }
        })*
    };
}

from_database!(CommitError, DatabaseError, StorageError, TableError, TransactionError);

impl StoreError {
    /// Whether another emulator has the database open.
    pub(crate) fn is_in_use(&self) -> bool {
        matches!(self, Self::Database(error) if matches!(**error, redb::Error::DatabaseAlreadyOpen))
    }
}

impl Store {
    /// Opens the database, or makes it.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let database = Database::create(path)?;
        let transaction = database.begin_write()?;
        transaction.open_table(REPOSITORIES)?;
        transaction.open_table(TOKENS)?;
        transaction.commit()?;
        Ok(Self(database))
    }

    /// All repositories by id.
    pub(crate) fn repositories(&self) -> Result<Vec<(u32, StoredRepository)>, StoreError> {
        let transaction = self.0.begin_read()?;
        let table = transaction.open_table(REPOSITORIES)?;
        let mut all = Vec::new();
        for item in table.iter()? {
            let (id, value) = item?;
            all.push((id.value(), read(value.value())?));
        }
        Ok(all)
    }

    /// All tokens that have not expired, by digest; those that have are removed.
    pub(crate) fn tokens(&self) -> Result<Vec<([u8; 32], StoredToken)>, StoreError> {
        let now = Timestamp::now();
        let transaction = self.0.begin_write()?;
        let mut all = Vec::new();
        {
            let mut table = transaction.open_table(TOKENS)?;
            let is_over = |value: &[u8]| read::<StoredToken>(value).is_ok_and(|token| token.expires_at <= now);
            table.retain(|_, value| !is_over(value))?;
            for item in table.iter()? {
                let (digest, value) = item?;
                if let Ok(digest) = digest.value().try_into() {
                    all.push((digest, read(value.value())?));
                }
            }
        }
        transaction.commit()?;
        Ok(all)
    }

    /// Stores many at once, which takes as long as storing one.
    pub(crate) fn put_repositories<'r>(
        &self,
        repositories: impl IntoIterator<Item = (&'r u32, &'r StoredRepository)>,
    ) -> Result<(), StoreError> {
        let transaction = self.0.begin_write()?;
        {
            let mut table = transaction.open_table(REPOSITORIES)?;
            for (id, repository) in repositories {
                table.insert(id, serde_json::to_vec(repository)?.as_slice())?;
            }
        }
        Ok(transaction.commit()?)
    }

    pub(crate) fn put_repository(&self, id: u32, repository: &StoredRepository) -> Result<(), StoreError> {
        self.put_repositories([(&id, repository)])
    }

    pub(crate) fn put_token(&self, digest: &[u8; 32], token: &StoredToken) -> Result<(), StoreError> {
        let value = serde_json::to_vec(token)?;
        let transaction = self.0.begin_write()?;
        transaction.open_table(TOKENS)?.insert(digest.as_slice(), value.as_slice())?;
        Ok(transaction.commit()?)
    }
}

fn read<T: DeserializeOwned>(value: &[u8]) -> Result<T, StoreError> {
    Ok(serde_json::from_slice(value)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[test]
    fn what_was_put_is_there_after_opening_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.redb");
        let repository = StoredRepository {
            name: "a".to_owned(),
            archived: false,
            starred: true,
            created_at: Timestamp::UNIX_EPOCH,
            uuid: "u".to_owned(),
            mirror: Some(Mirror::new(None)),
            owners_upstream: Some(MirrorUrl::from_caller("https://git.example.com/a.git")),
        };
        let token = |expires_at| StoredToken { expires_at, user: None };
        {
            let store = Store::open(&path).unwrap();
            store.put_repository(7, &repository).unwrap();
            store.put_token(&[1; 32], &token(Timestamp::MAX)).unwrap();
            store.put_token(&[2; 32], &token(Timestamp::UNIX_EPOCH)).unwrap();
            assert!(Store::open(&path).is_err(), "only one at a time");
        }
        let store = Store::open(&path).unwrap();
        assert_eq!(store.repositories().unwrap(), [(7, repository)]);
        let tokens = store.tokens().unwrap();
        assert_eq!(tokens.iter().map(|(digest, _)| *digest).collect::<Vec<_>>(), [[1; 32]]);
    }
}
