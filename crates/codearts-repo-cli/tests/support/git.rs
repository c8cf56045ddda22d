//! Local repositories as sources.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Runs git in a folder, without the user's settings, and returns what it prints.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@b.c"]).args(arguments);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git is there");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

/// A source with one branch, and the ID of its commit.
pub fn source() -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(folder.path(), &["commit", "--quiet", "--allow-empty", "--message", "one"]);
    let id = git(folder.path(), &["rev-parse", "main"]);
    (folder, id)
}
