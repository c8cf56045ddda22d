//! The mirror of one repository: its settings and the results of its synchronizations.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;

use crate::clock;
use crate::git::Remote;
use crate::seed::UpstreamKind;

/// The settings of a mirror and the state of its last synchronization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mirror {
    pub(crate) url: Option<MirrorUrl>,
    pub(crate) all_branches: bool,
    /// When the schedule was turned on.
    pub(crate) scheduled_since: Option<Timestamp>,
    pub(crate) endpoint_uuid: String,
    pub(crate) is_private: bool,
    pub(crate) status: Status,
    /// The word of a lying synchronization, in place of the one for `status`.
    #[serde(default)]
    pub(crate) status_word: Option<String>,
    pub(crate) last_update_at: Option<Timestamp>,
    pub(crate) last_successful_update_at: Option<Timestamp>,
    pub(crate) failures: u64,
    pub(crate) last_error: String,
}

/// The location of a mirror's source. Only the owner can set a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MirrorUrl {
    Address {
        text: String,
        /// Whether the address had a user name or a password, which is not kept.
        stripped: bool,
    },
    Folder(std::path::PathBuf),
}

/// The states of a synchronization. The vendor lists none; these are the words of GitLab's remote mirrors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    None,
    Scheduled,
    Started,
    Finished,
    Failed,
}

impl Status {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Scheduled => "scheduled",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Failed => "failed",
        }
    }
}

impl Mirror {
    pub(crate) fn new(url: Option<MirrorUrl>) -> Self {
        Self {
            url,
            all_branches: true,
            scheduled_since: None,
            endpoint_uuid: String::new(),
            is_private: false,
            status: Status::None,
            status_word: None,
            last_update_at: None,
            last_successful_update_at: None,
            failures: 0,
            last_error: String::new(),
        }
    }

    /// Turns the schedule on or off. A schedule that is already on keeps its times.
    pub(crate) fn set_schedule(&mut self, on: bool) {
        self.scheduled_since = on.then(|| self.scheduled_since.unwrap_or_else(Timestamp::now));
    }

    /// When the schedule starts the next synchronization; `None` while it is off.
    pub(crate) fn due(&self, period: Duration) -> Option<Timestamp> {
        let last = self.scheduled_since?.max(self.last_update_at.unwrap_or(Timestamp::MIN));
        Some(last.checked_add(period).unwrap_or(Timestamp::MAX))
    }

    /// Whether a synchronization is scheduled or started.
    pub(crate) fn is_in_progress(&self) -> bool {
        matches!(self.status, Status::Scheduled | Status::Started)
    }

    /// Changes the status, and drops the word of an earlier synchronization.
    pub(crate) fn set_status(&mut self, status: Status) {
        (self.status, self.status_word) = (status, None);
    }

    /// The status as callers see it.
    pub(crate) fn status_text(&self) -> &str {
        self.status_word.as_deref().unwrap_or(self.status.text())
    }

    /// Records the end of a synchronization. The word is shown in place of `finished`.
    pub(crate) fn end(&mut self, outcome: Result<(), String>, word: Option<String>) {
        let now = Timestamp::now();
        self.last_update_at = Some(now);
        match outcome {
            Ok(()) => {
                (self.status, self.status_word) = (Status::Finished, word);
                self.last_successful_update_at = Some(now);
                self.last_error.clear();
            }
            Err(reason) => {
                self.set_status(Status::Failed);
                self.failures = self.failures.saturating_add(1);
                self.last_error = reason;
            }
        }
    }

    /// The body of ShowRemoteMirror. It has no time for what never happened.
    pub(crate) fn show(&self, repository: u64) -> Value {
        let mut body = Map::new();
        body.insert("id".into(), repository.into());
        body.insert("repository_id".into(), repository.into());
        body.insert("update_status".into(), self.status_text().into());
        for (name, time) in
            [("last_update_at", self.last_update_at), ("last_successful_update_at", self.last_successful_update_at)]
        {
            if let Some(time) = time {
                body.insert(name.into(), clock::in_repo(time).into());
            }
        }
        body.insert("url".into(), self.url_text().into());
        body.insert("number_of_failures".into(), self.failures.into());
        body.insert("mirroring_enabled".into(), self.scheduled_since.is_some().into());
        body.insert("is_private".into(), self.is_private.into());
        body.insert("endpoint_uuid".into(), self.endpoint_uuid.clone().into());
        body.insert("last_error".into(), self.last_error.clone().into());
        Value::Object(body)
    }

    /// The body of UpdateRepositoryRemoteMirror.
    pub(crate) fn settings(&self) -> Value {
        json!({
            "url": self.url_text(),
            "mirroring_enabled": self.scheduled_since.is_some(),
            "endpoint_uuid": self.endpoint_uuid,
            "sync_branch_type": if self.all_branches { "all" } else { "default" },
        })
    }

