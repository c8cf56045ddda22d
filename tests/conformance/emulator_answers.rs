//! The emulator's answers against openapi.yaml, asked by a plain HTTP client that knows neither.

use std::collections::BTreeSet;
use std::sync::Mutex;

use codearts_repo::auth::AccessKey;
use codearts_repo_client::{Authorize as _, bounds};
use codearts_repo_emulator::{Agency, Emulator, IdentityProvider, Repository, Upstream, User};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::contract::{
    Fields, answer, assert_answer_fits, complaints, operation, operations, path, resolve, shared_document,
};
use crate::judge::parameters;

/// An HTTP client without TLS.
pub(crate) fn http() -> reqwest::Client {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls).build().expect("a client")
}

struct Harness {
    emulator: Emulator,
    http: reqwest::Client,
    token: String,
    /// The operations that gave a successful answer of their own.
    answered: Mutex<BTreeSet<String>>,
}

impl Harness {
    async fn start() -> Self {
        let emulator = Emulator::builder()
            .user(User::new("company", "robot", "s3cr3t"))
            .agency(Agency::new(PROVIDER, AGENCY, "eyJExample"))
            .identity_provider(IdentityProvider::new("ci", "eyJExample"))
            .access_key("HPUAEXAMPLE", "s3cr3t")
            .agency(Agency::of_caller("HPUAEXAMPLE", OF_CALLER))
            .repository(Repository::new(123).upstream(Upstream::demonstration()))
            .repository(Repository::new(124))
            .start()
            .await
            .expect("an emulator");
        let http = http();
        let token = emulator.issue_token();
        Self { emulator, http, token, answered: Mutex::default() }
    }

    /// Calls an operation, and checks the body and the headers of its answer against the document. `place` is the value in
    /// the path, and the query.
    async fn ask(&self, id: &str, token: Option<&str>, place: &str, body: Option<Value>) -> (u16, HeaderMap, Value) {
        let mut request = self.request(id, place, body);
        if let Some(token) = token {
            request.headers_mut().insert("X-Auth-Token", token.parse().expect("a token"));
        }
        self.send(id, request).await
    }

    /// The same, for an operation that needs a signature.
    async fn ask_signed(&self, id: &str, body: Option<Value>) -> (u16, HeaderMap, Value) {
        let mut request = self.request(id, "", body);
        let key = AccessKey::new("HPUAEXAMPLE", "s3cr3t").expect("a key");
        key.authorize(&mut request).expect("a signature");
        self.send(id, request).await
    }

    /// Logs in with an ID token of this provider.
    async fn log_in(&self, provider: &str, body: Value) -> (u16, HeaderMap, Value) {
        let mut request = self.request("CreateTokenWithIdToken", "", Some(body));
        request.headers_mut().insert("X-Idp-Id", provider.parse().expect("a header"));
        self.send("CreateTokenWithIdToken", request).await
    }

    fn request(&self, id: &str, place: &str, body: Option<Value>) -> reqwest::Request {
        let (_, method, _) = operation(shared_document(), id);
        let (value, query) = place.split_at(place.find('?').unwrap_or(place.len()));
        let values: Vec<&str> = value.split_terminator('/').collect();
        let url = format!("{}{}{query}", self.emulator.endpoint(), path(id, &values));
        let request = self.http.request(method.parse().expect("a method"), url);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        request.build().expect("a request")
    }

    async fn send(&self, id: &str, request: reqwest::Request) -> (u16, HeaderMap, Value) {
        let answer = self.http.execute(request).await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.bytes().await.expect("a body");
        // An answer such as 204 has no body.
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).expect("JSON") };
        assert!(status != 501, "the emulator does not implement {id}; add it to its src/operations/mod.rs");
        assert_answer_fits(id, status, &body);
        assert_headers_fit(id, status, &headers);
        if status < 300 {
            assert!(!headers.contains_key("x-emulator-example"), "the emulator does not implement {id}");
            self.answered.lock().expect("no panic").insert(id.to_owned());
        }
        (status, headers, body)
    }
}

