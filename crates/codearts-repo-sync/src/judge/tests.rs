//! The rules of `docs/evidence.md`, one by one.

use super::*;
use crate::evidence::{Evidence, Field};

/// `WORD/success/update/failures/error`, where `-` stands for an absent field and `tN` for a time.
fn state(text: &str) -> Snapshot {
    let time = |text: String| match text.strip_prefix('t').and_then(|second| second.parse::<u8>().ok()) {
        Some(second) => format!("2026-01-01T00:00:{second:02}.000+08:00"),
        None => text,
    };
    let mut fields = text.split('/').map(|field| (field != "-").then(|| field.to_owned()));
    let mut next = || fields.next().flatten();
    let (status, last_success, last_update) = (next(), next().map(time), next().map(time));
    let failures = next().map(|number| number.parse().expect("a number"));
    Snapshot { status, last_update, last_success, failures, last_error: next() }
}

/// Observes states a second apart; returns the number of polls that it takes, and the outcome.
fn judge<'a>(before: &str, polls: impl IntoIterator<Item = &'a str>) -> Option<(usize, Outcome)> {
    let mut judge = Judge::new(Some(state(before)), Confirmation::default());
    let mut polls = polls.into_iter().enumerate();
    polls.find_map(|(index, text)| Some((index + 1, judge.observe(state(text), Duration::from_secs(index as u64))?)))
}

/// The states, the last of them again and again for a minute.
fn stay<'a>(polls: &[&'a str]) -> Vec<&'a str> {
    let last = *polls.last().expect("a state");
    polls.iter().copied().chain(std::iter::repeat_n(last, 60)).collect()
}

fn finished(strength: Strength, fields: &[Field]) -> Outcome {
    Outcome::Finished { evidence: Evidence::new(strength, fields.iter().copied()) }
}

fn failed(reason: &str, strength: Strength, fields: &[Field]) -> Outcome {
    Outcome::Failed { reason: reason.to_owned(), evidence: Evidence::new(strength, fields.iter().copied()) }
}

fn surely_finished() -> Outcome {
    finished(Strength::Strong, &[Field::LastSuccessfulUpdateAt, Field::UpdateStatus])
}

fn surely_failed(reason: &str) -> Outcome {
    failed(reason, Strength::Strong, &[Field::NumberOfFailures, Field::UpdateStatus, Field::LastError])
}

fn is_failed(judged: Option<(usize, Outcome)>) -> bool {
    matches!(judged, Some((_, Outcome::Failed { .. })))
}

fn is_finished(judged: Option<(usize, Outcome)>) -> bool {
    matches!(judged, Some((_, Outcome::Finished { .. })))
}

#[test]
fn row_1_an_empty_answer_does_not_make_the_old_end_new() {
    for empty in ["-/-/-/-/-", "-/t1/t1/0/-", "-/t1/-/-/-"] {
        let old = "finished/t1/t1/0/-";
        assert_eq!(judge(old, stay(&[old, empty, old])), None, "{empty}");
    }
}

#[test]
fn row_2_an_empty_answer_does_not_make_the_old_failure_new() {
    let old = "failed/-/t1/1/why";
    assert_eq!(judge(old, stay(&["-/-/-/-/-", old])), None);
    assert_eq!(judge(old, stay(&["-/-/t1/1/why", old])), None);
}

#[test]
fn row_3_a_replica_that_lags_shows_no_end() {
    let old = "failed/t1/t6/1/why";
    assert_eq!(judge(old, stay(&["finished/t1/t1/0/-", old])), None);
    assert_eq!(judge(old, stay(&["finished/t1/t1/0/-"])), None);
}

#[test]
fn row_4_time_does_not_go_back() {
    let (old, earlier) = ("finished/2026-02-02/-/-/-", "finished/2026-01-01/-/-/-");
    assert_eq!(judge(old, stay(&[earlier])), None);
    assert_eq!(judge("finished/t9/t9/0/-", stay(&["finished/t5/t5/0/-"])), None);
    assert_eq!(judge("finished/t9/t9/0/-", stay(&["finished/t5/-/0/-"])), None);
}

#[test]
fn row_5_two_replicas_in_turn_show_no_end() {
    let (old, running) = ("finished/t1/t1/0/-", "started/t1/t1/0/-");
    assert_eq!(judge(old, [running, old].into_iter().cycle().take(100)), None);
    assert_eq!(judge(old, stay(&[running, old])), None);
}

#[test]
fn row_6_without_a_state_before_the_first_answer_is_the_old_state() {
    for first in ["finished/t1/t1/0/-", "failed/-/t1/3/why"] {
        assert_eq!(judge("-/-/-/-/-", stay(&[first])), None, "{first}");
    }
    let polls = ["started/t1/t1/0/-", "finished/t2/t2/0/-"];
    assert_eq!(judge("-/-/-/-/-", stay(&polls)), Some((12, surely_finished())));
    let polls = ["finished/t1/t1/0/-", "started/t1/t1/0/-", "finished/t2/t2/0/-"];
    assert_eq!(judge("-/-/-/-/-", polls), Some((3, surely_finished())));
}

