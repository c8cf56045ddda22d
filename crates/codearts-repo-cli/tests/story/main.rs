//! A fleet over twenty runs: mirrors that lie, that cannot be reached and that are repaired late, sources that move, a
//! budget, and a kill in each third run.
#![cfg(all(unix, feature = "emulator"))]
#![allow(clippy::expect_used, reason = "a test may panic")]

mod fleet;
mod runs;
#[path = "../support/mod.rs"]
mod support;

use codearts_repo_verify::FindingKind;
use fleet::{Fleet, Kind};
use runs::Runs;

/// The calls of a comparison, and those of the start and the end of a synchronization: reading the mirror before it, the
/// start, and one poll.
const COMPARISON: u64 = 4;
const SYNCHRONIZATION: u64 = 3;

/// Runs `verify` once an hour, so many times, and checks what is known of the fleet at the end.
fn story(mirrors: u64, hours: u32, concurrency: u32) {
    let fleet = Fleet::start(mirrors);
    // A tenth of the fleet.
    let budget = mirrors / 10 * COMPARISON;
    let mut runs = Runs::of(&fleet, budget, concurrency);
    let mut whole_runs = 0;
    for run in 1..=hours {
        let killed = run % 3 == 0;
        // The sources do not move in the last runs: everything can be repaired.
        let moves = run % 2 == 0 && run <= hours - 4;
        let calls = runs.run(killed, moves);
        println!("run {run}: {calls} calls of {budget}");
        whole_runs += u32::from(!killed);
        // N·c/B runs.
        if whole_runs == 10 && !killed {
            for id in fleet.of_kind(Kind::Honest) {
                assert!(runs.state().get(id).is_some(), "{id} was not verified in {whole_runs} whole runs");
            }
        }
        runs.pass_an_hour();
    }

    let state = runs.state();
    let found = |id| state.get(id).expect("every mirror was verified");
    let is_proven = |id| found(id).finding == Some(FindingKind::Equal) && found(id).proven_at.is_some();
    for kind in [Kind::Honest, Kind::RepairedLate] {
        let missing: Vec<_> =
            fleet.of_kind(kind).filter(|id| !is_proven(*id)).map(|id| (id, found(id).clone())).collect();
        assert!(missing.is_empty(), "{kind:?}: {missing:?}");
    }
    let page = runs.page();
    for (kind, finding, reason) in [
        (Kind::Stale, FindingKind::Different, "still different after a synchronization; branch main: source "),
        (Kind::Partial, FindingKind::Different, "still different after a synchronization; branch main: source "),
        (Kind::WithoutSource, FindingKind::CannotTell, "source"),
        (Kind::WithoutService, FindingKind::Failed, "connection"),
    ] {
        for id in fleet.of_kind(kind) {
            let mirror = found(id);
            let text = mirror.reason.as_deref().unwrap_or_default();
            assert!(mirror.finding == Some(finding) && text.contains(reason), "{kind:?} {id}: {mirror:?}");
            assert_eq!(mirror.proven_at, None, "{kind:?} {id}");
            assert!(page.contains(&format!("repository-{id} ({id})")) || page.contains(&format!(">{id}<")), "{id}");
        }
    }
    assert_eq!(state.run_count(), u64::from(hours));

    let (calls, least) = (runs.calls(), least(&fleet, &runs));
    let ratio = calls as f64 / least as f64;
    println!("{mirrors} mirrors, {} kills: {calls} calls, at least {least}, ratio {ratio:.3}", runs.kills);
    assert!(ratio <= 1.2, "{calls} calls of {least}");
}

/// The least number of calls for what is known at the end: one proof for each mirror, and the attempts that the backoff
/// allowed for those that cannot be proven.
fn least(fleet: &Fleet, runs: &Runs<'_>) -> u64 {
    let state = runs.state();
    let repair = 2 * COMPARISON + SYNCHRONIZATION;
    let of = |kind: Kind, id| {
        let attempts = u64::from(state.get(id).map_or(0, |mirror| mirror.failures));
        match kind {
            // The first two attempts of its kind fail.
            Kind::RepairedLate => 3 * repair,
            Kind::Honest if runs.was_started(id) => repair,
            Kind::Honest => COMPARISON,
            Kind::Stale | Kind::Partial => attempts * repair,
            Kind::WithoutSource | Kind::WithoutService => attempts,
        }
    };
    fleet.mirrors().map(|(id, kind)| of(kind, id)).sum()
}

#[test]
fn a_small_fleet_is_kept_proven_through_kills() {
    story(100, 22, 2);
}

/// `.ci/long story` runs it.
#[test]
#[ignore = "takes minutes"]
fn a_fleet_of_300_is_kept_proven_through_kills() {
    story(300, 20, 4);
}
