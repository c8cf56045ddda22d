//! A small real repository to mirror from.

use std::path::Path;
use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;

use super::redact::Redactor;
use super::{Git, GitError};

/// Three commits, the branches `main` and `release`, and the tag `v1.0`, with fixed names and dates.
const HISTORY: &str = "\
commit refs/heads/main
mark :1
committer Demonstration <demonstration@example.com> 1767225600 +0000
data 12
First commit
M 100644 inline README.md
data 16
# Demonstration

commit refs/heads/main
mark :2
committer Demonstration <demonstration@example.com> 1767229200 +0000
data 14
Add a greeting
from :1
M 100644 inline greeting.txt
data 6
Hello

tag v1.0
from :2
tagger Demonstration <demonstration@example.com> 1767232800 +0000
data 11
Version 1.0
commit refs/heads/release
mark :3
committer Demonstration <demonstration@example.com> 1767236400 +0000
data 16
Mark the release
from :2
M 100644 inline VERSION
data 4
1.0

done
";

impl Git {
    /// Creates the demonstration repository, unless it exists.
    pub(crate) async fn make_demonstration(&self, folder: &Path) -> Result<(), GitError> {
        if folder.exists() {
            return Ok(());
        }
        // It is renamed last: a half finished one is never used.
        let unfinished = folder.with_extension("new");
        if unfinished.exists() {
            std::fs::remove_dir_all(&unfinished).map_err(GitError::Io)?;
        }
        self.init(&unfinished).await?;
        self.import_history(&unfinished).await?;
        std::fs::rename(&unfinished, folder).map_err(GitError::Io)
    }

    async fn import_history(&self, folder: &Path) -> Result<(), GitError> {
        let mut command = self.command();
        command.arg("--git-dir").arg(folder).args(["fast-import", "--quiet", "--done"]).stdin(Stdio::piped());
        let mut child = command.spawn().map_err(GitError::NotStarted)?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(HISTORY.as_bytes()).await.map_err(GitError::Io)?;
        }
        let output = child.wait_with_output().await.map_err(GitError::Io)?;
        if output.status.success() {
            return Ok(());
        }
        let reason = super::reason::from_output(&output.stderr, output.status, &Redactor::default());
        Err(GitError::Failed(reason))
    }
}