#[test]
fn row_7_a_time_that_appears_with_an_unknown_word_says_nothing() {
    assert_eq!(judge("synced/-/-/-/-", stay(&["synced/t1/-/-/-"])), None);
    assert_eq!(judge("synced/-/t1/-/-", stay(&["synced/t1/t1/-/-"])), None, "no later than the last change before");
    let weak = || finished(Strength::Weak, &[Field::LastSuccessfulUpdateAt]);
    let polls = stay(&["synced/t1/-/-/-", "synced/t2/-/-/-"]);
    assert_eq!(judge("synced/-/-/-/-", polls), Some((12, weak())), "the first of them is known by then");
    let new = "synced/t2/-/-/-";
    assert_eq!(judge("synced/t1/-/-/-", [new; 10]), None, "ten polls over nine seconds");
    assert_eq!(judge("synced/t1/-/-/-", [new; 11]), Some((11, weak())));
}

#[test]
fn row_8_the_first_end_may_be_that_of_what_ran_before() {
    let first = "finished/t2/t2/0/-";
    let polls = [first, first, first, "started/t2/t2/0/-", "failed/t2/t3/1/why"];
    assert_eq!(judge("started/t1/t1/0/-", polls), Some((5, surely_failed("why"))));
    assert_eq!(judge("started/t1/t1/0/-", stay(&[first])), Some((11, surely_finished())), "a quiet of ten seconds");
    let polls = [first, "started/t1/t1/0/-", first, "started/t1/t1/0/-", first, "started/t2/t2/0/-", first, first];
    assert_eq!(judge("started/t1/t1/0/-", polls), None, "replicas that lag, then a second run");
}

#[test]
fn row_9_a_failure_of_what_ran_before_is_not_the_end() {
    for running in ["started/t1/t2/1/why", "started/t1/t1/0/-"] {
        let polls = ["failed/t1/t2/1/why", running, "finished/t3/t3/1/-"];
        assert!(is_finished(judge("started/t1/t1/0/-", stay(&polls))), "{running}");
    }
    let polls = ["failed/t1/t2/1/why", "started/t1/t2/1/why", "finished/t3/t3/1/-"];
    assert_eq!(judge("started/t1/t1/0/-", polls), Some((3, surely_finished())), "the second run was seen");
}

#[test]
fn row_10_an_attempt_that_failed_is_not_the_end() {
    let attempt = "running/t1/t1/0/attempt 1 of 3 failed, retrying";
    assert_eq!(judge("success/t1/t1/0/-", stay(&[attempt])), None);
    let unknown = attempt.replace("running", "working on it");
    assert_eq!(judge("success/t1/t1/0/-", stay(&[&unknown])), None);
    assert_eq!(judge("success/t1/t1/0/-", [attempt, "success/t2/t2/0/-"]), Some((2, surely_finished())));
}

#[test]
fn row_11_a_failure_shows_although_the_word_stays() {
    let weak = failed("boom", Strength::Weak, &[Field::NumberOfFailures, Field::LastError]);
    let new = "finished/t1/t2/1/boom";
    assert_eq!(judge("finished/t1/t1/0/-", [new; 10]), None);
    assert_eq!(judge("finished/t1/t1/0/-", [new; 11]), Some((11, weak)));
}

#[test]
fn row_12_a_count_may_begin_anew() {
    let fields = [Field::NumberOfFailures, Field::LastUpdateAt];
    let weak = failed("why", Strength::Weak, &fields);
    assert_eq!(judge("failed/-/t1/5/why", stay(&["failed/-/t2/1/why"])), Some((11, weak)));
    assert_eq!(judge("failed/-/t1/5/why", stay(&["failed/-/t2/0/-"])), None, "reset by the start");
}

#[test]
fn row_13_an_answer_about_another_repository_says_nothing() {
    let ours = codearts_repo::RepositoryId::try_from(123).expect("in range");
    let mirror = |id| {
        let mut mirror = codearts_repo::RemoteMirror::default();
        mirror.repository_id = Some(id);
        mirror.update_status = Some("finished".to_owned());
        mirror
    };
    assert!(Snapshot::of(ours, mirror(124)).says_nothing());
    assert_eq!(Snapshot::of(ours, mirror(123)).word(), Word::Done);
}

#[test]
fn row_14_words_are_read_by_one_table() {
    for word in ["cancelled", "failed ", "sync_failed", "CANCELED"] {
        assert!(is_failed(judge("finished/t1/t1/0/-", stay(&[&format!("{word}/t1/t2/0/-")]))), "{word}");
    }
    assert_eq!(judge("finished/t1/t1/0/-", stay(&["canceling/t1/t2/0/-"])), None);
    assert!(is_finished(judge("finished/t1/t1/0/-", ["SUCCEEDED/t2/t2/0/-"])));
    assert_eq!(judge("finished/t1/t1/0/-", stay(&["SUCCEEDED/t1/t1/0/-"])), None, "another word for the old end");
}

