//! Settings arrive on the wire, and `Debug` shows them.

use codearts_repo::auth::{AccessKey, Environment, IamPassword, RefusedToken, TokenFile, TokenProvider};
use codearts_repo::{Auth, Client, ConfigError, Endpoint, Region, RemoteCredentials, RepositoryId, Token};
use codearts_repo_client::{Authorization, NotAuthorized};

use crate::server::{Server, TOKEN, answer, builder};

fn id() -> RepositoryId {
    RepositoryId::try_from(123).expect("an id")
}

#[tokio::test]
async fn an_explicit_proxy_is_used_for_loopback_as_well() {
    let proxy = Server::answering(answer("200 OK", "Content-Type: application/json\r\n", "{}")).await;
    // Nothing listens on port 1: an answer can only come from the proxy.
    let builder = builder("http://127.0.0.1:1").proxy(&proxy.endpoint).expect("a proxy");
    builder.build().expect("a client").show_mirror(id()).await.expect("an answer");
    assert!(proxy.request().starts_with("get http://127.0.0.1:1/v4/repositories/123/"), "{}", proxy.request());
}

/// The token would leave this machine in clear text.
#[tokio::test]
async fn a_remote_proxy_is_not_used_for_loopback() {
    let server = Server::answering(answer("200 OK", "Content-Type: application/json\r\n", "{}")).await;
    // The name does not exist: an answer can only come from the server itself.
    let builder = builder(&server.endpoint).proxy("http://proxy.invalid:3128").expect("a proxy");
    builder.build().expect("a client").show_mirror(id()).await.expect("an answer");
    assert!(server.request().starts_with("get /v4/repositories/123/"), "{}", server.request());
}

#[test]
fn an_invalid_proxy_is_refused() {
    let refused = Client::builder().proxy("socks://[").expect_err("no address");
    assert!(matches!(refused, ConfigError::Proxy(_)), "{refused:?}");
}

#[tokio::test]
async fn the_user_agent_can_be_set() {
    let json = answer("200 OK", "Content-Type: application/json\r\n", "{}");
    let version = env!("CARGO_PKG_VERSION");
    for (set, sent) in [(Some("mine/7"), "mine/7".to_owned()), (None, format!("codearts-repo/{version}"))] {
        let server = Server::answering(json.clone()).await;
        let mut builder = builder(&server.endpoint);
        if let Some(set) = set {
            builder = builder.user_agent(set);
        }
        builder.build().expect("a client").show_mirror(id()).await.expect("an answer");
        assert!(server.request().contains(&format!("\r\nuser-agent: {sent}\r\n")), "{}", server.request());
    }
}

#[test]
fn loopback_endpoints_are_recognized() {
    for (endpoint, here) in [
        ("http://localhost", true),
        ("http://127.0.0.1:8080", true),
        ("https://127.9.9.9", true),
        ("http://[::1]:8080", true),
        ("https://localhost.example", false),
        ("https://192.168.0.1", false),
        ("https://[2001:db8::1]", false),
    ] {
        assert_eq!(endpoint.parse::<Endpoint>().expect("an endpoint").is_loopback(), here, "{endpoint}");
    }
}

#[test]
fn debug_shows_the_settings() {
    let token = || Token::new(TOKEN).expect("a token");
    struct Mine;
    impl TokenProvider for Mine {
        fn token<'a>(&'a self, _: Option<RefusedToken<'a>>) -> codearts_repo::auth::TokenFuture<'a> {
            Box::pin(async { Ok(Token::new(TOKEN).expect("a token")) })
        }
    }
    let key = AccessKey::new("AK", "SK").expect("a key");
    for (auth, says) in [
        (Auth::from(token()), "Auth(token)"),
        (Auth::provider(Mine), "Auth(token provider)"),
        (Auth::from(key), "Auth(access key)"),
        (Auth::from(IamPassword::new("domain", "user", "password")), "Auth(IAM password)"),
    ] {
        assert_eq!(format!("{auth:?}"), says);
    }
    let credentials = RemoteCredentials::new("alice", "password");
    assert_eq!(format!("{credentials:?}"), "RemoteCredentials(***)");
    let user = IamPassword::new("a-domain", "a-user", "password");
    let environment = Environment::new([]).home(Some("/home/a-user".into()));
    for (says, parts) in [
        (format!("{:?}", token()), ["Token", "***"]),
        (format!("{:?}", AccessKey::new("AK", "SK").expect("a key")), ["AccessKey", "***"]),
        (format!("{user:?}"), ["a-domain", "a-user"]),
        (format!("{:?}", TokenFile::new("/a-folder/a-file")), ["TokenFile", "/a-folder/a-file"]),
        (format!("{environment:?}"), ["Environment", "/home/a-user"]),
        (format!("{:?}", "http://localhost:1".parse::<Endpoint>()), ["Ok", "http://localhost:1"]),
        (format!("{:?}", Authorization::none()), ["Authorization", "none"]),
    ] {
        assert!(parts.iter().all(|part| says.contains(part)), "{says}");
    }
    let builder = builder("http://localhost:1").region(Region::CN_NORTH_4);
    let says = format!("{builder:?}");
    for part in ["ClientBuilder", "http://localhost:1", "cn-north-4", "Auth(token)"] {
        assert!(says.contains(part), "{part}: {says}");
    }
}

#[test]
fn an_unauthorized_request_explains_why() {
    let text = NotAuthorized::new("the clock gives no date").to_string();
    assert!(text.contains("the clock gives no date"), "{text}");
}
