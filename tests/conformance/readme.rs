//! The README's example is the file that is compiled, and the file works.

use std::process::Command;

use codearts_repo_emulator::{Emulator, Repository, Upstream};

const README: &str = include_str!("../../README.md");
const EXAMPLE: &str = include_str!("../../examples/sync.rs");

#[test]
fn the_readme_shows_the_example_as_it_is() {
    let code = EXAMPLE.split_once("\n\n").expect("a line of docs, then code").1;
    assert!(README.contains(&format!("```rust\n{code}```")), "README.md does not show examples/sync.rs as it is");
}

/// Runs the example's own program, which cargo builds beside the tests.
#[tokio::test(flavor = "multi_thread")]
async fn the_example_synchronises_a_mirror() {
    let repository = Repository::new(123).upstream(Upstream::demonstration());
    let emulator = Emulator::builder().token("MIIExample").repository(repository).start().await.expect("an emulator");
    let tests = std::env::current_exe().expect("this program");
    let built = tests.parent().and_then(std::path::Path::parent).expect("the target folder");
    let mut example = Command::new(built.join("examples").join("sync"));
    example.env_clear().env("CODEARTS_REPO_ENDPOINT", emulator.endpoint()).env("CODEARTS_REPO_TOKEN", "MIIExample");
    let output = tokio::task::spawn_blocking(move || example.output())
        .await
        .expect("a task")
        .expect("the example; `cargo build --examples` makes it");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{err}");
    assert!(out.starts_with("task ") && out.ends_with(" ended: Finished\n"), "{out}");
    assert!(!format!("{out}{err}").contains("MIIExample"));
}
