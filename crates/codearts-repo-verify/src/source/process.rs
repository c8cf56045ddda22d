//! One run of git: its output in bounded memory, its end in bounded time, and nothing left of it.

use std::time::Duration;

use codearts_repo_client::internal::Secrets;
use codearts_repo_client::internal::plain_text::is_invisible;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Child;

use super::advertisement::Refused;
use super::{Source, SourceCredentials};
use crate::reason::{Reason, ReasonKind};

/// The longest line that is read, in bytes. Git's own limit for a line of refs is below 64 KiB.
const LONGEST_LINE: usize = 128 * 1024;
/// How much of git's messages is read, in bytes.
const LONGEST_TEXT: usize = 16 * 1024;
/// How much of them is kept, in characters.
const KEPT_TEXT: usize = 512;

/// A running git. On Unix it leads a process group, which dies with this value.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
}

/// Why the output did not come to a good end.
#[derive(Debug)]
pub(super) enum Failure {
    TimedOut(Duration),
    Refused(Refused),
    /// Git failed, or its output could not be read. The text is its own.
    Git(String),
}

impl Process {
    pub(super) const fn of(child: Child) -> Self {
        Self { child }
    }

    /// Passes each line of the output on until git ends. Returns the beginning of its messages.
    pub(super) async fn read_lines(
        mut self,
        timeout: Duration,
        line: impl FnMut(&[u8]) -> Result<(), Refused>,
    ) -> Result<Vec<u8>, Failure> {
        let run = self.follow(line);
        tokio::time::timeout(timeout, run).await.unwrap_or(Err(Failure::TimedOut(timeout)))
    }

