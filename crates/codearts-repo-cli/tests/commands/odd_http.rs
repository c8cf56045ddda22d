//! A service behind a load balancer that uses all of HTTP/1.1.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::support::{TOKEN, codearts_repo, run_with_input};

const REPOSITORIES: usize = 2000;
/// After so many answers, the load balancer closes a connection and says so.
const ANSWERS: usize = 100;

type Starts = Arc<Mutex<HashMap<String, u32>>>;

/// The path of the next request, whose body is read as well.
fn next_request(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let header = header.trim().to_lowercase();
        if header.is_empty() {
            break;
        }
        length = header.strip_prefix("content-length:").map_or(length, |value| value.trim().parse().expect("a number"));
    }
    std::io::copy(&mut reader.take(length), &mut std::io::sink()).ok()?;
    Some(path)
}

/// Interim answers, chunks of a few bytes, and a trailer, in many writes.
fn answer(stream: &mut TcpStream, number: usize, last: bool) -> std::io::Result<()> {
    let body = format!(r#"{{"jid":"task-{number}"}}"#);
    let (first, second) = body.split_at(1 + number % (body.len() - 1));
    let connection = if last { "Connection: close\r\n" } else { "" };
    let parts = [
        "HTTP/1.1 102 Processing\r\n\r\n".to_owned(),
        "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\nHTTP/1.1 2".to_owned(),
        format!("00 OK\r\nContent-Type: application/json\r\n{connection}Trailer: X-Checksum\r\nTransfer-"),
        format!("Encoding: chunked\r\n\r\n{:x};name=value\r\n{first}\r\n{:x}\r\n", first.len(), second.len()),
        format!("{second}\r\n0\r\nX-Checksum: {number}\r\n\r\n"),
    ];
    parts.iter().filter(|part| !part.is_empty()).try_for_each(|part| stream.write_all(part.as_bytes()))
}

fn serve(mut stream: TcpStream, starts: &Starts) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    for number in 1..=ANSWERS {
        let Some(path) = next_request(&mut reader) else { return };
        *starts.lock().expect("no panic").entry(path).or_default() += 1;
        if answer(&mut stream, number, number == ANSWERS).is_err() {
            return;
        }
    }
}

#[test]
fn two_thousand_starts_over_odd_http_are_complete() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let starts = Starts::default();
    let counted = Arc::clone(&starts);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let starts = Arc::clone(&counted);
            thread::spawn(move || serve(stream, &starts));
        }
    });
    let list: Vec<String> = (1..=REPOSITORIES).map(|id| id.to_string()).collect();
    let mut command = codearts_repo(&["sync", "--file", "-", "--rate", "unlimited", "--json", "--endpoint", &endpoint]);
    let ended = run_with_input(command.env("CODEARTS_REPO_TOKEN", TOKEN), &list.join("\n"));
    let started = ended.out.lines().filter(|line| line.contains(r#""outcome":"started""#)).count();
    assert_eq!((ended.code, started), (Some(0), REPOSITORIES), "{}", ended.err);
    let starts = starts.lock().expect("no panic");
    assert!(starts.len() == REPOSITORIES && starts.values().all(|times| *times == 1));
}
