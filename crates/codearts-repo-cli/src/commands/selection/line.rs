//! One line of a list of repositories: an ID, an object with options, or a line of this program's own output.

use codearts_repo::{RepositoryId, SyncOptions};
use codearts_repo_client::internal::unique_json::{object, short};
use serde_json::{Map, Value};

use crate::login::Login;
use crate::values;

/// A line with a repository.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) repository: RepositoryId,
    /// Its name, if the service listed it.
    pub(super) name: Option<String>,
    /// When its content was last changed, as the service listed it.
    pub(super) updated_at: Option<String>,
    /// Whether its last synchronization failed, if the line says so.
    pub(super) failed: Option<bool>,
    force: Option<bool>,
    endpoint_uuid: Option<String>,
    /// Replaces that of the command.
    pub(super) login: Option<Login>,
}

/// The members of a line with options.
const OPTIONS: &str = "repository_id, force, endpoint_uuid, remote_username and remote_password";

impl Line {
    /// Reads a line; nothing for an empty line and a comment, which begins with `#`.
    ///
    /// The message for an invalid line repeats no value but a repository ID, because the others may be secrets.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, String> {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            return Ok(None);
        }
        if text.starts_with('{') {
            return Self::of_object(object(text)?).map(Some);
        }
        id(text).map(|repository| Some(repository.into()))
    }

    fn of_object(mut members: Map<String, Value>) -> Result<Self, String> {
        if !members.contains_key("repository_id") && members.contains_key("id") {
            return id_of(members.remove("id")).map(Self::from);
        }
        let repository = id_of(members.remove("repository_id"))?;
        if let Some(line) = Self::of_output(repository, &members)? {
            return Ok(line);
        }
        let force = match members.remove("force") {
            None => None,
            Some(Value::Bool(force)) => Some(force),
            Some(_) => return Err("force is not true or false".to_owned()),
        };
        let mut text = |name: &str| match members.remove(name) {
            None => Ok(None),
            // Most often the mistake of a script; see `--empty-remote-password`.
            Some(Value::String(text)) if text.trim().is_empty() => Err(format!("{name} is empty")),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("{name} is not a string")),
        };
        let endpoint_uuid = text("endpoint_uuid")?;
        let login = Login::of_line(text("remote_username")?, text("remote_password")?);
        if let Some(name) = members.keys().next() {
            return Err(format!("unknown member {:?}; known members are {OPTIONS}", short(name)));
        }
        Ok(Self { force, endpoint_uuid, login, ..repository.into() })
    }

    /// A line that `sync`, `verify`, `status` or `mirror show` printed; nothing for a line of another kind.
    fn of_output(repository: RepositoryId, members: &Map<String, Value>) -> Result<Option<Self>, String> {
        let text = |name: &str| members.get(name).map(|value| value.as_str().ok_or(format!("{name} is not a string")));
        let failed = if let Some(outcome) = text("outcome") {
            Some(is_failure(outcome?)?)
        } else if let Some(verdict) = text("verdict") {
            Some(!matches!(verdict?, "equal" | "skipped"))
        } else if let Some(problem) = members.get("problem") {
            Some(problem.as_bool().ok_or("problem is not true or false")?)
        } else if members.contains_key("mirroring_enabled") {
            None
        } else {
            return Ok(None);
        };
        Ok(Some(Self { failed, ..repository.into() }))
    }

    /// The same with what the service listed.
    pub(super) fn listed(self, name: Option<String>, updated_at: Option<String>) -> Self {
        Self { name, updated_at, ..self }
    }

    pub(super) const fn has_options(&self) -> bool {
        self.force.is_some() || self.endpoint_uuid.is_some() || self.login.is_some()
    }

    /// The command's options, overridden by those of the line.
    pub(super) fn options(self, command: &SyncOptions) -> SyncOptions {
        let mut options = command.clone();
        if let Some(force) = self.force {
            options = options.force_fetch(force);
        }
        if let Some(uuid) = self.endpoint_uuid {
            options = options.endpoint_uuid(uuid);
        }
        if let Some(credentials) = self.login.and_then(|login| login.for_service()) {
            options = options.remote_credentials(credentials);
        }
        options
    }
}

impl From<RepositoryId> for Line {
    fn from(repository: RepositoryId) -> Self {
        Self { repository, name: None, updated_at: None, failed: None, force: None, endpoint_uuid: None, login: None }
    }
}

fn id(text: &str) -> Result<RepositoryId, String> {
    values::repository(text).map_err(|invalid| invalid.what)
}

fn id_of(member: Option<Value>) -> Result<RepositoryId, String> {
    match member {
        Some(Value::String(text)) => id(&text),
        Some(Value::Number(number)) => id(&number.to_string()),
        _ => Err("missing repository_id".to_owned()),
    }
}

