//! What git sees of the world: a path, the proxies, and settings that reach it by its environment alone.

use std::ffi::OsString;
use std::path::Path;

use tokio::process::Command;

/// Variables that are handed on. The lower and the upper case of a proxy's name are both in use.
const HANDED_ON: [&str; 12] = [
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

/// Settings that hold for every git that the emulator starts.
const SETTINGS: [(&str, &str); 9] = [
    // A git that tidies up in the background would outlive the one that was waited for.
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    // What arrives goes to disk as it comes, instead of object by object through memory.
    ("fetch.unpackLimit", "1"),
    ("core.hooksPath", "/dev/null"),
    ("core.askPass", ""),
    ("credential.helper", ""),
    ("credential.interactive", "false"),
    ("init.defaultBranch", "main"),
    ("advice.detachedHead", "false"),
];

/// Gives the command the environment that all gits share.
pub(super) fn prepare(command: &mut Command, home: &Path) {
    command.env_clear();
    for name in HANDED_ON {
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
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_ALLOW_PROTOCOL", "http:https");
    settings(command, &[]);
}

/// Adds settings to those that hold always. No setting is ever written to a file or to the arguments.
pub(super) fn settings(command: &mut Command, more: &[(String, String)]) {
    let all = SETTINGS.iter().copied().chain(more.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    for (index, (name, value)) in all.enumerate() {
        command.env(format!("GIT_CONFIG_KEY_{index}"), name).env(format!("GIT_CONFIG_VALUE_{index}"), value);
    }
    command.env("GIT_CONFIG_COUNT", (SETTINGS.len() + more.len()).to_string());
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
    use super::*;

    #[test]
    fn git_sees_what_it_is_given_and_nothing_else() {
        let mut command = Command::new("git");
        command.env("SOMETHING_OF_THE_USER", "1");
        prepare(&mut command, Path::new("/home/of/the/emulator"));
        let variables: std::collections::HashMap<_, _> =
            command.as_std().get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?))).collect();
        for (name, value) in [
            ("GIT_ALLOW_PROTOCOL", "http:https"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("HOME", "/home/of/the/emulator"),
        ] {
            assert_eq!(variables.get(name), Some(&value));
        }
        assert!(variables.get("no_proxy").is_some_and(|hosts| hosts.ends_with("127.0.0.1,localhost,::1")));
        assert!(!variables.contains_key("SOMETHING_OF_THE_USER"));
    }

    #[test]
    fn this_machine_is_added_to_the_hosts_without_a_proxy() {
        assert_eq!(with_loopback("".into()), "127.0.0.1,localhost,::1");
        assert_eq!(with_loopback("a.example.com".into()), "a.example.com,127.0.0.1,localhost,::1");
    }
}
