//! One call over HTTP/2, chosen by ALPN, and one over HTTP/1.1 where the server offers nothing else.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use codearts_repo::{Client, RepositoryId, Token};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use outside_server::{Certificate, TIME_LIMIT};
use tokio::net::TcpListener;
use tokio::time::timeout;

/// The version of the request that starts a synchronization at a server that offers these protocols.
async fn version_at(protocols: &[&str]) -> Version {
    let certificate = Certificate::new();
    let acceptor = certificate.acceptor(protocols);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("https://{}", listener.local_addr().expect("an address")).parse().expect("an endpoint");
    let seen = Arc::new(Mutex::new(None));
    let record = Arc::clone(&seen);
    let server = tokio::spawn(async move {
        let (connection, _) = listener.accept().await.expect("a client");
        let connection = acceptor.accept(connection).await.expect("TLS");
        let answer = service_fn(move |request: Request<_>| {
            *record.lock().expect("no panic") = Some(request.version());
            async { Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(r#"{"jid":"a1"}"#)))) }
        });
        // It ends with an error if the client is gone.
        let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(connection), answer).await;
    });
    let client = Client::builder()
        .endpoint(endpoint)
        .auth(Token::new("MIIExample").expect("a token"))
        .ca_certificates(certificate.authority().as_bytes())
        .expect("a certificate")
        .build()
        .expect("a client");
    let start = client.start_sync(RepositoryId::try_from(123).expect("an id"));
    let job = timeout(TIME_LIMIT, start.into_future()).await.expect("in time").expect("a task");
    assert_eq!(job.id, "a1");
    server.abort();
    let version = seen.lock().expect("no panic").expect("a request");
    version
}

#[tokio::test]
async fn the_server_chooses_the_protocol() {
    assert_eq!(version_at(&["h2", "http/1.1"]).await, Version::HTTP_2);
    assert_eq!(version_at(&["http/1.1"]).await, Version::HTTP_11);
    assert_eq!(version_at(&[]).await, Version::HTTP_11);
}
