//! Every answer matches openapi.yaml.

use codearts_repo_emulator::{Emulator, Repository, Upstream, User};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::caller::{Caller, Reply, TOKEN, mirror, reply};
use crate::document::Document;

const MIRROR: &str = "/v4/repositories/{repository_id}/remote-mirror";
const ASSOCIATE: &str = "/v4/repositories/{repository_id}/remote-mirror/associate";
const LIST: &str = "/v4/user/repositories";
const TOKENS: &str = "/v3/auth/tokens";

async fn caller() -> Caller {
    let builder = Emulator::builder()
        .user(User::new("account", "alice", "pass-word"))
        .repository(Repository::new(123).upstream(Upstream::demonstration()))
        .repository(Repository::new(124));
    Caller::start(builder).await
}

fn identity(password: &str) -> Value {
    let user = json!({ "name": "alice", "password": password, "domain": { "name": "account" } });
    json!({ "auth": {
        "identity": { "methods": ["password"], "password": { "user": user } },
        "scope": { "project": { "name": "cn-north-4" } },
    } })
}

#[tokio::test]
async fn the_answers_of_all_operations_are_as_documented() {
    let (caller, document) = (caller().await, Document::read());
    let expect = |reply: Reply, status: u16, method: Method, template: &str| {
        assert_eq!(reply.status, status, "{method} {template}: {}", reply.body);
        document.judge(&method, template, &reply);
        reply.body
    };
    let never = ["last_update_at", "last_successful_update_at"];

    let shown = expect(caller.call(Method::GET, &mirror(123), None).await, 200, Method::GET, MIRROR);
    document.has_all_members("RemoteMirror", &shown, &never);
    let start = expect(caller.call(Method::POST, &mirror(123), Some(json!({}))).await, 200, Method::POST, MIRROR);
    let jid = start["jid"].as_str().unwrap();
    assert!(jid.len() == 36 && jid.as_bytes()[14] == b'4', "{jid} is a UUID of version 4");
    caller.emulator.wait_idle(123).await;
    let shown = expect(caller.call(Method::GET, &mirror(123), None).await, 200, Method::GET, MIRROR);
    document.has_all_members("RemoteMirror", &shown, &[]);

    let change = json!({ "url": "https://git.example.com/a.git", "mirroring_enabled": true, "endpoint_uuid": "e1" });
    let set = expect(caller.call(Method::PUT, &mirror(123), Some(change)).await, 200, Method::PUT, MIRROR);
    document.has_all_members("UpdateRemoteMirrorResponse", &set, &[]);
    let expected = json!({ "url": "https://git.example.com/a.git", "mirroring_enabled": true, "endpoint_uuid": "e1", "sync_branch_type": "all" });
    assert_eq!(set, expected);
    let same = expect(caller.call(Method::PUT, &mirror(123), None).await, 200, Method::PUT, MIRROR);
    assert_eq!(same, expected, "what is left out stays");

    let path = format!("{}/associate", mirror(124));
    let url = json!({ "url": "https://git.example.com/b.git" });
    let made = expect(caller.call(Method::POST, &path, Some(url)).await, 201, Method::POST, ASSOCIATE);
    document.has_all_members("RemoteMirror", &made, &never);
    assert_eq!(
        (made["update_status"].clone(), made["url"].clone()),
        (json!("none"), json!("https://git.example.com/b.git"))
    );

    let list = expect(caller.call(Method::GET, LIST, None).await, 200, Method::GET, LIST);
    document.has_all_members("Repository", &list[0], &[]);

    let token = reply(caller.request(Method::POST, TOKENS).json(&identity("pass-word"))).await;
    assert!(token.headers["x-subject-token"].to_str().unwrap().starts_with("MII"));
    let token = expect(token, 201, Method::POST, TOKENS);
    document.has_all_members("TokenDetails", &token["token"], &["domain"]);
}

#[tokio::test]
async fn the_refusals_are_as_documented() {
    let (caller, document) = (caller().await, Document::read());
    let unknown = mirror(999);
    for (method, path, template) in [
        (Method::POST, unknown.clone(), MIRROR),
        (Method::GET, unknown.clone(), MIRROR),
        (Method::PUT, unknown.clone(), MIRROR),
        (Method::POST, format!("{unknown}/associate"), ASSOCIATE),
    ] {
        let answer = caller.call(method.clone(), &path, None).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "CH.004404"));
        assert_eq!(answer.body["error_msg"], "Repository Not Found");
        document.judge(&method, template, &answer);
    }
    for (token, code) in [(None, "DEV.00000001"), (Some(""), "DEV.00000001"), (Some("other"), "DEV.00000002")] {
        // The repository is unknown and the body is not JSON: the caller is checked first.
        let mut request = caller.request(Method::POST, &unknown).body("{");
        if let Some(token) = token {
            request = request.header("X-Auth-Token", token);
        }
        let answer = reply(request).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (401, code));
        document.judge(&Method::POST, MIRROR, &answer);
    }
    for (method, path) in [(Method::POST, mirror(124)), (Method::GET, mirror(124)), (Method::PUT, mirror(124))] {
        let answer = caller.call(method.clone(), &path, None).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "CH.000404"), "no mirror yet");
        document.judge(&method, MIRROR, &answer);
    }
    let again = caller.call(Method::POST, &format!("{}/associate", mirror(123)), None).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    document.judge(&Method::POST, ASSOCIATE, &again);

    let refused = reply(caller.request(Method::POST, TOKENS).json(&identity("wrong"))).await;
    assert_eq!(refused.status, 401);
    document.judge(&Method::POST, TOKENS, &refused);
    let expected =
        json!({ "error": { "code": 401, "message": "The username or password is wrong.", "title": "Unauthorized" } });
    assert_eq!(refused.body, expected);
    let refused = reply(caller.request(Method::POST, TOKENS).json(&json!({ "auth": {} }))).await;
    assert_eq!((refused.status.as_u16(), refused.body["error"]["code"].as_u64()), (400, Some(400)));
    document.judge(&Method::POST, TOKENS, &refused);
}

#[tokio::test]
async fn the_gateway_refuses_unknown_paths_and_methods() {
    let caller = caller().await;
    for path in ["/v4", "/v4/repositories", "/v4/repositories/123/remote-mirror/", "/v5/user/repositories"] {
        let answer = reply(caller.request(Method::GET, path)).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "APIGW.0101"), "{path}");
        assert!(!answer.headers["x-request-id"].is_empty());
    }
    let answer = reply(caller.request(Method::DELETE, &mirror(123))).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (405, "APIGW.0103"));
    assert_eq!(answer.headers["allow"], "GET, PUT, POST");
}

#[tokio::test]
async fn tokens_of_iam_work_at_the_repository_service() {
    let caller = caller().await;
    let token =
        reply(caller.request(Method::POST, &format!("{TOKENS}?nocatalog=1")).json(&identity("pass-word"))).await;
    assert_eq!(token.body["token"]["catalog"], json!([]));
    let expires = token.body["token"]["expires_at"].as_str().unwrap();
    assert!(expires.len() == "2020-01-04T09:05:22.701000Z".len() && expires.ends_with('Z'), "{expires}");
    let issued = token.headers["x-subject-token"].to_str().unwrap();
    for token in [issued, &caller.emulator.issue_token(), TOKEN] {
        let answer = reply(caller.request(Method::GET, LIST).header("X-Auth-Token", token)).await;
        assert_eq!(answer.status, 200);
    }
}
