//! The token operation of IAM.

use http::StatusCode;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::Call;
use crate::answer::Answer;
use crate::clock;
use crate::refusal::Refusal;
use crate::seed::User;
use crate::service::Service;

pub(super) fn create(service: &Service, call: &Call) -> Result<Answer, Refusal> {
    let user = service.users.iter().find(|user| proves(user, &call.body)).ok_or_else(Refusal::user_unknown)?;
    let issued = service.authority.tokens.issue(Some(user));
    let domain = json!({ "id": id_of(&user.domain), "name": user.domain });
    let mut token = Map::new();
    if call.query.get("nocatalog").and_then(Value::as_str).unwrap_or_default().is_empty() {
        token.insert(
            "catalog".into(),
            json!([{ "id": "codeartsrepo", "name": "codeartsrepo", "type": "codeartsrepo", "endpoints": [] }]),
        );
    } else {
        token.insert("catalog".into(), json!([]));
    }
    match call.body.pointer("/auth/scope/project") {
        Some(project) => token.insert("project".into(), scope(project, Some(&domain))),
        None => token.insert("domain".into(), domain.clone()),
    };
    token.insert("expires_at".into(), clock::in_iam(issued.expires_at).into());
    token.insert("issued_at".into(), clock::in_iam(issued.issued_at).into());
    token.insert("methods".into(), json!(["password"]));
    token.insert("roles".into(), json!([{ "id": "0", "name": "te_admin" }]));
    token.insert(
        "user".into(),
        json!({ "id": id_of(&user.name), "name": user.name, "domain": domain, "password_expires_at": "" }),
    );
    Ok(Answer::json(StatusCode::CREATED, &json!({ "token": token })).with("x-subject-token", &issued.token))
}

fn proves(user: &User, body: &Value) -> bool {
    let text = |place| body.pointer(place).and_then(Value::as_str);
    text("/auth/identity/password/user/name") == Some(&user.name)
        && text("/auth/identity/password/user/domain/name") == Some(&user.domain)
        && text("/auth/identity/password/user/password").map(str::as_bytes) == Some(user.password.bytes())
}

/// The requested project. A missing id or name is made up.
fn scope(project: &Value, domain: Option<&Value>) -> Value {
    let text = |member: &str| project.get(member).and_then(Value::as_str);
    let name = text("name").unwrap_or("emulator");
    json!({ "id": text("id").map_or_else(|| id_of(name), str::to_owned), "name": name, "domain": domain })
}

/// An id in the form of IAM's: 32 hexadecimal digits, always the same ones for the same name.
fn id_of(name: &str) -> String {
    let mut id = hex::encode(Sha256::digest(name));
    id.truncate(32);
    id
}
