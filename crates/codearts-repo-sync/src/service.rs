//! The calls that a run makes.

use std::future::ready;

use codearts_repo::{Client, Error as ServiceError, RemoteMirror, RepositoryId, SyncJob, SyncOptions};
use futures_util::future::BoxFuture;

/// The calls that a run makes, each once. Tests put a model of the service in its place.
pub(crate) trait Service: Send + Sync {
    /// Gets what authorizes the next call. Nothing is sent to the service.
    fn prepare_auth(&self) -> BoxFuture<'_, Result<(), ServiceError>> {
        Box::pin(ready(Ok(())))
    }

    fn show(&self, repository: RepositoryId) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>>;

    fn start<'a>(
        &'a self,
        repository: RepositoryId,
        options: &'a SyncOptions,
    ) -> BoxFuture<'a, Result<SyncJob, ServiceError>>;
}

impl Service for Client {
    fn prepare_auth(&self) -> BoxFuture<'_, Result<(), ServiceError>> {
        Box::pin(Self::prepare_auth(self))
    }

    fn show(&self, repository: RepositoryId) -> BoxFuture<'_, Result<RemoteMirror, ServiceError>> {
        Box::pin(self.show_mirror(repository))
    }

    fn start<'a>(
        &'a self,
        repository: RepositoryId,
        options: &'a SyncOptions,
    ) -> BoxFuture<'a, Result<SyncJob, ServiceError>> {
        Box::pin(self.start_sync(repository).options(options.clone()).send())
    }
}
