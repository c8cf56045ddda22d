//! Faults on demand, seen by a client.

use std::time::{Duration, Instant};

use codearts_repo_emulator::{Emulator, Fault, FaultRule, Repository, Upstream};
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::caller::{Caller, TOKEN, mirror, reply};

const LIST: &str = "/v4/user/repositories";

async fn caller() -> Caller {
    Caller::start(Emulator::builder().repository(Repository::new(123).upstream(Upstream::demonstration()))).await
}

#[tokio::test]
async fn faults_replace_the_answer() {
    let caller = caller().await;
    let redirect = Fault::Redirect("http://127.0.0.1:9/elsewhere".to_owned());
    for (fault, status, code) in [
        (Fault::TooManyRequests { retry_after: None }, 429, "APIGW.0308"),
        (Fault::Status(500), 500, "CH.000001"),
        (Fault::Status(504), 504, "CH.080504"),
        (Fault::Status(101), 500, "CH.000001"),
        (Fault::TokenExpired, 401, "DEV.00000003"),
        (Fault::Html(502), 502, ""),
        (Fault::Empty(200), 200, ""),
    ] {
        caller.emulator.fail_next(fault.clone());
        let answer = caller.call(Method::POST, &mirror(123), None).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (status, code), "{fault:?}");
        assert!(!answer.headers.contains_key("retry-after"));
        assert!(!answer.headers["x-request-id"].is_empty());
    }
    assert_eq!(caller.show(123).await["update_status"], "none", "nothing was done for any of them");
    caller.emulator.fail_next(Fault::TooManyRequests { retry_after: Some(7) });
    assert_eq!(caller.call(Method::GET, LIST, None).await.headers["retry-after"], "7");
    caller.emulator.fail_next(redirect);
    let client = crate::caller::http().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = client.get(format!("{}{LIST}", caller.emulator.endpoint())).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["location"]),
        (307, &"http://127.0.0.1:9/elsewhere".parse().unwrap())
    );
    assert_eq!(caller.call(Method::GET, LIST, None).await.status, 200, "all faults are used up");
}

#[tokio::test]
async fn faults_break_the_answer_of_a_completed_call() {
    let caller = caller().await;
    caller.emulator.fail_next(Fault::Malformed);
    let answer = caller.call(Method::POST, &mirror(123), None).await;
    assert!(answer.status == 200 && answer.body.is_string(), "{}", answer.body);

    caller.emulator.fail_next(Fault::Truncated);
    let response = caller.request(Method::GET, LIST).header("X-Auth-Token", TOKEN).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err());

    caller.emulator.fail_next(Fault::ResetAfter);
    assert!(caller.request(Method::POST, &mirror(123)).header("X-Auth-Token", TOKEN).send().await.is_err());
    caller.emulator.wait_idle(123).await;
    assert_eq!(caller.show(123).await["update_status"], "finished", "the call was done");
}

