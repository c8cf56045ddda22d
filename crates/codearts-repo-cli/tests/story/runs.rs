//! The runs of the story, an hour apart.

use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use codearts_repo::RepositoryId;
use codearts_repo_verify::{FleetState, StateFile};
use rustix::process::{Pid, Signal, kill_process};

use super::fleet::{Fleet, Kind};

/// How long a run may take: far more than it needs, even on a busy machine.
const LONGEST: Duration = Duration::from_secs(300);

pub(crate) struct Runs<'a> {
    fleet: &'a Fleet,
    budget: u64,
    concurrency: u32,
    dice: Dice,
    /// Requests before the first run.
    before: usize,
    /// How long the last run took that was not killed.
    duration: Duration,
    pub(crate) kills: u32,
}

/// Numbers that look random and are the same in each test.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 31)
    }

    /// Less than `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        (self.share() * sides as f64) as usize
    }
}

impl<'a> Runs<'a> {
    pub(crate) fn of(fleet: &'a Fleet, budget: u64, concurrency: u32) -> Self {
        let (before, duration) = (fleet.emulator.requests().len(), Duration::from_millis(500));
        Self { fleet, budget, concurrency, dice: Dice(20), before, duration, kills: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.fleet.folder.path().join(name)
    }

    /// Runs `verify` once, while a source moves, and kills it at a random time, if it is to be killed. Returns the calls
    /// that it made.
    pub(crate) fn run(&mut self, killed: bool, moves: bool) -> u64 {
        let before = self.calls();
        let honest: Vec<u64> = self.fleet.of_kind(Kind::Honest).map(u64::from).collect();
        let moving = honest[self.dice.roll(honest.len())];
        let mut move_at = moves.then(|| self.duration.mul_f64(self.dice.share()));
        let kill_at = killed.then(|| self.duration.mul_f64(self.dice.share()));
        let (budget, concurrency) = (self.budget.to_string(), self.concurrency.to_string());
        let mut command = self.fleet.command("verify");
        command.arg("--state").arg(self.path("state")).arg("--html").arg(self.path("page.html"));
        command.args(["--repair", "--calls", &budget, "--concurrency", &concurrency]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child") {
                break status;
            }
            if kill_at.is_some_and(|time| begun.elapsed() >= time) {
                kill_process(Pid::from_child(&child), Signal::KILL).expect("it runs");
            }
            if move_at.take_if(|time| begun.elapsed() >= *time).is_some() {
                self.fleet.move_source(moving);
            }
            assert!(begun.elapsed() < LONGEST, "a run takes too long");
            thread::sleep(Duration::from_millis(2));
        };
        match status.code() {
            Some(code) => {
                assert!(code <= 1, "{status}");
                self.duration = begun.elapsed();
            }
            None => self.kills += 1,
        }
        self.calls() - before
    }

    /// Makes all times of the state an hour older.
    pub(crate) fn pass_an_hour(&self) {
        let text = std::fs::read_to_string(self.path("state")).expect("a state");
        let times = regex::Regex::new(r#""(\w+_at|\w+_since|\w+_until)":(\d+)"#).expect("valid");
        let older = times.replace_all(&text, |found: &regex::Captures<'_>| {
            // A kill may have cut off a number.
            let time: u64 = found[2].parse().expect("a number");
            format!("\"{}\":{}", &found[1], time.saturating_sub(3600))
        });
        std::fs::write(self.path("state"), older.as_bytes()).expect("written");
    }

    pub(crate) fn state(&self) -> FleetState {
        let endpoint: codearts_repo::Endpoint = self.fleet.emulator.endpoint().parse().expect("an endpoint");
        StateFile::read(&self.path("state"), endpoint.as_str()).expect("a state")
    }

    pub(crate) fn page(&self) -> String {
        std::fs::read_to_string(self.path("page.html")).expect("a page")
    }

    /// All calls of the runs so far.
    pub(crate) fn calls(&self) -> u64 {
        (self.fleet.emulator.requests().len() - self.before) as u64
    }

    /// Whether a run synchronized this mirror.
    pub(crate) fn was_started(&self, id: RepositoryId) -> bool {
        let path = format!("/v4/repositories/{id}/");
        let requests = self.fleet.emulator.requests();
        requests.iter().skip(self.before).any(|request| request.method() == "POST" && request.path().starts_with(&path))
    }
}
