//! `completions` and `man`.

use std::process::{Command, Stdio};

use crate::support::{codearts_repo, run};

/// The commands that stand in the help of the program.
fn commands() -> Vec<String> {
    let help = run(&mut codearts_repo(&["--help"])).out;
    let part = help.split("Commands:\n").nth(1).and_then(|text| text.split("\n\n").next()).expect("commands");
    let names = part.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    names.filter(|name| name != "help").collect()
}

#[test]
fn every_shell_completes_every_command_and_option() {
    for (shell, beginning) in [
        ("bash", "_codearts__repo() {"),
        ("zsh", "#compdef codearts-repo"),
        ("fish", "# Print an optspec"),
        ("elvish", "\nuse builtin;"),
        ("powershell", "\nusing namespace System.Management.Automation"),
    ] {
        let ended = run(&mut codearts_repo(&["completions", shell]));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
        assert!(ended.out.starts_with(beginning), "{}", &ended.out[..200]);
        for name in commands().iter().map(String::as_str).chain(["remote-password-stdin", "include-abnormal"]) {
            assert!(ended.out.contains(name), "{shell} {name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_and_options() {
    let script = run(&mut codearts_repo(&["completions", "bash"])).out;
    let words = "COMP_WORDS=(codearts-repo mirror set 5 --schedule o) COMP_CWORD=5
        _codearts__repo codearts-repo o --schedule; echo \"${COMPREPLY[*]}\"";
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", &format!("{script}\n{words}")]).stdin(Stdio::null());
    let output = bash.output().expect("bash is there");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "on off\n", "{output:?}");
}

/// What another shell prints for a script.
fn said_by(shell: &str, arguments: &[&str]) -> String {
    let output = Command::new(shell).args(arguments).stdin(Stdio::null()).output().expect(shell);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn completions_in_a_file(shell: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("_codearts-repo");
    std::fs::write(&path, run(&mut codearts_repo(&["completions", shell])).out).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[test]
#[ignore = "fish is not on every machine; `.ci/long shells` runs it"]
fn fish_completes_with_them() {
    let (_folder, path) = completions_in_a_file("fish");
    let words = format!("source {path}; complete -C 'codearts-repo mirror set 5 --schedule '");
    assert_eq!(said_by("fish", &["--no-config", "-c", &words]), "off\non\n");
    let words = format!("source {path}; complete -C 'codearts-repo sync --dr'");
    assert!(said_by("fish", &["--no-config", "-c", &words]).starts_with("--dry-run\tSend nothing"));
}

#[test]
#[ignore = "zsh is not on every machine; `.ci/long shells` runs it"]
fn zsh_completes_with_them() {
    let (folder, path) = completions_in_a_file("zsh");
    said_by("zsh", &["-n", &path]);
    // A zsh at a terminal of its own, for completion is a part of its line editor.
    let script = format!(
        "zmodload zsh/zpty; zpty z zsh -f -i
        zpty -w z 'PS1=; fpath=({} $fpath); autoload -U compinit; compinit -u -D; bindkey \"^I\" complete-word'
        zpty -w z 'echo BEGIN'; zpty -r z said '*BEGIN*BEGIN*'
        zpty -n -w z $'codearts-repo mirror set 5 --schedule of\\t --dry\\t; echo END\\n'
        zpty -r z said '*END*END*'; print -r -- \"$said\"; zpty -d z",
        folder.path().display()
    );
    let said = said_by("zsh", &["-f", "-c", &script]);
    assert!(said.contains("--schedule off") && said.contains("--dry-run"), "{said}");
}

#[test]
fn man_pages_are_written_for_every_command() {
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("new/man1");
    let ended = run(codearts_repo(&["man"]).arg(&folder));
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(0), "", ""), "{ended:?}");
    let page = |name: &str| std::fs::read_to_string(folder.join(name)).expect(name);
    for name in commands() {
        assert!(page(&format!("codearts-repo-{name}.1")).contains(".SH SYNOPSIS"), "{name}");
    }
    assert!(page("codearts-repo-mirror-set.1").contains("schedule"));
    let main = run(&mut codearts_repo(&["man"]));
    assert_eq!((main.code, main.err.as_str()), (Some(0), ""), "{main:?}");
    assert!(main.out.contains(".TH codearts-repo 1") && main.out.contains("CODEARTS_REPO_TOKEN"), "{}", main.out);
}

#[test]
fn an_invalid_shell_and_a_missing_folder_are_refused() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let path = file.path().to_str().expect("UTF-8");
    for (arguments, words) in [
        (&["completions", "tcsh"][..], "[possible values: bash, elvish, fish, powershell, zsh]"),
        (&["completions"], "required arguments were not provided"),
        (&["man", path], "cannot write to the folder "),
    ] {
        let ended = run(&mut codearts_repo(arguments));
        assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(2), "", 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
}
