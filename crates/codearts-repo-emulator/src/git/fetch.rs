//! Mirroring: from a source into a bare repository.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tokio::process::Command;
use url::Url;

use super::hidden::Hidden;
use super::lease::Lease;
use super::{Credentials, Git, GitError, environment};

/// Reads the credentials from its own environment. `printf` is built into the shell, so that they are in no argv.
const HELPER: &str = "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \
                      \"$EMULATOR_MIRROR_USERNAME\" \"$EMULATOR_MIRROR_PASSWORD\"; }; f";

/// Where a mirror is fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// An address that came over the API or from the owner; http and https alone are let through.
    Remote(String),
    /// A folder on this machine; it only ever comes from the owner.
    Local(PathBuf),
}

/// What a synchronisation takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// All branches and tags, or the default branch alone.
    pub(crate) all_branches: bool,
    /// Whether history that was rewritten at the source is taken over, and what was deleted there is deleted here.
    pub(crate) force: bool,
}

impl Git {
    /// Fetches the source into the repository, within the time limit. What fails changes no ref.
    pub(crate) async fn mirror(
        &self,
        repository: &Path,
        source: &Source,
        credentials: Option<&Credentials>,
        plan: Plan,
    ) -> Result<(), GitError> {
        let work = self.fetch(repository, source, credentials, plan);
        tokio::time::timeout(self.time_limit, work).await.unwrap_or(Err(GitError::TimedOut(self.time_limit)))
    }

    async fn fetch(
        &self,
        repository: &Path,
        source: &Source,
        credentials: Option<&Credentials>,
        plan: Plan,
    ) -> Result<(), GitError> {
        let settings = Settings::new(source, credentials)?;
        let lease = Lease::take(repository).await.map_err(GitError::Lost)?;
        let mut question = self.command_in(repository, &settings);
        question.args(["ls-remote", "--quiet", "--symref", "--", "upstream", "HEAD"]);
        let answer = self.run_under(&lease, &mut question, &settings.hidden).await?;
        let default_branch = symbolic_head(&String::from_utf8_lossy(&answer));
        if !plan.all_branches && default_branch.is_none() && !answer.is_empty() {
            return Err(GitError::Refused("the source has no default branch; synchronise all branches instead"));
        }
        let branch = default_branch.as_deref();
        match self.fetch_refs(repository, &lease, &settings, branch, plan, true).await {
            // A branch that became a folder of branches, or the other way round, cannot change in one step. All objects
            // are here by now, so that the second attempt only has to move the refs.
            Err(GitError::RefInTheWay(_)) if plan.force => {
                self.fetch_refs(repository, &lease, &settings, branch, plan, false).await?;
            }
            other => other?,
        }
        if let Some(branch) = default_branch {
            let mut head = self.command_in(repository, &settings);
            self.run_under(&lease, head.args(["symbolic-ref", "HEAD"]).arg(branch), &settings.hidden).await?;
        }
        lease.end().map_err(GitError::Lost)
    }

