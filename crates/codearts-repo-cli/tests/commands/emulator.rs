//! The local CodeArts Repo, behind `--emulator` and as a server.
#![cfg(all(unix, feature = "emulator"))]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::{Ended, LONGEST, Running, codearts_repo, in_time, run};

fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// Lets temporary folders be made here alone, so that what is left behind shows.
fn in_folder<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command.env("TMPDIR", folder)
}

#[test]
fn one_command_mirrors_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended = run(in_folder(&mut codearts_repo(&["--emulator", "sync", "123", "--wait"]), folder.path()));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let line = ended.out.strip_prefix("repository 123: finished, task ").expect("an outcome");
    assert_eq!(line.trim_end().len(), 36, "{line}");
    assert_eq!(entries(folder.path()), [""; 0]);
}

#[test]
fn the_emulator_does_not_receive_tokens_of_the_environment() {
    let mut command = codearts_repo(&["--emulator", "sync", "1", "2", "--wait", "--json"]);
    let ended = run(command.env("CODEARTS_REPO_TOKEN", "\n"));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.out.matches("\"outcome\":\"finished\"").count(), 2, "{ended:?}");
}

#[test]
fn status_of_a_mirror_that_was_never_synchronized() {
    let ended = run(&mut codearts_repo(&["--emulator", "status", "7", "--json"]));
    let state: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((ended.code, &state["repository_id"], &state["update_status"]), (Some(0), &7.into(), &"none".into()));
}

/// Starts the server and waits for its line.
fn serve(arguments: &[&str], folder: &Path) -> (Running, Value) {
    ready(in_folder(codearts_repo(&["emulator"]).args(arguments), folder))
}

fn ready(command: &mut Command) -> (Running, Value) {
    let mut running = Running::of(command);
    let line = running.line();
    (running, serde_json::from_str(&line).expect("JSON"))
}

fn end(running: Running, signal: Signal) -> Ended {
    kill_process(Pid::from_child(&running), signal).expect("it runs");
    running.ended()
}

#[test]
fn the_server_prints_its_address_and_ends_on_each_signal() {
    let folder = tempfile::tempdir().expect("a folder");
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::USR1, Signal::USR2, Signal::ALARM] {
        let arguments = ["--listen", "127.0.0.1:0", "--token", "abc", "--repository", "5", "--repository", "6"];
        let (child, ready) = serve(&arguments, folder.path());
        let endpoint = ready["endpoint"].as_str().expect("an address");
        assert!(endpoint.starts_with("http://127.0.0.1:") && ready["iam_endpoint"].is_string(), "{ready}");
        assert_eq!(ready["page"], format!("{endpoint}/"));
        let mut command = codearts_repo(&["sync", "5", "6", "--wait", "--endpoint", endpoint]);
        let synced = run(command.env("CODEARTS_REPO_TOKEN", "abc"));
        assert_eq!(synced.code, Some(0), "{synced:?}");
        let mut command = codearts_repo(&["sync", "5", "--endpoint", endpoint]);
        assert_eq!(run(command.env("CODEARTS_REPO_TOKEN", "wrong")).code, Some(3));
        let ended = end(child, signal);
        assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
        assert!(ended.err.contains(&format!("open {endpoint}/ ")), "{ended:?}");
        assert_eq!(entries(folder.path()), [""; 0]);
    }
}

#[test]
fn the_page_can_be_turned_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let (child, ready) = serve(&["--page", "off"], folder.path());
    assert_eq!(status_of(ready["endpoint"].as_str().expect("an address"), "GET /"), "404");
    assert!(ready.get("page").is_none(), "{ready}");
    let ended = end(child, Signal::TERM);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
}

#[test]
fn a_local_source_is_mirrored_into_a_permanent_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (source, data) = (folder.path().join("source"), folder.path().join("data"));
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(&source).args(arguments);
        for (name, value) in [("NAME", "A"), ("EMAIL", "a@example.com")] {
            command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
        }
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    std::fs::create_dir(&source).expect("a folder");
    git(&["init", "-q", "-b", "main"]);
    git(&["commit", "-q", "--allow-empty", "-m", "one"]);
    let seed = format!("5={}", source.display());
    let arguments = ["--token", "abc", "--data", data.to_str().expect("UTF-8"), "--repository", &seed];
    let (child, ready) = serve(&arguments, folder.path());
    let endpoint = ready["endpoint"].as_str().expect("an address").to_owned();
    let mut command = codearts_repo(&["sync", "5", "--wait", "--endpoint", &endpoint]);
    assert_eq!(run(command.env("CODEARTS_REPO_TOKEN", "abc")).code, Some(0));
    assert_eq!(end(child, Signal::TERM).code, Some(0));
    assert!(!entries(&data).is_empty());
}

