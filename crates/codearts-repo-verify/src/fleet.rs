//! Keeps a fleet of mirrors proven: what is known of each mirror, which are due, and what a budget buys.

mod digest;
mod error;
mod file;
mod finding;
mod moment;
mod plan;
mod run;
mod state;

pub use digest::{InvalidRefsDigest, RefsDigest};
pub use error::StateError;
pub use file::StateFile;
pub use finding::{Finding, FindingKind};
pub use moment::Moment;
pub use plan::{Candidate, Plan, PlanSettings, Standing, Task};
pub use run::RunSummary;
pub use state::{FleetState, MirrorState};

#[cfg(test)]
mod tests;
