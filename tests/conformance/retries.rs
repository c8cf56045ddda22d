//! Which calls are made again: a row for each way to fail, with the number of requests that the server saw.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use codearts_repo::auth::AccessKey;
use codearts_repo::{Client, Error, RetryPolicy, SyncJob, Token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::plain_server::{PlainServer, answer, answer_with};
use crate::wrapper_requests::id;

const ACCEPTED: &str = r#"{"jid":"a"}"#;

/// Three attempts without a noticeable pause.
fn quick() -> RetryPolicy {
    let instant = Duration::from_millis(1);
    RetryPolicy::default().initial_backoff(instant).max_backoff(instant).throttled_backoff(instant)
}

fn client(endpoint: &str, policy: RetryPolicy) -> Client {
    let builder = Client::builder().endpoint(endpoint.parse().expect("an endpoint")).retry(policy);
    let (connect, whole) = (Duration::from_millis(100), Duration::from_millis(300));
    builder.auth(Token::new("t").expect("a token")).connect_timeout(connect).timeout(whole).build().expect("a client")
}

async fn start(server: &PlainServer, policy: RetryPolicy) -> Result<SyncJob, Error> {
    client(server.endpoint(), policy).start_sync(id(1)).send().await
}

/// How often a start is made, by default and when the caller allows a repetition that may be a second start.
#[tokio::test]
async fn a_call_is_retried_only_if_nothing_was_started() {
    let html = "<html>bad gateway</html>";
    for (bytes, by_default, allowed) in [
        (answer_with("429 Too Many Requests", "Retry-After: 0\r\n", "{}"), 3, 3),
        (answer("429 Too Many Requests", "{}"), 3, 3),
        (answer("503 Service Unavailable", "{}"), 3, 3),
        (answer("500 Internal Server Error", "{}"), 1, 3),
        (answer_with("502 Bad Gateway", "Content-Type: text/html\r\n", html), 1, 3),
        (answer("504 Gateway Timeout", "{}"), 1, 3),
        (answer("408 Request Timeout", "{}"), 1, 3),
        (answer("401 Unauthorized", "{}"), 1, 1),
        (answer("403 Forbidden", "{}"), 1, 1),
        (answer("404 Not Found", "{}"), 1, 1),
        (answer("400 Bad Request", "{}"), 1, 1),
        (answer("409 Conflict", "{}"), 1, 1),
        (answer("307 Temporary Redirect", ""), 1, 1),
        // A success that says too little, one that is cut off, and a connection that ends without an answer.
        (answer("200 OK", "{}"), 1, 1),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"jid\":".to_owned(), 1, 3),
        (String::new(), 1, 3),
    ] {
        for (policy, expected) in
            [(quick(), by_default), (quick().retry_uncertain(true), allowed), (RetryPolicy::none(), 1)]
        {
            let server = PlainServer::answering(bytes.clone()).await;
            start(&server, policy).await.expect_err("refused");
            assert_eq!(server.requests().len(), expected, "{bytes}");
        }
    }
}

#[tokio::test]
async fn a_read_is_retried_after_temporary_failures() {
    for (bytes, expected) in [
        (answer("500 Internal Server Error", "{}"), 3),
        (answer("502 Bad Gateway", "{}"), 3),
        (String::new(), 3),
        (answer("404 Not Found", "{}"), 1),
        (answer("200 OK", "[]"), 1),
    ] {
        let server = PlainServer::answering(bytes.clone()).await;
        client(server.endpoint(), quick()).show_mirror(id(1)).await.expect_err("refused");
        assert_eq!(server.requests().len(), expected, "{bytes}");
    }
}