#[tokio::test]
async fn half_of_a_truncated_answer_arrives() {
    let caller = caller().await;
    caller.emulator.fail_next(Fault::Truncated);
    let address = caller.emulator.endpoint().trim_start_matches("http://").to_owned();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream
        .write_all(format!("GET {LIST} HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {TOKEN}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut text = Vec::new();
    let _ = tokio::time::timeout(crate::caller::LONGEST, stream.read_to_end(&mut text)).await.unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let announced: usize =
        head.to_lowercase().split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!(body.starts_with('[') && body.len() == announced / 2, "{text}");
}

#[tokio::test]
async fn a_reset_reaches_the_client() {
    for (fault, done) in [(Fault::ResetBefore, "none"), (Fault::ResetAfter, "finished")] {
        let caller = caller().await;
        caller.emulator.fail_next(fault);
        let address = caller.emulator.endpoint().trim_start_matches("http://").to_owned();
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {TOKEN}\r\nContent-Length: 2\r\n\r\n{{}}",
            mirror(123)
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let error = stream.read(&mut [0; 16]).await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
        caller.emulator.wait_idle(123).await;
        assert_eq!(caller.show(123).await["update_status"], done);
        assert_eq!(caller.emulator.requests()[0].method(), "POST");
    }
}

#[tokio::test]
async fn faults_match_their_target() {
    let caller = caller().await;
    caller.emulator.fail(FaultRule::new(Fault::Status(503)).operation("ShowRemoteMirror").repository(123).times(2));
    let mut seen = Vec::new();
    for path in [LIST, &mirror(124), &mirror(123), &mirror(123), &mirror(123)] {
        seen.push(caller.call(Method::GET, path, None).await.status.as_u16());
    }
    assert_eq!(seen, [200, 404, 503, 503, 200]);
    caller.emulator.fail(Fault::Status(500));
    assert_eq!(caller.call(Method::GET, LIST, None).await.status, 500);
    assert_eq!(caller.call(Method::GET, LIST, None).await.status, 500);
    caller.emulator.clear_faults();
    assert_eq!(caller.call(Method::GET, LIST, None).await.status, 200);
}

#[tokio::test]
async fn a_share_of_the_calls_fails_the_same_way_every_time() {
    let mut rows = Vec::new();
    for _ in 0..2 {
        let caller = Caller::start(Emulator::builder().fault(FaultRule::new(Fault::Status(503)).share(0.4, 11))).await;
        let mut row = Vec::new();
        for _ in 0..40 {
            row.push(caller.call(Method::GET, LIST, None).await.status.as_u16());
        }
        rows.push(row);
    }
    assert_eq!(rows[0], rows[1]);
    assert!(rows[0].contains(&503) && rows[0].contains(&200));
}

#[tokio::test]
async fn a_delay_comes_before_the_next_fault() {
    let caller = caller().await;
    caller.emulator.fail_next(Fault::Delay(Duration::from_millis(120)));
    caller.emulator.fail_next(Fault::Status(500));
    let start = Instant::now();
    assert_eq!(caller.call(Method::GET, LIST, None).await.status, 500);
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn the_quota_answers_like_the_gateway() {
    let caller = Caller::start(Emulator::builder().quota(3, Duration::from_secs(600))).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(caller.call(Method::GET, LIST, None).await.status.as_u16());
    }
    assert_eq!(seen, [200, 200, 200, 429, 429]);
    let answer = caller.call(Method::GET, LIST, None).await;
    assert_eq!(answer.code(), "APIGW.0308");
    assert!(answer.body["error_msg"].as_str().unwrap().contains("limit:3,time:600"), "{}", answer.body);
    let other = reply(caller.request(Method::POST, "/v3/auth/tokens").json(&json!({}))).await;
    assert_eq!(other.status, 400, "each operation has its own");
}

#[tokio::test]
async fn a_call_with_a_late_answer_is_completed() {
    let caller = caller().await;
    caller.emulator.fail_next(Fault::DelayAnswer(Duration::from_secs(600)));
    let impatient = crate::caller::http().timeout(Duration::from_millis(300)).build().unwrap();
    let url = format!("{}{}", caller.emulator.endpoint(), mirror(123));
    let error = impatient.post(url).header("X-Auth-Token", TOKEN).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    caller.emulator.wait_idle(123).await;
    assert_eq!(caller.show(123).await["update_status"], "finished");
}

#[tokio::test]
async fn requests_are_recorded_when_they_arrive() {
    let caller = caller().await;
    caller.emulator.fail_next(Fault::Delay(Duration::from_secs(600)));
    let impatient = crate::caller::http().timeout(Duration::from_millis(300)).build().unwrap();
    let url = format!("{}{}", caller.emulator.endpoint(), mirror(123));
    let request = impatient.post(url).header("X-Auth-Token", TOKEN).json(&json!({ "force_fetch": true }));
    assert!(request.send().await.unwrap_err().is_timeout());
    let recorded = caller.emulator.requests();
    assert_eq!((recorded.len(), recorded[0].json()), (1, Some(json!({ "force_fetch": true }))));
    assert_eq!(caller.show(123).await["update_status"], "none", "nothing was done");
}
