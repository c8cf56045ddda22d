//! Bindings to the mirror synchronization of Huawei Cloud CodeArts Repo, generated from an OpenAPI document.
//!
//! The document is `openapi.yaml` beside this crate ([`OPENAPI`] contains its text). A build script generates the types
//! of [`types`], the limits in [`bounds`], the regions of [`Region`], and one method of [`Client`] for each operation,
//! which returns a request from [`builder`]. Written by hand are the checked types that replace generated ones, the
//! hook that authorizes every request, and the reading of every answer within a limit.
//!
//! Most programs want the crate `codearts-repo` instead. It adds credentials, retries, checked settings, and one error
//! type. Use this crate for a parameter or an operation that it does not offer:
//!
//! ```no_run
//! use codearts_repo_client::{Client, Region, RepositoryId, Token};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = Region::CN_NORTH_4.repo_endpoint().parse()?;
//! let client = Client::new(&endpoint, Token::new("MIIExample")?)?;
//! let start = client.start_remote_mirror_synchronization().repository_id(RepositoryId::try_from(123)?);
//! let answer = start.body_map(|body| body.force_fetch(true)).send().await?;
//! println!("{:?}", answer.jid);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! - `rustls`, on by default: https by rustls with ring.
//! - `rustls-no-provider`: https by rustls with the crypto provider that the program has installed for the process.
//! - `native-tls`: https by the platform's library. `rustls` takes precedence where both are enabled.
//! - `http2`: HTTP/2 over https where the server offers it. Many servers limit the headers of HTTP/2 to 16 KiB, and a
//!   token may be longer. Without this feature calls use HTTP/1.1, also if another crate enables reqwest's `http2`.
//! - `schemars`, on by default: the types implement `JsonSchema`.
//!
//! Without one for TLS, only plain `http://` to a loopback address works.

mod answer;
mod attempt;
mod auth;
mod authorization;
mod call;
mod checked;
mod client;
mod config_error;
mod endpoint;
mod error;
mod error_body;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod hooks;
mod http;
#[doc(hidden)]
pub mod json_text;
mod mirror_url;
mod open_words;
#[doc(hidden)]
pub mod plain_text;
mod provider;
mod proxy;
mod redact;
mod refusal;
mod region;
mod retry;
mod secret;
mod tls;
mod token;
#[doc(hidden)]
pub mod unique_json;

#[allow(
    missing_docs,
    unused_imports,
    missing_debug_implementations,
    unreachable_pub,
    clippy::all,
    clippy::unwrap_used,
    clippy::use_self,
    rustdoc::bare_urls,
    rustdoc::private_intra_doc_links,
    reason = "generated"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

mod contract {
    include!(concat!(env!("OUT_DIR"), "/contract.rs"));
}

pub use answer::{InvalidAnswer, InvalidAnswerKind, MAX_ANSWER_BYTES};
pub use auth::Auth;
pub use authorization::{Authorization, Authorize, NotAuthorized};
pub use call::BACKOFF_EVENT;
pub use checked::OutOfRange;
pub use client::Client;
pub use config_error::{BoxError, ConfigError};
pub use contract::*;
pub use endpoint::{Endpoint, InvalidEndpoint};
pub use error::{Error as CallError, ErrorKind};
pub use error_body::ErrorBody;
pub use generated::{Error, ResponseValue, builder, types};
pub use http::HttpSettings;
pub use mirror_url::{InvalidMirrorUrl, MirrorUrl};
pub use provider::{AuthError, AuthStep, RefusedToken, TokenFuture, TokenProvider};
pub use proxy::InvalidProxy;
pub use refusal::Refusal;
pub use region::{Region, UnknownRegion};
pub use retry::RetryPolicy;
pub use secret::WireSecret;
pub use token::{InvalidToken, Token};

/// What the sibling crates share. Not part of the public API.
#[doc(hidden)]
pub mod internal {
    pub use crate::auth::{Connect, SignerFuture, Signers};
    pub use crate::call::Call;
    pub use crate::error::iam_step;
    pub use crate::http::HttpSettings;
    pub use crate::json_text;
    pub use crate::plain_text;
    pub use crate::redact::{Secrets, is_secret_name, masked_address};
    pub use crate::unique_json;
}

/// The OpenAPI document that this crate was generated from, as YAML.
pub const OPENAPI: &str = include_str!("../openapi.yaml");
