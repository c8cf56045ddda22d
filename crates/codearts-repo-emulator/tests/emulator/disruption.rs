//! Failures around git never corrupt a repository, and never leave a synchronization without an end.

use codearts_repo_emulator::{Emulator, Repository, Upstream};
use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, mirror};
use crate::source::{Behavior, Server, Source, Then, git, has_part, part_of_a_pack_arrives, refs};

async fn caller(upstream: Upstream) -> Caller {
    Caller::start(Emulator::builder().repository(Repository::new(123).upstream(upstream))).await
}

#[tokio::test]
async fn a_truncated_source_fails_and_changes_nothing() {
    let source = Source::with_commit();
    let whole = Server::start(source.path(), Behavior::default()).await;
    let half = Server::start(source.path(), Behavior { half: Some(Then::End), ..Behavior::default() }).await;
    let caller = caller(Upstream::url(whole.url(".git"))).await;
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    let before = refs(&caller.git_dir(123));
    source.commit_much(1);
    caller.call(Method::PUT, &mirror(123), Some(json!({ "url": half.url(".git") }))).await;
    let shown = caller.sync(123, json!({ "force_fetch": true })).await;
    assert_eq!(shown["update_status"], "failed");
    assert_eq!(refs(&caller.git_dir(123)), before);
    git(&caller.git_dir(123), &["fsck", "--strict"]);
    caller.call(Method::PUT, &mirror(123), Some(json!({ "url": whole.url(".git") }))).await;
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
    git(&caller.git_dir(123), &["fsck", "--strict"]);
}

#[tokio::test]
async fn a_source_that_is_deleted_midway_fails() {
    let source = Source::with_commit();
    source.commit_much(2);
    let server = Server::start(source.path(), Behavior { half: Some(Then::Nothing), ..Behavior::default() }).await;
    let caller = caller(Upstream::url(server.url(".git"))).await;
    caller.call(Method::POST, &mirror(123), None).await;
    part_of_a_pack_arrives(&caller.git_dir(123)).await;
    drop(server);
    caller.emulator.wait_idle(123).await;
    assert_eq!(caller.show(123).await["update_status"], "failed");
    git(&caller.git_dir(123), &["fsck", "--strict"]);
    let local = self::caller(Upstream::local(source.path())).await;
    drop(source);
    let shown = local.sync(123, json!({})).await;
    assert_eq!(shown["update_status"], "failed");
    assert!(shown["last_error"].as_str().unwrap().contains("does not appear to be a git repository"), "{shown}");
}

#[cfg(unix)]
fn script(folder: &std::path::Path, text: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("git-of-the-test");
    // Another process writes it: a file that is open for writing cannot be run, and a fork of another test may
    // keep it open.
    let command = format!("cat > {} <<'E'\n{text}\nE", path.display());
    assert!(std::process::Command::new("sh").args(["-c", &command]).status().unwrap().success());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
#[tokio::test]
async fn a_git_that_vanishes_fails_the_synchronization() {
    let folder = tempfile::tempdir().unwrap();
    let program = script(folder.path(), "#!/bin/sh\nexec git \"$@\"");
    let repository = Repository::new(123).upstream(Upstream::demonstration());
    let caller = Caller::start(Emulator::builder().git_program(&program).repository(repository)).await;
    std::fs::remove_file(program).unwrap();
    let shown = caller.sync(123, json!({})).await;
    assert_eq!(shown["update_status"], "failed");
    assert!(shown["last_error"].as_str().unwrap().starts_with("git could not be started: No such file"), "{shown}");
}

/// A limit on the size of files stands in for a full disk: to git, both are failed writes.
#[cfg(unix)]
#[tokio::test]
async fn a_full_disk_fails_the_synchronization_and_leaves_a_valid_repository() {
    let source = Source::with_commit();
    let (folder, limit) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let full = limit.path().join("full");
    let text = format!("#!/bin/sh\ntest -e {} && ulimit -f 64\nexec git \"$@\"", full.display());
    let repository = Repository::new(123).upstream(Upstream::local(source.path()));
    let builder = Emulator::builder().git_program(script(folder.path(), &text)).repository(repository);
    let caller = Caller::start(builder).await;
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    let before = refs(&caller.git_dir(123));
    source.commit_much(3);
    std::fs::write(&full, "").unwrap();
    let shown = caller.sync(123, json!({})).await;
    assert_eq!(shown["update_status"], "failed");
    assert_eq!(refs(&caller.git_dir(123)), before);
    git(&caller.git_dir(123), &["fsck", "--strict"]);
    std::fs::remove_file(full).unwrap();
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    assert!(!has_part(&caller.git_dir(123)));
}

#[cfg(unix)]
#[tokio::test]
async fn a_local_source_may_belong_to_another_user() {
    let (source, folder) = (Source::with_commit(), tempfile::tempdir().unwrap());
    let program = script(folder.path(), "#!/bin/sh\nexport GIT_TEST_ASSUME_DIFFERENT_OWNER=1\nexec git \"$@\"");
    let repository = Repository::new(123).upstream(Upstream::local(source.path()));
    let caller = Caller::start(Emulator::builder().git_program(program).repository(repository)).await;
    let shown = caller.sync(123, json!({})).await;
    assert_eq!(shown["update_status"], "finished", "{shown}");
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
}
