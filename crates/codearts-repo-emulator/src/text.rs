//! Text from outside, made safe to show.

use codearts_repo_client::internal::plain_text::is_invisible;

/// The text with every control and every invisible character escaped, as in `\u{202e}`.
pub(crate) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deceptive_characters_are_escaped_and_others_kept() {
        assert_eq!(escaped("Über \"Projekt\" 😀"), "Über \"Projekt\" 😀");
        assert_eq!(escaped("a\u{202e}\u{ad}b\u{9b}c\u{2028}d\u{7}"), "a\\u{202e}\\u{ad}b\\u{9b}c\\u{2028}d\\u{7}");
    }
}