/// Whether `--only-failed` selects this outcome.
fn is_failure(outcome: &str) -> Result<bool, String> {
    match outcome {
        "failed" | "timed_out" | "not_started" | "stale" => Ok(true),
        "started" | "finished" | "skipped" | "verified" => Ok(false),
        _ => Err(format!("unknown outcome {:?}", short(outcome))),
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    fn line(text: &str) -> Line {
        Line::parse(text).expect("valid").expect("a line")
    }

    #[test]
    fn a_line_is_an_id_an_object_a_comment_or_empty() {
        for text in [
            " 123\r",
            r#"{"repository_id": 123, "force": false, "remote_password": "p"}"#,
            r#"{"repository_id": "123"}"#,
        ] {
            assert_eq!(line(text).repository.get(), 123);
        }
        for text in ["", "  ", "# 5", "\r"] {
            assert!(Line::parse(text).expect("valid").is_none());
        }
    }

    #[test]
    fn output_of_this_program_is_input() {
        let synced = line(r#"{"repository_id":5,"outcome":"failed","jid":"j","error":{"message":"m"}}"#);
        assert_eq!((synced.repository.get(), synced.failed), (5, Some(true)));
        assert_eq!(line(r#"{"repository_id":5,"outcome":"finished","jid":"j"}"#).failed, Some(false));
        assert_eq!(line(r#"{"repository_id":5,"verdict":"equal","counts":{"equal":2}}"#).failed, Some(false));
        assert_eq!(line(r#"{"repository_id":5,"verdict":"cannot_tell"}"#).failed, Some(true));
        assert_eq!(line(r#"{"repository_id":5,"state":"failed","problem":true}"#).failed, Some(true));
        assert_eq!(line(r#"{"repository_id":5,"state":"good","problem":false}"#).failed, Some(false));
        let shown = line(r#"{"repository_id":5,"endpoint_uuid":"","mirroring_enabled":false}"#);
        assert_eq!((shown.repository.get(), shown.failed), (5, None));
        assert_eq!(line(r#"{"id":7,"name":"web","more":[1]}"#).repository.get(), 7);
        assert_eq!(line(r#"{"id":"7"}"#).failed, None);
    }

    #[test]
    fn a_message_repeats_no_secret() {
        let above = codearts_repo_client::bounds::REPOSITORY_ID.end() + 1;
        let beyond = format!("{{\"repository_id\": {above}}}");
        let beyond = Line::parse(&beyond).expect_err("out of range");
        assert!(beyond.contains(&format!("repository id \"{above}\" is not a whole number")), "{beyond}");
        for (text, reason) in [
            ("0", "repository id \"0\" is not a whole number from "),
            ("5 6", "repository id \"5 6\" is not a whole number from "),
            ("0x10", "repository id \"0x10\" is not a whole number from "),
            ("{\"repository_id\": 1.5}", "repository id \"1.5\" is not a whole number"),
            ("{\"repository_id\": 1e2}", "repository id \"100.0\" is not a whole number"),
            ("{\"repository_id\": null}", "missing repository_id"),
            ("{\"remote_password\": \"s3cr3t\"}", "missing repository_id"),
            ("{\"repository_id\": 1, \"repository_id\": 2}", "duplicate member \"repository_id\""),
            ("{\"repository_id\": 1, \"force\": true, \"force\": true}", "duplicate member \"force\""),
            (
                "{\"repository_id\": 1, \"remote_password\": \"s3cr3t\", \"remote_password\": \"s3cr3t\"}",
                "duplicate member \"remote_password\"",
            ),
            ("{\"repository_id\": 1, \"force\": \"s3cr3t\"}", "force is not true or false"),
            ("{\"repository_id\": 1, \"remote_password\": [\"s3cr3t\"]}", "remote_password is not a string"),
            ("{\"repository_id\": 1, \"remote_password\": \"\"}", "remote_password is empty"),
            ("{\"repository_id\": 1, \"remote_username\": \"\"}", "remote_username is empty"),
            ("{\"repository_id\": 1, \"remote_password\": \" \\r\\n\"}", "remote_password is empty"),
            ("{\"repository_id\": 1, \"password\": \"s3cr3t\"}", "unknown member \"password\""),
            ("{\"repository_id\": 1, \"outcome\": \"lost\"}", "unknown outcome \"lost\""),
            ("{\"repository_id\": 1, \"remote_password\": \"s3cr3t", "invalid JSON at column"),
        ] {
            let error = Line::parse(text).expect_err(text);
            assert!(error.starts_with(reason) && !error.contains("s3cr3t"), "{error}");
        }
    }
}
