//! Every message says on one line what is wrong and what to do about it.
#![cfg(all(unix, feature = "emulator"))]

use std::process::Command;

use crate::support::{Ended, Server, TOKEN, against, answer, codearts_repo, run, run_with_input};

/// Whether a message has the form `WHAT; ADVICE` on one line.
fn has_advice(message: &str) -> bool {
    message.trim_end().rsplit_once("; ").is_some_and(|(what, advice)| !what.is_empty() && !advice.is_empty())
}

/// The one line of a failed command.
fn message(ended: &Ended) -> String {
    assert_ne!(ended.code, Some(0), "{ended:?}");
    let text = if ended.err.is_empty() { &ended.out } else { &ended.err };
    assert_eq!(text.lines().count(), 1, "{ended:?}");
    text.clone()
}

fn assert_style(ended: &Ended) {
    let line = message(ended);
    assert!(has_advice(&line), "no advice: {line}");
    assert!(!line.trim_end().ends_with('.'), "ends with a period: {line}");
    let said = line.strip_prefix("codearts-repo: ").or_else(|| line.strip_prefix("repository 5: "));
    let said = said.unwrap_or_else(|| panic!("no program and no repository at the start: {line}"));
    assert!(
        !said.starts_with(|c: char| c.is_uppercase())
            || said.starts_with("CODEARTS")
            || said.starts_with("H")
            || said.starts_with("IAM "),
        "{line}"
    );
}

#[test]
fn invalid_arguments() {
    let folder = tempfile::tempdir().expect("a folder");
    let (folder, file) = (folder.path(), folder.path().join("file"));
    std::fs::write(&file, "x").expect("written");
    let file = file.to_str().expect("UTF-8");
    let broken_config = folder.join("config.toml");
    std::fs::write(&broken_config, "regoin = 1").expect("written");
    let config = broken_config.to_str().expect("UTF-8");
    let no_folder = format!("{file}/below");
    for arguments in [
        &[][..],
        &["nonsense"],
        &["sync"],
        &["sync", "0"],
        &["sync", "1", "--wayt"],
        &["sync", "1", "--zzz"],
        &["sync", "1", "--timeout", "soon"],
        &["sync", "1", "--concurrency", "0"],
        &["sync", "1", "--rate", "1"],
        &["sync", "1", "--file", "f"],
        &["sync", "--file", "/does/not/exist"],
        &["sync", "--file", file],
        &["sync", "1", "--region", "cn-nort-4"],
        &["sync", "1", "--endpoint", "nowhere"],
        &["sync", "1", "--endpoint", "ftp://h"],
        &["sync", "1", "--endpoint", "http://example.com"],
        &["sync", "1", "--endpoint", "https://a:b@h"],
        &["sync", "1", "--endpoint", "https://h/?a"],
        &["sync", "1", "--ca-file", "/does/not/exist"],
        &["sync", "1", "--ca-file", file],
        &["sync", "1", "--journal", &no_folder],
        &["sync", "1", "--journal", file],
        &["sync", "1", "--credentials-section", "none"],
        &["sync", "1", "--profile", "none"],
        &["sync", "1", "--config", "/does/not/exist"],
        &["sync", "1", "--config", config],
        &["sync", "1", "--color", "red"],
        &["sync", "1", "--output", "xml"],
        &["sync", "1", "--json", "--output", "table"],
        &["sync", "--emulator", "1", "--region", "cn-north-4"],
        &["list", "--search", ""],
        &["list", "--sort", "up"],
        &["mirror", "set", "5"],
        &["mirror", "set", "5", "--schedule", "maybe"],
        &["mirror", "set", "5", "--url", "ssh://h"],
        &["mirror"],
        &["schema", "nothing"],
        &["completions", "tcsh"],
        &["man", file],
        &["emulator", "--repository", "0"],
        &["emulator", "--repository", "5=ssh://h/x"],
        &["emulator", "--access-key", "AK"],
        &["emulator", "--access-key", "AK:NOT_SET"],
        &["emulator", "--user", "robot:NOT_SET"],
        &["emulator", "--service-endpoint", "uuid"],
        &["emulator", "--quota", "10/s"],
        &["emulator", "--faults", "/does/not/exist"],
        &["emulator", "--faults", file],
        &["emulator", "--token", ""],
        &["emulator", "--listen", "nowhere"],
        &["emulator", "--listen", "0.0.0.0:0"],
        &["emulator", "--data", file],
        &["emulator", "--token-life", "0"],
    ] {
        let mut command = codearts_repo(arguments);
        let has_place = arguments.iter().any(|word| ["--region", "--endpoint", "--emulator"].contains(word));
        let may_have_one = ["sync", "list"].contains(arguments.first().unwrap_or(&"")) && !has_place;
        if may_have_one {
            command.args(["--endpoint", "https://127.0.0.1:1"]);
        }
        let ended = run(command.env("CODEARTS_REPO_TOKEN", "token").env("HOME", folder));
        assert_eq!(ended.code, Some(2), "{arguments:?} {ended:?}");
        assert_style(&ended);
    }
}

