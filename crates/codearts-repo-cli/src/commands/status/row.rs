//! The state of one of many mirrors.

use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime};

use codearts_repo::{Error, ErrorKind, RemoteMirror, RepositoryId};
use codearts_repo_sync::{MirrorHealth, MirrorState};
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::html::{self, Tone};
use crate::metrics::Mirror;
use crate::record::Problem;
use crate::text::one_line;

/// The state of a mirror.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct Row {
    /// Repository ID.
    pub(super) repository_id: RepositoryId,
    /// Name, if a list of the service has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The state.
    pub(super) state: State,
    /// Whether the state is a problem.
    problem: bool,
    /// What is wrong, if something is.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Status, as the service reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    update_status: Option<String>,
    /// Time of the last success, as the service reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_successful_update_at: Option<String>,
    /// Age of the last success in seconds, if its time is readable.
    #[serde(skip_serializing_if = "Option::is_none")]
    age_seconds: Option<Age>,
    /// Failures in a row, as the service reports them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number_of_failures: Option<i64>,
    /// Why the mirror could not be read, if it could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Problem>,
    #[serde(skip)]
    failure: Option<Failure>,
}

/// The youngest and the oldest age. They differ if the time has no offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Age {
    youngest: u64,
    oldest: u64,
}

/// The state of a mirror, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::commands) enum State {
    /// The mirror could not be read.
    Unreadable,
    /// The last synchronization failed.
    Failed,
    /// The last success is older than --max-age.
    Stale,
    /// The status or the age is not certain.
    CannotTell,
    /// It was never synchronized.
    NeverSynchronized,
    /// A synchronization runs.
    Running,
    /// The last synchronization succeeded.
    Good,
    /// The repository has no mirror.
    Skipped,
}

impl State {
    pub(super) const ALL: [Self; 8] = [
        Self::Unreadable,
        Self::Failed,
        Self::Stale,
        Self::CannotTell,
        Self::NeverSynchronized,
        Self::Running,
        Self::Good,
        Self::Skipped,
    ];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Failed => "failed",
            Self::Stale => "stale",
            Self::CannotTell => "cannot tell",
            Self::NeverSynchronized => "never synchronized",
            Self::Running => "running",
            Self::Good => "good",
            Self::Skipped => "skipped",
        }
    }

    /// The same as in JSON.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::CannotTell => "cannot_tell",
            Self::NeverSynchronized => "never_synchronized",
            other => other.text(),
        }
    }

    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Unreadable | Self::Failed | Self::Stale => Tone::Bad,
            Self::CannotTell | Self::NeverSynchronized => Tone::Doubtful,
            Self::Running | Self::Good | Self::Skipped => Tone::Good,
        }
    }

    /// What to do about it.
    const fn advice(self) -> &'static str {
        match self {
            Self::Unreadable => "check the credentials and the network, then read it again",
            Self::Failed => "fix the cause, then run `codearts-repo sync`",
            Self::Stale | Self::NeverSynchronized => "run `codearts-repo sync`",
            Self::CannotTell => "run `codearts-repo verify`",
            Self::Running | Self::Good | Self::Skipped => "",
        }
    }

    fn is_problem(self) -> bool {
        self.tone() != Tone::Good
    }
}

impl From<MirrorState> for State {
    fn from(state: MirrorState) -> Self {
        match state {
            MirrorState::Failed => Self::Failed,
            MirrorState::Stale => Self::Stale,
            MirrorState::CannotTell => Self::CannotTell,
            MirrorState::NeverSynchronized => Self::NeverSynchronized,
            MirrorState::Running => Self::Running,
            MirrorState::Good => Self::Good,
        }
    }
}

impl Row {
    /// The column of the state in [`cells`](Self::cells).
    pub(super) const STATE: usize = 2;

    fn new(repository_id: RepositoryId, name: Option<String>, state: State) -> Self {
        Self {
            repository_id,
            name,
            state,
            problem: state.is_problem(),
            reason: None,
            update_status: None,
            last_successful_update_at: None,
            age_seconds: None,
            number_of_failures: None,
            error: None,
            failure: None,
        }
    }

