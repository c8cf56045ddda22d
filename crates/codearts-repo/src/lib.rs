#![doc = include_str!("../README.md")]

mod call;
mod client;
mod credentials;
mod mirror;
mod preview;
mod repositories;
mod start_sync;

pub use client::{Client, ClientBuilder};
#[cfg(feature = "auth")]
#[doc(inline)]
pub use codearts_repo_auth as auth;
#[doc(inline)]
pub use codearts_repo_client::CallError as Error;
pub use codearts_repo_client::types::{
    RemoteMirror, Repository, RepositoryOrder, SortDirection, SyncBranchType, UpdateRemoteMirrorResponse,
};
pub use codearts_repo_client::{
    Auth, AuthError, AuthStep, CONTRACT_VERSION, ConfigError, Endpoint, InvalidEndpoint, InvalidMirrorUrl,
    InvalidToken, MirrorUrl, OPENAPI, OutOfRange, Refusal, RefusedToken, Region, RepositoryId, RetryPolicy, Token,
    TokenFuture, TokenProvider, Undecodable, UnknownRegion, bounds,
};
pub use credentials::RemoteCredentials;
pub use mirror::MirrorSettings;
pub use preview::RequestPreview;
pub use repositories::{InvalidSearch, RepositoryFilter};
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
