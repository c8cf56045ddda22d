//! A profile of KooCLI's configuration file.

use std::path::{Path, PathBuf};

use codearts_repo_client::internal::unique_json;
use zeroize::Zeroizing;

use super::access_key::{AccessKey, InvalidAccessKey};
use super::discovery::access_key;

/// The parts of a profile that make an access key.
pub(super) struct KooCliProfile {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) region: Option<String>,
    access: Zeroizing<String>,
    secret: Zeroizing<String>,
    security_token: Option<String>,
    project_id: Option<String>,
    domain_id: Option<String>,
}

impl KooCliProfile {
    /// Reads the profile of this name, or the current one. An error shows names of the file and no values.
    pub(super) fn read(path: &Path, name: Option<String>) -> Result<Self, String> {
        let text = match crate::file::read_text(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err("the file does not exist".into()),
            Err(error) => return Err(format!("the file cannot be read: {error}")),
        };
        let config = unique_json::object(&text)?;
        let current = config.get("current").and_then(|current| current.as_str());
        let name = name.unwrap_or_else(|| current.unwrap_or("default").to_owned());
        let mut profiles = config.get("profiles").and_then(|profiles| profiles.as_array()).into_iter().flatten();
        let profile = profiles
            .find(|profile| profile["name"] == name.as_str())
            .ok_or_else(|| format!("the file has no profile {name:?}"))?;
        let text = |key: &str| profile[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        // KooCLI writes an empty text for what is not set.
        let (access, secret) = match (text("accessKeyId"), text("secretAccessKey")) {
            (Some(access), Some(secret)) => (access, secret),
            (None, None) => return Err("the profile has no access key".into()),
            (None, _) => return Err("accessKeyId of the profile is empty".into()),
            (_, None) => return Err("secretAccessKey of the profile is empty".into()),
        };
        // An access key id is letters and digits; KooCLI encrypts what it keeps unless told otherwise.
        if access.len() > 64 || !access.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err("the profile's access key is encrypted by KooCLI".into());
        }
        Ok(Self {
            path: path.to_owned(),
            name,
            region: text("region"),
            access: Zeroizing::new(access),
            secret: Zeroizing::new(secret),
            security_token: text("securityToken"),
            project_id: text("projectId"),
            domain_id: text("domainId"),
        })
    }

    pub(super) fn access_key(&self) -> Result<AccessKey, InvalidAccessKey> {
        let (project, domain) = (self.project_id.as_deref(), self.domain_id.as_deref());
        access_key(&self.access, &self.secret, self.security_token.as_deref(), project, domain)
    }
}
