//! JSON as text: it keeps the order of members and every digit of a number, and works at any depth.

use serde::de::IgnoredAny;

use crate::redact::is_secret_name;

/// A part of a JSON text, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    /// One of `{ } [ ] , :`.
    Mark(char),
    /// A string, with its quotes.
    Text(&'a str),
    /// A number, `true`, `false` or `null`.
    Word(&'a str),
}

/// The bytes as JSON text, if they are JSON.
#[must_use]
pub fn valid(bytes: &[u8]) -> Option<&str> {
    serde_json::from_slice::<IgnoredAny>(bytes).ok()?;
    std::str::from_utf8(bytes).ok()
}

/// The parts of a valid JSON text, each with the place where it begins.
fn placed_parts(json: &str) -> impl Iterator<Item = (usize, Part<'_>)> {
    let mut rest = json;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let start = json.len() - rest.len();
        let first = rest.chars().next()?;
        let length = match first {
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            '"' => string_length(rest),
            _ => rest.find(|c: char| c.is_whitespace() || "{}[],:\"".contains(c)).unwrap_or(rest.len()),
        };
        let (part, after) = rest.split_at(length);
        rest = after;
        let part = match first {
            '"' => Part::Text(part),
            '{' | '}' | '[' | ']' | ',' | ':' => Part::Mark(first),
            _ => Part::Word(part),
        };
        Some((start, part))
    })
}

fn parts(json: &str) -> impl Iterator<Item = Part<'_>> {
    placed_parts(json).map(|(_, part)| part)
}

/// The length of the string at the start of a text, quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().enumerate().skip(1).find(|(_, byte)| {
        let ends = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(index, _)| index + 1)
}

/// Deeper levels are not indented further: the output would grow with the square of the depth.
const MAX_INDENT: usize = 64;

/// A valid JSON text on lines of its own, indented by two spaces for each level below this one.
#[must_use]
pub fn pretty(json: &str, level: usize) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut level = level;
    let new_line = |out: &mut String, level: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level.min(MAX_INDENT)));
    };
    let mut parts = parts(json).peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Mark(mark @ ('{' | '[')) => {
                out.push(mark);
                if let Some(Part::Mark(end @ ('}' | ']'))) = parts.peek() {
                    out.push(*end);
                    parts.next();
                } else {
                    level += 1;
                    new_line(&mut out, level);
                }
            }
            Part::Mark(mark @ ('}' | ']')) => {
                level = level.saturating_sub(1);
                new_line(&mut out, level);
                out.push(mark);
            }
            Part::Mark(',') => {
                out.push(',');
                new_line(&mut out, level);
            }
            Part::Mark(_) => out.push_str(": "),
            Part::Text(text) | Part::Word(text) => out.push_str(text),
        }
    }
    out
}

/// A valid JSON text without white space between its parts.
#[must_use]
pub fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for part in parts(json) {
        match part {
            Part::Mark(mark) => out.push(mark),
            Part::Text(text) | Part::Word(text) => out.push_str(text),
        }
    }
    out
}

/// The elements of a valid JSON text that is an array, as written.
#[must_use]
pub fn elements(json: &str) -> Option<Vec<&str>> {
    let inner = json.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (mut elements, mut begin, mut level) = (Vec::new(), 0, 0_usize);
    for (start, part) in placed_parts(inner) {
        match part {
            Part::Mark('{' | '[') => level += 1,
            Part::Mark('}' | ']') => level = level.saturating_sub(1),
            Part::Mark(',') if level == 0 => {
                elements.push(inner[begin..start].trim());
                begin = start + 1;
            }
            _ => {}
        }
    }
    let last = inner[begin..].trim();
    if !last.is_empty() {
        elements.push(last);
    }
    Some(elements)
}

