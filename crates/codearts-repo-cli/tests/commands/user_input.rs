//! What users write by mistake, and what their tools write for them.
#![cfg(unix)]

use std::process::Command;

use serde_json::Value;

use crate::support::{Ended, Server, against, answer, codearts_repo, run, run_with_input};

const MARK: &str = "\u{feff}";

fn service() -> Server {
    Server::start(|request, _| match request.method.as_str() {
        "POST" => answer(200, r#"{"jid":"j"}"#),
        _ => answer(200, r#"[{"id":5,"name":"web"},{"id":6,"name":"api"}]"#),
    })
}

fn assert_refused(server: &Server, ended: &Ended, words: &str) {
    assert_eq!((ended.code, ended.err.lines().count(), server.requests().len()), (Some(2), 1, 0), "{ended:?}");
    assert!(ended.err.contains(words), "{ended:?}");
}

#[test]
fn an_empty_secret_is_refused_everywhere() {
    let server = service();
    for command in ["sync", "verify"] {
        for value in ["", "\n", "\r\n", " "] {
            let ended = run(against(&server, &[command, "5"]).env("CODEARTS_REPO_REMOTE_PASSWORD", value));
            assert_refused(&server, &ended, "CODEARTS_REPO_REMOTE_PASSWORD is set but empty; ");
        }
        for input in ["", "\n", "\r\n", MARK, "\u{feff}\n", "\n\n", "\r", " \n"] {
            let ended = run_with_input(&mut against(&server, &[command, "5", "--remote-password-stdin"]), input);
            assert_refused(&server, &ended, "no password on standard input; ");
        }
    }
    for member in ["remote_password", "remote_username", "endpoint_uuid"] {
        for value in ["", "\\n", " "] {
            let line = format!(r#"{{"repository_id":5,"{member}":"{value}"}}"#);
            let ended = run_with_input(&mut against(&server, &["sync", "--file", "-"]), &line);
            assert_refused(&server, &ended, &format!("line 1: {member} is empty; "));
        }
    }
    let login = [("HW_USER_NAME", "robot"), ("HW_DOMAIN_NAME", "d"), ("HW_USER_PASSWORD", "\n")];
    let ended = run(against(&server, &["sync", "5"]).env_remove("CODEARTS_REPO_TOKEN").envs(login));
    assert_refused(&server, &ended, "HW_USER_PASSWORD is set but empty; ");
    for option in ["--remote-username", "--endpoint-uuid"] {
        let ended = run(&mut against(&server, &["sync", "5", option, ""]));
        assert_refused(&server, &ended, "the value is empty; ");
    }
}

#[test]
fn an_empty_password_can_be_sent_on_purpose() {
    let server = service();
    let mut command = against(&server, &["sync", "5", "--remote-username", "bob", "--empty-remote-password"]);
    let ended = run(command.env("CODEARTS_REPO_REMOTE_PASSWORD", "ignored"));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let body: Value = serde_json::from_str(&server.requests()[0].body).expect("JSON");
    assert_eq!((body["username"].as_str(), body["password"].as_str()), (Some("Ym9i"), Some("")));
    let mut command = against(&server, &["verify", "5", "--empty-remote-password", "--dry-run"]);
    let ended = run(command.env("CODEARTS_REPO_REMOTE_PASSWORD", ""));
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn a_duplicate_member_is_refused_with_its_line_and_name() {
    let server = service();
    for (line, name) in [
        (r#"{"repository_id":123,"repository_id":124}"#, "repository_id"),
        (r#"{"repository_id":123,"force":true,"force":false}"#, "force"),
        (r#"{"repository_id":123,"remote_password":"a","remote_password":"b"}"#, "remote_password"),
        (r#"{"repository_id":123,"outcome":"failed","outcome":"finished"}"#, "outcome"),
    ] {
        let ended = run_with_input(&mut against(&server, &["sync", "--file", "-"]), &format!("1\n{line}\n"));
        assert_refused(&server, &ended, &format!("line 2: duplicate member \"{name}\"; "));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "{\"current\":\"a\",\n\"profiles\":[{\"name\":\"a\",\n\"secretAccessKey\":\"s3cr3t\",\"secretAccessKey\":\"b\"}]}")
        .expect("written");
    let mut command = against(&server, &["list"]);
    let ended = run(command.env_remove("CODEARTS_REPO_TOKEN").env("HW_SHARED_CONFIG_FILE", &file));
    assert_refused(&server, &ended, "line 3: duplicate member \"secretAccessKey\"; ");
    std::fs::write(&file, "\n{\"fault\":{\"status\":503,\"status\":504}}\n").expect("written");
    let ended = run(codearts_repo(&["emulator", "--faults"]).arg(&file));
    assert_refused(&server, &ended, ", line 2: duplicate member \"status\"; ");
}

#[test]
fn a_byte_order_mark_is_dropped() {
    let server = service();
    let mut command = against(&server, &["sync", "5", "--remote-password-stdin"]);
    let ended = run_with_input(&mut command, "\u{feff}pass\r\n");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(server.requests()[0].body.contains("cGFzcw=="), "{:?}", server.requests());
    for list in ["\u{feff}7\n8\n", "\u{feff}{\"repository_id\":7}\r\n8\r\n", "\u{feff}# comment\n7\n8\n"] {
        let before = server.count("POST");
        let ended = run_with_input(&mut against(&server, &["sync", "--file", "-"]), list);
        assert_eq!((ended.code, server.count("POST") - before), (Some(0), 2), "{ended:?}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let token = folder.path().join("token");
    std::fs::write(&token, "\u{feff}secret\r\n").expect("written");
    let mut command = against(&server, &["sync", "9"]);
    let ended = run(command.env_remove("CODEARTS_REPO_TOKEN").env("CODEARTS_REPO_TOKEN_FILE", &token));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(server.requests().pop().expect("a request").head.contains("x-auth-token:secret\n"));
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "\u{feff}output = \"json\"\n").expect("written");
    let ended = run(against(&server, &["sync", "5"]).arg("--config").arg(&config));
    assert!(ended.out.starts_with('{'), "{ended:?}");
    let faults = folder.path().join("faults");
    // The second line is wrong, and reached: the emulator would run until a signal otherwise.
    std::fs::write(&faults, "\u{feff}{\"fault\":\"stale\"}\r\n1\n").expect("written");
    let ended = run(codearts_repo(&["emulator", "--faults"]).arg(&faults));
    assert!(ended.err.contains(", line 2: not a JSON object; "), "{ended:?}");
    let field = folder.path().join("field");
    std::fs::write(&field, "\u{feff}text").expect("written");
    let field = format!("f=@{}", field.display());
    let ended = run(&mut against(&server, &["api", "POST", "/v4/x", "--field", &field]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(server.requests().pop().expect("a request").body, r#"{"f":"text"}"#);
}

/// A text as PowerShell 5.1 writes it with `>`.
fn utf_16(text: &str) -> Vec<u8> {
    format!("{MARK}{text}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_text_in_utf_16_is_refused_with_what_to_do() {
    let server = service();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    let path = file.to_str().expect("UTF-8");
    let refused = |what: &str, ended: &Ended| {
        let words = "the text is UTF-16, not UTF-8; save it as UTF-8, in PowerShell with `| Out-File -Encoding utf8`";
        let words =
            if what == "password" { words.replacen("the text", "the password: the text", 1) } else { words.into() };
        assert_eq!((ended.code, server.requests().len()), (Some(2), 0), "{what}: {ended:?}");
        assert!(format!("{}{}", ended.out, ended.err).contains(&words), "{what}: {ended:?}");
    };
    for (arguments, text) in [
        (&["sync", "--file", path][..], "5"),
        (&["verify", "--file", path], "{\"repository_id\":5}"),
        (&["wait", "--file", path], "{}"),
        (&["sync", "5", "--config", path], "output = \"json\""),
        (&["sync", "5", "--ca-file", path], "-----BEGIN CERTIFICATE-----"),
        (&["api", "POST", "/v4/x", "--field", &format!("f=@{path}")], "text"),
        (&["api", "POST", "/v4/x", "--header", &format!("@{path}")], "A: b"),
        (&["emulator", "--faults", path], "{\"fault\":\"stale\"}"),
    ] {
        std::fs::write(&file, utf_16(text)).expect("written");
        refused(arguments[0], &run(&mut against(&server, arguments)));
    }
    for (variable, text) in [
        ("CODEARTS_REPO_TOKEN_FILE", "token"),
        ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "[basic]\nak = A\nsk = S"),
        ("HW_SHARED_CONFIG_FILE", "{}"),
    ] {
        std::fs::write(&file, utf_16(text)).expect("written");
        let mut command = against(&server, &["sync", "5"]);
        refused(variable, &run(command.env_remove("CODEARTS_REPO_TOKEN").env(variable, path)));
    }
    let mut command = against(&server, &["sync", "5", "--remote-password-stdin"]);
    refused("password", &run_with_input(&mut command, &utf_16("pass")));
}

#[test]
fn numbers_are_read_as_they_are_written_or_refused() {
    let server = service();
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    for (text, shown) in [("0x10", Some("16")), ("1_0", Some("10")), ("0b11", Some("3")), ("0x3e9", None), ("-1", None)]
    {
        std::fs::write(&config, format!("concurrency = {text}\n")).expect("written");
        let ended = run(against(&server, &["config", "show"]).arg("--config").arg(&config));
        match shown {
            Some(shown) => assert!(ended.out.contains(&format!("concurrency          {shown}\n")), "{ended:?}"),
            None => assert_refused(&server, &ended, "concurrency: invalid number; use 1 to 1000"),
        }
    }
    for (option, value) in [
        ("--concurrency", "0x10"),
        ("--concurrency", "1e2"),
        ("--rate", "0x10/min"),
        ("--timeout", "0x10"),
        ("--timeout", "1e2s"),
        ("--max-running", "1_000"),
    ] {
        let ended = run(&mut against(&server, &["sync", "5", option, value]));
        assert_refused(&server, &ended, "; use ");
    }
}

#[test]
fn a_named_pipe_in_place_of_a_file_does_not_hang() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let path = pipe.to_str().expect("UTF-8");
    let server = service();
    for arguments in [&["--config", path][..], &["--ca-file", path], &["--journal", path]] {
        let ended = run(against(&server, &["sync", "1", "2"]).args(arguments));
        assert_refused(&server, &ended, "not a regular file; ");
    }
    let mut command = against(&server, &["sync", "1", "2"]);
    let ended = run(command.env_remove("CODEARTS_REPO_TOKEN").env("CODEARTS_REPO_TOKEN_FILE", path));
    assert_eq!((ended.code, server.requests().len()), (Some(2), 0), "{ended:?}");
    let ended = run(&mut codearts_repo(&["emulator", "--faults", path]));
    assert_refused(&server, &ended, "not a regular file; ");
    let mut command = codearts_repo(&["list", "--endpoint", "https://127.0.0.1:1"]);
    let ended = run(command.env("CODEARTS_REPO_TOKEN", "t").env("SSL_CERT_FILE", path));
    assert_refused(&server, &ended, "SSL_CERT_FILE is not a regular file; ");
}

#[test]
fn a_pipe_in_place_of_a_report_is_refused_and_stays() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let path = pipe.to_str().expect("UTF-8");
    let server = service();
    for arguments in [
        &["verify", "5", "--report", path][..],
        &["verify", "5", "--html", path],
        &["verify", "5", "--metrics", path],
        &["status", "5", "6", "--html", path],
        &["status", "5", "6", "--metrics", path],
        &["sync", "5", "--metrics", path],
    ] {
        let ended = run(&mut against(&server, arguments));
        assert_refused(&server, &ended, "it is not a regular file; ");
        assert!(std::fs::symlink_metadata(&pipe).expect("it stays").file_type().is_fifo(), "{arguments:?}");
    }
    // A link stays too.
    let (target, link) = (folder.path().join("target"), folder.path().join("link"));
    std::fs::write(&target, "old").expect("written");
    std::os::unix::fs::symlink(&target, &link).expect("a link");
    let ended = run(&mut against(&server, &["sync", "5", "--metrics", link.to_str().expect("UTF-8")]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(std::fs::symlink_metadata(&link).expect("it stays").is_symlink());
    assert!(std::fs::read_to_string(&target).expect("a file").contains("codearts_repo_run_"));
}

#[test]
fn an_endless_file_is_refused() {
    let server = service();
    for arguments in [&["--config", "/dev/zero"][..], &["--ca-file", "/dev/zero"]] {
        let ended = run(against(&server, &["sync", "1"]).args(arguments));
        assert_refused(&server, &ended, "not a regular file; ");
    }
}

#[test]
fn own_output_is_input() {
    let server = Server::start(|request, _| match (request.method.as_str(), request.path.contains("/6/")) {
        ("POST", true) => answer(404, "{}"),
        ("POST", false) => answer(200, r#"{"jid":"j"}"#),
        _ => answer(200, r#"[{"id":5,"name":"web"},{"id":6,"name":"api"}]"#),
    });
    let listed = run(&mut against(&server, &["list", "--json"]));
    let first = run_with_input(&mut against(&server, &["sync", "--file", "-", "--json"]), &listed.out);
    assert_eq!((first.code, first.out.lines().count()), (Some(1), 2), "{first:?}");
    let again = run_with_input(&mut against(&server, &["sync", "--file", "-", "--json"]), &first.out);
    assert_eq!(again.out.lines().count(), 2, "{again:?}");
    let before = server.count("POST");
    let mut command = against(&server, &["sync", "--file", "-", "--only-failed", "--json"]);
    let failed = run_with_input(&mut command, &first.out);
    assert!(failed.out.starts_with("{\"repository_id\":6,"), "{failed:?}");
    assert_eq!((failed.out.lines().count(), server.count("POST") - before), (1, 1), "{failed:?}");
}

#[test]
fn only_failed_takes_the_last_outcome_and_needs_one() {
    let server = service();
    let only_failed =
        |input: &str| run_with_input(&mut against(&server, &["sync", "--file", "-", "--only-failed"]), input);
    let ended =
        only_failed("{\"repository_id\":5,\"outcome\":\"failed\"}\n{\"repository_id\":5,\"outcome\":\"finished\"}\n");
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
    assert_refused(&server, &only_failed("5\n"), "repository 5 has no outcome; ");
    let ended = run(&mut against(&server, &["sync", "5", "--only-failed"]));
    assert_eq!(ended.code, Some(2), "{ended:?}");
}

#[test]
fn texts_of_the_service_cannot_control_the_terminal() {
    let text = "a\\u202eb\\u0085c\\u2028d\\u009b31m\\u00ad\\u200d";
    let server = Server::start(move |_, _| answer(200, format!(r#"{{"update_status":"{text}"}}"#)));
    let ended = run(&mut against(&server, &["status", "5"]));
    let raw = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{2028}' | '\u{ad}' | '\u{200d}'));
    assert!(!ended.out.contains(raw) && ended.out.contains("a\\u{202e}b"), "{ended:?}");
    let ended = run(&mut against(&server, &["status", "5", "--json"]));
    assert!(!ended.out.contains(raw) && ended.out.lines().count() == 1, "{ended:?}");
    let shown: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(shown["update_status"], "a\u{202e}b\u{85}c\u{2028}d\u{9b}31m\u{ad}\u{200d}");
}

#[test]
fn a_list_from_a_pipe_is_read_while_it_is_written() {
    let server = service();
    let ended = run_with_input(&mut against(&server, &["sync", "--file", "/dev/stdin"]), "1\n2\n");
    assert_eq!((ended.code, server.count("POST")), (Some(0), 2), "{ended:?}");
}
