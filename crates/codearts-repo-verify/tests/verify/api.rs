//! Whole verifications, against a service and a source that a test writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use codearts_repo::{Client, RepositoryId, RetryPolicy, Token};
use codearts_repo_verify::{Branches, ReasonKind, RefVerdict, SourceReader, Verdict, Verification, Verifier};
use serde_json::{Value, json};

use crate::server::{Answer, Request, Server, advertisement, response};
use crate::within;

fn repository() -> RepositoryId {
    RepositoryId::try_from(5).expect("in range")
}

fn json(status: &str, headers: &str, body: &Value) -> Answer {
    response(status, &format!("Content-Type: application/json\r\n{headers}"), body.to_string().as_bytes())
}

/// The answers of a service about a mirror with these refs, each an id's digit and a name.
fn service(
    source: String,
    branches: &'static [(&str, &str)],
    tags: &'static [(&str, &str)],
) -> impl Fn(&Request) -> Answer {
    move |request| {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let argument = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let id = |digit: &str| digit.repeat(40);
        let total = |count: usize| format!("X-Total: {count}\r\n");
        match path.strip_prefix("/v4/repositories/5").expect("the repository") {
            "/remote-mirror" => json("200 OK", "", &json!({"url": source, "update_status": "finished"})),
            "" => {
                let default = branches.first().map(|(_, name)| *name);
                json("200 OK", "", &json!({"default_branch": default, "empty_repo": default.is_none()}))
            }
            "/repository/branch" => {
                let name = argument("branch_name").expect("a name");
                match branches.iter().find(|(_, known)| *known == name) {
                    Some((digit, name)) => json("200 OK", "", &json!({"name": name, "commit": {"id": id(digit)}})),
                    None => json("404 Not Found", "", &json!({"error_code": "CH.004404", "error_msg": "no branch"})),
                }
            }
            "/repository/branches" => {
                let list: Vec<Value> = branches.iter().map(|(_, name)| json!({"name": name})).collect();
                json("200 OK", &total(list.len()), &Value::Array(list))
            }
            "/repository/tags" => {
                let tag = |(digit, name): &(&str, &str)| json!({"name": name, "target": id(digit)});
                let list: Vec<Value> = tags.iter().map(tag).collect();
                json("200 OK", &total(list.len()), &Value::Array(list))
            }
            other => panic!("{other}"),
        }
    }
}

fn client(server: &Server) -> Client {
    let builder = Client::builder().endpoint(server.url("").parse().expect("an address"));
    let builder = builder.auth(Token::new("token").expect("a token")).retry(RetryPolicy::none());
    builder.build().expect("a client")
}

fn refs(refs: &[(&str, &str)]) -> Vec<(String, String)> {
    refs.iter().map(|(digit, name)| (digit.repeat(40), (*name).to_owned())).collect()
}

/// A source whose main branch has another id at each read, in this order; the last one stays.
async fn moving(digits: &'static str) -> (Server, Arc<AtomicUsize>) {
    let reads = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&reads);
    let source = Server::start(move |_| {
        let read = counted.fetch_add(1, Ordering::Relaxed).min(digits.len() - 1);
        let digit = &digits[read..=read];
        advertisement(&refs(&[(digit, "HEAD"), (digit, "refs/heads/main")]), "symref=HEAD:refs/heads/main")
    })
    .await;
    (source, reads)
}

