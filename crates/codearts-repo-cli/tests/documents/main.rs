//! Whatever the documents show is run: the commands of their `console` blocks, their other snippets, the command lines
//! and links in their prose, the recipes, and the examples of the libraries.
//!
//! Everything runs in a sandbox that has an emulator, and a proxy that leads the addresses of the real service there.
#![cfg(all(unix, feature = "emulator"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod console;
mod examples;
mod id_tokens;
mod markdown;
mod prose;
mod proxy;
mod recipes;
mod sandbox;
mod snippets;
mod stand_in;
mod translation;
