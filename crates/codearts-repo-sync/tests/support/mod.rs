//! A server on loopback with scripted answers, which records its requests.
#![allow(dead_code, unreachable_pub, clippy::expect_used, reason = "each test file uses its part")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use codearts_repo::{Client, RepositoryId, RetryPolicy, Token};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug, Clone)]
pub struct Call {
    pub post: bool,
    pub repository: u32,
    /// Since the server started.
    pub at: Duration,
    pub status: u16,
}

type Answers = dyn Fn(&Call) -> (u16, String) + Send + Sync;

/// A server of one test; it ends with the test's runtime.
pub struct Server {
    address: SocketAddr,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Server {
    pub async fn start(answers: impl Fn(&Call) -> (u16, String) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let calls = Arc::new(Mutex::new(Vec::new()));
        let (answers, seen, begun): (Arc<Answers>, _, _) = (Arc::new(answers), Arc::clone(&calls), Instant::now());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&answers), Arc::clone(&seen), begun));
            }
        });
        Self { address, calls }
    }

    /// A client without retries.
    pub fn client(&self) -> Client {
        let endpoint = format!("http://{}", self.address).parse().expect("an address");
        let builder = Client::builder().endpoint(endpoint).auth(Token::new("token").expect("a token"));
        builder.retry(RetryPolicy::none()).build().expect("a client")
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().expect("no panic").clone()
    }
}

/// What a request is about.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub post: bool,
    pub repository: u32,
}

/// Reads the next request and its body.
pub async fn next_request(stream: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|length| *length > 0)?;
    let request = Request { post: line.starts_with("POST"), repository: line.split('/').nth(3)?.parse().ok()? };
    let mut length = 0;
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some(text) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse().ok()?;
        }
    }
    stream.read_exact(&mut vec![0; length]).await.ok()?;
    Some(request)
}

async fn serve(stream: TcpStream, answers: Arc<Answers>, seen: Arc<Mutex<Vec<Call>>>, begun: Instant) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut stream = BufReader::new(stream);
    loop {
        let Request { post, repository } = next_request(&mut stream).await?;
        let answer = {
            let mut seen = seen.lock().expect("no panic");
            let mut call = Call { post, repository, at: begun.elapsed(), status: 0 };
            let (status, body) = answers(&call);
            call.status = status;
            seen.push(call);
            let head = "Content-Type: application/json\r\nContent-Length";
            format!("HTTP/1.1 {status} X\r\n{head}: {}\r\n\r\n{body}", body.len())
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}

pub fn id(number: u32) -> RepositoryId {
    RepositoryId::try_from(number).expect("within the range")
}

/// The answer to a start.
pub fn started() -> (u16, String) {
    (200, r#"{"jid":"task"}"#.to_owned())
}

/// The answer to a poll.
pub fn state(status: &str) -> (u16, String) {
    (200, format!(r#"{{"update_status":"{status}"}}"#))
}
