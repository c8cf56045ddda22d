//! Requests that are accepted, and requests that are refused with 400.

use codearts_repo_client::bounds;
use codearts_repo_emulator::{Emulator, Repository, Upstream};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, TOKEN, mirror, reply};

async fn caller() -> Caller {
    Caller::start(Emulator::builder().repository(Repository::new(123).upstream(Upstream::demonstration()))).await
}

#[tokio::test]
async fn undocumented_bodies_are_refused() {
    let caller = caller().await;
    for body in [
        r#"[]"#,
        r#"null"#,
        r#""text""#,
        r#"{"username": 7}"#,
        r#"{"username": null}"#,
        r#"{"username": "not base64!"}"#,
        r#"{"password": "YQ"}"#,
        r#"{"force_fetch": "true"}"#,
        r#"{"endpoint_uuid": {}}"#,
        r#"{"#,
        "\u{feff}{}",
    ] {
        let request = caller.request(Method::POST, &mirror(123)).header("X-Auth-Token", TOKEN);
        let answer = reply(request.header("Content-Type", "application/json").body(body)).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (400, "CH.010001"), "{body}");
    }
    for body in [
        json!({ "url": "ftp://a" }),
        json!({ "url": "-http://a" }),
        json!({ "url": "ext::sh -c id" }),
        json!({ "url": "file:///etc" }),
        json!({ "url": "--upload-pack=id" }),
        json!({ "sync_branch_type": "some" }),
        json!({ "mirroring_enabled": 1 }),
    ] {
        let answer = caller.call(Method::PUT, &mirror(123), Some(body.clone())).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (400, "CH.010001"), "{body}");
    }
}

#[tokio::test]
async fn a_refusal_does_not_repeat_a_secret() {
    let caller = caller().await;
    let answer = caller.call(Method::POST, &mirror(123), Some(json!({ "password": "pl@in-s3cr3t" }))).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body["error_msg"].as_str().unwrap().contains("/password"), "{}", answer.body);
    assert!(!answer.body.to_string().contains("s3cr3t"), "{}", answer.body);
}

#[tokio::test]
async fn documented_bodies_are_accepted() {
    let caller = caller().await;
    let documented = json!({ "username": "", "password": "", "endpoint_uuid": "" });
    let unknown_member = json!({ "something_new": [1] });
    for body in [Some(documented), Some(json!({})), Some(unknown_member), None] {
        let answer = caller.call(Method::POST, &mirror(123), body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    for content_type in ["application/json", "application/json;charset=utf8", "Application/JSON"] {
        let request = caller.request(Method::POST, &mirror(123)).header("X-Auth-Token", TOKEN).body("{}");
        assert_eq!(reply(request.header("Content-Type", content_type)).await.status, 200, "{content_type}");
    }
    let request = caller.request(Method::POST, &mirror(123)).header("X-Auth-Token", TOKEN).body("{}");
    assert_eq!(reply(request.header("Content-Type", "text/xml")).await.status, 400);
    let request = caller.request(Method::GET, &mirror(123)).header("X-Auth-Token", TOKEN);
    assert_eq!(reply(request.header("api-version", "2026-01-27")).await.status, 200);
    caller.emulator.wait_idle(123).await;
}

#[tokio::test]
async fn repository_ids_out_of_range_are_refused() {
    let caller = caller().await;
    let above = (bounds::REPOSITORY_ID.end() + 1).to_string();
    for id in ["0", "-1", &above, "99999999999999999999", "abc", "1.5", "+1", "01", "%31", "1%20", "null"] {
        let answer = caller.call(Method::GET, &format!("/v4/repositories/{id}/remote-mirror"), None).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (400, "CH.010001"), "{id}");
    }
    let answer = caller.call(Method::GET, &mirror(*bounds::REPOSITORY_ID.end()), None).await;
    assert_eq!(answer.status, 404, "in range, but not there");
}

#[tokio::test]
async fn query_parameters_out_of_range_are_refused() {
    let caller = caller().await;
    let above = [
        format!("limit={}", bounds::PAGE_LIMIT.end() + 1),
        format!("offset={}", bounds::PAGE_OFFSET.end() + 1),
        format!("search={}", "x".repeat(bounds::SEARCH_TEXT.end() + 1)),
    ];
    for query in above.iter().map(String::as_str).chain([
        "limit=0",
        "limit=a",
        "limit=",
        "offset=-1",
        "order_by=name",
        "sort=up",
        "search=",
        "archived=1",
        "archived=True",
        "limit=1&limit=2",
    ]) {
        let answer = caller.call(Method::GET, &format!("/v4/user/repositories?{query}"), None).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (400, "CH.010001"), "{query}");
    }
    assert_eq!(caller.call(Method::GET, "/v4/user/repositories?unknown=1", None).await.status, 200);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let caller = caller().await;
    let body = format!("{{\"username\": \"{}\"}}", "A".repeat(2 * 1024 * 1024));
    let request = caller.request(Method::POST, &mirror(123)).header("X-Auth-Token", TOKEN).body(body);
    let answer = reply(request).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (413, "APIGW.0201"));
}

