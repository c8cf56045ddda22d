//! Throttling and sequences of answers.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use codearts_repo::{Client, RepositoryId, RetryPolicy, Token};
use codearts_repo_client::types;
use codearts_repo_httpmock::httpmock::MockServer;
use codearts_repo_httpmock::{Answer, MockServerExt, ThenExt};

fn client(server: &MockServer) -> Client {
    let endpoint = server.base_url().parse().expect("an endpoint");
    let builder = Client::builder().endpoint(endpoint).auth(Token::new("MIIExample").expect("a token"));
    builder.retry(RetryPolicy::none()).build().expect("a client")
}

fn mirror(status: &str) -> types::RemoteMirror {
    types::RemoteMirror::builder().update_status(status.to_owned()).try_into().expect("a mirror")
}

#[tokio::test]
async fn answers_follow_each_other_and_the_last_one_repeats() {
    let server = MockServer::start_async().await;
    let mock = server.show_remote_mirror(|_, then| {
        let throttled = Answer::too_many_requests(Some(7));
        let _ =
            then.sequence([throttled, Answer::json(200, &mirror("started")), Answer::json(200, &mirror("finished"))]);
    });
    let (client, id) = (client(&server), RepositoryId::try_from(123).expect("an id"));
    let throttled = client.show_mirror(id).await.expect_err("throttled");
    assert_eq!((throttled.status(), throttled.retry_after()), (Some(429), Some(Duration::from_secs(7))));
    for expected in ["started", "finished", "finished"] {
        assert_eq!(client.show_mirror(id).await.expect("a mirror").update_status.as_deref(), Some(expected));
    }
    mock.assert_calls(4);
}

#[tokio::test]
async fn an_answer_can_come_late() {
    let server = MockServer::start_async().await;
    let delay = Duration::from_millis(50);
    server.show_remote_mirror(|_, then| {
        let _ = then.ok(&mirror("finished")).delay(delay);
    });
    let begun = Instant::now();
    client(&server).show_mirror(RepositoryId::try_from(123).expect("an id")).await.expect("a mirror");
    assert!(begun.elapsed() >= delay);
}