#[test]
fn invalid_variables() {
    for variables in [
        &[][..],
        &[("CODEARTS_REPO_TOKEN", "")],
        &[("CODEARTS_REPO_TOKEN", "a\n")],
        &[("CODEARTS_REPO_TOKEN", "a b")],
        &[("CODEARTS_REPO_TOKEN_FILE", "/does/not/exist")],
        &[("HUAWEICLOUD_SDK_AK", "AK")],
        &[("HUAWEICLOUD_SDK_AK", "A K"), ("HUAWEICLOUD_SDK_SK", "SK")],
        &[("HW_USER_NAME", "u"), ("HW_USER_PASSWORD", "p")],
        &[("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "/does/not/exist")],
        &[("HW_SHARED_CONFIG_FILE", "/does/not/exist")],
        &[("CODEARTS_REPO_TOKEN", "t"), ("CODEARTS_REPO_REGION", "nowhere")],
        &[("CODEARTS_REPO_TOKEN", "t"), ("CODEARTS_REPO_ENDPOINT", "nowhere")],
        &[
            ("HW_USER_NAME", "u"),
            ("HW_USER_PASSWORD", "p"),
            ("HW_DOMAIN_NAME", "d"),
            ("CODEARTS_REPO_IAM_ENDPOINT", "http://h"),
        ],
        &[("CODEARTS_REPO_TOKEN", "t"), ("CODEARTS_REPO_TIMEOUT", "soon")],
        &[("CODEARTS_REPO_TOKEN", "t"), ("CODEARTS_REPO_COLOR", "red")],
        &[("CODEARTS_REPO_TOKEN", "t"), ("CODEARTS_REPO_TOKEN_CACHE", "maybe")],
        &[("CODEARTS_REPO_TOKEN", "t"), ("CODEARTS_REPO_PROFILE", "x")],
        &[("CODEARTS_REPO_TOKEN", "t"), ("CODEARTS_REPO_CONFIG", "/does/not/exist")],
    ] {
        let mut command = codearts_repo(&["sync", "5"]);
        let has_place =
            variables.iter().any(|(name, _)| ["CODEARTS_REPO_REGION", "CODEARTS_REPO_ENDPOINT"].contains(name));
        if !has_place {
            command.args(["--region", "cn-north-4"]);
        }
        let ended = run(command.envs(variables.iter().copied()));
        assert_eq!(ended.code, Some(2), "{variables:?} {ended:?}");
        assert_style(&ended);
    }
    let no_region = run(codearts_repo(&["sync", "5"]).env("CODEARTS_REPO_TOKEN", "t"));
    assert_style(&no_region);
    let mut command = codearts_repo(&["sync", "5", "--region", "cn-north-4", "--remote-password-stdin"]);
    assert_style(&run_with_input(command.env("CODEARTS_REPO_TOKEN", "t"), ""));
    assert_style(&run(codearts_repo(&["--emulator", "sync", "5"]).env("PATH", "/does/not/exist")));
}

#[test]
fn refused_calls() {
    let sync: fn(&Server) -> Command = |server| against(server, &["sync", "5"]);
    let status: fn(&Server) -> Command = |server| against(server, &["status", "5"]);
    let list: fn(&Server) -> Command = |server| against(server, &["list"]);
    let set: fn(&Server) -> Command = |server| against(server, &["mirror", "set", "5", "--schedule", "on"]);
    let wait: fn(&Server) -> Command = |server| against(server, &["sync", "5", "--wait"]);
    let words = r#"{"error_code":"A.1","error_msg":"why; and because"}"#;
    for (code, body) in
        [302, 400, 401, 403, 404, 409, 413, 418, 500].into_iter().flat_map(|code| [(code, "{}"), (code, words)])
    {
        // Reads are retried after a 500, which takes time.
        let commands = if code == 500 { &[sync, set][..] } else { &[sync, status, list, set, wait] };
        for command in commands {
            let server = Server::start(move |_, _| answer(code, body));
            assert_style(&run(&mut command(&server)));
        }
    }
    for code in [429, 503] {
        let server = Server::start(move |_, _| answer(code, words));
        assert_style(&run(&mut status(&server)));
    }
    for body in ["", "<html>", r#"{"jid":""}"#, "[]", r#"{"jid":1}"#] {
        let server = Server::start(move |_, _| answer(200, body));
        assert_style(&run(&mut sync(&server)));
    }
}

#[test]
fn failures_of_the_network_and_of_syncs() {
    let mut command = codearts_repo(&["sync", "5", "--endpoint", "http://127.0.0.1:1"]);
    assert_style(&run(command.env("CODEARTS_REPO_TOKEN", TOKEN)));
    let mut command = codearts_repo(&["status", "5", "--endpoint", "http://127.0.0.1:1"]);
    assert_style(&run(command.env("CODEARTS_REPO_TOKEN", TOKEN)));
    for iam in [401, 403, 404, 503] {
        let server = Server::start(move |_, _| answer(iam, "{}"));
        let mut command = codearts_repo(&["status", "5", "--region", "cn-north-4", "--no-token-cache"]);
        command.args(["--endpoint", &server.endpoint(), "--iam-endpoint", &server.endpoint()]);
        command.env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
        assert_style(&run(&mut command));
    }
    let state = |last: &'static str| {
        Server::start(move |request, before| match (request.method.as_str(), before) {
            ("POST", _) => answer(200, r#"{"jid":"j"}"#),
            (_, 0) => answer(200, r#"{"update_status":"none","number_of_failures":0}"#),
            _ => answer(200, last),
        })
    };
    let failed = state(r#"{"update_status":"failed","number_of_failures":1,"last_error":"no such host"}"#);
    assert_style(&run(&mut against(&failed, &["sync", "5", "--wait"])));
    let slow = state(r#"{"update_status":"started"}"#);
    assert_style(&run(&mut against(&slow, &["sync", "5", "--wait", "--timeout", "1s"])));
    let lost = Server::start(|request, before| match (request.method.as_str(), before) {
        ("POST", _) => answer(200, r#"{"jid":"j"}"#),
        (_, 0) => answer(200, r#"{"update_status":"none","number_of_failures":0}"#),
        _ => answer(401, "{}"),
    });
    assert_style(&run(&mut against(&lost, &["sync", "5", "--wait"])));
    let other = Server::start(|_, _| answer(200, r#"{"mirroring_enabled":false}"#));
    let ended = run(&mut against(&other, &["mirror", "set", "5", "--schedule", "on"]));
    assert!(has_advice(&ended.err), "{ended:?}");
}

#[test]
fn a_message_without_advice_is_noticed() {
    for line in ["it is broken", "it is broken; ", "a: b: c"] {
        assert!(!has_advice(line), "{line}");
    }
    assert!(has_advice("it is broken; fix it"));
}
