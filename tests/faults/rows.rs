//! The faults.

use std::io::Write;
use std::time::Duration;

use crate::server::{Behavior, End, Pace, Read, Transport};

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) works: bool,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    /// Nobody is there.
    Nowhere(String),
    Served(Behavior),
}

const ACCEPTED: &str = r#"{"jid":"a"}"#;
const SLOW: Duration = Duration::from_millis(20);

fn behavior(answer: impl Into<Vec<u8>>) -> Behavior {
    let answer = answer.into();
    Behavior { transport: Transport::Plain, read: Read::All, answer, repeat: 0, pace: Pace::AtOnce, end: End::Close }
}

fn row(name: &'static str, behavior: Behavior) -> Row {
    Row { name, works: false, kind: Kind::Served(behavior) }
}

impl Row {
    /// Whether the caller is kept waiting until its patience ends.
    pub(crate) fn is_endless(&self) -> bool {
        let Kind::Served(behavior) = &self.kind else { return false };
        let answered_early = behavior.read == Read::Some;
        !answered_early && (behavior.end == End::Silence || behavior.pace != Pace::AtOnce)
    }
}

fn works(row: Row) -> Row {
    Row { works: true, ..row }
}

/// An answer with a body of JSON.
fn json(status: &str, body: &str) -> Behavior {
    headers(status, "Content-Type: application/json\r\n", body)
}

