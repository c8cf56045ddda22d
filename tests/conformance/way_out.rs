//! What other programs build on: the bindings of a client, changing keys, retries of IAM, and requests that own all
//! they need.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use codearts_repo::auth::{
    AccessKey, AccessKeyFuture, AccessKeyProvider, AuthError, AuthStep, IamPassword, access_keys,
};
use codearts_repo::{Auth, Client, ErrorKind, Method, RefusedToken, RetryPolicy, Token, TokenFuture, TokenProvider};

use crate::plain_server::{PlainServer, answer, answer_with};
use crate::wrapper_requests::id;

const ACCEPTED: &str = r#"{"jid":"a"}"#;
const EXPIRED: &str = r#"{"error_code":"DEV.00000003","error_msg":"expired"}"#;

fn client(server: &PlainServer, auth: impl Into<Auth>) -> Client {
    let instant = std::time::Duration::ZERO;
    let quick = RetryPolicy::default().initial_backoff(instant).throttled_backoff(instant);
    let endpoint = server.endpoint().parse().expect("an endpoint");
    Client::builder().endpoint(endpoint).auth(auth).retry(quick).build().expect("a client")
}

fn robot(iam: &PlainServer) -> IamPassword {
    IamPassword::new("company", "robot", "s3cr3t").project("p").endpoint(iam.endpoint().parse().expect("an endpoint"))
}

fn token(text: &str) -> String {
    answer_with("201 Created", &format!("X-Subject-Token: {text}\r\n"), "{}")
}

#[tokio::test]
async fn the_bindings_of_a_client_renew_its_token() {
    let iam = PlainServer::answering_in_turn([token("MIIFirst"), token("MIISecond")]).await;
    let repo = PlainServer::answering_in_turn([answer("401 Unauthorized", EXPIRED), answer("200 OK", "{}")]).await;
    let bindings = client(&repo, robot(&iam)).bindings();
    bindings.show_remote_mirror().repository_id(id(1)).send().await.expect("a mirror");
    let sent: Vec<String> =
        repo.requests().iter().filter_map(|r| r.header("x-auth-token").map(str::to_owned)).collect();
    assert_eq!(sent, ["MIIFirst", "MIISecond"]);
}

#[tokio::test]
async fn the_bindings_of_a_client_sign_with_its_key() {
    let repo = PlainServer::answering(answer("200 OK", "{}")).await;
    let key = AccessKey::new("AK", "sk").expect("a key");
    client(&repo, key).bindings().show_remote_mirror().repository_id(id(1)).send().await.expect("a mirror");
    let request = &repo.requests()[0];
    assert!(request.header("authorization").is_some_and(|value| value.contains("Access=AK,")));
    assert_eq!(request.header("x-auth-token"), None);
}

#[tokio::test]
async fn a_call_to_iam_is_retried_as_the_policy_says() {
    for failure in [answer("503 Service Unavailable", ""), answer("429 Too Many Requests", ""), String::new()] {
        let iam = PlainServer::answering_in_turn([failure.clone(), token("MIIFirst")]).await;
        let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
        client(&repo, robot(&iam)).start_sync(id(1)).await.expect("accepted");
        assert_eq!((iam.requests().len(), repo.requests().len()), (2, 1), "{failure}");
    }
    let busy = answer_with("429 Too Many Requests", "X-IAM-Trace-Id: t-1\r\nRetry-After: 0\r\n", "{}");
    let iam = PlainServer::answering(busy).await;
    let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    let error = client(&repo, robot(&iam)).start_sync(id(1)).await.expect_err("no token");
    assert_eq!((error.kind(), error.status(), error.request_id()), (ErrorKind::Authorization, Some(429), Some("t-1")));
    assert_eq!(iam.requests().len(), 3, "the retries are not multiplied");
    assert!(!error.advice().contains("quota"), "{}", error.advice());
}

/// A vault that is sealed when it is asked first.
struct Vault {
    asked: Arc<AtomicUsize>,
    opens: bool,
}

impl TokenProvider for Vault {
    fn token<'a>(&'a self, _: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
        let is_first = self.asked.fetch_add(1, Ordering::Relaxed) == 0;
        Box::pin(async move {
            match (is_first, self.opens) {
                (true, true) => Err(AuthError::retryable(AuthStep::Token, "the vault is sealed")),
                (true, false) => Err(AuthError::new(AuthStep::Token, "the vault is gone")),
                _ => Token::new("MIIOpen").map_err(|error| AuthError::new(AuthStep::Token, error)),
            }
        })
    }
}

#[tokio::test]
async fn a_provider_says_whether_it_is_asked_again() {
    for (opens, asked, sent) in [(true, 2, 1), (false, 1, 0)] {
        let repo = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
        let vault = Vault { asked: Arc::default(), opens };
        let count = Arc::clone(&vault.asked);
        let result = client(&repo, Auth::provider(vault)).start_sync(id(1)).await;
        assert_eq!(result.is_ok(), opens, "{result:?}");
        assert_eq!((count.load(Ordering::Relaxed), repo.requests().len()), (asked, sent));
    }
}

struct Rotating(AtomicUsize);

impl AccessKeyProvider for Rotating {
    fn access_key<'a>(&'a self, refused: Option<&'a AccessKey>) -> AccessKeyFuture<'a> {
        let number =
            self.0.fetch_add(usize::from(refused.is_some()), Ordering::Relaxed) + usize::from(refused.is_some());
        Box::pin(async move {
            AccessKey::new(format!("AK{number}"), "sk").map_err(|error| AuthError::new(AuthStep::Token, error))
        })
    }
}

#[tokio::test]
async fn a_refused_access_key_is_replaced_once() {
    let refused = answer("401 Unauthorized", r#"{"error_code":"APIGW.0301","error_msg":"no"}"#);
    let repo = PlainServer::answering_in_turn([refused, answer("200 OK", ACCEPTED)]).await;
    let client = client(&repo, access_keys(Rotating(AtomicUsize::new(0))));
    client.start_sync(id(1)).await.expect("accepted");
    client.start_sync(id(1)).await.expect("accepted");
    let keys: Vec<bool> = ["AK0", "AK1", "AK1"]
        .iter()
        .zip(repo.requests())
        .map(|(key, request)| request.header("authorization").is_some_and(|a| a.contains(&format!("Access={key},"))))
        .collect();
    assert_eq!(keys, [true; 3]);
}

#[tokio::test]
async fn a_request_can_be_spawned_and_any_path_be_called() {
    let repo = PlainServer::answering_in_turn([answer("200 OK", ACCEPTED), answer("200 OK", "[1]")]).await;
    let client = client(&repo, codearts_repo::Token::new("t").expect("a token"));
    tokio::spawn(client.start_sync(id(1)).send()).await.expect("a task").expect("accepted");
    let raw = client.request(Method::GET, "/v4/other").query("a", 1).await.expect("an answer");
    assert_eq!((raw.status, &raw.body[..]), (200, b"[1]".as_slice()));
    assert_eq!(repo.requests()[1].line, "GET /v4/other?a=1 HTTP/1.1");
}
