//! Makes one line of what git prints: why a synchronization failed.

use std::process::ExitStatus;

use super::redact::Redactor;
use crate::text::escaped;

/// The longest reason, in characters.
const MAX_LENGTH: usize = 500;

/// How the progress messages of a source begin.
const PROGRESS: [&str; 4] = ["Enumerating", "Counting", "Compressing", "Total"];

/// The lines of git's error output with the reason, without progress messages and without secrets.
///
/// Secrets are hidden before the output is shortened, which could leave a part of one.
pub(super) fn from_output(output: &[u8], status: ExitStatus, redactor: &Redactor) -> String {
    let redacted = redactor.redact(output);
    let mut lines: Vec<String> = Vec::new();
    let mut last = None;
    for (line, shown) in redacted.lines() {
        let (line, shown) = (line.trim_ascii(), shown.trim().to_owned());
        let is_reason = ["fatal:", "error:", "remote:", "! ["].iter().any(|start| line.starts_with(start.as_bytes()));
        let is_progress = PROGRESS
            .iter()
            .any(|word| line.strip_prefix(b"remote: ").is_some_and(|line| line.starts_with(word.as_bytes())));
        if is_reason && !is_progress && !lines.contains(&shown) {
            lines.push(shown);
        } else if !shown.is_empty() {
            last = Some(shown);
        }
    }
    if lines.is_empty() {
        lines.extend(last);
    }
    let text = if lines.is_empty() { format!("git ended with {status}") } else { lines.join("; ") };
    escaped(&text.chars().filter(|character| !character.is_control()).take(MAX_LENGTH).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::Credentials;
    use super::*;

    fn reason(output: &str) -> String {
        from_output(output.as_bytes(), ExitStatus::default(), &Redactor::default())
    }

    #[test]
    fn the_reason_is_short_and_without_progress() {
        let output = "remote: Counting objects:  50% (1/2)\rReceiving objects:  10%\rReceiving objects: 100%\nFrom http://127.0.0.1/a\n ! [rejected]  main -> main  (non-fast-forward)\nerror: some local refs could not be updated\nerror: some local refs could not be updated\n";
        assert_eq!(
            reason(output),
            "! [rejected]  main -> main  (non-fast-forward); error: some local refs could not be updated"
        );
        assert_eq!(reason("\nodd\n\n"), "odd");
        assert_eq!(reason(&format!("fatal: {}", "x".repeat(2000))).chars().count(), MAX_LENGTH);
    }

    #[test]
    fn control_and_direction_characters_are_not_shown() {
        assert_eq!(reason("fatal: a\u{1b}[31mb\u{202e}c"), "fatal: a[31mb\\u{202e}c");
    }

    #[test]
    fn a_truncated_secret_leaves_no_part() {
        let credentials = Credentials { username: "alice".to_owned().into(), password: "s3cr3t".to_owned().into() };
        let redactor = Redactor::new(Some(&credentials));
        for length in MAX_LENGTH - 20..MAX_LENGTH {
            let output = format!("fatal: {} s3c\u{1}r3t", "A".repeat(length));
            let reason = from_output(output.as_bytes(), ExitStatus::default(), &redactor);
            assert!(!reason.contains('s') && reason.starts_with("fatal: AAA"), "{reason}");
        }
    }
}
