//! Starting, refusing to start, and cleaning up.

use std::net::SocketAddr;
use std::time::Duration;

use codearts_repo_client::bounds;
use codearts_repo_emulator::{Emulator, Repository, StartError, Upstream};
use reqwest::Method;

use crate::caller::{Caller, mirror};
use crate::source::{Behavior, Server, Source, is_named_by_a_process};

#[tokio::test]
async fn invalid_settings_are_refused_with_advice() {
    let everywhere: SocketAddr = "0.0.0.0:0".parse().unwrap();
    let with_folder = |path: &str| Emulator::builder().repository(Repository::new(1).upstream(Upstream::local(path)));
    let ids = format!("{} to {}", bounds::REPOSITORY_ID.start(), bounds::REPOSITORY_ID.end());
    let lengths = format!("{} to {}", bounds::TOKEN.start(), bounds::TOKEN.end());
    let local = |id| Emulator::builder().repository(Repository::new(id));
    for (builder, expected) in [
        (Emulator::builder().listen(everywhere), "allow_non_loopback"),
        (local(0), ids.as_str()),
        (local(u64::MAX), ids.as_str()),
        (local(7).repository(Repository::new(7)), "used twice"),
        (Emulator::builder().token(""), lengths.as_str()),
        (Emulator::builder().token("a\nb"), lengths.as_str()),
        (Emulator::builder().token("x".repeat(bounds::TOKEN.end() + 1)), lengths.as_str()),
        (
            Emulator::builder().repository(Repository::new(1).upstream(Upstream::url("ext::sh -c id"))),
            "Upstream::local",
        ),
        (with_folder("ext::sh -c id"), "a folder that exists"),
        (with_folder("--upload-pack=touch /tmp/x"), "a folder that exists"),
        (with_folder("file:///etc"), "a folder that exists"),
        (with_folder("-"), "a folder that exists"),
        (with_folder(""), "a folder that exists"),
        (with_folder("/etc/hostname"), "a folder that exists"),
        (with_folder("/nowhere/at all\n"), "a folder that exists"),
        (Emulator::builder().git_program("/nowhere/git"), "install git"),
        (Emulator::builder().data_dir("/dev/null/data"), "can be written to"),
        (Emulator::builder().openapi("paths: 7"), "fix the document"),
    ] {
        let error = builder.start().await.unwrap_err();
        let text = format!("{error}; {}", error.advice());
        assert!(text.contains(expected) && !text.contains('\n'), "{text}");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let error = Emulator::builder().listen(taken.local_addr().unwrap()).start().await.unwrap_err();
    assert!(matches!(error, StartError::Listen { .. }) && std::error::Error::source(&error).is_some());
    let open = Emulator::builder().listen(everywhere).allow_non_loopback(true).start().await.unwrap();
    open.stop().await;
}

#[tokio::test]
async fn a_relative_folder_starts_at_the_current_folder() {
    let source = Source::with_commit();
    let up = "../".repeat(std::env::current_dir().unwrap().components().count() - 1);
    let relative = format!("{up}{}", source.path().to_str().unwrap().trim_start_matches('/'));
    let repository = Repository::new(123).upstream(Upstream::local(relative));
    let caller = Caller::start(Emulator::builder().repository(repository)).await;
    let shown = caller.sync(123, serde_json::json!({})).await;
    assert_eq!(shown["update_status"], "finished", "{shown}");
    assert!(shown["url"].as_str().unwrap().starts_with("file:///"), "{shown}");
}

#[tokio::test]
async fn only_a_path_that_begins_with_a_dash_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let dashed = folder.path().join("-source");
    std::fs::create_dir(&dashed).unwrap();
    Emulator::builder().repository(Repository::new(1).upstream(Upstream::local(dashed))).start().await.unwrap();
}

#[tokio::test]
async fn stopping_kills_git_and_removes_the_temporary_folder() {
    let source = Source::with_commit();
    for dropped in [false, true] {
        let server = Server::start(source.path(), Behavior { hang: true, ..Behavior::default() }).await;
        let repository = Repository::new(123).upstream(Upstream::url(server.url(".git")));
        let caller = Caller::start(Emulator::builder().repository(repository)).await;
        caller.call(Method::POST, &mirror(123), None).await;
        server.packs.notified().await;
        let data = caller.git_dir(123).parent().unwrap().parent().unwrap().to_owned();
        assert!(data.exists());
        let Caller { emulator, http } = caller;
        let endpoint = emulator.endpoint().to_owned();
        if dropped {
            drop(emulator);
        } else {
            emulator.stop().await;
        }
        assert!(!data.exists(), "nothing is left behind");
        assert!(!is_named_by_a_process(data.to_str().unwrap()), "no git is left behind");
        tokio::time::timeout(Duration::from_secs(5), async {
            while http.get(&endpoint).send().await.is_ok() {
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn a_given_data_folder_is_kept() {
    let data = tempfile::tempdir().unwrap();
    let repository = Repository::new(123).upstream(Upstream::demonstration());
    let caller = Caller::start(Emulator::builder().data_dir(data.path()).repository(repository)).await;
    caller.sync(123, serde_json::json!({})).await;
    let git_dir = caller.git_dir(123);
    caller.emulator.stop().await;
    assert!(git_dir.starts_with(data.path()) && git_dir.join("HEAD").exists());
}

#[tokio::test]
async fn emulators_run_side_by_side() {
    let (first, second) = (Caller::start(Emulator::builder()).await, Caller::start(Emulator::builder()).await);
    assert_ne!(first.emulator.endpoint(), second.emulator.endpoint());
    assert_eq!(second.emulator.iam_endpoint(), second.emulator.endpoint());
    assert_eq!(first.emulator.repository_dir(1), None);
    first.emulator.wait_idle(1).await;
}

#[tokio::test]
async fn the_handle_can_be_shared_between_tasks() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    let emulator = Emulator::builder().start().await.unwrap();
    shared(&emulator);
    shared(&emulator.requests());
}
