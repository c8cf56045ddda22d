//! Stores changes, if the owner has set a data folder.

#[cfg(feature = "store")]
use std::sync::Arc;

use crate::repository::RepositoryRecord;
#[cfg(feature = "store")]
use crate::store::Store;
use crate::tokens::{TokenDigest, TokenRecord};

/// The database of the data folder, if there is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Storage {
    #[cfg(feature = "store")]
    pub(crate) store: Option<Arc<Store>>,
}

#[cfg(feature = "store")]
impl Storage {
    pub(crate) fn put_repository(&self, id: u64, repository: &RepositoryRecord) {
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.put_repositories([(&id, repository)])) {
            tracing::error!(repository = id, error = &error as &dyn std::error::Error, "the state could not be stored");
        }
    }

    pub(crate) fn put_token(&self, digest: &TokenDigest, token: &TokenRecord) {
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.put_token(digest, token)) {
            tracing::error!(error = &error as &dyn std::error::Error, "a token could not be stored");
        }
    }
}

#[cfg(not(feature = "store"))]
impl Storage {
    pub(crate) fn put_repository(&self, _: u64, _: &RepositoryRecord) {}

    pub(crate) fn put_token(&self, _: &TokenDigest, _: &TokenRecord) {}
}
