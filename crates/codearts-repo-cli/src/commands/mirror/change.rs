//! Compares what `mirror set` requested with the mirror afterwards.

use codearts_repo::{Client, MirrorSettings, RepositoryId};

use super::fields::Shown;
use crate::arguments::{Set, Switch};
use crate::exit::Exit;
use crate::failure::Failure;

/// Why a schedule may differ from the request.
const CONTRADICTION: &str = "the vendor's pages disagree on whether mirroring_enabled: true turns the schedule on or \
                             off, and this command sends true for on";

const SCHEDULE: &str = "schedule";

/// The requested settings.
#[derive(Debug)]
pub(super) struct Change(Set);

/// A setting: its name, the requested value, and the service's value.
type Row<'a> = (&'static str, Option<&'a str>, Option<&'a str>);

impl Change {
    pub(super) const fn of(settings: Set) -> Self {
        Self(settings)
    }

    /// Makes the change and reads the mirror back, because the answer to a change may only repeat the request.
    pub(super) async fn apply(&self, client: &Client, repository: RepositoryId) -> Result<Shown, Failure> {
        let answer = client.update_mirror(repository).settings(self.settings()).await?;
        let mirror = client.show_mirror(repository).await.map_err(|error| {
            // The exit code for "nothing was sent" would be wrong.
            let exit = if Exit::of(&error) == Exit::Usage { Exit::Failed } else { Exit::of(&error) };
            Failure::from(error).at("the service accepted the change, but it cannot be read back").with_exit(exit)
        })?;
        // Only the answer to the change has the branches.
        Ok(Shown { mirror, sync_branch_type: answer.sync_branch_type })
    }

    pub(super) fn settings(&self) -> MirrorSettings {
        let Set { url, branches, schedule, endpoint_uuid, .. } = &self.0;
        let mut settings = MirrorSettings::new();
        if let Some(url) = url {
            settings = settings.url(url.clone());
        }
        if let Some(branches) = branches {
            settings = settings.branches(*branches);
        }
        if let Some(schedule) = schedule {
            settings = settings.mirroring_enabled(*schedule == Switch::On);
        }
        if let Some(uuid) = endpoint_uuid {
            settings = settings.endpoint_uuid(uuid);
        }
        settings
    }

    fn rows(&self, shown: &Shown, see: &mut dyn FnMut(Row<'_>)) {
        let mirror = &shown.mirror;
        let branches = self.0.branches.map(|branches| branches.to_string());
        let scheduled = mirror.mirroring_enabled.map(|on| if on { "on" } else { "off" });
        let requested = self.0.schedule.map(|switch| if switch == Switch::On { "on" } else { "off" });
        see(("source", self.0.url.as_ref().map(|url| url.as_str()), mirror.url.as_deref()));
        see(("branches", branches.as_deref(), shown.sync_branch_type.as_deref()));
        see((SCHEDULE, requested, scheduled));
        see(("service endpoint", self.0.endpoint_uuid.as_deref(), mirror.endpoint_uuid.as_deref()));
    }

    /// The requested settings that the service does not show.
    pub(super) fn unconfirmed(&self, shown: &Shown) -> Vec<&'static str> {
        let mut names = Vec::new();
        // A removed endpoint may be shown as an empty one or not at all.
        self.rows(shown, &mut |(name, requested, actual)| {
            if requested.is_some_and(|text| !text.is_empty()) && actual.is_none() {
                names.push(name);
            }
        });
        names
    }

    /// The settings that differ from the request, and what to do about it.
    pub(super) fn differences(&self, shown: &Shown) -> Vec<String> {
        let mut texts = Vec::new();
        self.rows(shown, &mut |(name, requested, actual)| {
            if let (Some(requested), Some(actual)) = (requested, actual)
                && requested != actual
            {
                let reason = match name {
                    SCHEDULE => CONTRADICTION,
                    _ => "the service may have changed its form or silently refused it",
                };
                let what = format!("{name} is {actual:?} instead of {requested:?}: {reason}");
                texts.push(format!("{what}; check the mirror on the console"));
            }
        });
        texts
    }
}
