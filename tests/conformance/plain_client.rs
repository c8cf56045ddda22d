//! A client of a few lines over a plain socket, so that any bytes can be asked.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::plain_server::head_length;

/// An answer taken apart by hand.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// The bytes of a request that ends its connection; the header lines are ended each.
pub(crate) fn request(method: &str, target: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let head = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}{length}\r\n");
    [head.as_bytes(), body].concat()
}

/// Sends these bytes to `http://HOST:PORT`, and reads what comes until the connection ends.
pub(crate) async fn ask(endpoint: &str, request: &[u8]) -> Answer {
    let exchange = async {
        let mut connection = TcpStream::connect(endpoint.trim_start_matches("http://")).await.expect("a connection");
        connection.write_all(request).await.expect("sent");
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).await.expect("an answer");
        bytes
    };
    let bytes = tokio::time::timeout(std::time::Duration::from_secs(60), exchange).await.expect("in time");
    let end = head_length(&bytes).expect("a whole head");
    let head = std::str::from_utf8(&bytes[..end]).expect("ASCII");
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|text| text.parse().ok());
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map(|(_, value)| value.parse());
    assert_eq!(length, Some(Ok(bytes.len() - end)), "the length of the body");
    Answer { status: status.expect("a status"), headers, body: bytes[end..].to_vec() }
}