async fn verify_main(digits: &'static str) -> (Verification, usize) {
    let (source, reads) = moving(digits).await;
    let server = Server::start(service(source.url("/a.git"), &[("a", "main")], &[])).await;
    let verification = within(Verifier::new(client(&server)).verify(repository())).await.expect("a verification");
    (verification, reads.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_source_that_moves_is_judged_by_either_state_or_compared_again() {
    for (digits, verdict, checks, reads) in [
        ("a", Verdict::Equal, 1, 1),
        ("b", Verdict::Different, 1, 2),
        ("ba", Verdict::Equal, 1, 2),
        ("ab", Verdict::Equal, 1, 1),
        ("bca", Verdict::Equal, 2, 3),
        ("bcc", Verdict::Different, 2, 3),
        ("bcde", Verdict::SourceMoved, 3, 4),
    ] {
        let (verification, read) = verify_main(digits).await;
        assert_eq!((verification.verdict, verification.checks, read), (verdict, checks, reads), "{digits}");
        let moved = verification.reason.map(|reason| reason.kind) == Some(ReasonKind::SourceMoved);
        assert_eq!(moved, verdict == Verdict::SourceMoved, "{digits}");
    }
}

#[tokio::test]
async fn branches_and_tags_are_compared_through_the_service() {
    let source = Server::start(|_| {
        let all = refs(&[
            ("a", "HEAD"),
            ("b", "refs/heads/feature/x#1%20ä"),
            ("a", "refs/heads/main"),
            ("c", "refs/heads/new"),
            ("c", "refs/tags/light"),
            ("d", "refs/tags/v1"),
            ("e", "refs/tags/v1^{}"),
            ("d", "refs/tags/v2"),
            ("e", "refs/tags/v2^{}"),
        ]);
        advertisement(&all, "symref=HEAD:refs/heads/main")
    })
    .await;
    let branches = &[("a", "main"), ("f", "feature/x#1%20ä"), ("a", "gone"), ("a", "bad..name")];
    let tags = &[("e", "v1"), ("d", "v2"), ("c", "light")];
    let server = Server::start(service(source.url("/a.git"), branches, tags)).await;
    let verifier = Verifier::new(client(&server));
    let verification = within(verifier.verify(repository())).await.expect("a verification");
    assert_eq!((verification.verdict, verification.counts.equal), (Verdict::Equal, 4));
    assert_eq!(server.requests().len(), 4, "the mirror, the repository, a branch and the tags");

    let verification =
        within(verifier.clone().branches(Branches::All).verify(repository())).await.expect("a verification");
    let found: Vec<_> = verification.refs.iter().map(|check| (&*check.name, check.verdict)).collect();
    let expected = [
        ("bad..name", RefVerdict::CannotTell),
        ("feature/x#1%20ä", RefVerdict::Different),
        ("gone", RefVerdict::OnlyInMirror),
        ("new", RefVerdict::MissingInMirror),
    ];
    assert_eq!((verification.verdict, &found[..]), (Verdict::Different, &expected[..]));
    let json = serde_json::to_string(&verification).expect("JSON");
    assert_eq!(serde_json::from_str::<Verification>(&json).expect("a verification"), verification);
    let all = within(verifier.list_equal(true).verify(repository())).await.expect("a verification");
    assert_eq!((all.refs.len(), all.counts.equal), (4, 4));
}

#[tokio::test]
async fn a_source_that_cannot_be_read_is_a_verdict_and_no_mirror_is_an_error() {
    for (address, kind) in [
        ("git@git.example.com:a.git", ReasonKind::UnsupportedSource),
        ("", ReasonKind::InvalidSource),
        ("http://127.0.0.1:1/a.git", ReasonKind::SourceUnreadable),
    ] {
        let server = Server::start(service(address.to_owned(), &[], &[])).await;
        let verification = within(Verifier::new(client(&server)).verify(repository())).await.expect("a verification");
        assert_eq!(verification.verdict, Verdict::CannotTell, "{address}");
        assert_eq!(verification.reason.map(|reason| reason.kind), Some(kind), "{address}");
    }
    let missing = |_: &Request| json("404 Not Found", "", &json!({"error_code": "CH.004404", "error_msg": "none"}));
    let server = Server::start(missing).await;
    let error = within(Verifier::new(client(&server)).verify(repository())).await.expect_err("no mirror");
    assert_eq!(error.status(), Some(404));
}

#[tokio::test]
async fn a_path_in_the_address_is_read_only_as_the_reader_allows() {
    let server = Server::start(service("file:///nowhere.git".to_owned(), &[], &[])).await;
    let verifier = Verifier::new(client(&server));
    let allowed = within(verifier.clone().verify(repository())).await.expect("a verification");
    assert_eq!(allowed.reason.map(|reason| reason.kind), Some(ReasonKind::SourceUnreadable), "the service is local");
    let refused = within(verifier.source(SourceReader::new()).verify(repository())).await.expect("a verification");
    assert_eq!(refused.reason.map(|reason| reason.kind), Some(ReasonKind::UnsupportedSource));
}
