//! Settings of the builder, and what they and the emulator say of themselves.

use codearts_repo_emulator::{Emulator, Fault, Repository};
use reqwest::Method;

use crate::caller::{Caller, TOKEN, mirror};

#[tokio::test]
async fn a_body_is_as_long_as_it_may_be_and_no_longer() {
    let caller = Caller::start(Emulator::builder().max_body(40).repository(Repository::new(5))).await;
    for (length, refused) in [(40, false), (41, true)] {
        let body = format!("{{}}{}", " ".repeat(length - 2));
        let request = caller.request(Method::POST, &mirror(5)).header("X-Auth-Token", TOKEN);
        let answer = request.header("Content-Type", "application/json").body(body).send().await.unwrap();
        assert_eq!(answer.status() == 413, refused, "{length}: {}", answer.status());
    }
}

#[tokio::test]
async fn a_malformed_answer_stops_being_json_in_its_middle() {
    let caller = Caller::start(Emulator::builder().repository(Repository::new(5))).await;
    let list = || async {
        let request = caller.request(Method::GET, "/v4/user/repositories").header("X-Auth-Token", TOKEN);
        request.send().await.unwrap().bytes().await.unwrap()
    };
    let whole = list().await;
    caller.emulator.fail_next(Fault::Malformed);
    let malformed = list().await;
    let same = whole.iter().zip(&malformed).take_while(|(one, other)| one == other).count();
    assert!(same >= whole.len() / 2 && same < whole.len(), "{same} of {}", whole.len());
    assert!(serde_json::from_slice::<serde_json::Value>(&malformed).is_err());
}

#[tokio::test]
async fn debug_tells_the_address() {
    let caller = Caller::start(Emulator::builder()).await;
    let debug = format!("{:?}", caller.emulator);
    assert!(debug.contains(&caller.emulator.endpoint()) && !debug.contains(TOKEN), "{debug}");
}