#[test]
fn nobody_else_can_read_the_repositories_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let arguments = ["--token", "abc", "--repository", "5", "--data", data.to_str().expect("UTF-8")];
    let (child, ready) = serve_after("umask 000", &arguments, folder.path());
    let mut command = codearts_repo(&["sync", "5", "--wait", "--endpoint", ready["endpoint"].as_str().expect("text")]);
    assert_eq!(run(command.env("CODEARTS_REPO_TOKEN", "abc")).code, Some(0));
    assert_eq!(end(child, Signal::TERM).code, Some(0));
    let (mut folders, mut seen) = (vec![data], 0);
    while let Some(path) = folders.pop() {
        let mode = std::fs::metadata(&path).expect("it exists").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
        seen += 1;
        if path.is_dir() {
            folders.extend(std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn invalid_options_are_reported_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let unknown = file("unknown", r#"{"fault": "lost"}"#);
    let odd = file("odd", r#"{"fault": {"status": 99}}"#);
    for (arguments, words) in [
        (&["--repository", "0"][..], "--repository: repository id \"0\" is not a whole number from 1 to "),
        (&["--access-key", "AKs3cr3t"], "--access-key: invalid value; write AK:SK_VARIABLE"),
        (
            &["--access-key", "AK:NOT_SET"],
            "--access-key: the variable is not set or empty; write AK:SK_VARIABLE, and set the variable to the secret",
        ),
        (
            &["--user", "robot:NOT_SET"],
            "--user: the variable is not set or empty; write DOMAIN/NAME:VARIABLE, and set the variable to the secret",
        ),
        (&["--service-endpoint", "uuid"], "--service-endpoint: invalid value; write UUID=NAME:VARIABLE"),
        (&["--quota", "10/s"], "--quota <N/min>: invalid rate; use 1/min to 60000/min"),
        (&["--faults", "/does/not/exist"], "--faults /does/not/exist: No such file"),
        (&["--faults", &unknown], ", line 1: unknown fault `lost`, expected one of `delay`, "),
        (&["--faults", &odd], ", line 1: the status is not 200 to 999"),
        (&["--token", ""], "emulator: a token does not have 1 to "),
        (&["--repository", "1=nowhere"], "is not a folder; write ID=FOLDER with a folder that exists"),
        (&["--repository", "1= "], "is not a folder; write ID=FOLDER"),
        (&["--listen", "nowhere"], "--listen <ADDRESS>: "),
        (
            &["--listen", "0.0.0.0:0"],
            "can be reached from other machines; pass a loopback address, or allow it with --allow-non-loopback",
        ),
    ] {
        let ended = run(codearts_repo(&["emulator"]).args(arguments));
        assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(2), "", 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
}

#[test]
fn without_git_both_emulators_advise_in_the_words_of_the_command_line() {
    for arguments in [&["emulator", "--repository", "5"][..], &["--emulator", "sync", "5"]] {
        let ended = run(codearts_repo(arguments).env("PATH", ""));
        assert_eq!((ended.out.as_str(), ended.err.lines().count()), ("", 1), "{ended:?}");
        assert!(ended.err.ends_with("; install git, and make sure that it is on the PATH\n"), "{ended:?}");
    }
}

/// The status of an answer, by a client that repeats nothing.
fn status_of(endpoint: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(endpoint.trim_start_matches("http://")).expect("a connection");
    let head = "HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}";
    stream.set_read_timeout(Some(LONGEST)).expect("a timeout");
    write!(stream, "{request} {head}").expect("sent");
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).expect("a line");
    line.split(' ').nth(1).unwrap_or_default().to_owned()
}

/// Everything that the server can be given, used over the wire by the command itself.
#[test]
fn users_keys_faults_and_a_quota_are_options() {
    let folder = tempfile::tempdir().expect("a folder");
    let faults = folder.path().join("faults");
    let rule =
        r#"{"fault": {"status": 503}, "operation": "StartRemoteMirrorSynchronization", "repository": 5, "times": 3}"#;
    std::fs::write(&faults, format!("{rule}\n\n")).expect("written");
    let mut command = codearts_repo(&["emulator", "--repository", "5", "--repository", "6=", "--quota", "8/min"]);
    command.args(["--access-key", "AKEXAMPLE:THE_KEY", "--user", "company/robot:THE_PASSWORD", "--token-life", "1h"]);
    command.args(["--iam-listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--faults"]).arg(&faults);
    command.env("THE_KEY", "s3cr3t-key").env("THE_PASSWORD", "s3cr3t-password");
    let (child, ready) = ready(in_folder(&mut command, folder.path()));
    let address = |name: &str| ready[name].as_str().expect(name).to_owned();
    assert_ne!(address("endpoint"), address("iam_endpoint"));
    assert!(address("admin_endpoint").starts_with("http://127.0.0.1:"));

    let by_key = |arguments: &[&str]| {
        let mut command = codearts_repo(arguments);
        command.args(["--endpoint", &address("endpoint")]).env("HUAWEICLOUD_SDK_AK", "AKEXAMPLE");
        run(command.env("HUAWEICLOUD_SDK_SK", "s3cr3t-key"))
    };
    let busy = by_key(&["sync", "5", "--json"]);
    assert!(busy.out.contains("\"status\":503"), "{busy:?}");
    let mut by_password = codearts_repo(&["sync", "5", "--wait", "--endpoint", &address("endpoint")]);
    by_password.args(["--iam-endpoint", &address("iam_endpoint"), "--region", "cn-north-4"]);
    by_password
        .env("HW_USER_NAME", "robot")
        .env("HW_USER_PASSWORD", "s3cr3t-password")
        .env("HW_DOMAIN_NAME", "company");
    let finished = run(in_folder(&mut by_password, folder.path()).env("HOME", folder.path()));
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let plain = by_key(&["sync", "6", "--json"]);
    assert!(plain.out.contains("\"status\":404"), "{plain:?}");
    let login = || status_of(&address("iam_endpoint"), "POST /v3/auth/tokens");
    let logins: Vec<_> = (0..8).map(|_| login()).collect();
    assert_eq!((&logins[..7], logins[7].as_str()), (&vec!["400".to_owned(); 7][..], "429"), "one more was before them");
    let ended = end(child, Signal::TERM);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(!ended.err.contains("s3cr3t"), "{ended:?}");
}

#[test]
fn a_plain_repository_becomes_a_mirror() {
    let folder = tempfile::tempdir().expect("a folder");
    let (child, ready) = serve(&["--token", "t", "--repository", "124="], folder.path());
    let mirror = |arguments: &[&str]| {
        let mut command = codearts_repo(&["mirror"]);
        command.args(arguments).args(["--endpoint", ready["endpoint"].as_str().expect("an address")]);
        run(command.env("CODEARTS_REPO_TOKEN", "t"))
    };
    for arguments in [&["show", "124"][..], &["set", "124", "--schedule", "on"]] {
        let ended = mirror(arguments);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.err.contains("associate one first"), "{ended:?}");
    }
    let ended = mirror(&["associate", "124", "--url", "https://example.com/a.git", "--json"]);
    let shown: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((ended.code, &shown["url"]), (Some(0), &"https://example.com/a.git".into()));
    for (switch, said) in [("on", "yes"), ("off", "no")] {
        let ended = mirror(&["set", "124", "--schedule", switch, "--branches", "all", "--url", "https://h/b.git"]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
        assert!(ended.out.contains(&format!("scheduled         {said}\n")), "{ended:?}");
        assert!(ended.out.contains("source            https://h/b.git\nbranches          all\n"), "{ended:?}");
    }
    assert_eq!(mirror(&["associate", "124"]).code, Some(1));
    end(child, Signal::TERM);
}

/// Starts the server behind a command of the shell.
fn serve_after(first: &str, arguments: &[&str], folder: &Path) -> (Running, Value) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{first}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_codearts-repo"), "emulator"]);
    command.args(arguments).env_remove("RUST_LOG").stdout(Stdio::piped()).stderr(Stdio::piped());
    ready(in_folder(&mut command, folder))
}

#[test]
fn refused_connections_give_one_warning_with_a_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let (child, ready) = serve_after("ulimit -n 64", &["--token", "abc"], folder.path());
    let endpoint = ready["endpoint"].as_str().expect("an address");
    let connect = || TcpStream::connect(endpoint.trim_start_matches("http://")).expect("a connection");
    let mut waiting: Vec<TcpStream> = (0..150).map(|_| connect()).collect();
    let last = waiting.last_mut().expect("one");
    last.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    last.set_read_timeout(Some(Duration::from_secs(1))).expect("a timeout");
    last.read(&mut [0; 1]).expect_err("the server has no file handle left for it");
    drop(waiting);
    assert_eq!(status_of(endpoint, "GET /"), "200");
    let ended = end(child, Signal::TERM);
    let warnings: Vec<&str> = ended.err.lines().filter(|line| line.contains("could not be accepted")).collect();
    assert!(matches!(warnings.as_slice(), [warning] if warning.contains("attempts=")), "{ended:?}");
}

#[test]
fn a_closed_terminal_ends_the_server_and_its_git_unless_hangups_are_ignored() {
    let folder = tempfile::tempdir().expect("a folder");
    // A source that accepts connections and never answers.
    let source = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/a.git", source.local_addr().expect("an address"));
    let repository = format!("5={url}");
    let arguments = ["--token", "abc", "--repository", &repository];
    let start = |first: &str| {
        let (child, ready) = serve_after(first, &arguments, folder.path());
        let endpoint = ready["endpoint"].as_str().expect("an address").to_owned();
        let mut command = codearts_repo(&["sync", "5", "--endpoint", &endpoint]);
        assert_eq!(run(command.env("CODEARTS_REPO_TOKEN", "abc")).code, Some(0));
        let source = source.try_clone().expect("a second handle");
        let (connection, _) = in_time("git connects", move || source.accept()).expect("git connects");
        (child, endpoint, connection)
    };
    let (child, _, mut connection) = start(":");
    assert_eq!(end(child, Signal::HUP).code, Some(0));
    assert_eq!(entries(folder.path()), [""; 0]);
    connection.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    connection.read_to_end(&mut Vec::new()).expect("git has ended");

    let (child, endpoint, _connection) = start("trap '' HUP");
    kill_process(Pid::from_child(&child), Signal::HUP).expect("it runs");
    assert_eq!(status_of(&endpoint, "GET /"), "200");
    assert_eq!(end(child, Signal::TERM).code, Some(0));
}
