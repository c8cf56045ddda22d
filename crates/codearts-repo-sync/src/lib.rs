//! Follows mirror synchronisations of Huawei Cloud CodeArts Repo to their end, one or many.
//!
//! The service only says that a synchronisation was started. How it ended shows in the mirror's state, of which the
//! vendor documents little: [`wait`] reads it until the end is certain.
//!
//! | to | use |
//! |---|---|
//! | start one and learn how it ends | [`sync`] |
//! | learn how one ends that was started | [`wait`], with a [`Baseline`] taken before the start |
//! | do that for several within one quota of calls | a [`Syncer`] that they share |
//! | start or follow a stream of any length | [`Syncer::sync_many`] |
//! | go on after a kill without starting anything twice | [`Many::journal`] |
//! | end early without losing what was started | [`Many::cancel_on`] |
//!
//! Everything runs in the futures and streams that are returned: nothing is spawned, dropping one ends its work, and
//! none of it ends a synchronisation that the service has started.

mod baseline;
mod bounded;
mod durations;
mod engine;
mod error;
mod event;
mod evidence;
mod journal;
mod judge;
mod limiter;
mod limits;
mod many;
mod outcome;
mod quota;
mod report;
mod schedule;
mod service;
mod service_time;
mod snapshot;
mod sync;
mod syncer;
mod wait;
mod word;

pub use baseline::Baseline;
pub use error::Error;
pub use event::{Event, PauseReason};
pub use evidence::{Confirmation, Evidence, Field, Strength};
pub use journal::{Journal, JournalError};
pub use limits::{Limits, Operation, Usage};
pub use many::Many;
pub use outcome::Outcome;
pub use quota::Quota;
pub use report::{Report, SyncRequest};
pub use service_time::ServiceTime;
pub use sync::sync;
pub use syncer::{Synced, Syncer};
pub use tokio_util::sync::CancellationToken;
pub use wait::{Wait, wait};

/// What callers rely on when they move these between tasks, checked by the compiler.
const fn assert_shareable<T: Send + Sync + 'static>() {}
const _: () = {
    assert_shareable::<Baseline>();
    assert_shareable::<Error>();
    assert_shareable::<Journal>();
    assert_shareable::<Outcome>();
    assert_shareable::<Syncer>();
    assert_shareable::<Wait>();
};
