//! Sources that try to run a program, or to read files of this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

use codearts_repo_emulator::{Emulator, Repository, Upstream};
use serde_json::json;

use crate::caller::Caller;
use crate::source::{Behavior, Server, Source, git, refs};

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

async fn sync(upstream: Upstream) -> (Caller, serde_json::Value) {
    let repository = Repository::new(123).upstream(upstream);
    let caller = Caller::start(Emulator::builder().repository(repository)).await;
    let shown = caller.sync(123, json!({})).await;
    (caller, shown)
}

#[tokio::test]
async fn a_redirect_of_a_source_to_another_protocol_is_not_followed() {
    let source = Source::with_commit();
    let marker = source.path().join("marker");
    let folder = format!("file://{}", source.path().join(".git").display());
    for target in [folder, "ftp://127.0.0.1:9/a".to_owned(), format!("ext::touch {}", marker.display())] {
        let behavior = Behavior { redirect: Some(target.clone()), ..Behavior::default() };
        let server = Server::start(source.path(), behavior).await;
        let (caller, shown) = sync(Upstream::url(server.url(".git"))).await;
        assert_eq!(shown["update_status"], "failed", "{target}: {shown}");
        assert_eq!(refs(&caller.git_dir(123)), "", "{target}");
    }
    assert!(!marker.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn hooks_and_settings_of_a_local_source_do_not_run() {
    use std::os::unix::fs::PermissionsExt;
    let source = Source::with_commit();
    let (git_dir, marker) = (source.path().join(".git"), source.path().join("marker"));
    let script = git_dir.join("script");
    std::fs::write(&script, format!("#!/bin/sh\ntouch '{}'\nexec \"$@\"\n", marker.display())).unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::create_dir_all(git_dir.join("hooks")).unwrap();
    for hook in ["post-checkout", "reference-transaction", "pre-auto-gc", "post-update", "fsmonitor-watchman"] {
        std::fs::copy(&script, git_dir.join("hooks").join(hook)).unwrap();
    }
    let script = script.to_str().unwrap();
    for key in ["uploadpack.packObjectsHook", "core.fsmonitor", "core.sshCommand", "core.pager", "core.gitProxy"] {
        source.git(&["config", key, script]);
    }
    let (caller, shown) = sync(Upstream::local(source.path())).await;
    assert_eq!(shown["update_status"], "finished", "{shown}");
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
    assert!(!marker.exists(), "something of the source ran");
}

#[cfg(unix)]
#[tokio::test]
async fn symlinks_in_a_local_source_reveal_no_file() {
    use std::os::unix::fs::symlink;
    let (source, folder) = (Source::with_commit(), tempfile::tempdir().unwrap());
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "s3cr3t of another file\n").unwrap();
    symlink(&secret, source.path().join(".git/refs/heads/evil")).unwrap();
    std::fs::create_dir_all(source.path().join(".git/objects/ab")).unwrap();
    symlink(&secret, source.path().join(".git/objects/ab").join("c".repeat(38))).unwrap();
    let (caller, shown) = sync(Upstream::local(source.path())).await;
    assert!(!shown.to_string().contains("s3cr3t"), "{shown}");
    let objects = git(&caller.git_dir(123), &["cat-file", "--batch-all-objects", "--batch"]);
    assert!(!objects.contains("s3cr3t"), "{objects}");
}
