//! Text of users and services: how it is decoded, and which of its characters cannot be seen.

use unicode_general_category::{GeneralCategory, get_general_category};

/// Why bytes that should be text are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// The text is UTF-16, which PowerShell 5.1 writes with `>`.
    #[error("the text is UTF-16, not UTF-8")]
    Utf16,
    /// It is another encoding, or no text.
    #[error("invalid UTF-8")]
    Utf8,
}

impl NotText {
    /// What to do about it.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Utf16 => "save it as UTF-8, in PowerShell with `| Out-File -Encoding utf8`",
            Self::Utf8 => "save it as UTF-8",
        }
    }
}

/// The text, without one leading byte order mark, which editors and PowerShell on Windows write.
///
/// # Errors
///
/// [`NotText`] if it is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, NotText> {
    // No text of a user begins with a NUL character, or has one behind its first letter.
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..]) {
        return Err(NotText::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| NotText::Utf8)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Whether a character controls how others are shown, or cannot be seen: it could move the cursor, end a line, reorder
/// what is read, or make two texts look the same.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
    matches!(get_general_category(character), Control | Format | LineSeparator | ParagraphSeparator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_leading_mark_goes() {
        assert_eq!(decode("\u{feff}\u{feff}ä".as_bytes()), Ok("\u{feff}ä"));
        assert_eq!(decode(b""), Ok(""));
        assert_eq!(decode(b"\xff"), Err(NotText::Utf8));
    }

    #[test]
    fn utf_16_is_recognized() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        for text in ["\u{feff}123\r\n", "123", "\u{feff}代码"] {
            let little: Vec<u8> = units(text).into_iter().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units(text).into_iter().flat_map(u16::to_be_bytes).collect();
            assert_eq!((decode(&little), decode(&big)), (Err(NotText::Utf16), Err(NotText::Utf16)), "{text}");
        }
    }

    #[test]
    fn characters_without_a_shape_are_invisible() {
        for character in "\0\u{1b}\u{7f}\u{85}\u{9b}\u{ad}\u{61c}\u{180e}\u{200b}\u{200d}\u{2028}\u{2029}\u{202e}\u{2060}\u{2066}\u{feff}\u{fff9}\u{1d173}\u{e0041}".chars() {
            assert!(is_invisible(character), "{character:?}");
        }
        for character in " aä代\u{301}😀\u{3000}ی".chars() {
            assert!(!is_invisible(character), "{character:?}");
        }
    }
}
