//! The branches and the tags of a repository, read from git.

use std::cmp::Reverse;

use http::StatusCode;
use serde_json::{Value, json};

use super::Call;
use super::page::page_with_total;
use crate::answer::Answer;
use crate::clock;
use crate::git::{Commit, GitError, Ref, Refs};
use crate::refusal::Refusal;
use crate::service::Service;

/// Reads the refs of the repository that the call is about.
pub(super) async fn read(service: &Service, call: &Call) -> Result<Refs, Refusal> {
    let git_dir = service.registry.git_dir(call.repository()?);
    service.jobs.git.refs(&git_dir).await.map_err(unreadable)
}

/// Every branch is the caller's own, active and unprotected, so these filters match all of them.
pub(super) async fn list_branches(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let mut branches = read(service, call).await?.branches;
    match call.query_text("sort") {
        Some("name") => branches.sort_by(|one, other| other.name.cmp(&one.name)),
        Some("updated_asc") => branches.sort_by_key(|branch| branch.created_at),
        _ => branches.sort_by_key(|branch| Reverse(branch.created_at)),
    }
    if call.query_text("query_view") == Some("stale") {
        branches.clear();
    }
    Ok(page_with_total(call, &branches, |branch| {
        json!({
            "name": branch.name,
            "default": branch.is_head,
            "can_delete": !branch.is_head,
            "can_read": true,
            "can_download": true,
            "can_push": true,
        })
    }))
}

pub(super) async fn show_branch(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let name = call.query_text("branch_name").unwrap_or_default();
    let git_dir = service.registry.git_dir(call.repository()?);
    let commit = service.jobs.git.branch_commit(&git_dir, name).await.map_err(unreadable)?;
    let commit = commit.ok_or_else(Refusal::branch_unknown)?;
    let default = read(service, call).await?.default_branch().is_some_and(|branch| branch.name == name);
    let body = json!({
        "name": name,
        "commit": show_commit(&commit),
        "merged": false,
        "protected": false,
        "developers_can_push": true,
        "developers_can_merge": true,
        "can_push": true,
        "default": default,
    });
    Ok(Answer::json(StatusCode::OK, &body).with("x-total", "1"))
}

pub(super) async fn list_tags(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let mut tags = read(service, call).await?.tags;
    if let Some(search) = call.query_text("search").map(str::to_lowercase) {
        tags.retain(|tag| tag.name.to_lowercase().contains(&search));
    }
    if call.query_text("order_by") == Some("name") {
        tags.sort_by(|one, other| one.name.cmp(&other.name));
    } else {
        tags.sort_by_key(|tag| tag.created_at);
    }
    if call.query_text("sort") != Some("asc") {
        tags.reverse();
    }
    Ok(page_with_total(call, &tags, show_tag))
}

/// The target is the commit, as the vendor's page says, and not the tag object.
fn show_tag(tag: &Ref) -> Value {
    json!({
        "name": tag.name,
        "message": if tag.tag_object.is_some() { tag.subject.as_str() } else { "" },
        "target": tag.commit,
        "can_delete": true,
        "can_read": true,
        "can_download": true,
    })
}

fn show_commit(commit: &Commit) -> Value {
    let (author, committer) = (&commit.author, &commit.committer);
    json!({
        "id": commit.id,
        "short_id": commit.id.get(..8).unwrap_or(&commit.id),
        "title": commit.message.lines().next().unwrap_or_default(),
        "message": commit.message,
        "parent_ids": commit.parents,
        "authored_date": clock::in_repo(author.time),
        "author_name": author.name,
        "author_email": author.email,
        "committed_date": clock::in_repo(committer.time),
        "committer_name": committer.name,
        "committer_email": committer.email,
        "created_at": clock::in_repo(committer.time),
    })
}

fn unreadable(error: GitError) -> Refusal {
    tracing::error!(error = &error as &dyn std::error::Error, "a repository could not be read");
    Refusal::unreadable()
}
