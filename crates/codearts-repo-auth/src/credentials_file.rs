//! The credentials file of the vendor's SDK.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::file;
use crate::ini::{Ini, LineError, ReferenceError};

/// The keys that the vendor's SDK knows.
const KEYS: [&str; 8] =
    ["ak", "sk", "security_token", "project_id", "domain_id", "iam_endpoint", "idp_id", "id_token_file"];

/// The sections of a credentials file. Its values are secrets and never shown.
pub(super) struct CredentialsFile {
    path: PathBuf,
    ini: Ini,
}

/// What is wrong with a credentials file. It names the line and never shows a value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsFileError {
    /// The file could not be read.
    #[error("{0} could not be read")]
    Read(PathBuf, #[source] std::io::Error),
    /// A line is not valid.
    #[error("{path}, line {line}: {rule}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The rule that it breaks.
        rule: String,
    },
    /// A section or key is missing or not valid.
    #[error("{path}: {rule}")]
    Content {
        /// The file.
        path: PathBuf,
        /// The rule that it breaks.
        rule: String,
    },
}

impl CredentialsFileError {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Read(..) => "check the path and the permissions of the file",
            Self::Line { .. } => "fix the line",
            Self::Content { .. } => "set ak and sk, or idp_id and id_token_file, in the [section]",
        }
    }
}

impl CredentialsFile {
    pub(super) fn read(path: &Path) -> Result<Self, CredentialsFileError> {
        let text = file::read_text(path).map_err(|error| CredentialsFileError::Read(path.into(), error))?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, CredentialsFileError> {
        match Ini::parse(text) {
            Ok(ini) => Ok(Self { path: path.into(), ini }),
            Err((line, error)) => Err(CredentialsFileError::Line { path: path.into(), line, rule: rule(&error) }),
        }
    }

    pub(super) fn has(&self, section: &str) -> bool {
        self.ini.has(section)
    }

    /// A value that may be missing. An empty one is an error.
    pub(super) fn get(&self, section: &str, key: &str) -> Result<Option<Zeroizing<String>>, CredentialsFileError> {
        let wrong = |problem: &str| self.wrong(format!("{key} in {} {problem}", shown(section)));
        match self.ini.get(section, key) {
            Ok(Some(value)) if value.is_empty() => Err(wrong("is empty")),
            Ok(value) => Ok(value),
            Err(ReferenceError::Syntax) => Err(wrong("has a single %, which is written as %%")),
            Err(ReferenceError::Missing) => Err(wrong("refers to a key that does not exist")),
            Err(ReferenceError::Depth) => Err(wrong("has references that are nested too deep")),
        }
    }

    /// A value that is required.
    pub(super) fn need(&self, section: &str, key: &str) -> Result<Zeroizing<String>, CredentialsFileError> {
        if !self.has(section) {
            let known: Vec<String> = self.ini.sections().map(shown).collect();
            return Err(self.wrong(format!("there is no section {}; it has {}", shown(section), known.join(", "))));
        }
        self.get(section, key)?.ok_or_else(|| self.wrong(format!("{key} is missing in {}", shown(section))))
    }

    fn wrong(&self, rule: String) -> CredentialsFileError {
        CredentialsFileError::Content { path: self.path.clone(), rule }
    }
}

fn rule(error: &LineError) -> String {
    // A line without a key may look like one: Base64 ends with an equals sign.
    let named = |key: &str| if KEYS.contains(&key) { key.to_owned() } else { "a key".to_owned() };
    match error {
        LineError::Header => "a section is written as [name]".to_owned(),
        LineError::NotKeyValue => "a line is written as key = value".to_owned(),
        LineError::NoSection { key } => format!("{} comes before the first [section]", named(key)),
        LineError::DuplicateSection(name) => format!("duplicate section {}", shown(name)),
        LineError::DuplicateKey { key, section } => {
            let key =
                if KEYS.contains(&key.as_str()) { format!("duplicate key {key}") } else { "duplicate key".into() };
            format!("{key} in {}", shown(section))
        }
    }
}

/// A section in a message, which is one line.
pub(super) fn shown(section: &str) -> String {
    format!("[{}]", section.replace(char::is_control, " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<CredentialsFile, CredentialsFileError> {
        CredentialsFile::parse(Path::new("credentials"), text)
    }

    #[test]
    fn a_broken_file_names_the_line_and_no_secret() {
        for (text, message) in [
            ("[basic]\nak=1\nak=s3cr3t\n", "credentials, line 3: duplicate key ak in [basic]"),
            ("[a]\n[a]\n", "credentials, line 2: duplicate section [a]"),
            ("[a\u{7}b]\n[a\u{7}b]\n", "credentials, line 2: duplicate section [a b]"),
            ("[basic\n", "credentials, line 1: a section is written as [name]"),
            ("[basic]\ns3cr3t\n", "credentials, line 2: a line is written as key = value"),
            ("czNjcjN0LXM=\n", "credentials, line 1: a key comes before the first [section]"),
            ("[a]\nczNjcjN0LXM=\nczNjcjN0LXM=\n", "credentials, line 3: duplicate key in [a]"),
            ("ak=s3cr3t\n", "credentials, line 1: ak comes before the first [section]"),
        ] {
            let error = parse(text).err().expect(message).to_string();
            assert_eq!(error, message);
        }
        let file = parse("[basic]\nak=A\nsecurity_token=\nproject_id=s3cr3t%\n").expect("read");
        let error = |key| file.need("basic", key).expect_err("an error").to_string();
        assert_eq!(error("sk"), "credentials: sk is missing in [basic]");
        assert_eq!(error("security_token"), "credentials: security_token in [basic] is empty");
        assert_eq!(error("project_id"), "credentials: project_id in [basic] has a single %, which is written as %%");
        assert!(file.need("work", "ak").expect_err("missing").to_string().contains("it has [basic]"));
    }
}
