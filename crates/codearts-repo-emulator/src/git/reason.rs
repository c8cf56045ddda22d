//! From what git prints to one line that tells why a synchronisation failed.

use std::process::ExitStatus;

use super::hidden::Hidden;

/// How long a reason may be, in characters.
const LONGEST: usize = 500;

/// How lines begin that only tell how far the source is.
const PROGRESS: [&str; 4] = ["Enumerating", "Counting", "Compressing", "Total"];

/// The lines of git's error output that carry the reason, without its progress and without secrets.
///
/// Secrets are looked for in the whole output, before anything is taken away that could leave a part of one.
pub(super) fn from_output(output: &[u8], status: ExitStatus, hidden: &Hidden) -> String {
    let veiled = hidden.veil(output);
    let mut lines: Vec<String> = Vec::new();
    let mut last = None;
    for (line, shown) in veiled.lines() {
        let (line, shown) = (line.trim_ascii(), shown.trim().to_owned());
        let tells = ["fatal:", "error:", "remote:", "! ["].iter().any(|start| line.starts_with(start.as_bytes()));
        let counts = PROGRESS
            .iter()
            .any(|word| line.strip_prefix(b"remote: ").is_some_and(|line| line.starts_with(word.as_bytes())));
        if tells && !counts && !lines.contains(&shown) {
            lines.push(shown);
        } else if !shown.is_empty() {
            last = Some(shown);
        }
    }
    if lines.is_empty() {
        lines.extend(last);
    }
    let text = if lines.is_empty() { format!("git ended with {status}") } else { lines.join("; ") };
    text.chars().filter(|character| !character.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Credentials;
    use super::*;

    fn told(output: &str) -> String {
        from_output(output.as_bytes(), ExitStatus::default(), &Hidden::default())
    }

    #[test]
    fn the_reason_is_short_and_without_progress() {
        let output = "remote: Counting objects:  50% (1/2)\rReceiving objects:  10%\rReceiving objects: 100%\nFrom http://127.0.0.1/a\n ! [rejected]  main -> main  (non-fast-forward)\nerror: some local refs could not be updated\nerror: some local refs could not be updated\n";
        assert_eq!(
            told(output),
            "! [rejected]  main -> main  (non-fast-forward); error: some local refs could not be updated"
        );
        assert_eq!(told("\nodd\n\n"), "odd");
        assert_eq!(told(&format!("fatal: {}", "x".repeat(2000))).chars().count(), LONGEST);
    }

    #[test]
    fn a_secret_at_the_cut_leaves_no_part() {
        let credentials = Credentials { username: "alice".to_owned().into(), password: "s3cr3t".to_owned().into() };
        let hidden = Hidden::new(Some(&credentials));
        for length in LONGEST - 20..LONGEST {
            let output = format!("fatal: {} s3c\u{1}r3t", "A".repeat(length));
            let reason = from_output(output.as_bytes(), ExitStatus::default(), &hidden);
            assert!(!reason.contains('s') && reason.starts_with("fatal: AAA"), "{reason}");
        }
    }
}
