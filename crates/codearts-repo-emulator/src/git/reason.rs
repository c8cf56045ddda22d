//! From what git prints to one line that tells why a synchronisation failed.

use std::process::ExitStatus;

/// How long a reason may be, in characters.
const LONGEST: usize = 500;

/// How lines begin that only tell how far the source is.
const PROGRESS: [&str; 4] = ["Enumerating", "Counting", "Compressing", "Total"];

/// The lines of git's error output that carry the reason, without its progress.
pub(super) fn from_output(output: &str, status: ExitStatus) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in output.split(['\n', '\r']).map(str::trim) {
        let tells = ["fatal:", "error:", "remote:", "! ["].iter().any(|start| line.starts_with(start));
        let counts =
            PROGRESS.iter().any(|word| line.strip_prefix("remote: ").is_some_and(|line| line.starts_with(word)));
        if tells && !counts && !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        lines.extend(output.lines().map(str::trim).rfind(|line| !line.is_empty()));
    }
    let text = if lines.is_empty() { format!("git ended with {status}") } else { lines.join("; ") };
    text.chars().filter(|character| !character.is_control()).take(LONGEST).collect()
}

/// Takes every one of the secrets out of a text.
pub(super) fn redact<'s>(text: &str, secrets: impl IntoIterator<Item = &'s str>) -> String {
    secrets
        .into_iter()
        .filter(|secret| !secret.is_empty())
        .fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[test]
    fn the_reason_is_short_and_without_progress() {
        let output = "remote: Counting objects:  50% (1/2)\rReceiving objects:  10%\rReceiving objects: 100%\nFrom http://127.0.0.1/a\n ! [rejected]  main -> main  (non-fast-forward)\nerror: some local refs could not be updated\nerror: some local refs could not be updated\n";
        let reason = from_output(output, ExitStatus::default());
        assert_eq!(
            reason,
            "! [rejected]  main -> main  (non-fast-forward); error: some local refs could not be updated"
        );
        assert_eq!(from_output("\nodd\n\n", ExitStatus::default()), "odd");
        assert_eq!(
            from_output(&format!("fatal: {}", "x".repeat(2000)), ExitStatus::default()).chars().count(),
            LONGEST
        );
    }

    #[test]
    fn secrets_are_taken_out() {
        assert_eq!(redact("fatal: s3cr3t and s3cr3t, czNjcjN0", ["s3cr3t", "czNjcjN0", ""]), "fatal: *** and ***, ***");
    }
}
