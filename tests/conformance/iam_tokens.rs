//! Tokens from IAM: asked for once, renewed once, and a failure that names its step.

use std::error::Error as _;
use std::sync::Arc;

use codearts_repo::auth::{
    Auth, AuthError, AuthStep, IamPassword, RefusedToken, TokenCache, TokenFuture, TokenProvider,
};
use codearts_repo::{Client, Endpoint, Error, ErrorKind, Region, RetryPolicy, Token};
use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::contract::assert_request_fits;
use crate::plain_server::{PlainServer, answer, answer_with};
use crate::wrapper_requests::id;

const ACCEPTED: &str = r#"{"jid":"a"}"#;
const EXPIRED: &str = r#"{"error_code":"DEV.00000003","error_msg":"Authentication information expired."}"#;
const LIFE: &str =
    r#"{"token":{"issued_at":"2020-01-03T09:05:22.701000Z","expires_at":"2020-01-04T09:05:22.701000Z"}}"#;

/// IAM's answer with a token, as its page documents it.
fn token(text: &str, body: &str) -> String {
    answer_with("201 Created", &format!("X-Subject-Token: {text}\r\nContent-Type: application/json\r\n"), body)
}

fn refusal(code: &str, message: &str) -> String {
    answer("401 Unauthorized", &json!({ "error_code": code, "error_msg": message }).to_string())
}

fn client(repo: &PlainServer, auth: impl Into<Auth>) -> Client {
    let endpoint = repo.endpoint().parse().expect("an endpoint");
    Client::builder()
        .endpoint(endpoint)
        .region(Region::CN_NORTH_4)
        .retry(RetryPolicy::none())
        .auth(auth)
        .build()
        .expect("a client")
}

fn robot(iam: &PlainServer) -> IamPassword {
    let endpoint: Endpoint = iam.endpoint().parse().expect("an endpoint");
    IamPassword::new("company", "robot", "s3cr3t").endpoint(endpoint)
}

fn step(error: &Error) -> Option<AuthStep> {
    error.auth_error().map(AuthError::step)
}

fn tokens_sent(server: &PlainServer) -> Vec<String> {
    server.requests().iter().map(|request| request.header("x-auth-token").expect("a token").to_owned()).collect()
}

#[tokio::test]
async fn the_token_request_is_as_documented() {
    let target = |scope: serde_json::Value| {
        json!({
            "auth": {
                "identity": {
                    "methods": ["password"],
                    "password": { "user": { "name": "robot", "password": "s3cr3t", "domain": { "name": "company" } } }
                },
                "scope": scope
            }
        })
    };
    for (set, scope) in [
        ((|user| user) as fn(IamPassword) -> IamPassword, json!({ "project": { "name": "cn-north-4" } })),
        (|user| user.project("cn-north-4_team"), json!({ "project": { "name": "cn-north-4_team" } })),
        (|user| user.project_id("0123"), json!({ "project": { "id": "0123" } })),
        (|user| user.domain_scope(), json!({ "domain": { "name": "company" } })),
    ] {
        let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
        let iam = PlainServer::answering(token("MIIFirst", LIFE)).await;
        client(&repo, set(robot(&iam))).start_sync(id(1)).send().await.expect("accepted");
        let request = iam.request();
        assert_eq!(request.line, "POST /v3/auth/tokens?nocatalog=true HTTP/1.1");
        assert_eq!(request.header("x-auth-token"), None);
        assert_eq!(request.json(), target(scope));
        assert_request_fits("KeystoneCreateUserTokenByPassword", &request.json());
        assert_eq!(tokens_sent(&repo), ["MIIFirst"]);
    }
}

/// A thousand calls get their token and then find nobody at the service, so that it is IAM alone that is busy; a
/// hundred more get through. [`waiting_callers_share_a_failure`] has ten thousand callers.
#[tokio::test]
async fn a_thousand_calls_with_a_cold_cache_make_one_request() {
    let gone = PlainServer::answering("").await;
    let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    let iam = PlainServer::answering(token("MIIFirst", LIFE)).await;
    let nobody_there = client(&gone, robot(&iam));
    drop(gone);
    for (client, calls) in [(nobody_there, 1_000), (client(&repo, robot(&iam)), 100)] {
        let before = iam.requests().len();
        let calls: Vec<_> = (0..calls)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.start_sync(id(1)).send().await.map(|_| ()) })
            })
            .collect();
        for call in calls {
            let outcome = call.await.expect("a task");
            assert!(outcome.as_ref().err().is_none_or(Error::is_connection), "{outcome:?}");
        }
        assert_eq!(iam.requests().len() - before, 1);
    }
    assert_eq!(tokens_sent(&repo), ["MIIFirst"; 100]);
}

