//! IAM's answer to the request for a token: `STATUS`, header lines, an empty line, the body.
//!
//! `$P` is replaced by the password of the user, which an answer may repeat.
#![no_main]

use codearts_repo::RepositoryId;
use codearts_repo::auth::IamPassword;
use codearts_repo_fuzz::message::Message;
use codearts_repo_fuzz::{secrets, service};
use libfuzzer_sys::fuzz_target;

/// It has no space: messages merge several spaces, and a fuzzer finds that out.
const PASSWORD: &str = "p@ssw/ö\"1\\x";

fuzz_target!(|bytes: &[u8]| {
    let bytes = secrets::insert(bytes, &[(b"$P", PASSWORD)]);
    let Some(message) = Message::read(&bytes) else { return };
    let [status] = message.words();
    let Ok(status) = http::StatusCode::from_bytes(status.as_bytes()) else { return };
    let is_iam = |request: &reqwest::Request| request.url().path() == "/v3/auth/tokens";
    let iam = "http://127.0.0.1:1".parse().expect("an endpoint");
    let client = service::client(IamPassword::new("company", "robot", PASSWORD).project("p").endpoint(iam));
    let start = || service::run(client.start_sync(RepositoryId::try_from(1).expect("an id")).send());

    let answer = service::answer(status, &message.headers, message.body.to_vec());
    let requests = service::answer_with([answer], service::accepted);
    let result = start();
    let sent = requests.borrow();
    assert!(is_iam(&sent[0]));
    let token = message.header("x-subject-token");
    match result {
        Ok(_) => {
            assert_eq!(status, 201, "a token was taken from a refusal");
            assert_eq!(sent.len(), 2);
            let used = &sent[1].headers()["x-auth-token"];
            assert!(used.is_sensitive() && Some(used.to_str().expect("ASCII")) == token.map(str::trim));
            assert!(!used.is_empty() && used.as_bytes().iter().all(u8::is_ascii_graphic));
            // It is kept, or requested again if it expires soon; odd times never fail.
            let requests = service::answer_with([], service::accepted);
            let again = start();
            let requests = requests.borrow();
            assert!(again.is_ok() || is_iam(&requests[0]), "{again:?}");
        }
        Err(error) => {
            assert_eq!(sent.len(), 1, "a call was made without a token");
            assert!(error.auth_error().is_some(), "{error:?}");
            assert!(!error.may_have_been_sent());
            let text = secrets::text_of(&error);
            secrets::assert_one_line(&error.to_string());
            secrets::assert_none(&text, &[PASSWORD]);
            // A text with a space is not a token, and may be this program's own.
            if let Some(token) =
                token.filter(|token| token.len() > 16 && !token.contains(' ') && !text.contains("JSON"))
            {
                let in_body = message.body.windows(token.len()).any(|part| part == token.as_bytes());
                assert!(in_body || !text.contains(token), "{text} shows the token");
            }
        }
    }
});
