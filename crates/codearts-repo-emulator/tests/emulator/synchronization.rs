//! Real mirroring: what is copied, and what is not.

use codearts_repo_emulator::{Emulator, Repository, Upstream};
use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, credentials, mirror};
use crate::source::{Behavior, Server, Source, git, is_named_by_a_process, refs};

async fn caller(upstream: Upstream) -> Caller {
    Caller::start(Emulator::builder().repository(Repository::new(123).upstream(upstream))).await
}

#[tokio::test]
async fn the_demonstration_is_mirrored() {
    let caller = caller(Upstream::demonstration()).await;
    assert_eq!(caller.show(123).await["update_status"], "none");
    let shown = caller.sync(123, json!({})).await;
    assert_eq!(shown["update_status"], "finished", "{shown}");
    assert_eq!(shown["number_of_failures"], 0);
    assert_eq!(shown["last_update_at"], shown["last_successful_update_at"]);
    let names = git(&caller.git_dir(123), &["for-each-ref", "--format=%(refname)"]);
    assert_eq!(names, "refs/heads/main\nrefs/heads/release\nrefs/tags/v1.0");
    assert_eq!(git(&caller.git_dir(123), &["rev-list", "--count", "--all"]), "3");
    git(&caller.git_dir(123), &["fsck", "--strict"]);
}

#[tokio::test]
async fn the_demonstration_is_always_the_same() {
    let (first, second) = (caller(Upstream::demonstration()).await, caller(Upstream::demonstration()).await);
    first.sync(123, json!({})).await;
    second.sync(123, json!({})).await;
    assert_eq!(refs(&first.git_dir(123)), refs(&second.git_dir(123)));
}

#[tokio::test]
async fn rewritten_history_needs_force() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), Behavior::default()).await;
    let caller = caller(Upstream::url(server.url(".git"))).await;
    source.git(&["branch", "other"]);
    source.git(&["tag", "v1"]);
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    let before = refs(&caller.git_dir(123));
    assert_eq!(before, refs(source.path()));

    source.commit("second");
    source.git(&["branch", "new"]);
    source.git(&["checkout", "--quiet", "--orphan", "fresh"]);
    source.commit("rewritten");
    source.git(&["branch", "--force", "main"]);
    source.git(&["tag", "--force", "v1"]);
    source.git(&["branch", "--delete", "--force", "other"]);
    let shown = caller.sync(123, json!({ "force_fetch": false })).await;
    assert_eq!(shown["update_status"], "failed");
    assert_eq!(shown["number_of_failures"], 1);
    let reason = shown["last_error"].as_str().unwrap();
    assert!(reason.contains("main") && reason.contains("rejected"), "{reason}");
    assert_eq!(refs(&caller.git_dir(123)), before, "a failed synchronization changes nothing");

    let shown = caller.sync(123, json!({ "force_fetch": true })).await;
    assert_eq!(shown["update_status"], "finished", "{shown}");
    assert_eq!(shown["last_error"], "");
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
    git(&caller.git_dir(123), &["fsck", "--strict"]);
}

#[tokio::test]
async fn force_follows_a_branch_that_became_a_folder_of_branches() {
    let source = Source::with_commit();
    source.git(&["branch", "topic"]);
    let caller = caller(Upstream::local(source.path())).await;
    caller.sync(123, json!({})).await;
    source.git(&["branch", "--delete", "topic"]);
    source.git(&["branch", "topic/one"]);
    let shown = caller.sync(123, json!({ "force_fetch": true })).await;
    assert_eq!(shown["update_status"], "finished", "{shown}");
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
}

#[tokio::test]
async fn without_force_a_conflicting_branch_changes_nothing() {
    let source = Source::with_commit();
    source.git(&["branch", "topic"]);
    let caller = caller(Upstream::local(source.path())).await;
    caller.sync(123, json!({})).await;
    let before = refs(&caller.git_dir(123));
    source.git(&["branch", "--delete", "topic"]);
    source.git(&["branch", "topic/one"]);
    source.commit("second");
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "failed");
    assert_eq!(refs(&caller.git_dir(123)), before);
}

#[tokio::test]
async fn without_force_a_deleted_branch_is_kept() {
    let source = Source::with_commit();
    source.git(&["branch", "old"]);
    let caller = caller(Upstream::local(source.path())).await;
    caller.sync(123, json!({})).await;
    source.git(&["branch", "--delete", "old"]);
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    assert!(refs(&caller.git_dir(123)).contains("refs/heads/old"));
}

#[tokio::test]
async fn an_empty_source_is_mirrored() {
    let source = Source::new();
    let caller = caller(Upstream::local(source.path())).await;
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    assert_eq!(refs(&caller.git_dir(123)), "");
}

#[tokio::test]
async fn the_choice_of_branches_takes_effect() {
    let source = Source::with_commit();
    source.git(&["checkout", "--quiet", "-b", "trunk"]);
    source.git(&["tag", "v1"]);
    let caller = caller(Upstream::local(source.path())).await;
    let set = caller.call(Method::PUT, &mirror(123), Some(json!({ "sync_branch_type": "default" }))).await;
    assert_eq!(set.body["sync_branch_type"], "default");
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    assert_eq!(git(&caller.git_dir(123), &["for-each-ref", "--format=%(refname)"]), "refs/heads/trunk");
    assert_eq!(git(&caller.git_dir(123), &["symbolic-ref", "HEAD"]), "refs/heads/trunk");
}

