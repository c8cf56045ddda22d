//! The four operations on the mirror of a repository.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use super::Call;
use crate::answer::Answer;
use crate::git::Credentials;
use crate::jobs::Run;
use crate::mirror::{Mirror, MirrorUrl};
use crate::refusal::Refusal;
use crate::registry::Queued;
use crate::secret::Secret;
use crate::service::Service;

pub(super) fn start(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let id = call.repository()?;
    let credentials = credentials(call)?;
    let endpoint = call.text("endpoint_uuid").map(str::to_owned);
    let force = call.flag("force_fetch").unwrap_or(false);
    let run = Run { credentials, endpoint, force, lies: call.lies.clone() };
    match service.jobs.start(id, run) {
        Queued::NoMirror => return Err(Refusal::mirror_unknown()),
        Queued::Full => return Err(Refusal::busy()),
        Queued::First | Queued::Behind => {}
    }
    Ok(Answer::json(StatusCode::OK, &json!({ "jid": Uuid::new_v4().to_string() })))
}

pub(super) fn show(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let id = call.repository()?;
    let mirror =
        service.registry.get(id).and_then(|state| state.repository.mirror).ok_or_else(Refusal::mirror_unknown)?;
    Ok(Answer::json(StatusCode::OK, &mirror.show(id)))
}

pub(super) fn update(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let id = call.repository()?;
    let settings = service.registry.change(id, |state| {
        let mirror = state.repository.mirror.as_mut()?;
        if let Some(url) = call.text("url") {
            mirror.url = Some(MirrorUrl::from_caller(url));
        }
        if let Some(branches) = call.text("sync_branch_type") {
            mirror.all_branches = branches == "all";
        }
        if let Some(enabled) = call.flag("mirroring_enabled") {
            mirror.set_schedule(enabled);
        }
        // An empty text removes the endpoint.
        if let Some(endpoint) = call.body.get("endpoint_uuid").and_then(serde_json::Value::as_str) {
            endpoint.clone_into(&mut mirror.endpoint_uuid);
        }
        Some(mirror.settings())
    });
    let settings = settings.flatten().ok_or_else(Refusal::mirror_unknown)?;
    Ok(Answer::json(StatusCode::OK, &settings))
}

pub(super) fn associate(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let id = call.repository()?;
    let shown = service.registry.change(id, |state| {
        if state.repository.mirror.is_some() {
            return Err(Refusal::mirror_exists());
        }
        let mirror = state.repository.mirror.insert(Mirror::new(call.text("url").map(MirrorUrl::from_caller)));
        Ok(mirror.show(id))
    });
    let shown = shown.ok_or_else(Refusal::repository_unknown)??;
    Ok(Answer::json(StatusCode::CREATED, &shown))
}

/// The user name and the password of the start, if it has one of them. An empty text counts as absent.
fn credentials(call: &Call) -> Result<Option<Credentials>, Refusal> {
    let (username, password) = (decoded(call, "username")?, decoded(call, "password")?);
    let given = !username.is_empty() || !password.is_empty();
    Ok(given.then_some(Credentials { username, password }))
}

fn decoded(call: &Call, member: &str) -> Result<Secret, Refusal> {
    let text = call.text(member).unwrap_or_default();
    let bytes = STANDARD.decode(text).map_err(|_| Refusal::bad_parameter(&format!("/{member} is not Base64")))?;
    Ok(bytes.into())
}
