//! One call over https, and no redirect.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use codearts_repo_client::{Client, HttpSettings, RepositoryId, Token};
use codearts_repo_client::{Error, InvalidAnswer, InvalidAnswerKind};
use outside_server::{Server, TIME_LIMIT};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{\"jid\":\"a1\"}";

async fn start(server: &Server) -> String {
    let mut settings = HttpSettings::default();
    settings.add_certificates(server.authority().as_bytes()).expect("a certificate");
    let endpoint = server.endpoint().parse().expect("an endpoint");
    let token = Token::new("MIIExample").expect("a token");
    let client = Client::with_settings(&endpoint, &settings, token).expect("a client");
    let id = RepositoryId::try_from(123).expect("an id");
    let call = client.start_remote_mirror_synchronization().repository_id(id).send();
    let answer = tokio::time::timeout(TIME_LIMIT, call).await.expect("in time").expect("an answer");
    answer.into_inner().jid.expect("a task id")
}

#[tokio::test]
async fn https_works_with_the_default_features() {
    let server = Server::with_tls(ANSWER).await;
    assert_eq!(start(&server).await, "a1");
}

fn redirect_to(server: &Server) -> String {
    format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {}/stolen\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        server.endpoint()
    )
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::plain(ANSWER).await;
    let server = Server::plain(&redirect_to(&other)).await;
    let endpoint = server.endpoint().parse().expect("an endpoint");
    let client = Client::new(&endpoint, Token::new("MIIExample").expect("a token")).expect("a client");
    let call = client.show_remote_mirror().repository_id(RepositoryId::try_from(123).expect("an id")).send();
    let error = tokio::time::timeout(TIME_LIMIT, call).await.expect("in time").expect_err("a redirect");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(other.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn a_redirect_that_a_foreign_client_followed_is_an_error() {
    let other = Server::plain(ANSWER).await;
    let server = Server::plain(&redirect_to(&other)).await;
    let endpoint = server.endpoint().parse().expect("an endpoint");
    let http = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(no_tls()).build().expect("a client");
    let client = Client::with_http(&endpoint, http, Token::new("MIIExample").expect("a token"));
    let call = client.show_remote_mirror().repository_id(RepositoryId::try_from(123).expect("an id")).send();
    let error = tokio::time::timeout(TIME_LIMIT, call).await.expect("in time").expect_err("a redirect");
    assert_eq!(other.requests().len(), 1, "the client follows redirects");
    assert!(matches!(&error, Error::Custom(reason) if reason.contains("replace the token")), "{error}");
}

/// A program that uses reqwest beside the bindings, and has no provider installed.
fn no_tls() -> rustls::ClientConfig {
    rustls::ClientConfig::builder_with_provider(std::sync::Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

#[tokio::test]
async fn a_success_that_breaks_off_keeps_its_status_and_its_request_id() {
    let answer = "HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\nContent-Length: 99\r\n\r\n{\"jid\":";
    for (answer, kind) in [
        (answer, InvalidAnswerKind::Incomplete),
        ("HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\nContent-Length: 2\r\n\r\n[]", InvalidAnswerKind::Undecodable),
        ("HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\nContent-Length: 99999999\r\n\r\n{}", InvalidAnswerKind::TooLong),
    ] {
        let server = Server::plain(answer).await;
        let endpoint = server.endpoint().parse().expect("an endpoint");
        let client = Client::new(&endpoint, Token::new("MIIExample").expect("a token")).expect("a client");
        let call = client.show_remote_mirror().repository_id(RepositoryId::try_from(123).expect("an id")).send();
        let error = tokio::time::timeout(TIME_LIMIT, call).await.expect("in time").expect_err("no answer");
        let Error::UnexpectedResponse(response) = error else { panic!("{error}") };
        assert_eq!(
            (response.status().as_u16(), &response.headers()["x-request-id"]),
            (200, &"r-1".parse().expect("a value"))
        );
        assert_eq!(InvalidAnswer::of(&response).map(InvalidAnswer::kind), Some(kind));
    }
}
