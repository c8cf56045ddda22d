//! A server of a few lines over a plain socket: it records the bytes that arrive and answers with given bytes, so
//! that no HTTP library stands between a test and the wire.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Answers each connection's one request with the same bytes, and is gone when it is dropped.
pub(crate) struct PlainServer {
    endpoint: String,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
    task: tokio::task::JoinHandle<()>,
}

impl PlainServer {
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        Self::answering_in_turn([answer.into()]).await
    }

    /// Answers the first request with the first answer and so on; the last one stays.
    pub(crate) async fn answering_in_turn<A: Into<Vec<u8>>>(answers: impl IntoIterator<Item = A>) -> Self {
        let mut answers: Vec<Vec<u8>> = answers.into_iter().map(Into::into).collect();
        answers.reverse();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = requests.clone();
        let task = tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let request = read_request(&mut connection).await;
                record.lock().expect("requests").push(request);
                let answer = if answers.len() > 1 { answers.pop() } else { answers.last().cloned() };
                // A client that has gone is the test's own business.
                let _ = connection.write_all(&answer.unwrap_or_default()).await;
                let _ = connection.shutdown().await;
            }
        });
        Self { endpoint, requests, task }
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// All requests so far, as they came over the wire.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("requests").iter().map(|bytes| Request::parse(bytes)).collect()
    }

    /// The one request that came.
    pub(crate) fn request(&self) -> Request {
        let mut all = self.requests();
        assert_eq!(all.len(), 1, "requests");
        all.remove(0)
    }
}

impl Drop for PlainServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A request taken apart by hand.
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let end = head_length(bytes).expect("a whole head");
        let head = std::str::from_utf8(&bytes[..end]).expect("ASCII");
        let mut lines = head.split("\r\n");
        let line = lines.next().expect("a request line").to_owned();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self { line, headers, body: bytes[end..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

async fn read_request(connection: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        if let Some(head) = head_length(&bytes)
            && bytes.len()
                >= head + Request::parse(&bytes).header("content-length").map_or(0, |l| l.parse().expect("a length"))
        {
            return bytes;
        }
        if connection.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return bytes;
        }
    }
}

pub(crate) fn head_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|position| position + 4)
}

/// The bytes of an answer with a body of JSON or other text.
pub(crate) fn answer(status: &str, body: &str) -> String {
    answer_with(status, "Content-Type: application/json\r\n", body)
}

/// The bytes of an answer with more header lines, each ended.
pub(crate) fn answer_with(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}
