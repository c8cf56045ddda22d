//! Verifies that mirrors of Huawei Cloud CodeArts Repo equal their sources, ref by ref.
//!
//! The service says that a synchronization has finished. Whether the mirror now has what the source has, only a
//! comparison of their refs says; [`Verifier`] makes it. The source's refs come from `git ls-remote` of the user's git
//! ([`SourceReader`]), the mirror's from the API. By default the default branch and all tags are compared; with
//! [`Branches::All`] every branch.
//!
//! ```no_run
//! use codearts_repo::{Client, RepositoryId};
//! use codearts_repo_verify::Verifier;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let verifier = Verifier::new(Client::from_env()?);
//! let verification = verifier.verify(RepositoryId::try_from(123)?).await?;
//! println!("{:?}: {} refs differ", verification.verdict, verification.counts.different);
//! # Ok(())
//! # }
//! ```
//!
//! Pull requests, notes and other refs are left out. LFS objects and submodules are not covered.
//!
//! To keep a fleet verified, [`StateFile`] remembers each proof, and [`Plan`] says which mirrors a run verifies.
//!
//! # Features
//!
//! - `schemars`: the results describe their JSON schema.

mod check;
mod compare;
mod fleet;
mod mirror;
mod object_id;
mod reason;
mod refs;
mod repair;
mod service;
mod source;
mod verification;
mod verifier;

use serde::{Deserialize, Serialize};

pub use fleet::{
    Candidate, Finding, FindingKind, FleetState, InvalidRefsDigest, MirrorState, Moment, Plan, PlanSettings,
    RefsDigest, RunSummary, Standing, StateError, StateFile, Task,
};
pub use object_id::{InvalidObjectId, ObjectId};
pub use reason::{Reason, ReasonKind};
pub use refs::{RefKind, SourceRefs, Target};
pub use repair::{Repair, RepairOutcome};
pub use source::{SourceCredentials, SourceReader};
pub use verification::{Counts, Observed, RefCheck, RefVerdict, Verdict, Verification};
pub use verifier::Verifier;

/// Which branches are compared. Tags always are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Branches {
    /// The default branch of the source, and that of the mirror if it is another one.
    #[default]
    Default,
    /// Every branch: one call for each, and one for each hundred.
    All,
}
