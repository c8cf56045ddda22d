//! The admin address.

use codearts_repo_emulator::Emulator;
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, Reply, TOKEN, reply};

const LIST: &str = "/v4/user/repositories";

async fn admin(caller: &Caller, method: Method, path: &str, body: Option<&Value>) -> Reply {
    let request = caller.http.request(method, format!("{}{path}", caller.emulator.admin_endpoint().unwrap()));
    reply(body.iter().fold(request, |request, body| request.json(body))).await
}

#[tokio::test]
async fn the_admin_api_has_faults_records_and_tokens() {
    let caller = Caller::start(Emulator::builder().admin_listen("127.0.0.1:0".parse().unwrap())).await;
    let rules = json!([
        { "fault": { "too_many_requests": { "retry_after": 2 } }, "operation": "ListCurrentUserRepositories", "times": 1 },
        { "fault": { "status": 500 }, "times": 5 },
    ]);
    assert_eq!(admin(&caller, Method::POST, "/faults", Some(&rules)).await.status, 200);
    assert_eq!(admin(&caller, Method::POST, "/faults", Some(&rules[0])).await.status, 200);
    assert_eq!(caller.call(Method::GET, LIST, None).await.headers["retry-after"], "2");
    assert_eq!(caller.call(Method::GET, LIST, None).await.status, 500);
    let left = admin(&caller, Method::GET, "/faults", None).await.body;
    assert_eq!((left.as_array().unwrap().len(), &left[0]["times"]), (2, &json!(4)));
    admin(&caller, Method::DELETE, "/faults", None).await;
    let token = admin(&caller, Method::POST, "/tokens", Some(&json!({}))).await.body["token"].clone();
    let answer = reply(caller.request(Method::GET, LIST).header("X-Auth-Token", token.as_str().unwrap())).await;
    assert_eq!(answer.status, 200);
    let requests = admin(&caller, Method::GET, "/requests", None).await.body;
    assert_eq!((requests.as_array().unwrap().len(), &requests[0]["path"]), (3, &json!(LIST)));
    assert_eq!(requests[0]["headers"]["x-auth-token"], "***");
    let secret = format!("{LIST}?X-Auth-Token={TOKEN}");
    assert_eq!(caller.call(Method::GET, &secret, None).await.status, 200);
    let requests = admin(&caller, Method::GET, "/requests", None).await.body;
    assert_eq!(requests[3]["path"], LIST, "a query is not shown");
    assert!(!requests.to_string().contains(TOKEN));
    admin(&caller, Method::DELETE, "/requests", None).await;
    assert!(caller.emulator.requests().is_empty());
    for (method, path, body, status) in [
        (Method::POST, "/faults", json!({ "fault": "unheard of" }), 400),
        (Method::PUT, "/faults", json!({}), 405),
        (Method::GET, LIST, json!({}), 404),
    ] {
        assert_eq!(admin(&caller, method, path, Some(&body)).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_web_page_cannot_use_it() {
    let caller = Caller::start(Emulator::builder().admin_listen("127.0.0.1:0".parse().unwrap())).await;
    let url = |path| format!("{}{path}", caller.emulator.admin_endpoint().unwrap());
    let plain = caller.http.post(url("/tokens")).header("Content-Type", "text/plain").body("{}");
    assert_eq!(reply(plain).await.status, 400);
    assert_eq!(reply(caller.http.get(url("/requests")).header("Host", "evil.example.com")).await.status, 403);
}

#[tokio::test]
async fn it_is_off_by_default() {
    let caller = Caller::start(Emulator::builder()).await;
    assert_eq!(caller.emulator.admin_endpoint(), None);
    assert_eq!(reply(caller.request(Method::GET, "/faults")).await.status, 404);
    let open = Emulator::builder().admin_listen("0.0.0.0:0".parse().unwrap()).start().await;
    assert!(open.is_err());
}
