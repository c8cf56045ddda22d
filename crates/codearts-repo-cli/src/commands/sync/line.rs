//! One line of a list of repositories: a number, or a JSON object with options.

use codearts_repo::{RemoteCredentials, RepositoryId, SyncOptions};
use serde_json::{Map, Value};

/// A line that names a repository.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) repository: RepositoryId,
    force: Option<bool>,
    endpoint_uuid: Option<String>,
    credentials: Option<RemoteCredentials>,
}

impl Line {
    /// Reads a line; nothing for an empty one and for a comment, which begins with `#`.
    ///
    /// The reason for a refusal repeats no value but the number of a repository: the others may be secret.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<Self>, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?.trim();
        if text.is_empty() || text.starts_with('#') {
            return Ok(None);
        }
        if text.starts_with('{') {
            return Self::object(text).map(Some);
        }
        let repository: RepositoryId = text.parse().map_err(|error: codearts_repo::OutOfRange| error.to_string())?;
        Ok(Some(repository.into()))
    }

    fn object(text: &str) -> Result<Self, String> {
        let broken = |error: serde_json::Error| format!("it is not a JSON object, see column {}", error.column());
        let mut members: Map<String, Value> = serde_json::from_str(text).map_err(broken)?;
        let repository = match members.remove("repository_id") {
            Some(value @ (Value::Number(_) | Value::String(_))) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                text.parse().map_err(|error: codearts_repo::OutOfRange| error.to_string())?
            }
            _ => return Err("it has no repository_id, which is a whole number".to_owned()),
        };
        let force = match members.remove("force") {
            None => None,
            Some(Value::Bool(force)) => Some(force),
            Some(_) => return Err("force is neither true nor false".to_owned()),
        };
        let mut text = |name: &str| match members.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("{name} is not a text")),
        };
        let endpoint_uuid = text("endpoint_uuid")?;
        let credentials = match (text("remote_username")?, text("remote_password")?) {
            (Some(username), Some(password)) => Some(RemoteCredentials::new(username, password)),
            (Some(username), None) => Some(RemoteCredentials::username_only(username)),
            (None, Some(password)) => Some(RemoteCredentials::password_only(password)),
            (None, None) => None,
        };
        if let Some(name) = members.keys().next() {
            let name: String = name.chars().take(40).collect();
            return Err(format!(
                "it has an unknown member {name:?}; known are repository_id, force, endpoint_uuid, remote_username and \
                 remote_password"
            ));
        }
        Ok(Self { repository, force, endpoint_uuid, credentials })
    }

    /// The options of the command, and in their place those of the line.
    pub(super) fn options(self, command: &SyncOptions) -> SyncOptions {
        let mut options = command.clone();
        if let Some(force) = self.force {
            options = options.force_fetch(force);
        }
        if let Some(uuid) = self.endpoint_uuid {
            options = options.endpoint_uuid(uuid);
        }
        if let Some(credentials) = self.credentials {
            options = options.remote_credentials(credentials);
        }
        options
    }
}

impl From<RepositoryId> for Line {
    fn from(repository: RepositoryId) -> Self {
        Self { repository, force: None, endpoint_uuid: None, credentials: None }
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    fn id(text: &str) -> Option<u32> {
        Line::parse(text.as_bytes()).expect("a line").map(|line| line.repository.get())
    }

    #[test]
    fn a_line_is_a_number_an_object_a_comment_or_empty() {
        assert_eq!(id(" 123\r"), Some(123));
        assert_eq!(id(r#"{"repository_id": 5, "force": false, "remote_password": "p"}"#), Some(5));
        assert_eq!(id(r#"{"repository_id": "5"}"#), Some(5));
        for text in ["", "  ", "# 5", "\r"] {
            assert_eq!(id(text), None);
        }
    }

    #[test]
    fn a_bad_line_tells_why_and_no_secret() {
        for (text, reason) in [
            ("0", "repository id \"0\" is not a whole number from 1 to 2147483647"),
            ("5 6", "repository id \"5 6\" is not a whole number from 1 to 2147483647"),
            ("{\"repository_id\": 2147483648}", "repository id \"2147483648\" is not a whole number"),
            ("{\"repository_id\": 1.5}", "repository id \"1.5\" is not a whole number"),
            ("{\"repository_id\": null}", "it has no repository_id"),
            ("{\"remote_password\": \"s3cr3t\"}", "it has no repository_id"),
            ("{\"repository_id\": 1, \"force\": \"s3cr3t\"}", "force is neither true nor false"),
            ("{\"repository_id\": 1, \"remote_password\": [\"s3cr3t\"]}", "remote_password is not a text"),
            ("{\"repository_id\": 1, \"password\": \"s3cr3t\"}", "it has an unknown member \"password\""),
            ("{\"repository_id\": 1, \"remote_password\": \"s3cr3t", "it is not a JSON object, see column"),
        ] {
            let error = Line::parse(text.as_bytes()).expect_err(text);
            assert!(error.starts_with(reason) && !error.contains("s3cr3t"), "{error}");
        }
        assert_eq!(Line::parse(b"\xff").expect_err("bytes"), "it is not UTF-8 text");
    }
}
