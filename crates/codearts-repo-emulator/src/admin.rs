//! The admin address: faults and records for programs that are not written in Rust.
//!
//! It is off by default. A page of another site cannot use it: changes need `application/json` or DELETE, which a browser
//! only sends across sites after a preflight, and every request needs a Host header that is an address.

use http::request::Parts;
use http::{Method, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::fault::FaultRule;
use crate::refusal::Refusal;
use crate::service::Service;
use crate::visitor::is_local;

/// One rule, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Rules {
    Several(Vec<FaultRule>),
    One(Box<FaultRule>),
}

/// Answers a request to the admin address.
pub(crate) fn answer(service: &Service, parts: &Parts, body: &[u8]) -> Answer {
    let result = if is_local(&parts.headers) { perform(service, parts, body) } else { Err(Refusal::not_allowed()) };
    result.unwrap_or_else(|refusal| refusal.answer(false))
}

fn perform(service: &Service, parts: &Parts, body: &[u8]) -> Result<Answer, Refusal> {
    let done = Answer::json(StatusCode::OK, &json!({}));
    match (&parts.method, parts.uri.path()) {
        (&Method::GET, "/faults") => {
            let rules: Vec<Value> =
                service.faults().rules().filter_map(|rule| serde_json::to_value(rule).ok()).collect();
            Ok(Answer::json(StatusCode::OK, &rules.into()))
        }
        (&Method::POST, "/faults") => {
            is_json(parts)?;
            let rules =
                serde_json::from_slice(body).map_err(|_| Refusal::bad_parameter("the body is not a fault rule"))?;
            let rules = match rules {
                Rules::Several(rules) => rules,
                Rules::One(rule) => vec![*rule],
            };
            let mut faults = service.faults();
            rules.into_iter().for_each(|rule| faults.add(rule));
            Ok(done)
        }
        (&Method::DELETE, "/faults") => {
            service.faults().clear();
            Ok(done)
        }
        (&Method::GET, "/requests") => {
            let requests: Vec<Value> = service.records.all().iter().map(crate::RecordedRequest::redacted).collect();
            Ok(Answer::json(StatusCode::OK, &requests.into()))
        }
        (&Method::DELETE, "/requests") => {
            service.records.clear();
            Ok(done)
        }
        (&Method::POST, "/tokens") => {
            is_json(parts)?;
            let token = service.authority.tokens.issue(None).token;
            Ok(Answer::json(StatusCode::CREATED, &json!({ "token": token })))
        }
        (_, "/faults" | "/requests" | "/tokens") => Err(Refusal::method_unknown()),
        _ => Err(Refusal::path_unknown()),
    }
}

fn is_json(parts: &Parts) -> Result<(), Refusal> {
    let given = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if given.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json")) {
        return Ok(());
    }
    Err(Refusal::bad_parameter("the Content-Type is not application/json"))
}
