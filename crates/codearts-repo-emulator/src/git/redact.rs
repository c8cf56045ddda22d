//! Hides the secrets of a synchronization in the text of git, in every form in which a source may repeat them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::Credentials;

/// Decodes one kind of escapes.
type Decoder = fn(&[Unit]) -> Vec<Unit>;

/// The ways in which a source may have encoded a secret, each as a list of decoding steps.
const ENCODINGS: [&[Decoder]; 14] = [
    &[],
    &[percent],
    &[percent, percent],
    &[percent, percent, percent],
    &[json],
    &[json, json],
    &[html],
    &[html, html],
    &[percent, json],
    &[percent, html],
    &[json, percent],
    &[json, html],
    &[html, percent],
    &[html, json],
];

/// Knows the secrets of one synchronization.
#[derive(Default)]
pub(super) struct Redactor {
    secrets: Vec<Vec<u8>>,
}

/// A text together with which of its bytes are hidden.
pub(super) struct Redacted<'text> {
    text: &'text [u8],
    hidden: Vec<bool>,
}

/// A decoded byte, and the part of the text that it was decoded from.
#[derive(Clone, Copy)]
struct Unit {
    byte: u8,
    start: usize,
    end: usize,
}

/// Secrets are not shown.
impl std::fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Redactor({} secrets)", self.secrets.len())
    }
}

impl Redactor {
    /// Hides the password, also in the Base64 forms of HTTP. A user name alone is not a secret.
    pub(super) fn new(credentials: Option<&Credentials>) -> Self {
        let Some(credentials) = credentials else { return Self::default() };
        let (username, password) = (credentials.username.bytes(), credentials.password.bytes());
        let pair = [username, b":", password].concat();
        // Git takes a text without a charset for Latin-1.
        let misread = password.iter().copied().map(char::from).collect::<String>();
        let mut secrets = vec![password.to_vec(), misread.into_bytes()];
        for encoded in
            [pair.as_slice(), password].into_iter().flat_map(|text| [STANDARD.encode(text), URL_SAFE.encode(text)])
        {
            let unpadded = encoded.trim_end_matches('=');
            // A few letters are a part of other words.
            if unpadded.len() > 5 {
                secrets.push(unpadded.as_bytes().to_vec());
            }
            secrets.push(encoded.into_bytes());
        }
        Self { secrets }
    }

    /// Finds the secrets in a text: as they are, encoded, and with control characters in between.
    pub(super) fn redact<'text>(&self, text: &'text [u8]) -> Redacted<'text> {
        let mut hidden = vec![false; text.len()];
        for steps in ENCODINGS {
            let plus_is_space = !steps.is_empty();
            let units = steps.iter().fold(plain(text), |units, decode| decode(&units));
            let bytes = comparable(units, plus_is_space);
            for secret in &self.secrets {
                let secret: Vec<u8> = comparable(plain(secret), plus_is_space).iter().map(|unit| unit.byte).collect();
                if !secret.is_empty() {
                    hide(&bytes, &secret, &mut hidden);
                }
            }
        }
        Redacted { text, hidden }
    }
}

/// Marks every occurrence of a secret.
fn hide(units: &[Unit], secret: &[u8], hidden: &mut [bool]) {
    for found in units.windows(secret.len()) {
        if let [first, .., last] | [first @ last] = found
            && found.iter().map(|unit| unit.byte).eq(secret.iter().copied())
            && let Some(range) = hidden.get_mut(first.start..last.end)
        {
            range.fill(true);
        }
    }
}

impl Redacted<'_> {
    /// The lines of the text: as they arrived, and as they may be shown.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&[u8], String)> {
        let mut start = 0;
        self.text.split(|byte| matches!(byte, b'\n' | b'\r')).map(move |line| {
            let hidden = self.hidden.get(start..).unwrap_or_default();
            start += line.len() + 1;
            (line, shown(line, hidden))
        })
    }
}