/// Checks that an answer has every header that the document describes, that their values fit their schemas, and that it
/// has no other header of the service.
fn assert_headers_fit(id: &str, status: u16, headers: &HeaderMap) {
    let (_, _, operation) = operation(shared_document(), id);
    let described = described_headers(operation, status);
    for (name, header) in &described {
        let value = headers.get(name).unwrap_or_else(|| panic!("{id} {status} has no header {name}"));
        let schema = resolve(shared_document(), &header["schema"]);
        let text = value.to_str().expect("text");
        let value = if schema["type"] == "integer" { text.parse::<i64>().map(Value::from) } else { Ok(text.into()) };
        let value = value.unwrap_or_else(|_| panic!("{id} {status}: {name} is {text}"));
        assert!(complaints(schema, Fields::Documented, &value).is_empty(), "{id} {status}: {name} is {text}");
    }
    for name in headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("x-")) {
        let known = ["x-request-id", "x-emulator-example"].contains(&name);
        assert!(
            known || described.iter().any(|(described, _)| described == name),
            "{id} {status}: {name} is not described"
        );
    }
}

fn described_headers(operation: &'static Value, status: u16) -> Vec<(String, &'static Value)> {
    let document = shared_document();
    let headers = answer(document, operation, status).and_then(|answer| answer["headers"].as_object());
    headers.into_iter().flatten().map(|(name, header)| (name.to_lowercase(), resolve(document, header))).collect()
}

#[test]
fn a_missing_and_an_undescribed_header_are_noticed() {
    let check = |headers: HeaderMap| std::panic::catch_unwind(|| assert_headers_fit("ListTags", 200, &headers)).is_ok();
    let headers = |pairs: &[(&'static str, &'static str)]| {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
    };
    assert!(check(headers(&[("x-total", "3")])));
    assert!(!check(headers(&[])));
    assert!(!check(headers(&[("x-total", "3"), ("x-pages", "3")])));
}

const PROVIDER: &str = "iam::0123:oidcProvider:ci";
const AGENCY: &str = "iam::0123:agency:mirrors";
const OF_CALLER: &str = "iam::0123:agency:nightly";
/// The repository with a mirror, in the path.
const MIRROR: &str = "123";
const BRANCH: &str = "123?branch_name=main";
const PROJECT: &str = "00000000000000000000000000000001";
const START: &str = "StartRemoteMirrorSynchronization";

