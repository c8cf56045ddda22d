//! Runs the examples of the libraries, which cargo builds beside the tests.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::markdown::root;
use super::sandbox::{PASSWORD, SECRET_KEY, Sandbox, TOKEN};

/// How long an example may take, even on a busy machine.
const LONGEST: Duration = Duration::from_secs(120);

/// The built example.
fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("this program");
    let path = tests.parent().and_then(Path::parent).expect("the target folder").join("examples").join(name);
    assert!(path.exists(), "{} is not built; run `cargo test` or `cargo build --examples`", path.display());
    path
}

/// An example with region and token in its environment.
fn example(sandbox: &Sandbox, name: &str) -> Command {
    let mut command = sandbox.command(program(name));
    command.env("CODEARTS_REPO_TOKEN", TOKEN).env("CODEARTS_REPO_REGION", "cn-north-4");
    command
}

/// Runs it, and gives what it printed.
fn printed(command: &mut Command) -> String {
    printed_with(command, "")
}

fn printed_with(command: &mut Command, input: &str) -> String {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let id = child.id().to_string();
    // One that reads nothing may have ended.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || send.send(child.wait_with_output()));
    let ended = receive.recv_timeout(LONGEST);
    if ended.is_err() {
        let _ = Command::new("kill").args(["-9", &id]).status();
    }
    let output = ended.expect("it ends in time").expect("it ends");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {out}{err}");
    for secret in [TOKEN, PASSWORD, SECRET_KEY] {
        assert!(!out.contains(secret) && !err.contains(secret), "a secret is printed");
    }
    out.into_owned()
}

/// The printed lines, without task IDs and evidence.
fn lines(printed: &str) -> Vec<String> {
    let task = regex::Regex::new("[0-9a-f-]{36}").expect("a pattern");
    let evidence = regex::Regex::new(r" \{ evidence: .*").expect("a pattern");
    let line = |line| evidence.replace_all(&task.replace_all(line, "ID"), "").into_owned();
    printed.lines().map(line).collect()
}

#[test]
fn start() {
    let sandbox = Sandbox::new();
    assert_eq!(lines(&printed(&mut example(&sandbox, "start"))), ["repository 123: task ID"]);
    assert_eq!(sandbox.requests()[0].header("x-auth-token"), Some(TOKEN));
}

#[test]
fn remote_credentials() {
    let sandbox = Sandbox::new();
    let mut command = example(&sandbox, "remote_credentials");
    command.env("REMOTE_USERNAME", "alice").env("REMOTE_PASSWORD", "wonder");
    assert_eq!(lines(&printed(&mut command)), ["repository 123: task ID"]);
    let requests = sandbox.requests();
    assert_eq!(requests[0].remote_credentials(), Some(("alice".to_owned(), "wonder".to_owned())));
    assert_eq!(requests[0].json().expect("JSON")["force_fetch"], true);
}

#[test]
fn iam_password() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(program("iam_password"));
    command.env("HW_DOMAIN_NAME", "company").env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", PASSWORD);
    assert_eq!(lines(&printed(&mut command)), ["repository 123: task ID", "repository 124: task ID"]);
    let paths: Vec<_> = sandbox.requests().iter().map(|request| request.path().to_owned()).collect();
    assert!(paths[0].starts_with("/v3/auth/tokens"), "{paths:?}");
    assert_eq!(paths[1..], ["/v4/repositories/123/remote-mirror", "/v4/repositories/124/remote-mirror"]);
}

#[test]
fn access_key() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(program("access_key"));
    command.env("HUAWEICLOUD_SDK_AK", "AKEXAMPLE").env("HUAWEICLOUD_SDK_SK", SECRET_KEY);
    assert_eq!(lines(&printed(&mut command)), ["repository 123: task ID"]);
}

#[test]
fn token_provider() {
    let sandbox = Sandbox::new();
    let tool = sandbox.path("bin/vault");
    std::fs::write(&tool, format!("#!/bin/sh\necho asked >> asked\necho {TOKEN}\n")).expect("written");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&tool, executable).expect("executable");
    let mut command = sandbox.command(program("token_provider"));
    assert_eq!(lines(&printed(command.env("TOKEN_COMMAND", tool))).len(), 2);
    let asked = std::fs::read_to_string(sandbox.work().join("asked")).expect("it was asked");
    assert_eq!(asked, "asked\n", "once for both calls");
}

