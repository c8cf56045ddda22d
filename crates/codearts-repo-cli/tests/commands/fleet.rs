//! `verify --state`: a fleet that stays verified, against a scripted service whose source is a local repository.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::git::source;
use crate::support::{self, Answer, Ended, Request, Server, against, answer, run};

const OTHER: &str = "0123456789012345678901234567890123456789";

/// The parts of a request's path from the ID on.
fn parts(request: &Request) -> Vec<&str> {
    request.path.split('?').next().unwrap_or_default().split('/').skip(3).collect()
}

/// Mirrors that equal their source: those up to 100, and others after so many synchronizations as their hundreds.
fn mirrors(source: &TempDir, id: &str) -> Server {
    let answers = answers(source, id);
    Server::start(move |request, _| answers(request))
}

fn answers(source: &TempDir, id: &str) -> impl Fn(&Request) -> Answer + Send + Sync + 'static {
    let (url, id) = (format!("file://{}", source.path().display()), id.to_owned());
    let starts: Vec<AtomicUsize> = (0..1000).map(|_| AtomicUsize::new(0)).collect();
    move |request| {
        let parts = parts(request);
        let number: usize = parts.first().and_then(|number| number.parse().ok()).unwrap_or(0);
        let started = &starts[number];
        if request.method == "POST" {
            started.fetch_add(1, Ordering::SeqCst);
            return answer(200, r#"{"jid":"j"}"#);
        }
        let started = started.load(Ordering::SeqCst);
        let is_equal = started >= number / 100;
        let body = match parts.last().copied().unwrap_or_default() {
            "remote-mirror" => {
                let time = format!("2026-01-27T08:30:{started:02}Z");
                json!({"url": url, "update_status": "finished", "last_successful_update_at": time})
            }
            "branch" => json!({"name": "main", "commit": {"id": if is_equal { &id } else { OTHER }}}),
            "tags" => json!([]),
            _ => json!({"name": format!("<b>repository {number}"), "default_branch": "main", "empty_repo": false}),
        };
        answer(200, body.to_string())
    }
}

fn state(folder: &TempDir) -> PathBuf {
    folder.path().join("fleet.state")
}

fn verify(server: &Server, state: &Path, arguments: &[&str]) -> Ended {
    run(against(server, &["verify", "--rate", "unlimited"]).arg("--state").arg(state).args(arguments))
}

fn lines(text: &str) -> Vec<Value> {
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    lines.sort_by_key(|line| line["repository_id"].as_u64());
    lines
}

/// Passes as much time as the state says: its times become older.
fn pass(state: &Path, seconds: u64) {
    let text = std::fs::read_to_string(state).expect("a state");
    let times = regex::Regex::new(r#""(\w+_at|\w+_since|\w+_until)":(\d+)"#).expect("valid");
    let older = times.replace_all(&text, |found: &regex::Captures<'_>| {
        let time: u64 = found[2].parse().expect("a number");
        format!("\"{}\":{}", &found[1], time - seconds)
    });
    std::fs::write(state, older.as_bytes()).expect("written");
}