#[tokio::test]
async fn every_operation_answers_as_documented() {
    let harness = Harness::start().await;
    let token = Some(harness.token.as_str());
    let documented_body = json!({ "username": "", "password": "", "endpoint_uuid": "" });
    let (status, _, started) = harness.ask(START, token, MIRROR, Some(documented_body)).await;
    assert_eq!(status, 200);
    assert_eq!(started["jid"].as_str().map(str::len), Some("09a56216-cb37-494c-b314-d88dc6c9ff57".len()));
    harness.emulator.wait_idle(123).await;

    let (status, _, mirror) = harness.ask("ShowRemoteMirror", token, MIRROR, None).await;
    assert_eq!((status, &mirror["update_status"]), (200, &json!("finished")));
    let (status, _, page) = harness.ask("ListCurrentUserRepositories", token, "", None).await;
    assert_eq!((status, page.as_array().map(Vec::len)), (200, Some(2)));
    let change = json!({ "sync_branch_type": "all" });
    let (status, _, after) = harness.ask("UpdateRepositoryRemoteMirror", token, MIRROR, Some(change)).await;
    assert_eq!((status, &after["sync_branch_type"]), (200, &json!("all")));
    let source = json!({ "url": "https://git.example.com/a.git" });
    let (status, _, made) = harness.ask("AssociateRemoteMirror", token, "124", Some(source)).await;
    assert_eq!((status, &made["repository_id"]), (201, &json!(124)));

    let (status, _, shown) = harness.ask("ShowRepository", token, MIRROR, None).await;
    assert_eq!((status, &shown["id"]), (200, &json!(123)));
    for (operation, owner) in [("ListBranches", MIRROR), ("ListTags", MIRROR), ("ListProjectRepositories", PROJECT)] {
        let (status, _, listed) = harness.ask(operation, token, owner, None).await;
        assert!(status == 200 && listed.as_array().is_some_and(|listed| !listed.is_empty()), "{operation}: {listed}");
    }
    let (status, _, branch) = harness.ask("ShowBranch", token, BRANCH, None).await;
    let git_dir = harness.emulator.repository_dir(123).expect("a repository");
    let mut git = std::process::Command::new("git");
    let output = git.arg("--git-dir").arg(git_dir).args(["rev-parse", "main"]).output().expect("git");
    let commit = String::from_utf8(output.stdout).expect("text");
    assert_eq!((status, branch["commit"]["id"].as_str()), (200, Some(commit.trim())));

    let login = json!({ "auth": {
        "identity": { "methods": ["password"], "password": { "user": {
            "name": "robot", "password": "s3cr3t", "domain": { "name": "company" } } } },
        "scope": { "project": { "name": "cn-north-4" } }
    } });
    let (status, headers, _) = harness.ask("KeystoneCreateUserTokenByPassword", None, "", Some(login.clone())).await;
    assert_eq!(status, 201);
    let issued = headers["x-subject-token"].to_str().expect("ASCII").to_owned();
    assert_eq!(harness.ask("ShowRemoteMirror", Some(&issued), MIRROR, None).await.0, 200);

    let assume = json!({ "provider_urn": PROVIDER, "agency_urn": AGENCY, "agency_session_name": "ci",
        "id_token": "eyJExample", "duration_seconds": 900 });
    let (status, _, assumed) = harness.ask("AssumeAgencyWithOIDC", None, "", Some(assume.clone())).await;
    assert_eq!((status, assumed["credentials"]["expiration"].is_string()), (200, true));
    for (member, value) in
        [("id_token", "other"), ("provider_urn", "iam::1:oidcProvider:other"), ("agency_urn", "a:b:c:d:e")]
    {
        let mut wrong = assume.clone();
        wrong[member] = json!(value);
        let (status, _, refused) = harness.ask("AssumeAgencyWithOIDC", None, "", Some(wrong)).await;
        assert!(status == 403 && refused["error_code"].is_string(), "{member}: {refused}");
    }

    let assume = json!({ "agency_urn": OF_CALLER, "agency_session_name": "ci" });
    let (status, _, assumed) = harness.ask_signed("AssumeAgency", Some(assume.clone())).await;
    assert_eq!((status, assumed["credentials"]["expiration"].is_string()), (200, true));
    for other in ["a:b:c:d:e", AGENCY] {
        let mut wrong = assume.clone();
        wrong["agency_urn"] = json!(other);
        let (status, _, refused) = harness.ask_signed("AssumeAgency", Some(wrong)).await;
        assert!(status == 403 && refused["error_code"].is_string(), "{other}: {refused}");
    }
    assert_eq!(harness.ask("AssumeAgency", token, "", Some(assume)).await.0, 401, "a token is no signature");
    let (status, _, identity) = harness.ask_signed("GetCallerIdentity", None).await;
    assert_eq!((status, identity["principal_id"].as_str()), (200, Some("HPUAEXAMPLE")));

    let by_id_token = |id: &str| json!({ "auth": { "id_token": { "id": id } } });
    let (status, headers, _) = harness.log_in("ci", by_id_token("eyJExample")).await;
    assert_eq!(status, 201);
    let federated = headers["x-subject-token"].to_str().expect("ASCII").to_owned();
    assert_eq!(harness.log_in("ci", by_id_token("other")).await.0, 401);
    assert_eq!(harness.log_in("other", by_id_token("eyJExample")).await.0, 404);

    let of_token = |id: &str| json!({ "methods": ["token"], "token": { "id": id, "duration_seconds": 900 } });
    let role =
        |name: &str| json!({ "methods": ["assume_role"], "assume_role": { "agency_name": name, "domain_id": "0123" } });
    let id = "CreateTemporaryAccessKeyByToken";
    let ask = |identity: Value| Some(json!({ "auth": { "identity": identity } }));
    assert_eq!(harness.ask(id, None, "", ask(of_token(&federated))).await.0, 201);
    assert_eq!(harness.ask(id, token, "", ask(json!({ "methods": ["token"] }))).await.0, 201);
    assert_eq!(harness.ask_signed(id, ask(role("nightly"))).await.0, 201);
    for (refused, status) in [(of_token("other"), 401), (role("nightly"), 401), (json!({ "methods": [] }), 400)] {
        assert_eq!(harness.ask(id, None, "", ask(refused.clone())).await.0, status, "{refused}");
    }
    assert_eq!(harness.ask_signed(id, ask(role("mirrors"))).await.0, 403, "it trusts a provider");

    let documented: BTreeSet<String> = operations(shared_document())
        .into_iter()
        .map(|(_, _, operation)| operation["operationId"].as_str().expect("an id").to_owned())
        .collect();
    let answered = harness.answered.lock().expect("no panic").clone();
    let missing: Vec<_> = documented.difference(&answered).collect();
    assert!(missing.is_empty(), "call {missing:?} in this test, and implement them in the emulator's src/operations");

    let mut wrong = login;
    wrong["auth"]["identity"]["password"]["user"]["password"] = json!("wrong");
    let (status, _, refused) = harness.ask("KeystoneCreateUserTokenByPassword", None, "", Some(wrong)).await;
    assert_eq!((status, &refused["error"]["code"]), (401, &json!(401)));
}

