//! The configuration file: TOML, with settings for all and profiles beside them. It holds no secrets.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use toml::de::{DeTable, DeValue};

use super::table::{ALL, Key};
use crate::failure::Failure;
use crate::secrets;

/// The variable that names the file.
pub(crate) const CONFIG: &str = "CODEARTS_REPO_CONFIG";

const PROFILES: &str = "profiles";

/// A value of the file, and the line that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) line: usize,
}

type Entries = BTreeMap<&'static str, Entry>;

/// What the file says. One that is not there says nothing.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) exists: bool,
    defaults: Entries,
    profiles: BTreeMap<String, Entries>,
}

impl File {
    /// Reads the file of this flag, of the variable, or of the user's configuration folder. Only the last one need not
    /// be there.
    pub(crate) fn find(flag: Option<&Path>) -> Result<Self, Failure> {
        let (path, named) = place(flag)?;
        match std::fs::read(&path) {
            Ok(bytes) => Self::parse(path, &bytes),
            Err(error) if !named && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Ok(Self { path, ..Self::default() })
            }
            Err(error) => Err(Failure::usage(
                format!("the configuration file {} cannot be read: {error}", path.display()),
                format!("name another one with --config or {CONFIG}"),
            )),
        }
    }

    fn parse(path: PathBuf, bytes: &[u8]) -> Result<Self, Failure> {
        let wrong = |line: usize, what: &str, next: &str| {
            Failure::usage(format!("{}, line {line}: {what}", path.display()), next)
        };
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                return Err(wrong(line, "it is not UTF-8 text", "save the file as UTF-8"));
            }
        };
        let line = |at: usize| 1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
        // The parser's own report would repeat the line, which may be a misplaced secret.
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            wrong(line(at), &format!("it is not TOML: {}", error.message()), "correct the line")
        })?;
        let refuse = |at: usize, (what, next): (String, String)| wrong(line(at), &what, &next);
        let mut file = Self { path: path.clone(), exists: true, ..Self::default() };
        for (name, value) in table.get_ref() {
            let at = name.span().start;
            if name.get_ref() != PROFILES {
                let key = known(name.get_ref()).map_err(|reason| refuse(at, reason))?;
                let text = text_of(key, value.get_ref()).map_err(|reason| refuse(at, reason))?;
                file.defaults.insert(key.name, Entry { text, line: line(at) });
                continue;
            }
            let no_table =
                || ("profiles is not a table".to_owned(), "write [profiles.NAME] and its keys below".to_owned());
            for (name, profile) in value.get_ref().as_table().ok_or_else(|| refuse(at, no_table()))? {
                let at = name.span().start;
                let mut entries = Entries::new();
                for (name, value) in profile.get_ref().as_table().ok_or_else(|| refuse(at, no_table()))? {
                    let at = name.span().start;
                    let key = known(name.get_ref()).map_err(|reason| refuse(at, reason))?;
                    if key.name == super::table::PROFILE.name {
                        let what = "a profile names no other profile".to_owned();
                        return Err(refuse(at, (what, "write profile above the first [profiles.NAME]".to_owned())));
                    }
                    let text = text_of(key, value.get_ref()).map_err(|reason| refuse(at, reason))?;
                    entries.insert(key.name, Entry { text, line: line(at) });
                }
                file.profiles.insert(name.get_ref().to_string(), entries);
            }
        }
        Ok(file)
    }

    /// What the file says for all profiles.
    pub(crate) fn of_all(&self, key: &Key) -> Option<&Entry> {
        self.defaults.get(key.name)
    }

    /// What a profile says.
    pub(crate) fn of_profile(&self, profile: &str, key: &Key) -> Option<&Entry> {
        self.profiles.get(profile)?.get(key.name)
    }

    /// Makes sure that there is this profile.
    pub(crate) fn need(&self, profile: &str, origin: &str) -> Result<(), Failure> {
        if self.profiles.contains_key(profile) {
            return Ok(());
        }
        let path = self.path.display();
        let what = if self.exists {
            let names: Vec<&str> = self.profiles.keys().map(String::as_str).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            format!("{origin}: there is no profile {profile:?} in {path}; it has {names}")
        } else {
            format!("{origin}: there is no profile {profile:?}, because {path} does not exist")
        };
        let next = "add [profiles.NAME] to the file, or give --credentials-section for a section of the SDK's \
                    credentials file";
        Err(Failure::usage(what, next))
    }
}

/// The path of the file, and whether somebody named it.
pub(crate) fn place(flag: Option<&Path>) -> Result<(PathBuf, bool), Failure> {
    if let Some(path) = flag {
        return Ok((path.to_owned(), true));
    }
    if let Some(path) = secrets::setting(CONFIG)? {
        return Ok((path.into(), true));
    }
    // `~/.config` on macOS too, as command lines have it there.
    let folder = etcetera::choose_base_strategy().map(|folders| folders.config_dir()).unwrap_or_default();
    // Without a home it is no file of whatever folder the caller is in: that may be somebody else's.
    let folder = Path::new("/").join(folder);
    Ok((folder.join("codearts-repo").join("config.toml"), false))
}

/// The setting of this name, or what is wrong with the name and what to do about it.
fn known(name: &str) -> Result<&'static Key, (String, String)> {
    if let Some(key) = ALL.iter().find(|key| key.name == name) {
        return Ok(key);
    }
    if let Some(variable) = variable_of_secret(name) {
        return Err((format!("{name} is a secret, and this file holds none"), format!("set {variable} in its place")));
    }
    // What stands where a key is expected may be anything.
    let shown = if name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
        format!("unknown key {name}")
    } else {
        "unknown key".to_owned()
    };
    let nearest = ALL.iter().map(|key| (strsim::jaro_winkler(name, key.name), key.name));
    let nearest = nearest.filter(|(likeness, _)| *likeness > 0.75).max_by(|one, other| one.0.total_cmp(&other.0));
    let next = match nearest {
        Some((_, nearest)) => format!("did you mean {nearest}?"),
        None => {
            let names: Vec<&str> = ALL.iter().map(|key| key.name).collect();
            format!("write one of {}, or [profiles.NAME]", names.join(", "))
        }
    };
    Err((shown, next))
}