#[tokio::test]
async fn a_call_that_works_in_the_end_is_a_success() {
    let busy = answer("503 Service Unavailable", "{}");
    let server = PlainServer::answering_in_turn([busy.clone(), busy, answer("200 OK", ACCEPTED)]).await;
    assert_eq!(start(&server, quick()).await.expect("accepted").id, "a");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_respected_up_to_the_deadline() {
    let later = "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:28:01 GMT\r\n";
    for header in ["Retry-After: 1\r\n", later] {
        let busy = answer_with("429 Too Many Requests", header, "{}");
        let server = PlainServer::answering_in_turn([busy, answer("200 OK", ACCEPTED)]).await;
        let begun = Instant::now();
        start(&server, quick()).await.expect("accepted");
        assert!(begun.elapsed() >= Duration::from_secs(1), "{header}: {:?}", begun.elapsed());
        assert_eq!(server.requests().len(), 2);
    }
    let busy = answer_with("429 Too Many Requests", "Retry-After: 60\r\n", "{}");
    let server = PlainServer::answering(busy).await;
    let error = start(&server, quick().deadline(Duration::from_secs(30))).await.expect_err("refused");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_backoff_after_429_is_as_long_as_the_vendor_advises() {
    let server =
        PlainServer::answering_in_turn([answer("429 Too Many Requests", "{}"), answer("200 OK", ACCEPTED)]).await;
    let begun = Instant::now();
    start(&server, RetryPolicy::default()).await.expect("accepted");
    let pause = begun.elapsed().as_secs_f64();
    assert!(pause >= 2.0, "{pause}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_refused_connection_is_retried_until_a_server_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let policy =
        quick().initial_backoff(Duration::from_millis(20)).max_backoff(Duration::from_millis(20)).max_attempts(5000);
    let client = client(&format!("http://{address}"), policy);
    let call = tokio::spawn(async move { client.start_sync(id(1)).send().await });
    // Long enough for some attempts to fail; the call goes on all the while.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!call.is_finished());
    let listener = TcpListener::bind(address).await.expect("the same port");
    let exchange = async {
        let (mut connection, _) = listener.accept().await.expect("a connection");
        let mut request = [0; 4096];
        assert!(connection.read(&mut request).await.expect("a request") > 0);
        connection.write_all(answer("200 OK", ACCEPTED).as_bytes()).await.expect("answered");
        call.await.expect("a task").expect("accepted").id
    };
    assert_eq!(tokio::time::timeout(Duration::from_secs(60), exchange).await.expect("in time"), "a");
}

#[tokio::test]
async fn a_retried_request_is_signed_again() {
    let busy = answer_with("503 Service Unavailable", "Retry-After: 1\r\n", "{}");
    let server = PlainServer::answering_in_turn([busy, answer("200 OK", ACCEPTED)]).await;
    let endpoint = server.endpoint().parse().expect("an endpoint");
    let key = AccessKey::new("AKEXAMPLE", "s3cr3t").expect("a key");
    let client = Client::builder().endpoint(endpoint).retry(quick()).auth(key).build().expect("a client");
    client.start_sync(id(1)).send().await.expect("accepted");
    let requests = server.requests();
    let [dates, signatures] = ["x-sdk-date", "authorization"]
        .map(|name| requests.iter().map(|request| request.header(name).expect(name)).collect::<Vec<_>>());
    assert!(dates[0] < dates[1] && signatures[0] != signatures[1], "{dates:?}");
}

/// What a server does with a connection before it says nothing more.
#[derive(Clone, Copy, PartialEq)]
enum Silence {
    /// It reads nothing.
    WhileSending,
    /// It reads the request and does not answer.
    WhileWaiting,
    /// It answers the head and one byte.
    InTheAnswer,
}

/// A start whose request is larger than what a connection holds while nobody reads.
fn large(start: codearts_repo::StartSync) -> codearts_repo::StartSync {
    start.endpoint_uuid("x".repeat(6 << 20))
}

/// A server that falls silent, and the number of its connections.
async fn silent(silence: Silence) -> (String, Arc<AtomicUsize>) {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    // So that the sender's buffer, 4 MiB on Linux, is nearly all that a connection holds.
    socket.set_recv_buffer_size(4096).expect("a smaller buffer");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("bound");
    let listener = socket.listen(128).expect("listening");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((mut connection, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            if silence != Silence::WhileSending {
                let mut request = [0; 4096];
                let _ = connection.read(&mut request).await;
            }
            if silence == Silence::InTheAnswer {
                let _ = connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{").await;
            }
            held.push(connection);
        }
    });
    (endpoint, count)
}

/// The clock stands still while a connection has something to do, and then jumps to the time-out.
#[tokio::test(start_paused = true)]
async fn a_timeout_of_a_start_is_not_retried() {
    let cases = [Silence::WhileSending, Silence::WhileWaiting, Silence::InTheAnswer]
        .into_iter()
        .flat_map(|silence| [(silence, quick(), 1), (silence, quick().retry_uncertain(true), 3)]);
    let calls = cases.map(|(silence, policy, expected)| async move {
        let (endpoint, count) = silent(silence).await;
        let start = client(&endpoint, policy).start_sync(id(1));
        let start = if silence == Silence::WhileSending { large(start) } else { start };
        let error = start.send().await.expect_err("silence");
        assert!(error.is_timeout() && error.may_have_been_sent(), "{error:?}");
        assert_eq!(count.load(Ordering::SeqCst), expected);
    });
    futures_util::future::join_all(calls).await;
}

/// A listener whose queue is full answers no connection at all, as a host behind a dropping firewall.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connect_timeout_was_certainly_not_sent() {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("bound");
    let listener = socket.listen(1).expect("listening");
    let address = listener.local_addr().expect("an address");
    let mut fillers = Vec::new();
    while let Ok(Ok(filler)) =
        tokio::time::timeout(Duration::from_millis(100), tokio::net::TcpStream::connect(address)).await
    {
        fillers.push(filler);
    }
    let begun = Instant::now();
    let error = client(&format!("http://{address}"), quick()).start_sync(id(1)).send().await.expect_err("silence");
    assert!(error.is_timeout() && !error.may_have_been_sent() && error.is_retryable(), "{error:?}");
    assert!(begun.elapsed() >= Duration::from_millis(300), "three attempts of 100 ms: {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_reset_after_the_request_is_not_retried() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            // One reset with the request unread, which closing with unread bytes is, then one after it was read.
            if counted.fetch_add(1, Ordering::SeqCst) > 0 {
                let mut request = [0; 4096];
                let _ = connection.read(&mut request).await;
            } else {
                let _ = connection.peek(&mut [0]).await;
            }
        }
    });
    let client = client(&endpoint, quick());
    for expected in [1, 2] {
        let error = client.start_sync(id(1)).send().await.expect_err("reset");
        assert!(error.is_connection() && error.may_have_been_sent(), "{error:?}");
        assert_eq!(count.load(Ordering::SeqCst), expected);
    }
}
