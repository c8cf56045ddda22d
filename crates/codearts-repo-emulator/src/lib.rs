//! A local CodeArts Repo that really mirrors, for tests of mirror automation without an account.
//!
//! Each repository is a bare git repository on disk, and each synchronisation runs `git fetch` from the mirror's
//! source, so that a wrong password, rewritten history or a missing upstream fails as it would. Requests are checked
//! against the OpenAPI document itself. What the emulator assumes where the real service is undocumented stands in
//! one table in the README.

mod answer;
mod authority;
mod builder;
mod clock;
mod contract;
mod emulator;
mod error;
mod fault;
mod git;
mod jobs;
mod mirror;
mod operations;
mod permissions;
mod quota;
mod record;
mod refusal;
mod registry;
mod secret;
mod seed;
mod server;
mod service;
mod setup;
mod signature;
mod store;
mod tokens;
mod wire;

pub use builder::EmulatorBuilder;
pub use contract::ContractError;
pub use emulator::Emulator;
pub use error::StartError;
pub use fault::{Fault, FaultRule};
pub use permissions::Permissions;
pub use record::RecordedRequest;
pub use seed::{Repository, Upstream, User};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
