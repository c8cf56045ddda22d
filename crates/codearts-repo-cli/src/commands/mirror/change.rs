//! What `mirror set` asks for, held to what the service made of it.

use codearts_repo::{Client, MirrorSettings, RepositoryId};

use super::fields::Shown;
use crate::arguments::{Set, Switch};
use crate::exit::Exit;
use crate::failure::Failure;

/// What stands behind a schedule that is not as asked.
const CONTRADICTION: &str = "the vendor's pages contradict each other about mirroring_enabled, true turns the schedule \
                             on by one and off by another; this command sends true for on";

/// The settings that are to change.
#[derive(Debug)]
pub(super) struct Change(Set);

/// A setting: its name, what was asked for, and what the service says.
type Row<'a> = (&'static str, Option<&'a str>, Option<&'a str>);

impl Change {
    pub(super) const fn of(settings: Set) -> Self {
        Self(settings)
    }

    /// Makes the change and reads the mirror back: the answer to the change may only repeat what it was given.
    pub(super) async fn make(&self, client: &Client, repository: RepositoryId) -> Result<Shown, Failure> {
        let answer = client.update_mirror(repository, self.settings()).await?;
        let mirror = client.show_mirror(repository).await.map_err(|error| {
            // "Nothing was sent" would be wrong.
            let exit = if Exit::of(&error) == Exit::Usage { Exit::Failed } else { Exit::of(&error) };
            Failure::from(error).after("the service accepted the change, and it cannot be read back", exit)
        })?;
        // The mirror as it is shown has no branches; the answer to the change is all there is.
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
        let asked = self.0.schedule.map(|switch| if switch == Switch::On { "on" } else { "off" });
        see(("source", self.0.url.as_ref().map(|url| url.as_str()), mirror.url.as_deref()));
        see(("branches", branches.as_deref(), shown.sync_branch_type.as_deref()));
        see(("schedule", asked, scheduled));
        see(("service endpoint", self.0.endpoint_uuid.as_deref(), mirror.endpoint_uuid.as_deref()));
    }

    /// The settings that were asked for and that the service says nothing of.
    pub(super) fn unsaid(&self, shown: &Shown) -> Vec<&'static str> {
        let mut names = Vec::new();
        // An endpoint that was taken away may show as an empty one or not at all.
        self.rows(shown, &mut |(name, asked, said)| {
            if asked.is_some_and(|text| !text.is_empty()) && said.is_none() {
                names.push(name);
            }
        });
        names
    }

    /// What the service says otherwise than it was asked for, and what to do about it.
    pub(super) fn differences(&self, shown: &Shown) -> Vec<String> {
        let mut texts = Vec::new();
        self.rows(shown, &mut |(name, asked, said)| {
            if let (Some(asked), Some(said)) = (asked, said)
                && asked != said
            {
                let why = match name {
                    "schedule" => {
                        format!("{CONTRADICTION}; look at the mirror on the console before you rely on it")
                    }
                    _ => "the service may keep it in another form or refuse it silently; look at the mirror".to_owned(),
                };
                texts.push(format!("{name}: the service says {said:?}, and {asked:?} was asked for; {why}"));
            }
        });
        texts
    }
}