    fn url_text(&self) -> String {
        self.url.as_ref().map(MirrorUrl::text).unwrap_or_default()
    }
}

impl MirrorUrl {
    /// An address from the API. The parts that may be secret are dropped: user name, password, query and fragment.
    pub(crate) fn from_caller(text: &str) -> Self {
        let Ok(mut url) = Url::parse(text) else { return Self::from_invalid(text) };
        let stripped = !url.username().is_empty() || url.password().is_some();
        if !stripped && url.query().is_none() && url.fragment().is_none() {
            return Self::Address { text: text.to_owned(), stripped };
        }
        // Both fail only for addresses that cannot have a user.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_query(None);
        url.set_fragment(None);
        Self::Address { text: url.to_string(), stripped }
    }

    /// An address that is not a URL, for example because of its port. It is shown, but never used.
    fn from_invalid(text: &str) -> Self {
        let text = text.split(['?', '#']).next().unwrap_or_default();
        let whole = || Self::Address { text: text.to_owned(), stripped: false };
        let Some((scheme, rest)) = text.split_once("://") else { return whole() };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let Some((_, host)) = authority.rsplit_once('@') else { return whole() };
        Self::Address { text: format!("{scheme}://{host}{path}"), stripped: true }
    }

    /// An upstream of the owner; `demonstration` is the folder of the demonstration repository.
    pub(crate) fn from_owner(upstream: &UpstreamKind, demonstration: &std::path::Path) -> Self {
        match upstream {
            UpstreamKind::Demonstration => Self::Folder(demonstration.to_owned()),
            UpstreamKind::Url(text) => Self::from_caller(text),
            UpstreamKind::Local(path) => Self::Folder(path.clone()),
        }
    }

    pub(crate) fn remote(&self) -> Remote {
        match self {
            Self::Address { text, .. } => Remote::Url(text.clone()),
            Self::Folder(path) => Remote::Path(path.clone()),
        }
    }

    /// The folder, if it is one.
    pub(crate) fn folder(&self) -> Option<&std::path::Path> {
        match self {
            Self::Address { .. } => None,
            Self::Folder(path) => Some(path),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Address { text, .. } => text.clone(),
            Self::Folder(path) => Url::from_file_path(path).map(String::from).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_lasts_until_the_next_synchronization() {
        let mut mirror = Mirror::new(None);
        mirror.end(Ok(()), Some("ok".to_owned()));
        assert_eq!((mirror.status, mirror.show(1)["update_status"].as_str()), (Status::Finished, Some("ok")));
        mirror.set_status(Status::Started);
        assert_eq!(mirror.status_text(), "started");
        mirror.end(Err("why".to_owned()), Some("ok".to_owned()));
        assert_eq!(mirror.status_text(), "failed");
    }

    #[test]
    fn a_user_name_in_an_address_is_dropped() {
        let url = MirrorUrl::from_caller("https://alice:s3cr3t@git.example.com/a.git");
        assert_eq!(url, MirrorUrl::Address { text: "https://git.example.com/a.git".to_owned(), stripped: true });
        assert_eq!(MirrorUrl::from_caller("https://").text(), "https://");
    }

    #[test]
    fn a_query_and_a_fragment_in_an_address_are_dropped() {
        for (given, kept, stripped) in [
            ("https://git.example.com/x.git?token=secret", "https://git.example.com/x.git", false),
            ("https://git.example.com/x.git#secret", "https://git.example.com/x.git", false),
            ("https://git.example.com/x.git?#", "https://git.example.com/x.git", false),
            ("https://a:b@git.example.com/x.git?secret#secret", "https://git.example.com/x.git", true),
            ("https://git.example.com:99999/x.git?secret#secret", "https://git.example.com:99999/x.git", false),
            ("https://git.example.com:99999/x.git#secret?secret", "https://git.example.com:99999/x.git", false),
            ("https://alice:secret@git.example.com:99999/x@y", "https://git.example.com:99999/x@y", true),
        ] {
            let url = MirrorUrl::from_caller(given);
            assert_eq!(url, MirrorUrl::Address { text: kept.to_owned(), stripped }, "{given}");
        }
    }

    #[test]
    fn a_user_name_without_a_password_may_be_a_token_and_is_dropped() {
        for text in ["https://t0ken@git.example.com/a.git", "https://:s3cr3t@git.example.com/a.git"] {
            let url = MirrorUrl::from_caller(text);
            assert_eq!(url, MirrorUrl::Address { text: "https://git.example.com/a.git".to_owned(), stripped: true });
        }
    }
}
