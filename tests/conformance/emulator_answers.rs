//! The emulator's answers against openapi.yaml, asked by a plain HTTP client that knows neither.

use codearts_repo_emulator::{Emulator, Repository, Upstream, User};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::contract::{assert_answer_fits, document, operations};

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

struct Desk {
    emulator: Emulator,
    http: reqwest::Client,
    token: String,
}

impl Desk {
    async fn open() -> Self {
        let emulator = Emulator::builder()
            .user(User::new("company", "robot", "s3cr3t"))
            .repository(Repository::new(123).upstream(Upstream::demonstration()))
            .repository(Repository::new(124))
            .start()
            .await
            .expect("an emulator");
        let http = http();
        let token = emulator.issue_token();
        Self { emulator, http, token }
    }

    /// Asks, checks the answer against the operation's schema for its status, and returns it.
    async fn ask(&self, id: &str, token: Option<&str>, url: &str, body: Option<Value>) -> (u16, HeaderMap, Value) {
        let document = document();
        let (_, method, _) = crate::contract::operation(&document, id);
        let url = format!("{}{url}", self.emulator.endpoint());
        let mut request = self.http.request(method.parse().expect("a method"), url);
        if let Some(token) = token {
            request = request.header("X-Auth-Token", token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body: Value = answer.json().await.expect("JSON");
        assert_answer_fits(id, status, &body);
        (status, headers, body)
    }
}

const MIRROR: &str = "/v4/repositories/123/remote-mirror";
const START: &str = "StartRemoteMirrorSynchronization";

#[tokio::test]
async fn every_operation_answers_as_documented() {
    let desk = Desk::open().await;
    let token = Some(desk.token.as_str());
    let documented_body = json!({ "username": "", "password": "", "endpoint_uuid": "" });
    let (status, _, started) = desk.ask(START, token, MIRROR, Some(documented_body)).await;
    assert_eq!(status, 200);
    assert_eq!(started["jid"].as_str().map(str::len), Some("09a56216-cb37-494c-b314-d88dc6c9ff57".len()));
    desk.emulator.wait_idle(123).await;

    let (status, _, mirror) = desk.ask("ShowRemoteMirror", token, MIRROR, None).await;
    assert_eq!((status, &mirror["update_status"]), (200, &json!("finished")));
    let (status, _, page) = desk.ask("ListCurrentUserRepositories", token, "/v4/user/repositories", None).await;
    assert_eq!((status, page.as_array().map(Vec::len)), (200, Some(2)));
    let change = json!({ "sync_branch_type": "all" });
    let (status, _, after) = desk.ask("UpdateRepositoryRemoteMirror", token, MIRROR, Some(change)).await;
    assert_eq!((status, &after["sync_branch_type"]), (200, &json!("all")));
    let source = json!({ "url": "https://git.example.com/a.git" });
    let associate = "/v4/repositories/124/remote-mirror/associate";
    let (status, _, made) = desk.ask("AssociateRemoteMirror", token, associate, Some(source)).await;
    assert_eq!((status, &made["repository_id"]), (201, &json!(124)));

    let repository = "/v4/repositories/123";
    let (status, _, shown) = desk.ask("ShowRepository", token, repository, None).await;
    assert_eq!((status, &shown["id"]), (200, &json!(123)));
    for (operation, path) in [
        ("ListBranches", "/v4/repositories/123/repository/branches"),
        ("ListTags", "/v4/repositories/123/repository/tags"),
        ("ListProjectRepositories", "/v4/projects/00000000000000000000000000000001/repositories"),
    ] {
        let (status, _, listed) = desk.ask(operation, token, path, None).await;
        assert!(status == 200 && listed.as_array().is_some_and(|listed| !listed.is_empty()), "{operation}: {listed}");
    }
    let branch = "/v4/repositories/123/repository/branch?branch_name=main";
    let (status, _, branch) = desk.ask("ShowBranch", token, branch, None).await;
    assert_eq!((status, branch["commit"]["id"].as_str().map(str::len)), (200, Some(40)));

    let login = json!({ "auth": {
        "identity": { "methods": ["password"], "password": { "user": {
            "name": "robot", "password": "s3cr3t", "domain": { "name": "company" } } } },
        "scope": { "project": { "name": "cn-north-4" } }
    } });
    let (status, headers, _) =
        desk.ask("KeystoneCreateUserTokenByPassword", None, "/v3/auth/tokens", Some(login.clone())).await;
    assert_eq!(status, 201);
    let issued = headers["x-subject-token"].to_str().expect("ASCII").to_owned();
    assert_eq!(desk.ask("ShowRemoteMirror", Some(&issued), MIRROR, None).await.0, 200);

    let mut wrong = login;
    wrong["auth"]["identity"]["password"]["user"]["password"] = json!("wrong");
    let (status, _, refused) =
        desk.ask("KeystoneCreateUserTokenByPassword", None, "/v3/auth/tokens", Some(wrong)).await;
    assert_eq!((status, &refused["error"]["code"]), (401, &json!(401)));
}

#[tokio::test]
async fn every_refusal_has_the_documented_form() {
    let desk = Desk::open().await;
    let token = Some(desk.token.as_str());
    for (operation, url, body) in [
        (START, MIRROR, Some(json!({}))),
        ("ShowRemoteMirror", MIRROR, None),
        ("UpdateRepositoryRemoteMirror", MIRROR, Some(json!({}))),
        ("AssociateRemoteMirror", "/v4/repositories/124/remote-mirror/associate", Some(json!({}))),
        ("ListCurrentUserRepositories", "/v4/user/repositories", None),
        ("ShowRepository", "/v4/repositories/123", None),
        ("ShowBranch", "/v4/repositories/123/repository/branch?branch_name=main", None),
        ("ListBranches", "/v4/repositories/123/repository/branches", None),
        ("ListTags", "/v4/repositories/123/repository/tags", None),
        ("ListProjectRepositories", "/v4/projects/00000000000000000000000000000001/repositories", None),
    ] {
        for (token, code) in [(None, "DEV.00000001"), (Some("not-a-token"), "DEV.00000002")] {
            let (status, headers, refused) = desk.ask(operation, token, url, body.clone()).await;
            assert_eq!((status, refused["error_code"].as_str()), (401, Some(code)), "{operation}");
            assert!(headers.contains_key("x-request-id"));
        }
    }
    let (status, _, refused) = desk.ask(START, token, "/v4/repositories/999/remote-mirror", Some(json!({}))).await;
    assert_eq!((status, refused), (404, json!({ "error_code": "CH.004404", "error_msg": "Repository Not Found" })));
    for (url, body) in [
        (MIRROR, json!({ "force_fetch": "yes" })),
        (MIRROR, json!({ "username": 5 })),
        (MIRROR, json!({ "username": "not Base64!" })),
        (MIRROR, json!([])),
    ] {
        let (status, _, refused) = desk.ask(START, token, url, Some(body.clone())).await;
        assert_eq!((status, refused["error_code"].as_str()), (400, Some("CH.010001")), "{body}");
    }
    for url in ["/v4/user/repositories?limit=101", "/v4/user/repositories?limit=0", "/v4/user/repositories?sort=up"] {
        let (status, ..) = desk.ask("ListCurrentUserRepositories", token, url, None).await;
        assert_eq!(status, 400, "{url}");
    }
}

/// A path that is added to the document is asked for here before anybody forgets it.
#[test]
fn every_operation_is_asked_for_above() {
    let source = include_str!("emulator_answers.rs");
    for (_, _, operation) in operations(&document()) {
        let id = operation["operationId"].as_str().expect("an id");
        assert!(source.contains(&format!("\"{id}\"")), "{id}");
    }
}