#[test]
fn strong_evidence_is_believed_at_once() {
    for (before, now) in [
        ("finished/t1/t1/0/-", "finished/t2/t2/0/-"),
        ("none/-/-/0/-", "finished/t1/t1/0/-"),
        ("failed/-/t1/1/why", "finished/t2/t2/1/-"),
        ("failed/t1/t2/1/why", "finished/t3/-/-/-"),
    ] {
        assert_eq!(judge(before, [now]), Some((1, surely_finished())), "{before}");
    }
    for (before, now) in [("finished/t1/t1/0/-", "failed/t1/t2/1/-"), ("failed/-/t1/3/why", "failed/-/t2/4/-")] {
        let reason = "the service gives no reason; its status word is \"failed\"";
        let fields = [Field::NumberOfFailures, Field::UpdateStatus];
        assert_eq!(judge(before, [now]), Some((1, failed(reason, Strength::Strong, &fields))), "{before}");
    }
}

#[test]
fn a_start_that_only_touches_the_time_of_change_is_no_end() {
    for (before, now) in [
        ("finished/t1/t1/0/-", "finished/t1/t2/0/-"),
        ("finished/-/t1/0/-", "finished/-/t2/0/-"),
        ("failed/t1/t1/1/why", "failed/t1/t2/1/why"),
        ("failed/t1/t1/-/why", "failed/t1/t2/-/why"),
    ] {
        assert_eq!(judge(before, stay(&[now])), None, "{before}");
    }
}

#[test]
fn a_service_without_times_of_success_needs_a_running_word_or_a_moved_one() {
    let polls = ["started/-/t2/0/-", "finished/-/t3/0/-"];
    let weak = finished(Strength::Weak, &[Field::LastUpdateAt]);
    assert_eq!(judge("finished/-/t1/0/-", stay(&polls)), Some((12, weak)));
    let weak = finished(Strength::Weak, &[Field::UpdateStatus]);
    assert_eq!(judge("failed/-/-/-/-", stay(&["finished/-/-/-/-"])), Some((11, weak)));
    let weak = failed("why", Strength::Weak, &[Field::LastUpdateAt]);
    assert_eq!(judge("failed/-/t1/-/why", stay(&["started/-/t2/-/-", "failed/-/t3/-/why"])), Some((12, weak)));
}

#[test]
fn a_time_that_cannot_be_compared_is_weak() {
    for word in ["finished", "synced"] {
        let (before, now) = (format!("{word}/yesterday/-/0/-"), format!("{word}/today/-/0/-"));
        assert_eq!(judge(&before, [&*now; 10]), None, "{word}");
        assert!(is_finished(judge(&before, [&*now; 11])), "{word}");
    }
}

#[test]
fn with_an_unknown_word_the_other_fields_count() {
    for word in ["synced", "-", "Erledigt"] {
        let judge = |rest: &str| judge(&format!("{word}/t1/t1/0/-"), stay(&[&format!("{word}/{rest}")]));
        assert_eq!(judge("t1/t1/0/-"), None, "{word}");
        assert!(is_finished(judge("t2/t2/0/-")), "{word}");
        assert!(is_failed(judge("t1/t2/1/why")), "{word}");
        assert!(is_finished(judge("t2/t2/1/-")), "{word}");
        assert_eq!(judge("t2/t2/1/why"), None, "{word}: which came last is not certain");
        assert_eq!(judge("t1/t1/0/why"), None, "{word}: the text may be of an attempt");
    }
}

#[test]
fn a_success_while_another_synchronization_runs_is_not_the_end() {
    assert_eq!(judge("finished/t1/t1/0/-", stay(&["started/t2/t2/0/-"])), None);
}

#[test]
fn weak_evidence_that_changes_begins_anew() {
    let (one, other) = ("failed/t1/-/0/one", "failed/t1/-/0/other");
    assert_eq!(judge("finished/t1/-/0/-", [one, other].into_iter().cycle().take(100)), None);
    let polls = [one, "-/-/-/-/-", one, "-/t1/-/0/one"];
    let (polls, _) = judge("finished/t1/-/0/-", stay(&polls).into_iter().chain([one; 20])).expect("an end");
    assert!(polls > 20, "an answer without the word confirms nothing");
}

#[test]
fn the_next_poll_is_asked_for_where_it_confirms_an_end() {
    let mut judge = Judge::new(Some(state("synced/t1/-/0/-")), Confirmation::new(3, Duration::from_secs(10)));
    assert_eq!(judge.next_poll(), None);
    let seconds = Duration::from_secs;
    assert_eq!(judge.observe(state("synced/t2/-/0/-"), seconds(1)), None);
    assert_eq!(judge.next_poll(), Some(seconds(6)));
    assert_eq!(judge.observe(state("synced/t2/-/0/-"), seconds(6)), None);
    assert_eq!(judge.next_poll(), Some(seconds(11)));
    assert!(judge.observe(state("synced/t2/-/0/-"), seconds(11)).is_some());
    let mut quick = Judge::new(Some(state("synced/t1/-/0/-")), Confirmation::new(1, Duration::ZERO));
    assert!(quick.observe(state("synced/t2/-/0/-"), seconds(1)).is_some());
}
