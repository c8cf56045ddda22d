//! What no reason may hold: the secrets of a synchronisation, in every form in which a source may repeat them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Credentials;

/// The secrets of one synchronisation.
#[derive(Default)]
pub(super) struct Hidden {
    secrets: Vec<Vec<u8>>,
}

/// A text of which some bytes are not shown.
pub(super) struct Veiled<'text> {
    text: &'text [u8],
    hidden: Vec<bool>,
}

/// One byte that a text says, and how many of its own bytes it takes from where.
#[derive(Clone, Copy)]
struct Unit {
    says: u8,
    at: usize,
    length: usize,
}

impl Hidden {
    /// The password, also as HTTP carries it. The user name is no secret by itself.
    pub(super) fn new(credentials: Option<&Credentials>) -> Self {
        let Some(credentials) = credentials else { return Self::default() };
        let (username, password) = (credentials.username.bytes(), credentials.password.bytes());
        let pair = [username, b":", password].concat();
        // Git takes the text of a source that names no charset for Latin-1.
        let misread = password.iter().copied().map(char::from).collect::<String>();
        let mut secrets = vec![password.to_vec(), misread.into_bytes(), STANDARD.encode(pair).into_bytes()];
        secrets.push(STANDARD.encode(password).into_bytes());
        Self { secrets }
    }

    /// Finds the secrets in a text: as they are, percent-encoded, and with control characters in between.
    pub(super) fn veil<'text>(&self, text: &'text [u8]) -> Veiled<'text> {
        let mut hidden = vec![false; text.len()];
        for is_encoded in [false, true] {
            let units = units(text, is_encoded);
            for secret in &self.secrets {
                let says: Vec<u8> = without_controls(plain(secret).collect())
                    .iter()
                    .map(|unit| if is_encoded { as_space(unit.says) } else { unit.says })
                    .collect();
                if says.is_empty() {
                    continue;
                }
                for found in units.windows(says.len()) {
                    if let [first, .., last] | [first @ last] = found
                        && found.iter().map(|unit| unit.says).eq(says.iter().copied())
                        && let Some(range) = hidden.get_mut(first.at..last.at + last.length)
                    {
                        range.fill(true);
                    }
                }
            }
        }
        Veiled { text, hidden }
    }
}

impl Veiled<'_> {
    /// The lines of the text: as they arrived, and as they may be shown.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&[u8], String)> {
        let mut begin = 0;
        self.text.split(|byte| matches!(byte, b'\n' | b'\r')).map(move |line| {
            let hidden = self.hidden.get(begin..).unwrap_or_default();
            begin += line.len() + 1;
            (line, shown(line, hidden))
        })
    }
}

/// The text with three asterisks for each part that is hidden.
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

fn plain(text: &[u8]) -> impl Iterator<Item = Unit> {
    text.iter().enumerate().map(|(at, byte)| Unit { says: *byte, at, length: 1 })
}

/// What a text says when control characters are passed over and, where it is encoded, `%C3` is one byte.
fn units(text: &[u8], is_encoded: bool) -> Vec<Unit> {
    if !is_encoded {
        return without_controls(plain(text).collect());
    }
    let mut units = Vec::with_capacity(text.len());
    let (mut at, mut rest) = (0, text);
    while let [byte, after @ ..] = rest {
        let encoded = match rest {
            [b'%', high, low, left @ ..] => digit(*high).zip(digit(*low)).map(|(high, low)| (high << 4 | low, left)),
            _ => None,
        };
        let (says, length, left) = encoded.map_or((*byte, 1, after), |(says, left)| (says, 3, left));
        units.push(Unit { says: as_space(says), at, length });
        at += length;
        rest = left;
    }
    without_controls(units)
}

/// A plus sign is a space in a form and itself in a path; it is taken for a space wherever it stands.
fn as_space(byte: u8) -> u8 {
    if byte == b'+' { b' ' } else { byte }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Takes out the control characters of ASCII and of Latin-1, which no reason shows.
fn without_controls(units: Vec<Unit>) -> Vec<Unit> {
    let mut kept = Vec::with_capacity(units.len());
    let mut rest = units.as_slice();
    while let [unit, after @ ..] = rest {
        rest = match rest {
            [Unit { says: 0xC2, .. }, Unit { says: 0x80..=0x9F, .. }, left @ ..] => left,
            _ => {
                if !unit.says.is_ascii_control() {
                    kept.push(*unit);
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

    fn told(username: &str, password: &str, text: &str) -> String {
        let credentials = Credentials { username: username.to_owned().into(), password: password.to_owned().into() };
        let lines: Vec<String> =
            Hidden::new(Some(&credentials)).veil(text.as_bytes()).lines().map(|(_, shown)| shown).collect();
        lines.join("|")
    }

    #[test]
    fn every_form_of_a_secret_is_hidden() {
        let password = "p@ss w/ö\"1";
        let pair = STANDARD.encode(format!("alice:{password}"));
        for form in [
            password,
            "p@ss w/Ã¶\"1",
            "p%40ss%20w%2F%C3%B6%221",
            "p@ss%20w/%c3%b6%221",
            "p%40ss+w%2F%C3%B6%221",
            "p@s\u{7}s w\u{85}/ö\"1",
            &STANDARD.encode(password),
            &pair,
            &pair.replace('=', "%3D"),
        ] {
            assert_eq!(told("alice", password, &format!("fatal: <{form}>, alice")), "fatal: <***>, alice", "{form}");
        }
    }

    #[test]
    fn secrets_that_overlap_are_hidden_whole() {
        assert_eq!(told("a", "aba", "x ababa x"), "x *** x");
        // The password is a part of its own Base64 form.
        assert_eq!(told("a", "b", "b Yg== YTpi"), "*** *** ***");
        assert_eq!(told("a", "100%25+1", "100%25+1 100%2525%2B1"), "*** ***");
        assert_eq!(told("a", "s3cr3t", "s3c\rr3t"), "***|***");
    }

    #[test]
    fn nothing_is_hidden_without_a_secret() {
        assert_eq!(told("alice", "", "fatal: a%20b+c"), "fatal: a%20b+c");
        assert_eq!(told("alice", "\u{1}", "fatal: alice"), "fatal: alice");
    }

    #[test]
    fn a_secret_is_hidden_in_the_line_where_it_stands() {
        let text = "Cloning\nremote: a longer line\r\n\nfatal: s3cr3t is wrong\nfatal: s3cr3t\nno secret";
        let told = told("alice", "s3cr3t", text);
        assert_eq!(told, "Cloning|remote: a longer line|||fatal: *** is wrong|fatal: ***|no secret");
    }
}
