//! `--metrics`: a file for node_exporter's textfile collector.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{Answer, Server, against, answer, run};

fn service() -> Server {
    Server::start(|request, before| match (request.method.as_str(), request.path.as_str()) {
        ("POST", path) if path.contains("/2/") => answer(404, r#"{"error_code":"CH.004404","error_msg":"no"}"#),
        ("POST", _) if before == 0 => {
            Answer { status: 429, headers: "Retry-After: 0\r\n".to_owned(), body: "{}".to_owned() }
        }
        ("POST", _) => answer(200, r#"{"jid":"j"}"#),
        (_, "/v4/repositories/1/remote-mirror") => answer(
            200,
            r#"{"update_status":"finished","last_successful_update_at":"2026-01-02T03:04:05Z","number_of_failures":0}"#,
        ),
        (_, "/v4/repositories/2/remote-mirror") => answer(
            200,
            r#"{"update_status":"failed","last_successful_update_at":"2026-01-02 03:04:05","number_of_failures":4}"#,
        ),
        _ => answer(200, r#"[{"id":1,"name":"a\"b\\c\nd"},{"id":2,"name":"two"}]"#),
    })
}

/// The samples of a file, in both formats that it must be valid in.
fn samples(path: &Path) -> BTreeMap<String, f64> {
    let text = std::fs::read_to_string(path).expect("a file");
    assert!(text.ends_with("# EOF\n"), "{text}");
    let mut samples = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').expect("a sample");
        assert!(samples.insert(name.to_owned(), value.parse().expect("a number")).is_none(), "{name} is there twice");
    }
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        assert!(line.ends_with(" gauge"), "{line}: only gauges are the same in both formats");
    }
    samples
}

#[test]
fn status_writes_the_state_of_each_mirror() {
    let (server, folder) = (service(), tempfile::tempdir().expect("a folder"));
    let file = folder.path().join("mirrors.prom");
    let ended = run(against(&server, &["status", "--all"]).arg("--metrics").arg(&file));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let samples = samples(&file);
    let one = r#"command="status",repository_id="1",name="a\"b\\c\nd""#;
    let two = r#"command="status",repository_id="2",name="two""#;
    for (name, value) in [
        (format!("codearts_repo_mirror_state{{{one},state=\"good\"}}"), 1.0),
        (format!("codearts_repo_mirror_state{{{two},state=\"failed\"}}"), 1.0),
        (format!("codearts_repo_mirror_problem{{{one}}}"), 0.0),
        (format!("codearts_repo_mirror_problem{{{two}}}"), 1.0),
        (format!("codearts_repo_mirror_failures{{{two}}}"), 4.0),
        (format!("codearts_repo_mirror_last_success_timestamp_seconds{{{one}}}"), 1_767_323_045.0),
        (format!("codearts_repo_mirror_last_success_uncertainty_seconds{{{one}}}"), 0.0),
        // 14 hours earlier at the earliest.
        (format!("codearts_repo_mirror_last_success_timestamp_seconds{{{two}}}"), 1_767_323_045.0 - 14.0 * 3600.0),
        (format!("codearts_repo_mirror_last_success_uncertainty_seconds{{{two}}}"), 26.0 * 3600.0),
        (r#"codearts_repo_run_repositories{command="status",result="failed"}"#.to_owned(), 1.0),
        (r#"codearts_repo_run_calls{command="status",operation="show_mirror"}"#.to_owned(), 2.0),
        (r#"codearts_repo_run_calls{command="status",operation="list_repositories"}"#.to_owned(), 1.0),
        (r#"codearts_repo_run_quota_calls_per_minute{command="status"}"#.to_owned(), 600.0),
        (r#"codearts_repo_run_exit_code{command="status"}"#.to_owned(), 1.0),
    ] {
        assert_eq!(samples.get(&name), Some(&value), "{name} {samples:#?}");
    }
}

#[test]
fn sync_writes_results_and_calls() {
    let (server, folder) = (service(), tempfile::tempdir().expect("a folder"));
    let file = folder.path().join("sync.prom");
    let ended = run(against(&server, &["sync", "1", "2", "--concurrency", "1"]).arg("--metrics").arg(&file));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let samples = samples(&file);
    for (name, value) in [
        (r#"codearts_repo_mirror_state{command="sync",repository_id="1",state="started"}"#, 1.0),
        (r#"codearts_repo_mirror_state{command="sync",repository_id="2",state="not_started"}"#, 1.0),
        (r#"codearts_repo_run_calls{command="sync",operation="start_sync"}"#, 3.0),
        (r#"codearts_repo_run_calls_refused{command="sync",operation="start_sync"}"#, 1.0),
        (r#"codearts_repo_run_exit_code{command="sync"}"#, 1.0),
    ] {
        assert_eq!(samples.get(name), Some(&value), "{name} {samples:#?}");
    }
}

/// node_exporter refuses all metrics of a folder in which two files have the same series.
#[test]
fn the_files_of_two_commands_have_no_series_in_common() {
    let (server, folder) = (service(), tempfile::tempdir().expect("a folder"));
    let [status, sync, verify] = ["status", "sync", "verify"].map(|command| {
        let file = folder.path().join(command);
        run(against(&server, &[command, "1", "2"]).arg("--metrics").arg(&file));
        samples(&file)
    });
    for (one, other) in [(&status, &sync), (&status, &verify), (&sync, &verify)] {
        assert!(one.keys().any(|name| name.starts_with("codearts_repo_mirror_problem{")), "{one:#?}");
        let common: Vec<_> = one.keys().filter(|name| other.contains_key(*name)).collect();
        assert!(common.is_empty(), "{common:#?}");
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_replaced_and_readable_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let (server, folder) = (service(), tempfile::tempdir().expect("a folder"));
    let file = folder.path().join("mirrors.prom");
    std::fs::write(&file, "old").expect("written");
    let old = std::fs::File::open(&file).expect("a file");
    run(against(&server, &["status", "1"]).arg("--metrics").arg(&file));
    assert_eq!(std::io::read_to_string(old).expect("text"), "old", "a reader of the old file sees all of it");
    assert!(!samples(&file).is_empty());
    assert_eq!(std::fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o644);
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file is left");
}

#[test]
fn a_file_that_cannot_be_written_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    for (command, path) in [
        ("status", folder.path().join("missing/mirrors.prom")),
        ("sync", folder.path().to_owned()),
        ("verify", "/proc/mirrors.prom".into()),
    ] {
        let server = service();
        let ended = run(against(&server, &[command, "1", "2"]).arg("--metrics").arg(&path));
        assert_eq!((ended.code, server.requests().len(), ended.err.lines().count()), (Some(2), 0, 1), "{ended:?}");
        assert!(ended.err.contains("cannot write the metrics: ") && ended.err.contains("; use a file in"), "{ended:?}");
    }
}
