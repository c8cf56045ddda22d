//! Long texts of the service, cut so that they can be kept and still be compared.

use std::borrow::Cow;

/// The longest text that is left as it is, in bytes.
const LONGEST: usize = 64 * 1024;
/// Room for the mark behind a text that was cut.
const MARK: usize = 64;

/// The text, or its beginning with a mark that tells its length and a digest: two that differ are different ones
/// after it too. A text that was cut is not cut again.
pub(crate) fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let end = (0..=LONGEST - MARK).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let beginning = &text[..end];
    Cow::Owned(format!("{beginning}… ({} bytes, digest {:016x})", text.len(), digest(text.as_bytes())))
}

/// FNV-1a: the standard library's own hash may change with its version, and a journal outlives a program.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_once_and_still_differs_from_another_one() {
        let long = |end: &str| "ä".repeat(LONGEST) + end;
        let (one, other) = (long("1"), long("2"));
        let cut = bounded(&one);
        assert!(cut.len() > LONGEST - MARK, "no more is cut off than has to be");
        assert!(cut.len() <= LONGEST && cut.starts_with("ää") && cut.contains("ä… (131073 bytes, digest "), "{cut}");
        assert_ne!(cut, bounded(&other));
        assert!(matches!(bounded(&cut), Cow::Borrowed(_)));
    }

    #[test]
    fn others_are_left_as_they_are() {
        let text = "x".repeat(LONGEST);
        assert_eq!(bounded(&text), text);
        assert_eq!(digest(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