/// The caller that asked IAM first gives up while IAM is still thinking; the others go on with the same request.
#[tokio::test]
async fn a_caller_that_gives_up_does_not_stop_the_others() {
    let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint: Endpoint =
        format!("http://{}", listener.local_addr().expect("an address")).parse().expect("an endpoint");
    let robot = IamPassword::new("company", "robot", "s3cr3t").endpoint(endpoint);
    let client = client(&repo, robot);
    let call = || {
        let client = client.clone();
        tokio::spawn(async move { client.start_sync(id(1)).send().await })
    };
    let first = call();
    // A call that fails before it asks IAM must not hang the test.
    let accepted = tokio::time::timeout(std::time::Duration::from_secs(60), listener.accept()).await;
    let (mut connection, _) = accepted.expect("in time").expect("a connection");
    let others = [call(), call()];
    tokio::task::yield_now().await;
    first.abort();
    assert!(first.await.expect_err("given up").is_cancelled());
    connection.readable().await.expect("the request");
    connection.write_all(token("MIIFirst", LIFE).as_bytes()).await.expect("answered");
    for other in others {
        other.await.expect("a task").expect("accepted");
    }
    let again = tokio::time::timeout(std::time::Duration::from_millis(50), listener.accept()).await;
    assert!(again.is_err(), "IAM was asked once");
}

#[tokio::test]
async fn waiting_callers_share_a_failure() {
    let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    let iam = PlainServer::answering(answer("500 Internal Server Error", "")).await;
    let client = client(&repo, robot(&iam));
    // Every call does this first.
    let callers: Vec<_> = (0..10_000)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.prepare_auth().await })
        })
        .collect();
    let starts: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.start_sync(id(1)).send().await.map(drop) })
        })
        .collect();
    for caller in callers.into_iter().chain(starts) {
        let error = caller.await.expect("a task").expect_err("no token");
        assert!(step(&error) == Some(AuthStep::IamUnavailable), "{error:?}");
    }
    assert_eq!((iam.requests().len(), repo.requests().len()), (1, 0));
    client.start_sync(id(1)).send().await.expect_err("no token");
    assert_eq!(iam.requests().len(), 2, "a later call asks again");
}

/// A token that is due for renewal and has not ended is used on while IAM fails, and not once the service refuses it.
#[tokio::test]
async fn a_failed_renewal_within_the_margin_keeps_the_old_token() {
    let folder = tempfile::tempdir().expect("a folder");
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_secs();
    let iam = PlainServer::answering_in_turn([token("MIIOld", LIFE), answer("503 Service Unavailable", "")]).await;
    let cached = || robot(&iam).token_cache(TokenCache::at(folder.path()));
    let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    client(&repo, cached()).start_sync(id(1)).send().await.expect("accepted");
    let kept = std::fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let file = kept.into_iter().find(|path| path.extension().is_some_and(|end| end == "json")).expect("a token");
    let set = |renew: u64, expires: u64| {
        let content = json!({ "token": "MIIOld", "renew": renew, "expires": expires });
        std::fs::write(&file, content.to_string()).expect("written");
    };
    set(seconds - 1, seconds + 200);
    let due = client(&repo, cached());
    for _ in 0..3 {
        due.start_sync(id(1)).send().await.expect("the old token is good");
    }
    assert_eq!((tokens_sent(&repo), iam.requests().len()), (vec!["MIIOld".to_owned(); 4], 2), "IAM gets a rest");

    let refusing = PlainServer::answering(answer("401 Unauthorized", EXPIRED)).await;
    let error = client(&refusing, cached()).start_sync(id(1)).send().await.expect_err("refused");
    assert!(step(&error) == Some(AuthStep::IamUnavailable), "{error:?}");
    set(seconds - 200, seconds - 1);
    let error = client(&repo, cached()).start_sync(id(1)).send().await.expect_err("it has ended");
    assert!(error.kind() == ErrorKind::Authorization, "{error:?}");
}

