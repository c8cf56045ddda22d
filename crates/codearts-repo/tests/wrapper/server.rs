//! A server that answers one request per connection with fixed bytes, and records the requests.

use std::sync::{Arc, Mutex};

use codearts_repo::{Client, ClientBuilder, RetryPolicy, Token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(crate) const TOKEN: &str = "MIITokenOfTheTests0123456789";

pub(crate) struct Server {
    pub(crate) endpoint: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn answering(answer: impl Into<String>) -> Self {
        Self::answering_in_turn(vec![answer.into()]).await
    }

    /// Answers each request with the next answer; the last one is repeated.
    pub(crate) async fn answering_in_turn(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = requests.clone();
        let task = tokio::spawn(async move {
            let mut answers = answers.into_iter();
            let mut answer = String::new();
            while let Ok((mut connection, _)) = listener.accept().await {
                let request = read(&mut connection).await;
                answer = answers.next().unwrap_or(answer);
                record.lock().expect("requests").push(request);
                // The test itself notices a client that disconnects.
                let _ = connection.write_all(answer.as_bytes()).await;
                let _ = connection.shutdown().await;
            }
        });
        Self { endpoint, requests, task }
    }

    /// The only request, in lower case.
    pub(crate) fn request(&self) -> String {
        let all = self.requests.lock().expect("requests");
        assert_eq!(all.len(), 1, "requests");
        all[0].to_lowercase()
    }

    pub(crate) fn count(&self) -> usize {
        self.requests.lock().expect("requests").len()
    }

    pub(crate) fn client(&self) -> Client {
        builder(&self.endpoint).build().expect("a client")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The settings of a client without retries.
pub(crate) fn builder(endpoint: &str) -> ClientBuilder {
    let token = Token::new(TOKEN).expect("a token");
    Client::builder().endpoint(endpoint.parse().expect("an endpoint")).auth(token).retry(RetryPolicy::none())
}

/// An answer with these header lines and a correct Content-Length.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Reads a head, and a body of its Content-Length.
async fn read(connection: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match connection.read(&mut buffer).await {
            Ok(count @ 1..) => bytes.extend_from_slice(&buffer[..count]),
            _ => return text,
        }
    }
}
