//! Tells from a row of looks at a mirror whether a synchronisation has ended.

use crate::outcome::Outcome;
use crate::snapshot::{Snapshot, Word};

/// Looks at a mirror one after the other, and what follows from them.
///
/// Against a baseline, a word of an end counts only when it is new: a time, a count or a text that goes with it has
/// changed, or another word was there in between. Otherwise it may be the end of the synchronisation before.
#[derive(Debug)]
pub(crate) struct Verdict {
    before: Option<Snapshot>,
    /// The first look, against which an unknown word is held when there is no baseline.
    first: Option<Snapshot>,
    /// A word that is not the baseline's was seen.
    moved: bool,
    /// A synchronisation ran at the baseline, so that the first end to show may be that one's.
    busy_before: bool,
    last: Option<Snapshot>,
}

impl Verdict {
    pub(crate) fn new(before: Option<Snapshot>) -> Self {
        let busy_before = before.as_ref().is_some_and(|before| before.word() == Word::Active);
        Self { before, first: None, moved: false, busy_before, last: None }
    }

    /// Takes one more look into account. Nothing means that no end shows yet.
    pub(crate) fn look(&mut self, now: Snapshot) -> Option<Outcome> {
        self.moved |= self.before.as_ref().is_some_and(|before| before.word() != now.word());
        let outcome = self.outcome(&now);
        // After the end of what ran before, the new one shows by the next look, if it was not one with it.
        let settled = !self.busy_before || self.last.as_ref() == Some(&now);
        self.first.get_or_insert_with(|| now.clone());
        self.last = Some(now);
        outcome.filter(|_| settled)
    }

    fn outcome(&self, now: &Snapshot) -> Option<Outcome> {
        let failed = || Outcome::Failed { reason: reason(now) };
        let before = self.before.as_ref();
        match now.word() {
            Word::Active => None,
            Word::Done => before.is_none_or(|before| self.is_new_success(now, before)).then_some(Outcome::Finished),
            Word::Failed => before.is_none_or(|before| self.is_new_failure(now, before)).then(failed),
            Word::Open => {
                let before = before.or(self.first.as_ref())?;
                match (now.succeeded_since(before), now.failed_since(before)) {
                    (true, false) => Some(Outcome::Finished),
                    (false, true) => Some(failed()),
                    // Both happened. A service that clears the text on success tells which came last.
                    (true, true) if now.last_error.is_none() => Some(Outcome::Finished),
                    (true, true) => Some(failed()),
                    (false, false) => None,
                }
            }
        }
    }

    /// The time of the last change alone proves no success where there is a time of success: it may be that of the
    /// start, with the word of the end before it still in place.
    fn is_new_success(&self, now: &Snapshot, before: &Snapshot) -> bool {
        self.moved || now.succeeded_since(before) || (now.last_success.is_none() && now.updated_since(before))
    }

    fn is_new_failure(&self, now: &Snapshot, before: &Snapshot) -> bool {
        self.moved || now.failed_since(before) || (now.failures.is_none() && now.updated_since(before))
    }
}

