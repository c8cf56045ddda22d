//! The page of `verify --html`.

use std::time::{Duration, SystemTime};

use codearts_repo::RepositoryId;
use codearts_repo_verify::{FindingKind, FleetState, MirrorState, Moment, RunSummary, Standing};

use super::fleet::Listed;
use super::result::{Verified, Word};
use crate::html::{Count, Page, Row, Run, Tone};
use crate::text::timestamp;

/// A mirror's verdict on the page, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Different,
    Failed,
    CannotTell,
    NeverVerified,
    Due,
    BackingOff,
    Equal,
    Skipped,
}

impl Verdict {
    const ALL: [Self; 8] = [
        Self::Different,
        Self::Failed,
        Self::CannotTell,
        Self::NeverVerified,
        Self::Due,
        Self::BackingOff,
        Self::Equal,
        Self::Skipped,
    ];

    const fn text(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Failed => "failed",
            Self::CannotTell => "cannot tell",
            Self::NeverVerified => "never verified",
            Self::Due => "due again",
            Self::BackingOff => "backing off",
            Self::Equal => "equal",
            Self::Skipped => "without a mirror",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Different | Self::Failed => Tone::Bad,
            Self::CannotTell | Self::NeverVerified | Self::Due | Self::BackingOff => Tone::Doubtful,
            Self::Equal | Self::Skipped => Tone::Good,
        }
    }

    const fn advice(self) -> &'static str {
        match self {
            Self::Different => "synchronize it, or run verify with --repair",
            Self::Failed => "check the mirror with `codearts-repo status`",
            Self::CannotTell => "check that git can read the source",
            Self::NeverVerified | Self::Due => "wait for the next runs, or raise the budget",
            Self::BackingOff => "wait for the next attempt",
            Self::Equal | Self::Skipped => "",
        }
    }
}

impl From<Word> for Verdict {
    fn from(word: Word) -> Self {
        match word {
            Word::Different => Self::Different,
            Word::Failed => Self::Failed,
            Word::CannotTell | Word::SourceMoved => Self::CannotTell,
            Word::BackingOff => Self::BackingOff,
            Word::Skipped => Self::Skipped,
            Word::Equal => Self::Equal,
        }
    }
}

/// The page of what one run found.
pub(super) fn of_results<'a>(results: impl Iterator<Item = &'a Verified>) -> Page {
    let now = timestamp(SystemTime::now());
    let rows = results.map(|result| {
        let verdict = Verdict::from(result.comparison.verdict);
        let row = Row {
            name: result.name.clone().unwrap_or_default(),
            proven: if verdict == Verdict::Equal { now.clone() } else { String::new() },
            why: result.explanation(),
            ..row(result.repository_id, verdict)
        };
        (verdict, row)
    });
    page(rows.collect(), Vec::new())
}

/// The page of what is known of a list of mirrors.
pub(super) fn of_state(state: &FleetState, list: &[Listed], due: Duration, now: Moment) -> Page {
    let rows = list.iter().map(|listed| {
        let mirror = state.get(listed.repository);
        let verdict = verdict(mirror, listed.updated_at, due, now);
        (verdict, row_of_state(listed, mirror, verdict, now))
    });
    page(rows.collect(), state.runs().map(run).collect())
}

fn verdict(mirror: Option<&MirrorState>, updated_at: Option<Moment>, due: Duration, now: Moment) -> Verdict {
    match mirror.and_then(|mirror| mirror.finding) {
        None => Verdict::NeverVerified,
        Some(FindingKind::Different) => Verdict::Different,
        Some(FindingKind::Failed) => Verdict::Failed,
        Some(FindingKind::CannotTell) => Verdict::CannotTell,
        Some(FindingKind::NoMirror) => Verdict::Skipped,
        Some(FindingKind::Equal) => match Standing::of(mirror, updated_at, now, due) {
            Standing::NotDue => Verdict::Equal,
            _ => Verdict::Due,
        },
    }
}

fn row_of_state(listed: &Listed, mirror: Option<&MirrorState>, verdict: Verdict, now: Moment) -> Row {
    let text = |time: Option<Moment>| time.map(|time| timestamp(time.into())).unwrap_or_default();
    let name = mirror.and_then(|mirror| mirror.name.as_deref()).or(listed.name.as_deref());
    let until = mirror.and_then(|mirror| mirror.backing_off_until).filter(|until| *until > now);
    let advice = match until {
        Some(until) => format!("{}; backing off until {}", verdict.advice(), timestamp(until.into())),
        None => verdict.advice().to_owned(),
    };
    Row {
        name: name.unwrap_or_default().to_owned(),
        proven: text(mirror.and_then(|mirror| mirror.proven_at)),
        behind: text(mirror.and_then(|mirror| mirror.behind_since)),
        why: mirror.and_then(|mirror| mirror.reason.as_deref()).unwrap_or_default().to_owned(),
        advice,
        ..row(listed.repository, verdict)
    }
}

fn row(repository: RepositoryId, verdict: Verdict) -> Row {
    Row {
        tone: verdict.tone(),
        id: repository.to_string(),
        name: String::new(),
        verdict: verdict.text().to_owned(),
        proven: String::new(),
        behind: String::new(),
        why: String::new(),
        advice: verdict.advice().to_owned(),
    }
}

fn page(mut rows: Vec<(Verdict, Row)>, runs: Vec<Run>) -> Page {
    rows.sort_by_key(|(verdict, _)| *verdict);
    let count = |verdict: Verdict| Count {
        tone: verdict.tone(),
        text: verdict.text().to_owned(),
        count: rows.iter().filter(|(known, _)| *known == verdict).count() as u64,
    };
    let counts = Verdict::ALL.into_iter().map(count).collect();
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Page { time: timestamp(SystemTime::now()), proven: "Proven", counts, rows, runs }
}

fn run(run: &RunSummary) -> Run {
    let count = |tone, text: &str, count| Count { tone, text: text.to_owned(), count };
    let end = if run.ended_at.is_some() { "" } else { ", killed" };
    Run {
        time: format!("{}{end}", timestamp(run.began_at.into())),
        counts: vec![
            count(Tone::Bad, "different", run.different),
            count(Tone::Bad, "failed", run.failed),
            count(Tone::Doubtful, "cannot tell", run.cannot_tell),
            count(Tone::Good, "repaired", run.repaired),
            count(Tone::Good, "equal", run.equal),
        ],
    }
}
