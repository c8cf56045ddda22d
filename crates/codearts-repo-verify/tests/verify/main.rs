//! Mirrors compared with sources that a real git reads, from servers that may be hostile.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod api;
mod hostile;
mod local;
mod server;
mod smart;

use std::time::Duration;

/// The time that a test may take on a busy machine.
const LONG: Duration = Duration::from_secs(60);

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, future).await.expect("in time")
}
