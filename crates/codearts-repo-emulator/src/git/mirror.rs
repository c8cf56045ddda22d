//! Mirroring: from a source into a bare repository.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tokio::process::Command;
use url::Url;

use super::command::Session;
use super::group::ProcessGroup;
use super::lock::RepositoryLock;
use super::redact::Redactor;
use super::{Credentials, Git, GitError, environment, is_ref_name};

/// Reads the credentials from its own environment. `printf` is built into the shell, so they appear in no arguments.
const CREDENTIAL_HELPER: &str = "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \
                                 \"$EMULATOR_MIRROR_USERNAME\" \"$EMULATOR_MIRROR_PASSWORD\"; }; f";

/// How many refs a partial synchronization fetches at most: all of them are arguments of one command.
const MAX_PARTIAL: usize = 1000;

/// Where a mirror is fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remote {
    /// An address from the API or from the owner; only http and https are accepted.
    Url(String),
    /// A folder on this machine, which only the owner can set.
    Path(PathBuf),
}

/// What a synchronization fetches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FetchOptions {
    /// All branches and tags, or the default branch alone.
    pub(crate) all_branches: bool,
    /// Accepts rewritten history, and deletes what was deleted in the source.
    pub(crate) force: bool,
    /// Leaves out every second changed ref, beginning with the default branch.
    pub(crate) partial: bool,
}

impl Git {
    /// Fetches from the remote into the repository, within the timeout. A failure changes no ref.
    pub(crate) async fn mirror(
        &self,
        repository: &Path,
        remote: &Remote,
        credentials: Option<&Credentials>,
        options: FetchOptions,
    ) -> Result<(), GitError> {
        let work = self.fetch(repository, remote, credentials, options);
        tokio::time::timeout(self.timeout, work).await.unwrap_or(Err(GitError::TimedOut(self.timeout)))
    }

    async fn fetch(
        &self,
        repository: &Path,
        remote: &Remote,
        credentials: Option<&Credentials>,
        options: FetchOptions,
    ) -> Result<(), GitError> {
        let settings = Settings::new(remote, credentials)?;
        let lock = RepositoryLock::acquire(repository).await.map_err(GitError::Io)?;
        let group = ProcessGroup::start(&self.groups).map_err(GitError::NotStarted)?;
        lock.note(group.id()).map_err(GitError::Io)?;
        let session = Session { lock, group, redactor: Redactor::new(credentials) };
        let fetch = Fetch { git: self, repository, settings: &settings, session: &session };
        let outcome = fetch.run(options).await;
        let Session { lock, group, .. } = session;
        group.end().await;
        outcome?;
        lock.release().map_err(GitError::Io)
    }
}

/// One synchronization of one repository.
struct Fetch<'run> {
    git: &'run Git,
    repository: &'run Path,
    settings: &'run Settings,
    session: &'run Session,
}

