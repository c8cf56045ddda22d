//! Running one git to its end.

use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};

use super::lease::Lease;
use super::{Git, GitError, environment, reason};

/// How much of an output is kept, in bytes; progress and long lists of refs are cut to their end.
const KEPT: usize = 64 * 1024;

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
        self.follow(command.spawn().map_err(GitError::NotStarted)?, None).await
    }

    /// Runs the command under the lease of a repository.
    pub(super) async fn run_under(&self, lease: &Lease, command: &mut Command) -> Result<Vec<u8>, GitError> {
        command.stdin(lease.stdin().map_err(GitError::Lost)?);
        self.follow(command.spawn().map_err(GitError::NotStarted)?, Some(lease)).await
    }

    async fn follow(&self, mut child: Child, lease: Option<&Lease>) -> Result<Vec<u8>, GitError> {
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
        Err(GitError::Failed(reason::from_output(&String::from_utf8_lossy(&text), status)))
    }
}

/// Reads to the end and keeps the last part.
async fn tail(output: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    let Some(mut output) = output else { return Ok(kept) };
    let mut buffer = [0; 4096];
    loop {
        let count = output.read(&mut buffer).await?;
        if count == 0 {
            return Ok(kept);
        }
        kept.extend_from_slice(buffer.get(..count).unwrap_or_default());
        if kept.len() > 2 * KEPT {
            kept.drain(..kept.len() - KEPT);
        }
    }
}