    /// Judges an answer at a time of the service. A listed repository may have no mirror.
    pub(super) fn of(
        repository_id: RepositoryId,
        name: Option<String>,
        answer: Result<RemoteMirror, Error>,
        listed: bool,
        now: SystemTime,
        max_age: Option<Duration>,
    ) -> Self {
        let plain = |state| Self::new(repository_id, name, state);
        match answer {
            Ok(mirror) => {
                let MirrorHealth { state, age, reason } = MirrorHealth::of(&mirror, now, max_age);
                Self {
                    reason,
                    age_seconds: age.map(Age::from),
                    update_status: mirror.update_status,
                    last_successful_update_at: mirror.last_successful_update_at,
                    number_of_failures: mirror.number_of_failures,
                    ..plain(state.into())
                }
            }
            Err(error) if listed && error.kind() == ErrorKind::NotFound => plain(State::Skipped),
            Err(error) => {
                let (problem, failure) = (Problem::of_call(&error), Failure::from(error));
                let reason = Some(failure.to_string());
                Self { reason, error: Some(problem), failure: Some(failure), ..plain(State::Unreadable) }
            }
        }
    }

    pub(super) const fn is_problem(&self) -> bool {
        self.problem
    }

    /// The exit for this mirror.
    pub(super) fn exit(&self) -> Exit {
        match &self.failure {
            Some(failure) => failure.exit,
            None if self.problem => Exit::Failed,
            None => Exit::Worked,
        }
    }

    /// Why the mirror could not be read.
    pub(super) fn failure(self) -> Option<Failure> {
        self.failure
    }

    pub(super) fn metrics(&self) -> Mirror<'_> {
        Mirror {
            repository: self.repository_id,
            name: self.name.as_deref(),
            state: self.state.word(),
            is_problem: self.problem,
            last_success: self.last_successful_update_at.as_deref(),
            failures: self.number_of_failures,
            duration: None,
        }
    }

    /// The same for the page. What to do is a part of the reason.
    pub(super) fn html(&self) -> html::Row {
        let [id, _, verdict, proven, _, _, why] = self.cells();
        html::Row {
            tone: self.state.tone(),
            id,
            name: self.name.clone().unwrap_or_default(),
            verdict,
            proven,
            behind: String::new(),
            why,
            advice: self.state.advice().to_owned(),
        }
    }

    /// ID, name, state, last success, its age, failures in a row, and why.
    pub(super) fn cells(&self) -> [String; 7] {
        let text = |text: Option<&str>| match text.map(one_line) {
            Some(text) if !text.is_empty() => text.into_owned(),
            _ => "-".to_owned(),
        };
        [
            self.repository_id.to_string(),
            text(self.name.as_deref()),
            self.state.text().to_owned(),
            text(self.last_successful_update_at.as_deref()),
            text(self.age_seconds.map(Age::text).as_deref()),
            text(self.number_of_failures.map(|number| number.to_string()).as_deref()),
            self.reason.as_deref().map(one_line).unwrap_or_default().into_owned(),
        ]
    }
}

impl Age {
    fn text(self) -> String {
        let (youngest, oldest) = (rounded(self.youngest), rounded(self.oldest));
        if youngest == oldest { youngest } else { format!("{youngest} to {oldest}") }
    }
}

impl From<RangeInclusive<Duration>> for Age {
    fn from(age: RangeInclusive<Duration>) -> Self {
        Self { youngest: age.start().as_secs(), oldest: age.end().as_secs() }
    }
}

/// An age in whole minutes, hours or days.
fn rounded(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds}s"),
        120..7_200 => format!("{}m", seconds / 60),
        7_200..172_800 => format!("{}h", seconds / 3_600),
        _ => format!("{}d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_one_number_or_a_range() {
        for (youngest, oldest, text) in [
            (0, 0, "0s"),
            (119, 119, "119s"),
            (120, 179, "2m"),
            (3_600, 97_200, "60m to 27h"),
            (86_400 * 3, 86_400 * 3, "3d"),
        ] {
            assert_eq!(Age { youngest, oldest }.text(), text);
        }
    }
}
