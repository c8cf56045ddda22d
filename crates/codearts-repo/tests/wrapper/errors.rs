//! The messages, the kinds and the advice of errors.

use codearts_repo::auth::IamPassword;
use codearts_repo::{Client, Error, ErrorKind, RepositoryFilter, RepositoryId, RetryPolicy, SyncJob};
use futures_util::TryStreamExt;

use crate::server::{Server, TOKEN, answer};

async fn start(client: &Client) -> Result<SyncJob, Error> {
    client.start_sync(RepositoryId::try_from(123).expect("an id")).send().await
}

async fn error_of(bytes: String) -> Error {
    let server = Server::answering(bytes).await;
    start(&server.client()).await.expect_err("an error")
}

async fn refusal(status: &str, body: &str) -> String {
    error_of(answer(status, "Content-Type: application/json\r\n", body)).await.to_string()
}

#[tokio::test]
async fn a_refusal_has_a_kind_and_an_advice() {
    use ErrorKind::*;
    let skew = r#"{"error_code":"APIGW.0303","error_msg":"no"}"#;
    let other = r#"{"error_code":"APIGW.0301","error_msg":"no"}"#;
    let expired = r#"{"error_code":"DEV.00000003","error_msg":"no"}"#;
    let missing = r#"{"error_code":"CH.004404","error_msg":"no"}"#;
    for (status, body, kind, advice) in [
        ("302 Found", "{}", Redirected, "check the endpoint: redirects"),
        ("400 Bad Request", "{}", InvalidRequest, "fix what the service names"),
        ("401 Unauthorized", "{}", Unauthenticated, "check the token or key"),
        ("401 Unauthorized", skew, Unauthenticated, "set the clock of this machine"),
        ("401 Unauthorized", other, Unauthenticated, "check the token or key"),
        ("401 Unauthorized", expired, TokenExpired, "check the token or key"),
        ("403 Forbidden", "{}", PermissionDenied, "ask for the Set permission"),
        ("404 Not Found", "{}", NotFound, "check the endpoint"),
        ("404 Not Found", missing, NotFound, "check the repository ID"),
        ("409 Conflict", "{}", Conflict, "fix what the service names"),
        ("429 Too Many Requests", "{}", Throttled, "wait before you retry: the quota is 600 calls a minute"),
        ("500 Internal Server Error", "{}", Unavailable, "retry later"),
        ("599 Odd", "{}", Unavailable, "retry later"),
    ] {
        let error = error_of(answer(status, "Content-Type: application/json\r\n", body)).await;
        assert!(error.to_string().starts_with(&format!("the service answered {}", &status[..3])), "{error}");
        assert_eq!(error.kind(), kind, "{status} {body}");
        assert!(error.advice().starts_with(advice), "{status} {body}: {}", error.advice());
    }
}

/// A failed read can be retried; a failed start may be running.
#[tokio::test]
async fn the_advice_fits_the_operation() {
    let server = Server::answering("").await;
    let id = RepositoryId::try_from(123).expect("an id");
    let read = server.client().show_mirror(id).await.expect_err("no answer");
    assert!(read.may_have_been_sent() && !read.may_have_taken_effect());
    assert_eq!(read.advice(), "retry later");
    let list = server.client().list_repositories(RepositoryFilter::new());
    let page = list.try_collect::<Vec<_>>().await.expect_err("no answer");
    assert_eq!(page.advice(), "retry later");
    let start = start(&server.client()).await.expect_err("no answer");
    assert!(start.may_have_taken_effect());
    assert_eq!(start.advice(), "check whether it took effect before you retry");
}

#[tokio::test]
async fn a_refusal_is_one_line() {
    let text = refusal("400 Bad Request", r#"{"error_code":"A.1","error_msg":"one\r\n\ttwo \u0007  three"}"#).await;
    assert_eq!(text, "the service answered 400 Bad Request (A.1): one two three");
}

#[tokio::test]
async fn an_incomplete_answer_is_not_a_broken_connection() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: r-1\r\nContent-Length: 99\r\n\r\n";
    let broken = error_of(format!("{head}{{\"jid\":")).await;
    assert!(broken.to_string().starts_with("the answer of the service is incomplete"), "{broken}");
    assert_eq!((broken.status(), broken.request_id()), (Some(200), Some("r-1")));
    let closed = error_of(String::new()).await;
    assert!(closed.to_string().starts_with("the connection to the service broke before an answer"), "{closed}");
    for error in [broken, closed] {
        assert!(error.is_connection() && error.is_retryable() && error.may_have_been_sent(), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_is_not_a_connection_failure() {
    for bytes in [answer("503 Service Unavailable", "", ""), answer("200 OK", "", "nonsense")] {
        let error = error_of(bytes).await;
        assert!(!error.is_connection(), "{error:?}");
    }
}

#[tokio::test]
async fn a_success_that_repeats_the_token_hides_it() {
    let headers = format!("Content-Type: application/json\r\nX-Request-Id: id-{TOKEN}\r\n");
    for body in [format!(r#"{{"jid":["{TOKEN}"]}}"#), format!("\"{TOKEN}\""), "{}".to_owned()] {
        let error = error_of(answer("200 OK", &headers, &body)).await;
        assert_eq!(error.request_id(), Some("id-***"), "{error:?}");
        assert!(!format!("{error:?}").contains(TOKEN), "{error:?}");
    }
}

#[tokio::test]
async fn retrying_without_a_token_depends_on_the_answer_of_iam() {
    for (status, again) in [("503 Service Unavailable", true), ("401 Unauthorized", false)] {
        let iam = Server::answering(answer(status, "Content-Type: application/json\r\n", "{}")).await;
        let endpoint = || iam.endpoint.parse().expect("an endpoint");
        let user = IamPassword::new("domain", "user", "password").project("p").endpoint(endpoint());
        let builder = Client::builder().endpoint(endpoint()).auth(user).retry(RetryPolicy::none());
        let error = start(&builder.build().expect("a client")).await.expect_err("no token");
        assert!(error.kind() == ErrorKind::Authorization && !error.may_have_been_sent(), "{error:?}");
        assert_eq!(error.is_retryable(), again, "{error:?}");
    }
}