/// An answer with these header lines and a right Content-Length.
fn headers(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Behavior {
    let body = body.as_ref();
    let mut answer = Vec::new();
    write!(answer, "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).expect("a head");
    answer.extend_from_slice(body);
    behavior(answer)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A head and spaces, 1 MiB together.
fn mebibyte(head: &str) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    bytes.resize(1 << 20, b' ');
    bytes
}

fn port_without_a_listener() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

pub(crate) fn all() -> Vec<Row> {
    [connections(), transport_security(), framing(), refusals(), successes(), redirects()]
        .into_iter()
        .flatten()
        .collect()
}

fn connections() -> Vec<Row> {
    let silent = |read| Behavior { read, end: End::Silence, ..behavior("") };
    let reset = |read, answer: &str| Behavior { read, end: End::Reset, ..behavior(answer) };
    let nowhere = |name, endpoint: String| Row { name, works: false, kind: Kind::Nowhere(endpoint) };
    vec![
        nowhere("nothing listens", format!("http://127.0.0.1:{}", port_without_a_listener())),
        // A label of 64 characters is longer than a name server is ever asked for.
        nowhere("the host name cannot be resolved", format!("https://{}.example", "a".repeat(64))),
        row("the connection is closed before the request is read", Behavior { read: Read::Nothing, ..behavior("") }),
        row("the connection is reset before the request is read", reset(Read::Nothing, "")),
        row("the connection is closed after the request", behavior("")),
        row("the connection is reset after the request", reset(Read::All, "")),
        row("the connection is reset in the head of the answer", reset(Read::All, "HTTP/1.1 200 OK\r\nContent-")),
        row("the request is not read (half open)", silent(Read::Nothing)),
        row("the request is read and never answered", silent(Read::All)),
        row("silence in the head of the answer", Behavior { end: End::Silence, ..behavior("HTTP/1.1 200 OK\r\n") }),
        row(
            "silence in the body of the answer",
            Behavior { end: End::Silence, ..behavior("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"j") },
        ),
        row(
            "silence in the body of a refusal",
            Behavior {
                end: End::Silence,
                ..behavior("HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\n{\"error_code\":\"CH.0")
            },
        ),
        row("a head that arrives byte by byte", Behavior { pace: Pace::Slowly(SLOW), ..json("200 OK", ACCEPTED) }),
        row(
            "a body that arrives byte by byte",
            Behavior {
                pace: Pace::Slowly(SLOW),
                ..behavior(format!("HTTP/1.1 200 OK\r\n\r\n{ACCEPTED}{}", " ".repeat(1000)))
            },
        ),
        works(row(
            "a success before the request is complete",
            Behavior { read: Read::Some, end: End::Silence, ..json("200 OK", ACCEPTED) },
        )),
        row(
            "a refusal before the request is complete",
            Behavior {
                read: Read::Some,
                end: End::Silence,
                ..json("413 Payload Too Large", r#"{"error_code":"APIGW.0201","error_msg":"too large"}"#)
            },
        ),
    ]
}

fn transport_security() -> Vec<Row> {
    let tls = |name, valid, trusted| Behavior {
        transport: Transport::Tls { name, valid, trusted },
        ..json("200 OK", ACCEPTED)
    };
    vec![
        works(row("TLS with a trusted certificate", tls("localhost", true, true))),
        row("TLS with an untrusted certificate", tls("localhost", true, false)),
        row("TLS with an expired certificate", tls("localhost", false, true)),
        row("TLS with a certificate for another host", tls("other.example", true, true)),
        row(
            "a TLS handshake that never ends",
            Behavior { transport: Transport::PlainForHttps, read: Read::Nothing, end: End::Silence, ..behavior("") },
        ),
        row(
            "a connection that is closed during the TLS handshake",
            Behavior { transport: Transport::PlainForHttps, read: Read::Nothing, ..behavior("") },
        ),
        row(
            "plain text instead of TLS",
            Behavior { transport: Transport::PlainForHttps, read: Read::Nothing, ..json("400 Bad Request", "{}") },
        ),
    ]
}

fn framing() -> Vec<Row> {
    let compressed = gzip(ACCEPTED.as_bytes());
    let nested = |depth| format!("{{\"jid\":\"a\",\"more\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    vec![
        row("not HTTP", behavior("SSH-2.0-OpenSSH_9.2\r\n")),
        works(row("HTTP/1.0, ended by the connection", behavior(format!("HTTP/1.0 200 OK\r\n\r\n{ACCEPTED}")))),
        works(row(
            "no Content-Length, ended by the connection",
            behavior(format!("HTTP/1.1 200 OK\r\n\r\n{ACCEPTED}")),
        )),
        works(row(
            "a Content-Type that is not JSON, with JSON",
            headers("200 OK", "Content-Type: text/html\r\n", ACCEPTED),
        )),
        works(row("more fields than documented", json("200 OK", r#"{"jid":"a","status":"ok","more":[1,{"x":null}]}"#))),
        row(
            "a Content-Length that is too long",
            behavior(format!("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{ACCEPTED}")),
        ),
        row(
            "a Content-Length that is too short",
            behavior(format!("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{ACCEPTED}")),
        ),
        row(
            "a Content-Length that is not a number",
            behavior(format!("HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n{ACCEPTED}")),
        ),
        row(
            "two different Content-Lengths",
            behavior(format!("HTTP/1.1 200 OK\r\nContent-Length: 11\r\nContent-Length: 5\r\n\r\n{ACCEPTED}")),
        ),
        works(row("chunks", behavior(format!("{chunked}5\r\n{{\"jid\r\n6\r\n\":\"a\"}}\r\n0\r\n\r\n")))),
        works(row(
            "chunks and a Content-Length",
            behavior(format!(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{ACCEPTED}\r\n0\r\n\r\n"
            )),
        )),
        works(row("a second answer without a request", Behavior { repeat: 1, ..json("200 OK", ACCEPTED) })),
        row("chunks that break off", behavior(format!("{chunked}5\r\n{{\"jid"))),
        row("a chunk size that is not a number", behavior(format!("{chunked}zz\r\n{ACCEPTED}\r\n0\r\n\r\n"))),
        row(
            "a chunk of more than 2^64 bytes",
            behavior(format!("{chunked}10000000000000001\r\n{ACCEPTED}\r\n0\r\n\r\n")),
        ),
        row("gzip that was not requested", headers("200 OK", "Content-Encoding: gzip\r\n", &compressed)),
        row("gzip within gzip", headers("200 OK", "Content-Encoding: gzip\r\n", gzip(&compressed))),
        works(row("a gzip label on plain JSON", headers("200 OK", "Content-Encoding: gzip\r\n", ACCEPTED))),
        row(
            "a body of 100 MiB",
            Behavior { repeat: 99, ..behavior(mebibyte("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n")) },
        ),
        row("an endless body", Behavior { repeat: 63, ..behavior(mebibyte("HTTP/1.1 200 OK\r\n\r\n")) }),
        works(row("JSON 100 levels deep", json("200 OK", &nested(100)))),
        works(row("JSON 100,000 levels deep in an unknown field", json("200 OK", &nested(100_000)))),
        row("a head of 1 MiB", headers("200 OK", &format!("X-Long: {}\r\n", "x".repeat(1 << 20)), ACCEPTED)),
        row("500 header lines", headers("200 OK", &"X-Many: 1\r\n".repeat(500), ACCEPTED)),
    ]
}

fn refusals() -> Vec<Row> {
    let html = "<html><body>Bad Gateway</body></html>";
    let documented = r#"{"error_code":"DEV.00000003","error_msg":"Authentication information expired."}"#;
    vec![
        row("401, documented", json("401 Unauthorized", documented)),
        row(
            "403, documented",
            json("403 Forbidden", r#"{"error_code":"CH.004403","error_msg":"Insufficient permissions."}"#),
        ),
        row(
            "404, documented",
            json("404 Not Found", r#"{"error_code":"CH.004404","error_msg":"Repository Not Found"}"#),
        ),
        row(
            "401 in the shape of the older API",
            json("401 Unauthorized", r#"{"error":{"code":"CH.080401","message":"no"},"status":"failed"}"#),
        ),
        row(
            "401 in the shape of IAM",
            json("401 Unauthorized", r#"{"error":{"code":401,"message":"no","title":"Unauthorized"}}"#),
        ),
        row("401 with an empty body", json("401 Unauthorized", "")),
        row("403 with HTML", headers("403 Forbidden", "Content-Type: text/html\r\n", html)),
        row("404 with a JSON array", json("404 Not Found", "[1]")),
        row(
            "404 with a body that breaks off",
            behavior("HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\n{\"error_"),
        ),
        row("409, not documented", json("409 Conflict", r#"{"error_code":"CH.1","error_msg":"running"}"#)),
        row(
            "429 with Retry-After",
            headers(
                "429 Too Many Requests",
                "Retry-After: 0\r\n",
                r#"{"error_code":"APIGW.0308","error_msg":"throttled"}"#,
            ),
        ),
        row(
            "429 with a Retry-After of a thousand years",
            headers(
                "429 Too Many Requests",
                "Retry-After: 31536000000\r\n",
                r#"{"error_code":"APIGW.0308","error_msg":"throttled"}"#,
            ),
        ),
        row(
            "429 without Retry-After",
            json("429 Too Many Requests", r#"{"error_code":"APIGW.0308","error_msg":"throttled"}"#),
        ),
        row("500", json("500 Internal Server Error", r#"{"error_code":"CH.000001","error_msg":"system error"}"#)),
        row("502 with HTML", headers("502 Bad Gateway", "Content-Type: text/html\r\n", html)),
        row("503 with an empty body", json("503 Service Unavailable", "")),
        row("504", json("504 Gateway Timeout", r#"{"error_code":"CH.080504","error_msg":"gateway timeout"}"#)),
        row("a status that does not exist", json("799 Odd", "{}")),
        row("400 that repeats the whole request", behavior("HTTP/1.1 400 Bad Request\r\n\r\n{request}")),
        row(
            "401 with a body of 100 MiB",
            Behavior {
                repeat: 99,
                ..behavior(mebibyte("HTTP/1.1 401 Unauthorized\r\nContent-Length: 104857600\r\n\r\n"))
            },
        ),
        row("403 with JSON 100,000 levels deep", json("403 Forbidden", &"[".repeat(100_000))),
        row(
            "403 with a message of 1 MiB",
            json("403 Forbidden", &format!("{{\"error_msg\":\"{}\"}}", "x".repeat(1 << 20))),
        ),
    ]
}

fn successes() -> Vec<Row> {
    [
        ("an empty object", "{}"),
        ("a jid of null", r#"{"jid":null}"#),
        ("an empty jid", r#"{"jid":""}"#),
        ("a jid that is a number", r#"{"jid":77}"#),
        ("a jid that is an object", r#"{"jid":{}}"#),
        ("a jid that is a list", r#"{"jid":["a"]}"#),
        ("a jid that is true", r#"{"jid":true}"#),
        ("a jid under another name", r#"{"JID":"a"}"#),
        ("a JSON array", r#"["a"]"#),
        ("a JSON text", r#""a""#),
        ("null", "null"),
        ("a byte order mark", "\u{feff}{\"jid\":\"a\"}"),
        ("broken JSON", r#"{"jid":"a""#),
        ("two JSON values", r#"{"jid":"a"}{"jid":"b"}"#),
        ("the same field twice", r#"{"jid":"a","jid":"b"}"#),
        ("an error in place of a jid", r#"{"error_code":"CH.1","error_msg":"no"}"#),
        ("HTML", "<html><body>Please log in</body></html>"),
        ("no body", ""),
    ]
    .map(|(what, body)| row(Box::leak(format!("200 with {what}").into_boxed_str()), json("200 OK", body)))
    .into_iter()
    .chain([
        row("200 with bytes that are not UTF-8", headers("200 OK", "", b"{\"jid\":\"\xff\"}")),
        row("200 with JSON in UTF-16", headers("200 OK", "", utf_16(ACCEPTED))),
        row("200 that repeats the whole request", behavior("HTTP/1.1 200 OK\r\n\r\n{\"jid\":{request}")),
        row("201", json("201 Created", ACCEPTED)),
        row("202", json("202 Accepted", ACCEPTED)),
        row("204", behavior("HTTP/1.1 204 No Content\r\n\r\n")),
        works(row(
            "100 Continue, then 200",
            behavior(format!(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{ACCEPTED}",
                ACCEPTED.len()
            )),
        )),
        row(
            "101 Switching Protocols",
            behavior("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
        ),
    ])
    .collect()
}

fn redirects() -> Vec<Row> {
    let redirect = |status, location: &str| headers(status, &format!("Location: {location}\r\n"), "");
    vec![
        row("302 to a login page", redirect("302 Found", "https://login.example/")),
        row(
            "307 to another host",
            redirect("307 Temporary Redirect", "https://other.example/v4/repositories/123/remote-mirror"),
        ),
        row("308 to itself, for ever", redirect("308 Permanent Redirect", "/v4/repositories/123/remote-mirror")),
        row("302 without a Location", json("302 Found", "")),
        row("300 with JSON", json("300 Multiple Choices", ACCEPTED)),
        row("304", behavior("HTTP/1.1 304 Not Modified\r\n\r\n")),
    ]
}