#[tokio::test]
async fn a_source_without_a_default_branch_is_only_mirrored_whole() {
    let (detached, empty) = (Source::with_commit(), Source::new());
    detached.git(&["checkout", "--quiet", "--detach"]);
    let only_default = json!({ "sync_branch_type": "default" });
    for (source, choice, status) in [
        (&detached, None, "finished"),
        (&detached, Some(&only_default), "failed"),
        (&empty, Some(&only_default), "finished"),
    ] {
        let caller = caller(Upstream::local(source.path())).await;
        if let Some(choice) = choice {
            assert_eq!(caller.call(Method::PUT, &mirror(123), Some(choice.clone())).await.status, 200);
        }
        let shown = caller.sync(123, json!({})).await;
        assert_eq!(shown["update_status"], status, "{shown}");
        let reason = shown["last_error"].as_str().unwrap();
        assert_eq!(reason.contains("synchronize all branches instead"), status == "failed", "{reason}");
    }
}

#[tokio::test]
async fn a_missing_source_fails_with_a_reason() {
    let server = Server::start(tempfile::tempdir().unwrap().path(), Behavior::default()).await;
    let caller = caller(Upstream::url(server.url("nothing.git"))).await;
    for failures in 1..=2 {
        let shown = caller.sync(123, json!({})).await;
        assert_eq!(shown["update_status"], "failed");
        assert_eq!(shown["number_of_failures"], failures);
        assert!(shown["last_error"].as_str().unwrap().contains("not found"), "{shown}");
        assert!(shown.get("last_successful_update_at").is_none());
        assert!(shown["last_update_at"].as_str().unwrap().ends_with('Z'));
    }
}

#[tokio::test]
async fn two_concurrent_starts_end_and_leave_a_valid_repository() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), Behavior::default()).await;
    let caller = caller(Upstream::url(server.url(".git"))).await;
    let (plain, forced) = (json!({}), json!({ "force_fetch": true }));
    let path = mirror(123);
    let (first, second, third) = tokio::join!(
        caller.call(Method::POST, &path, Some(plain.clone())),
        caller.call(Method::POST, &path, Some(forced)),
        caller.call(Method::POST, &path, Some(plain)),
    );
    let jobs: std::collections::HashSet<_> =
        [&first, &second, &third].map(|reply| reply.body["jid"].as_str().unwrap().to_owned()).into();
    assert_eq!(jobs.len(), 3, "each start has a task id of its own");
    caller.emulator.wait_idle(123).await;
    assert_eq!(caller.show(123).await["update_status"], "finished");
    git(&caller.git_dir(123), &["fsck", "--strict"]);
}

#[tokio::test]
async fn a_start_is_visible_at_once() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), Behavior { hang: true, ..Behavior::default() }).await;
    let caller = caller(Upstream::url(server.url(".git"))).await;
    caller.call(Method::POST, &mirror(123), None).await;
    let status = caller.show(123).await["update_status"].clone();
    assert!(status == "scheduled" || status == "started", "{status}");
    server.packs.notified().await;
    assert_eq!(caller.show(123).await["update_status"], "started");
}

#[tokio::test]
async fn a_hanging_source_ends_with_a_timeout() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), Behavior { hang: true, ..Behavior::default() }).await;
    let repository = Repository::new(123).upstream(Upstream::url(server.url(".git")));
    let builder = Emulator::builder().repository(repository).git_timeout(std::time::Duration::from_millis(800));
    let caller = Caller::start(builder).await;
    let shown = caller.sync(123, json!({})).await;
    assert_eq!(shown["update_status"], "failed");
    assert_eq!(shown["last_error"], "the synchronization took longer than 0.8 s and was stopped");
    assert!(!is_named_by_a_process(&server.url("")), "what git had started is gone too");
    git(&caller.git_dir(123), &["fsck", "--strict"]);
}

#[tokio::test]
async fn a_start_above_the_limit_of_jobs_is_scheduled() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), Behavior { hang: true, ..Behavior::default() }).await;
    let builder = Emulator::builder()
        .max_jobs(1)
        .repository(Repository::new(1).upstream(Upstream::url(server.url(".git"))))
        .repository(Repository::new(2).upstream(Upstream::demonstration()));
    let caller = Caller::start(builder).await;
    caller.call(Method::POST, &mirror(1), None).await;
    server.packs.notified().await;
    caller.call(Method::POST, &mirror(2), None).await;
    assert_eq!(caller.show(2).await["update_status"], "scheduled");
    drop(server);
    caller.emulator.wait_idle(2).await;
    assert_eq!(caller.show(2).await["update_status"], "finished");
}

#[tokio::test]
async fn starts_of_a_repository_queue_up_to_a_limit() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), Behavior { hang: true, ..Behavior::default() }).await;
    let caller = caller(Upstream::url(server.url(".git"))).await;
    caller.call(Method::POST, &mirror(123), None).await;
    server.packs.notified().await;
    for _ in 0..2 {
        for number in 0..16 {
            let answer = caller.call(Method::POST, &mirror(123), Some(credentials("alice", &number.to_string()))).await;
            assert_eq!(answer.status, 200, "equal starts wait together");
        }
    }
    let answer = caller.call(Method::POST, &mirror(123), Some(json!({ "force_fetch": true }))).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "CH.10000"));
    drop(server);
    caller.emulator.wait_idle(123).await;
    assert_eq!(caller.show(123).await["number_of_failures"], 17, "each different one was run");
}
