//! Private sources: Basic authentication, and where credentials must not be sent.

use codearts_repo_emulator::{Emulator, Repository, Upstream};
use serde_json::json;

use crate::caller::{Caller, credentials};
use crate::source::{Behavior, Server, Source, refs};

fn private() -> Behavior {
    Behavior { password: Some(("alice".into(), "s3cr3t pä$$'\"word".into())), ..Behavior::default() }
}

async fn caller(url: String) -> Caller {
    Caller::start(Emulator::builder().repository(Repository::new(123).upstream(Upstream::url(url)))).await
}

#[tokio::test]
async fn the_right_password_mirrors() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), private()).await;
    let caller = caller(server.url(".git")).await;
    let shown = caller.sync(123, credentials("alice", "s3cr3t pä$$'\"word")).await;
    assert_eq!(shown["update_status"], "finished", "{shown}");
    assert_eq!(shown["is_private"], true);
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
}

#[tokio::test]
async fn a_wrong_or_missing_password_fails_and_is_not_shown() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), private()).await;
    let caller = caller(server.url(".git")).await;
    for body in [credentials("alice", "wrong-password"), json!({}), json!({ "username": "", "password": "" })] {
        let shown = caller.sync(123, body).await;
        assert_eq!(shown["update_status"], "failed");
        let reason = shown["last_error"].as_str().unwrap();
        assert!(reason.contains("fatal: "), "{reason}");
        assert!(!reason.contains("wrong-password"), "{reason}");
    }
    assert_eq!(caller.show(123).await["number_of_failures"], 3);
    assert_eq!(refs(&caller.git_dir(123)), "");
}

#[tokio::test]
async fn a_password_repeated_by_the_source_is_hidden() {
    let source = Source::with_commit();
    let password = "p@ss w/ö\"1";
    // Without a charset in its Content-Type, git reads the text as Latin-1.
    for (echo, kept) in [
        (format!("<{password}>"), "<***>"),
        ("<p%40ss%20w/%C3%B6%221>".to_owned(), "<***>"),
        ("<p%40ss+w%2f%c3%b6%221>".to_owned(), "<***>"),
        ("<p@ss\u{1} w/ö\u{7f}\"1>".to_owned(), "<***>"),
        // The text after the line break is another line, which is not part of the reason.
        ("<p@ss w/\rö\"1>".to_owned(), "<***;"),
        (format!("{} {password}", "A".repeat(470)), "AAA"),
    ] {
        let behavior = Behavior { refusal: Some(echo.clone().into_bytes()), ..Behavior::default() };
        let server = Server::start(source.path(), behavior).await;
        let caller = caller(server.url(".git")).await;
        let shown = caller.sync(123, credentials("alice", password)).await;
        let reason = shown["last_error"].as_str().unwrap();
        assert!(reason.contains(kept) && !reason.contains("p@s") && !reason.contains("p%40s"), "{echo}: {reason}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_gets_no_credentials() {
    let source = Source::with_commit();
    let other = Server::start(source.path(), private()).await;
    let first = Server::start(source.path(), Behavior { redirect: Some(other.url("")), ..Behavior::default() }).await;
    let caller = caller(first.url(".git")).await;
    let shown = caller.sync(123, credentials("alice", "s3cr3t pä$$'\"word")).await;
    assert_eq!(shown["update_status"], "failed");
    assert!(other.authorizations.lock().unwrap().is_empty());
}

#[tokio::test]
async fn credentials_that_git_cannot_use_fail_the_run() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), private()).await;
    let caller = caller(server.url(".git")).await;
    let shown = caller.sync(123, credentials("alice\npassword=x", "y")).await;
    assert_eq!(shown["update_status"], "failed");
    assert!(shown["last_error"].as_str().unwrap().contains("line break"), "{shown}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn credentials_are_in_no_argument_and_in_no_file() {
    let source = Source::with_commit();
    let behavior = Behavior { hang: true, ..private() };
    let server = Server::start(source.path(), behavior).await;
    let caller = caller(server.url(".git")).await;
    let body = credentials("alice", "s3cr3t pä$$'\"word");
    caller.call(reqwest::Method::POST, &crate::caller::mirror(123), Some(body)).await;
    server.packs.notified().await;
    let (mut gits, needles) = (0, ["s3cr3t", "czNjcjN0"]);
    for process in std::fs::read_dir("/proc").unwrap().flatten() {
        let Ok(arguments) = std::fs::read(process.path().join("cmdline")) else { continue };
        let arguments = String::from_utf8_lossy(&arguments).into_owned();
        gits += usize::from(arguments.starts_with("git"));
        assert!(!needles.iter().any(|needle| arguments.contains(needle)), "{arguments}");
    }
    assert!(gits > 0, "a git runs while the source hangs");
    let folder = caller.git_dir(123).parent().unwrap().parent().unwrap().to_owned();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap().flatten() {
            if item.file_type().unwrap().is_dir() {
                folders.push(item.path());
            } else if let Ok(content) = std::fs::read(item.path()) {
                let content = String::from_utf8_lossy(&content).into_owned();
                assert!(!needles.iter().any(|needle| content.contains(needle)), "{}", item.path().display());
            }
        }
    }
}