#[tokio::test]
async fn an_expired_token_is_renewed_exactly_once() {
    let renewable = [
        answer("401 Unauthorized", EXPIRED),
        refusal("APIGW.0307", "The token must be updated."),
        refusal("APIG.0307", "The token must be updated."),
        refusal("APIGW.0301", "Incorrect IAM authentication information: token expired"),
    ];
    for expired in renewable {
        let iam = PlainServer::answering_in_turn([token("MIIFirst", LIFE), token("MIISecond", LIFE)]).await;
        let repo = PlainServer::answering_in_turn([expired.clone(), answer("200 OK", ACCEPTED)]).await;
        let client = client(&repo, robot(&iam));
        client.start_sync(id(1)).send().await.expect("accepted");
        client.start_sync(id(1)).send().await.expect("accepted");
        assert_eq!(tokens_sent(&repo), ["MIIFirst", "MIISecond", "MIISecond"]);
        assert_eq!(iam.requests().len(), 2);

        // IAM gives the same token again, so that there is nothing to try.
        let repo = PlainServer::answering(expired.clone()).await;
        let error = self::client(&repo, robot(&iam)).start_sync(id(1)).send().await.expect_err("refused");
        assert_eq!((error.status(), repo.requests().len()), (Some(401), 1));

        // IAM gives a fresh token each time, and the service refuses every one: the call ends after the second.
        let iam = PlainServer::answering_in_turn((0..9).map(|n| token(&format!("MIIToken{n}"), LIFE))).await;
        let repo = PlainServer::answering(expired.clone()).await;
        let error = self::client(&repo, robot(&iam)).start_sync(id(1)).send().await.expect_err("refused");
        assert_eq!((error.status(), repo.requests().len(), iam.requests().len()), (Some(401), 2, 2));

        // The same when the service is busy in between and the call is repeated.
        let iam = PlainServer::answering_in_turn((0..9).map(|n| token(&format!("MIIToken{n}"), LIFE))).await;
        let busy = answer_with("429 Too Many Requests", "Retry-After: 0\r\n", "{}");
        let repo = PlainServer::answering_in_turn([expired.clone(), busy, expired]).await;
        let patient = self::client(&repo, robot(&iam)).with_retry_policy(RetryPolicy::default());
        patient.start_sync(id(1)).send().await.expect_err("refused");
        assert_eq!((repo.requests().len(), iam.requests().len()), (3, 2));
    }
}

#[tokio::test]
async fn a_401_that_means_something_else_renews_nothing() {
    for other in [
        refusal("CH.080401", "no permission"),
        refusal("DEV.00000001", "no credentials"),
        refusal("DEV.00000002", "not recognized"),
        refusal("APIGW.0301", "Incorrect IAM authentication information: decrypt token fail"),
        answer("403 Forbidden", EXPIRED),
        answer("401 Unauthorized", ""),
    ] {
        let iam = PlainServer::answering_in_turn([token("MIIFirst", LIFE), token("MIISecond", LIFE)]).await;
        let repo = PlainServer::answering(other).await;
        client(&repo, robot(&iam)).start_sync(id(1)).send().await.expect_err("refused");
        assert_eq!((iam.requests().len(), repo.requests().len()), (1, 1));
    }
}

