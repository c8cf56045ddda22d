//! Sources that do not answer as a git server should.

use std::time::{Duration, Instant};

use codearts_repo_verify::{Reason, ReasonKind, SourceCredentials, SourceReader};

use crate::server::{Answer, Request, Server, advertisement, response};
use crate::within;

/// What a server answers with, by a name.
type Page = (&'static str, fn(&Request) -> Answer);

const PASSWORD: &str = "p&ss wörd/+";

async fn refused(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Reason {
    let server = Server::start(answer).await;
    within(SourceReader::new().read(&server.url("/a.git"))).await.expect_err("refused")
}

#[tokio::test]
async fn a_login_page_and_other_answers_are_no_refs() {
    let pages: [Page; 6] = [
        ("a login page", |_| response("200 OK", "Content-Type: text/html\r\n", b"<html><form>log in</form></html>")),
        ("a page of lines", |_| response("200 OK", "Content-Type: text/html\r\n", b"<html>\n<form>\tlog in</form>\n")),
        ("nothing", |_| response("200 OK", "", b"")),
        ("an error", |_| response("500 Oh", "Content-Type: text/html\r\n", b"<html>")),
        ("a missing repository", |_| response("404 Not Found", "", b"")),
        ("no packets", |_| {
            response("200 OK", "Content-Type: application/x-git-upload-pack-advertisement\r\n", b"zzzz\x1b[31m")
        }),
    ];
    for (name, page) in pages {
        let reason = refused(page).await;
        assert_eq!(reason.kind, ReasonKind::SourceUnreadable, "{name}: {reason:?}");
        assert!(!reason.message.contains(char::is_control) && reason.message.len() < 2500, "{name}: {reason:?}");
    }
}

#[tokio::test]
async fn a_source_that_never_answers_is_given_up() {
    let server = Server::start(|_| None).await;
    let begun = Instant::now();
    let reader = SourceReader::new().timeout(Duration::from_secs(1));
    let error = within(reader.read(&server.url("/a.git"))).await.expect_err("no answer");
    assert_eq!(error.kind, ReasonKind::SourceTimedOut);
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.requests().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_that_is_dropped_leaves_no_process() {
    let server = Server::start(|_| None).await;
    let url = server.url("/dropped.git");
    let read = SourceReader::new();
    let mut read = Box::pin(read.read(&url));
    within(async {
        while server.requests().is_empty() {
            tokio::select! {
                ended = &mut read => panic!("{ended:?}"),
                () = tokio::time::sleep(Duration::from_millis(10)) => {}
            }
        }
    })
    .await;
    assert!(!processes_with(&url).is_empty(), "git and its helper run");
    drop(read);
    within(async {
        while !processes_with(&url).is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
}

/// The processes that have this argument, by their arguments.
#[cfg(unix)]
fn processes_with(argument: &str) -> Vec<String> {
    let output = std::process::Command::new("ps").args(["-ww", "-eo", "args"]).output().expect("ps is there");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| line.contains(argument) && line.contains("git")).map(str::to_owned).collect()
}

#[tokio::test]
async fn credentials_reach_the_source_and_nothing_else() {
    let private = |request: &Request| match &request.authorization {
        None => response("401 Unauthorized", "WWW-Authenticate: Basic realm=\"git\"\r\n", b""),
        Some(_) => {
            // While git waits for the answer, its arguments can be seen.
            #[cfg(unix)]
            assert!(processes_with(PASSWORD).is_empty(), "the password is an argument");
            advertisement(&[("a".repeat(40), "refs/heads/main".to_owned())], "agent=test")
        }
    };
    let server = Server::start(private).await;
    let reader = SourceReader::new().credentials(SourceCredentials::new("alice", PASSWORD));
    let refs = within(reader.read(&server.url("/a.git"))).await.expect("refs");
    assert_eq!(refs.branches.len(), 1);
    let sent: Vec<_> = server.requests().into_iter().filter_map(|request| request.authorization).collect();
    // `alice:p&ss wörd/+` in Base64.
    assert_eq!(sent, ["Basic YWxpY2U6cCZzcyB3w7ZyZC8r"]);
}

#[tokio::test]
async fn a_source_that_needs_credentials_gets_none_without_a_prompt() {
    let unauthorized = |_: &Request| response("401 Unauthorized", "WWW-Authenticate: Basic realm=\"git\"\r\n", b"");
    let reason = refused(unauthorized).await;
    assert_eq!(reason.kind, ReasonKind::SourceUnreadable, "{reason:?}");
    assert!(reason.advice().contains("credentials"), "{reason:?}");
}

#[tokio::test]
async fn wrong_credentials_are_in_no_message() {
    let refuses = |request: &Request| {
        let repeated = format!("no {} for alice:{PASSWORD}\n", request.path);
        let headers = "WWW-Authenticate: Basic realm=\"git\"\r\nContent-Type: text/plain\r\n";
        response("401 Unauthorized", headers, repeated.as_bytes())
    };
    let server = Server::start(refuses).await;
    let reader = SourceReader::new().credentials(SourceCredentials::new("alice", PASSWORD));
    let reason = within(reader.read(&server.url("/a.git"))).await.expect_err("refused");
    assert!(!format!("{reason:?}").contains(PASSWORD), "{reason:?}");
    assert!(!format!("{reader:?}").contains(PASSWORD));
    let url = server.url("/a.git").replace("http://", "http://alice:s3cr3t@");
    let reason = within(SourceReader::new().read(&url)).await.expect_err("refused");
    assert!(!format!("{reason:?}").contains("s3cr3t"), "{reason:?}");
}

#[tokio::test]
async fn a_redirect_to_another_host_gets_no_credentials() {
    let asks = |_: &Request| response("401 Unauthorized", "WWW-Authenticate: Basic realm=\"other\"\r\n", b"");
    let other = Server::start(asks).await;
    let location = other.url("/b.git/info/refs?service=git-upload-pack");
    let redirects = move |_: &Request| response("302 Found", &format!("Location: {location}\r\n"), b"");
    let server = Server::start(redirects).await;
    let reader = SourceReader::new().credentials(SourceCredentials::new("alice", PASSWORD));
    within(reader.read(&server.url("/a.git"))).await.expect_err("refused");
    assert!(!other.requests().is_empty(), "the redirect was followed");
    assert!(other.requests().iter().all(|request| request.authorization.is_none()), "{:?}", other.requests());
}

#[tokio::test]
async fn without_git_the_reason_says_so() {
    let reader = SourceReader::new().program("/nowhere/git");
    let reason = within(reader.read("http://127.0.0.1:9/a.git")).await.expect_err("no git");
    assert_eq!((reason.kind, &*reason.message), (ReasonKind::GitMissing, "git was not found"));
    assert!(reason.advice().starts_with("install git"));
}
