//! Bindings to the mirror synchronisation of Huawei Cloud CodeArts Repo, generated from an OpenAPI document.
//!
//! The document is `openapi.yaml` beside this crate ([`OPENAPI`] holds its text); a build script turns it into
//! [`Client`], with one method for each operation, and into the types of [`types`], [`bounds`] and [`Region`].
//! Written by hand are the checked types that stand in for generated ones, the one hook that authorises every request,
//! and the reading of every answer, within a limit.
//!
//! Most programs want the crate `codearts-repo` instead, which adds Base64, authorisation, checked settings and one
//! error type. Use this crate to make a call of your own over the same bindings:
//!
//! ```no_run
//! use codearts_repo_client::{Authorization, Client, RepositoryId, types};
//!
//! # async fn example(token: Authorization) -> Result<(), Box<dyn std::error::Error>> {
//! let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
//! let client = Client::new_with_client("https://codehub-ext.cn-north-4.myhuaweicloud.com", http, token);
//! let id = RepositoryId::try_from(123)?;
//! let body = types::RemoteMirrorSyncRequest::default();
//! let answer = client.start_remote_mirror_synchronization(&id, &body).await.map_err(|e| e.status().map_or_else(String::new, |s| s.to_string()))?;
//! println!("{:?}", answer.jid);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! `schemars`, on by default: the types tell their JSON schema.

mod address;
mod answer;
mod auth;
mod authorization;
mod checked;
mod config_error;
mod endpoint;
mod error;
mod error_body;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod hooks;
mod http;
mod limits;
mod mirror_url;
mod provider;
mod redact;
mod region;
mod retry;
mod secret;
mod tls;
mod token;

#[allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    clippy::all,
    clippy::unwrap_used,
    clippy::use_self,
    rustdoc::bare_urls,
    reason = "generated"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

mod contract {
    include!(concat!(env!("OUT_DIR"), "/contract.rs"));
}

pub use answer::MAX_ANSWER_BYTES;
pub use auth::Auth;
pub use authorization::{AnswerHead, Authorization, Authorize, NotAuthorized};
pub use checked::OutOfRange;
pub use config_error::{BoxError, ConfigError};
pub use contract::{CONTRACT_VERSION, PageLimit, PageOffset, RepositoryId, bounds};
pub use endpoint::{Endpoint, InvalidEndpoint};
pub use error::{Error as CallError, Refusal, Undecodable};
pub use error_body::ErrorBody;
pub use generated::{Client, Error, ResponseValue, types};
pub use mirror_url::{InvalidMirrorUrl, MirrorUrl};
pub use provider::{AuthError, AuthStep, TokenFuture, TokenProvider};
pub use region::{Region, UnknownRegion};
pub use retry::RetryPolicy;
pub use secret::WireSecret;
pub use token::{InvalidToken, Token};

/// What the sibling crates share. Not part of the public API.
#[doc(hidden)]
pub mod internal {
    pub use crate::auth::{Connect, Grant};
    pub use crate::http::HttpSettings;
    pub use crate::limits::Limits;
    pub use crate::redact::Secrets;
}

/// The OpenAPI document that this crate was generated from, as YAML.
pub const OPENAPI: &str = include_str!("../openapi.yaml");
