//! The operations of IAM that lead to temporary access keys.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use super::Call;
use crate::agency::{Session, Trusted};
use crate::answer::Answer;
use crate::authority::Identity;
use crate::clock;
use crate::permissions::Permissions;
use crate::refusal::Refusal;
use crate::service::Service;

/// How long a key lives unless the request says (vendor).
const DEFAULT_SECONDS: u64 = 900;

pub(super) fn log_in_with_id_token(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let text = |place| call.body.pointer(place).and_then(Value::as_str);
    let id = call.headers.get("X-Idp-Id").and_then(Value::as_str).unwrap_or_default();
    let provider = service.identity_providers.iter().find(|provider| provider.id == id);
    let provider = provider.ok_or_else(Refusal::provider_unknown)?;
    if text("/auth/id_token/id").map(str::as_bytes) != Some(provider.id_token.bytes()) {
        return Err(Refusal::federated_token_refused());
    }
    let user = Some((provider.id.clone(), FEDERATED.to_owned()));
    let issued = service.authority.tokens.issue_to(user, Arc::clone(&provider.permissions));
    let token = json!({
        "issued_at": clock::in_iam(issued.issued_at),
        "expires_at": clock::in_iam(issued.expires_at),
    });
    Ok(Answer::json(StatusCode::CREATED, &json!({ "token": token })).with("x-subject-token", &issued.token))
}

/// The name of every user who logs in with an ID token.
const FEDERATED: &str = "federated";

pub(super) fn create(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let identity = &call.body["auth"]["identity"];
    let method = identity["methods"].get(0).and_then(Value::as_str);
    let (session, permissions, options) = match method {
        Some("token") => of_token(service, call, &identity["token"])?,
        Some("assume_role") => of_agency(service, call, &identity["assume_role"])?,
        _ => return Err(Refusal::bad_parameter("auth.identity.methods has no method")),
    };
    let seconds = options.get("duration_seconds").and_then(Value::as_u64).unwrap_or(DEFAULT_SECONDS);
    let key = service.authority.temporary_keys.issue(session, &permissions, Duration::from_secs(seconds));
    let credential = json!({
        "access": key.access,
        "secret": key.secret,
        "securitytoken": key.security_token,
        "expires_at": clock::in_iam(key.expires_at),
    });
    Ok(Answer::json(StatusCode::CREATED, &json!({ "credential": credential })))
}

type Granted<'v> = (Session, Arc<Permissions>, &'v Value);

fn of_token<'v>(service: &Service, call: &Call, options: &'v Value) -> Result<Granted<'v>, Refusal> {
    let (permissions, user) = match (options.get("id").and_then(Value::as_str), &call.caller.identity) {
        (Some(token), _) => service.authority.tokens.check(token.as_bytes())?,
        (None, Identity::Token(user)) => (Arc::clone(&call.caller.permissions), user.clone()),
        (None, _) => return Err(Refusal::credentials_missing()),
    };
    let name = user.map_or_else(|| "owner".to_owned(), |user| user.to_string());
    Ok((Session { owner_urn: "iam::emulator:user".to_owned(), name }, permissions, options))
}

fn of_agency<'v>(service: &Service, call: &Call, options: &'v Value) -> Result<Granted<'v>, Refusal> {
    let text = |member: &str| options.get(member).and_then(Value::as_str);
    let (name, account) = (text("agency_name").unwrap_or_default(), text("domain_id"));
    // The contract cannot say that one of the two is needed, so the refusal is not that of an invalid request.
    if account.is_none() && text("domain_name").is_none() {
        return Err(Refusal::agency_denied());
    }
    let caller = call.caller.identity.id().ok_or_else(Refusal::credentials_missing)?;
    let agency = service.agencies.iter().find(|agency| {
        let parts: Vec<&str> = agency.urn.split(':').collect();
        // The name of an account is not part of a URN, so any name is right.
        parts.last() == Some(&name) && account.is_none_or(|account| parts.get(2) == Some(&account))
    });
    let trusts = |trusted: &Trusted| matches!(trusted, Trusted::Caller { id, external_id: None } if id == caller);
    let agency = agency.filter(|agency| trusts(&agency.trusted)).ok_or_else(Refusal::agency_denied)?;
    Ok((
        Session { owner_urn: agency.urn.clone(), name: "session".to_owned() },
        Arc::clone(&agency.permissions),
        options,
    ))
}
