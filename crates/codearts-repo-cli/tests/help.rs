//! The help texts, held to golden ones.
#![cfg(feature = "emulator")]

mod support;

use support::{codearts_repo, run};

/// Set BLESS to write the file anew.
#[test]
fn the_help_is_the_golden_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/help.txt");
    let mut all = String::new();
    let commands: [&[&str]; 16] = [
        &[],
        &["sync"],
        &["list"],
        &["status"],
        &["mirror"],
        &["mirror", "show"],
        &["mirror", "set"],
        &["mirror", "associate"],
        &["auth"],
        &["auth", "show"],
        &["token"],
        &["token", "clear"],
        &["regions"],
        &["completions"],
        &["man"],
        &["emulator"],
    ];
    for command in commands {
        let ended = run(codearts_repo(command).arg("--help"));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
        all.push_str(&format!("$ codearts-repo {}\n{}\n", [command, &["--help"]].concat().join(" "), ended.out));
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &all).expect("written");
    }
    assert_eq!(all, std::fs::read_to_string(path).expect("a file"));
}
