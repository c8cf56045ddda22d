//! The state of a mirror between synchronizations.

use std::cmp::Ordering;
use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime};

use codearts_repo::RemoteMirror;
use serde::{Deserialize, Serialize};

use crate::service_time::ServiceTime;
use crate::word::Word;

/// The state of a mirror. In the order of trouble, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MirrorState {
    /// The last synchronization failed.
    Failed,
    /// The last success is older than allowed, whatever the offset of its time is.
    Stale,
    /// The mirror may be in trouble: its word is unknown, or the age of the last success is.
    CannotTell,
    /// It was never synchronized.
    NeverSynchronized,
    /// A synchronization runs.
    Running,
    /// The last synchronization succeeded, and is not too old.
    Good,
}

impl MirrorState {
    /// Whether somebody has to look at the mirror.
    #[must_use]
    pub const fn is_problem(self) -> bool {
        !matches!(self, Self::Running | Self::Good)
    }
}

/// What the fields of a mirror say about its health.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use codearts_repo::RemoteMirror;
/// use codearts_repo_sync::{MirrorHealth, MirrorState, ServiceTime};
///
/// let mirror: RemoteMirror = serde_json::from_str(
///     r#"{"update_status": "finished", "last_successful_update_at": "2026-01-27T08:30:00+08:00"}"#,
/// )?;
/// let now = ServiceTime::parse("2026-01-29T00:30:00Z").expect("a time").earliest();
/// let health = MirrorHealth::of(&mirror, now, Some(Duration::from_secs(24 * 3600)));
/// assert_eq!(health.state, MirrorState::Stale);
/// assert_eq!(health.age, Some(Duration::from_secs(48 * 3600)..=Duration::from_secs(48 * 3600)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MirrorHealth {
    /// The state.
    pub state: MirrorState,
    /// The youngest and the oldest age that the last success can have. Both are the same if its time has an offset from
    /// UTC. `None` without a success, or if its time is not readable.
    pub age: Option<RangeInclusive<Duration>>,
    /// Why the state is a problem, in words.
    pub reason: Option<String>,
}

impl MirrorHealth {
    /// Judges a mirror at a time, which should come from the service
    /// ([`Client::service_time`](codearts_repo::Client::service_time)). A last success older than `max_age` is a problem.
    #[must_use]
    pub fn of(mirror: &RemoteMirror, now: SystemTime, max_age: Option<Duration>) -> Self {
        let success = mirror.last_successful_update_at.as_deref().filter(|text| !text.trim().is_empty());
        let time = success.and_then(ServiceTime::parse);
        let age = time.map(|time| time.age(now));
        let (state, reason) = by_word(mirror, success, time.as_ref());
        let too_old = || by_age(success, age.as_ref(), max_age?);
        let (state, reason) = match (state, too_old()) {
            (MirrorState::Running | MirrorState::Good, Some((state, reason))) => (state, Some(reason)),
            _ => (state, reason),
        };
        Self { state, age, reason }
    }
}

/// The state by the word of the service, without regard to the age.
fn by_word(mirror: &RemoteMirror, success: Option<&str>, time: Option<&ServiceTime>) -> (MirrorState, Option<String>) {
    match Word::of(mirror.update_status.as_deref()) {
        Word::Failed => {
            let reason = mirror.last_error.clone().filter(|reason| !reason.trim().is_empty());
            (MirrorState::Failed, Some(reason.unwrap_or_else(|| "the service names no reason".to_owned())))
        }
        Word::Active => (MirrorState::Running, None),
        Word::Done => (MirrorState::Good, None),
        Word::Never if success.is_none() => never(),
        Word::Never | Word::Unknown => {
            let update = mirror.last_update_at.as_deref().and_then(ServiceTime::parse);
            let order = time.zip(update).and_then(|(success, update)| success.compare(&update));
            match (&mirror.update_status, order) {
                (_, Some(Ordering::Equal | Ordering::Greater)) => (MirrorState::Good, None),
                (None, _) if success.is_none() && mirror.last_update_at.is_none() => never(),
                (None, _) => (MirrorState::CannotTell, Some("the service reports no status".to_owned())),
                (Some(word), _) => (MirrorState::CannotTell, Some(format!("unknown status {word:?}"))),
            }
        }
    }
}

