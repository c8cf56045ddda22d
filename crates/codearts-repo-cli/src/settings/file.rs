//! The configuration file: TOML with settings and profiles. It contains no secrets.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use codearts_repo_client::internal::plain_text;
use etcetera::BaseStrategy;
use toml::de::{DeTable, DeValue};

use super::table::{ALL, Key};
use crate::advice::Explanation;
use crate::failure::Failure;
use crate::{files, secrets};

/// The variable with the file's path.
pub(crate) const CONFIG: &str = "CODEARTS_REPO_CONFIG";

const PROFILES: &str = "profiles";

/// A value in the file, and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileValue {
    pub(crate) text: String,
    pub(crate) line: usize,
}

type Values = BTreeMap<&'static str, FileValue>;

/// The settings in the file; none if there is no file.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) exists: bool,
    shared: Values,
    profiles: BTreeMap<String, Values>,
}

impl File {
    /// Reads the file that the flag or the variable names, or the one in the user's configuration folder, which need
    /// not exist.
    pub(crate) fn find(flag: Option<&Path>) -> Result<Self, Failure> {
        let (path, named) = path(flag)?;
        match files::read(&path) {
            Ok(bytes) => Self::parse(path, &bytes),
            Err(error) if !named && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Ok(Self { path, ..Self::default() })
            }
            Err(error) => Err(Failure::usage(
                format!("cannot read the configuration file {}: {error}", path.display()),
                format!("fix the file, or set --config or {CONFIG} to another one"),
            )),
        }
    }

    fn parse(path: PathBuf, bytes: &[u8]) -> Result<Self, Failure> {
        let invalid = |line: usize, explanation: Explanation| {
            Failure::from(explanation).at(format_args!("{}, line {line}", path.display()))
        };
        let text = plain_text::decode(bytes).map_err(|error| match std::str::from_utf8(bytes) {
            Err(place) if error == plain_text::NotText::Utf8 => {
                let line = 1 + bytes[..place.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                invalid(line, Explanation::new(error, error.advice()))
            }
            _ => Failure::usage(error, error.advice()).at(path.display()),
        })?;
        let line = |at: usize| 1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
        // The parser's own report would repeat the line, which may contain a misplaced secret.
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            invalid(line(at), Explanation::new(format_args!("invalid TOML: {}", error.message()), "fix the line"))
        })?;
        let refuse = |at: usize, explanation| invalid(line(at), explanation);
        let mut file = Self { path: path.clone(), exists: true, ..Self::default() };
        for (name, value) in table.get_ref() {
            let at = name.span().start;
            if name.get_ref() != PROFILES {
                let key = known(name.get_ref()).map_err(|explanation| refuse(at, explanation))?;
                let text = text_of(key, value.get_ref()).map_err(|explanation| refuse(at, explanation))?;
                file.shared.insert(key.name, FileValue { text, line: line(at) });
                continue;
            }
            let no_table = || Explanation::new("profiles is not a table", "use [profiles.NAME] with keys below it");
            for (name, profile) in value.get_ref().as_table().ok_or_else(|| refuse(at, no_table()))? {
                let at = name.span().start;
                let mut values = Values::new();
                for (name, value) in profile.get_ref().as_table().ok_or_else(|| refuse(at, no_table()))? {
                    let at = name.span().start;
                    let key = known(name.get_ref()).map_err(|explanation| refuse(at, explanation))?;
                    if key.name == super::table::PROFILE.name {
                        let what = "a profile cannot select another profile";
                        let advice = "move this line above the first [profiles.NAME]";
                        return Err(refuse(at, Explanation::new(what, advice)));
                    }
                    let text = text_of(key, value.get_ref()).map_err(|explanation| refuse(at, explanation))?;
                    values.insert(key.name, FileValue { text, line: line(at) });
                }
                file.profiles.insert(name.get_ref().to_string(), values);
            }
        }
        Ok(file)
    }

    /// The value above all profiles.
    pub(crate) fn shared(&self, key: &Key) -> Option<&FileValue> {
        self.shared.get(key.name)
    }

    /// The value in a profile.
    pub(crate) fn of_profile(&self, profile: &str, key: &Key) -> Option<&FileValue> {
        self.profiles.get(profile)?.get(key.name)
    }

    /// Fails if this profile does not exist.
    pub(crate) fn require_profile(&self, profile: &str) -> Result<(), Failure> {
        if self.profiles.contains_key(profile) {
            return Ok(());
        }
        let path = self.path.display();
        let what = if self.exists {
            let names: Vec<&str> = self.profiles.keys().map(String::as_str).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            format!("profile {profile:?} not found in {path}, which has: {names}")
        } else {
            format!("profile {profile:?} not found: {path} does not exist")
        };
        let advice = "add [profiles.NAME] to the file, or pass --credentials-section for a section of the SDK's \
                      credentials file";
        Err(Failure::usage(what, advice))
    }
}

