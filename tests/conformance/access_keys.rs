//! Signed requests against a verifier that shares no code with the signer: the emulator's.

use std::time::Duration;

use codearts_repo::auth::{AccessKey, IamPassword};
use codearts_repo::{Auth, Client, ErrorKind, MirrorSettings, RepositoryFilter, RetryPolicy, SyncBranchType};
use codearts_repo_emulator::{Emulator, Repository, Upstream, User};
use futures_util::TryStreamExt;

use crate::wrapper_requests::id;

const TOKEN_LIFE: Duration = Duration::from_secs(3600);

async fn emulator() -> Emulator {
    Emulator::builder()
        .access_key("AKEXAMPLE", "secret-key")
        .user(User::new("company", "robot", "s3cr3t"))
        .token_lifetime(TOKEN_LIFE)
        .repository(Repository::new(123).name("镜像 a+b&c=d").upstream(Upstream::demonstration()))
        .start()
        .await
        .expect("an emulator")
}

fn client(emulator: &Emulator, auth: impl Into<Auth>) -> Client {
    let endpoint = emulator.endpoint().parse().expect("an endpoint");
    Client::builder().endpoint(endpoint).retry(RetryPolicy::none()).auth(auth).build().expect("a client")
}

fn key(access: &str, secret: &str) -> AccessKey {
    AccessKey::new(access, secret).expect("a key")
}

#[tokio::test]
async fn every_signed_operation_is_accepted_and_carries_no_token() {
    let emulator = emulator().await;
    let signed = key("AKEXAMPLE", "secret-key").project_id("0123456789abcdef").expect("a project");
    let client = client(&emulator, signed);
    client.start_sync(id(123)).force_fetch(true).send().await.expect("accepted");
    emulator.wait_idle(123).await;
    let mirror = client.show_mirror(id(123)).await.expect("a mirror");
    assert_eq!(mirror.update_status.as_deref(), Some("finished"));
    let settings = MirrorSettings::new().branches(SyncBranchType::Default);
    client.update_mirror(id(123)).settings(settings).await.expect("changed");
    // Spaces, reserved characters and letters beyond ASCII in the query, which is signed as it is sent.
    for search in ["镜像", "a+b&c=d", " a", "%"] {
        let filter = RepositoryFilter::new().search(search).expect("a text").starred(false);
        let found: Vec<_> = client.list_repositories(filter).try_collect().await.expect(search);
        assert_eq!(found.len(), usize::from(search != "%"), "{search}");
    }
    for request in emulator.requests() {
        assert!(request.header("x-auth-token").is_none() && request.header("authorization").is_some());
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused_as_documented() {
    let emulator = emulator().await;
    for wrong in [key("AKEXAMPLE", "other-secret"), key("AKUNKNOWN", "secret-key")] {
        let error = client(&emulator, wrong).start_sync(id(123)).send().await.expect_err("refused");
        assert_eq!((error.status(), error.code()), (Some(401), Some("APIGW.0301")), "{error}");
        assert!(!error.may_have_been_sent() && !error.is_token_expired());
    }
}

/// A call after the life of a token renews it, and never sees the expiry.
#[tokio::test]
async fn an_iam_token_is_renewed_before_it_expires() {
    let emulator = emulator().await;
    let iam = emulator.iam_endpoint().parse().expect("an endpoint");
    let robot = IamPassword::new("company", "robot", "s3cr3t").project("cn-north-4").endpoint(iam);
    let client = client(&emulator, robot);
    client.show_mirror(id(123)).await.expect("a mirror");
    client.show_mirror(id(123)).await.expect("a mirror");
    // The clock jumps to the end of the wait. The emulator's own does not: it would still accept the old token.
    tokio::time::pause();
    tokio::time::sleep(TOKEN_LIFE).await;
    client.show_mirror(id(123)).await.expect("a mirror");
    let logins = emulator.requests().iter().filter(|request| request.path().starts_with("/v3/auth/tokens")).count();
    assert_eq!(logins, 2);
    assert!(
        emulator
            .requests()
            .iter()
            .all(|request| request.path().starts_with("/v3") || request.header("x-auth-token").is_some())
    );
}

#[tokio::test]
async fn a_wrong_password_is_refused_by_iam_and_nothing_else_is_sent() {
    let emulator = emulator().await;
    let iam = emulator.iam_endpoint().parse().expect("an endpoint");
    let robot = IamPassword::new("company", "robot", "wrong").project("cn-north-4").endpoint(iam);
    let error = client(&emulator, robot).show_mirror(id(123)).await.expect_err("refused");
    assert!(error.kind() == ErrorKind::Authorization, "{error:?}");
    assert_eq!(emulator.requests().len(), 1);
}
