#![doc = include_str!("../README.md")]

mod admin;
mod agency;
mod answer;
mod authority;
mod builder;
mod clock;
mod contract;
mod emulator;
mod error;
mod fault;
mod front;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod git;
#[cfg(feature = "page")]
mod history;
mod jobs;
mod key_services;
mod listeners;
mod mirror;
mod operations;
#[cfg(feature = "page")]
mod page;
mod permissions;
mod private;
mod quota;
mod record;
mod refusal;
mod registry;
mod repository;
mod secret;
mod seed;
mod server;
mod service;
mod setup;
mod signature;
mod state;
mod storage;
#[cfg(feature = "store")]
mod store;
mod text;
mod tokens;
mod visitor;
mod wire;

pub use agency::Agency;
pub use builder::EmulatorBuilder;
pub use contract::ContractError;
pub use emulator::Emulator;
pub use error::StartError;
pub use fault::{Fault, FaultRule};
pub use permissions::Permissions;
pub use record::RecordedRequest;
pub use seed::{IdentityProvider, Repository, Upstream, User};
