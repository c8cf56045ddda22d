//! Many clients, slow clients and large requests.

use std::time::Duration;

use codearts_repo_emulator::{Emulator, Repository};
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::caller::{Caller, TOKEN, mirror};

const LIST: &str = "/v4/user/repositories";

async fn connect(caller: &Caller) -> TcpStream {
    TcpStream::connect(caller.emulator.endpoint().trim_start_matches("http://")).await.unwrap()
}

fn list_request(connection: &str) -> String {
    format!("GET {LIST}?limit=100 HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\nX-Auth-Token: {TOKEN}\r\n\r\n")
}

/// Reads until the other side closes the connection, within a timeout.
async fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut bytes)).await;
    let _ = read.expect("the connection is closed");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_thousand_connections_at_once_are_answered() {
    let caller = Caller::start(Emulator::builder().repository(Repository::new(1))).await;
    let mut streams = Vec::new();
    for _ in 0..1000 {
        streams.push(connect(&caller).await);
    }
    for stream in &mut streams {
        stream.write_all(list_request("close").as_bytes()).await.unwrap();
    }
    for stream in &mut streams {
        let answer = read_all(stream).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert_eq!(caller.emulator.requests().len(), 1000);
}

#[tokio::test]
async fn silent_and_slow_clients_are_disconnected() {
    let caller = Caller::start(Emulator::builder().client_timeout(Duration::from_millis(300))).await;
    let partial_body = format!(
        "POST /v4/repositories/1/remote-mirror HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {TOKEN}\r\nContent-Length: 9\r\n\r\n{{"
    );
    let answered = list_request("keep-alive");
    for (sent, status) in
        [("", ""), ("GET /", ""), (partial_body.as_str(), "HTTP/1.1 408"), (answered.as_str(), "HTTP/1.1 200")]
    {
        let mut stream = connect(&caller).await;
        stream.write_all(sent.as_bytes()).await.unwrap();
        let answer = read_all(&mut stream).await;
        assert!(answer.starts_with(status), "{sent}: {answer}");
    }
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_long_is_refused_at_once() {
    let caller = Caller::start(Emulator::builder()).await;
    let mut stream = connect(&caller).await;
    let request = format!(
        "POST /v4/repositories/1/remote-mirror HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {TOKEN}\r\nContent-Length: 99999999999\r\n\r\n{{"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = tokio::time::timeout(Duration::from_secs(1), read_all(&mut stream)).await.expect("an answer at once");
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("APIGW.0201"), "{answer}");
}

#[tokio::test]
async fn a_client_that_does_not_read_is_disconnected() {
    let mut builder = Emulator::builder().client_timeout(Duration::from_millis(300)).max_connections(1);
    for id in 1..=100 {
        builder = builder.repository(Repository::new(id).name("x".repeat(500)));
    }
    let caller = Caller::start(builder).await;
    let mut stream = connect(&caller).await;
    // More answers than fit into the buffers of both sides.
    let requests = list_request("keep-alive").repeat(200);
    let written = tokio::time::timeout(Duration::from_secs(2), stream.write_all(requests.as_bytes())).await;
    drop(written);
    // There is room for one connection: this answer comes after the other connection was closed.
    let answer = caller.call(Method::GET, LIST, None).await;
    assert_eq!(answer.status, 200);
    drop(stream);
}

#[tokio::test]
async fn connections_above_the_limit_wait() {
    let caller = Caller::start(Emulator::builder().max_connections(2)).await;
    let mut held = [connect(&caller).await, connect(&caller).await];
    for stream in &mut held {
        stream.write_all(list_request("keep-alive").as_bytes()).await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
    }
    let mut third = connect(&caller).await;
    third.write_all(list_request("close").as_bytes()).await.unwrap();
    let early = tokio::time::timeout(Duration::from_millis(150), third.read(&mut [0; 1])).await;
    assert!(early.is_err(), "two are served at once");
    drop(held);
    assert!(read_all(&mut third).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_endless_head_is_refused() {
    let caller = Caller::start(Emulator::builder()).await;
    let mut stream = connect(&caller).await;
    let head = format!("GET {LIST} HTTP/1.1\r\nHost: a\r\nX-Filler: {}", "x".repeat(600 * 1024));
    let _ = stream.write_all(head.as_bytes()).await;
    let answer = read_all(&mut stream).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert_eq!(caller.call(Method::GET, LIST, None).await.status, 200, "others are served as before");
}

#[tokio::test]
async fn an_incomplete_body_is_not_reported_as_too_large() {
    let caller = Caller::start(Emulator::builder()).await;
    let mut stream = connect(&caller).await;
    let head = format!("POST /v4/repositories/1/remote-mirror HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {TOKEN}\r\n");
    stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\nno length\r\n").as_bytes()).await.unwrap();
    let answer = read_all(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("the body could not be read"), "{answer}");
}

#[tokio::test]
async fn a_request_cannot_hide_in_another() {
    let caller = Caller::start(Emulator::builder().repository(Repository::new(5))).await;
    let path = mirror(5);
    let head =
        format!("POST {path} HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {TOKEN}\r\nContent-Type: application/json\r\n");
    let hidden = format!("0\r\n\r\n{head}Content-Length: 2\r\n\r\n{{}}");
    let length = hidden.len();
    for framing in [
        format!("Content-Length: {length}\r\nContent-Length: 0"),
        format!("Content-Length: {length}, {length}"),
        format!("Content-Length: +{length}"),
        format!("Content-Length: {length:#x}"),
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked"),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {length}"),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity".to_owned(),
        "Transfer-Encoding: xchunked".to_owned(),
        "Transfer-Encoding : chunked".to_owned(),
    ] {
        let mut stream = connect(&caller).await;
        let request = format!("{}{framing}\r\n\r\n{hidden}", head.replace(&path, "/v4/nothing"));
        stream.write_all(request.as_bytes()).await.unwrap();
        let answer = read_all(&mut stream).await;
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{framing:?}: {answer}");
        assert!(answer.starts_with("HTTP/1.1 4"), "{framing:?}: {answer}");
        assert!(caller.emulator.requests().iter().all(|request| request.path() != path), "{framing:?}");
    }
}

#[tokio::test]
async fn no_path_leads_out_of_the_api() {
    let caller = Caller::start(Emulator::builder().token("t").repository(Repository::new(123))).await;
    for path in [
        "/v4/repositories/../../../../etc/passwd",
        "/v4/repositories/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/v4/repositories/..%2f..%2f..%2fetc%2fpasswd/remote-mirror",
        "/v4/repositories/123%00/remote-mirror",
        "/v4/repositories/%31%32%33/remote-mirror",
        "//v4/repositories/123/remote-mirror",
        "/v4/repositories/123;x/remote-mirror",
        "/v4\\repositories\\123\\remote-mirror",
        "/page/../../../etc/passwd",
    ] {
        let mut stream = connect(&caller).await;
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Token: t\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let answer = read_all(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 4") && !answer.contains("root:"), "{path}: {answer}");
    }
}
