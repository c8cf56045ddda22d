//! Measures how long a state file takes to open, and how much memory it takes, on Linux. Fails above what is promised: a
//! second for 100,000 mirrors, if it is optimized, and 200 bytes each.
//!
//! ```console
//! $ cargo run --release -p codearts-repo-verify --example state -- 100000
//! ```

use std::time::{Duration, Instant};

use codearts_repo::RepositoryId;
use codearts_repo_verify::{Candidate, Finding, FindingKind, Moment, Plan, PlanSettings, StateFile};

const ENDPOINT: &str = "https://codearts.example.com";

/// The resident memory in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mirrors: u32 = arguments.next().ok_or("the number of mirrors")?.parse()?;
    let path = std::env::temp_dir().join(format!("codearts-repo-state-{}", std::process::id()));
    // Another process writes the file, because freed memory would hide what reading takes.
    if let Some(path) = arguments.next() {
        return write(mirrors, path.as_ref());
    }
    let program = std::env::current_exe()?;
    let status = std::process::Command::new(program).arg(mirrors.to_string()).arg(&path).status()?;
    assert!(status.success());
    let (start, before) = (Instant::now(), resident());
    let file = StateFile::open(&path, ENDPOINT)?;
    let opened = start.elapsed();
    let bytes = resident().saturating_sub(before) / u64::from(mirrors);
    let list: Vec<Candidate> = file.state().mirrors().map(|(repository, _)| repository.into()).collect();
    let settings = PlanSettings { due: Duration::from_secs(1), budget: Some(4000), cost: 4, retry_cost: 14 };
    let start = Instant::now();
    let plan = Plan::new(file.state(), Moment::now() + Duration::from_secs(10), &list, settings);
    assert!(bytes <= 200, "{bytes} bytes a mirror");
    let promised = Duration::from_secs(1).mul_f64(f64::from(mirrors) / 100_000.0);
    assert!(cfg!(debug_assertions) || opened <= promised, "opened in {opened:?}");
    println!("{mirrors} mirrors: opened in {:.0} ms, {bytes} bytes each", opened.as_secs_f64() * 1000.0);
    println!("planned in {:.0} ms, {} left", start.elapsed().as_secs_f64() * 1000.0, plan.left);
    drop(file);
    println!("the file has {} bytes a mirror", std::fs::metadata(&path)?.len() / u64::from(mirrors));
    std::fs::remove_file(path)?;
    Ok(())
}

/// Writes a state in which every tenth mirror differs.
fn write(mirrors: u32, path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut file = StateFile::open(path, ENDPOINT)?;
    let digest = "0123456789abcdef".repeat(4).parse()?;
    for number in 1..=mirrors {
        let equal = Finding { digest: Some(digest), ..Finding::new(FindingKind::Equal) };
        let reason = "branch main: source 95d09f2b10, mirror 0123456789";
        let finding = if number % 10 == 0 { Finding::new(FindingKind::Different).because(reason) } else { equal };
        let name = format!("team-{}/project-{number}", number % 100);
        file.record(RepositoryId::try_from(number)?, Some(&name), &finding, Moment::now())?;
    }
    file.close()?;
    Ok(())
}
