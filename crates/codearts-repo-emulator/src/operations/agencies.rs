//! The operations of STS.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use super::Call;
use crate::agency::{Agency, Session, Trusted};
use crate::answer::Answer;
use crate::authority::Identity;
use crate::clock;
use crate::refusal::Refusal;
use crate::service::Service;

/// How long a key lives unless the request says, and at most for a caller whose own key is temporary (vendor).
const HOUR: u64 = 3600;

pub(super) fn assume_with_oidc(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let text = |member| call.text(member).unwrap_or_default();
    let provider = text("provider_urn");
    let trusting = |agency: &&Agency| matches!(&agency.trusted, Trusted::Provider { urn, .. } if urn == provider);
    let agency = find(service, call).filter(trusting).ok_or_else(Refusal::agency_unknown)?;
    let Trusted::Provider { id_token, .. } = &agency.trusted else { return Err(Refusal::agency_unknown()) };
    if id_token.bytes() != text("id_token").as_bytes() {
        return Err(Refusal::id_token_refused());
    }
    let mut answer = issue(service, call, agency);
    answer["source_identity"] = "".into();
    answer["audience"] = "emulator".into();
    answer["provider"] = provider.into();
    answer["subject_from_id_token"] = "emulator".into();
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn assume(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let caller = call.caller.identity.id().ok_or_else(Refusal::credentials_missing)?;
    let is_temporary = matches!(call.caller.identity, Identity::Session(_));
    let trusting = |agency: &&Agency| match &agency.trusted {
        Trusted::Caller { id, external_id } => {
            id == caller && external_id.as_ref().is_none_or(|required| call.text("external_id") == Some(required))
        }
        Trusted::Provider { .. } => false,
    };
    let agency = find(service, call).filter(trusting).ok_or_else(Refusal::agency_denied)?;
    if is_temporary && seconds(call) > HOUR {
        return Err(Refusal::session_too_long());
    }
    let mut answer = issue(service, call, agency);
    answer["source_identity"] = call.text("source_identity").unwrap_or_default().into();
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn caller_identity(call: &Call) -> Answer {
    let (urn, id) = match &call.caller.identity {
        Identity::Session(session) => (session.urn(), session.name.clone()),
        Identity::Key(id) => (format!("iam::emulator:user:{id}"), id.clone()),
        Identity::None | Identity::Token(_) => Default::default(),
    };
    let account = urn.split(':').nth(2).unwrap_or_default();
    Answer::json(StatusCode::OK, &json!({ "account_id": account, "principal_urn": urn, "principal_id": id }))
}

fn find<'s>(service: &'s Service, call: &Call) -> Option<&'s Agency> {
    let urn = call.text("agency_urn")?;
    service.agencies.iter().find(|agency| agency.urn == urn)
}

fn seconds(call: &Call) -> u64 {
    call.body.get("duration_seconds").and_then(Value::as_u64).unwrap_or(HOUR)
}

/// A key, in the answer that both operations give.
fn issue(service: &Service, call: &Call, agency: &Agency) -> Value {
    let name = call.text("agency_session_name").unwrap_or_default().to_owned();
    let lifetime = agency.key_lifetime.unwrap_or(Duration::from_secs(seconds(call)));
    let session = Session { owner_urn: agency.urn.clone(), name };
    let assumed = json!({ "urn": session.urn(), "id": session.name });
    let key = service.authority.temporary_keys.issue(session, &agency.permissions, lifetime);
    json!({
        "credentials": {
            "access_key_id": key.access,
            "secret_access_key": key.secret,
            "security_token": key.security_token,
            "expiration": clock::in_iam(key.expires_at),
        },
        "assumed_agency": assumed,
    })
}
