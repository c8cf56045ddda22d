//! The environment of git: a path, the proxies, and settings that are passed in variables.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use tokio::process::Command;

/// Variables that git inherits. The lower and the upper case of a proxy's name are both in use.
const INHERITED: [&str; 12] = [
    "PATH",
    "SYSTEMROOT",
    "TEMP",
    "TMPDIR",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "http_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "HTTP_PROXY",
];

/// Settings of every git that the emulator starts.
const SETTINGS: [(&str, &str); 11] = [
    // Background maintenance would survive the git that started it.
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    // A pack is written to disk as it arrives, instead of object by object.
    ("fetch.unpackLimit", "1"),
    ("core.hooksPath", "/dev/null"),
    ("core.askPass", ""),
    ("credential.helper", ""),
    ("credential.interactive", "false"),
    ("init.defaultBranch", "main"),
    ("advice.detachedHead", "false"),
    // A transfer that stalls for a minute ends, even if nothing else ends it.
    ("http.lowSpeedLimit", "1"),
    ("http.lowSpeedTime", "60"),
];

/// Sets the environment that every git has.
pub(super) fn prepare(command: &mut Command, home: &Path) {
    command.env_clear();
    for name in INHERITED {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    let no_proxy = ["no_proxy", "NO_PROXY"].into_iter().find_map(std::env::var_os).unwrap_or_default();
    command.env("no_proxy", with_loopback(no_proxy));
    command
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("LC_ALL", "C")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", config_file(home))
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_ALLOW_PROTOCOL", "http:https");
    set_config(command, &[]);
}

/// Adds settings to those that every git has.
pub(super) fn set_config(command: &mut Command, more: &[(String, String)]) {
    let all = SETTINGS.iter().copied().chain(more.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    for (index, (name, value)) in all.enumerate() {
        command.env(format!("GIT_CONFIG_KEY_{index}"), name).env(format!("GIT_CONFIG_VALUE_{index}"), value);
    }
    command.env("GIT_CONFIG_COUNT", (SETTINGS.len() + more.len()).to_string());
}

/// Writes the configuration file of git, with the folders that git may read even if they belong to another user.
///
/// It has to be a file: the git that serves a local folder does not get the settings of the one that fetches from it.
pub(super) fn trust(home: &Path, folders: &[PathBuf]) -> io::Result<()> {
    let mut text = String::from("[safe]\n");
    for folder in folders {
        let resolved = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        for folder in [folder, &resolved] {
            for path in [folder.clone(), folder.join(".git")] {
                let Some(path) = path.to_str() else { continue };
                text.extend(["\tdirectory = \"", &quoted(path), "\"\n"]);
            }
        }
    }
    std::fs::write(config_file(home), text)
}

fn config_file(home: &Path) -> PathBuf {
    home.join("gitconfig")
}

/// The text between the quotation marks of a value in a git configuration file.
fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// A source on this machine is never reached through a proxy.
fn with_loopback(mut no_proxy: OsString) -> OsString {
    if !no_proxy.is_empty() {
        no_proxy.push(",");
    }
    no_proxy.push("127.0.0.1,localhost,::1");
    no_proxy
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[test]
    fn git_gets_its_own_environment_only() {
        let mut command = Command::new("git");
        command.env("A_VARIABLE_OF_THE_USER", "1");
        prepare(&mut command, Path::new("/emulator/home"));
        let variables: std::collections::HashMap<_, _> =
            command.as_std().get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?))).collect();
        for (name, value) in [
            ("GIT_ALLOW_PROTOCOL", "http:https"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_GLOBAL", "/emulator/home/gitconfig"),
            ("HOME", "/emulator/home"),
        ] {
            assert_eq!(variables.get(name), Some(&value));
        }
        assert!(variables.get("no_proxy").is_some_and(|hosts| hosts.ends_with("127.0.0.1,localhost,::1")));
        assert!(!variables.contains_key("A_VARIABLE_OF_THE_USER"));
    }

    #[test]
    fn loopback_is_added_to_the_hosts_without_a_proxy() {
        assert_eq!(with_loopback("".into()), "127.0.0.1,localhost,::1");
        assert_eq!(with_loopback("a.example.com".into()), "a.example.com,127.0.0.1,localhost,::1");
    }

    #[test]
    fn git_reads_awkward_paths_back() {
        let home = tempfile::tempdir().unwrap();
        let folders: Vec<PathBuf> =
            ["/a b", "/a\"b", "/a\\b", "/a\nb", "/a;#b", "/a\tb "].into_iter().map(PathBuf::from).collect();
        trust(home.path(), &folders).unwrap();
        let mut command = std::process::Command::new("git");
        command.args(["config", "--file"]).arg(config_file(home.path())).args([
            "--null",
            "--get-all",
            "safe.directory",
        ]);
        let output = command.output().unwrap();
        let read = String::from_utf8(output.stdout).unwrap();
        let read: Vec<&str> = read.split_terminator('\0').collect();
        for folder in folders {
            assert!(read.contains(&folder.to_str().unwrap()), "{folder:?} is not in {read:?}");
        }
    }
}
