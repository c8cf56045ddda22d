//! A mirror source: a git repository, which can be served over smart HTTP.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;

/// A repository with a work tree.
pub struct Source {
    pub folder: TempDir,
}

impl Source {
    pub fn new() -> Self {
        let source = Self { folder: tempfile::tempdir().unwrap() };
        source.git(&["init", "--quiet", "--initial-branch=main", "."]);
        source.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
        source
    }

    pub fn with_commit() -> Self {
        let source = Self::new();
        source.commit("first");
        source
    }

    /// Adds a commit that is large enough to be streamed.
    pub fn commit_much(&self, seed: u64) {
        let mut dice = fastrand::Rng::with_seed(seed);
        let content: Vec<u8> = std::iter::repeat_with(|| dice.u8(..)).take(3 << 20).collect();
        std::fs::write(self.path().join("much"), content).unwrap();
        self.commit(&format!("much {seed}"));
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn commit(&self, text: &str) -> String {
        std::fs::write(self.path().join("file.txt"), text).unwrap();
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message", text]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        git(self.path(), arguments)
    }
}

/// Runs git in a folder and returns its output; a failure stops the test.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    let identity = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
    command.envs(identity.map(|name| (name, "test@example.com"))).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.arg("-C").arg(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// All refs and their targets, sorted.
pub fn refs(folder: &Path) -> String {
    git(folder, &["for-each-ref", "--format=%(refname) %(objectname)"])
}

/// Whether a process has the text in its arguments and does not end within two seconds. It blocks the runtime, so no task
/// can end the process.
pub fn is_named_by_a_process(text: &str) -> bool {
    for _ in 0..200 {
        let named = std::fs::read_dir("/proc").into_iter().flatten().flatten().any(|process| {
            let arguments = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&arguments).contains(text)
        });
        if !named {
            return false;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    true
}

/// Waits until git has written a part of a pack into a repository.
pub async fn part_of_a_pack_arrives(git_dir: &Path) {
    let arrives = async {
        while !has_part(git_dir) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(crate::caller::LONGEST, arrives).await.unwrap();
}

pub fn has_part(git_dir: &Path) -> bool {
    let items = std::fs::read_dir(git_dir.join("objects/pack")).unwrap();
    items.flatten().any(|item| item.file_name().to_str().unwrap().starts_with("tmp_"))
}

/// The behavior of an HTTP server in front of a source.
#[derive(Clone, Default)]
pub struct Behavior {
    pub password: Option<(String, String)>,
    /// Redirects every request to this address.
    pub redirect: Option<String>,
    /// Refuses requests with credentials, with this text.
    pub refusal: Option<Vec<u8>>,
    /// Never sends the pack.
    pub hang: bool,
    /// Sends the first half of the pack.
    pub half: Option<Then>,
}

/// What comes after the first half of a pack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Nothing,
    End,
}

/// A body whose second half may never arrive.
pub struct SourceBody {
    bytes: Bytes,
    announced: u64,
    then: Option<Then>,
}

impl From<Bytes> for SourceBody {
    fn from(bytes: Bytes) -> Self {
        Self { announced: bytes.len() as u64, bytes, then: None }
    }
}

impl hyper::body::Body for SourceBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let bytes = std::mem::take(&mut self.bytes);
        match self.then {
            _ if !bytes.is_empty() => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None => Poll::Ready(None),
            Some(Then::Nothing) => Poll::Pending,
            Some(Then::End) => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

/// A server for all repositories in a folder.
pub struct Server {
    address: String,
    task: tokio::task::JoinHandle<()>,
    pub authorizations: Arc<Mutex<Vec<String>>>,
    pub packs: Arc<tokio::sync::Notify>,
}

impl Server {
    pub async fn start(folder: &Path, behavior: Behavior) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let authorizations = Arc::new(Mutex::new(Vec::new()));
        let packs = Arc::new(tokio::sync::Notify::new());
        let (folder, seen, wanted) = (folder.to_owned(), Arc::clone(&authorizations), Arc::clone(&packs));
        let task = tokio::spawn(async move {
            // Connections end with the server.
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (folder, behavior) = (folder.clone(), behavior.clone());
                let (seen, wanted) = (Arc::clone(&seen), Arc::clone(&wanted));
                let service = hyper::service::service_fn(move |request: Request<Incoming>| {
                    let (folder, behavior) = (folder.clone(), behavior.clone());
                    if let Some(value) = request.headers().get("authorization") {
                        seen.lock().unwrap().push(value.to_str().unwrap().to_owned());
                    }
                    let wanted = Arc::clone(&wanted);
                    async move {
                        if request.uri().path().ends_with("git-upload-pack") {
                            wanted.notify_one();
                            if behavior.hang {
                                std::future::pending::<()>().await;
                            }
                        }
                        Ok::<_, std::convert::Infallible>(answer(&folder, &behavior, request).await)
                    }
                });
                connections
                    .spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { address, task, authorizations, packs }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(folder: &PathBuf, behavior: &Behavior, request: Request<Incoming>) -> Response<SourceBody> {
    let response = Response::builder();
    if let Some(target) = &behavior.redirect {
        let target = format!("{target}{}", request.uri());
        return response.status(302).header("location", target).body(Bytes::new().into()).unwrap();
    }
    if let Some((username, password)) = &behavior.password {
        let wanted = format!("Basic {}", STANDARD.encode(format!("{username}:{password}")));
        if request.headers().get("authorization").is_none_or(|given| given != &wanted) {
            let refused = response.status(401).header("www-authenticate", "Basic realm=\"source\"");
            return refused.body(Bytes::new().into()).unwrap();
        }
    }
    if let Some(text) = &behavior.refusal {
        let (status, body) = match request.headers().get("authorization") {
            Some(_) => (403, Bytes::copy_from_slice(text)),
            None => (401, Bytes::new()),
        };
        let refused = response.status(status).header("www-authenticate", "Basic realm=\"source\"");
        return refused.header("content-type", "text/plain").body(body.into()).unwrap();
    }
    backend(folder, behavior, request).await
}

/// Runs `git http-backend`, which speaks CGI.
async fn backend(folder: &PathBuf, behavior: &Behavior, request: Request<Incoming>) -> Response<SourceBody> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let header = |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    let mut child = tokio::process::Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", folder)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("REQUEST_METHOD", parts.method.as_str())
        .env("PATH_INFO", parts.uri.path())
        .env("QUERY_STRING", parts.uri.query().unwrap_or_default())
        .env("CONTENT_TYPE", header("content-type"))
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feed = async move { drop(stdin.write_all(&body).await) };
    let ((), output) = tokio::join!(feed, child.wait_with_output());
    let output = output.unwrap().stdout;
    let end = output.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(0);
    let mut response = Response::builder();
    for line in String::from_utf8_lossy(&output[..end]).lines() {
        let Some((name, value)) = line.split_once(": ") else { continue };
        response = match name {
            "Status" => response.status(value[..3].parse::<u16>().unwrap()),
            name => response.header(name, value),
        };
    }
    let bytes = Bytes::copy_from_slice(output.get(end + 4..).unwrap_or_default());
    let is_pack = parts.method == "POST" && bytes.len() > 100_000;
    let mut body = SourceBody::from(bytes);
    if let Some(then) = behavior.half.filter(|_| is_pack) {
        body.bytes.truncate(body.bytes.len() / 2);
        body.then = Some(then);
    }
    response.body(body).unwrap()
}
