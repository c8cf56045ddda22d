//! Faults on demand: what goes wrong, for whom and how often.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What goes wrong with a call.
///
/// All but [`Truncated`](Self::Truncated), [`Malformed`](Self::Malformed) and [`ResetAfter`](Self::ResetAfter) happen in
/// front of the service: nothing is done for the call.
///
/// ```
/// use codearts_repo_emulator::{Fault, FaultRule};
///
/// let busy = FaultRule::new(Fault::TooManyRequests { retry_after: Some(2) }).repository(123).times(1);
/// # let _ = busy;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// The call waits, and is then answered as it would have been, or as the next fault says. In JSON: milliseconds.
    Delay(#[serde(with = "milliseconds")] Duration),
    /// 429 `APIGW.0308`, as the gateway answers when there are too many calls.
    TooManyRequests {
        /// The value of `Retry-After` in seconds; without one the header is left out.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// Another status with the documented body of an error, such as 500, 502, 503 or 504. 200 to 999.
    Status(u16),
    /// A page of HTML with this status, as a proxy answers. 200 to 999.
    Html(u16),
    /// No body at all with this status. 200 to 999.
    Empty(u16),
    /// The call is done, but only the first half of the answer's body arrives.
    Truncated,
    /// The call is done, but the answer's body is no JSON.
    Malformed,
    /// The connection is reset before the call is read; nothing is done.
    ResetBefore,
    /// The connection is reset after the call is done; there is no answer.
    ResetAfter,
    /// 307 to this address.
    Redirect(String),
    /// 401 `DEV.00000003`: the token has expired, or so the service says.
    TokenExpired,
}

/// A fault, for whom and how often.
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
    #[serde(default)]
    operation: Option<String>,
    #[serde(default)]
    repository: Option<u32>,
    #[serde(default)]
    times: Option<u64>,
    #[serde(default)]
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
    pub fn repository(mut self, id: u32) -> Self {
        self.repository = Some(id);
        self
    }

    /// Only for the first so many calls that it meets. The default is all of them.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Only for a share of the calls, 0.0 to 1.0. The same seed picks the same ones in a row of calls.
    #[must_use]
    pub fn share(mut self, share: f64, seed: u64) -> Self {
        (self.share, self.seed) = (Some(share), seed);
        self
    }

    /// Happens once where the rule says nothing of how often.
    pub(crate) fn once_unless_said(mut self) -> Self {
        self.times = self.times.or(Some(1));
        self
    }
}

impl From<Fault> for FaultRule {
    fn from(fault: Fault) -> Self {
        Self::new(fault)
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'call> {
    /// `None` when the call is no operation.
    pub(crate) operation: Option<&'call str>,
    pub(crate) repository: Option<u32>,
}

/// What happens to one call.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) delay: Duration,
    pub(crate) fault: Option<Fault>,
}

/// The rules in force, in the order that they were given.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Armed>);

#[derive(Debug)]
struct Armed {
    rule: FaultRule,
    dice: fastrand::Rng,
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
        let dice = fastrand::Rng::with_seed(rule.seed);
        self.0.push(Armed { rule, dice });
    }

    /// The rules that are still in force.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &FaultRule> {
        self.0.iter().map(|armed| &armed.rule)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// What happens to a call: the sum of the delays up to the first other fault that meets it.
    pub(crate) fn meet(&mut self, target: Target<'_>) -> Fate {
        let mut fate = Fate::default();
        for armed in &mut self.0 {
            if !armed.meets(target) {
                continue;
            }
            match &armed.rule.fault {
                Fault::Delay(delay) => fate.delay = fate.delay.saturating_add(*delay),
                fault => {
                    fate.fault = Some(fault.clone());
                    break;
                }
            }
        }
        self.0.retain(|armed| armed.rule.times != Some(0));
        fate
    }
}

impl Armed {
    fn meets(&mut self, target: Target<'_>) -> bool {
        let rule = &mut self.rule;
        let fits = rule.operation.as_deref().is_none_or(|name| Some(name) == target.operation)
            && rule.repository.is_none_or(|id| Some(id) == target.repository)
            && rule.times != Some(0);
        // The dice roll for the calls that fit and for no others, so that the seed decides which of them it is.
        if !fits || rule.share.is_some_and(|share| self.dice.f64() >= share) {
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

    #[test]
    fn rules_meet_their_targets_so_many_times() {
        let mut faults = Faults::default();
        faults.add(FaultRule::new(Fault::Delay(Duration::from_millis(5))));
        faults.add(FaultRule::new(Fault::Status(500)).operation("ShowRemoteMirror").repository(1).times(2));
        faults.add(FaultRule::new(Fault::Empty(200)).repository(1).times(1));
        let met: Vec<_> = (0..4).map(|_| faults.meet(SHOW).fault).collect();
        assert_eq!(met, [Some(Fault::Status(500)), Some(Fault::Status(500)), Some(Fault::Empty(200)), None]);
        assert_eq!(faults.meet(SHOW).delay, Duration::from_millis(5));
        assert_eq!(faults.meet(Target { operation: None, repository: None }).fault, None);
    }

    #[test]
    fn a_share_is_the_same_for_the_same_seed() {
        let row = |seed| {
            let mut faults = Faults::default();
            faults.add(FaultRule::new(Fault::ResetAfter).share(0.3, seed));
            (0..1000).map(|_| faults.meet(SHOW).fault.is_some()).collect::<Vec<_>>()
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
        assert!(serde_json::from_str::<FaultRule>(r#"{"fault": "reset_before"}"#).is_ok());
        assert!(serde_json::from_str::<FaultRule>(r#"{"fault": {"too_many_requests": {}}}"#).is_ok());
        assert!(serde_json::from_str::<FaultRule>(r#"{"fault": "reset_before", "typo": 1}"#).is_err());
    }
}
