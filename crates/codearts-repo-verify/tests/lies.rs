//! A service that lies about its synchronizations: the emulator with faults, and a source on this machine.
#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use codearts_repo::{Client, RepositoryId, SyncOptions, Token};
use codearts_repo_emulator::{Emulator, Fault, Repository, Upstream};
use codearts_repo_sync::{Outcome, Wait, sync};
use codearts_repo_verify::{Branches, RefVerdict, Verdict, Verification, Verifier};

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@b.c"]).args(arguments);
    assert!(command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git is there").status.success());
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", message]);
}

fn repository() -> RepositoryId {
    RepositoryId::try_from(5).expect("in range")
}

/// A mirror that was synchronized, and whose source has changed since: a new commit on main, a new branch and a new
/// annotated tag.
async fn changed() -> (tempfile::TempDir, Emulator, Client) {
    let source = tempfile::tempdir().expect("a folder");
    git(source.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(source.path(), "one");
    git(source.path(), &["branch", "feature/x#1%20ä"]);
    let seed = Repository::new(5).upstream(Upstream::local(source.path()));
    let emulator = Emulator::builder().token("t").repository(seed).start().await.expect("an emulator");
    let endpoint = emulator.endpoint().parse().expect("an address");
    let client =
        Client::builder().endpoint(endpoint).auth(Token::new("t").expect("a token")).build().expect("a client");
    let first = run(&client, Duration::from_secs(60)).await;
    assert!(first.is_finished(), "{first:?}");
    assert_eq!(verify(&client).await.verdict, Verdict::Equal);
    commit(source.path(), "two");
    git(source.path(), &["branch", "new"]);
    git(source.path(), &["tag", "--annotate", "v1", "--message", "one"]);
    (source, emulator, client)
}

async fn run(client: &Client, timeout: Duration) -> Outcome {
    let wait = Wait::default().timeout(timeout);
    sync(client, repository(), SyncOptions::new(), wait).await.expect("no error").outcome
}

async fn verify(client: &Client) -> Verification {
    let verifier = Verifier::new(client.clone()).branches(Branches::All);
    let verified = tokio::time::timeout(Duration::from_secs(60), verifier.verify(repository())).await;
    verified.expect("in time").expect("a verification")
}

#[tokio::test]
async fn an_honest_synchronization_makes_the_mirror_equal() {
    let (_source, _emulator, client) = changed().await;
    assert_eq!(verify(&client).await.verdict, Verdict::Different);
    assert!(run(&client, Duration::from_secs(60)).await.is_finished());
    let verification = verify(&client).await;
    assert_eq!((verification.verdict, verification.counts.equal), (Verdict::Equal, 4));
}

#[tokio::test]
async fn a_synchronization_that_fetches_nothing_is_seen() {
    let (_source, emulator, client) = changed().await;
    emulator.fail_next(Fault::Stale);
    assert!(run(&client, Duration::from_secs(60)).await.is_finished(), "the wait is fooled");
    let verification = verify(&client).await;
    let found: Vec<_> = verification.refs.iter().map(|check| (&*check.name, check.verdict)).collect();
    let missing = RefVerdict::MissingInMirror;
    assert_eq!(found, [("main", RefVerdict::Different), ("new", missing), ("v1", missing)]);
    assert_eq!(verification.verdict, Verdict::Different);
}

#[tokio::test]
async fn a_synchronization_that_fetches_some_refs_is_seen() {
    let (_source, emulator, client) = changed().await;
    emulator.fail_next(Fault::Partial);
    assert!(run(&client, Duration::from_secs(60)).await.is_finished(), "the wait is fooled");
    let verification = verify(&client).await;
    assert_eq!(verification.verdict, Verdict::Different);
    assert!(verification.refs.iter().any(|check| check.name == "main" && check.verdict == RefVerdict::Different));
}

#[tokio::test]
async fn an_unknown_word_leaves_the_wait_undecided_but_not_the_verification() {
    let (_source, emulator, client) = changed().await;
    emulator.fail_next(Fault::SilentWord("ok".to_owned()));
    let outcome = run(&client, Duration::from_secs(3)).await;
    assert_eq!(outcome, Outcome::TimedOut, "weak evidence takes longer");
    let verification = verify(&client).await;
    assert_eq!(verification.verdict, Verdict::Equal);
    assert_eq!(verification.observed.update_status.as_deref(), Some("ok"));
}
