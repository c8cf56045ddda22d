//! The command line and the environment of `git ls-remote`.

use std::process::Stdio;

use tokio::process::Command;

use super::process::Process;
use super::{Source, SourceReader};
use crate::reason::{Reason, ReasonKind};

/// Variables of the child that carry the credentials to the helper below.
const USERNAME: &str = "CODEARTS_REPO_SOURCE_USERNAME";
const PASSWORD: &str = "CODEARTS_REPO_SOURCE_PASSWORD";
/// A credential helper that git runs in a shell. `printf` is a builtin there, so nothing becomes an argument of a process.
const HELPER: &str = "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \
                      \"$CODEARTS_REPO_SOURCE_USERNAME\" \"$CODEARTS_REPO_SOURCE_PASSWORD\"; }; f";

/// Variables that would make git prompt, read another repository, or print what it sends.
const REMOVED: &[&str] = &[
    "GIT_ASKPASS",
    "SSH_ASKPASS",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_CURL_VERBOSE",
    "GIT_TRACE",
    "GIT_TRACE_CURL",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_REDACT",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
    "GIT_TRACE2_PERF",
];

impl SourceReader {
    /// Starts git.
    pub(super) fn run(&self, source: &Source, trace: bool) -> Result<Process, Reason> {
        let mut command = self.command(source);
        if trace {
            // To the standard error.
            command.env("GIT_TRACE_PACKET", "1");
        }
        let spawned = command.spawn().map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound {
                return Reason::new(ReasonKind::GitMissing, "git was not found");
            }
            Reason::new(ReasonKind::GitMissing, format!("git cannot be started: {error}"))
        })?;
        Ok(Process::of(spawned))
    }

    fn command(&self, source: &Source) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["ls-remote", "--quiet", "--symref", "--", &source.address])
            // Outside any repository, whose settings are not meant.
            .current_dir(std::env::temp_dir())
            .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GCM_INTERACTIVE", "never")
            .env("GIT_ALLOW_PROTOCOL", if source.origin.is_some() { "http:https" } else { "file" })
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        REMOVED.iter().for_each(|name| {
            command.env_remove(name);
        });
        #[cfg(unix)]
        command.process_group(0);
        let mut settings = vec![("core.askPass".to_owned(), ""), ("credential.interactive".to_owned(), "false")];
        if let (Some(origin), Some(credentials)) = (&source.origin, &source.credentials) {
            // An empty value ends the list of helpers before it. Both hold for this origin alone.
            let name = format!("credential.{origin}.helper");
            settings.extend([(name.clone(), ""), (name, HELPER)]);
            command.env(USERNAME, credentials.username.as_str()).env(PASSWORD, credentials.password.as_str());
        }
        set(&mut command, &settings, std::env::var("GIT_CONFIG_COUNT").ok().as_deref());
        command
    }
}

/// Adds settings behind those that the environment has already.
fn set(command: &mut Command, settings: &[(String, &str)], present: Option<&str>) {
    let present: usize = present.and_then(|count| count.parse().ok()).unwrap_or(0);
    for (index, (name, value)) in (present..).zip(settings) {
        command.env(format!("GIT_CONFIG_KEY_{index}"), name).env(format!("GIT_CONFIG_VALUE_{index}"), value);
    }
    command.env("GIT_CONFIG_COUNT", (present + settings.len()).to_string());
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::ffi::OsStr;

    use super::*;
    use crate::SourceCredentials;

    fn environment(command: &Command) -> HashMap<String, String> {
        let text = |text: &OsStr| text.to_str().map(str::to_owned);
        command.as_std().get_envs().filter_map(|(name, value)| Some((text(name)?, text(value?)?))).collect()
    }

    #[test]
    fn credentials_are_no_arguments_and_belong_to_one_origin() {
        let reader = SourceReader::new().credentials(SourceCredentials::new("alice", "s3cr3t"));
        let source = reader.resolve("https://git.example.com:8443/a.git").expect("an address");
        let command = reader.command(&source);
        let arguments: Vec<_> = command.as_std().get_args().collect();
        assert_eq!(arguments, ["ls-remote", "--quiet", "--symref", "--", "https://git.example.com:8443/a.git"]);
        let environment = environment(&command);
        let settings: Vec<_> = environment.iter().filter(|(name, _)| name.starts_with("GIT_CONFIG_KEY_")).collect();
        let of_origin = settings.iter().filter(|(_, value)| *value == "credential.https://git.example.com:8443.helper");
        assert_eq!((settings.len(), of_origin.count()), (4, 2));
        assert!(environment.iter().all(|(name, value)| !value.contains("s3cr3t") || name == PASSWORD));
        assert_eq!(environment["GIT_ALLOW_PROTOCOL"], "http:https");
    }

    #[test]
    fn settings_of_the_environment_are_kept() {
        let mut command = Command::new("git");
        set(&mut command, &[("a.b".to_owned(), "c")], Some("2"));
        let environment = environment(&command);
        assert_eq!((&*environment["GIT_CONFIG_COUNT"], &*environment["GIT_CONFIG_KEY_2"]), ("3", "a.b"));
        assert!(!environment.contains_key("GIT_CONFIG_KEY_0"));
    }
}
