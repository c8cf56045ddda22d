//! Faults on demand: what goes wrong, for which calls and how often.

mod ranges;

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The operation whose synchronizations can be made to lie.
const START: &str = "StartRemoteMirrorSynchronization";

/// What goes wrong with a call.
///
/// Most faults happen in front of the service: nothing is done for the call. These are different:
/// - [`Delay`](Self::Delay) and [`DelayAnswer`](Self::DelayAnswer) add time to whatever happens otherwise;
/// - [`Truncated`](Self::Truncated), [`Malformed`](Self::Malformed) and [`ResetAfter`](Self::ResetAfter) break the answer
///   to a call that was done;
/// - [`Stale`](Self::Stale), [`Partial`](Self::Partial) and [`SilentWord`](Self::SilentWord) make the synchronization that
///   the call starts lie about itself. They affect no other operation.
///
/// ```
/// use codearts_repo_emulator::{Fault, FaultRule};
///
/// let busy = FaultRule::new(Fault::TooManyRequests { retry_after: Some(2) }).repository(123).times(1);
/// # let _ = busy;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// The call waits, and then gets its answer or the next fault. In JSON: milliseconds.
    Delay(#[serde(with = "milliseconds")] Duration),
    /// The call is done at once, and its answer waits. In JSON: milliseconds.
    ///
    /// A client with a shorter timeout does not learn that its call was done.
    DelayAnswer(#[serde(with = "milliseconds")] Duration),
    /// 429 `APIGW.0308`, as the gateway answers when there are too many calls.
    TooManyRequests {
        /// The value of `Retry-After` in seconds. `None` for an answer without the header.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// Another status with the documented body of an error, such as 500, 502, 503 or 504. 200 to 999.
    Status(#[serde(deserialize_with = "ranges::status")] u16),
    /// A page of HTML with this status, as a proxy answers. 200 to 999.
    Html(#[serde(deserialize_with = "ranges::status")] u16),
    /// An empty body with this status. 200 to 999.
    Empty(#[serde(deserialize_with = "ranges::status")] u16),
    /// The call is done, but only the first half of the answer's body arrives.
    Truncated,
    /// The call is done, but the answer's body is not JSON.
    Malformed,
    /// The connection is reset before the call is read; nothing is done.
    ResetBefore,
    /// The connection is reset after the call is done; there is no answer.
    ResetAfter,
    /// 307 to this address.
    Redirect(String),
    /// 401 `DEV.00000003`, as for an expired token.
    TokenExpired,
    /// The synchronization fetches nothing and ends as finished.
    Stale,
    /// The synchronization leaves out every second ref that changed, beginning with the default branch, and ends as
    /// finished.
    Partial,
    /// The synchronization ends with this word in `update_status` instead of `finished`.
    SilentWord(String),
}

/// A fault, the calls it is for, and how often it happens.
///
/// ```
/// use codearts_repo_emulator::{Fault, FaultRule};
/// let two_lost_answers = FaultRule::new(Fault::ResetAfter).operation("ShowRemoteMirror").times(2);
/// let one_in_ten = FaultRule::new(Fault::Status(503)).repository(123).share(0.1, 42);
/// # let _ = (two_lost_answers, one_in_ten);
/// ```
///
/// As JSON: `{"fault": {"too_many_requests": {"retry_after": 2}}, "repository": 123, "times": 1}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    fault: Fault,
    #[serde(default, deserialize_with = "ranges::operation")]
    operation: Option<String>,
    #[serde(default)]
    repository: Option<u64>,
    #[serde(default, deserialize_with = "ranges::times")]
    times: Option<u64>,
    #[serde(default, deserialize_with = "ranges::share")]
    share: Option<f64>,
    #[serde(default)]
    seed: u64,
}

impl FaultRule {
    /// The fault for every call.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self { fault, operation: None, repository: None, times: None, share: None, seed: 0 }
    }

    /// Only for calls of this operation, by its name in openapi.yaml, such as `ShowRemoteMirror`.
    #[must_use]
    pub fn operation(mut self, name: impl Into<String>) -> Self {
        self.operation = Some(name.into());
        self
    }

    /// Only for calls on this repository.
    #[must_use]
    pub fn repository(mut self, id: u64) -> Self {
        self.repository = Some(id);
        self
    }

    /// Only for the first `times` matching calls. The default is all of them.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Only for a share of the matching calls, 0.0 to 1.0. The same seed chooses the same calls of a sequence.
    #[must_use]
    pub fn share(mut self, share: f64, seed: u64) -> Self {
        (self.share, self.seed) = (Some(share), seed);
        self
    }

    /// Happens once, unless the rule says how often.
    pub(crate) fn once_by_default(mut self) -> Self {
        self.times = self.times.or(Some(1));
        self
    }
}

impl From<Fault> for FaultRule {
    fn from(fault: Fault) -> Self {
        Self::new(fault)
    }
}

/// What a rule is compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'call> {
    /// `None` if the call matches no operation.
    pub(crate) operation: Option<&'call str>,
    pub(crate) repository: Option<u64>,
}

/// What the rules do to one call.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Effects {
    pub(crate) delay: Duration,
    pub(crate) answer_delay: Duration,
    pub(crate) lies: Lies,
    /// The one fault that is neither a delay nor a lie.
    pub(crate) fault: Option<Fault>,
}

/// How a synchronization lies about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lies {
    pub(crate) content: Content,
    /// The status word in place of `finished`.
    pub(crate) word: Option<String>,
}

