//! `verify` and `sync --verify`, against a scripted service whose source is a local repository.
#![cfg(unix)]

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::git::{self, git};
use crate::support::{self, Answer, Request, Server, against, answer, run};

const OTHER: &str = "0123456789012345678901234567890123456789";

/// A source with a branch and a tag, and the ID that both have.
fn source() -> (TempDir, String) {
    let (folder, id) = git::source();
    git(folder.path(), &["tag", "v1"]);
    (folder, id)
}

fn url(folder: &TempDir) -> String {
    format!("file://{}", folder.path().display())
}

/// The last part of a request's path.
fn last(request: &Request) -> &str {
    request.path.split('?').next().and_then(|path| path.rsplit('/').next()).unwrap_or_default()
}

fn not_found() -> Answer {
    answer(404, r#"{"error_code":"CH.004404","error_msg":"no such repository"}"#)
}

/// What the service says of the refs of a mirror; nothing for other requests.
fn refs(request: &Request, branch: &str, tag: &str) -> Option<Answer> {
    let text = match last(request) {
        "branch" => json!({"name": "main", "commit": {"id": branch}}),
        "branches" => json!([{"name": "main"}]),
        "tags" => json!([{"name": "v1", "target": tag}]),
        number if number.parse::<u32>().is_ok() => json!({"default_branch": "main", "empty_repo": false}),
        _ => return None,
    };
    Some(answer(200, text.to_string()))
}

/// Mirror 1 equals its source, 2 has another branch, 3 an ssh source, 5 has another tag; others are no mirrors.
fn mirrors(source: String, id: String) -> Server {
    Server::start(move |request, _| {
        let number = request.path.split('/').nth(3).and_then(|part| part.split('?').next()).unwrap_or_default();
        let state = |url: &str| {
            let time = "2026-01-27T08:30:00.125+08:00";
            let body = json!({"url": url, "update_status": "finished", "last_successful_update_at": time});
            answer(200, body.to_string())
        };
        match (number, last(request)) {
            (_, "repositories") => answer(200, json!([{"id": 1}, {"id": 2}, {"id": 4}]).to_string()),
            ("1" | "2" | "5", "remote-mirror") => state(&source),
            ("3", "remote-mirror") => state("git@git.example.com:team/project.git"),
            ("1", _) => refs(request, &id, &id).expect("a path"),
            ("2", _) => refs(request, OTHER, &id).expect("a path"),
            ("5", _) => refs(request, &id, OTHER).expect("a path"),
            _ => not_found(),
        }
    })
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_mirror_is_equal_only_if_every_ref_is() {
    let (folder, id) = source();
    let server = mirrors(url(&folder), id.clone());
    let ended = run(&mut against(&server, &["verify", "1"]));
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(0), "1  equal  2\n", ""));
    let ended = run(&mut against(&server, &["verify", "1", "3", "2", "--branches", "all"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let rows: Vec<&str> = ended.out.lines().collect();
    assert!(rows[0].starts_with("2  different    1"), "{ended:?}");
    assert!(rows[0].ends_with(&format!("branch main: source {}, mirror {}", &id[..10], &OTHER[..10])), "{ended:?}");
    assert!(rows[1].starts_with("3  cannot tell  -  the mirror source uses ssh, not http or https; "), "{ended:?}");
    assert!(rows[2].starts_with("1  equal"), "{ended:?}");
    assert!(
        ended.err.starts_with("codearts-repo: 1 equal, 1 different, 1 cannot tell; 3 repositories in "),
        "{ended:?}"
    );
    assert_eq!(run(&mut against(&server, &["verify", "3"])).code, Some(1), "cannot tell is no success");
}

#[test]
fn json_has_the_refs_with_both_ids_and_follows_its_schema() {
    let (folder, id) = source();
    let server = mirrors(url(&folder), id.clone());
    let ended = run(&mut against(&server, &["verify", "1", "2", "3", "4", "5", "--json"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let mut found = lines(&ended.out);
    found.sort_by_key(|line| line["repository_id"].as_u64());
    let verdicts: Vec<&str> = found.iter().filter_map(|line| line["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["equal", "different", "cannot_tell", "failed", "different"]);
    assert_eq!(found[0]["counts"]["equal"], 2);
    assert_eq!(found[0]["observed"]["time_form"], "0000-00-00T00:00:00.000+00:00");
    let expected = json!([{
        "kind": "branch", "name": "main", "verdict": "different", "source": {"object": id}, "mirror": OTHER
    }]);
    assert_eq!(found[1]["refs"], expected);
    assert_eq!(found[2]["reason"]["kind"], "unsupported_source");
    assert_eq!(found[3]["error"]["status"], 404);
    assert_eq!((&found[4]["refs"][0]["kind"], &found[4]["refs"][0]["name"]), (&json!("tag"), &json!("v1")));
    let schema = run(&mut support::codearts_repo(&["schema", "verify"])).out;
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    for line in &found {
        assert!(schema.is_valid(line), "{line}");
    }
}

#[test]
fn a_listed_repository_without_a_mirror_is_skipped() {
    let (folder, id) = source();
    let server = mirrors(url(&folder), id);
    let ended = run(&mut against(&server, &["verify", "--all"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("1 equal, 1 different, 1 skipped; 3 repositories in "), "{ended:?}");
    let ended = run(&mut against(&server, &["verify", "4"]));
    assert_eq!(ended.code, Some(1), "alone, it is an error: {ended:?}");
    assert!(ended.out.starts_with("4  failed  -  the service answered 404"), "{ended:?}");
}

#[test]
fn a_dry_run_states_the_calls_and_the_time_and_sends_nothing() {
    let server = Server::start(|_, _| not_found());
    let list = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(list.path(), (1..=500).map(|id| format!("{id}\n")).collect::<String>()).expect("written");
    let file = list.path().to_str().expect("UTF-8");
    let ended = run(&mut against(&server, &["verify", "--file", file, "--dry-run", "--json"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let cost = &lines(&ended.out)[0];
    assert_eq!((&cost["mirrors"], &cost["total_calls"], &cost["seconds"]), (&json!(500), &json!(2000), &json!(50)));
    let schema = run(&mut support::codearts_repo(&["schema", "verify", "dry-run"])).out;
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    assert!(schema.is_valid(cost), "{cost}");
    let ended = run(&mut against(&server, &["verify", "1", "2", "--dry-run", "--branches", "all"]));
    assert!(ended.out.contains("ListBranches: 2\nat least 10 calls for 2 mirrors, which take at least "), "{ended:?}");
    assert!(server.requests().is_empty());
    let ended = run(&mut against(&server, &["verify", "--all", "--dry-run"]));
    assert_eq!(ended.code, Some(2), "{ended:?}");
}

#[test]
fn a_report_counts_what_the_service_said_without_names() {
    let (folder, id) = source();
    let server = mirrors(url(&folder), id);
    let report = folder.path().join("report.json");
    let file = report.to_str().expect("UTF-8");
    let ended = run(&mut against(&server, &["verify", "1", "2", "5", "4", "--report", file]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let text = std::fs::read_to_string(&report).expect("a report");
    let observed = |verdict: &str, mirrors: u32| {
        json!({
            "update_status": "finished", "fields": ["update_status", "last_successful_update_at"],
            "time_form": "0000-00-00T00:00:00.000+00:00", "verdict": verdict, "mirrors": mirrors
        })
    };
    let expected = json!({"version": 1, "observations": [observed("different", 2), observed("equal", 1)]});
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), expected);
    let calls = server.requests().len();
    let ended = run(&mut against(&server, &["verify", "1", "--report", "/nowhere/report.json"]));
    assert_eq!((ended.code, server.requests().len()), (Some(2), calls), "{ended:?}");
}

/// A mirror that is started once; afterwards it says `word`, and has these refs.
fn syncing(source: String, word: &'static str, branch: String, tag: String) -> Server {
    let starts = AtomicUsize::new(0);
    Server::start(move |request, _| {
        if request.method == "POST" {
            starts.fetch_add(1, Ordering::SeqCst);
            return answer(200, r#"{"jid":"j"}"#);
        }
        let (status, second) = if starts.load(Ordering::SeqCst) > 0 { (word, 2) } else { ("finished", 1) };
        // A word that is not known comes with nothing else that is new.
        let second = if word == "finished" { second } else { 1 };
        let time = format!("2026-01-27T08:30:0{second}Z");
        let state = json!({"url": source, "update_status": status, "last_successful_update_at": time});
        refs(request, &branch, &tag).unwrap_or_else(|| answer(200, state.to_string()))
    })
}

#[test]
fn verification_takes_precedence_over_what_the_service_reports() {
    let (folder, id) = source();
    for (word, branch, tag, outcome, code) in [
        ("finished", id.as_str(), id.as_str(), "verified", 0),
        ("finished", OTHER, id.as_str(), "stale", 1),
        ("finished", id.as_str(), OTHER, "stale", 1),
        ("fertig", id.as_str(), id.as_str(), "verified", 0),
        ("fertig", OTHER, id.as_str(), "timed_out", 1),
    ] {
        let server = syncing(url(&folder), word, branch.to_owned(), tag.to_owned());
        let timeout = if word == "finished" { "60s" } else { "1s" };
        let arguments = ["sync", "7", "--wait", "--verify", "--json", "--timeout", timeout];
        let ended = run(&mut against(&server, &arguments));
        assert_eq!(ended.code, Some(code), "{word}: {ended:?}");
        let record = &lines(&ended.out)[0];
        assert_eq!(record["outcome"], outcome, "{record}");
        let verdict = if outcome == "verified" { "equal" } else { "different" };
        assert_eq!(record["verification"]["verdict"], verdict, "{record}");
        let schema = run(&mut support::codearts_repo(&["schema", "sync"])).out;
        let schema = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
        assert!(schema.is_valid(record), "{record}");
    }
}

#[test]
fn a_stale_mirror_is_a_failure_that_names_the_refs() {
    let (folder, id) = source();
    let journal = folder.path().join("sync.journal");
    let server = syncing(url(&folder), "finished", OTHER.to_owned(), id);
    let mut command = against(&server, &["sync", "7", "--wait", "--verify"]);
    let ended = run(command.arg("--journal").arg(&journal));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.out.starts_with("repository 7: stale, task j: differs from its source: branch main: source "),
        "{ended:?}"
    );
    let recorded = std::fs::read_to_string(journal).expect("a journal");
    let verified = recorded.lines().find(|line| line.contains("\"verified\"")).expect("a line");
    assert!(verified.contains("\"different\"") && verified.contains("\"finished\""), "{verified}");
}

#[test]
fn a_source_that_cannot_be_read_is_not_verified() {
    let server = syncing("ssh://git@h/a.git".to_owned(), "finished", OTHER.to_owned(), OTHER.to_owned());
    let ended = run(&mut against(&server, &["sync", "7", "--wait", "--verify"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.contains("finished, task j, not verified: the mirror source uses ssh"), "{ended:?}");
    let ended = run(&mut against(&server, &["sync", "7", "--verify"]));
    assert_eq!(ended.code, Some(2), "--verify without --wait: {ended:?}");
}
