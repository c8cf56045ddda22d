//! The client's settings and the words of its errors, against a server that answers with the bytes of a test.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod access_key;
mod errors;
mod limits;
mod server;
mod settings;
mod sources;