/// What a synchronization really fetches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Content {
    #[default]
    All,
    Half,
    Nothing,
}

/// The active rules, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<ActiveRule>);

#[derive(Debug)]
struct ActiveRule {
    rule: FaultRule,
    random: fastrand::Rng,
}

impl FromIterator<FaultRule> for Faults {
    fn from_iter<I: IntoIterator<Item = FaultRule>>(rules: I) -> Self {
        let mut faults = Self::default();
        rules.into_iter().for_each(|rule| faults.add(rule));
        faults
    }
}

impl Faults {
    pub(crate) fn add(&mut self, rule: FaultRule) {
        let random = fastrand::Rng::with_seed(rule.seed);
        self.0.push(ActiveRule { rule, random });
    }

    /// The rules that are still active.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &FaultRule> {
        self.0.iter().map(|active| &active.rule)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// What happens to a call: all matching delays and lies up to the first other matching fault.
    pub(crate) fn apply(&mut self, target: Target<'_>) -> Effects {
        let mut effects = Effects::default();
        for active in &mut self.0 {
            if !active.matches(target) {
                continue;
            }
            match &active.rule.fault {
                Fault::Delay(delay) => effects.delay = effects.delay.saturating_add(*delay),
                Fault::DelayAnswer(delay) => effects.answer_delay = effects.answer_delay.saturating_add(*delay),
                Fault::Stale => effects.lies.content = Content::Nothing,
                Fault::Partial => effects.lies.content = Content::Half,
                Fault::SilentWord(word) => effects.lies.word = Some(word.clone()),
                fault => {
                    effects.fault = Some(fault.clone());
                    break;
                }
            }
        }
        self.0.retain(|active| active.rule.times != Some(0));
        effects
    }
}

impl ActiveRule {
    fn matches(&mut self, target: Target<'_>) -> bool {
        let rule = &mut self.rule;
        let is_lie = matches!(rule.fault, Fault::Stale | Fault::Partial | Fault::SilentWord(_));
        let fits = rule.operation.as_deref().is_none_or(|name| Some(name) == target.operation)
            && rule.repository.is_none_or(|id| Some(id) == target.repository)
            && (!is_lie || target.operation == Some(START))
            && rule.times != Some(0);
        // Only matching calls draw a random number: the choice depends on nothing but the seed.
        if !fits || rule.share.is_some_and(|share| self.random.f64() >= share) {
            return false;
        }
        rule.times = rule.times.map(|times| times - 1);
        true
    }
}

mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    const SHOW: Target<'_> = Target { operation: Some("ShowRemoteMirror"), repository: Some(1) };
    const START_ONE: Target<'_> = Target { operation: Some(START), repository: Some(1) };

    #[test]
    fn a_rule_matches_its_target_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.add(FaultRule::new(Fault::Delay(Duration::from_millis(5))));
        faults.add(FaultRule::new(Fault::Status(500)).operation("ShowRemoteMirror").repository(1).times(2));
        faults.add(FaultRule::new(Fault::Empty(200)).repository(1).times(1));
        let found: Vec<_> = (0..4).map(|_| faults.apply(SHOW).fault).collect();
        assert_eq!(found, [Some(Fault::Status(500)), Some(Fault::Status(500)), Some(Fault::Empty(200)), None]);
        assert_eq!(faults.apply(SHOW).delay, Duration::from_millis(5));
        assert_eq!(faults.apply(Target { operation: None, repository: None }).fault, None);
    }

    #[test]
    fn lies_are_for_starts_and_combine() {
        let mut faults = Faults::default();
        faults.add(FaultRule::new(Fault::Stale).times(1));
        faults.add(FaultRule::new(Fault::SilentWord("ok".to_owned())));
        faults.add(FaultRule::new(Fault::Status(503)).operation("ShowRemoteMirror"));
        assert_eq!(faults.apply(SHOW), Effects { fault: Some(Fault::Status(503)), ..Effects::default() });
        let lies = faults.apply(START_ONE).lies;
        assert_eq!(lies, Lies { content: Content::Nothing, word: Some("ok".to_owned()) });
        assert_eq!(faults.apply(START_ONE).lies.content, Content::All, "it was for one start");
    }

    #[test]
    fn the_same_seed_chooses_the_same_share() {
        let row = |seed| {
            let mut faults = Faults::default();
            faults.add(FaultRule::new(Fault::ResetAfter).share(0.3, seed));
            (0..1000).map(|_| faults.apply(SHOW).fault.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(row(7), row(7));
        assert_ne!(row(7), row(8));
        let hits = row(7).into_iter().filter(|hit| *hit).count();
        assert!((250..350).contains(&hits), "{hits}");
    }

    #[test]
    fn rules_are_read_from_json() {
        let text = r#"{"fault": {"delay": 20}, "operation": "ShowRemoteMirror", "times": 3, "share": 0.5, "seed": 1}"#;
        let rule = FaultRule::new(Fault::Delay(Duration::from_millis(20))).operation("ShowRemoteMirror").times(3);
        assert_eq!(serde_json::from_str::<FaultRule>(text).unwrap(), rule.share(0.5, 1));
        for (text, fault) in [
            (r#""reset_before""#, Fault::ResetBefore),
            (r#"{"too_many_requests": {}}"#, Fault::TooManyRequests { retry_after: None }),
            (r#"{"delay_answer": 1500}"#, Fault::DelayAnswer(Duration::from_millis(1500))),
            (r#""stale""#, Fault::Stale),
            (r#""partial""#, Fault::Partial),
            (r#"{"silent_word": "ok"}"#, Fault::SilentWord("ok".to_owned())),
        ] {
            let rule: FaultRule = serde_json::from_str(&format!("{{\"fault\": {text}}}")).unwrap();
            assert_eq!(rule, FaultRule::new(fault), "{text}");
            let written = serde_json::to_string(&rule).unwrap();
            assert_eq!(serde_json::from_str::<FaultRule>(&written).unwrap(), rule, "{written}");
        }
        assert!(serde_json::from_str::<FaultRule>(r#"{"fault": "reset_before", "typo": 1}"#).is_err());
    }
}
