//! The emulator over HTTP, with a real git.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "a failed test is meant to stop, and a test has no public interface"
)]

mod admin;
mod answers;
mod authorization;
mod branches;
mod caller;
mod disruption;
mod document;
mod durability;
mod endpoints;
mod faults;
mod hostile_source;
mod lies;
mod lifecycle;
mod limits;
mod listing;
mod page;
mod private_source;
mod queue;
mod requests;
mod secrets;
mod settings;
mod source;
mod synchronization;
mod tokens;