#[test]
fn a_proof_lasts_and_a_mirror_that_differs_backs_off() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    let ended = verify(&server, &state, &["5", "105", "--json"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let found = lines(&ended.out);
    assert_eq!((&found[0]["verdict"], &found[1]["verdict"]), (&json!("equal"), &json!("different")));
    assert_eq!(found[0]["digest"].as_str().map(str::len), Some(64));
    assert!(found[0]["state"]["due_at"].is_string() && found[1]["state"]["behind_since"].is_string(), "{found:?}");
    let calls = server.requests().len();
    let ended = verify(&server, &state, &["5", "105", "--json"]);
    assert_eq!((ended.code, server.requests().len()), (Some(1), calls), "nothing is due: {ended:?}");
    assert!(ended.err.contains("1 mirror is not due"), "{ended:?}");
    let found = lines(&ended.out);
    assert_eq!((found.len(), &found[0]["verdict"]), (1, &json!("backing_off")));
    let schema = run(&mut support::codearts_repo(&["schema", "verify"])).out;
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    assert!(schema.is_valid(&found[0]), "{}", found[0]);
    let ended = verify(&server, &state, &["5", "105"]);
    assert!(ended.out.starts_with("105  backing off  -  behind since 20"), "{ended:?}");
    assert!(ended.out.contains(", backing off until 20"), "{ended:?}");
    pass(&state, 3700);
    let ended = verify(&server, &state, &["5", "105", "--json", "--due", "1h"]);
    let found = lines(&ended.out);
    assert_eq!((&found[0]["verdict"], &found[1]["verdict"]), (&json!("equal"), &json!("different")));
    assert_eq!(found[1]["state"]["failures"], 2);
}

#[test]
fn a_repair_is_verified_again() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    let ended = verify(&server, &state, &["5", "105", "205", "--repair", "--json"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let found = lines(&ended.out);
    assert_eq!(found[0].get("repair"), None);
    assert_eq!((&found[1]["verdict"], &found[1]["repair"]["outcome"]), (&json!("equal"), &json!("repaired")));
    assert_eq!(
        (&found[2]["verdict"], &found[2]["repair"]["outcome"]),
        (&json!("different"), &json!("still_different"))
    );
    assert_eq!(starts(&server), 2);
    pass(&state, 3700);
    let ended = verify(&server, &state, &["5", "105", "205", "--repair=force"]);
    assert_eq!((ended.code, starts(&server)), (Some(0), 3), "{ended:?}");
    assert!(ended.out.starts_with("205  equal  1  repaired"), "{ended:?}");
    let forced = server.requests().into_iter().rfind(|request| request.method == "POST").expect("a start");
    assert!(forced.body.contains("force"), "{forced:?}");
}

fn starts(server: &Server) -> usize {
    server.requests().iter().filter(|request| request.method == "POST").count()
}

#[test]
fn repairs_take_no_calls_from_mirrors_that_are_due() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    // All of them differ, and a single synchronization repairs none. 40 calls are enough to compare half of them.
    let list: Vec<String> = (901..=920).map(|number| number.to_string()).collect();
    let list: Vec<&str> = list.iter().map(String::as_str).chain(["--repair", "--calls", "40", "--json"]).collect();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let ended = verify(&server, &state, &list);
        let found = lines(&ended.out);
        assert!(found.iter().all(|line| line["repair"]["outcome"] == "postponed"), "{ended:?}");
        assert!(found.iter().all(|line| line["state"]["failures"] == 1), "{ended:?}");
        seen.extend(found.iter().filter_map(|line| line["repository_id"].as_u64()));
    }
    seen.sort_unstable();
    assert_eq!(seen, (901..=920).collect::<Vec<u64>>());
    assert_eq!(starts(&server), 0);
    let ended = verify(&server, &state, &list);
    let repaired = lines(&ended.out).iter().filter(|line| line["repair"]["outcome"] == "still_different").count();
    // 14 calls are planned for each, and 11 are enough.
    assert_eq!((repaired, starts(&server)), (3, 3), "nothing else is due: {ended:?}");
}

#[test]
fn what_is_left_of_a_budget_is_for_repairs() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    // Three comparisons and one repair.
    let ended = verify(&server, &state, &["101", "102", "103", "--repair", "--calls", "25", "--json"]);
    let outcomes: Vec<Value> = lines(&ended.out).iter().map(|line| line["repair"]["outcome"].clone()).collect();
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "repaired").count(), 1, "{ended:?}");
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "postponed").count(), 2, "{ended:?}");
    assert!(server.requests().len() <= 25);
    let ended = verify(&server, &state, &["101", "102", "103", "--repair"]);
    assert_eq!((ended.code, starts(&server)), (Some(0), 3), "{ended:?}");
}