/// Both times are IAM's own, so that this machine's clock, wrong by years here, has no say.
#[tokio::test]
async fn the_life_of_a_token_is_measured_by_iams_clock() {
    for (body, requests) in [
        (LIFE, 1),
        (r#"{"token":{"issued_at":"2090-01-03T09:05:22Z","expires_at":"2090-01-03T10:05:22Z"}}"#, 1),
        (r#"{"token":{"issued_at":"2026-01-03T09:05:22.0Z","expires_at":"2026-01-03T09:05:22.0Z"}}"#, 2),
        (r#"{"token":{"expires_at":"soon"}}"#, 1),
        ("{}", 1),
    ] {
        let iam = PlainServer::answering(token("MIIFirst", body)).await;
        let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
        let client = client(&repo, robot(&iam));
        client.start_sync(id(1)).send().await.expect("accepted");
        client.start_sync(id(1)).send().await.expect("accepted");
        assert_eq!(iam.requests().len(), requests, "{body}");
    }
}

#[tokio::test]
async fn each_failure_of_iam_names_its_step_and_sends_nothing() {
    let denied = r#"{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}"#;
    for (iam_answer, step) in [
        (answer("401 Unauthorized", denied), AuthStep::IamRefused),
        (answer("400 Bad Request", r#"{"error":{"code":"1101","message":"bad user"}}"#), AuthStep::IamRefused),
        (answer("429 Too Many Requests", ""), AuthStep::IamUnavailable),
        (answer("500 Internal Server Error", ""), AuthStep::IamUnavailable),
        (answer_with("503 Service Unavailable", "", "<html>busy</html>"), AuthStep::IamUnavailable),
        (answer_with("201 Created", "X-Subject-Token: MIIFirst\r\n", "<html>hello</html>"), AuthStep::IamAnswer),
        (answer_with("200 OK", "X-Subject-Token: MIIFirst\r\n", "{}"), AuthStep::IamAnswer),
        (answer("201 Created", LIFE), AuthStep::IamAnswer),
        (token("", LIFE), AuthStep::IamAnswer),
        (answer_with("302 Found", "Location: /login\r\n", ""), AuthStep::IamAnswer),
        (String::new(), AuthStep::IamConnection),
    ] {
        let iam = PlainServer::answering(iam_answer.clone()).await;
        let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
        let error = client(&repo, robot(&iam)).start_sync(id(1)).send().await.expect_err("no token");
        let auth = error.auth_error().expect("a failed authorization");
        assert_eq!(auth.step(), step, "{iam_answer}");
        assert!(auth.source().is_some() && !error.may_have_been_sent(), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("s3cr3t") && repo.requests().is_empty());
    }
}

#[tokio::test]
async fn a_mismatch_with_the_region_is_refused_when_the_client_is_built() {
    let user = IamPassword::new("company", "robot", "s3cr3t");
    let build = |builder: codearts_repo::ClientBuilder| {
        let error = builder.build().expect_err("refused");
        error.source().expect("a cause").to_string()
    };
    let builder = || Client::builder().endpoint("https://host".parse().expect("an endpoint"));
    assert!(build(builder().auth(user.clone())).contains("region nor an IAM endpoint"));
    let at = user.clone().endpoint("https://iam".parse().expect("an endpoint"));
    assert!(build(builder().auth(at)).contains("region nor a project"));
    let other = user.project("cn-east-3");
    let text = build(builder().region(Region::CN_NORTH_4).auth(other));
    assert_eq!(text, "the project cn-east-3 is one of the region cn-east-3, but the calls go to cn-north-4");
}

struct Counting;

impl TokenProvider for Counting {
    fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
        let text = if refused.is_some() { "MIIFresh" } else { "MIIStale" };
        Box::pin(async move { Token::new(text).map_err(|error| AuthError::new(AuthStep::Token, error)) })
    }
}

#[tokio::test]
async fn a_provider_of_the_caller_receives_the_refused_token() {
    let shared: Arc<dyn TokenProvider> = Arc::new(Counting);
    let boxed: Box<dyn TokenProvider> = Box::new(Counting);
    for auth in [Auth::provider(Counting), Auth::provider(shared), Auth::provider(boxed)] {
        let repo =
            PlainServer::answering_in_turn([answer("401 Unauthorized", EXPIRED), answer("200 OK", ACCEPTED)]).await;
        client(&repo, auth).start_sync(id(1)).send().await.expect("accepted");
        assert_eq!(tokens_sent(&repo), ["MIIStale", "MIIFresh"]);
    }
}

/// The service may have been restarted, or the password changed: nobody knows what happened to a token since another
/// process stored it.
#[tokio::test]
async fn a_cached_token_that_any_401_refuses_is_replaced_once() {
    let unknown = refusal("DEV.00000002", "not recognized");
    let folder = tempfile::tempdir().expect("a folder");
    let iam = PlainServer::answering_in_turn((0..9).map(|n| token(&format!("MIIToken{n}"), LIFE))).await;
    let cached = || robot(&iam).token_cache(TokenCache::at(folder.path()));
    let accepting = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    client(&accepting, cached()).start_sync(id(1)).send().await.expect("accepted");

    let repo = PlainServer::answering_in_turn([unknown.clone(), answer("200 OK", ACCEPTED)]).await;
    client(&repo, cached()).start_sync(id(1)).send().await.expect("accepted with a new token");
    assert_eq!((tokens_sent(&repo), iam.requests().len()), (vec!["MIIToken0".to_owned(), "MIIToken1".to_owned()], 2));
    client(&accepting, cached()).start_sync(id(1)).send().await.expect("accepted");
    assert_eq!(tokens_sent(&accepting), ["MIIToken0", "MIIToken1"], "the new token is cached");

    let repo = PlainServer::answering(unknown).await;
    let client = client(&repo, cached());
    let error = client.start_sync(id(1)).send().await.expect_err("refused");
    assert_eq!((error.status(), repo.requests().len(), iam.requests().len()), (Some(401), 2, 3));
    client.start_sync(id(1)).send().await.expect_err("refused");
    assert_eq!((repo.requests().len(), iam.requests().len()), (3, 3), "its own token is not replaced");
}

#[cfg(unix)]
#[tokio::test]
async fn a_token_cache_that_others_can_write_to_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o777)).expect("a mode");
    let iam = PlainServer::answering(token("MIIFirst", LIFE)).await;
    let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    let client = client(&repo, robot(&iam).token_cache(TokenCache::at(folder.path())));
    let error = client.start_sync(id(1)).send().await.expect_err("refused");
    assert!(step(&error) == Some(AuthStep::TokenCache), "{error:?}");
    assert!(iam.requests().is_empty() && repo.requests().is_empty());
}