#[tokio::test]
async fn every_refusal_has_the_documented_form() {
    let harness = Harness::start().await;
    let token = Some(harness.token.as_str());
    let calls = [
        (START, MIRROR, Some(json!({}))),
        ("ShowRemoteMirror", MIRROR, None),
        ("UpdateRepositoryRemoteMirror", MIRROR, Some(json!({}))),
        ("AssociateRemoteMirror", "124", Some(json!({}))),
        ("ListCurrentUserRepositories", "", None),
        ("ShowRepository", MIRROR, None),
        ("ShowBranch", BRANCH, None),
        ("ListBranches", MIRROR, None),
        ("ListTags", MIRROR, None),
        ("ListProjectRepositories", PROJECT, None),
    ];
    for (template, _, operation) in operations(shared_document()) {
        let needs_token =
            parameters(shared_document(), template, operation).iter().any(|it| it["name"] == "X-Auth-Token");
        let is_asked = calls.iter().any(|(id, ..)| operation["operationId"] == *id);
        assert!(is_asked || !needs_token, "call {} without a token in this test", operation["operationId"]);
    }
    for (operation, place, body) in calls {
        for (token, code) in [(None, "DEV.00000001"), (Some("not-a-token"), "DEV.00000002")] {
            let (status, headers, refused) = harness.ask(operation, token, place, body.clone()).await;
            assert_eq!((status, refused["error_code"].as_str()), (401, Some(code)), "{operation}");
            assert!(headers.contains_key("x-request-id"));
        }
    }
    let (status, _, refused) = harness.ask(START, token, "999", Some(json!({}))).await;
    assert_eq!((status, refused), (404, json!({ "error_code": "CH.004404", "error_msg": "Repository Not Found" })));
    for body in
        [json!({ "force_fetch": "yes" }), json!({ "username": 5 }), json!({ "username": "not Base64!" }), json!([])]
    {
        let (status, _, refused) = harness.ask(START, token, MIRROR, Some(body.clone())).await;
        assert_eq!((status, refused["error_code"].as_str()), (400, Some("CH.010001")), "{body}");
    }
    let too_many = format!("limit={}", bounds::PAGE_LIMIT.end() + 1);
    for query in [too_many.as_str(), "limit=0", "sort=up"] {
        let (status, ..) = harness.ask("ListCurrentUserRepositories", token, &format!("?{query}"), None).await;
        assert_eq!(status, 400, "{query}");
    }
}