#[test]
fn a_mirror_that_changed_after_its_proof_is_due() {
    let (folder, id) = source();
    let state = state(&folder);
    let answers = answers(&folder, &id);
    let server = Server::start(move |request, _| match parts(request).last() {
        Some(&"repositories") => {
            let listed = |number: u32, time: &str| json!({"id": number, "last_repository_updated_at": time});
            let (old, new) = (listed(5, "2020-01-01T00:00:00Z"), listed(6, "2100-01-01T00:00:00.000Z"));
            // Nobody knows which moment it is, and whether it is after the proof.
            let unknown = listed(7, &humantime::format_rfc3339(std::time::SystemTime::now()).to_string()[..19]);
            answer(200, json!([old, new, unknown]).to_string())
        }
        _ => answers(request),
    });
    let verified = |expected: &[u64]| {
        let ended = verify(&server, &state, &["--all", "--json"]);
        let found: Vec<_> = lines(&ended.out).iter().filter_map(|line| line["repository_id"].as_u64()).collect();
        assert_eq!((ended.code, found.as_slice()), (Some(0), expected), "{ended:?}");
    };
    verified(&[5, 6, 7]);
    verified(&[6]);
}

#[test]
fn a_budget_ends_the_run_and_the_next_one_goes_on() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    let mut seen = Vec::new();
    for run in 1..=3 {
        let calls = server.requests().len();
        let ended = verify(&server, &state, &["1", "2", "3", "4", "5", "--calls", "8", "--json"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(server.requests().len() - calls <= 8);
        seen.extend(lines(&ended.out).into_iter().filter_map(|line| line["repository_id"].as_u64()));
        let left = 5_usize.saturating_sub(2 * run);
        let text = match left {
            1 => "1 mirror is left for later runs; at this pace all are verified in 1 more run".to_owned(),
            _ => format!("{left} mirrors are left for later runs; at this pace all are verified in "),
        };
        assert_eq!(ended.err.contains(&text), left > 0, "{ended:?}");
    }
    seen.sort_unstable();
    assert_eq!(seen, [1, 2, 3, 4, 5]);
}

#[test]
fn a_mirror_that_left_the_list_is_forgotten_on_request() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    verify(&server, &state, &["1", "2", "3"]);
    let ended = verify(&server, &state, &["1"]);
    assert!(ended.err.contains("2 mirrors of the state file are not in the list; pass --prune"), "{ended:?}");
    verify(&server, &state, &["1", "2", "--prune"]);
    let ended = verify(&server, &state, &["1", "--prune", "--json"]);
    assert!(!ended.err.contains("not in the list"), "{ended:?}");
    let calls = server.requests().len();
    verify(&server, &state, &["1", "2", "3"]);
    assert_eq!(server.requests().len() - calls, 8, "2 and 3 were forgotten");
}

