//! What the wrapper makes of the vendor's documented answers, to the byte, and of answers that nobody documents.

use codearts_repo::{Error, ErrorKind, SyncJob};

use crate::plain_server::{PlainServer, answer, answer_with};
use crate::wrapper_requests::{client, id};

async fn start(bytes: impl Into<Vec<u8>>) -> Result<SyncJob, Error> {
    let server = PlainServer::answering(bytes).await;
    client(&server, "MIIExample").start_sync(id(123)).send().await
}

/// Status, code and message of a refusal.
async fn refusal(bytes: impl Into<Vec<u8>>) -> (Option<u16>, Option<String>, Option<String>) {
    let error = start(bytes).await.expect_err("refused");
    (error.status(), error.code().map(str::to_owned), error.message().map(str::to_owned))
}

// The bodies stand here as the vendor's page prints them.
const DOCUMENTED_200: &str = "{\n\"jid\" : \"09a56216-cb37-494c-b314-d88dc6c9ff57\"\n}";
const DOCUMENTED_401: &str =
    "{\n\"error_code\" : \"DEV.00000003\",\n\"error_msg\" : \"Authentication information expired.\"\n}";
const DOCUMENTED_403: &str = "{\n\"error_code\" : \"CH.004403\",\n\"error_msg\" : \"Insufficient permissions. Apply for the required permission and try again.\"\n}";
const DOCUMENTED_404: &str = "{\n\"error_code\" : \"CH.004404\",\n\"error_msg\" : \"Repository Not Found\"\n}";

#[tokio::test]
async fn the_four_documented_answers() {
    let job = start(answer("200 OK", DOCUMENTED_200)).await.expect("accepted");
    assert_eq!((job.id.as_str(), job.repository.get()), ("09a56216-cb37-494c-b314-d88dc6c9ff57", 123));
    for (status, line, body, code, message) in [
        (401, "401 Unauthorized", DOCUMENTED_401, "DEV.00000003", "Authentication information expired."),
        (
            403,
            "403 Forbidden",
            DOCUMENTED_403,
            "CH.004403",
            "Insufficient permissions. Apply for the required permission and try again.",
        ),
        (404, "404 Not Found", DOCUMENTED_404, "CH.004404", "Repository Not Found"),
    ] {
        let answer = answer_with(line, "Content-Type: application/json\r\nX-Request-Id: req-9\r\n", body);
        let error = start(answer).await.expect_err("refused");
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.message(), Some(message));
        assert_eq!(error.request_id(), Some("req-9"));
        assert!(!error.may_have_been_sent() && !error.is_retryable() && !error.is_timeout());
    }
}

