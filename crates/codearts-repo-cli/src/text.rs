//! Prints text from elsewhere safely on one line of a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::SystemTime;

use codearts_repo_client::internal::plain_text::is_invisible;
use jiff::Timestamp;

/// A count and its noun: `1 mirror`, `2 mirrors`. The noun may have its verb with it.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A text on one line. Control and invisible characters are escaped: they could move the cursor, set colors, reorder what
/// is read, or make two names look the same.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_whitespace() || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if is_invisible(c) {
                line.extend(c.escape_unicode());
            } else {
                line.push(c);
            }
        }
    }
    Cow::Owned(line)
}

/// JSON with the characters escaped that some readers take for a line end or a command to the terminal.
pub(crate) fn escaped_json(json: String) -> String {
    if !json.contains(is_invisible) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_invisible(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// The same for JSON on several lines.
pub(crate) fn escaped_lines(json: &str) -> String {
    json.split('\n').map(|line| escaped_json(line.to_owned())).collect::<Vec<_>>().join("\n")
}

/// A time for programs, to the second.
pub(crate) fn rfc3339(time: SystemTime) -> String {
    let time = Timestamp::try_from(time).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A time as people read it, to the minute.
pub(crate) fn timestamp(time: SystemTime) -> String {
    let time = Timestamp::try_from(time).unwrap_or_default();
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_becomes_single_spaces() {
        assert_eq!(one_line(" a\r\n\tb\u{2028}c "), "a b c");
    }

    #[test]
    fn characters_that_deceive_are_escaped() {
        assert_eq!(one_line("a\u{1b}[31mb\u{9b}\u{7f}"), "a\\u{1b}[31mb\\u{9b}\\u{7f}");
        assert_eq!(one_line("\u{202e}cod.exe\u{2066}"), "\\u{202e}cod.exe\\u{2066}");
        assert_eq!(one_line("web\u{ad}\u{2060}\u{200d}"), "web\\u{ad}\\u{2060}\\u{200d}");
        assert_eq!(one_line("代码库 Übung 💻"), "代码库 Übung 💻");
    }

    #[test]
    fn json_keeps_its_meaning_on_one_line() {
        let text = "a\u{9b}\u{85}\u{2028}\u{2029}\u{202e}\u{e0041}\u{7f}\u{1b}\u{200d}ä\\u";
        let json = escaped_json(serde_json::to_string(text).expect("JSON"));
        assert!(!json.contains(is_invisible), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
