//! The list of repositories.

use codearts_repo_client::bounds;
use codearts_repo_emulator::{Emulator, Repository, Upstream};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::Caller;

async fn names(caller: &Caller, query: &str) -> Vec<String> {
    let answer = caller.call(Method::GET, &format!("/v4/user/repositories{query}"), None).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages_orders_and_searches() {
    let mut builder = Emulator::builder();
    for id in 1..=45 {
        builder = builder.repository(Repository::new(id).archived(id == 3).starred(id == 4));
    }
    let caller = Caller::start(builder.repository(Repository::new(46).name("Über Projekt"))).await;
    assert_eq!(names(&caller, "").await.len(), 20, "the document's default");
    assert_eq!(names(&caller, &format!("?limit={}", bounds::PAGE_LIMIT.end())).await.len(), 46);
    assert_eq!(names(&caller, "?offset=40&limit=20").await.len(), 6);
    assert_eq!(names(&caller, &format!("?offset={}", bounds::PAGE_OFFSET.end())).await.len(), 0);
    assert_eq!(names(&caller, "?sort=asc&limit=2&offset=1").await, ["repository-2", "repository-3"]);
    assert_eq!(names(&caller, "?sort=desc&limit=2").await, ["Über Projekt", "repository-45"]);
    assert_eq!(names(&caller, "?search=%C3%BCber%20pro").await, ["Über Projekt"]);
    assert_eq!(names(&caller, "?search=%C3%BCber+pro").await, ["Über Projekt"]);
    assert_eq!(names(&caller, "?search=Y-44").await, ["repository-44"]);
    assert_eq!(names(&caller, "?archived=true").await, ["repository-3"]);
    assert_eq!(names(&caller, "?starred=true&archived=false").await, ["repository-4"]);
    assert_eq!(names(&caller, "?membership=true&user_created=true&include_abnormal=true&limit=100").await.len(), 46);
}

#[tokio::test]
async fn a_synchronization_counts_as_an_update() {
    let mut builder = Emulator::builder();
    for id in 1..=3 {
        builder = builder.repository(Repository::new(id).upstream(Upstream::demonstration()));
    }
    let caller = Caller::start(builder).await;
    caller.sync(2, json!({})).await;
    assert_eq!(names(&caller, "?order_by=updated_at&limit=1").await, ["repository-2"]);
    assert_eq!(names(&caller, "?order_by=created_at&limit=1").await, ["repository-3"]);
    let item = &caller.call(Method::GET, "/v4/user/repositories?search=y-2", None).await.body[0];
    assert_ne!(item["last_activity_at"], Value::Null);
    assert_eq!(item["id"], 2);
}