#[test]
fn a_service_that_is_down_says_nothing_about_a_mirror() {
    let (folder, id) = source();
    let state = state(&folder);
    let server = Server::start(|_, _| answer(401, r#"{"error_code":"CH.1","error_msg":"no"}"#));
    let ended = verify(&server, &state, &["1", "2", "3", "--concurrency", "1"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert_eq!(server.requests().len(), 1, "one refusal is enough");
    let server = mirrors(&folder, &id);
    let text = std::fs::read_to_string(&state).expect("a state").lines().skip(1).collect::<Vec<_>>().join("\n");
    assert!(!text.contains("mirror"), "{text}");
    // The endpoint is part of the state.
    let ended = verify(&server, &state, &["1"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains(" is about the endpoint http://127.0.0.1:"), "{ended:?}");
    assert!(server.requests().is_empty());
}

#[test]
fn bad_input_is_refused_with_advice_before_anything_is_sent() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    let path = state.to_str().expect("UTF-8");
    for (arguments, message) in [
        (vec!["--repair"], "--state <FILE>"),
        (vec!["--due", "1d"], "--state <FILE>"),
        (vec!["--calls", "8"], "--state <FILE>"),
        (vec!["--state", path, "--budget", "0"], "--budget <DURATION>: invalid duration; use 1s to 168h"),
        (vec!["--state", path, "--calls", "0"], "--calls <NUMBER>: invalid number of calls; use a number from 4"),
        (vec!["--state", path, "--calls", "3"], "--calls: 3 calls are less than one mirror takes; use at least 4"),
        (
            vec!["--state", path, "--repair", "--calls", "13"],
            "--calls: 13 calls are less than one mirror with its repair takes; use at least 14",
        ),
        (vec!["--state", path, "--due", "0s"], "--due <AGE>: invalid age; use 1s to 3650d, e.g. "),
        (vec!["--state", path, "--repair=hard"], "--repair"),
        (vec!["--state", "/"], "--state: the state file / is not a regular file; choose another file"),
    ] {
        let ended = run(against(&server, &["verify", "1"]).args(&arguments));
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.err.contains(message) && ended.err.lines().count() == 1, "{arguments:?}: {ended:?}");
    }
    assert!(server.requests().is_empty());
    std::fs::write(&state, "my notes\n").expect("written");
    let ended = verify(&server, &state, &["1"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(std::fs::read_to_string(&state).expect("text"), "my notes\n");
}

#[test]
fn a_due_time_that_cannot_be_reached_is_a_warning_with_the_figure() {
    let (folder, id) = source();
    let (server, state) = (mirrors(&folder, &id), state(&folder));
    let mut command = against(&server, &["verify", "--rate", "60/min", "1", "2", "3", "4", "5"]);
    let ended = run(command.arg("--state").arg(&state).args(["--due", "2s"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let text = "--due 2s is shorter than the 5s that verifying 5 mirrors takes; raise --due or the budget";
    assert!(ended.err.contains(text), "{ended:?}");
}

#[test]
fn a_page_has_every_mirror_and_the_runs_but_no_markup_from_outside() {
    let (folder, id) = source();
    let (server, state, page) = (mirrors(&folder, &id), state(&folder), folder.path().join("fleet.html"));
    let html = page.to_str().expect("UTF-8");
    for _ in 0..2 {
        verify(&server, &state, &["5", "6", "105", "--calls", "8", "--html", html]);
    }
    let text = std::fs::read_to_string(&page).expect("a page");
    assert!(text.contains("<title>1 different of 3 mirrors - CodeArts Repo</title>"), "{text}");
    assert!(text.contains("&lt;b&gt;repository 105 (105)") && !text.contains("<b>"), "{text}");
    assert!(text.contains("branch main: source ") && text.contains("backing off until 20"), "{text}");
    assert!(text.contains("The last 2 runs") && !text.contains("<script") && !text.contains("http://"), "{text}");
    let ended = run(&mut against(&server, &["verify", "5", "--html", html]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let text = std::fs::read_to_string(&page).expect("a page");
    assert!(text.contains("<title>The mirror is well - CodeArts Repo</title>"), "{text}");
    let ended = run(&mut against(&server, &["status", "5", "6", "--html", html]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let text = std::fs::read_to_string(&page).expect("a page");
    assert!(text.contains("Last success") && text.contains("2026-01-27T08:30:00Z"), "{text}");
    let calls = server.requests().len();
    let ended = run(&mut against(&server, &["verify", "5", "--html", "/nowhere/fleet.html"]));
    assert_eq!((ended.code, server.requests().len()), (Some(2), calls), "{ended:?}");
}

#[test]
fn the_metrics_have_the_ages_of_the_proofs() {
    let (folder, id) = source();
    let (server, state, metrics) = (mirrors(&folder, &id), state(&folder), folder.path().join("fleet.prom"));
    let file = metrics.to_str().expect("UTF-8");
    verify(&server, &state, &["5", "6", "--repair"]);
    pass(&state, 2 * 24 * 3600);
    verify(&server, &state, &["5", "6", "105", "205", "--repair", "--metrics", file]);
    let text = std::fs::read_to_string(&metrics).expect("metrics");
    for line in [
        "codearts_repo_proof_age_seconds_bucket{le=\"86400.0\"} 1",
        "codearts_repo_proof_age_seconds_bucket{le=\"345600.0\"} 3",
        "codearts_repo_proof_age_seconds_count 3",
        "codearts_repo_unproven_mirrors{command=\"verify\"} 1",
        "codearts_repo_backing_off_mirrors{command=\"verify\"} 1",
        "codearts_repo_repaired_mirrors{command=\"verify\"} 1",
        "codearts_repo_left_mirrors{command=\"verify\"} 0",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}