    async fn follow(&mut self, line: impl FnMut(&[u8]) -> Result<(), Refused>) -> Result<Vec<u8>, Failure> {
        let (stdout, stderr) = (self.child.stdout.take(), self.child.stderr.take());
        let lost = |error: std::io::Error| Failure::Git(format!("the output of git cannot be read: {error}"));
        let output = async { split_lines(stdout, line).await };
        let text = async { head(stderr).await.map_err(lost) };
        let ((), text) = tokio::try_join!(output, text)?;
        let status = self.child.wait().await.map_err(lost)?;
        if status.success() {
            return Ok(text);
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        Err(Failure::Git(if text.trim().is_empty() { format!("git ended with {status}") } else { text }))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Only while git has not been waited for: its number may belong to another process after that.
        #[cfg(unix)]
        if let Some(group) =
            self.child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw)
        {
            // The only failure is a group that has ended already.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

/// Passes the lines of an output on, holding no more than one of them.
async fn split_lines(
    output: Option<impl AsyncRead + Unpin>,
    mut line: impl FnMut(&[u8]) -> Result<(), Refused>,
) -> Result<(), Failure> {
    let Some(mut output) = output else { return Ok(()) };
    let (mut kept, mut buffer) = (Vec::new(), vec![0; 32 * 1024]);
    loop {
        let count = output.read(&mut buffer).await.map_err(|error| Failure::Git(error.to_string()))?;
        if count == 0 {
            break;
        }
        let mut rest = buffer.get(..count).unwrap_or_default();
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (begin, after) = rest.split_at(end);
            kept.extend_from_slice(begin);
            line(&kept).map_err(Failure::Refused)?;
            kept.clear();
            rest = after.get(1..).unwrap_or_default();
        }
        kept.extend_from_slice(rest);
        if kept.len() > LONGEST_LINE {
            return Err(Failure::Refused(Refused::NotARef));
        }
    }
    if kept.is_empty() { Ok(()) } else { line(&kept).map_err(Failure::Refused) }
}

/// Reads to the end and keeps the beginning.
async fn head(output: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
    let Some(mut output) = output else { return Ok(Vec::new()) };
    let (mut kept, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = output.read(&mut buffer).await?;
        if count == 0 {
            return Ok(kept);
        }
        let room = LONGEST_TEXT.saturating_sub(kept.len()).min(count);
        kept.extend_from_slice(buffer.get(..room).unwrap_or_default());
    }
}

impl Failure {
    pub(super) fn reason(self, source: &Source) -> Reason {
        match self {
            Self::TimedOut(timeout) => {
                Reason::new(ReasonKind::SourceTimedOut, format!("the source did not answer within {timeout:?}"))
            }
            Self::Refused(Refused::TooManyRefs) => Reason::new(ReasonKind::TooManyRefs, "the source has too many refs"),
            Self::Refused(Refused::NotARef) => {
                Reason::new(ReasonKind::SourceUnreadable, "git printed something that is not a list of refs")
            }
            Self::Git(text) => Reason::new(ReasonKind::SourceUnreadable, printable(&text, source.credentials.as_ref())),
        }
    }
}

/// What git says, on one line and without the credentials.
fn printable(text: &str, credentials: Option<&SourceCredentials>) -> String {
    let mut text = text.to_owned();
    // A source may repeat them in any encoding.
    let mut secrets = Secrets::default();
    for secret in credentials.iter().flat_map(|credentials| [&credentials.username, &credentials.password]) {
        secrets.add(secret);
    }
    secrets.hide(&mut text);
    // A short user name is a part of other words, but a short password is a secret all the same.
    if let Some(password) = credentials.map(|credentials| &credentials.password).filter(|password| !password.is_empty())
    {
        let encoded: String = url::form_urlencoded::byte_serialize(password.as_bytes()).collect();
        for form in [encoded.replace('+', "%20"), encoded, password.to_string()] {
            text = text.replace(&form, "***");
        }
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.collect::<Vec<_>>().join("; ");
    line.chars().map(|letter| if is_invisible(letter) { ' ' } else { letter }).take(KEPT_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_are_split_wherever_the_reads_end() {
        for cut in 0..7 {
            let (first, rest) = b"a\n\nbc\n".split_at(cut.min(6));
            let mut lines = Vec::new();
            let taken = |line: &[u8]| {
                lines.push(line.to_vec());
                Ok(())
            };
            split_lines(Some(first.chain(rest)), taken).await.expect("lines");
            assert_eq!(lines, [&b"a"[..], b"", b"bc"]);
        }
    }

    #[tokio::test]
    async fn a_line_without_end_is_refused() {
        let endless = vec![b'x'; LONGEST_LINE + 1];
        let ended = split_lines(Some(&endless[..]), |_| Ok(())).await;
        assert!(matches!(ended, Err(Failure::Refused(Refused::NotARef))), "{ended:?}");
        let long = vec![b'x'; LONGEST_TEXT * 3];
        assert_eq!(head(Some(&long[..])).await.expect("a text").len(), LONGEST_TEXT);
    }

    #[test]
    fn messages_are_one_line_without_secrets() {
        let credentials = SourceCredentials::new("al ice", "p&w");
        let text = "remote: no p&w\n\nfatal: 'https://al%20ice:p%26w@h/' \u{1b}[31m";
        assert_eq!(printable(text, Some(&credentials)), "remote: no ***; fatal: 'https://***:***@h/'  [31m");
        assert_eq!(printable(&"x".repeat(9999), None).len(), KEPT_TEXT);
        let credentials = SourceCredentials::new("alice", "p&ss-w");
        for form in ["p\\u0026ss-w", "p&amp;ss-w", "p%2526ss-w", "cCZzcy13", "p\\x26ss-w"] {
            assert_eq!(printable(&format!("remote: <{form}>"), Some(&credentials)), "remote: <***>");
        }
        // The letter between belongs to neither alone.
        assert_eq!(printable("remote: YWxpY2U6cCZzcy13", Some(&credentials)), "remote: ***6***");
        assert_eq!(printable("a\u{202e}b\u{ad}c", None), "a b c");
    }
}
