//! A server that answers each request as a test says.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a request says.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
}

/// The bytes to answer with; `None` to keep the connection open without an answer.
pub(crate) type Answer = Option<Vec<u8>>;

pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (answer, seen) = (Arc::new(answer), Arc::default());
        let all = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&answer), Arc::clone(&all)));
            }
        });
        Self { address, seen, task }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.seen.lock().expect("no panic").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    stream: TcpStream,
    answer: Arc<impl Fn(&Request) -> Answer>,
    seen: Arc<Mutex<Vec<Request>>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|length| *length > 0)?;
    let mut request = Request { path: line.split(' ').nth(1)?.to_owned(), authorization: None };
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some((_, value)) = header.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("authorization"))
        {
            request.authorization = Some(value.trim().to_owned());
        }
    }
    seen.lock().expect("no panic").push(request.clone());
    match answer(&request) {
        Some(bytes) => stream.write_all(&bytes).await.ok()?,
        // Until git gives up.
        None => while stream.read_line(&mut line).await.ok()? > 0 {},
    }
    Some(())
}

pub(crate) fn response(status: &str, headers: &str, body: &[u8]) -> Answer {
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    Some([head.as_bytes(), body].concat())
}

/// The refs of a server that speaks git's protocol, as lines of an id and a name. The first may name the target of HEAD.
pub(crate) fn advertisement(refs: &[(String, String)], capabilities: &str) -> Answer {
    let packet = |line: &str| format!("{:04x}{line}", line.len() + 4);
    let mut body = packet("# service=git-upload-pack\n") + "0000";
    for (index, (id, name)) in refs.iter().enumerate() {
        let capabilities = if index == 0 { format!("\0{capabilities}") } else { String::new() };
        body += &packet(&format!("{id} {name}{capabilities}\n"));
    }
    if refs.is_empty() {
        body += &packet(&format!("{} capabilities^{{}}\0{capabilities}\n", "0".repeat(40)));
    }
    body += "0000";
    let kind = "Content-Type: application/x-git-upload-pack-advertisement\r\n";
    response("200 OK", kind, body.as_bytes())
}
