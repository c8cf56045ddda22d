//! Follows mirror synchronisations of Huawei Cloud CodeArts Repo to their end.
//!
//! The service only says that a synchronisation was started. How it ended shows in the mirror's state, of which the
//! vendor documents little: [`wait`] reads it until the end is certain. [`sync`] does all of it in the right order:
//! it looks at the mirror, starts the synchronisation, and waits.

mod baseline;
mod error;
mod journal;
mod limiter;
mod looks;
mod many;
mod outcome;
mod quota;
mod snapshot;
mod stop;
mod sync;
mod syncer;
mod verdict;
mod wait;

pub use baseline::Baseline;
pub use error::Error;
pub use journal::{Journal, JournalError};
pub use many::{Many, Reached, Report, SyncRequest};
pub use outcome::Outcome;
pub use quota::Quota;
pub use stop::Stop;
pub use sync::sync;
pub use syncer::{Synced, Syncer};
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
