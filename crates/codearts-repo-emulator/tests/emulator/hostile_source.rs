//! Sources whose names for branches look like options of git.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

use codearts_repo_emulator::{Emulator, Repository, Upstream};
use serde_json::json;

use crate::caller::Caller;
use crate::source::{Source, git, refs};

/// A line of git's protocol.
fn line(text: &str) -> String {
    format!("{:04x}{text}", text.len() + 4)
}

/// A server that offers one branch, and says that HEAD points to `head`. It ends with the test process.
fn source_with_head(head: &str) -> String {
    let id = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    let first = line(&format!("{id} HEAD\0symref=HEAD:{head} agent=test\n"));
    let body =
        format!("{}0000{first}{}0000", line("# service=git-upload-pack\n"), line(&format!("{id} refs/heads/main\n")));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let head = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let _request = head.take_while(|line| !line.is_empty()).count();
            let kind = "Content-Type: application/x-git-upload-pack-advertisement";
            let length = body.len();
            let answer =
                format!("HTTP/1.1 200 OK\r\n{kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}/a.git")
}

#[tokio::test]
async fn a_head_that_looks_like_an_option_fails_and_changes_nothing() {
    for head in ["-d", "--short", "-h", "-m", "--delete", "refs/tags/v1"] {
        let repository = Repository::new(123).upstream(Upstream::url(source_with_head(head)));
        let caller = Caller::start(Emulator::builder().repository(repository)).await;
        let before = git(&caller.git_dir(123), &["symbolic-ref", "HEAD"]);
        let shown = caller.sync(123, json!({})).await;
        assert_eq!(shown["update_status"], "failed", "{head}: {shown}");
        let reason = shown["last_error"].as_str().unwrap_or_default();
        assert!(reason.contains("the HEAD of the source does not name a branch"), "{head}: {shown}");
        assert_eq!(git(&caller.git_dir(123), &["symbolic-ref", "HEAD"]), before, "{head}");
    }
}

#[tokio::test]
async fn branches_that_look_like_options_are_mirrored_as_branches() {
    for name in ["-d", "--short", "-h", "-m"] {
        let source = Source::with_commit();
        let (id, branch) = (source.git(&["rev-parse", "HEAD"]), format!("refs/heads/{name}"));
        source.git(&["update-ref", &branch, &id]);
        std::fs::write(source.path().join(".git/HEAD"), format!("ref: {branch}\n")).unwrap();
        let repository = Repository::new(123).upstream(Upstream::local(source.path()));
        let caller = Caller::start(Emulator::builder().repository(repository)).await;
        let shown = caller.sync(123, json!({})).await;
        assert_eq!(shown["update_status"], "finished", "{name}: {shown}");
        assert_eq!(git(&caller.git_dir(123), &["symbolic-ref", "HEAD"]), branch);
        assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
    }
}
