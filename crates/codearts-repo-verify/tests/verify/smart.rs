//! Sources of every kind.

use codearts_repo_verify::{ReasonKind, SourceReader, SourceRefs};

use crate::server::{Server, advertisement};
use crate::within;

fn refs(refs: &[(&str, &str)]) -> Vec<(String, String)> {
    refs.iter().map(|(digit, name)| (digit.repeat(40), (*name).to_owned())).collect()
}

async fn read(refs: Vec<(String, String)>, capabilities: &'static str) -> SourceRefs {
    let server = Server::start(move |_| advertisement(&refs, capabilities)).await;
    within(SourceReader::new().read(&server.url("/a.git"))).await.expect("refs")
}

#[tokio::test]
async fn branches_tags_and_the_default_branch_are_read() {
    let long = format!("refs/heads/{}", "x/".repeat(1000));
    let long = format!("{long}x");
    let all = refs(&[
        ("a", "HEAD"),
        ("a", "refs/heads/main"),
        ("b", "refs/heads/feature/x#1%20ä"),
        ("c", &long),
        ("d", "refs/notes/commits"),
        ("d", "refs/pull/1/head"),
        ("e", "refs/tags/v1"),
        ("f", "refs/tags/v1^{}"),
    ]);
    let read = read(all, "symref=HEAD:refs/heads/main").await;
    assert_eq!(read.default_branch.as_deref(), Some("main"));
    let names: Vec<&str> = read.branches.keys().map(String::as_str).collect();
    assert_eq!(names, ["feature/x#1%20ä", "main", long.strip_prefix("refs/heads/").expect("a branch")]);
    let tag = &read.tags["v1"];
    assert_eq!(tag.object.to_string(), "e".repeat(40));
    assert_eq!(tag.peeled.map(|id| id.to_string()), Some("f".repeat(40)));
    assert!(read.unreadable.is_empty());
}

#[tokio::test]
async fn an_empty_source_and_a_detached_head_name_no_default_branch() {
    assert_eq!(read(Vec::new(), "agent=test").await, SourceRefs::default());
    let detached = read(refs(&[("a", "HEAD"), ("a", "refs/heads/main")]), "agent=test").await;
    assert_eq!((detached.default_branch, detached.branches.len()), (None, 1));
}

#[tokio::test]
async fn a_repository_of_the_sha_256_format_is_read() {
    let all = vec![("a".repeat(64), "HEAD".to_owned()), ("a".repeat(64), "refs/heads/main".to_owned())];
    let read = read(all, "symref=HEAD:refs/heads/main object-format=sha256").await;
    assert_eq!(read.branches["main"].object.to_string(), "a".repeat(64));
}

#[tokio::test]
async fn many_refs_are_read_up_to_a_limit() {
    let name = |number: usize| (format!("{number:040x}"), format!("refs/tags/v{number:06}"));
    let all: Vec<_> = (0..110_000).map(name).collect();
    let server = Server::start(move |_| advertisement(&all, "agent=test")).await;
    let read = within(SourceReader::new().read(&server.url("/a.git"))).await.expect("refs");
    assert_eq!(read.tags.len(), 110_000);
    let limited = SourceReader::new().max_refs(100);
    let error = within(limited.read(&server.url("/a.git"))).await.expect_err("too many");
    assert_eq!(error.kind, ReasonKind::TooManyRefs);
}