#[tokio::test]
async fn every_error_shape_keeps_status_code_and_message() {
    for body in [
        r#"{"error_code":"A.1","error_msg":"why","request_id":"body"}"#,
        r#"{"error":{"code":"A.1","message":"why"},"status":"failed"}"#,
        r#"{"error":{"code":"A.1","message":"why","title":"T"}}"#,
        r#"{"code":"A.1","message":"why"}"#,
        r#"{"errorCode":"A.1","errorMsg":"why"}"#,
        r#"{"error":{"code":1},"error_code":"A.1","error_msg":"why"}"#,
    ] {
        for line in ["401 Unauthorized", "429 Too Many Requests", "500 Internal Server Error"] {
            let status = line[..3].parse().ok();
            assert_eq!(refusal(answer(line, body)).await, (status, Some("A.1".into()), Some("why".into())), "{body}");
        }
    }
    let error = start(answer("404 Not Found", r#"{"error_code":"A","request_id":"body"}"#)).await.expect_err("refused");
    assert_eq!((error.code(), error.message(), error.request_id()), (Some("A"), None, Some("body")));
}

#[tokio::test]
async fn a_refusal_that_is_not_json_keeps_its_status_and_text() {
    let html = "<html><body>Bad\nGateway</body></html>";
    for line in ["401 Unauthorized", "403 Forbidden", "404 Not Found", "502 Bad Gateway", "418 I'm a teapot"] {
        let status = line[..3].parse().ok();
        let answer = answer_with(line, "Content-Type: text/html\r\n", html);
        assert_eq!(refusal(answer).await, (status, None, Some(html.into())));
        assert_eq!(refusal(answer_with(line, "", "")).await, (status, None, None));
    }
    // A body that breaks off, and one that is not UTF-8.
    let cut = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 999\r\n\r\n{\"error_code\":";
    assert_eq!(refusal(cut).await, (Some(503), None, None));
    let bytes = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\n\xff\xfe".to_vec();
    assert_eq!(refusal(bytes).await.0, Some(500));
}

#[tokio::test]
async fn success_without_a_task_id_is_an_error() {
    for body in [
        "{}",
        r#"{"jid":null}"#,
        r#"{"jid":""}"#,
        r#"{"jid":77}"#,
        r#"{"jid":{}}"#,
        r#"["09a56216"]"#,
        " [\"09a56216\"]",
        "\"09a56216\"",
        "null",
        "77",
        "",
        "<html>ok</html>",
        "{\"jid\":\"09a5",
        "\u{feff}{\"jid\":\"09a5\"}",
    ] {
        let error = start(answer_with("200 OK", "X-Request-Id: req-9\r\n", body)).await.expect_err(body);
        assert!(error.kind() == ErrorKind::UnexpectedAnswer, "{body}: {error:?}");
        assert_eq!((error.status(), error.request_id()), (Some(200), Some("req-9")), "{body}");
        assert!(error.may_have_been_sent() && !error.is_retryable(), "{body}");
    }
    for line in ["201 Created", "202 Accepted", "204 No Content"] {
        let error = start(format!("HTTP/1.1 {line}\r\nConnection: close\r\n\r\n")).await.expect_err(line);
        assert_eq!(error.status(), line[..3].parse().ok(), "{error:?}");
        assert!(error.may_have_been_sent());
    }
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"jid\":\"09a5\"}";
    let error = start(cut).await.expect_err("cut");
    assert!(error.is_connection() && error.may_have_been_sent(), "{error:?}");
}

#[tokio::test]
async fn unknown_fields_and_any_content_type_are_accepted() {
    let answer = answer_with("200 OK", "Content-Type: text/plain\r\n", r#"{"more":[1],"jid":"a"}"#);
    assert_eq!(start(answer).await.expect("accepted").id, "a");
}

#[tokio::test]
async fn an_endless_answer_is_read_up_to_a_limit() {
    let body = " ".repeat(codearts_repo_client::MAX_ANSWER_BYTES + 1);
    for line in ["200 OK", "500 Internal Server Error"] {
        let error = start(answer(line, &body)).await.expect_err("too long");
        let chunked =
            format!("HTTP/1.1 {line}\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
        let same = start(chunked).await.expect_err("too long");
        assert_eq!(error.status(), same.status());
        assert_eq!(error.may_have_been_sent(), same.may_have_been_sent());
        let text = format!("{error:?}{same:?}");
        assert_eq!(text.matches("longer than 16777216 bytes").count(), 2, "{text:.300}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for line in
        ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let elsewhere = PlainServer::answering(answer("200 OK", DOCUMENTED_200)).await;
        let location = format!("Location: {}/v4/repositories/123/remote-mirror\r\n", elsewhere.endpoint());
        let error = start(answer_with(line, &location, "")).await.expect_err("a redirect");
        assert_eq!(error.status(), line[..3].parse().ok());
        assert!(!error.may_have_been_sent());
        assert_eq!(elsewhere.requests().len(), 0, "{line}");
    }
}

#[tokio::test]
async fn a_refused_connection_was_certainly_not_sent() {
    let server = PlainServer::answering("").await;
    let client = client(&server, "t");
    drop(server);
    tokio::task::yield_now().await;
    let error = client.start_sync(id(1)).send().await.expect_err("refused");
    assert!(error.is_connection() && !error.may_have_been_sent() && error.is_retryable(), "{error:?}");
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_may_have_been_sent() {
    let error = start("").await.expect_err("nothing");
    assert!(error.is_connection() && error.may_have_been_sent() && error.is_retryable(), "{error:?}");
    let error = start("garbage\r\n\r\n").await.expect_err("garbage");
    assert!(error.is_connection() && error.may_have_been_sent(), "{error:?}");
}