/// The path of the file, and whether the user set it.
pub(crate) fn path(flag: Option<&Path>) -> Result<(PathBuf, bool), Failure> {
    if let Some(path) = flag {
        return Ok((path.to_owned(), true));
    }
    if let Some(path) = secrets::setting(CONFIG)? {
        return Ok((path.into(), true));
    }
    // `~/.config` on macOS too, as is usual for command-line programs.
    let folder = etcetera::choose_base_strategy().map(|folders| folders.config_dir()).unwrap_or_default();
    // Without a home, do not read a file of the current folder, which may belong to somebody else.
    let folder = Path::new("/").join(folder);
    Ok((folder.join("codearts-repo").join("config.toml"), false))
}

/// The setting of this name.
fn known(name: &str) -> Result<&'static Key, Explanation> {
    if let Some(key) = ALL.iter().find(|key| key.name == name) {
        return Ok(key);
    }
    if let Some(variable) = variable_of_secret(name) {
        let what = format_args!("{name} is a secret, which this file must not contain");
        return Err(Explanation::new(what, format_args!("set {variable} instead")));
    }
    // A misplaced value may be a secret.
    let shown = if name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
        format!("unknown key {name}")
    } else {
        "unknown key".to_owned()
    };
    let nearest = ALL.iter().map(|key| (strsim::jaro_winkler(name, key.name), key.name));
    let nearest = nearest.filter(|(likeness, _)| *likeness > 0.75).max_by(|one, other| one.0.total_cmp(&other.0));
    let advice = match nearest {
        Some((_, nearest)) => format!("did you mean {nearest}?"),
        None => {
            let names: Vec<&str> = ALL.iter().map(|key| key.name).collect();
            format!("use one of {}, or [profiles.NAME]", names.join(", "))
        }
    };
    Err(Explanation::new(shown, advice))
}

/// The variable to use for a key that looks like a secret's name.
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

/// The value as text, if it has the setting's type.
fn text_of(key: &Key, value: &DeValue<'_>) -> Result<String, Explanation> {
    let quoted = key.example.starts_with('"');
    match value {
        DeValue::String(text) if quoted && !text.is_empty() => Ok(text.to_string()),
        DeValue::Boolean(switch) if !quoted && key.example.parse::<bool>().is_ok() => Ok(switch.to_string()),
        DeValue::Integer(number) if !quoted && key.example.parse::<u64>().is_ok() => {
            // 0x10 is 16: the text of the number has neither its prefix nor its base.
            let number = i64::from_str_radix(number.as_str(), number.radix());
            number.map(|number| number.to_string()).map_err(|_| invalid(key))
        }
        _ => Err(invalid(key)),
    }
}

fn invalid(key: &Key) -> Explanation {
    Explanation::new(format_args!("invalid value for {}", key.name), format_args!("use {} = {}", key.name, key.example))
}

#[cfg(test)]
mod tests {
    use super::super::table::{CONCURRENCY, REGION, TIMEOUT, TOKEN_CACHE};
    use super::*;

