//! Settings of the builder, and `Debug` of the builder and the emulator.

use codearts_repo_emulator::{Emulator, Fault, Repository, Upstream, User};
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::caller::{Caller, TOKEN, mirror};

#[tokio::test]
async fn a_body_of_the_maximum_size_is_accepted() {
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
async fn debug_shows_the_address() {
    let caller = Caller::start(Emulator::builder()).await;
    let debug = format!("{:?}", caller.emulator);
    assert!(debug.contains(caller.emulator.endpoint()) && !debug.contains(TOKEN), "{debug}");
}

#[tokio::test]
async fn a_change_that_was_answered_is_on_the_disk() {
    let (data, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let repository = Repository::new(5).upstream(Upstream::demonstration());
    let caller = Caller::start(Emulator::builder().data_dir(data.path()).repository(repository)).await;
    let url = "https://git.example.com/a.git";
    let set = caller.call(Method::PUT, &mirror(5), Some(json!({ "url": url, "endpoint_uuid": "e1" }))).await;
    assert_eq!(set.status, 200, "{}", set.body);
    // The state after a kill at this moment.
    for entry in std::fs::read_dir(data.path()).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    let after = Caller::start(Emulator::builder().data_dir(copy.path())).await;
    let kept = after.call(Method::PUT, &mirror(5), None).await;
    assert_eq!(kept.body, set.body);
}

#[tokio::test]
async fn a_body_without_a_length_is_read_up_to_the_limit() {
    let caller = Caller::start(Emulator::builder().max_body(40).repository(Repository::new(5))).await;
    let address = caller.emulator.endpoint().trim_start_matches("http://").to_owned();
    for (length, refused) in [(40, false), (41, true)] {
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        let body = format!("{{}}{}", " ".repeat(length - 2));
        let head = format!("POST {} HTTP/1.1\r\nHost: a\r\nX-Auth-Token: {TOKEN}\r\nConnection: close\r\n", mirror(5));
        let coding = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(format!("{head}{coding}{length:x}\r\n{body}\r\n0\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        tokio::time::timeout(crate::caller::LONGEST, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
        assert_eq!(answer.starts_with("HTTP/1.1 413"), refused, "{length}: {answer}");
    }
}

#[test]
fn debug_shows_users_and_sources() {
    let user = format!("{:?}", User::new("account", "alice", "s3cr3t"));
    assert!(user.contains("account") && user.contains("alice") && !user.contains("s3cr3t"), "{user}");
    for (upstream, says) in [
        (Upstream::demonstration(), "Demonstration"),
        (Upstream::url("https://t0ken@git.example.com/a.git"), "https://git.example.com/a.git"),
        (Upstream::local("/srv/a.git"), "/srv/a.git"),
    ] {
        let debug = format!("{upstream:?}");
        assert!(debug.contains(says) && !debug.contains("t0ken"), "{debug}");
    }
}
