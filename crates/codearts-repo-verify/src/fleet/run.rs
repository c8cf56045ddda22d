//! What one run did.

use serde::{Deserialize, Serialize};

use super::moment::Moment;

/// What one run did. The state keeps the last 30.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct RunSummary {
    /// The number of the run, from 1.
    pub number: u64,
    /// When it began.
    pub began_at: Moment,
    /// When it ended. None if it was killed.
    pub ended_at: Option<Moment>,
    /// Mirrors that were equal without a repair.
    pub equal: u64,
    /// Mirrors that the run repaired.
    pub repaired: u64,
    /// Mirrors that differ.
    pub different: u64,
    /// Mirrors that could not be compared.
    pub cannot_tell: u64,
    /// Mirrors that the service did not answer for, or whose repair failed.
    pub failed: u64,
    /// Mirrors that are backing off.
    pub backing_off: u64,
    /// Mirrors that are due and did not fit into the budget.
    pub left: u64,
    /// Calls that were sent.
    pub calls: u64,
}

impl RunSummary {
    /// A run that begins.
    #[must_use]
    pub const fn begin(number: u64, began_at: Moment) -> Self {
        Self {
            number,
            began_at,
            ended_at: None,
            equal: 0,
            repaired: 0,
            different: 0,
            cannot_tell: 0,
            failed: 0,
            backing_off: 0,
            left: 0,
            calls: 0,
        }
    }
}

impl Default for RunSummary {
    fn default() -> Self {
        Self::begin(0, Moment::from_seconds(1))
    }
}