#[test]
fn failures() {
    let sandbox = Sandbox::new();
    let told = printed(example(&sandbox, "failures").args(["123", "126", "999"]));
    let told = lines(&told);
    assert_eq!((told.len(), told[0].as_str()), (3, "123: task ID"));
    assert!(told[1].starts_with("126: ") && told[1].ends_with("; no such mirror: check the repository ID"), "{told:?}");
    assert!(told[2].starts_with("999: ") && told[2].contains("CH.004404"), "{told:?}");
    let told = printed(example(&sandbox, "failures").arg("123").env("CODEARTS_REPO_TOKEN", "wrong"));
    assert!(told.ends_with("; get a new token\n"), "{told}");
    let mut unreachable = example(&sandbox, "failures");
    let told = printed(unreachable.arg("123").env("HTTPS_PROXY", "http://127.0.0.1:9"));
    assert!(told.ends_with("; nothing was started: retry later\n"), "{told}");
}

#[test]
fn list() {
    let sandbox = Sandbox::new();
    assert_eq!(printed(&mut example(&sandbox, "list")), "124 repository-124\n");
}

#[test]
fn mirror() {
    let sandbox = Sandbox::new();
    let printed = printed(&mut example(&sandbox, "mirror"));
    assert_eq!(printed, "source https://git.example.com/project.git\nstate none\n");
}

#[test]
fn refs() {
    let sandbox = Sandbox::new();
    // The mirror has no branches before its first synchronization.
    printed(&mut example(&sandbox, "wait"));
    let printed = printed(example(&sandbox, "refs").arg("123"));
    assert!(printed.starts_with("main Some(\""), "{printed}");
}

#[test]
fn sync() {
    let sandbox = Sandbox::new();
    assert_eq!(lines(&printed(&mut example(&sandbox, "sync"))), ["task ID ended: Finished"]);
    assert_eq!(sandbox.requests()[1].json().expect("JSON")["force_fetch"], true);
}

#[test]
fn wait() {
    let sandbox = Sandbox::new();
    assert_eq!(lines(&printed(&mut example(&sandbox, "wait"))), ["started task ID", "finished"]);
}

#[test]
fn many() {
    let sandbox = Sandbox::new();
    let run = || {
        let mut told = lines(&printed_with(&mut example(&sandbox, "many"), "123\n124\n999\n"));
        told.sort();
        told
    };
    let first = run();
    assert!(first[0].starts_with("123: finished") && first[1].starts_with("124: finished"), "{first:?}");
    assert!(first[2].starts_with("999: ") && first[2].contains("CH.004404"), "with its cause: {first:?}");
    let starts = || sandbox.requests().iter().filter(|request| request.method() == "POST").count();
    assert_eq!((run()[..2].len(), starts()), (2, 4), "a run that ended is followed by a new one");
}

/// The starts that the emulator got.
fn starts(sandbox: &Sandbox) -> usize {
    sandbox.requests().iter().filter(|request| request.method() == "POST").count()
}

#[test]
fn nightly() {
    let sandbox = Sandbox::new();
    for night in 1..=2 {
        let printed = lines(&printed_with(&mut example(&sandbox, "nightly"), "123\n124\n"));
        assert_eq!((printed[0].as_str(), printed.len()), ("a new night", 3), "{printed:?}");
        assert_eq!(starts(&sandbox), 2 * night, "each repository once a night");
    }
}

#[test]
fn ci_job() {
    let sandbox = Sandbox::new();
    for (pipeline, when, count) in [("1", "now", 2), ("1", "before", 2), ("2", "now", 4)] {
        let mut job = example(&sandbox, "ci_job");
        let mut printed = lines(&printed_with(job.env("PIPELINE_ID", pipeline), "123\n124\n"));
        printed.sort();
        assert_eq!(printed, [format!("123: finished {when}"), format!("124: finished {when}")]);
        assert_eq!(starts(&sandbox), count, "a repeated job starts nothing");
    }
}

/// It fails if a mirror takes more memory than is promised.
#[cfg(target_os = "linux")]
#[test]
fn state() {
    let sandbox = Sandbox::new();
    let printed = printed(example(&sandbox, "state").arg("100000"));
    assert!(printed.starts_with("100000 mirrors: opened in ") && printed.contains(" bytes each\n"), "{printed}");
}

#[test]
fn every_example_has_a_test() {
    let tests = include_str!("examples.rs");
    // Tools of the project: what they are for stands at their top.
    let tools = ["memory"];
    let folders =
        ["codearts-repo", "codearts-repo-sync", "codearts-repo-verify"].map(|name| format!("crates/{name}/examples"));
    for folder in std::iter::once("examples".to_owned()).chain(folders) {
        for file in std::fs::read_dir(root().join(&folder)).expect(&folder) {
            let path = file.expect("a file").path();
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
            assert!(tools.contains(&name) || tests.contains(&format!("fn {name}() {{")), "{name} has no test");
        }
    }
}