fn never() -> (MirrorState, Option<String>) {
    (MirrorState::NeverSynchronized, Some("it was never synchronized".to_owned()))
}

/// Whether the last success is too old. `None` if it certainly is not.
fn by_age(
    success: Option<&str>,
    age: Option<&RangeInclusive<Duration>>,
    max_age: Duration,
) -> Option<(MirrorState, String)> {
    let Some(age) = age else {
        let reason = match success {
            Some(text) => format!("the time of the last success is not readable: {text:?}"),
            None => "the service reports no success".to_owned(),
        };
        return Some((MirrorState::CannotTell, reason));
    };
    if *age.start() > max_age {
        Some((MirrorState::Stale, "the last success is too old".to_owned()))
    } else if *age.end() > max_age {
        Some((MirrorState::CannotTell, "the time of the last success has no offset from UTC".to_owned()))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(24 * 3600);

    fn judge(json: &str, max_age: Option<Duration>) -> (MirrorState, Option<String>) {
        let now = ServiceTime::parse("2026-01-10T12:00:00Z").expect("a time").earliest();
        let health = MirrorHealth::of(&serde_json::from_str(json).expect("a mirror"), now, max_age);
        (health.state, health.reason)
    }

    #[test]
    fn the_word_decides_without_a_limit_of_age() {
        for (json, state) in [
            (r#"{"update_status":"failed","last_error":"why"}"#, MirrorState::Failed),
            (r#"{"update_status":"finished"}"#, MirrorState::Good),
            (r#"{"update_status":"started"}"#, MirrorState::Running),
            (r#"{"update_status":"none"}"#, MirrorState::NeverSynchronized),
            ("{}", MirrorState::NeverSynchronized),
            (r#"{"update_status":"glorious"}"#, MirrorState::CannotTell),
            (r#"{"last_update_at":"2026-01-10 10:00:00"}"#, MirrorState::CannotTell),
            (
                r#"{"update_status":"ok?","last_update_at":"2026-01-10 10:00:00","last_successful_update_at":"2026-01-10 10:00:00"}"#,
                MirrorState::Good,
            ),
            (
                r#"{"update_status":"ok?","last_update_at":"2026-01-10 10:00:01","last_successful_update_at":"2026-01-10 10:00:00"}"#,
                MirrorState::CannotTell,
            ),
        ] {
            assert_eq!(judge(json, None).0, state, "{json}");
        }
        assert_eq!(judge(r#"{"update_status":"failed","last_error":"why"}"#, None).1.as_deref(), Some("why"));
    }

    #[test]
    fn only_what_holds_for_every_offset_is_claimed() {
        for (time, state) in [
            ("2026-01-10T11:00:00Z", MirrorState::Good),
            ("2026-01-09T12:00:00Z", MirrorState::Good),
            ("2026-01-09T11:59:59Z", MirrorState::Stale),
            ("2026-01-09T19:59:59+08:00", MirrorState::Stale),
            // 14 hours earlier at the earliest, 12 hours later at the latest.
            ("2026-01-10 02:00:00", MirrorState::Good),
            ("2026-01-10 01:59:59", MirrorState::CannotTell),
            ("2026-01-08 23:59:59", MirrorState::Stale),
            ("2026-01-09 00:00:00", MirrorState::CannotTell),
            ("yesterday", MirrorState::CannotTell),
        ] {
            let json = format!(r#"{{"update_status":"finished","last_successful_update_at":"{time}"}}"#);
            assert_eq!(judge(&json, Some(DAY)).0, state, "{time}");
        }
        assert_eq!(judge(r#"{"update_status":"finished"}"#, Some(DAY)).0, MirrorState::CannotTell);
        assert_eq!(judge(r#"{"update_status":"failed"}"#, Some(DAY)).0, MirrorState::Failed);
    }

    #[test]
    fn a_running_synchronization_does_not_hide_a_stale_mirror() {
        let json = r#"{"update_status":"started","last_successful_update_at":"2026-01-01T00:00:00Z"}"#;
        assert_eq!(judge(json, Some(DAY)).0, MirrorState::Stale);
        assert_eq!(judge(json, None).0, MirrorState::Running);
    }
}
