//! The real binary, and a plain server that gives the answers a test asks for.
#![allow(dead_code, unused_imports, unreachable_pub, clippy::expect_used, reason = "each test file uses its part")]

#[cfg(all(unix, feature = "emulator"))]
pub mod emulator;
pub mod git;
mod running;

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

pub use running::{LONGEST, Running, in_time, until};

pub const TOKEN: &str = "MIITokenOfTheTests0123456789";

/// The binary, with an environment and a home that hold nothing.
pub fn codearts_repo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codearts-repo"));
    command.env_clear().env("HOME", "/nonexistent");
    // The last one is where a run that measures coverage wants its counts.
    for name in ["PATH", "TMPDIR", "LLVM_PROFILE_FILE"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The binary against this server, with a token.
pub fn against(server: &Server, arguments: &[&str]) -> Command {
    let mut command = codearts_repo(arguments);
    command.args(["--endpoint", &server.endpoint()]).env("CODEARTS_REPO_TOKEN", TOKEN);
    command
}

/// What a finished process left.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub fn run(command: &mut Command) -> Ended {
    Running::of(command.stdout(Stdio::piped()).stderr(Stdio::piped())).ended()
}

/// Runs it with this text on its standard input.
pub fn run_with_input(command: &mut Command, input: &(impl AsRef<[u8]> + ?Sized)) -> Ended {
    let mut running = Running::of(command.stdin(Stdio::piped()));
    // A program that refuses its arguments may end without reading.
    let _ = running.stdin.take().expect("piped").write_all(input.as_ref());
    running.ended()
}

#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// The head, with names in lower case.
    pub head: String,
    pub body: String,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

pub fn answer(status: u16, body: impl Into<String>) -> Answer {
    Answer { status, headers: String::new(), body: body.into() }
}

/// A server of one test. It answers as told, and remembers what it was asked.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// `answers` gets each request and how many came before it.
    pub fn start(answers: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answers, seen) = (Arc::new(answers), Arc::clone(&requests));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (answers, seen) = (Arc::clone(&answers), Arc::clone(&seen));
                thread::spawn(move || serve(stream, &*answers, &seen));
            }
        });
        Self { address, requests }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no panic").clone()
    }

    /// How many requests with this method came.
    pub fn count(&self, method: &str) -> usize {
        self.requests().iter().filter(|request| request.method == method).count()
    }
}

fn serve(mut stream: TcpStream, answers: &dyn Fn(&Request, usize) -> Answer, seen: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    while let Some(request) = read(&mut reader) {
        let before = {
            let mut seen = seen.lock().expect("no panic");
            seen.push(request.clone());
            seen.len() - 1
        };
        let Answer { status, headers, body } = answers(&request, before);
        let head =
            format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        if stream.write_all(format!("{head}{headers}\r\n{body}").as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        head.push_str(&format!("{}:{}\n", name.to_lowercase(), value.trim()));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, path, head, body: String::from_utf8(body).ok()? })
}
