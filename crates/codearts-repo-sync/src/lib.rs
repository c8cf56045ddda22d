//! Starts mirror synchronizations of Huawei Cloud CodeArts Repo and waits for them, one or many.
//!
//! The service only confirms that a synchronization was started. Its end shows in the mirror's state, which this crate
//! polls until the end is certain.
//!
//! | To | use |
//! |---|---|
//! | start one and wait for it | [`sync`] |
//! | wait for one that was started | [`wait`], with a [`Baseline`] taken before the start |
//! | start and wait for several within the quotas | a shared [`Syncer`], or [`Limits`] shared by several |
//! | synchronize any number of repositories | [`Syncer::sync_many`] |
//! | follow what happens | [`Many::events`] |
//! | continue after a crash without starting anything twice | [`Many::journal`] |
//! | stop early without losing what was started | [`Many::cancel_on`] |
//!
//! All work is done in the futures and streams that are returned. Nothing is spawned. Dropping one stops its work, but not
//! a synchronization that runs at the service.

mod baseline;
mod bounded;
mod durations;
mod engine;
mod error;
mod event;
mod evidence;
mod health;
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
#[doc(hidden)]
pub mod state_file;
mod sync;
mod syncer;
mod timestamp;
mod wait;
mod word;

pub use baseline::Baseline;
pub use error::Error;
pub use event::{Event, PauseReason};
pub use evidence::{Confirmation, Evidence, Field, Strength};
pub use health::{MirrorHealth, MirrorState};
pub use journal::{
    ClosedRun, JobRecord, JobState, JobStore, Journal, JournalEntry, JournalError, JournalEvent, Progress, Run,
    RunRecord, RunStatus, StoreFuture,
};
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
    assert_shareable::<JournalEntry>();
    assert_shareable::<Outcome>();
    assert_shareable::<Syncer>();
    assert_shareable::<Wait>();
};
