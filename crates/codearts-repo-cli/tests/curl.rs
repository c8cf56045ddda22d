//! `--curl`: the line runs in a shell with the real curl, and no secret is in it or in an argument.
#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may panic")]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::Value;
use support::{Ended, Server, TOKEN, against, answer, codearts_repo, run, run_with_input};

const PASSWORD: &str = "pa'ss \"w\\ord$HOME`%s\u{e9}";

/// Runs a line in a shell that has these variables. curl has to be there.
fn shell(line: &str, variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::new("sh");
    command.args(["-c", line]).env_clear().envs(variables.iter().copied());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    run(&mut command)
}

fn service() -> Server {
    Server::start(|_, _| answer(200, r#"{"jid":"j"}"#))
}

/// The one line that a command writes instead of sending anything.
fn line_of(command: &mut Command) -> String {
    let ended = run(command);
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 1), "{ended:?}");
    for secret in [TOKEN, PASSWORD, "cGEnc3M"] {
        assert!(!ended.out.contains(secret) && !ended.err.contains(secret), "{ended:?}");
    }
    ended.out.trim_end().to_owned()
}

#[test]
fn the_line_sends_what_the_same_command_sends() {
    let server = service();
    let start = ["sync", "5", "--force", "--endpoint-uuid", "u \"1\" 'a'", "--remote-username", "b\u{f6}b"];
    let set = ["mirror", "set", "5", "--url", "https://h/it's?a=$b", "--branches", "all"];
    for arguments in [
        &start[..],
        &["sync", "5"],
        &set,
        &["mirror", "associate", "5"],
        &["mirror", "associate", "5", "--url", "https://h/a.git"],
    ] {
        let has_password = arguments.contains(&"--remote-username");
        let variables = [
            ("CODEARTS_REPO_TOKEN", TOKEN),
            ("CODEARTS_REPO_REMOTE_PASSWORD", PASSWORD),
            ("CODEARTS_REPO_REMOTE_USERNAME", "b\u{f6}b"),
        ];
        let variables = if has_password { &variables[..] } else { &variables[..1] };
        let mut command = against(&server, arguments);
        let line = line_of(command.envs(variables.iter().copied()).arg("--curl"));
        let before = server.requests().len();
        let ended = shell(&line, variables);
        assert_eq!((ended.code, ended.out.as_str()), (Some(0), r#"{"jid":"j"}"#), "{line} {ended:?}");
        let by_curl = server.requests().pop().expect("sent");
        assert_eq!(server.requests().len(), before + 1);
        let mut command = against(&server, arguments);
        assert!(run(command.envs(variables.iter().copied())).code < Some(2));
        let by_us = server.requests().into_iter().nth(before + 1).expect("sent");
        assert_eq!((&by_curl.method, &by_curl.path), (&by_us.method, &by_us.path));
        let body = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        assert_eq!(body(&by_curl.body), body(&by_us.body), "{line}");
        assert!(by_curl.head.contains(&format!("x-auth-token:{TOKEN}\n")), "{line}");
        let of = |head: &str, name: &str| head.lines().find(|line| line.starts_with(name)).map(str::to_owned);
        for name in ["content-type:", "accept:"] {
            assert_eq!(of(&by_curl.head, name), of(&by_us.head, name));
        }
    }
}

#[cfg(feature = "emulator")]
#[test]
fn the_line_starts_a_sync() {
    use support::emulator::Emulator;
    let emulator = Emulator::start(&["--repository", "5"]);
    let command = |arguments: &[&str]| {
        let mut command = codearts_repo(arguments);
        command.args(["--endpoint", &emulator.endpoint]).env("CODEARTS_REPO_TOKEN", Emulator::TOKEN);
        command
    };
    let status = |command: &mut Command| -> Value { serde_json::from_str(&run(command).out).expect("JSON") };
    assert_eq!(status(&mut command(&["status", "5", "--json"]))["update_status"], "none");
    let line = run(&mut command(&["sync", "5", "--curl"])).out;
    let ended = shell(line.trim_end(), &[("CODEARTS_REPO_TOKEN", Emulator::TOKEN)]);
    let answer: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((ended.code, answer["jid"].as_str().map(str::len)), (Some(0), Some(36)), "{ended:?}");
    assert_ne!(status(&mut command(&["status", "5", "--json"]))["update_status"], "none");
    let refused = shell(line.trim_end(), &[("CODEARTS_REPO_TOKEN", "another")]);
    assert_eq!(refused.code, Some(22), "{refused:?}");
}

#[test]
fn an_unset_variable_ends_the_line_before_anything_is_sent() {
    let server = service();
    let line = line_of(against(&server, &["sync", "5", "--curl"]).env("CODEARTS_REPO_REMOTE_PASSWORD", PASSWORD));
    let ended = shell(&line, &[("CODEARTS_REPO_TOKEN", TOKEN)]);
    assert!(ended.code != Some(0) && ended.err.contains("CODEARTS_REPO_REMOTE_PASSWORD"), "{ended:?}");
    assert!(server.requests().is_empty());
}

/// A curl that tells its arguments in place of sending anything.
#[test]
fn no_secret_is_an_argument() {
    let server = service();
    let line = line_of(against(&server, &["sync", "5", "--curl"]).env("CODEARTS_REPO_REMOTE_PASSWORD", PASSWORD));
    let folder = tempfile::tempdir().expect("a folder");
    let stand_in = folder.path().join("curl");
    std::fs::write(&stand_in, "#!/bin/sh\nprintf '%s\\n' \"$@\"\necho ---\ncat\n").expect("written");
    std::fs::set_permissions(&stand_in, std::fs::Permissions::from_mode(0o755)).expect("runs");
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-c", &line]).env_clear().env("PATH", path);
    let ended = run(command.env("CODEARTS_REPO_TOKEN", TOKEN).env("CODEARTS_REPO_REMOTE_PASSWORD", PASSWORD));
    let (arguments, input) = ended.out.split_once("---\n").expect("both");
    assert!(input.contains(TOKEN) && input.contains("cGEnc3M"), "{ended:?}");
    assert!(!arguments.contains(TOKEN) && !arguments.contains("cGEnc3M") && !arguments.contains("ss "), "{arguments}");
}

#[test]
fn each_kind_of_authorization_names_its_variable() {
    let server = service();
    let endpoint = server.endpoint();
    let line = |variables: &[(&str, &str)]| {
        line_of(codearts_repo(&["sync", "5", "--curl", "--endpoint", &endpoint]).envs(variables.iter().copied()))
    };
    assert!(line(&[("HW_AUTH_TOKEN", TOKEN)]).contains("\"$HW_AUTH_TOKEN\""));
    let key = line(&[("HUAWEICLOUD_SDK_AK", "AKEXAMPLE"), ("HUAWEICLOUD_SDK_SK", TOKEN)]);
    assert!(key.contains("\"$CODEARTS_REPO_TOKEN\"") && !key.contains("AKEXAMPLE"), "{key}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a token");
    std::fs::write(&file, format!("{TOKEN}\n")).expect("written");
    let variables = [("CODEARTS_REPO_TOKEN_FILE", file.to_str().expect("UTF-8"))];
    let ended = shell(&line(&variables), &variables);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(server.requests()[0].head.contains(&format!("x-auth-token:{TOKEN}\n")));
}

#[test]
fn each_repository_has_its_line_and_nothing_is_sent() {
    let server = service();
    let list = "1\n{\"repository_id\": 2, \"force\": true, \"remote_password\": \"s3cr3t\"}\n";
    let ended = run_with_input(&mut against(&server, &["sync", "--file", "-", "--curl"]), list);
    assert_eq!((ended.code, ended.out.lines().count(), server.requests().len()), (Some(0), 2, 0), "{ended:?}");
    assert!(!ended.out.contains("s3cr3t") && !ended.out.contains("czNjcjN0"), "{ended:?}");
    for more in [&["--json"][..], &["--dry-run"], &["--journal", "j"]] {
        let ended = run(against(&server, &["sync", "5", "--curl"]).args(more));
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{ended:?}");
    }
}
