//! Why an end was believed.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Why an end was believed: which fields of the mirror showed it, and how surely.
///
/// ```
/// use codearts_repo_sync::{Evidence, Field, Strength};
///
/// let evidence = Evidence::new(Strength::Strong, [Field::UpdateStatus, Field::LastSuccessfulUpdateAt]);
/// let json = serde_json::to_string(&evidence)?;
/// assert_eq!(json, r#"{"strength":"strong","fields":["update_status","last_successful_update_at"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// How surely the fields show the end.
    pub strength: Strength,
    /// The fields that showed it. Empty for an end that an older version recorded.
    pub fields: Vec<Field>,
}

impl Evidence {
    /// Evidence of this strength, in these fields.
    #[must_use]
    pub fn new(strength: Strength, fields: impl IntoIterator<Item = Field>) -> Self {
        Self { strength, fields: fields.into_iter().collect() }
    }
}

/// Weak, and in no field: all that is known of an end without recorded evidence.
impl Default for Evidence {
    fn default() -> Self {
        Self::new(Strength::Weak, [])
    }
}

/// How surely a field shows an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Strength {
    /// A later time of success or a higher count of failures, together with a word that fits.
    Strong,
    /// Less than that, unchanged for as long as [`Confirmation`] requires.
    Weak,
}

/// A field of the mirror's state, named as in the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Field {
    /// The word that says how the synchronization is going.
    UpdateStatus,
    /// The time of the last change.
    LastUpdateAt,
    /// The time of the last success.
    LastSuccessfulUpdateAt,
    /// The number of failures.
    NumberOfFailures,
    /// The text of the last failure.
    LastError,
}

/// How long weak evidence must stay the same before it is an end.
///
/// Keep the time above the delay of the service's replicas.
///
/// ```
/// use std::time::Duration;
///
/// use codearts_repo_sync::{Confirmation, Wait};
///
/// let careful = Wait::default().confirmation(Confirmation::new(5, Duration::from_secs(60)));
/// # let _ = careful;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Confirmation {
    pub(crate) polls: u32,
    pub(crate) over: Duration,
}

impl Confirmation {
    /// At least `polls` polls with the same answer, the first and the last of them at least `over` apart.
    #[must_use]
    pub const fn new(polls: u32, over: Duration) -> Self {
        Self { polls, over }
    }
}

/// Three polls over ten seconds.
impl Default for Confirmation {
    fn default() -> Self {
        Self::new(3, Duration::from_secs(10))
    }
}
