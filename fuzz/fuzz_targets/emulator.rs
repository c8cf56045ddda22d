//! A sequence of requests to the emulator, separated by `=====` lines: `METHOD /PATH?QUERY`, header lines, an empty line,
//! the body. Every answer matches openapi.yaml.
#![no_main]

use std::cell::RefCell;

use bytes::Bytes;
use codearts_repo_emulator::fuzzing::{ACCESS_KEY, Harness, READERS_TOKEN, TOKEN, USER};
use codearts_repo_fuzz::contract::Contract;
use codearts_repo_fuzz::message::Message;
use codearts_repo_fuzz::service;
use http::{Request, Response};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

thread_local! {
    static PLACE: RefCell<(Harness, Contract)> = RefCell::new((Harness::open().expect("a harness"), Contract::read()));
}

fuzz_target!(|bytes: &[u8]| {
    PLACE.with_borrow_mut(|(desk, contract)| {
        service::run(async {
            for bytes in parts(bytes).take(8) {
                let Some(request) = request(bytes) else { continue };
                let answer = desk.answer(request.clone()).await.expect("an answer without a fault");
                assert_fits(contract, &request, &answer);
            }
            desk.reset().await;
        });
    });
});

fn parts(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const LINE: &[u8] = b"\n=====\n";
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let end = bytes.windows(LINE.len()).position(|window| window == LINE);
        let part = &bytes[..end.unwrap_or(bytes.len())];
        bytes = end.and_then(|end| bytes.get(end + LINE.len()..)).unwrap_or_default();
        Some(part)
    })
}

fn request(bytes: &[u8]) -> Option<Request<Bytes>> {
    let message = Message::read(bytes)?;
    let (method, target) = message.first.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(target).body(Bytes::copy_from_slice(message.body)).ok()?;
    for (name, value) in message.headers {
        request.headers_mut().append(name, value);
    }
    Some(request)
}

/// The operations that read a repository with git, which the harness does not have.
const READS_REFS: [&str; 4] = ["ShowRepository", "ShowBranch", "ListBranches", "ListTags"];

fn assert_fits(contract: &Contract, request: &Request<Bytes>, answer: &Response<Bytes>) {
    let (method, path, status) = (request.method().as_str(), request.uri().path(), answer.status().as_u16());
    let case = || format!("{method} {} is answered {status}: {answer:?}", request.uri());
    let needs_git =
        contract.operation(method, path).is_some_and(|operation| READS_REFS.contains(&operation.id.as_str()));
    assert!((200..500).contains(&status) || (status == 500 && needs_git), "{}", case());
    assert!(answer.headers().contains_key("x-request-id"), "{}", case());
    assert_eq!(answer.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_slice(answer.body()).unwrap_or_else(|_| panic!("{}", case()));
    let Some(operation) = contract.operation(method, path) else {
        assert!(matches!(status, 404 | 405 | 413) && body["error_code"].is_string(), "{}", case());
        return;
    };
    // A body that is too long is refused before the operation is known.
    if status != 413 {
        operation.assert_answer(status, &body);
    }
    if answer.status().is_success() {
        assert!(operation.allows(request.body()), "a body that the document forbids is accepted: {}", case());
        assert_authorized(operation.id.as_str(), request, &case());
    }
    assert_hides(request, answer);
}

fn assert_authorized(operation: &str, request: &Request<Bytes>, case: &str) {
    if operation == "KeystoneCreateUserTokenByPassword" {
        let [_, _, password] = USER;
        let body: Value = serde_json::from_slice(request.body()).expect("JSON");
        assert_eq!(body["auth"]["identity"]["password"]["user"]["password"], password, "{case}");
        return;
    }
    let token = request.headers().get("x-auth-token").map(|token| token.as_bytes());
    let readers = matches!(operation, "ListCurrentUserRepositories" | "ListProjectRepositories")
        || (operation == "ShowRemoteMirror" && request.uri().path().starts_with("/v4/repositories/1/"));
    // A signature or an issued token cannot be guessed.
    assert!(token == Some(TOKEN.as_bytes()) || (readers && token == Some(READERS_TOKEN.as_bytes())), "{case}");
}

/// No secret of the emulator and no password of the request is in an answer.
fn assert_hides(request: &Request<Bytes>, answer: &Response<Bytes>) {
    let answered = String::from_utf8_lossy(answer.body());
    let sent = format!("{}{}", request.uri(), String::from_utf8_lossy(request.body()));
    let [_, secret] = ACCESS_KEY;
    for secret in [TOKEN, READERS_TOKEN, secret, USER[2]] {
        assert!(sent.contains(secret) || !answered.contains(secret), "{secret} shows in {answered}");
    }
    let body = serde_json::from_slice::<Value>(request.body()).unwrap_or_default();
    for place in ["/password", "/username", "/auth/identity/password/user/password"] {
        let Some(password) = body.pointer(place).and_then(Value::as_str) else { continue };
        if password.len() >= 8
            && sent.matches(password).count() == 1
            && !OWN_WORDS.iter().any(|words| words.contains(password))
        {
            assert!(!answered.contains(password), "{password} shows in {answered}");
        }
    }
}

/// The emulator's own texts in refusals.
const OWN_WORDS: [&str; 2] =
    ["error_code error_msg Invalid parameter: /password is not Base64", "/username is not Base64"];
