//! Truncates long texts of the service for storage, keeping them comparable.

use std::borrow::Cow;

/// Longer texts are truncated, in bytes.
const LONGEST: usize = 64 * 1024;
/// Room for the marker after a truncated text.
const MARKER: usize = 64;

/// The text, or its beginning with a marker of length and digest. Different texts stay different, and a truncated text
/// is not truncated again.
pub(crate) fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let end = (0..=LONGEST - MARKER).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let beginning = &text[..end];
    Cow::Owned(format!("{beginning}… ({} bytes, digest {:016x})", text.len(), digest(text.as_bytes())))
}

/// FNV-1a. The standard library's hash may change between versions, and a journal outlives the program.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncates_once_and_keeps_different_texts_different() {
        let long = |end: &str| "ä".repeat(LONGEST) + end;
        let (one, other) = (long("1"), long("2"));
        let cut = bounded(&one);
        assert!(cut.len() > LONGEST - MARKER, "truncates no more than needed");
        assert!(cut.len() <= LONGEST && cut.starts_with("ää") && cut.contains("ä… (131073 bytes, digest "), "{cut}");
        assert_ne!(cut, bounded(&other));
        assert!(matches!(bounded(&cut), Cow::Borrowed(_)));
    }

    #[test]
    fn leaves_short_texts_unchanged() {
        let text = "x".repeat(LONGEST);
        assert_eq!(bounded(&text), text);
        assert_eq!(digest(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