/// The text with three asterisks for each hidden part.
fn shown(text: &[u8], hidden: &[bool]) -> String {
    let mut shown = Vec::with_capacity(text.len());
    let mut was_hidden = false;
    for (byte, is_hidden) in text.iter().zip(hidden) {
        if !is_hidden {
            shown.push(*byte);
        } else if !was_hidden {
            shown.extend_from_slice(b"***");
        }
        was_hidden = *is_hidden;
    }
    String::from_utf8_lossy(&shown).into_owned()
}

fn plain(text: &[u8]) -> Vec<Unit> {
    text.iter().enumerate().map(|(at, byte)| Unit { byte: *byte, start: at, end: at + 1 }).collect()
}

/// Decodes `%C3`.
fn percent(units: &[Unit]) -> Vec<Unit> {
    decode(units, |rest| match rest {
        [b'%', high, low, ..] => Some((vec![digit(*high)? << 4 | digit(*low)?], 3)),
        _ => None,
    })
}

/// Decodes the escapes of a JSON string.
fn json(units: &[Unit]) -> Vec<Unit> {
    decode(units, |rest| {
        let [b'\\', kind, digits @ ..] = rest else { return None };
        if *kind != b'u' {
            let byte = if matches!(kind, b'"' | b'\\' | b'/') { *kind } else { return None };
            return Some((vec![byte], 2));
        }
        let first = hex4(digits)?;
        let pair = digits.get(4..).and_then(|rest| rest.strip_prefix(b"\\u")).and_then(hex4);
        let decoded = char::decode_utf16([Some(first), pair].into_iter().flatten()).next()?.ok()?;
        Some((utf8(decoded), if decoded.len_utf16() == 2 { 12 } else { 6 }))
    })
}

/// Decodes the references of HTML: `&#39;`, `&#x27;` and the names of the characters that every escaper replaces.
fn html(units: &[Unit]) -> Vec<Unit> {
    decode(units, |rest| {
        let end = rest.iter().take(12).position(|byte| *byte == b';')?;
        let name = std::str::from_utf8(rest.get(..end)?.strip_prefix(b"&")?).ok()?;
        let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        });
        let decoded = match (number, name) {
            (Some(number), _) => char::from_u32(number.ok()?)?,
            (None, "amp") => '&',
            (None, "lt") => '<',
            (None, "gt") => '>',
            (None, "quot") => '"',
            (None, "apos") => '\'',
            _ => return None,
        };
        Some((utf8(decoded), end + 1))
    })
}

/// Replaces what `escape` recognizes at the start of a text. It returns the decoded bytes and how many bytes they took.
fn decode(units: &[Unit], escape: impl Fn(&[u8]) -> Option<(Vec<u8>, usize)>) -> Vec<Unit> {
    let bytes: Vec<u8> = units.iter().map(|unit| unit.byte).collect();
    let mut decoded = Vec::with_capacity(units.len());
    let mut at = 0;
    while let (Some(unit), Some(rest)) = (units.get(at), bytes.get(at..)) {
        let found = escape(rest).and_then(|(bytes, length)| Some((bytes, length, units.get(at + length - 1)?.end)));
        match found {
            Some((bytes, length, end)) => {
                decoded.extend(bytes.into_iter().map(|byte| Unit { byte, start: unit.start, end }));
                at += length;
            }
            None => {
                decoded.push(*unit);
                at += 1;
            }
        }
    }
    decoded
}

fn utf8(character: char) -> Vec<u8> {
    character.encode_utf8(&mut [0; 4]).as_bytes().to_vec()
}

