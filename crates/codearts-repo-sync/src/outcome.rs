//! How a synchronisation ended.

/// How a synchronisation that was waited for ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The repository is as its source was.
    Finished,
    /// The service gave up.
    Failed {
        /// The service's own text, or its status word where it gave no text. It may hold line breaks, and what the
        /// source's server said.
        reason: String,
    },
    /// The time to wait was over before an end showed. The synchronisation may still be running, and may still
    /// finish.
    TimedOut,
}

impl Outcome {
    /// Whether the synchronisation is known to have finished well.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        matches!(self, Self::Finished)
    }
}
