//! Tokens that expire.

use std::time::Duration;

use codearts_repo_emulator::{Emulator, User};
use reqwest::Method;
use serde_json::json;

use crate::caller::{Caller, reply};

#[tokio::test]
async fn a_token_expires_with_its_own_code() {
    let caller = Caller::start(Emulator::builder().token_lifetime(Duration::ZERO)).await;
    let token = caller.emulator.issue_token();
    let answer = reply(caller.request(Method::GET, "/v4/user/repositories").header("X-Auth-Token", token)).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (401, "DEV.00000003"));
    assert_eq!(answer.body["error_msg"], "Authentication information expired.");
}

#[tokio::test]
async fn a_new_token_does_not_end_the_older_ones() {
    let caller = Caller::start(Emulator::builder().user(User::new("account", "alice", "pass"))).await;
    let (first, second) = (caller.emulator.issue_token(), caller.emulator.issue_token());
    assert_ne!(first, second);
    for token in [first, second] {
        let answer = reply(caller.request(Method::GET, "/v4/user/repositories").header("X-Auth-Token", token)).await;
        assert_eq!(answer.status, 200);
    }
}

#[tokio::test]
async fn account_name_and_password_have_to_be_correct() {
    let caller = Caller::start(Emulator::builder().user(User::new("account", "alice", "pass"))).await;
    for (domain, name, password, status) in [
        ("account", "alice", "pass", 201),
        ("other", "alice", "pass", 401),
        ("account", "bob", "pass", 401),
        ("account", "alice", "", 401),
        ("account", "alice", "pass ", 401),
    ] {
        let user = json!({ "name": name, "password": password, "domain": { "name": domain } });
        let identity = json!({ "auth": { "identity": { "methods": ["password"], "password": { "user": user } } } });
        let answer = reply(caller.request(Method::POST, "/v3/auth/tokens").json(&identity)).await;
        assert_eq!(answer.status, status, "{domain} {name}");
        assert_eq!(answer.headers.contains_key("x-subject-token"), status == 201);
    }
}
