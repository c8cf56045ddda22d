//! Input at its limits, readers that have gone, and what the log holds at which level.
#![cfg(unix)]

use std::ffi::OsStr;
use std::io::pipe;
use std::os::unix::ffi::OsStrExt;

use crate::support::{Running, Server, against, answer, codearts_repo, run, run_with_input};

fn willing() -> Server {
    Server::start(|_, _| answer(200, r#"{"jid":"a"}"#))
}

#[test]
fn a_pipe_closed_before_the_first_output_is_not_a_failure() {
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let ended = Running::of(codearts_repo(&["regions"]).stdout(writer)).ended();
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
}

#[test]
fn a_password_has_at_most_64_kib() {
    let arguments = ["sync", "123", "--remote-username", "alice", "--remote-password-stdin"];
    for (length, code, sent) in [(65_536, 0, 1), (65_537, 2, 0)] {
        let server = willing();
        let ended = run_with_input(&mut against(&server, &arguments), &"x".repeat(length));
        assert_eq!((ended.code, server.count("POST")), (Some(code), sent), "{length}: {ended:?}");
        if sent == 0 {
            assert!(
                ended.err.contains("--remote-password-stdin: the password cannot be read: longer than 65536 bytes"),
                "{ended:?}"
            );
        }
    }
}

#[test]
fn a_variable_that_is_not_unicode_is_an_error() {
    let server = willing();
    for variable in ["CODEARTS_REPO_TOKEN", "CODEARTS_REPO_REMOTE_PASSWORD"] {
        let mut command = against(&server, &["sync", "123", "--remote-username", "alice"]);
        let ended = run(command.env(variable, OsStr::from_bytes(b"caf\xe9")));
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains(variable) && ended.err.contains("UTF-8"), "{ended:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn an_unreadable_token_file_is_invalid_input() {
    let server = willing();
    let mut command = against(&server, &["sync", "123"]);
    let ended = run(command.env_remove("CODEARTS_REPO_TOKEN").env("CODEARTS_REPO_TOKEN_FILE", "/nonexistent/token"));
    assert_eq!((ended.code, server.requests().len()), (Some(2), 0), "{ended:?}");
    assert!(ended.out.contains("/nonexistent/token"), "{ended:?}");
}

#[test]
fn a_journal_may_be_a_bare_file_name() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("list"), "1\n2\n").expect("a list");
    let server = willing();
    let mut command = against(&server, &["sync", "--file", "list", "--journal", "sync.journal"]);
    let ended = run(command.current_dir(folder.path()));
    assert_eq!((ended.code, server.count("POST")), (Some(0), 2), "{ended:?}");
    let journal = std::fs::read_to_string(folder.path().join("sync.journal")).expect("a journal");
    assert_eq!(journal.matches("\"event\":\"started\"").count(), 2, "{journal}");
}

#[test]
fn each_v_adds_to_the_log() {
    let logged = |v: &[&str]| run(&mut against(&willing(), &[&["sync", "123"], v].concat())).err;
    let (quiet, some, more) = (logged(&[]), logged(&["-v"]), logged(&["-vv"]));
    assert!(!quiet.contains("INFO"), "{quiet}");
    assert!(some.contains("INFO") && !some.contains("DEBUG"), "{some}");
    assert!(more.contains("INFO") && more.contains("DEBUG"), "{more}");
}

#[test]
fn an_empty_name_is_shown_like_a_missing_one() {
    let server = Server::start(|_, _| answer(200, r#"[{"id":7,"name":"","status":"0"}]"#));
    let ended = run(&mut against(&server, &["list"]));
    let words: Vec<&str> = ended.out.split_whitespace().collect();
    assert_eq!((ended.code, words), (Some(0), vec!["7", "-", "0"]), "{ended:?}");
}

#[test]
fn ten_duplicates_are_named_and_the_others_counted() {
    for (repeated, more) in [(1, None), (10, None), (11, Some("1 more duplicates")), (25, Some("15 more duplicates"))] {
        let server = willing();
        let list = "7\n".repeat(repeated + 1);
        let ended = run_with_input(&mut against(&server, &["sync", "--file", "-"]), &list);
        assert_eq!((ended.code, server.count("POST")), (Some(0), 1), "{ended:?}");
        assert_eq!(ended.err.contains("more duplicates"), more.is_some(), "{repeated}: {ended:?}");
        assert!(ended.err.contains(more.unwrap_or_default()), "{repeated}: {ended:?}");
    }
}

#[test]
fn a_caller_refused_in_mid_run_has_its_exit_code() {
    let server = Server::start(|_, before| match before {
        0..5 => answer(200, r#"{"jid":"a"}"#),
        _ => answer(401, r#"{"error_code":"DEV.00000002","error_msg":"why"}"#),
    });
    let list: String = (1..=50).map(|number| format!("{number}\n")).collect();
    let arguments = ["sync", "--file", "-", "--concurrency", "1", "--rate", "unlimited"];
    let ended = run_with_input(&mut against(&server, &arguments), &list);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(server.count("POST") < 10, "{}", server.count("POST"));
}
