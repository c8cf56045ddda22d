//! No secret is ever shown, however much is logged and whatever goes wrong.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::{self, Server, TOKEN, against, answer, run};

const PASSWORD: &str = "hunter2-pa55phrase";

#[test]
fn neither_the_token_nor_the_password_is_shown() {
    for (status, body) in [
        (200, r#"{"jid":"j","update_status":"finished"}"#),
        (200, "[]"),
        (401, r#"{"error_code":"DEV.00000003","error_msg":"Authentication information expired."}"#),
        (500, "<html>"),
        (302, ""),
    ] {
        for arguments in
            [&["sync", "123", "-vvvvvv"][..], &["sync", "123", "--json", "--wait", "--timeout", "1s", "-vvv"]]
        {
            let server = Server::start(move |_, _| answer(status, body));
            let mut command = against(&server, arguments);
            command.args(["--remote-username", "alice"]).env("CODEARTS_REPO_REMOTE_PASSWORD", PASSWORD);
            let ended = run(&mut command);
            assert!(ended.err.contains("the request has ended"), "nothing was logged: {ended:?}");
            assert!(server.requests().iter().all(|request| request.head.contains(TOKEN)), "the token was not sent");
            for secret in [TOKEN, PASSWORD, &STANDARD.encode(PASSWORD), &STANDARD.encode(TOKEN)] {
                assert!(!ended.out.contains(secret) && !ended.err.contains(secret), "{secret} in {ended:?}");
            }
        }
    }
}

#[test]
fn a_password_that_the_service_repeats_is_not_shown() {
    let encoded = STANDARD.encode(PASSWORD);
    let server = Server::start(move |request, before| match (request.method.as_str(), before) {
        ("POST", _) => answer(200, r#"{"jid":"j"}"#),
        (_, 0) => answer(200, r#"{"update_status":"none","number_of_failures":0}"#),
        _ => answer(
            200,
            format!(r#"{{"update_status":"failed","number_of_failures":1,"last_error":"no {PASSWORD} or {encoded}"}}"#),
        ),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("journal");
    let mut command = against(&server, &["sync", "123", "--wait", "--json", "-vvv"]);
    let ended = run(command.arg("--journal").arg(&journal).env("CODEARTS_REPO_REMOTE_PASSWORD", PASSWORD));
    let journal = std::fs::read_to_string(&journal).expect("a journal");
    assert!(ended.out.contains("no *** or ***") && journal.contains("no *** or ***"), "{ended:?} {journal}");
    for secret in [PASSWORD, &STANDARD.encode(PASSWORD)] {
        assert!(!format!("{ended:?} {journal}").contains(secret), "{ended:?} {journal}");
    }
}

#[test]
fn a_secret_is_not_an_argument() {
    let ended = run(&mut support::codearts_repo(&["sync", "--help"]));
    for option in ["--token", "--id-token", "--secret", "--access-key", "--password", "--remote-password "] {
        assert!(!ended.out.contains(option), "{option}");
    }
    for option in ["--id-token=eyJs3cr3t", "--token=eyJs3cr3t"] {
        let ended = run(&mut support::codearts_repo(&["sync", "123", "--region", "cn-north-4", option]));
        assert!(ended.code == Some(2) && !ended.err.contains("s3cr3t"), "{ended:?}");
    }
}
