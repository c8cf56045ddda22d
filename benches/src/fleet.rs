//! Whole runs of the command against a service on loopback, with ten times the documented quota.

mod service;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::process::Command;

use crate::Failure;
use service::{Refusals, Service};

/// The quota of each operation, in calls per second.
const QUOTA: f64 = 100.0;
const MIRRORS: u32 = 300;
/// A run that takes longer counts as not finished.
const LONGEST: Duration = Duration::from_secs(300);

/// One run.
struct Case {
    name: &'static str,
    duration: Duration,
    rate: &'static str,
    refusals: Refusals,
}

/// Runs all cases with the command that the first argument names, and prints a line of JSON for each.
///
/// # Errors
///
/// Any failure, which makes the measurement invalid.
pub fn run() -> Result<(), Failure> {
    let command = PathBuf::from(std::env::args().nth(1).ok_or("pass the command to measure")?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        for case in cases() {
            println!("{}", measure(&command, &case).await?);
        }
        Ok(())
    })
}

fn cases() -> Vec<Case> {
    let quota = "6000/min";
    let case =
        |name, seconds, rate, refusals| Case { name, duration: Duration::from_secs_f64(seconds), rate, refusals };
    vec![
        case("0.2 s", 0.2, quota, Refusals::Quota { neighbors: 0 }),
        case("6 s", 6.0, quota, Refusals::Quota { neighbors: 0 }),
        case("30 s", 30.0, quota, Refusals::Quota { neighbors: 0 }),
        case("20 % refused", 0.3, "unlimited", Refusals::Random(0.2)),
        case("25 % refused", 0.3, "unlimited", Refusals::Random(0.25)),
        case("35 % refused", 0.3, "unlimited", Refusals::Random(0.35)),
        case("50 % refused", 0.3, "unlimited", Refusals::Random(0.5)),
        case("1 greedy neighbor", 0.3, quota, Refusals::Quota { neighbors: 1 }),
        case("3 greedy neighbors", 0.3, quota, Refusals::Quota { neighbors: 3 }),
    ]
}

async fn measure(command: &Path, case: &Case) -> Result<serde_json::Value, Failure> {
    let service = Arc::new(Service::new(case.duration, QUOTA, case.refusals));
    let endpoint = service.listen().await?;
    let folder = std::env::temp_dir().join(format!("fleet-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let list = folder.join("ids");
    std::fs::write(&list, (1..=MIRRORS).map(|number| format!("{number}\n")).collect::<String>())?;
    let begun = Instant::now();
    let mut child = Command::new(command)
        .args(["sync", "--wait", "--json", "--rate", case.rate, "--endpoint", &endpoint, "--file"])
        .arg(&list)
        .env_clear()
        .env("HOME", &folder)
        .env("CODEARTS_REPO_TOKEN", "MIIExample")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let done = tokio::time::timeout(LONGEST, child.wait()).await;
    let took = begun.elapsed().as_secs_f64();
    if done.is_err() {
        child.kill().await?;
    }
    std::fs::remove_dir_all(&folder)?;
    let seen = service.seen();
    let calls = f64::from(2 * MIRRORS);
    // There is no bound without a quota. With neighbors, it is that of a fair share.
    let bound = match case.refusals {
        Refusals::Quota { neighbors } => {
            let share = QUOTA / f64::from(neighbors + 1);
            Some((f64::from(MIRRORS) / share + case.duration.as_secs_f64()).max(calls / share))
        }
        Refusals::Random(_) => None,
    };
    Ok(json!({
        "case": case.name,
        "mirrors": MIRRORS,
        "ended": seen.ended,
        "seconds": took,
        "bound": bound,
        "ratio": bound.map(|bound| took / bound),
        "calls": seen.calls,
        "refused": seen.refused,
        "refused_after_first_second": seen.refused_late,
    }))
}
