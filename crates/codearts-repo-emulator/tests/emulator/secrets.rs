//! No type that holds a secret shows it.

use codearts_repo_emulator::{Emulator, Repository, Upstream, User};

#[tokio::test]
async fn debug_shows_no_secret() {
    let builder = Emulator::builder()
        .token("t0ken-s3cr3t")
        .access_key("AK", "sk-s3cr3t")
        .user(User::new("account", "alice", "pass-s3cr3t"))
        .repository(Repository::new(1).upstream(Upstream::url("https://u:url-s3cr3t@git.example.com/a.git")));
    let shown = format!("{builder:?} {builder:#?}");
    let emulator = builder.start().await.unwrap();
    let shown = format!("{shown} {emulator:?} {emulator:#?}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
}
