#![doc = include_str!("../README.md")]

mod call;
mod client;
mod credentials;
mod identity;
mod mirror;
mod pages;
mod path;
mod preview;
mod raw;
mod refs;
mod repositories;
mod service_clock;
mod start_sync;

pub use client::{Client, ClientBuilder};
#[cfg(feature = "auth")]
#[doc(inline)]
pub use codearts_repo_auth as auth;
#[doc(inline)]
pub use codearts_repo_client::CallError as Error;
pub use codearts_repo_client::types::{
    Branch, BranchDetails, BranchName, BranchQueryView, BranchSort, BranchType, BranchView, CallerIdentity, Commit,
    CreatorId, ProjectId, ProjectRepository, ProjectRepositoryOrder, RemoteMirror, Repository, RepositoryDetails,
    RepositoryOrder, SortDirection, SyncBranchType, Tag, TagOrder, TagSearch, TagView, UpdateRemoteMirrorResponse,
};
pub use codearts_repo_client::{
    Auth, AuthError, AuthStep, BACKOFF_EVENT, CONTRACT_VERSION, ConfigError, Endpoint, ErrorKind, InvalidEndpoint,
    InvalidMirrorUrl, InvalidToken, MirrorUrl, OPENAPI, OutOfRange, Refusal, RefusedToken, Region, RepositoryId,
    RetryPolicy, Token, TokenFuture, TokenProvider, UnknownRegion, bounds,
};
pub use credentials::RemoteCredentials;
pub use mirror::{AssociateMirror, MirrorSettings, UpdateMirror};
pub use path::{InvalidPath, RequestPath};
pub use preview::RequestPreview;
pub use raw::{RawAnswer, RawRequest};
pub use refs::{BranchFilter, TagFilter};
pub use repositories::{InvalidSearch, ProjectRepositoryFilter, RepositoryFilter};
pub use reqwest::Method;
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
