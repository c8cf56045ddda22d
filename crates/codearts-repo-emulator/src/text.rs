//! Text from outside, made safe to show.

/// The text with every control character and every character that changes the direction of the text escaped, as in
/// `\u{202e}`.
pub(crate) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_deceptive(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a character is invisible, ends a line or reorders what follows it.
fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deceptive_characters_are_escaped_and_others_kept() {
        assert_eq!(escaped("Über \"Projekt\" 😀"), "Über \"Projekt\" 😀");
        assert_eq!(escaped("a\u{202e}b\u{9b}c\u{2028}d\u{7}"), "a\\u{202e}b\\u{9b}c\\u{2028}d\\u{7}");
    }
}
