//! A journal on a file system that is really full. It takes a user namespace, to mount one without being root.
#![cfg(target_os = "linux")]

use std::collections::HashMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

use crate::support::{Server, TOKEN, answer, run};

/// What a namespace with file systems of its own needs.
const UNSHARE: [&str; 5] = ["unshare", "--map-root-user", "--mount", "sh", "-c"];

fn can_mount() -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(UNSHARE[0]);
    command.args(&UNSHARE[1..]).args(["mount -t tmpfs -o size=16k tmpfs \"$0\""]).arg(folder.path());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Names a test that cannot run here, so that it does not count as passed.
fn skipped(test: &str) -> bool {
    let skip = !can_mount();
    if skip {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {test}: this system allows no mounts in a user namespace");
    }
    skip
}

#[derive(Default)]
struct Starts(Mutex<HashMap<u32, u32>>);

impl Starts {
    fn of(&self, repositories: u32) -> Vec<u32> {
        let starts = self.0.lock().expect("no panic");
        (1..=repositories).map(|id| starts.get(&id).copied().unwrap_or_default()).collect()
    }
}

/// A service whose synchronizations finish at once, and show it.
fn service() -> (Server, Arc<Starts>) {
    let starts = Arc::<Starts>::default();
    let counted = Arc::clone(&starts);
    let server = Server::start(move |request, _| {
        let id = request.path.split('/').find_map(|part| part.parse::<u32>().ok()).expect("a repository");
        let mut starts = counted.0.lock().expect("no panic");
        let count = starts.entry(id).or_default();
        if request.method == "POST" {
            *count += 1;
            return answer(200, format!(r#"{{"jid":"task-{id}-{count}"}}"#));
        }
        let time = format!("2026-01-0{} 00:00:00", *count + 1);
        answer(
            200,
            format!(
                r#"{{"update_status":"finished","last_update_at":"{time}","last_successful_update_at":"{time}","number_of_failures":0}}"#
            ),
        )
    });
    (server, starts)
}

/// Runs a command twice in one namespace: on a disk of this size, and after room was made. Returns both exit codes and
/// the errors of the first run.
fn twice(server: &Server, repositories: u32, kib: u32, more: &str) -> (i32, i32, String) {
    let folder = TempDir::new().expect("a folder");
    let list: Vec<String> = (1..=repositories).map(|id| id.to_string()).collect();
    std::fs::write(folder.path().join("list"), list.join("\n")).expect("written");
    let script = format!(
        "set -u; cd \"$0\"; mkdir disk; mount -t tmpfs -o size={kib}k tmpfs disk; \
         sync() {{ \"$1\" sync --file list {more} --rate unlimited --journal disk/journal --endpoint \"$2\"; }}; \
         sync \"$1\" \"$2\" >first.out 2>first.err; echo $? >first.code; \
         mount -o remount,size=16m tmpfs disk; \
         sync \"$1\" \"$2\" >second.out 2>second.err; echo $? >second.code"
    );
    let mut command = Command::new(UNSHARE[0]);
    command.args(&UNSHARE[1..]).arg(script).arg(folder.path()).arg(env!("CARGO_BIN_EXE_codearts-repo"));
    command.arg(server.endpoint()).env_clear().env("CODEARTS_REPO_TOKEN", TOKEN).env("HOME", "/nonexistent");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).stdin(Stdio::null());
    let ended = run(command.stdout(Stdio::piped()).stderr(Stdio::piped()));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
    let code = |name: &str| read(name).trim().parse().expect("a number");
    (code("first.code"), code("second.code"), read("first.err"))
}

#[test]
fn a_start_is_not_repeated_after_a_full_disk() {
    if skipped("a_start_is_not_repeated_after_a_full_disk") {
        return;
    }
    let (server, starts) = service();
    let (first, second, err) = twice(&server, 2000, 16, "");
    assert_eq!((first, second), (1, 0), "{err}");
    assert!(err.contains("free disk space and run the same command again"), "{err}");
    assert_eq!(starts.of(2000), vec![1; 2000]);
}

/// The disk runs full at another line in each case, the line of the run's end among them. A run that ended is followed
/// by a new one; any other one is continued.
#[test]
fn the_end_of_a_run_is_recorded_or_the_run_is_continued() {
    if skipped("the_end_of_a_run_is_recorded_or_the_run_is_continued") {
        return;
    }
    let case = |repositories: u32| {
        let (server, starts) = service();
        let (first, second, err) = twice(&server, repositories, 8, "--wait --concurrency 1");
        let times = if first == 0 { 2 } else { 1 };
        assert_eq!((second, starts.of(repositories)), (0, vec![times; repositories as usize]), "{repositories}: {err}");
        first
    };
    let codes: Vec<i32> = thread::scope(|scope| {
        let cases: Vec<_> = (1..=24).map(|repositories| scope.spawn(move || case(repositories))).collect();
        cases.into_iter().map(|case| case.join().expect("no panic")).collect()
    });
    assert!(codes.contains(&0) && codes.contains(&1), "{codes:?}");
}
