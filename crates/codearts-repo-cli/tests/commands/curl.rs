//! `--curl`: the line runs in a shell with the real curl, and no secret is in it or in an argument.
#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{self, Ended, Request, Server, TOKEN, against, answer, codearts_repo, run, run_with_input};

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
    std::fs::write(&stand_in, "#!/bin/sh\nprintf '%s\\n' \"$@\"\necho ---\ncat <&3\ncat\n").expect("written");
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

/// Runs a line, passed on standard input because it may be longer than an argument can be.
fn shell_of(shell: &str, line: &str, variables: &[(&str, &OsStr)]) -> Ended {
    let mut command = Command::new(shell);
    command.env_clear().envs(variables.iter().copied()).env("LC_ALL", "C.UTF-8");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    run_with_input(command.stdout(Stdio::piped()).stderr(Stdio::piped()), line)
}

/// What the server received, without what each client writes in its own way.
fn essence(request: &Request) -> (String, String, String, Vec<String>) {
    let names = ["x-auth-token:", "content-type:", "accept:"];
    let mut head: Vec<String> = request
        .head
        .lines()
        .filter(|line| names.iter().any(|name| line.starts_with(name)))
        .map(str::to_owned)
        .collect();
    head.sort();
    (request.method.clone(), request.path.clone(), request.body.clone(), head)
}

/// The line of a command, run by each shell, sends what the command itself sends, byte by byte.
fn assert_same_request(server: &Server, arguments: &[&str], variables: &[(&str, &OsStr)]) {
    let command = |more: &[&str]| {
        let mut command = codearts_repo(arguments);
        command.args(more).envs(variables.iter().copied());
        command
    };
    let line = run(&mut command(&["--curl"]));
    assert_eq!(line.code, Some(0), "{line:?}");
    let own = run(&mut command(&[]));
    assert!(own.code < Some(2), "{own:?}");
    let own = essence(&server.requests().into_iter().rfind(|request| request.method != "GET").expect("sent"));
    for shell in ["sh", "dash", "bash"] {
        let before = server.requests().len();
        let ended = shell_of(shell, &line.out, variables);
        assert_eq!(ended.code, Some(0), "{shell} {} {ended:?}", line.out);
        let requests = server.requests();
        assert_eq!(requests.len(), before + 1, "one request");
        assert_eq!(essence(&requests[before]), own, "{shell} {}", line.out);
    }
}

const AWKWARD: [&str; 14] = [
    "a b",
    "it's",
    "say \"x\"",
    "$HOME",
    "`id`",
    "$(id)",
    "back\\slash",
    "\\r\\nX-Inj:yes",
    "[1-3]",
    "{a,b}",
    "-dash",
    "@file",
    "ü代码",
    "a%sb%%",
];

#[test]
fn awkward_values_arrive_as_they_are() {
    let server = service();
    let endpoint = server.endpoint();
    let token = OsStr::new(TOKEN);
    for value in AWKWARD.iter().copied().chain(["two\nlines"]) {
        // clap takes a value that begins with a dash only behind an equals sign.
        let (uuid, username) = (format!("--endpoint-uuid={value}"), format!("--remote-username={value}"));
        let words = ["sync", "5", "--endpoint", &endpoint, &uuid, &username];
        let secret = OsStr::new(value);
        let variables = [
            ("CODEARTS_REPO_TOKEN", token),
            ("CODEARTS_REPO_REMOTE_PASSWORD", secret),
            ("CODEARTS_REPO_REMOTE_USERNAME", secret),
        ];
        assert_same_request(&server, &words, &variables);
    }
}

#[test]
fn awkward_tokens_arrive_as_they_are_or_end_the_line() {
    let server = service();
    let endpoint = server.endpoint();
    let arguments = ["sync", "5", "--endpoint", &endpoint];
    let long = "x".repeat(100_000);
    for value in
        ["it's", "say\"x\"", "$HOME", "back\\slash", "a\\r\\nX-Inj:yes", "{a,b}[1-3]", "-dash", "@file", "!1", &long]
    {
        assert_same_request(&server, &arguments, &[("CODEARTS_REPO_TOKEN", OsStr::new(value))]);
    }
    let line = run(codearts_repo(&arguments).arg("--curl").env("CODEARTS_REPO_TOKEN", TOKEN)).out;
    let before = server.requests().len();
    for value in ["", "a b", "a\nX-Inj: yes", "a\r\nX-Inj: yes", "\u{e4}", "a\r"] {
        for shell in ["sh", "dash", "bash"] {
            let ended = shell_of(shell, &line, &[("CODEARTS_REPO_TOKEN", OsStr::new(value))]);
            assert!(ended.code != Some(0) && ended.err.contains("CODEARTS_REPO_TOKEN"), "{shell} {value:?} {ended:?}");
        }
    }
    assert_eq!(server.requests().len(), before, "nothing is sent");
}

#[test]
fn token_files_are_read_as_this_program_reads_them() {
    let server = service();
    let endpoint = server.endpoint();
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["sync", "5", "--endpoint", &endpoint];
    for (name, contents, valid) in [
        ("-tok", format!("{TOKEN}\n"), true),
        ("with 'quotes' and $x", format!("{TOKEN}x"), true),
        ("crlf", format!("{TOKEN}x\r\n"), true),
        ("mark", format!("\u{feff}{TOKEN}\n"), true),
        ("two lines", format!("{TOKEN}\n\n"), false),
        ("blank", format!("{TOKEN} \n"), false),
        ("empty", String::new(), false),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, contents).expect("written");
        let variables = [("CODEARTS_REPO_TOKEN_FILE", path.as_os_str())];
        if valid {
            assert_same_request(&server, &arguments, &variables);
            continue;
        }
        let own = run(codearts_repo(&arguments).envs(variables));
        assert_eq!(own.code, Some(2), "{name} {own:?}");
        assert_ends_before_curl(&server, &endpoint, &path);
    }
    assert_ends_before_curl(&server, &endpoint, &folder.path().join("gone"));
}

fn assert_ends_before_curl(server: &Server, endpoint: &str, path: &std::path::Path) {
    let valid = path.with_file_name("valid");
    std::fs::write(&valid, TOKEN).expect("written");
    let mut command = codearts_repo(&["sync", "5", "--endpoint", endpoint, "--curl"]);
    let line = run(command.env("CODEARTS_REPO_TOKEN_FILE", &valid));
    let before = server.requests().len();
    for shell in ["sh", "dash", "bash"] {
        let ended = shell_of(shell, &line.out, &[("CODEARTS_REPO_TOKEN_FILE", path.as_os_str())]);
        assert!(ended.code != Some(0) && !ended.err.is_empty(), "{shell} {path:?} {ended:?}");
    }
    assert_eq!(server.requests().len(), before, "nothing is sent");
}

#[test]
fn brackets_and_braces_of_an_address_are_one_request() {
    let server = service();
    for path in ["/p[1-3]", "/p{a,b}", "/a'b$c"] {
        let endpoint = format!("{}{path}", server.endpoint());
        let variables = [("CODEARTS_REPO_TOKEN", OsStr::new(TOKEN))];
        assert_same_request(&server, &["sync", "5", "--endpoint", &endpoint], &variables);
    }
}
