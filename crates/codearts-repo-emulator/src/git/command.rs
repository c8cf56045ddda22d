//! Running one git command to its end.

use std::io;
use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};

use super::group::ProcessGroup;
use super::lock::RepositoryLock;
use super::redact::Redactor;
use super::{Git, GitError, environment, reason};

/// How much of the error output is kept, in bytes. Progress messages are cut to their end.
const STDERR_TAIL: usize = 64 * 1024;

/// The longest standard output, in bytes: the refs of a repository with half a million of them fit.
const MAX_STDOUT: usize = 128 * 1024 * 1024;

/// Git's message when a branch has to become a folder of branches, or the other way round.
const REF_CONFLICT: &[u8] = b"cannot lock ref";

/// What the commands of a synchronization share.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) lock: RepositoryLock,
    pub(super) group: ProcessGroup,
    pub(super) redactor: Redactor,
}

impl Git {
    /// A command with the environment of every git that the emulator starts.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        environment::prepare(&mut command, &self.home);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        // A Ctrl-C in the terminal is only for the emulator.
        #[cfg(unix)]
        command.process_group(0);
        command
    }

    /// Runs a local command, and returns its standard output.
    pub(super) async fn run(&self, command: &mut Command) -> Result<Vec<u8>, GitError> {
        finish(command.spawn().map_err(GitError::NotStarted)?, &Redactor::default()).await
    }

    /// Runs a command of a synchronization, and returns its standard output.
    pub(super) async fn run_in(&self, session: &Session, command: &mut Command) -> Result<Vec<u8>, GitError> {
        session.group.place(command);
        command.stdin(session.lock.stdin().map_err(GitError::Io)?);
        finish(command.spawn().map_err(GitError::NotStarted)?, &session.redactor).await
    }
}

async fn finish(mut child: Child, redactor: &Redactor) -> Result<Vec<u8>, GitError> {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (stdout, stderr, status) = tokio::join!(all(stdout), tail(stderr), child.wait());
    let status = status.map_err(GitError::Io)?;
    if status.success() {
        return stdout.map_err(GitError::Io);
    }
    let text = stderr.map_err(GitError::Io)?;
    tracing::debug!(%status, "git failed");
    let reason = reason::from_output(&text, status, redactor);
    // The reason is shortened and redacted, so the words may be missing there.
    let is_conflict = text.windows(REF_CONFLICT.len()).any(|words| words == REF_CONFLICT);
    Err(if is_conflict { GitError::RefConflict(reason) } else { GitError::Failed(reason) })
}

/// Reads the whole output, up to a limit.
async fn all(output: Option<impl AsyncRead + Unpin>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let Some(output) = output else { return Ok(bytes) };
    output.take(MAX_STDOUT as u64 + 1).read_to_end(&mut bytes).await?;
    if bytes.len() > MAX_STDOUT {
        return Err(io::Error::other("git wrote more than 128 MiB"));
    }
    Ok(bytes)
}

/// Reads to the end and keeps the last lines. Half a line could contain half a secret, which would not be recognized.
async fn tail(output: Option<impl AsyncRead + Unpin>) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    let Some(mut output) = output else { return Ok(kept) };
    let mut buffer = [0; 4096];
    let mut is_cut = false;
    loop {
        let count = output.read(&mut buffer).await?;
        if count == 0 {
            break;
        }
        kept.extend_from_slice(buffer.get(..count).unwrap_or_default());
        if kept.len() > 2 * STDERR_TAIL {
            kept.drain(..kept.len() - STDERR_TAIL);
            is_cut = true;
        }
    }
    if is_cut {
        let start = kept.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(kept.len(), |end| end + 1);
        kept.drain(..start);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[tokio::test]
    async fn a_long_error_output_is_kept_from_the_start_of_a_line() {
        let long = "x".repeat(3 * STDERR_TAIL);
        for (output, expected) in [("a\nb", "a\nb"), (&format!("{long}\nfatal: b\n"), "fatal: b\n"), (&long, "")] {
            assert_eq!(tail(Some(output.as_bytes())).await.unwrap(), expected.as_bytes());
        }
    }

    #[tokio::test]
    async fn at_least_the_last_64_kib_of_the_error_output_are_kept() {
        let line = |number: usize| format!("{number:07}\n");
        let output: String = (0..40_000).map(line).collect();
        // An odd first part makes every read end inside a line.
        let (first, rest) = output.as_bytes().split_at(1);
        for kept in [tail(Some(output.as_bytes())).await.unwrap(), tail(Some(first.chain(rest))).await.unwrap()] {
            assert!((64 * 1024 - 8..=128 * 1024).contains(&kept.len()), "{}", kept.len());
            assert_eq!(kept, &output.as_bytes()[output.len() - kept.len()..]);
        }
        let whole: String = (0..16_384).map(line).collect();
        assert_eq!(tail(Some(whole.as_bytes())).await.unwrap(), whole.as_bytes(), "128 KiB are kept whole");
    }

    #[tokio::test]
    async fn an_endless_output_is_an_error() {
        let error = all(Some(tokio::io::repeat(b'x'))).await.unwrap_err();
        assert_eq!(error.to_string(), "git wrote more than 128 MiB");
    }

    #[tokio::test]
    async fn a_ref_conflict_is_distinguished_from_other_failures() {
        let git = Git::new("sh".into(), std::env::temp_dir(), std::time::Duration::from_secs(60));
        for (text, expected) in [("fatal: cannot lock ref 'refs/heads/a/b'", true), ("fatal: cannot lock", false)] {
            let mut command = git.command();
            let error = git.run(command.args(["-c", "echo \"$1\" >&2; exit 1", "sh", text])).await.unwrap_err();
            assert_eq!(matches!(error, GitError::RefConflict(_)), expected, "{error}");
            assert!(error.to_string().contains(text), "{error}");
        }
    }
}