fn reason(now: &Snapshot) -> String {
    match (&now.last_error, &now.status) {
        (Some(text), _) => text.clone(),
        (None, Some(word)) => format!("the service gives no reason; its status word is {word:?}"),
        (None, None) => "the service gives no reason; its count of failures rose".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `WORD/success/update/failures/error`, where `-` stands for a field that is not there.
    fn state(text: &str) -> Snapshot {
        let mut fields = text.split('/').map(|field| (field != "-").then(|| field.to_owned()));
        let mut next = || fields.next().flatten();
        let (status, last_success, last_update) = (next(), next(), next());
        let failures = next().map(|number| number.parse().expect("a number"));
        Snapshot { status, last_update, last_success, failures, last_error: next() }
    }

    /// The number of looks that it takes, and what comes out.
    fn judge(before: Option<&str>, looks: &[&str]) -> Option<(usize, Outcome)> {
        let mut verdict = Verdict::new(before.map(state));
        looks.iter().enumerate().find_map(|(index, look)| Some((index + 1, verdict.look(state(look))?)))
    }

    fn failed(reason: &str) -> Outcome {
        Outcome::Failed { reason: reason.to_owned() }
    }

    #[test]
    fn the_end_of_the_synchronisation_before_does_not_count() {
        let old = "finished/t1/t1/0/-";
        assert_eq!(judge(Some(old), &[old, old, old]), None);
        assert_eq!(judge(Some(old), &[old, "finished/t2/t2/0/-"]), Some((2, Outcome::Finished)));
        assert_eq!(judge(Some(old), &[old, "started/t1/t1/0/-", old]), Some((3, Outcome::Finished)));
        let old = "failed/t1/t1/3/why";
        assert_eq!(judge(Some(old), &[old, old]), None);
        assert_eq!(judge(Some(old), &[old, "failed/t1/t2/4/why"]), Some((2, failed("why"))));
        assert_eq!(judge(Some(old), &["started/t1/t1/3/why", old]), Some((2, failed("why"))));
    }

    #[test]
    fn one_that_ended_between_two_looks_is_seen() {
        assert_eq!(judge(Some("none/-/-/0/-"), &["finished/t1/t1/0/-"]), Some((1, Outcome::Finished)));
        assert_eq!(judge(Some("finished/t1/t1/0/-"), &["finished/t2/t2/0/-"]), Some((1, Outcome::Finished)));
        assert_eq!(judge(Some("failed/t1/t1/1/why"), &["finished/t2/t2/1/-"]), Some((1, Outcome::Finished)));
        assert_eq!(judge(Some("finished/t1/t1/0/-"), &["failed/t1/t2/1/why"]), Some((1, failed("why"))));
    }

    #[test]
    fn a_start_that_only_touches_the_time_of_change_is_no_success() {
        assert_eq!(judge(Some("finished/t1/t1/0/-"), &["finished/t1/t2/0/-"]), None);
        assert_eq!(judge(Some("finished/-/t1/0/-"), &["finished/-/t2/0/-"]), Some((1, Outcome::Finished)));
        assert_eq!(judge(Some("failed/t1/t1/1/why"), &["failed/t1/t2/1/why"]), None);
        assert_eq!(judge(Some("failed/t1/t1/-/why"), &["failed/t1/t2/-/why"]), Some((1, failed("why"))));
    }

    #[test]
    fn times_are_compared_as_texts_and_with_no_clock() {
        let times = [
            ("2099-01-01 00:00:00", "1999-01-01 00:00:00"),
            ("1999-01-01 00:00:00", "2099-01-01 00:00:00"),
            ("2020-07-22 10:45:56", "2020-07-22T10:46:01.000+08:00"),
            ("2020-07-22T10:45:56Z", "yesterday"),
        ];
        for (word, (old, new)) in ["finished", "synced"].into_iter().flat_map(|word| times.map(|times| (word, times))) {
            let state = |time: &str| format!("{word}/{time}/{time}/0/-");
            let looks = [&*state(old), &*state(new)];
            assert_eq!(judge(Some(&state(old)), &looks), Some((2, Outcome::Finished)), "{word} {old}");
        }
    }

    #[test]
    fn after_one_that_ran_before_an_end_must_hold() {
        let busy = Some("started/t1/t1/0/-");
        let first = "finished/t2/t2/0/-";
        assert_eq!(judge(busy, &[first, first]), Some((2, Outcome::Finished)));
        let looks = [first, "started/t2/t2/0/-", "failed/t2/t3/1/why", "failed/t2/t3/1/why"];
        assert_eq!(judge(busy, &looks), Some((4, failed("why"))));
        assert_eq!(judge(busy, &[first, "finished/t3/t3/0/-", "finished/t3/t3/0/-"]), Some((3, Outcome::Finished)));
    }

    #[test]
    fn a_word_never_seen_leaves_it_to_the_other_fields() {
        for word in ["synced", "-", "Erledigt", "none"] {
            let state = |rest: &str| format!("{word}/{rest}");
            let before = state("t1/t1/0/-");
            let judge = |looks: &[&str]| judge(Some(&before), looks);
            assert_eq!(judge(&[&before, &before]), None, "{word}");
            assert_eq!(judge(&[&state("t2/t2/0/-")]), Some((1, Outcome::Finished)), "{word}");
            assert_eq!(judge(&[&state("t1/t2/1/why")]), Some((1, failed("why"))), "{word}");
            assert_eq!(judge(&[&state("t1/t1/0/why")]), Some((1, failed("why"))), "{word}");
            assert_eq!(judge(&[&state("t2/t2/1/-")]), Some((1, Outcome::Finished)), "{word}");
            assert_eq!(judge(&[&state("t2/t2/1/why")]), Some((1, failed("why"))), "{word}");
        }
    }

    #[test]
    fn a_success_while_another_one_runs_is_not_the_end() {
        assert_eq!(judge(Some("finished/t1/t1/0/-"), &["started/t2/t2/0/-"]), None);
    }

    #[test]
    fn without_a_baseline_the_words_are_taken_at_once() {
        assert_eq!(judge(None, &["started/-/-/0/-", "finished/t1/t1/0/-"]), Some((2, Outcome::Finished)));
        assert_eq!(judge(None, &["finished/t1/t1/0/-"]), Some((1, Outcome::Finished)));
        assert_eq!(judge(None, &["fail/t1/t1/1/why"]), Some((1, failed("why"))));
        assert_eq!(judge(None, &["synced/t1/t1/0/-", "synced/t2/t2/0/-"]), Some((2, Outcome::Finished)));
        assert_eq!(judge(None, &["synced/t1/t1/0/-", "synced/t1/t1/0/-"]), None);
    }

    #[test]
    fn words_are_read_in_any_case_and_a_missing_reason_is_said() {
        assert_eq!(judge(None, &["FINISHED/-/-/-/-"]), Some((1, Outcome::Finished)));
        let text = "the service gives no reason; its status word is \"canceled\"";
        assert_eq!(judge(None, &["canceled/-/-/-/-"]), Some((1, failed(text))));
    }
}
