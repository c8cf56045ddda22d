//! Undoes Base64 and the escapes of JSON, HTML and URLs, and remembers which part of the original text each character is from.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Cow, Range};

/// Base64 without padding, whose last letter may be any.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// A text, decoded or not.
pub(super) struct Decoded<'a> {
    text: Cow<'a, str>,
    /// The range in the original text for each byte of `text`; none if the two are the same.
    sources: Option<Vec<Range<usize>>>,
}

pub(super) type Decoder = fn(&Decoded<'_>) -> Option<Decoded<'static>>;

/// Each decoder returns `None` for a text that it would not change.
pub(super) const ALL: [Decoder; 5] = [backslashes, entities, percent, plus, base64];

impl<'a> Decoded<'a> {
    pub(super) fn plain(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), sources: None }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The range in the original text.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        match &self.sources {
            None => range,
            Some(sources) => sources[range.start].start..sources[range.end - 1].end,
        }
    }

    /// Applies `escape`, which reads one escape sequence at the start of a text and returns its length and its value.
    fn replace(&self, mark: char, escape: impl Fn(&str) -> Option<(usize, String)>) -> Option<Decoded<'static>> {
        if !self.text.contains(mark) {
            return None;
        }
        let mut out = String::with_capacity(self.text.len());
        let mut sources = Vec::with_capacity(self.text.len());
        let mut at = 0;
        while let Some(character) = self.text[at..].chars().next() {
            let escaped = if character == mark { escape(&self.text[at..]) } else { None };
            let (length, value) = escaped.unwrap_or_else(|| (character.len_utf8(), character.to_string()));
            sources.extend(std::iter::repeat_n(self.source(at..at + length), value.len()));
            out.push_str(&value);
            at += length;
        }
        (out != *self.text).then_some(Decoded { text: Cow::Owned(out), sources: Some(sources) })
    }
}

/// JSON, and `Debug` of Rust.
fn backslashes(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    text.replace('\\', |text| {
        let character = match text[1..].chars().next()? {
            'u' => return unicode(text),
            'x' => return bytes(text, "\\x"),
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            other @ ('"' | '\'' | '\\' | '/') => other,
            _ => return None,
        };
        Some((2, character.to_string()))
    })
}

/// `\u00e9`, a pair of surrogates, or `\u{e9}`.
fn unicode(text: &str) -> Option<(usize, String)> {
    if let Some((digits, _)) = text.strip_prefix("\\u{").and_then(|rest| rest.split_once('}')) {
        let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        return Some((digits.len() + 4, character.to_string()));
    }
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let first = unit(text)?;
    if let Some(character) = char::from_u32(u32::from(first)) {
        return Some((6, character.to_string()));
    }
    let second = unit(text.get(6..)?)?;
    Some((12, String::from_utf16(&[first, second]).ok()?))
}

/// `&#233;`, `&#xe9;`, which browsers accept without the semicolon, and the named entities of XML.
fn entities(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    text.replace('&', |text| {
        if let Some(number) = text.strip_prefix("&#") {
            let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
            let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
            let character = char::from_u32(u32::from_str_radix(&digits[..length], radix).ok()?)?;
            let end = text.len() - digits.len() + length;
            return Some((end + usize::from(text[end..].starts_with(';')), character.to_string()));
        }
        let end = text.bytes().take(6).position(|byte| byte == b';')?;
        let character = match &text[1..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return None,
        };
        Some((end + 1, character.to_string()))
    })
}

/// `%C3%A9`, one character at a time.
fn percent(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    text.replace('%', |text| bytes(text, "%"))
}

/// The bytes of one character, each as two digits behind a mark.
fn bytes(text: &str, mark: &str) -> Option<(usize, String)> {
    let length = mark.len() + 2;
    let mut bytes = Vec::with_capacity(4);
    for index in 0..4 {
        let digits = text.get(index * length..(index + 1) * length)?.strip_prefix(mark)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        if let Ok(character) = std::str::from_utf8(&bytes) {
            return Some(((index + 1) * length, character.to_owned()));
        }
    }
    None
}

/// A blank in the query of a URL.
fn plus(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    text.replace('+', |_| Some((1, " ".to_owned())))
}

/// Words of Base64 that decode to text, as a login in a header does.
fn base64(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    let (mut out, mut sources) = (String::new(), Vec::new());
    let (mut at, mut changed) = (0, false);
    while at < text.text.len() {
        let rest = &text.text[at..];
        let length = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        match decoded_word(&rest[..length]) {
            Some(value) => {
                // Three bytes are in four letters.
                let source =
                    |index: usize| text.source(at + index * 4 / 3..at + (index * 4 + 4).div_ceil(3).min(length));
                sources.extend((0..value.len()).map(source));
                out.push_str(&value);
                (at, changed) = (at + length, true);
            }
            None => {
                let length = length.max(rest.chars().next().map_or(1, char::len_utf8));
                out.push_str(&rest[..length]);
                sources.extend((at..at + length).map(|index| text.source(index..index + 1)));
                at += length;
            }
        }
    }
    changed.then_some(Decoded { text: Cow::Owned(out), sources: Some(sources) })
}

/// The text in a word of Base64. One that was cut off may end within a character.
fn decoded_word(word: &str) -> Option<String> {
    const SHORTEST: usize = 6;
    let whole = if word.len() % 4 == 1 { &word[..word.len() - 1] } else { word };
    if whole.len() < SHORTEST {
        return None;
    }
    let alphabet = if whole.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let bytes = GeneralPurpose::new(alphabet, LENIENT).decode(whole).ok()?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).and_then(|start| String::from_utf8(start.to_vec()).ok())
        }
        Err(_) => None,
    }
}
