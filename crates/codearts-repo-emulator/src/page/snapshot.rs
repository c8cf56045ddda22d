//! What the page shows, at one moment, as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Page;
use crate::clock;
use crate::registry::Entry;

/// How many repositories are shown.
const MOST: usize = 200;

pub(super) fn text(page: &Page) -> String {
    let service = &page.service;
    let entries = service.registry.all();
    let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, entry) in &entries {
        let status = entry.repository.mirror.as_ref().map_or("no mirror", |mirror| mirror.status.text());
        *statuses.entry(status).or_default() += 1;
    }
    let waiting: usize = entries.iter().map(|(_, entry)| entry.waiting()).sum();
    json!({
        "emulator": { "version": env!("CARGO_PKG_VERSION"), "contract": page.contract_version },
        "repositories": {
            "total": entries.len(),
            "statuses": statuses,
            "shown": worth_showing(entries).iter().map(|(id, entry)| repository(page, *id, entry)).collect::<Vec<_>>(),
        },
        "synchronisations": { "waiting": waiting, "last": service.jobs.history.shown() },
        "requests": page.recent.shown(),
    })
    .to_string()
}

/// All of them, or those that need a look and then the first of the others; always by rising id.
fn worth_showing(mut entries: Vec<(u32, Entry)>) -> Vec<(u32, Entry)> {
    if entries.len() > MOST {
        entries.sort_by_key(|(id, entry)| (!needs_a_look(entry), *id));
        entries.truncate(MOST);
        entries.sort_by_key(|(id, _)| *id);
    }
    entries
}

fn needs_a_look(entry: &Entry) -> bool {
    entry.is_busy() || entry.repository.mirror.as_ref().is_some_and(|mirror| !mirror.last_error.is_empty())
}

/// The mirror is in the words of ShowRemoteMirror.
fn repository(page: &Page, id: u32, entry: &Entry) -> Value {
    let repository = &entry.repository;
    let source = repository.mirror.as_ref().and_then(|mirror| mirror.url.as_ref());
    json!({
        "id": id,
        "name": repository.name,
        "archived": repository.archived,
        "starred": repository.starred,
        "created_at": clock::in_repo(repository.created_at),
        "waiting": entry.waiting(),
        "is_demonstration": source.is_some_and(|source| page.service.registry.is_demonstration(source)),
        "mirror": repository.mirror.as_ref().map(|mirror| mirror.show(id)),
    })
}
