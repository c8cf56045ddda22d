//! Lists of repositories, and one repository.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::Call;
use super::page::page;
use super::refs;
use crate::answer::Answer;
use crate::clock;
use crate::refusal::Refusal;
use crate::registry::RepositoryState;
use crate::service::Service;

/// The name of every project and of every namespace.
const GROUP: &str = "emulator";

type Listed = (u64, RepositoryState);

pub(super) fn list(service: &Service, call: &Call) -> Answer {
    let is_set = |name: &str| call.query.get(name).and_then(Value::as_bool).unwrap_or(false);
    let mut repositories = readable(service, call);
    repositories.retain(|(_, state)| {
        (!is_set("archived") || state.repository.archived) && (!is_set("starred") || state.repository.starred)
    });
    sort(&mut repositories, call);
    page(call, &repositories, |(id, state)| {
        let mut shown = show_basic(*id, state);
        let path = format!("{GROUP}/{}", state.repository.name);
        extend(
            &mut shown,
            json!({
                "star_count": u8::from(state.repository.starred),
                "forks_count": 0,
                "open_issues_count": 0,
                "open_merge_requests_count": 0,
                "starred": state.repository.starred,
                "last_activity_at": clock::in_repo(state.updated_at()),
                "forked_from_repository": {},
                "permissions": 40,
                "member_count": 1,
                "uuid": state.repository.uuid,
                "description": "",
                "last_repository_updated_at": clock::in_repo(state.updated_at()),
                "ssh_url_to_repo": ssh_url(&path),
                "http_url_to_repo": http_url(service, &path),
                "active_statistic": [],
                "project_name": GROUP,
                "project_id": state.repository.project_id,
                "project_is_delete": false,
                "creator_id": 1,
            }),
        );
        shown
    })
}

pub(super) fn list_of_project(service: &Service, call: &Call) -> Answer {
    let project = call.path.get("project_id").and_then(Value::as_str);
    let mut repositories = readable(service, call);
    repositories.retain(|(_, state)| Some(state.repository.project_id.as_str()) == project);
    sort(&mut repositories, call);
    page(call, &repositories, |(id, state)| show_basic(*id, state))
}

pub(super) async fn show(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let id = call.repository()?;
    let state = service.registry.get(id).ok_or_else(Refusal::repository_unknown)?;
    let refs = refs::read(service, call).await?;
    let path = format!("{GROUP}/{}", state.repository.name);
    let mut body = json!({
        "id": id,
        "uuid": state.repository.uuid,
        "name": state.repository.name,
        "path": state.repository.name,
        "path_with_namespace": path,
        "name_with_namespace": format!("{GROUP} / {}", state.repository.name),
        "project_id": state.repository.project_id,
        "project_name": GROUP,
        "empty_repo": refs.is_empty(),
        "archived": state.repository.archived,
        "http_url_to_repo": http_url(service, &path),
        "ssh_url_to_repo": ssh_url(&path),
        "develop_mode": "normal",
        "branch_count": refs.branches.len(),
        "tag_count": refs.tags.len(),
        "member_count": 1,
        "created_at": clock::in_repo(state.repository.created_at),
        "updated_at": clock::in_repo(state.updated_at()),
        "last_activity_at": clock::in_repo(state.updated_at()),
        "visibility": "private",
        "security": "normal",
    });
    if let Some(branch) = refs.default_branch() {
        extend(&mut body, json!({ "default_branch": branch.name }));
    }
    Ok(Answer::json(StatusCode::OK, &body))
}

/// The repositories that the caller may read and whose name contains the searched text.
fn readable(service: &Service, call: &Call) -> Vec<Listed> {
    let search = call.query_text("search").map(str::to_lowercase);
    let mut repositories = service.registry.all();
    repositories.retain(|(id, state)| {
        call.caller.permissions.allow(&Method::GET, *id)
            && search.as_ref().is_none_or(|search| state.repository.name.to_lowercase().contains(search))
    });
    repositories
}

/// Sorts in the requested order, descending by default.
fn sort(repositories: &mut [Listed], call: &Call) {
    match call.query_text("order_by") {
        Some("updated_at") => repositories.sort_by_key(|(id, state)| (state.updated_at(), *id)),
        Some("id") => repositories.sort_by_key(|(id, _)| *id),
        Some("name") => repositories.sort_by(|(_, one), (_, other)| one.repository.name.cmp(&other.repository.name)),
        _ => repositories.sort_by_key(|(id, state)| (state.repository.created_at, *id)),
    }
    if call.query_text("sort") != Some("asc") {
        repositories.reverse();
    }
}

fn show_basic(id: u64, state: &RepositoryState) -> Value {
    json!({
        "id": id,
        "name": state.repository.name,
        "namespace": GROUP,
        "path": state.repository.name,
        "develop_mode": "normal",
        "visibility": "private",
        "security": "normal",
        "name_with_namespace": format!("{GROUP} / {}", state.repository.name),
        "archived": state.repository.archived,
        "status": "normal",
    })
}

fn extend(body: &mut Value, more: Value) {
    if let (Value::Object(body), Value::Object(more)) = (body, more) {
        body.extend(more);
    }
}

fn ssh_url(path: &str) -> String {
    format!("git@emulator.invalid:{path}.git")
}

fn http_url(service: &Service, path: &str) -> String {
    format!("{}/{path}.git", service.endpoint)
}
