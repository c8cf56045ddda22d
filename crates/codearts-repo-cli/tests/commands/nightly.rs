//! A journal over several nights, with kills, full disks and wrong clocks in between.
#![cfg(unix)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use codearts_repo_sync::Journal;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::support::{self, Answer, Ended, LONGEST, Running, Server, against, answer, run};

/// The mirrors of a service that finishes each synchronization at once, and shows it.
#[derive(Default)]
struct Mirrors {
    starts: Mutex<HashMap<u32, u32>>,
    /// Every change gets a later time.
    clock: AtomicUsize,
    times: Mutex<HashMap<u32, usize>>,
}

impl Mirrors {
    fn answer(&self, method: &str, path: &str) -> Answer {
        let id = path.split('/').find_map(|part| part.parse().ok()).expect("a repository");
        if method == "POST" {
            *self.starts.lock().expect("no panic").entry(id).or_default() += 1;
            let time = self.clock.fetch_add(1, Ordering::Relaxed) + 1;
            self.times.lock().expect("no panic").insert(id, time);
            return answer(200, format!(r#"{{"jid":"task-{id}"}}"#));
        }
        let time = self.times.lock().expect("no panic").get(&id).copied().unwrap_or_default();
        let time = format!("2026-01-01 {:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60);
        answer(
            200,
            format!(
                r#"{{"update_status":"finished","last_update_at":"{time}","last_successful_update_at":"{time}","number_of_failures":0}}"#
            ),
        )
    }

    /// How often each repository was started.
    fn starts(&self, repositories: u32) -> Vec<u32> {
        let starts = self.starts.lock().expect("no panic");
        (1..=repositories).map(|id| starts.get(&id).copied().unwrap_or_default()).collect()
    }
}

/// When the process that asks is killed: at its request of this number, before the service acts or after.
#[derive(Default)]
struct Killer {
    process: AtomicI32,
    requests: AtomicUsize,
    at: AtomicUsize,
    before: std::sync::atomic::AtomicBool,
}

impl Killer {
    fn arm(&self, at: usize, before: bool) {
        self.process.store(0, Ordering::SeqCst);
        self.requests.store(0, Ordering::SeqCst);
        self.before.store(before, Ordering::SeqCst);
        self.at.store(at, Ordering::SeqCst);
    }

    fn is_due(&self) -> bool {
        self.at.load(Ordering::SeqCst) == self.requests.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn kill(&self) {
        let begun = Instant::now();
        let process = loop {
            // The first request may come before the test knows the process.
            match Pid::from_raw(self.process.load(Ordering::SeqCst)) {
                Some(process) => break process,
                None => assert!(begun.elapsed() < LONGEST, "no process"),
            }
            thread::yield_now();
        };
        // It may have ended.
        let _ = kill_process(process, Signal::KILL);
    }
}

/// A service, a journal, and a list of repositories.
struct Nights {
    folder: TempDir,
    server: Server,
    mirrors: Arc<Mirrors>,
    killer: Arc<Killer>,
    repositories: u32,
}

impl Nights {
    fn of(repositories: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let list: Vec<String> = (1..=repositories).map(|id| id.to_string()).collect();
        std::fs::write(folder.path().join("list"), list.join("\n")).expect("written");
        let (mirrors, killer) = (Arc::<Mirrors>::default(), Arc::<Killer>::default());
        let (shared, armed) = (Arc::clone(&mirrors), Arc::clone(&killer));
        let server = Server::start(move |request, _| {
            let due = armed.is_due();
            if due && armed.before.load(Ordering::SeqCst) {
                armed.kill();
            }
            let answer = shared.answer(&request.method, &request.path);
            if due && !armed.before.load(Ordering::SeqCst) {
                armed.kill();
            }
            answer
        });
        Self { folder, server, mirrors, killer, repositories }
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("sync.journal")
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = against(&self.server, &["sync", "--file", &self.path("list")]);
        command.arg("--journal").arg(self.journal()).args(["--concurrency", "3", "--rate", "unlimited"]).args(more);
        command
    }

    fn run(&self, more: &[&str]) -> Ended {
        run(&mut self.command(more))
    }

    /// Runs it and kills it at this request. Returns whether it was killed before it ended.
    fn run_killed(&self, more: &[&str], at: usize, before: bool) -> bool {
        self.killer.arm(at, before);
        let child = Running::of(self.command(more).stdout(Stdio::null()).stderr(Stdio::null()));
        let process = i32::try_from(child.id()).expect("a process");
        self.killer.process.store(process, Ordering::SeqCst);
        let ended = child.ended();
        self.killer.arm(0, false);
        ended.code != Some(0)
    }

    fn starts(&self) -> Vec<u32> {
        self.mirrors.starts(self.repositories)
    }

    fn assert_each_started(&self, times: u32, context: &str) {
        assert_eq!(self.starts(), vec![times; self.repositories as usize], "{context}");
    }
}

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

#[test]
fn the_same_command_synchronizes_again_the_next_night() {
    let nights = Nights::of(3);
    for night in 1..=2 {
        let ended = nights.run(&["--wait", "--json"]);
        assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 3), "{ended:?}");
        nights.assert_each_started(night, "each night");
    }
}

/// Each case kills the first night's command at a random place, and its second command at another one, until one of
/// them ends. Then comes the second night. In the end, each repository was started once a night.
#[test]
fn after_a_kill_at_any_place_nothing_is_started_twice() {
    const REPOSITORIES: u32 = 6;
    const CASES: u64 = 120;
    let (next, kills) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let case = |number: u64| {
        let mut dice = Dice(number);
        let nights = Nights::of(REPOSITORIES);
        let more: &[&str] = if number.is_multiple_of(2) { &["--wait"] } else { &[] };
        let mut killed = 0;
        // A baseline, a start and a poll for each.
        let mut ended = false;
        for most in [3 * REPOSITORIES as usize - 6, 6, 3] {
            let (at, before) = (1 + dice.roll(most), dice.roll(2) == 0);
            if !nights.run_killed(more, at, before) {
                ended = true;
                break;
            }
            killed += 1;
        }
        if !ended {
            let second = nights.run(more);
            assert_eq!(second.code, Some(0), "case {number}: {second:?}");
        }
        nights.assert_each_started(1, &format!("night one of case {number}, {killed} kills"));
        let night_two = nights.run(more);
        assert_eq!(night_two.code, Some(0), "case {number}: {night_two:?}");
        nights.assert_each_started(2, &format!("night two of case {number}"));
        kills.fetch_add(killed, Ordering::Relaxed);
    };
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed) as u64;
                    if number >= CASES {
                        break;
                    }
                    case(number);
                }
            });
        }
    });
    let kills = kills.into_inner();
    assert!(kills >= 220, "only {kills} kills");
}

