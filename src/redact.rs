//! Hides secrets in what an answer says. The service, or a proxy in front of it, may repeat them in any encoding.

mod decode;
mod names;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use zeroize::Zeroizing;

use decode::Decoded;
pub use names::{is_secret_name, masked_address};

/// Shorter texts are not hidden: they are parts of ordinary words too.
const SHORTEST: usize = 4;
/// How much of the start of a secret is hidden at the end of a text that was cut off.
const SHORTEST_START: usize = 8;
/// How many encodings may be nested.
const MAX_DEPTH: usize = 3;
const HIDDEN: &str = "***";

/// The secrets of one call.
///
/// They are found as plain text, in Base64, and as UTF-8 that was read as Latin-1; each of these also in the Base64 of a
/// longer text, and with the escapes of JSON, HTML and URLs, up to three levels deep.
#[derive(Default)]
pub struct Secrets(Vec<Zeroizing<String>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(***)")
    }
}

impl Secrets {
    /// Adds a secret. One of less than four bytes is ignored.
    pub fn add(&mut self, secret: &str) {
        if secret.len() < SHORTEST {
            return;
        }
        for encoded in [STANDARD.encode(secret), URL_SAFE.encode(secret)] {
            self.0.push(Zeroizing::new(encoded.trim_end_matches('=').to_owned()));
        }
        if !secret.is_ascii() {
            self.0.push(Zeroizing::new(secret.bytes().map(char::from).collect()));
        }
        self.0.push(Zeroizing::new(secret.to_owned()));
    }

    /// Puts `***` in place of each secret, and of the start of one at the end of the text.
    pub fn hide(&self, text: &mut String) {
        if self.0.is_empty() {
            return;
        }
        let mut found = Vec::new();
        self.search(&Decoded::plain(text), 0, &mut found);
        found.sort_by_key(|range| range.start);
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        for range in found {
            if range.start >= end {
                out.push_str(&text[end..range.start]);
                out.push_str(HIDDEN);
            }
            end = end.max(range.end);
        }
        if end > 0 {
            out.push_str(&text[end..]);
            *text = out;
        }
    }

    /// Finds the secrets in a text, and in what the text decodes to.
    fn search(&self, text: &Decoded<'_>, depth: usize, found: &mut Vec<Range<usize>>) {
        for secret in &self.0 {
            let matches = text.as_str().match_indices(secret.as_str());
            found.extend(matches.map(|(start, secret)| with_padding(text, start..start + secret.len())));
            found.extend(cut_off(text.as_str(), secret).map(|range| text.source(range)));
        }
        if depth < MAX_DEPTH {
            for decoder in decode::ALL {
                if let Some(decoded) = decoder(text) {
                    self.search(&decoded, depth + 1, found);
                }
            }
        }
    }
}

/// The range of a match in the original text, with the padding of Base64 behind it.
fn with_padding(text: &Decoded<'_>, range: Range<usize>) -> Range<usize> {
    let padding = text.as_str()[range.end..].bytes().take(2).take_while(|byte| *byte == b'=').count();
    text.source(range.start..range.end + padding)
}

/// The longest start of the secret at the end of the text.
fn cut_off(text: &str, secret: &str) -> Option<Range<usize>> {
    let longest = secret.len().min(text.len());
    let length =
        (SHORTEST_START..=longest).rev().find(|length| text.as_bytes().ends_with(&secret.as_bytes()[..*length]))?;
    let start = text.len() - length;
    text.is_char_boundary(start).then_some(start..text.len())
}

#[cfg(test)]
mod tests;
