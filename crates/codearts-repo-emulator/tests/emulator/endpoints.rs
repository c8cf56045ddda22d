//! Service endpoints and schedules.

use std::time::Duration;

use codearts_repo_emulator::{Emulator, EmulatorBuilder, Repository, Upstream};
use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, credentials, mirror};
use crate::source::{Behavior, Server, Source, refs};

async fn private(source: &Source) -> (Server, EmulatorBuilder) {
    let behavior = Behavior { password: Some(("alice".into(), "s3cr3t".into())), ..Behavior::default() };
    let server = Server::start(source.path(), behavior).await;
    let repository = Repository::new(123).upstream(Upstream::url(server.url(".git")));
    let builder = Emulator::builder().service_endpoint("e1", "alice", "s3cr3t").repository(repository);
    (server, builder)
}

#[tokio::test]
async fn an_endpoint_uuid_names_credentials() {
    let source = Source::with_commit();
    let (_server, builder) = private(&source).await;
    assert!(!format!("{builder:?}").contains("s3cr3t"));
    let caller = Caller::start(builder).await;
    let shown = caller.sync(123, json!({ "endpoint_uuid": "e1" })).await;
    assert_eq!((&shown["update_status"], &shown["is_private"]), (&json!("finished"), &json!(true)), "{shown}");
    let shown = caller.sync(123, json!({ "endpoint_uuid": "e2" })).await;
    assert_eq!(shown["update_status"], "failed");
    assert!(shown["last_error"].as_str().unwrap().contains("service endpoint is unknown"), "{shown}");
    let mut both = credentials("alice", "wrong");
    both["endpoint_uuid"] = json!("e1");
    assert_eq!(caller.sync(123, both).await["update_status"], "failed", "the credentials of the start take precedence");
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "failed");
    caller.call(Method::PUT, &mirror(123), Some(json!({ "endpoint_uuid": "e1" }))).await;
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished", "the mirror's own endpoint");
    caller.call(Method::PUT, &mirror(123), Some(json!({ "endpoint_uuid": "" }))).await;
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "failed");
}

#[tokio::test]
async fn the_schedule_synchronizes_until_it_is_turned_off() {
    let source = Source::with_commit();
    let (_server, builder) = private(&source).await;
    let caller = Caller::start(builder.schedule_every(Duration::from_millis(50))).await;
    let set = json!({ "mirroring_enabled": true, "endpoint_uuid": "e1" });
    caller.call(Method::PUT, &mirror(123), Some(set)).await;
    let wait = async |commit: &str| {
        while !refs(&caller.git_dir(123)).contains(commit) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    for text in ["one", "two"] {
        let commit = source.commit(text);
        tokio::time::timeout(Duration::from_secs(20), wait(&commit)).await.unwrap();
    }
    caller.call(Method::PUT, &mirror(123), Some(json!({ "mirroring_enabled": false }))).await;
    caller.emulator.wait_idle(123).await;
    let before = caller.show(123).await;
    source.commit("three");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(caller.show(123).await, before, "nothing happens any more");
}