/// The limit of a file's size stands in for a full disk: the system refuses to let the journal grow.
#[test]
fn a_full_disk_starts_nothing_without_a_record() {
    let cases = |blocks: u32| {
        let nights = Nights::of(12);
        let program = env!("CARGO_BIN_EXE_codearts-repo");
        let limited = {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("ulimit -f {blocks}; exec \"$0\" \"$@\""), program]);
            let plain = nights.command(&["--wait"]);
            command.args(plain.get_args()).env_clear().stdin(Stdio::null());
            command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
            run(command.stdout(Stdio::piped()).stderr(Stdio::piped()))
        };
        // Not killed by a signal.
        assert!(limited.code.is_some(), "{blocks}: {limited:?}");
        if limited.code != Some(0) {
            assert!(limited.err.contains("free disk space and run the same command again"), "{blocks}: {limited:?}");
            let second = nights.run(&["--wait"]);
            assert_eq!(second.code, Some(0), "{blocks}: {second:?}");
        }
        nights.assert_each_started(1, &format!("night one with {blocks} blocks"));
        nights.run(&["--wait"]);
        nights.assert_each_started(2, &format!("night two with {blocks} blocks"));
        limited.code
    };
    let codes: Vec<_> = (0..20).map(|step| 1 + step).collect();
    let codes: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = codes.iter().map(|blocks| scope.spawn(move || cases(*blocks))).collect();
        running.into_iter().map(|case| case.join().expect("no panic")).collect()
    });
    assert!(codes.contains(&Some(0)) && codes.contains(&Some(1)), "{codes:?}");
}

