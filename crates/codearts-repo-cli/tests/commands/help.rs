//! The help texts are golden, and the examples in them run.
#![cfg(all(unix, feature = "emulator"))]

use std::path::Path;
use std::process::Command;

use crate::support::{Ended, codearts_repo, run};

use crate::support::emulator::Emulator;

/// The help of a command, by the words that lead to it.
fn help(words: &[String]) -> String {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ended = run(codearts_repo(&words).arg("--help"));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{words:?}");
    ended.out
}

/// Every command, as the help of the one above it lists them.
fn commands() -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let mut index = 0;
    while let Some(words) = all.get(index).cloned() {
        let text = help(&words);
        let listed = text.split("Commands:\n").nth(1).and_then(|text| text.split("\n\n").next()).unwrap_or_default();
        for name in listed.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
            all.push([words.clone(), vec![name.to_owned()]].concat());
        }
        index += 1;
    }
    all
}

/// Set UPDATE_EXPECT to update the file.
#[test]
fn the_help_matches_the_golden_file() {
    let mut all = String::new();
    for words in commands() {
        let line = [vec!["codearts-repo".to_owned()], words.clone(), vec!["--help".to_owned()]].concat().join(" ");
        all.push_str(&format!("$ {line}\n{}\n", help(&words)));
    }
    expect_test::expect_file!["../golden/help.txt"].assert_eq(&all);
}

#[test]
fn the_help_fits_a_screen() {
    let top = help(&[]);
    let lines = top.lines().count();
    assert!(lines <= 44, "`codearts-repo --help` has {lines} lines; shorten it to 44, so that a screen shows it all");
    for line in top.lines() {
        assert!(line.chars().count() <= 95, "{line}");
    }
    for words in commands().iter().skip(1) {
        let text = help(words);
        let lines = text.lines().count();
        assert!(lines <= 80, "the help of {words:?} has {lines} lines; shorten it to 80");
        let long = text.lines().find(|line| line.chars().count() > 160);
        assert_eq!(long, None, "{words:?}");
    }
}

/// The lines below `Examples:`.
fn examples(text: &str) -> Vec<String> {
    let Some((_, rest)) = text.split_once("Examples:\n") else { return Vec::new() };
    let lines = rest.lines().take_while(|line| !line.is_empty());
    lines.map(|line| line.strip_prefix("  ").expect("indented").to_owned()).collect()
}

/// Runs a line of the help in a shell, in a home of its own, against a local CodeArts Repo.
fn run_example(line: &str, folder: &Path, emulator: &Emulator) -> Ended {
    let (binary, home) = (Path::new(env!("CARGO_BIN_EXE_codearts-repo")), folder.join("home"));
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("sh");
    command.args(["-eu", "-c", line]).current_dir(folder).env_clear().env("HOME", &home);
    command.env("PATH", format!("{}:{path}", binary.parent().expect("a folder").display()));
    command.env("CODEARTS_REPO_ENDPOINT", &emulator.endpoint).env("CODEARTS_REPO_TOKEN", Emulator::TOKEN);
    // A server runs until a signal ends it.
    if line.contains("codearts-repo emulator ") {
        let ended_by_itself =
            format!("rm -f ready; {line} > ready & until [ -s ready ]; do kill -0 $!; done; kill $!; wait $!");
        let mut command = Command::new("sh");
        command.args(["-eu", "-c", &ended_by_itself]).current_dir(folder).env_clear().env("HOME", &home);
        command.env("PATH", format!("{}:{path}", binary.parent().expect("a folder").display()));
        return run(&mut command);
    }
    run(&mut command)
}

#[test]
fn every_command_has_examples_and_they_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("home");
    for name in [
        ".local/share/bash-completion/completions",
        ".local/share/man/man1",
        ".zfunc",
        ".config/fish/completions",
        ".config/elvish/lib",
        ".config/codearts-repo",
    ] {
        std::fs::create_dir_all(home.join(name)).expect("made");
    }
    std::fs::write(home.join(".config/codearts-repo/config.toml"), "[profiles.work]\ntimeout = \"5m\"\n")
        .expect("written");
    std::fs::write(folder.path().join("repositories.txt"), "123\n124\n").expect("written");
    let emulator = Emulator::start(&["--repository", "123", "--repository", "124="]);
    let mut count = 0;
    for words in commands() {
        let examples = examples(&help(&words));
        assert!(!examples.is_empty() || words == ["help"], "{words:?} has no examples");
        for line in examples {
            let ended = run_example(&line, folder.path(), &emulator);
            // Of the repositories, one has no mirror and the others were not synchronized.
            let fails_for_its_list = line.contains("repositories.txt") || line.contains("codearts-repo verify ");
            assert!(ended.code == Some(0) || fails_for_its_list && ended.code == Some(1), "{line}: {ended:?}");
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}