    fn parse(text: &str) -> Result<File, String> {
        File::parse("config.toml".into(), text.as_bytes()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn shared_settings_and_profiles_have_their_lines() {
        let text =
            "region = \"cn-north-4\"\nconcurrency = 10\n\n[profiles.work]\ntimeout = '30m'\ntoken-cache = false\n";
        let file = parse(text).expect("good");
        let value = |text: &str, line| Some(FileValue { text: text.to_owned(), line });
        assert_eq!(file.shared(&REGION).cloned(), value("cn-north-4", 1));
        assert_eq!(file.shared(&CONCURRENCY).cloned(), value("10", 2));
        assert_eq!(file.of_profile("work", &TIMEOUT).cloned(), value("30m", 5));
        assert_eq!(file.of_profile("work", &TOKEN_CACHE).cloned(), value("false", 6));
        assert_eq!((file.of_profile("work", &REGION), file.of_profile("none", &TIMEOUT)), (None, None));
        assert_eq!(parse("").expect("empty").shared(&REGION), None);
    }

    #[test]
    fn numbers_keep_their_value_in_any_base() {
        for (text, value) in
            [("0x10", "16"), ("0o20", "16"), ("0b10", "2"), ("1_000", "1000"), ("+5", "5"), ("-1", "-1")]
        {
            let file = parse(&format!("concurrency = {text}")).expect(text);
            assert_eq!(file.shared(&CONCURRENCY).map(|value| value.text.as_str()), Some(value), "{text}");
        }
        for text in ["1e1", "1.0", "99999999999999999999"] {
            assert!(parse(&format!("concurrency = {text}")).is_err(), "{text}");
        }
    }

    #[test]
    fn a_message_has_the_line_and_advice_but_no_secret() {
        for (text, message) in [
            ("regoin = \"x\"", "config.toml, line 1: unknown key regoin; did you mean region?"),
            (
                "\n[profiles.a]\niam_endpoint = \"x\"",
                "config.toml, line 3: unknown key iam_endpoint; did you mean iam-endpoint?",
            ),
            ("zzz = 1", "config.toml, line 1: unknown key zzz; use one of profile, region, "),
            ("\"s3cr3t and more\" = 1", "config.toml, line 1: unknown key; use one of "),
            (
                "token = \"s3cr3t\"",
                "config.toml, line 1: token is a secret, which this file must not contain; set CODEARTS_REPO_TOKEN instead",
            ),
            (
                "remote-password = \"s3cr3t\"",
                "config.toml, line 1: remote-password is a secret, which this file must not contain; set CODEARTS_REPO_REMOTE_PASSWORD instead",
            ),
            (
                "[profiles.x]\nsk = \"s3cr3t\"",
                "config.toml, line 2: sk is a secret, which this file must not contain; set HUAWEICLOUD_SDK_SK instead",
            ),
            (
                "secret_access_key = \"s3cr3t\"",
                "config.toml, line 1: secret_access_key is a secret, which this file must not contain; set HUAWEICLOUD_SDK_SK instead",
            ),
            ("region = 5", "config.toml, line 1: invalid value for region; use region = \"cn-north-4\""),
            ("region = \"\"", "config.toml, line 1: invalid value for region; use region = \"cn-north-4\""),
            ("token-cache = \"s3cr3t\"", "config.toml, line 1: invalid value for token-cache; use token-cache = false"),
            ("concurrency = \"10\"", "config.toml, line 1: invalid value for concurrency; use concurrency = 10"),
            ("profiles = 1", "config.toml, line 1: profiles is not a table; use [profiles.NAME] with keys below it"),
            (
                "[profiles.x]\nprofile = \"y\"",
                "config.toml, line 2: a profile cannot select another profile; move this line above the first [profiles.NAME]",
            ),
            ("region = \"a\"\nregion = \"b\"", "config.toml, line 2: invalid TOML: "),
            ("x\ns3cr3t", "config.toml, line 1: invalid TOML: "),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.starts_with(message) && !error.contains("s3cr3t"), "{error}");
        }
        let error = File::parse("config.toml".into(), b"\n\xff").expect_err("bytes").to_string();
        assert_eq!(error, "config.toml, line 2: invalid UTF-8; save it as UTF-8");
    }
}
