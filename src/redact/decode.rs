//! Undoes the escapes of JSON, HTML and URLs, and remembers which part of the original text each character is from.

use super::{Cow, Range};

/// A text, decoded or not.
pub(super) struct Decoded<'a> {
    text: Cow<'a, str>,
    /// The range in the original text for each byte of `text`; none if the two are the same.
    sources: Option<Vec<Range<usize>>>,
}

pub(super) type Decoder = fn(&Decoded<'_>) -> Option<Decoded<'static>>;

/// Each decoder returns `None` for a text that it would not change.
pub(super) const ALL: [Decoder; 4] = [backslashes, entities, percent, plus];

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

/// `&#233;`, `&#xe9;`, and the named entities of XML.
fn entities(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    text.replace('&', |text| {
        let name = text.get(1..)?.split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 8)?;
        let character = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let digits = name.strip_prefix('#')?;
                let hex = digits.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
                char::from_u32(hex.unwrap_or_else(|| digits.parse()).ok()?)?
            }
        };
        Some((name.len() + 2, character.to_string()))
    })
}

/// `%C3%A9`, one character at a time.
fn percent(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    text.replace('%', |text| {
        let mut bytes = Vec::with_capacity(4);
        for index in 0..4 {
            let digits = text.get(index * 3..index * 3 + 3)?.strip_prefix('%')?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            if let Ok(character) = std::str::from_utf8(&bytes) {
                return Some(((index + 1) * 3, character.to_owned()));
            }
        }
        None
    })
}

/// A blank in the query of a URL.
fn plus(text: &Decoded<'_>) -> Option<Decoded<'static>> {
    text.replace('+', |_| Some((1, " ".to_owned())))
}