/// The variable for what looks like the name of a secret.
fn variable_of_secret(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase().replace('_', "-");
    let has = |part: &str| name.contains(part);
    Some(match name.as_str() {
        "ak" => "HUAWEICLOUD_SDK_AK",
        "sk" => "HUAWEICLOUD_SDK_SK",
        _ if has("security-token") => "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        _ if has("token-file") => "CODEARTS_REPO_TOKEN_FILE",
        _ if has("token") => "CODEARTS_REPO_TOKEN",
        _ if has("password") && (has("user") || has("iam")) && !has("remote") => "HW_USER_PASSWORD",
        _ if has("passw") || has("passphrase") => secrets::REMOTE_PASSWORD,
        _ if has("secret") => "HUAWEICLOUD_SDK_SK",
        _ if has("access-key") || has("accesskey") => "HUAWEICLOUD_SDK_AK",
        _ => return None,
    })
}

/// The value as text, if it has the form that the setting asks for.
fn text_of(key: &Key, value: &DeValue<'_>) -> Result<String, (String, String)> {
    let quoted = key.example.starts_with('"');
    match value {
        DeValue::String(text) if quoted && !text.is_empty() => Ok(text.to_string()),
        DeValue::Boolean(switch) if !quoted && key.example.parse::<bool>().is_ok() => Ok(switch.to_string()),
        DeValue::Integer(number) if !quoted && key.example.parse::<u64>().is_ok() => Ok(number.as_str().to_owned()),
        _ => Err((format!("{} has no such value", key.name), format!("write {} = {}", key.name, key.example))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{CONCURRENCY, REGION, TIMEOUT, TOKEN_CACHE};
    use super::*;

    fn parse(text: &str) -> Result<File, String> {
        File::parse("config.toml".into(), text.as_bytes()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn settings_for_all_and_profiles_are_read_with_their_lines() {
        let text =
            "region = \"cn-north-4\"\nconcurrency = 10\n\n[profiles.work]\ntimeout = '30m'\ntoken-cache = false\n";
        let file = parse(text).expect("good");
        let entry = |text: &str, line| Some(Entry { text: text.to_owned(), line });
        assert_eq!(file.of_all(&REGION).cloned(), entry("cn-north-4", 1));
        assert_eq!(file.of_all(&CONCURRENCY).cloned(), entry("10", 2));
        assert_eq!(file.of_profile("work", &TIMEOUT).cloned(), entry("30m", 5));
        assert_eq!(file.of_profile("work", &TOKEN_CACHE).cloned(), entry("false", 6));
        assert_eq!((file.of_profile("work", &REGION), file.of_profile("none", &TIMEOUT)), (None, None));
        assert_eq!(parse("").expect("empty").of_all(&REGION), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_next_step_and_no_secret() {
        for (text, message) in [
            ("regoin = \"x\"", "config.toml, line 1: unknown key regoin; did you mean region?"),
            (
                "\n[profiles.a]\niam_endpoint = \"x\"",
                "config.toml, line 3: unknown key iam_endpoint; did you mean iam-endpoint?",
            ),
            ("zzz = 1", "config.toml, line 1: unknown key zzz; write one of profile, region, "),
            ("\"s3cr3t and more\" = 1", "config.toml, line 1: unknown key; write one of "),
            (
                "token = \"s3cr3t\"",
                "config.toml, line 1: token is a secret, and this file holds none; set CODEARTS_REPO_TOKEN in its place",
            ),
            (
                "remote-password = \"s3cr3t\"",
                "config.toml, line 1: remote-password is a secret, and this file holds none; set CODEARTS_REPO_REMOTE_PASSWORD in its place",
            ),
            (
                "[profiles.x]\nsk = \"s3cr3t\"",
                "config.toml, line 2: sk is a secret, and this file holds none; set HUAWEICLOUD_SDK_SK in its place",
            ),
            (
                "secret_access_key = \"s3cr3t\"",
                "config.toml, line 1: secret_access_key is a secret, and this file holds none; set HUAWEICLOUD_SDK_SK in its place",
            ),
            ("region = 5", "config.toml, line 1: region has no such value; write region = \"cn-north-4\""),
            ("region = \"\"", "config.toml, line 1: region has no such value; write region = \"cn-north-4\""),
            (
                "token-cache = \"s3cr3t\"",
                "config.toml, line 1: token-cache has no such value; write token-cache = false",
            ),
            ("concurrency = \"10\"", "config.toml, line 1: concurrency has no such value; write concurrency = 10"),
            ("profiles = 1", "config.toml, line 1: profiles is not a table; write [profiles.NAME] and its keys below"),
            (
                "[profiles.x]\nprofile = \"y\"",
                "config.toml, line 2: a profile names no other profile; write profile above the first [profiles.NAME]",
            ),
            ("region = \"a\"\nregion = \"b\"", "config.toml, line 2: it is not TOML: "),
            ("x\ns3cr3t", "config.toml, line 1: it is not TOML: "),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.starts_with(message) && !error.contains("s3cr3t"), "{error}");
        }
        let error = File::parse("config.toml".into(), b"\n\xff").expect_err("bytes").to_string();
        assert_eq!(error, "config.toml, line 2: it is not UTF-8 text; save the file as UTF-8");
    }
}
