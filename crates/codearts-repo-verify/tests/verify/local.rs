//! Paths of this machine, which only an emulator's addresses may name.

use std::path::Path;
use std::process::Command;

use codearts_repo_verify::{ReasonKind, SourceReader};

use crate::within;

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@b.c"]).args(arguments);
    assert!(command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git is there").status.success());
}

#[tokio::test]
async fn a_folder_is_read_only_where_it_is_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(folder.path(), &["commit", "--quiet", "--allow-empty", "--message", "one"]);
    git(folder.path(), &["tag", "--annotate", "v1", "--message", "one"]);
    let url = format!("file://{}", folder.path().display());
    let refused = within(SourceReader::new().read(&url)).await.expect_err("not allowed");
    assert_eq!(refused.kind, ReasonKind::UnsupportedSource);
    let refs = within(SourceReader::new().allow_local(true).read(&url)).await.expect("refs");
    assert_eq!(refs.default_branch.as_deref(), Some("main"));
    let tag = &refs.tags["v1"];
    assert_eq!(tag.peeled, Some(refs.branches["main"].object));
    assert_ne!(tag.object, refs.branches["main"].object);
}
