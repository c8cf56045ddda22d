//! Running one git to its end.

use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};

use super::hidden::Hidden;
use super::lease::Lease;
use super::{Git, GitError, environment, reason};

/// How much of an output is kept, in bytes; progress and long lists of refs are cut to their end.
const KEPT: usize = 64 * 1024;

/// What git says when a branch has to become a folder of branches, or the other way round.
const IN_THE_WAY: &[u8] = b"cannot lock ref";

impl Git {
    /// A command with the environment that every git of the emulator has.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        environment::prepare(&mut command, &self.home);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        command
    }

    /// Runs the command and gives its standard output.
    pub(super) async fn run(&self, command: &mut Command) -> Result<Vec<u8>, GitError> {
        self.follow(command.spawn().map_err(GitError::NotStarted)?, None, &Hidden::default()).await
    }

    /// Runs the command under the lease of a repository. What is hidden is in no error.
    pub(super) async fn run_under(
        &self,
        lease: &Lease,
        command: &mut Command,
        hidden: &Hidden,
    ) -> Result<Vec<u8>, GitError> {
        command.stdin(lease.stdin().map_err(GitError::Lost)?);
        self.follow(command.spawn().map_err(GitError::NotStarted)?, Some(lease), hidden).await
    }

    async fn follow(&self, mut child: Child, lease: Option<&Lease>, hidden: &Hidden) -> Result<Vec<u8>, GitError> {
        let entry = self.running.enter(child.id());
        lease.map_or(Ok(()), |lease| lease.note(child.id())).map_err(GitError::Lost)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (stdout, stderr, status) = tokio::join!(tail(stdout), tail(stderr), child.wait());
        entry.leave();
        let status = status.map_err(GitError::Lost)?;
        if status.success() {
            return stdout.map_err(GitError::Lost);
        }
        let text = stderr.map_err(GitError::Lost)?;
        tracing::debug!(%status, "git failed");
        let reason = reason::from_output(&text, status, hidden);
        // The reason may have lost these words to the cut, or to a password that is one of them.
        let in_the_way = text.windows(IN_THE_WAY.len()).any(|words| words == IN_THE_WAY);
        Err(if in_the_way { GitError::RefInTheWay(reason) } else { GitError::Failed(reason) })
    }
}

/// Reads to the end and keeps the last part, from the begin of a line: half of one may be half of a secret.
async fn tail(output: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
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
        if kept.len() > 2 * KEPT {
            kept.drain(..kept.len() - KEPT);
            is_cut = true;
        }
    }
    if is_cut {
        let begin = kept.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(kept.len(), |end| end + 1);
        kept.drain(..begin);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[tokio::test]
    async fn a_long_output_is_kept_from_the_begin_of_a_line() {
        let long = "x".repeat(3 * KEPT);
        for (output, wanted) in [("a\nb", "a\nb"), (&format!("{long}\nfatal: b\n"), "fatal: b\n"), (&long, "")] {
            assert_eq!(tail(Some(output.as_bytes())).await.unwrap(), wanted.as_bytes());
        }
    }

    #[tokio::test]
    async fn at_least_the_last_64_kib_of_a_long_output_are_kept() {
        let line = |number: usize| format!("{number:07}\n");
        let output: String = (0..40_000).map(line).collect();
        // The first part makes the parts end beside the bound, and never on it.
        let (first, rest) = output.as_bytes().split_at(1);
        for kept in [tail(Some(output.as_bytes())).await.unwrap(), tail(Some(first.chain(rest))).await.unwrap()] {
            assert!((64 * 1024 - 8..=128 * 1024).contains(&kept.len()), "{}", kept.len());
            assert_eq!(kept, &output.as_bytes()[output.len() - kept.len()..]);
        }
        let whole: String = (0..16_384).map(line).collect();
        assert_eq!(tail(Some(whole.as_bytes())).await.unwrap(), whole.as_bytes(), "128 KiB are left as they are");
    }

    #[tokio::test]
    async fn a_ref_in_the_way_is_told_from_other_failures() {
        let git = Git::new("sh".into(), std::env::temp_dir(), std::time::Duration::from_secs(20));
        for (text, expected) in [("fatal: cannot lock ref 'refs/heads/a/b'", true), ("fatal: cannot lock", false)] {
            let mut command = git.command();
            let error = git.run(command.args(["-c", "echo \"$1\" >&2; exit 1", "sh", text])).await.unwrap_err();
            assert_eq!(matches!(error, GitError::RefInTheWay(_)), expected, "{error}");
            assert!(error.to_string().contains(text), "{error}");
        }
    }
}
