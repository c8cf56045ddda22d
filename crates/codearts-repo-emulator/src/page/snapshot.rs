//! The content of the page at one moment, as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Page;
use crate::clock;
use crate::registry::RepositoryState;
use crate::text::escaped;

/// How many repositories are shown.
const MAX_SHOWN: usize = 200;

pub(super) fn json(page: &Page) -> String {
    let service = &page.service;
    let states = service.registry.all();
    let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, state) in &states {
        let status = state.repository.mirror.as_ref().map_or("no mirror", |mirror| mirror.status.text());
        *statuses.entry(status).or_default() += 1;
    }
    let waiting: usize = states.iter().map(|(_, state)| state.pending()).sum();
    json!({
        "emulator": { "version": env!("CARGO_PKG_VERSION"), "contract": page.service.contract.version() },
        "repositories": {
            "total": states.len(),
            "statuses": statuses,
            "shown": selection(states).iter().map(|(id, state)| repository(page, *id, state)).collect::<Vec<_>>(),
        },
        "synchronizations": { "waiting": waiting, "last": service.jobs.history.shown() },
        "requests": page.recent.shown(),
    })
    .to_string()
}

/// As many as are shown, first those that need attention. They are sorted by id.
fn selection(mut states: Vec<(u64, RepositoryState)>) -> Vec<(u64, RepositoryState)> {
    if states.len() > MAX_SHOWN {
        states.sort_by_key(|(id, state)| (!needs_attention(state), *id));
        states.truncate(MAX_SHOWN);
        states.sort_by_key(|(id, _)| *id);
    }
    states
}

fn needs_attention(state: &RepositoryState) -> bool {
    state.is_busy() || state.repository.mirror.as_ref().is_some_and(|mirror| !mirror.last_error.is_empty())
}

/// The mirror has the members of ShowRemoteMirror.
fn repository(page: &Page, id: u64, state: &RepositoryState) -> Value {
    let repository = &state.repository;
    let source = repository.mirror.as_ref().and_then(|mirror| mirror.url.as_ref());
    json!({
        "id": id,
        "name": escaped(&repository.name),
        "archived": repository.archived,
        "starred": repository.starred,
        "created_at": clock::in_repo(repository.created_at),
        "waiting": state.pending(),
        "is_demonstration": source.is_some_and(|source| page.service.registry.is_demonstration(source)),
        "mirror": repository.mirror.as_ref().map(|mirror| mirror.show(id)),
    })
}
