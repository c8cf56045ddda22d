//! HTTP messages as readable text: a first line, header lines, an empty line, the body.

use http::{HeaderName, HeaderValue};

/// A message. Header lines that HTTP does not allow are left out.
pub struct Message<'a> {
    /// The first line, without its end.
    pub first: &'a str,
    /// The headers, in their order.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The part after the empty line.
    pub body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Reads a message; `None` if its first line is not text.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (first, mut rest) = line(bytes);
        let first = std::str::from_utf8(first).ok()?;
        let mut headers = Vec::new();
        loop {
            let (header, after) = line(rest);
            rest = after;
            if header.is_empty() {
                return Some(Self { first, headers, body: rest });
            }
            let mut parts = header.splitn(2, |byte| *byte == b':');
            let name = HeaderName::from_bytes(parts.next().unwrap_or_default());
            let value = HeaderValue::from_bytes(parts.next().unwrap_or_default().trim_ascii());
            headers.extend(name.ok().zip(value.ok()));
        }
    }

    /// The words of the first line; missing ones are empty.
    pub fn words<const N: usize>(&self) -> [&'a str; N] {
        let mut words = self.first.split_ascii_whitespace();
        [(); N].map(|()| words.next().unwrap_or_default())
    }

    /// The value of a header that occurs once, as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name)?.1.to_str().ok()
    }
}

fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    (line, bytes.get(end + 1..).unwrap_or_default())
}