/// A valid JSON text with `"***"` in place of every value whose name says that it is a secret, and those values. All
/// else is as it was.
#[must_use]
pub fn masked(json: &str) -> (String, Vec<String>) {
    let (mut out, mut copied, mut secrets) = (String::with_capacity(json.len()), 0, Vec::new());
    // The level below which all values are secrets.
    let (mut level, mut secret_below) = (0_usize, None);
    let mut is_secret_value = false;
    let mut parts = placed_parts(json).peekable();
    while let Some((start, part)) = parts.next() {
        match part {
            Part::Mark('{' | '[') => {
                if is_secret_value && secret_below.is_none() {
                    secret_below = Some(level);
                }
                level += 1;
                is_secret_value = false;
            }
            Part::Mark('}' | ']') => {
                level = level.saturating_sub(1);
                secret_below = secret_below.filter(|below| *below < level);
            }
            Part::Mark(_) => {}
            Part::Text(text) if matches!(parts.peek(), Some((_, Part::Mark(':')))) => {
                is_secret_value = is_secret_name(&unquoted(text));
            }
            Part::Text(text) | Part::Word(text) => {
                if (is_secret_value || secret_below.is_some()) && text != "null" {
                    secrets.push(unquoted(text));
                    out.push_str(&json[copied..start]);
                    out.push_str("\"***\"");
                    copied = start + text.len();
                }
                is_secret_value = false;
            }
        }
    }
    out.push_str(&json[copied..]);
    (out, secrets)
}

fn unquoted(part: &str) -> String {
    serde_json::from_str(part).unwrap_or_else(|_| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ODD: &str =
        "{ \"b\" : [ 1.10 , 12345678901234567890123 , { } , [ ] ],\n\"a\": \"x\\\"],{\" , \"\": -0.0e+1 }";

    #[test]
    fn every_digit_and_the_order_of_members_are_kept() {
        assert_eq!(compact(ODD), r#"{"b":[1.10,12345678901234567890123,{},[]],"a":"x\"],{","":-0.0e+1}"#);
        let lines = "{\n  \"b\": [\n    1.10,\n    12345678901234567890123,\n    {},\n    []\n  ],\n  \"a\": \"x\\\"],{\",\n  \"\": -0.0e+1\n}";
        assert_eq!(pretty(ODD, 0), lines);
        assert_eq!(compact(lines), compact(ODD));
    }

    #[test]
    fn any_depth_is_printed() {
        let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(valid(deep.as_bytes()), Some(&*deep));
        assert_eq!(compact(&deep), deep);
        assert_eq!(compact(&pretty(&deep, 0)), deep);
        assert_eq!(masked(&deep).0, deep);
        assert_eq!(elements(&deep).map(|elements| elements.len()), Some(1));
        for broken in ["", "[1", "{\"a\"}", "[1]x", "\u{feff}[1]", "nul"] {
            assert_eq!(valid(broken.as_bytes()), None, "{broken}");
        }
        assert_eq!(valid(b"\"\xff\""), None);
    }

    #[test]
    fn the_elements_of_an_array_are_its_own_text() {
        for (json, expected) in [
            ("[]", &[][..]),
            (" [ ] ", &[]),
            ("[1]", &["1"]),
            (r#"[ {"a":[1,2]} , "],[\"" ,3.0]"#, &[r#"{"a":[1,2]}"#, r#""],[\"""#, "3.0"]),
        ] {
            assert_eq!(elements(json).as_deref(), Some(expected), "{json}");
        }
        for json in ["{}", "1", "\"[]\"", "null"] {
            assert_eq!(elements(json), None, "{json}");
        }
    }

    #[test]
    fn values_of_secret_names_are_masked_at_every_level() {
        for (json, shown, found) in [
            (r#"{"a":"token","Password":"p\u0041"}"#, r#"{"a":"token","Password":"***"}"#, &["pA"][..]),
            (r#"[{"secret":12,"b":1}]"#, r#"[{"secret":"***","b":1}]"#, &["12"]),
            (r#"{"token":{"id":"x","b":[1]},"c":2}"#, r#"{"token":{"id":"***","b":["***"]},"c":2}"#, &["x", "1"]),
            (r#"{"token":[],"c":[2],"password":null}"#, r#"{"token":[],"c":[2],"password":null}"#, &[]),
            (r#"{"to\u006ben" : "x" , "a":1 }"#, r#"{"to\u006ben" : "***" , "a":1 }"#, &["x"]),
        ] {
            assert_eq!(masked(json), (shown.to_owned(), found.iter().map(ToString::to_string).collect()), "{json}");
        }
    }
}
