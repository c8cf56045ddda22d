//! The client's settings and the words of its errors, against a server that gives the bytes a test asks for.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod errors;
mod server;
mod settings;
