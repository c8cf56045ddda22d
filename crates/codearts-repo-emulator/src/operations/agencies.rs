//! The operations of STS.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use super::Call;
use crate::answer::Answer;
use crate::clock;
use crate::refusal::Refusal;
use crate::service::Service;

/// How long a key lives unless the request says (vendor's SDK).
const DEFAULT_SECONDS: u64 = 3600;

pub(super) fn assume_with_oidc(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let text = |member| call.text(member).unwrap_or_default();
    let provider = text("provider_urn");
    let agency = service.agencies.iter().find(|agency| agency.urn == text("agency_urn"));
    let agency = agency.filter(|agency| agency.provider_urn == provider).ok_or_else(Refusal::agency_unknown)?;
    if agency.id_token.bytes() != text("id_token").as_bytes() {
        return Err(Refusal::id_token_refused());
    }
    let requested = call.body.get("duration_seconds").and_then(Value::as_u64).unwrap_or(DEFAULT_SECONDS);
    let lifetime = agency.key_lifetime.unwrap_or(Duration::from_secs(requested));
    let key = service.authority.temporary_keys.issue(&agency.permissions, lifetime);
    let session = format!("{}:{}", agency.urn, text("agency_session_name"));
    let answer = json!({
        "credentials": {
            "access_key_id": key.access,
            "secret_access_key": key.secret,
            "security_token": key.security_token,
            "expiration": clock::in_iam(key.expires_at),
        },
        "assumed_agency": { "urn": session, "id": text("agency_session_name") },
        "source_identity": "",
        "audience": "emulator",
        "provider": provider,
        "subject_from_id_token": "emulator",
    });
    Ok(Answer::json(StatusCode::OK, &answer))
}