fn hex4(digits: &[u8]) -> Option<u16> {
    digits.get(..4)?.iter().try_fold(0, |number, byte| Some(number << 4 | u16::from(digit(*byte)?)))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Drops control characters, which are never shown. A plus sign is a space in a form and itself in a path, so an
/// encoded text is compared with both as spaces.
fn comparable(units: Vec<Unit>, plus_is_space: bool) -> Vec<Unit> {
    let mut kept = Vec::with_capacity(units.len());
    let mut rest = units.as_slice();
    while let [unit, after @ ..] = rest {
        rest = match rest {
            // The control characters of Latin-1, in UTF-8.
            [Unit { byte: 0xC2, .. }, Unit { byte: 0x80..=0x9F, .. }, left @ ..] => left,
            _ => {
                if !unit.byte.is_ascii_control() {
                    let byte = if plus_is_space && unit.byte == b'+' { b' ' } else { unit.byte };
                    kept.push(Unit { byte, ..*unit });
                }
                after
            }
        };
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(username: &str, password: &str, text: &str) -> String {
        let credentials = Credentials { username: username.to_owned().into(), password: password.to_owned().into() };
        let redactor = Redactor::new(Some(&credentials));
        let lines: Vec<String> = redactor.redact(text.as_bytes()).lines().map(|(_, shown)| shown).collect();
        lines.join("|")
    }

    #[test]
    fn every_form_of_a_secret_is_hidden() {
        let password = "p@ss w/ö\"1&😀x";
        let pair = STANDARD.encode(format!("alice:{password}"));
        for form in [
            password,
            "p@ss w/Ã¶\"1&ð\u{9f}\u{98}\u{80}x",
            "p%40ss%20w%2F%C3%B6%221%26%F0%9F%98%80x",
            "p@ss%20w/%c3%b6%221&%f0%9f%98%80x",
            "p%40ss+w%2F%C3%B6%221%26%F0%9F%98%80x",
            "p%2540ss%2520w%252F%25C3%25B6%25221%2526%25F0%259F%2598%2580x",
            "p@ss w\\/\\u00f6\\\"1\\u0026\\ud83d\\ude00x",
            "p@ss w/&#246;&quot;1&amp;&#x1F600;x",
            "p@s\u{7}s w\u{85}/ö\"1&😀x",
            &STANDARD.encode(password),
            &pair,
            &pair.replace('=', "%3D"),
            &URL_SAFE.encode(password),
            STANDARD.encode(password).trim_end_matches('='),
            "p&amp;#64;ss w/&amp;#246;&amp;quot;1&amp;amp;&amp;#x1F600;x",
            "p\\u0040ss w\\u002f\\\\u00f6\\u0022\\u0031\\u0026\\ud83d\\ude00x",
        ] {
            let text = format!("fatal: <{form}>, alice");
            assert_eq!(redacted("alice", password, &text), "fatal: <***>, alice", "{form}");
        }
    }

    #[test]
    fn overlapping_secrets_are_hidden_whole() {
        assert_eq!(redacted("a", "aba", "x ababa x"), "x *** x");
        // The password is a part of its own Base64 form.
        assert_eq!(redacted("a", "b", "b Yg== YTpi"), "*** *** ***");
        assert_eq!(redacted("a", "100%25+1", "100%25+1 100%2525%2B1"), "*** ***");
        assert_eq!(redacted("a", "s3cr3t", "s3c\rr3t"), "***|***");
    }

    #[test]
    fn nothing_is_hidden_without_a_secret() {
        assert_eq!(redacted("alice", "", "fatal: a%20b+c"), "fatal: a%20b+c");
        assert_eq!(redacted("alice", "\u{1}", "fatal: alice"), "fatal: alice");
    }

    #[test]
    fn incomplete_escapes_are_plain_text() {
        for text in ["100%", "%4", "\\u12", "\\u", "&#xZZ;", "&", "&unknown;", "\\"] {
            assert_eq!(redacted("a", "s3cr3t", &format!("{text} s3cr3t {text}")), format!("{text} *** {text}"));
        }
    }

    #[test]
    fn a_secret_is_hidden_in_its_own_line() {
        let text = "Cloning\nremote: a longer line\r\n\nfatal: s3cr3t is wrong\nfatal: s3cr3t\nno secret";
        let shown = redacted("alice", "s3cr3t", text);
        assert_eq!(shown, "Cloning|remote: a longer line|||fatal: *** is wrong|fatal: ***|no secret");
    }
}