#[tokio::test]
async fn the_longest_token_is_accepted() {
    let token = "T".repeat(*bounds::TOKEN.end());
    let caller = Caller::start(Emulator::builder().token(token.clone()).repository(Repository::new(1))).await;
    let list = caller.request(Method::GET, "/v4/user/repositories");
    let answer = reply(list.header("X-Auth-Token", &token).header("X-Other", "x".repeat(65_000))).await;
    assert_eq!(answer.status, 200);
    let recorded = caller.emulator.requests();
    assert_eq!(recorded[0].header("x-auth-token"), Some(token.as_str()));
}

#[tokio::test]
async fn other_headers_of_more_than_64_kib_are_refused_and_not_recorded() {
    let caller = caller().await;
    for length in [66_000, 150_000] {
        let list = caller.request(Method::GET, "/v4/user/repositories").header("X-Auth-Token", TOKEN);
        let answer = reply(list.header("X-Other", "x".repeat(length))).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (431, "APIGW.0201"), "{length}");
    }
    assert!(caller.emulator.requests().is_empty());
}

#[tokio::test]
async fn a_new_operation_of_the_document_is_known() {
    let added = "  /v4/repositories/{repository_id}/color:\n    get:\n      operationId: ShowColor\n      parameters:\n        \
                 - $ref: \"#/components/parameters/RepositoryId\"\n      responses:\n        \"200\":\n          description: OK\n          \
                 content:\n            application/json:\n              example: { color: blue }\n\ncomponents:\n";
    let changed = codearts_repo_client::OPENAPI.replacen("components:\n", added, 1);
    let caller = Caller::start(Emulator::builder().openapi(changed).repository(Repository::new(123))).await;
    let answer = caller.call(Method::GET, "/v4/repositories/123/color", None).await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({ "color": "blue" })));
    assert_eq!(caller.call(Method::GET, "/v4/repositories/0/color", None).await.status, 400);
    assert_eq!(caller.call(Method::GET, "/v4/repositories/7/color", None).await.status, 404);
    assert_eq!(reply(caller.request(Method::GET, "/v4/repositories/123/color")).await.status, 401);
}

#[tokio::test]
async fn requests_are_recorded_decoded_and_redacted() {
    let caller = caller().await;
    let body = crate::caller::credentials("alice", "s3cr3t");
    caller.call(Method::POST, &mirror(123), Some(body.clone())).await;
    caller.call(Method::GET, "/v4/user/repositories?limit=3", None).await;
    let requests = caller.emulator.requests();
    assert_eq!((requests[0].method(), requests[0].path()), ("POST", mirror(123).as_str()));
    assert_eq!(requests[0].json(), Some(body));
    assert_eq!(requests[0].remote_credentials(), Some(("alice".to_owned(), "s3cr3t".to_owned())));
    assert_eq!(requests[0].header("X-Auth-Token"), Some(TOKEN));
    assert_eq!(requests[1].path(), "/v4/user/repositories?limit=3");
    assert_eq!(requests[1].json().unwrap_or(Value::Null), Value::Null);
    let shown = format!("{requests:?} {requests:#?}");
    for secret in [TOKEN, "s3cr3t", "czNjcjN0", "YWxpY2U="] {
        assert!(!shown.contains(secret), "{shown}");
    }
    caller.emulator.wait_idle(123).await;
}
