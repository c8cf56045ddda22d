//! What holds for any input: what goes on the wire comes back, the checked types accept what the documented rules
//! accept, and every value that the contract allows survives decoding and encoding.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    dead_code,
    reason = "a test that cannot go on fails; the helpers of the contract have other uses elsewhere"
)]

#[path = "../conformance/contract.rs"]
mod contract;
#[path = "../conformance/judge.rs"]
mod judge;
#[path = "../conformance/plain_client.rs"]
mod plain_client;
#[path = "../conformance/plain_server.rs"]
mod plain_server;
#[path = "../conformance/schema_types.rs"]
mod schema_types;

mod checked_types;
mod emulator;
mod requests;
mod round_trips;
mod values;
