//! The commands, run as users run them.
#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "../support/mod.rs"]
mod support;

mod api;
mod authorization;
mod bad_input;
mod batch;
mod certificates;
mod configuration;
mod curl;
mod dry_run;
mod edges;
mod emulator;
mod emulator_options;
mod environment;
mod exit_codes;
mod fleet;
mod help;
mod interruption;
mod key_sources;
mod list;
mod lost_output;
mod many;
mod messages;
mod metrics;
mod mirror;
mod nightly;
mod odd_http;
mod pauses;
mod real_disk;
mod schemas;
mod secrets;
mod shell;
mod source_credentials;
mod status;
mod streams;
mod sync;
mod terminal;
mod user_input;
mod verify;
