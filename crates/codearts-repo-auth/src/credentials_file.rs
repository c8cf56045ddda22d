//! The credentials file of the vendor's SDK: INI with sections, `key = value` or `key: value`, and whole-line comments.
//! Values over several lines and a `[DEFAULT]` section, which Python's configparser knows too, are not read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// The keys that the vendor's SDK knows.
const KEYS: [&str; 8] =
    ["ak", "sk", "security_token", "project_id", "domain_id", "iam_endpoint", "idp_id", "id_token_file"];

/// The sections of a credentials file. Its values are secrets and never shown.
pub(super) struct CredentialsFile {
    path: PathBuf,
    sections: BTreeMap<String, BTreeMap<String, Zeroizing<String>>>,
}

/// What is wrong with a credentials file. It names the line and nothing of a value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsFileError {
    /// The file could not be read.
    #[error("{0} could not be read")]
    Read(PathBuf, #[source] std::io::Error),
    /// A line is neither a section, a key with its value, a comment, nor empty.
    #[error("{path}, line {line}: {rule}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The rule that it breaks.
        rule: String,
    },
    /// A section that was asked for is not there, or lacks a key.
    #[error("{path}: {rule}")]
    Content {
        /// The file.
        path: PathBuf,
        /// The rule that it breaks.
        rule: String,
    },
}

impl CredentialsFile {
    pub(super) fn read(path: &Path) -> Result<Self, CredentialsFileError> {
        let text = std::fs::read_to_string(path).map_err(|error| CredentialsFileError::Read(path.into(), error))?;
        Self::parse(path, &Zeroizing::new(text))
    }

    fn parse(path: &Path, text: &str) -> Result<Self, CredentialsFileError> {
        let mut file = Self { path: path.into(), sections: BTreeMap::new() };
        let mut section: Option<String> = None;
        for (index, raw) in text.lines().enumerate() {
            let wrong = |rule: String| CredentialsFileError::Line { path: path.into(), line: index + 1, rule };
            let line = raw.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            if let Some(rest) = line.strip_prefix('[') {
                let name = rest.strip_suffix(']').ok_or_else(|| wrong("a section is written as [name]".into()))?;
                if file.sections.insert(name.into(), BTreeMap::new()).is_some() {
                    return Err(wrong(format!("the section {} stands twice; keep one", shown(name))));
                }
                section = Some(name.into());
                continue;
            }
            let (key, value) =
                line.split_once(['=', ':']).ok_or_else(|| wrong("a line is written as key = value".into()))?;
            let key = key.trim().to_lowercase();
            // A line that lacks its key may look like one: Base64 ends with an equals sign.
            let known = if KEYS.contains(&key.as_str()) { key.as_str() } else { "a key" };
            let name =
                section.as_ref().ok_or_else(|| wrong(format!("{known} stands in front of the first [section]")))?;
            let keys = file.sections.entry(name.clone()).or_default();
            if keys.insert(key.clone(), Zeroizing::new(value.trim().to_owned())).is_some() {
                return Err(wrong(format!("{known} stands twice in {}; keep one", shown(name))));
            }
        }
        Ok(file)
    }

    pub(super) fn has(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }

    /// A value that may be missing. An empty one is an error.
    pub(super) fn get(&self, section: &str, key: &str) -> Result<Option<&str>, CredentialsFileError> {
        match self.sections.get(section).and_then(|keys| keys.get(key)) {
            Some(value) if value.is_empty() => {
                let section = shown(section);
                Err(self.wrong(format!("{key} in {section} is empty; give it a value or take the line out")))
            }
            value => Ok(value.map(|value| value.as_str())),
        }
    }

    /// A value that has to be there.
    pub(super) fn need(&self, section: &str, key: &str) -> Result<&str, CredentialsFileError> {
        if !self.has(section) {
            let known: Vec<String> = self.sections.keys().map(|name| shown(name)).collect();
            return Err(self.wrong(format!("there is no section {}; it has {}", shown(section), known.join(", "))));
        }
        self.get(section, key)?
            .ok_or_else(|| self.wrong(format!("{key} is missing in {}; an access key has ak and sk", shown(section))))
    }

    fn wrong(&self, rule: String) -> CredentialsFileError {
        CredentialsFileError::Content { path: self.path.clone(), rule }
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
    fn sections_keys_and_comments_are_read() {
        let file = parse("# a comment\n; another\n[basic]\nak = AK\nSK=s=k\nproject_id: p\r\n\n[work]\nak=W\nsk=X\n")
            .expect("read");
        assert_eq!(file.need("basic", "ak").expect("ak"), "AK");
        assert_eq!(file.need("basic", "sk").expect("sk"), "s=k");
        assert_eq!(file.get("basic", "project_id").expect("project"), Some("p"));
        assert_eq!(file.get("basic", "security_token").expect("none"), None);
        assert!(file.has("work") && !file.has("global"));
    }

    #[test]
    fn a_broken_file_names_the_line_and_no_secret() {
        for (text, message) in [
            ("[basic]\nak=1\nak=s3cr3t\n", "credentials, line 3: ak stands twice in [basic]; keep one"),
            ("[a]\n[a]\n", "credentials, line 2: the section [a] stands twice; keep one"),
            ("[a\u{7}b]\n[a\u{7}b]\n", "credentials, line 2: the section [a b] stands twice; keep one"),
            ("[basic\n", "credentials, line 1: a section is written as [name]"),
            ("[basic]\ns3cr3t\n", "credentials, line 2: a line is written as key = value"),
            ("czNjcjN0LXM=\n", "credentials, line 1: a key stands in front of the first [section]"),
            ("[a]\nczNjcjN0LXM=\nczNjcjN0LXM=\n", "credentials, line 3: a key stands twice in [a]; keep one"),
            ("ak=s3cr3t\n", "credentials, line 1: ak stands in front of the first [section]"),
        ] {
            let error = parse(text).err().expect(message).to_string();
            assert_eq!(error, message);
        }
        let file = parse("[basic]\nak=A\nsecurity_token=\n").expect("read");
        assert_eq!(
            file.need("basic", "sk").expect_err("missing").to_string(),
            "credentials: sk is missing in [basic]; an access key has ak and sk"
        );
        assert!(file.get("basic", "security_token").expect_err("empty").to_string().contains("is empty"));
        assert!(file.need("work", "ak").expect_err("missing").to_string().contains("it has [basic]"));
    }
}