/// A journal with so many results that it is compacted at its next use, which takes some time.
fn grown(nights: &Nights) -> String {
    assert_eq!(nights.run(&["--wait"]).code, Some(0));
    let text = std::fs::read_to_string(nights.journal()).expect("a journal");
    let (header, run) = text.split_once('\n').expect("a header");
    let grown: String = (1..=30).map(|number| run.replace(r#""run":1,"#, &format!(r#""run":{number},"#))).collect();
    assert!(grown.contains(r#""run":30,"#), "{run}");
    format!("{header}\n{grown}")
}

#[test]
fn a_kill_during_compaction_loses_nothing() {
    const REPOSITORIES: u32 = 200;
    let nights = Nights::of(REPOSITORIES);
    let journal = grown(&nights);
    let unfinished = nights.folder.path().join("sync.journal.new");
    let endpoint = nights.server.endpoint().parse().expect("an endpoint");
    let mut killed_within = 0;
    for case in 0..20_u64 {
        std::fs::write(nights.journal(), &journal).expect("written");
        let mut child = Running::of(nights.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()));
        let begun = Instant::now();
        while !unfinished.exists() && child.try_wait().expect("a child").is_none() {
            assert!(begun.elapsed() < LONGEST, "no compaction");
        }
        thread::sleep(Duration::from_micros(case * 100));
        let _ = kill_process(Pid::from_child(&child), Signal::KILL);
        child.ended();
        killed_within += u32::from(unfinished.exists());
        let runs = Journal::read(nights.journal(), &endpoint).expect("a journal").len();
        assert!((28..=31).contains(&runs), "case {case}: {runs} runs");
    }
    assert!(killed_within >= 3, "only {killed_within} kills came within a compaction");
    let before = nights.starts();
    assert_eq!(nights.run(&["--wait"]).code, Some(0));
    assert!(!unfinished.exists(), "the unfinished file is removed");
    assert!(nights.starts().iter().zip(before).all(|(now, before)| now - before <= 1));
}

/// Changes the year of all times in a journal.
fn shift_years(journal: &Path, years: i32) {
    let text = std::fs::read_to_string(journal).expect("a journal");
    let mut parts = text.split("\"at\":\"");
    let mut shifted = parts.next().expect("a header").to_owned();
    for part in parts {
        let (year, rest) = part.split_at(4);
        let year: i32 = year.parse().expect("a year");
        shifted += &format!("\"at\":\"{}{rest}", year + years);
    }
    std::fs::write(journal, shifted).expect("written");
}

#[test]
fn a_clock_set_back_changes_nothing() {
    for years in [1, 317] {
        let nights = Nights::of(4);
        assert!(nights.run_killed(&["--wait"], 6, true));
        // What was recorded lies in the future.
        shift_years(&nights.journal(), years);
        assert_eq!(nights.run(&["--wait"]).code, Some(0));
        nights.assert_each_started(1, "the run was continued");
        shift_years(&nights.journal(), years);
        assert_eq!(nights.run(&["--wait"]).code, Some(0));
        nights.assert_each_started(2, "the next night");
    }
}

#[test]
fn two_commands_cannot_use_one_journal_at_once() {
    let nights = Nights::of(2);
    let journal = std::fs::File::create(nights.journal()).expect("a file");
    journal.lock().expect("locked");
    let ended = nights.run(&["--wait"]);
    assert_eq!((ended.code, nights.server.requests().len()), (Some(2), 0), "{ended:?}");
    assert!(ended.err.contains("is in use by another process; wait for the other process"), "{ended:?}");
    drop(journal);
    assert_eq!(nights.run(&["--wait"]).code, Some(0));
}

#[test]
fn a_named_pipe_is_refused_as_a_journal() {
    let nights = Nights::of(1);
    assert!(Command::new("mkfifo").arg(nights.journal()).status().expect("mkfifo").success());
    let ended = nights.run(&[]);
    assert_eq!((ended.code, nights.server.requests().len()), (Some(2), 0), "{ended:?}");
    assert!(ended.err.contains("is not a regular file; choose another file"), "{ended:?}");
}

#[test]
fn a_journal_of_the_first_version_is_continued() {
    let nights = Nights::of(2);
    let header = format!(r#"{{"journal":"codearts-repo-sync","version":1,"endpoint":"{}"}}"#, nights.server.endpoint());
    let start =
        r#"{"repository_id":1,"event":"started","jid":"task-1","before":{"last_success":"2025-12-31 00:00:00"}}"#;
    std::fs::write(nights.journal(), format!("{header}\n{start}\n")).expect("written");
    let ended = nights.run(&["--wait"]);
    assert_eq!((ended.code, nights.starts()), (Some(0), vec![0, 1]), "{ended:?}");
    nights.run(&["--wait"]);
    assert_eq!(nights.starts(), [1, 2]);
}

#[test]
fn a_continued_run_is_announced_and_marks_recorded_results() {
    let nights = Nights::of(4);
    // One at a time: three calls for each, and the kill comes with the last poll.
    let slow = ["--wait", "--concurrency", "1"];
    let command = |more: &[&str]| {
        let mut command = against(&nights.server, &["sync", "--file", &nights.path("list"), "--rate", "unlimited"]);
        command.arg("--journal").arg(nights.journal()).args(slow).args(more);
        command
    };
    nights.killer.arm(12, true);
    let child = Running::of(command(&[]).stdout(Stdio::null()).stderr(Stdio::null()));
    nights.killer.process.store(i32::try_from(child.id()).expect("a process"), Ordering::SeqCst);
    assert_ne!(child.ended().code, Some(0));
    let copy = nights.folder.path().join("copy");
    std::fs::copy(nights.journal(), &copy).expect("copied");

    let ended = run(&mut command(&["--json"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("continues the run of 20") && ended.err.contains(" of 4 done, "), "{ended:?}");
    let recorded = ended.out.matches("\"recorded\":true,\"recorded_at\":\"20").count();
    assert!((1..4).contains(&recorded), "{ended:?}");
    let summary = format!("{} finished now, {recorded} before; 4 repositories in ", 4 - recorded);
    assert!(ended.err.contains(&summary), "{summary}: {ended:?}");

    // The same as a table.
    std::fs::copy(&copy, nights.journal()).expect("copied");
    let ended = run(&mut command(&[]));
    let marked =
        ended.out.lines().filter(|line| line.contains(": finished, task task-") && line.contains(", recorded 20"));
    assert_eq!(marked.count(), recorded, "{ended:?}");
}

#[test]
fn an_old_or_unwanted_run_is_closed() {
    for more in [&["--wait"][..], &["--wait", "--new-run"]] {
        let nights = Nights::of(3);
        assert!(nights.run_killed(&["--wait"], 8, false));
        let before: u32 = nights.starts().iter().sum();
        if more.len() == 1 {
            shift_years(&nights.journal(), -1);
        }
        let ended = nights.run(more);
        assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 3), "{ended:?}");
        assert!(ended.err.contains("closed the interrupted run of 20") && ended.err.contains(" left\n"), "{ended:?}");
        assert_eq!(nights.starts().iter().sum::<u32>(), before + 3, "everything is started again");
    }
}

#[test]
fn an_old_run_is_continued_within_the_requested_time() {
    let nights = Nights::of(2);
    assert!(nights.run_killed(&["--wait"], 3, true));
    thread::sleep(Duration::from_secs(2));
    let ended = nights.run(&["--wait", "--resume-within", "1s"]);
    assert!(ended.err.contains("closed the interrupted run"), "{ended:?}");
}

#[test]
fn a_named_run_starts_nothing_twice() {
    let nights = Nights::of(3);
    for (name, starts, recorded) in [("1", 1, 0), ("1", 1, 3), ("2", 2, 0), ("1", 2, 3), ("2", 2, 3)] {
        let ended = nights.run(&["--wait", "--json", "--run", name]);
        assert_eq!((ended.code, ended.out.matches("\"recorded\":true").count()), (Some(0), recorded), "{ended:?}");
        nights.assert_each_started(starts, name);
    }
}

/// A service whose synchronizations fail until the test repairs it.
#[test]
fn failures_are_retried_on_request() {
    let states = Arc::new(Mutex::new((HashMap::<String, u32>::new(), true)));
    let shared = Arc::clone(&states);
    let server = Server::start(move |request, _| {
        let mut states = shared.lock().expect("no panic");
        let fails = states.1;
        let path = request.path.split("/repositories/").last().unwrap_or_default().to_owned();
        let id: String = path.chars().take_while(char::is_ascii_digit).collect();
        let starts = states.0.entry(id.clone()).or_default();
        if request.method == "POST" {
            *starts += 1;
            return answer(200, r#"{"jid":"j"}"#);
        }
        let time = format!("2026-01-01 00:00:{starts:02}");
        let (word, failures) = if fails && id == "2" && *starts > 0 { ("failed", *starts) } else { ("finished", 0) };
        let success = if word == "failed" { "2026-01-01 00:00:00" } else { &time };
        answer(
            200,
            format!(
                r#"{{"update_status":"{word}","last_update_at":"{time}","last_successful_update_at":"{success}","number_of_failures":{failures}}}"#
            ),
        )
    });
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("journal");
    let run = |more: &[&str]| {
        let mut command = against(&server, &["sync", "1", "2", "--wait", "--json", "--run", "a"]);
        run(command.arg("--journal").arg(&journal).args(more))
    };
    assert_eq!(run(&[]).code, Some(1));
    let again = run(&[]);
    assert_eq!((again.code, again.out.matches("\"recorded\":true").count()), (Some(1), 2), "{again:?}");
    states.lock().expect("no panic").1 = false;
    let retried = run(&["--retry-failed"]);
    assert_eq!((retried.code, retried.out.matches("\"recorded\":true").count()), (Some(0), 1), "{retried:?}");
    let starts = states.lock().expect("no panic").0.clone();
    assert_eq!((starts["1"], starts["2"]), (1, 2));
}

#[test]
fn the_list_may_change_between_interruption_and_continuation() {
    let nights = Nights::of(3);
    assert!(nights.run_killed(&["--wait"], 8, true));
    std::fs::write(nights.folder.path().join("list"), "2\n3\n7\n").expect("written");
    let ended = nights.run(&["--wait"]);
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 3), "{ended:?}");
    assert!(ended.err.contains("1 repository of the run is no longer in the list and left out"), "{ended:?}");
    assert_eq!(nights.mirrors.starts(7), [1, 1, 1, 0, 0, 0, 1]);
}

#[test]
fn journal_options_need_a_journal_and_exclude_each_other() {
    let nights = Nights::of(1);
    for (more, words) in [
        (&["--run", ""][..], "--run <NAME>: invalid name of a run; use 1 to 200 bytes"),
        (&["--run", "a", "--new-run"], "cannot be used with"),
        (&["--resume-within", "soon"], "--resume-within <DURATION>: invalid duration"),
    ] {
        let ended = nights.run(more);
        assert_eq!((ended.code, ended.err.lines().count()), (Some(2), 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
    for option in [&["--run", "a"][..], &["--new-run"], &["--retry-failed"], &["--rescan"], &["--resume-within", "1h"]]
    {
        let ended = run(&mut against(&nights.server, &[&["sync", "1"], option].concat()));
        assert_eq!(ended.code, Some(2), "{ended:?}");
    }
    assert!(nights.server.requests().is_empty());
}

#[test]
fn another_process_waits_for_what_was_started() {
    let nights = Nights::of(3);
    assert_eq!(nights.run(&["--run", "a"]).code, Some(0));
    let wait = |more: &[&str]| {
        let mut command = against(&nights.server, &["wait", "--json"]);
        run(command.arg("--journal").arg(nights.journal()).args(more))
    };
    let journal = std::fs::read(nights.journal()).expect("a journal");
    for more in [&[][..], &["--run", "a", "--timeout", "1m"]] {
        let ended = wait(more);
        assert_eq!((ended.code, ended.out.matches("\"outcome\":\"finished\"").count()), (Some(0), 3), "{ended:?}");
    }
    nights.assert_each_started(1, "waiting starts nothing");
    assert_eq!(std::fs::read(nights.journal()).expect("a journal"), journal, "it is only read");
    let ended = wait(&["--run", "b"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("does not contain this run; check --journal and --run"), "{ended:?}");
}

/// The results of a part are no success of the whole.
#[test]
fn waiting_for_a_part_of_a_run_is_a_failure() {
    let nights = Nights::of(3);
    assert_eq!(nights.run(&[]).code, Some(0));
    let whole = std::fs::read_to_string(nights.journal()).expect("a journal");
    let is_start_of_3 = |line: &&str| line.contains(r#""event":"started","repository_id":3"#);
    let without = |left_out: &dyn Fn(&&str) -> bool| -> String {
        whole.lines().filter(|line| !left_out(line)).map(|line| format!("{line}\n")).collect()
    };
    let is_end = |line: &&str| line.contains(r#""event":"run_ended""#);
    for (journal, code, finished, words) in [
        (without(&is_end), 0, 3, "3 finished"),
        (without(&|line| is_end(line) || is_start_of_3(line)), 1, 2, "uncertain starts: 1; "),
        (without(&|line| is_end(line) || line.contains(r#""repository_id":3"#)), 1, 2, "the run has not ended and"),
        (without(&|line| is_end(line) || line.contains("repository_id")), 1, 0, "the run has not ended and"),
    ] {
        assert_ne!(journal, whole);
        std::fs::write(nights.journal(), &journal).expect("written");
        let ended = run(against(&nights.server, &["wait"]).arg("--journal").arg(nights.journal()));
        assert_eq!((ended.code, ended.out.matches(": finished").count()), (Some(code), finished), "{journal}{ended:?}");
        assert!(ended.err.contains(words), "{journal}{ended:?}");
    }
    nights.assert_each_started(1, "waiting starts nothing");
}

#[test]
fn a_list_with_baselines_is_waited_for() {
    let nights = Nights::of(2);
    let started = run(&mut against(&nights.server, &["sync", "1", "2", "--json"]));
    assert_eq!(started.code, Some(0), "{started:?}");
    let baseline = |id: u32| format!(r#"{{"repository_id":{id},"last_success":"2025-01-01 00:00:00","failures":0}}"#);
    let lines = [1, 2].map(|id| format!(r#"{{"repository_id":{id},"jid":"task-{id}","baseline":{}}}"#, baseline(id)));
    let wait = |lines: &str| {
        let mut command = against(&nights.server, &["wait", "--file", "-", "--json", "--timeout", "30s"]);
        support::run_with_input(&mut command, lines)
    };
    let ended = wait(&(lines.join("\n") + "\n\n{\"repository_id\":9,\"outcome\":\"skipped\"}\n"));
    let finished = ended.out.matches(r#""outcome":"finished""#).count();
    assert_eq!((ended.code, finished, ended.out.lines().count()), (Some(0), 2, 2), "{ended:?}");
    assert_eq!(nights.starts(), [1, 1], "waiting starts nothing");
    let requests = nights.server.requests().len();
    let foreign = format!(r#"{{"repository_id":1,"baseline":{}}}"#, baseline(2));
    for (line, words) in [
        ("5", "line 1: "),
        (r#"{"jid":"a"}"#, "line 1: missing repository_id; pass lines with"),
        (started.out.lines().next().expect("a line"), "line 1: missing baseline; pass lines with"),
        (&*foreign, "line 1: the baseline is of another repository; "),
        (r#"{"repository_id":1,"outcome":"failed"}"#, "no line says that something was started; "),
    ] {
        let ended = wait(line);
        let seen = (ended.code, ended.err.lines().count(), nights.server.requests().len());
        assert_eq!(seen, (Some(2), 1, requests), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
}