impl Fetch<'_> {
    async fn run(&self, options: FetchOptions) -> Result<(), GitError> {
        let mut query = self.command();
        query.args(["ls-remote", "--quiet", "--symref", "--end-of-options", "upstream", "HEAD"]);
        if options.partial {
            query.args(["refs/heads/*", "refs/tags/*"]);
        }
        let answer = self.git.run_in(self.session, &mut query).await?;
        let answer = String::from_utf8_lossy(&answer);
        let default_branch = default_branch(&answer)?;
        if !options.all_branches && default_branch.is_none() && !answer.is_empty() {
            return Err(GitError::Refused("the source has no default branch; synchronize all branches instead"));
        }
        if options.partial {
            return self.fetch_half(&answer, default_branch, options.force).await;
        }
        match self.fetch_refs(default_branch, options, true).await {
            // A branch that became a folder of branches, or the other way round, cannot change in one step. All objects
            // have arrived by now, so the second attempt only moves the refs.
            Err(GitError::RefConflict(_)) if options.force => self.fetch_refs(default_branch, options, false).await?,
            other => other?,
        }
        if let Some(branch) = default_branch {
            let mut command = self.command();
            command.args(["symbolic-ref", "--end-of-options", "HEAD", branch]);
            self.git.run_in(self.session, &mut command).await?;
        }
        Ok(())
    }

    async fn fetch_refs(
        &self,
        default_branch: Option<&str>,
        options: FetchOptions,
        atomic: bool,
    ) -> Result<(), GitError> {
        let mut command = self.fetch_command();
        if atomic {
            command.arg("--atomic");
        }
        let sign = if options.force { "+" } else { "" };
        if options.all_branches {
            if options.force {
                command.arg("--prune");
            }
            command.args(["--end-of-options", "upstream"]);
            command.args(["heads", "tags"].map(|kind| format!("{sign}refs/{kind}/*:refs/{kind}/*")));
        } else {
            let Some(branch) = default_branch else { return Ok(()) };
            command.args(["--end-of-options", "upstream"]).arg(format!("{sign}{branch}:{branch}"));
        }
        self.git.run_in(self.session, &mut command).await.map(drop)
    }

    /// Fetches half of the refs that changed, as a fault requested.
    async fn fetch_half(&self, remote: &str, default_branch: Option<&str>, force: bool) -> Result<(), GitError> {
        let mut query = self.command();
        query.args(["for-each-ref", "--format=%(objectname)%09%(refname)", "--end-of-options"]);
        query.args(["refs/heads/", "refs/tags/"]);
        let local = self.git.run_in(self.session, &mut query).await?;
        let local = String::from_utf8_lossy(&local);
        let chosen = half_of_changed(remote, &local, default_branch);
        if chosen.is_empty() {
            return Ok(());
        }
        let sign = if force { "+" } else { "" };
        let mut command = self.fetch_command();
        command.args(["--atomic", "--end-of-options", "upstream"]);
        command.args(chosen.iter().map(|name| format!("{sign}{name}:{name}")));
        self.git.run_in(self.session, &mut command).await.map(drop)
    }

    fn fetch_command(&self) -> Command {
        let mut command = self.command();
        // Writing progress messages ends a git whose emulator has ended.
        command.args(["fetch", "--progress", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"]);
        command
    }

    fn command(&self) -> Command {
        let mut command = self.git.command();
        command.arg("--git-dir").arg(self.repository);
        environment::set_config(&mut command, &self.settings.config);
        for (name, value) in &self.settings.variables {
            command.env(name, value);
        }
        command
    }
}

/// What one source adds to git's environment.
struct Settings {
    config: Vec<(String, String)>,
    variables: Vec<(&'static str, OsString)>,
}

impl Settings {
    fn new(remote: &Remote, credentials: Option<&Credentials>) -> Result<Self, GitError> {
        let (address, variables, scope) = match remote {
            Remote::Url(address) => {
                let url = checked_url(address)?;
                let scope = url.origin().ascii_serialization();
                (url.to_string(), Vec::new(), Some(scope))
            }
            Remote::Path(path) => {
                let Some(path) = path.to_str() else {
                    return Err(GitError::Refused("the path of the local upstream is not UTF-8; rename it"));
                };
                (path.to_owned(), vec![("GIT_ALLOW_PROTOCOL", OsString::from("file"))], None)
            }
        };
        let config = vec![("remote.upstream.url".to_owned(), address)];
        let mut settings = Self { config, variables };
        if let (Some(credentials), Some(scope)) = (credentials, scope) {
            // The helper answers for the source's own origin only, so a redirect to another host gets nothing.
            settings.config.push((format!("credential.{scope}.helper"), CREDENTIAL_HELPER.to_owned()));
            settings.variables.push(("EMULATOR_MIRROR_USERNAME", variable(credentials.username.bytes())?));
            settings.variables.push(("EMULATOR_MIRROR_PASSWORD", variable(credentials.password.bytes())?));
        }
        Ok(settings)
    }
}

/// Accepts http and https addresses, and nothing that git could take for an option or for another transport.
fn checked_url(address: &str) -> Result<Url, GitError> {
    let refused = GitError::Refused("the mirror source is not an http or https address; set its url");
    let Ok(url) = Url::parse(address) else { return Err(refused) };
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(refused);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(GitError::Refused("the mirror source's address has a user name; send it with the start instead"));
    }
    Ok(url)
}

/// A line break would add another line to the answer to git, such as a password, or end it early.
fn variable(bytes: &[u8]) -> Result<OsString, GitError> {
    if bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r' | 0)) {
        return Err(GitError::Refused(
            "the user name or the password has a line break or a zero byte; git cannot use it",
        ));
    }
    #[cfg(unix)]
    let text = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).to_owned();
    #[cfg(not(unix))]
    let text = OsString::from(String::from_utf8_lossy(bytes).into_owned());
    Ok(text)
}

