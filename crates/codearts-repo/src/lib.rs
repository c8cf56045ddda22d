#![doc = include_str!("../README.md")]

pub mod auth;
mod call;
mod client;
mod credentials;
mod endpoint;
mod error;
mod limits;
mod mirror;
mod preview;
mod redact;
mod repositories;
mod retry;
mod start_sync;
mod tls;

pub use auth::{Auth, Token};
pub use client::{Client, ClientBuilder, ConfigError};
pub use codearts_repo_client::types::{
    RemoteMirror, Repository, RepositoryOrder, SortDirection, SyncBranchType, UpdateRemoteMirrorResponse,
};
pub use codearts_repo_client::{
    CONTRACT_VERSION, InvalidMirrorUrl, MirrorUrl, OPENAPI, OutOfRange, Region, RepositoryId, UnknownRegion, bounds,
};
pub use credentials::RemoteCredentials;
pub use endpoint::{Endpoint, InvalidEndpoint};
pub use error::{Error, Refusal, Undecodable};
pub use mirror::MirrorSettings;
pub use preview::RequestPreview;
pub use repositories::{InvalidSearch, RepositoryFilter};
pub use retry::RetryPolicy;
pub use start_sync::{StartSync, SyncJob, SyncOptions};

/// What callers rely on when they move a client and its calls between tasks, checked by the compiler.
const fn assert_shareable<T: Send + Sync + 'static>() {}
const _: () = {
    assert_shareable::<Client>();
    assert_shareable::<Error>();
    assert_shareable::<SyncJob>();
    assert_shareable::<SyncOptions>();
    assert_shareable::<Token>();
};
