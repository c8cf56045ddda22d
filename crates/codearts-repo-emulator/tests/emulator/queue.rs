//! Starts and schedules that wait for a synchronization in progress.

use std::time::Duration;

use codearts_repo_emulator::{Emulator, Repository, Upstream};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, mirror, reply};
use crate::source::{Behavior, Server, Source};

async fn state(caller: &Caller) -> Value {
    reply(caller.request(Method::GET, "/page/state")).await.body
}

#[tokio::test]
async fn schedules_and_starts_wait_for_the_run_in_progress() {
    let source = Source::with_commit();
    let server = Server::start(source.path(), Behavior { hang: true, ..Behavior::default() }).await;
    let builder = Emulator::builder()
        .schedule_every(Duration::from_millis(10))
        .repository(Repository::new(1).upstream(Upstream::url(server.url(".git"))))
        .repository(Repository::new(2).upstream(Upstream::demonstration()));
    let caller = Caller::start(builder).await;
    caller.call(Method::PUT, &mirror(1), Some(json!({ "mirroring_enabled": true }))).await;
    server.packs.notified().await;
    let before = state(&caller).await;
    assert_eq!(before["synchronizations"]["waiting"], 0, "the schedule does not start what is under way: {before}");
    for body in [json!({}), json!({ "force_fetch": true }), json!({})] {
        assert_eq!(caller.call(Method::POST, &mirror(1), Some(body)).await.status, 200);
    }
    let after = state(&caller).await;
    assert_eq!(after["synchronizations"]["waiting"], 2, "equal ones wait together: {after}");
    let shown = &after["repositories"]["shown"];
    assert_eq!((&shown[0]["waiting"], &shown[1]["waiting"]), (&json!(2), &json!(0)));
    assert_eq!((&shown[0]["is_demonstration"], &shown[1]["is_demonstration"]), (&json!(false), &json!(true)));
}
