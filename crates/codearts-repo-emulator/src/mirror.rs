//! The mirror of one repository: its settings and how its synchronisations went.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;

use crate::clock;
use crate::git::Source;
use crate::seed::UpstreamKind;

/// The settings of a mirror and the state of its last synchronisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mirror {
    pub(crate) url: Option<MirrorUrl>,
    pub(crate) all_branches: bool,
    /// Since when the schedule is on.
    pub(crate) scheduled_since: Option<Timestamp>,
    pub(crate) endpoint_uuid: String,
    pub(crate) is_private: bool,
    pub(crate) status: Status,
    pub(crate) last_update_at: Option<Timestamp>,
    pub(crate) last_successful_update_at: Option<Timestamp>,
    pub(crate) failures: u64,
    pub(crate) last_error: String,
}

/// Where a mirror's source is: the owner may name a folder, a caller an address only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MirrorUrl {
    Address {
        text: String,
        /// The address held a user name or a password, which is not kept.
        stripped: bool,
    },
    Folder(std::path::PathBuf),
}

/// The states of a synchronisation. The vendor lists none; these are the names of GitLab's remote mirrors.
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
            last_update_at: None,
            last_successful_update_at: None,
            failures: 0,
            last_error: String::new(),
        }
    }

    /// Turns the schedule on or off. One that is on already keeps its times.
    pub(crate) fn set_schedule(&mut self, on: bool) {
        self.scheduled_since = on.then(|| self.scheduled_since.unwrap_or_else(Timestamp::now));
    }

    /// When the schedule starts the next synchronisation; `None` while it is off.
    pub(crate) fn due(&self, period: Duration) -> Option<Timestamp> {
        let last = self.scheduled_since?.max(self.last_update_at.unwrap_or(Timestamp::MIN));
        Some(last.checked_add(period).unwrap_or(Timestamp::MAX))
    }

    /// Whether a synchronisation had not ended when this was stored.
    pub(crate) fn is_under_way(&self) -> bool {
        matches!(self.status, Status::Scheduled | Status::Started)
    }

    /// Notes the end of a synchronisation.
    pub(crate) fn end(&mut self, outcome: Result<(), String>) {
        let now = Timestamp::now();
        self.last_update_at = Some(now);
        match outcome {
            Ok(()) => {
                self.status = Status::Finished;
                self.last_successful_update_at = Some(now);
                self.last_error.clear();
            }
            Err(reason) => {
                self.status = Status::Failed;
                self.failures = self.failures.saturating_add(1);
                self.last_error = reason;
            }
        }
    }

    /// The body of ShowRemoteMirror. A time of something that never happened is left out.
    pub(crate) fn show(&self, repository: u32) -> Value {
        let mut body = Map::new();
        body.insert("id".into(), repository.into());
        body.insert("repository_id".into(), repository.into());
        body.insert("update_status".into(), self.status.text().into());
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
    /// An address that came over the API. What may be a secret in it is dropped, so that none is ever shown: a user
    /// name, a password, a query and a fragment.
    pub(crate) fn from_caller(text: &str) -> Self {
        let Ok(mut url) = Url::parse(text) else { return Self::from_unreadable(text) };
        let stripped = !url.username().is_empty() || url.password().is_some();
        if !stripped && url.query().is_none() && url.fragment().is_none() {
            return Self::Address { text: text.to_owned(), stripped };
        }
        // Both fail only for addresses that cannot have a user, and those have none.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_query(None);
        url.set_fragment(None);
        Self::Address { text: url.to_string(), stripped }
    }

    /// An address with a bad port, for one; it is never used, but it is shown.
    fn from_unreadable(text: &str) -> Self {
        let text = text.split(['?', '#']).next().unwrap_or_default();
        let whole = || Self::Address { text: text.to_owned(), stripped: false };
        let Some((scheme, rest)) = text.split_once("://") else { return whole() };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let Some((_, host)) = authority.rsplit_once('@') else { return whole() };
        Self::Address { text: format!("{scheme}://{host}{path}"), stripped: true }
    }

    /// An upstream of the owner; `demonstration` is where the demonstration repository stands.
    pub(crate) fn from_owner(upstream: &UpstreamKind, demonstration: &std::path::Path) -> Self {
        match upstream {
            UpstreamKind::Demonstration => Self::Folder(demonstration.to_owned()),
            UpstreamKind::Url(text) => Self::from_caller(text),
            UpstreamKind::Local(path) => Self::Folder(path.clone()),
        }
    }

    pub(crate) fn source(&self) -> Source {
        match self {
            Self::Address { text, .. } => Source::Remote(text.clone()),
            Self::Folder(path) => Source::Local(path.clone()),
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
