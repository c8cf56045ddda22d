//! The list of repositories.

use std::cmp::Reverse;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::Call;
use crate::answer::Answer;
use crate::clock;
use crate::registry::Entry;
use crate::service::Service;

/// The document's own defaults stand in the query already.
pub(super) fn list(service: &Service, call: &Call) -> Answer {
    let text = |name: &str| call.query.get(name).and_then(Value::as_str);
    let number = |name: &str| call.query.get(name).and_then(Value::as_u64);
    let is_set = |name: &str| call.query.get(name).and_then(Value::as_bool).unwrap_or(false);
    let search = text("search").map(str::to_lowercase);
    let mut chosen: Vec<_> = service.registry.all();
    chosen.retain(|(id, entry)| {
        let named = search.as_ref().is_none_or(|search| entry.repository.name.to_lowercase().contains(search));
        call.permissions.allow(&Method::GET, *id)
            && named
            && (!is_set("archived") || entry.repository.archived)
            && (!is_set("starred") || entry.repository.starred)
    });
    let by_update = text("order_by") == Some("updated_at");
    let key = |id: u32, entry: &Entry| (if by_update { entry.updated_at() } else { entry.repository.created_at }, id);
    if text("sort") == Some("asc") {
        chosen.sort_by_key(|(id, entry)| key(*id, entry));
    } else {
        chosen.sort_by_key(|(id, entry)| Reverse(key(*id, entry)));
    }
    let [offset, limit] = ["offset", "limit"].map(|name| number(name).and_then(|number| usize::try_from(number).ok()));
    let page: Vec<Value> = chosen
        .iter()
        .skip(offset.unwrap_or(0))
        .take(limit.unwrap_or(usize::MAX))
        .map(|(id, entry)| show(&service.endpoint, *id, entry))
        .collect();
    Answer::json(StatusCode::OK, &page.into())
}

fn show(endpoint: &str, id: u32, entry: &Entry) -> Value {
    let path = format!("emulator/{}", entry.repository.name);
    json!({
        "id": id,
        "name": entry.repository.name,
        "namespace": "emulator",
        "path": entry.repository.name,
        "develop_mode": "normal",
        "visibility": "private",
        "security": "normal",
        "star_count": u8::from(entry.repository.starred),
        "forks_count": 0,
        "open_issues_count": 0,
        "open_merge_requests_count": 0,
        "starred": entry.repository.starred,
        "name_with_namespace": format!("emulator / {}", entry.repository.name),
        "last_activity_at": clock::in_repo(entry.updated_at()),
        "forked_from_repository": {},
        "permissions": 40,
        "archived": entry.repository.archived,
        "member_count": 1,
        "uuid": entry.repository.uuid,
        "description": "",
        "last_repository_updated_at": clock::in_repo(entry.updated_at()),
        "ssh_url_to_repo": format!("git@emulator.invalid:{path}.git"),
        "http_url_to_repo": format!("{endpoint}/{path}.git"),
        "status": "normal",
        "active_statistic": [],
        "project_name": "emulator",
        "project_id": "00000000000000000000000000000001",
        "project_is_delete": false,
        "creator_id": 1,
    })
}
