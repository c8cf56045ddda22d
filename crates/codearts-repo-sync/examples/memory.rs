//! Measures the peak memory of `sync_many` on Linux, with a server in the same process.
//!
//! ```console
//! $ cargo run --release -p codearts-repo-sync --example memory -- start 1000000  # starts so many, waits for none
//! $ cargo run --release -p codearts-repo-sync --example memory -- wait 10000     # until so many run at once
//! ```

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use codearts_repo::{Client, RepositoryId, Token};
use codearts_repo_sync::{CancellationToken, Event, Many, Quota, Syncer, Wait};
use futures_util::stream::{self, StreamExt};

const STARTED: &str = r#"{"jid":"0123456789abcdef0123456789abcdef"}"#;
const RUNNING: &str = r#"{"update_status":"started","last_update_at":"2026-01-27T08:30:00.125+08:00","last_successful_update_at":"2026-01-26T08:30:00.125+08:00","number_of_failures":0}"#;

/// Answers every request of one connection.
fn serve(stream: TcpStream) -> std::io::Result<()> {
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone()?), stream);
    loop {
        let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        while reader.read_line(&mut line)? > 2 {
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap_or(0);
            }
            line.clear();
        }
        reader.read_exact(&mut vec![0; length])?;
        let body = if first.starts_with("POST") { STARTED } else { RUNNING };
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        // One write: the parts of an answer would wait for each other (Nagle).
        writer.write_all(answer.as_bytes())?;
    }
}

/// A line of `/proc/self/status`, in KiB.
fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let waits = arguments.next().ok_or("start or wait")? == "wait";
    let repositories: usize = arguments.next().ok_or("the number of repositories")?.parse()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let endpoint = format!("http://{}", listener.local_addr()?).parse()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(|| serve(stream));
        }
    });

    let client = Client::builder().endpoint(endpoint).auth(Token::new("MIIExample")?).build()?;
    let syncer = Syncer::with_quota(client, Quota::unlimited());
    let ids = stream::iter((1..=u32::try_from(repositories)?).filter_map(|number| RepositoryId::try_from(number).ok()));
    let (begun, before) = (Instant::now(), status("VmRSS"));
    if waits {
        let interval = Duration::from_secs(3600);
        let wait = Wait::default().min_interval(interval).max_interval(interval).timeout(interval);
        let (all, running) = (CancellationToken::new(), AtomicUsize::new(0));
        let last = all.clone();
        let settings = Many::default().max_running(repositories + 1).wait(wait).events(move |event| {
            if matches!(event, Event::Started { .. }) && running.fetch_add(1, Ordering::Relaxed) + 1 == repositories {
                last.cancel();
            }
        });
        let reports = syncer.sync_many(ids, settings).count();
        let mut reports = std::pin::pin!(reports);
        tokio::select! {
            _ = &mut reports => return Err("a synchronization ended".into()),
            () = all.cancelled() => {}
        }
        let growth = status("VmRSS").zip(before).map_or(0, |(after, before)| after.saturating_sub(before));
        println!("{repositories} run at once, {} bytes each", growth * 1024 / repositories as u64);
    } else {
        let reports = syncer.sync_many(ids, Many::default());
        let started = reports.filter(|report| std::future::ready(report.result.is_ok())).count().await;
        println!("{started} of {repositories} started in {:.1} s", begun.elapsed().as_secs_f64());
    }
    println!("peak memory: {} KiB", status("VmHWM").unwrap_or(0));
    Ok(())
}
