//! The embedded database of a data folder: the state of the repositories, and the issued tokens.

use std::path::Path;

use jiff::Timestamp;
use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use serde::de::DeserializeOwned;

use crate::private;
use crate::repository::RepositoryRecord;
use crate::tokens::{TokenDigest, TokenRecord};

const REPOSITORIES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("repositories");
const TOKENS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("tokens");

/// The database of a data folder. Only one emulator at a time can open it.
#[derive(Debug)]
pub(crate) struct Store(Database);

/// Why the database could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("the database of the data folder failed")]
    Database(#[source] Box<redb::Error>),
    #[error("the database of the data folder has content that this version cannot read")]
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
    /// Whether another emulator has opened the database.
    pub(crate) fn is_in_use(&self) -> bool {
        matches!(self, Self::Database(error) if matches!(**error, redb::Error::DatabaseAlreadyOpen))
    }
}

impl Store {
    /// Opens the database, or creates one that only its owner can read.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        private::create_file(path).map_err(|error| StoreError::Database(Box::new(redb::Error::Io(error))))?;
        let database = Database::create(path)?;
        let transaction = database.begin_write()?;
        transaction.open_table(REPOSITORIES)?;
        transaction.open_table(TOKENS)?;
        transaction.commit()?;
        Ok(Self(database))
    }

    /// All repositories by id.
    pub(crate) fn repositories(&self) -> Result<Vec<(u64, RepositoryRecord)>, StoreError> {
        let transaction = self.0.begin_read()?;
        let table = transaction.open_table(REPOSITORIES)?;
        let mut all = Vec::new();
        for item in table.iter()? {
            let (id, value) = item?;
            all.push((id.value(), read(value.value())?));
        }
        Ok(all)
    }

    /// All tokens that have not expired, by digest. Expired ones are removed.
    pub(crate) fn tokens(&self) -> Result<Vec<(TokenDigest, TokenRecord)>, StoreError> {
        let now = Timestamp::now();
        let transaction = self.0.begin_write()?;
        let mut all = Vec::new();
        {
            let mut table = transaction.open_table(TOKENS)?;
            let is_expired = |value: &[u8]| read::<TokenRecord>(value).is_ok_and(|token| token.expires_at <= now);
            table.retain(|_, value| !is_expired(value))?;
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

    /// Stores many repositories at once, which takes as long as storing one.
    pub(crate) fn put_repositories<'r>(
        &self,
        repositories: impl IntoIterator<Item = (&'r u64, &'r RepositoryRecord)>,
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

    pub(crate) fn put_token(&self, digest: &TokenDigest, token: &TokenRecord) -> Result<(), StoreError> {
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
    use crate::mirror::{Mirror, MirrorUrl};

    use super::*;

    #[test]
    fn the_content_survives_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.redb");
        let repository = RepositoryRecord {
            name: "a".to_owned(),
            project_id: "p".to_owned(),
            archived: false,
            starred: true,
            created_at: Timestamp::UNIX_EPOCH,
            uuid: "u".to_owned(),
            mirror: Some(Mirror::new(None)),
            owners_upstream: Some(MirrorUrl::from_caller("https://git.example.com/a.git")),
        };
        let token = |expires_at| TokenRecord { expires_at, user: None };
        {
            let store = Store::open(&path).unwrap();
            store.put_repositories([(&7, &repository)]).unwrap();
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
