//! A repository as the emulator keeps it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::mirror::{Mirror, MirrorUrl};
use crate::seed::Repository;

/// A repository, its mirror and its description.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RepositoryRecord {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) project_id: String,
    pub(crate) archived: bool,
    pub(crate) starred: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) uuid: String,
    pub(crate) mirror: Option<Mirror>,
    /// The upstream that the owner named last. It shows whether the owner has named another one.
    pub(crate) owners_upstream: Option<MirrorUrl>,
}

impl RepositoryRecord {
    /// A record of what the owner described. A known repository keeps its state. It keeps its source too, unless the
    /// owner named another one since the last start.
    pub(crate) fn merge(known: Option<Self>, seed: &Repository, upstream: Option<MirrorUrl>) -> Self {
        let mut record = known.unwrap_or_else(|| Self {
            name: String::new(),
            project_id: String::new(),
            archived: false,
            starred: false,
            created_at: Timestamp::now(),
            uuid: uuid::Uuid::new_v4().simple().to_string(),
            mirror: None,
            owners_upstream: None,
        });
        record.name.clone_from(&seed.name);
        record.project_id.clone_from(&seed.project_id);
        (record.archived, record.starred) = (seed.archived, seed.starred);
        if upstream.is_some() && upstream != record.owners_upstream {
            record.mirror.get_or_insert_with(|| Mirror::new(None)).url.clone_from(&upstream);
            record.owners_upstream = upstream;
        }
        record
    }
}
