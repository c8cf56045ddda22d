//! The client's settings and the words of its errors, against a server that gives the bytes a test asks for.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod access_key;
mod errors;
mod limits;
mod server;
mod settings;
mod sources;