/// The branch that the source's HEAD names, if it names one. The source chose the name, so it is checked.
fn default_branch(answer: &str) -> Result<Option<&str>, GitError> {
    let head = answer.lines().find_map(|line| line.strip_prefix("ref: ")?.strip_suffix("\tHEAD"));
    match head {
        Some(name) if !(name.starts_with("refs/heads/") && is_ref_name(name)) => {
            Err(GitError::Refused("the HEAD of the source does not name a branch; set its default branch"))
        }
        head => Ok(head),
    }
}

/// Every second ref that differs between two lists, without the first one. The default branch comes first.
fn half_of_changed<'list>(remote: &'list str, local: &'list str, default_branch: Option<&str>) -> Vec<&'list str> {
    let refs = |list: &'list str| list.lines().filter_map(|line| line.split_once('\t')).map(|(id, name)| (name, id));
    let local: HashMap<&str, &str> = refs(local).collect();
    let mut changed: Vec<&str> = refs(remote)
        .filter(|(name, id)| name.starts_with("refs/") && is_ref_name(name) && local.get(name) != Some(id))
        .map(|(name, _)| name)
        .collect();
    changed.sort_unstable_by_key(|name| (Some(*name) != default_branch, *name));
    changed.into_iter().skip(1).step_by(2).take(MAX_PARTIAL).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[test]
    fn only_http_and_https_addresses_are_accepted() {
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
            assert!(checked_url(refused).is_err(), "{refused}");
        }
        assert!(checked_url("https://git.example.com/team/project.git").is_ok());
    }

    #[test]
    fn the_default_branch_is_read_from_the_answer() {
        for (answer, branch) in [
            ("ref: refs/heads/trunk\tHEAD\n0123\tHEAD\n", Some("refs/heads/trunk")),
            ("ref: refs/heads/-d\tHEAD\n", Some("refs/heads/-d")),
            ("0123\tHEAD\n", None),
            ("", None),
        ] {
            assert_eq!(default_branch(answer).unwrap(), branch, "{answer}");
        }
    }

    #[test]
    fn a_head_that_names_no_branch_is_refused() {
        for name in
            ["-d", "--short", "-h", "-m", "main", "refs/tags/v1", "refs/heads/", "refs/heads/a b", "refs/heads/a..b"]
        {
            assert!(default_branch(&format!("ref: {name}\tHEAD\n")).is_err(), "{name}");
        }
    }

    #[test]
    fn half_of_the_changed_refs_leaves_out_the_default_branch() {
        let remote = "ref: refs/heads/main\tHEAD\n1\tHEAD\n1\trefs/heads/main\n2\trefs/heads/a\n3\trefs/tags/v1\n4\trefs/tags/v1^{}\n5\trefs/tags/v2\n";
        let main = Some("refs/heads/main");
        assert_eq!(half_of_changed(remote, "", main), ["refs/heads/a", "refs/tags/v2"]);
        assert_eq!(half_of_changed(remote, "1\trefs/heads/main\n", main), ["refs/tags/v1"]);
        assert_eq!(half_of_changed("1\trefs/heads/main\n", "", main), [""; 0]);
    }

    #[test]
    fn line_breaks_in_credentials_are_refused() {
        assert!(variable(b"a\npassword=b").is_err());
        assert!(variable("pässword".as_bytes()).is_ok());
    }
}
