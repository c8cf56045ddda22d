//! Starts so many repositories with `sync_many` against a server of its own, and tells the time and the peak memory:
//! `cargo run --release -p codearts-repo-sync --example memory -- 1000000`. Linux tells the peak.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use codearts_repo::{Client, RepositoryId, Token};
use codearts_repo_sync::{Many, Quota, Syncer};
use futures_util::stream::{self, StreamExt};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"jid\":\"a\"}";

/// Answers every request on one connection.
fn serve(stream: TcpStream) -> std::io::Result<()> {
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone()?), stream);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        while reader.read_line(&mut line)? > 2 {
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap_or(0);
            }
            line.clear();
        }
        reader.read_exact(&mut vec![0; length])?;
        writer.write_all(ANSWER.as_bytes())?;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let repositories: u32 = std::env::args().nth(1).ok_or("the number of repositories")?.parse()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let endpoint = format!("http://{}", listener.local_addr()?).parse()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(|| serve(stream));
        }
    });

    let client = Client::builder().endpoint(endpoint).auth(Token::new("MIIExample")?).build()?;
    let syncer = Syncer::with_quota(client, Quota::unlimited());
    let ids = stream::iter((1..=repositories).filter_map(|number| RepositoryId::try_from(number).ok()));
    let begun = Instant::now();
    let started = syncer.sync_many(ids, Many::default()).filter(|report| std::future::ready(report.result.is_ok()));
    let started = started.count().await;
    println!("{started} of {repositories} started in {:.1} s", begun.elapsed().as_secs_f64());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("no peak on this system"));
    Ok(())
}