    async fn fetch_refs(
        &self,
        repository: &Path,
        lease: &Lease,
        settings: &Settings,
        default_branch: Option<&str>,
        plan: Plan,
        atomic: bool,
    ) -> Result<(), GitError> {
        let mut fetch = self.command_in(repository, settings);
        // A git that nobody listens to any more dies when it reports its progress.
        fetch.args(["fetch", "--progress", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"]);
        if atomic {
            fetch.arg("--atomic");
        }
        let sign = if plan.force { "+" } else { "" };
        if plan.all_branches {
            if plan.force {
                fetch.arg("--prune");
            }
            fetch.args(["--", "upstream"]);
            fetch.args(["heads", "tags"].map(|kind| format!("{sign}refs/{kind}/*:refs/{kind}/*")));
        } else {
            let Some(branch) = default_branch else { return Ok(()) };
            fetch.args(["--", "upstream"]).arg(format!("{sign}{branch}:{branch}"));
        }
        self.run_under(lease, &mut fetch, &settings.hidden).await.map(drop)
    }

    fn command_in(&self, repository: &Path, settings: &Settings) -> Command {
        let mut command = self.command();
        command.arg("--git-dir").arg(repository);
        environment::settings(&mut command, &settings.config);
        for (name, value) in &settings.variables {
            command.env(name, value);
        }
        command
    }
}

/// What one source needs in git's environment.
struct Settings {
    config: Vec<(String, String)>,
    variables: Vec<(&'static str, OsString)>,
    hidden: Hidden,
}

impl Settings {
    fn new(source: &Source, credentials: Option<&Credentials>) -> Result<Self, GitError> {
        let (address, variables, scope) = match source {
            Source::Remote(address) => {
                let url = checked_address(address)?;
                let scope = url.origin().ascii_serialization();
                (url.to_string(), Vec::new(), Some(scope))
            }
            Source::Local(path) => {
                let Some(path) = path.to_str() else {
                    return Err(GitError::Refused("the path of the local upstream is not UTF-8; move it"));
                };
                (path.to_owned(), vec![("GIT_ALLOW_PROTOCOL", OsString::from("file"))], None)
            }
        };
        let config = vec![("remote.upstream.url".to_owned(), address)];
        let mut settings = Self { config, variables, hidden: Hidden::new(credentials) };
        if let (Some(credentials), Some(scope)) = (credentials, scope) {
            // The helper answers for the source's own host alone: a redirect to another one gets nothing.
            settings.config.push((format!("credential.{scope}.helper"), HELPER.to_owned()));
            settings.variables.push(("EMULATOR_MIRROR_USERNAME", variable(credentials.username.bytes())?));
            settings.variables.push(("EMULATOR_MIRROR_PASSWORD", variable(credentials.password.bytes())?));
        }
        Ok(settings)
    }
}

/// Lets http and https addresses through and nothing that git could take for an option or another transport.
fn checked_address(address: &str) -> Result<Url, GitError> {
    let refused = GitError::Refused("the mirror source is not an http or https address; set its url");
    let Ok(url) = Url::parse(address) else { return Err(refused) };
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refused);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(GitError::Refused("the mirror source's address holds a user name; send it with the start instead"));
    }
    Ok(url)
}

/// A line break would let a user name pass for a password, or end the answer to git early.
fn variable(bytes: &[u8]) -> Result<OsString, GitError> {
    if bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r' | 0)) {
        return Err(GitError::Refused(
            "the user name or the password holds a line break or a zero byte; git cannot take it",
        ));
    }
    #[cfg(unix)]
    let text = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).to_owned();
    #[cfg(not(unix))]
    let text = OsString::from(String::from_utf8_lossy(bytes).into_owned());
    Ok(text)
}

fn symbolic_head(answer: &str) -> Option<String> {
    answer.lines().find_map(|line| Some(line.strip_prefix("ref: ")?.strip_suffix("\tHEAD")?.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[test]
    fn only_http_and_https_addresses_pass() {
        for refused in [
            "--upload-pack=touch /tmp/x",
            "-http://a",
            "ext::sh -c id",
            "file:///etc",
            "/etc",
            "ssh://a/b",
            "http://",
            "https://a:b@host/c.git",
            "https://a@host/c.git",
            "https://:b@host/c.git",
            "http::http://a",
        ] {
            assert!(checked_address(refused).is_err(), "{refused}");
        }
        assert!(checked_address("https://git.example.com/team/project.git").is_ok());
    }

    #[test]
    fn the_default_branch_is_read_from_the_answer() {
        assert_eq!(symbolic_head("ref: refs/heads/trunk\tHEAD\n0123\tHEAD\n").unwrap(), "refs/heads/trunk");
        assert_eq!(symbolic_head("0123\tHEAD\n"), None);
    }

    #[test]
    fn line_breaks_in_credentials_are_refused() {
        assert!(variable(b"a\npassword=b").is_err());
        assert!(variable("pässword".as_bytes()).is_ok());
    }
}
