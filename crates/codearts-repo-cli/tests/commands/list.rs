//! `list`, against a plain server and a local CodeArts Repo.

use codearts_repo_client::bounds;
use serde_json::{Value, json};

use crate::support::{self, Request, Running, Server, against, answer, run};

/// The repositories of a full page, and those of one and a half pages.
const PAGE: u32 = *bounds::PAGE_LIMIT.end();
const ALL: u32 = PAGE + PAGE / 2;

fn offset(request: &Request) -> u32 {
    let pairs = request.path.split(['?', '&']);
    pairs.filter_map(|pair| pair.strip_prefix("offset=")?.parse().ok()).next().unwrap_or(0)
}

fn page(from: u32, to: u32) -> String {
    let name = |id: u32| if id.is_multiple_of(2) { format!("代码 / r{id}") } else { format!("team / r{id}") };
    let repository = |id: u32| json!({"id": id, "name_with_namespace": name(id), "status": "0"});
    Value::from_iter((from..=to).map(repository)).to_string()
}

/// A service with a full page of repositories and half a page more.
fn service() -> Server {
    Server::start(|request, _| answer(200, if offset(request) == 0 { page(1, PAGE) } else { page(PAGE + 1, ALL) }))
}

#[test]
fn each_repository_is_a_row_of_aligned_columns() {
    let answers = json!([
        {"id": 7, "name_with_namespace": "team / website", "name": "website", "status": "0"},
        {"id": 2_111_222, "name_with_namespace": "团队 / 代码库", "status": "1"},
        {"id": 30, "name": "a\u{1b}[31m\nname"},
        {}
    ]);
    let server = Server::start(move |_, _| answer(200, answers.to_string()));
    let ended = run(&mut against(&server, &["list"]));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    let lines = "7        team / website    0\n2111222  团队 / 代码库     1\n30       a\\u{1b}[31m name  -\n-        -                 -\n";
    assert_eq!(ended.out, lines);
}

#[test]
fn json_is_one_object_per_line_over_all_pages() {
    let server = service();
    let ended = run(&mut against(&server, &["list", "--json"]));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    let ids: Vec<Value> =
        ended.out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["id"].clone()).collect();
    assert_eq!(ids, (1..=ALL).map(Value::from).collect::<Vec<_>>());
    assert_eq!(server.requests().len(), 2);
    let last = run(&mut against(&server, &["list"])).out.lines().last().expect("a line").to_owned();
    assert!(last.starts_with(&format!("{ALL}  ")), "{last}");
}

#[test]
fn only_the_requested_filters_are_sent() {
    let arguments = ["--search", "x y", "--archived", "--membership", "--include-abnormal"];
    let order = ["--order-by", "updated_at", "--sort", "asc"];
    let limit = format!("limit={PAGE}");
    for command in [&["list"][..], &["sync", "--all"]] {
        let server = Server::start(|_, _| answer(200, "[]"));
        let ended = run(against(&server, command).args(arguments).args(order));
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let path = server.requests()[0].path.clone();
        let mut pairs: Vec<&str> = path.split(['?', '&']).skip(1).collect();
        pairs.sort_unstable();
        let expected =
            ["archived=true", "include_abnormal=true", &limit, "membership=true", "offset=0", "order_by=updated_at"];
        assert_eq!(pairs, [&expected[..], &["search=x+y", "sort=asc"]].concat());
    }
    let server = Server::start(|_, _| answer(200, "[]"));
    assert_eq!(run(against(&server, &["list"]).args(["--starred", "--user-created"])).out, "");
    assert!(server.requests()[0].path.contains("starred=true&user_created=true"));
    assert!(!server.requests()[0].path.contains("sort"));
}

#[test]
fn a_page_is_printed_before_the_next_one_arrives() {
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    let (go_on, wait) = channel::<()>();
    let wait = Mutex::new(wait);
    let server = Server::start(move |request, _| {
        if offset(request) == 0 {
            return answer(200, page(1, PAGE));
        }
        // The test may have failed.
        let _ = wait.lock().expect("no panic").recv();
        answer(200, page(PAGE + 1, ALL))
    });
    let mut child = Running::of(&mut against(&server, &["list"]));
    for id in 1..=PAGE {
        let line = child.line();
        assert!(line.starts_with(&format!("{id} ")), "{line}");
    }
    go_on.send(()).expect("it waits");
    let ended = child.ended();
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), (ALL - PAGE) as usize), "{ended:?}");
}

#[test]
fn an_incomplete_list_keeps_what_was_printed_and_fails() {
    let server = Server::start(|request, _| match offset(request) {
        0 => answer(200, page(1, PAGE)),
        _ => answer(403, r#"{"error_code":"A.1","error_msg":"why"}"#),
    });
    for more in [&[][..], &["--json"]] {
        let ended = run(against(&server, &["list"]).args(more));
        let counts = (ended.out.lines().count(), ended.err.lines().count());
        assert_eq!((ended.code, counts), (Some(3), (PAGE as usize, 1)), "{ended:?}");
        assert!(ended.err.contains("the list of repositories is incomplete: the service answered 403"), "{ended:?}");
    }
}

#[test]
fn bad_filters_are_refused_and_nothing_is_sent() {
    let server = service();
    for (arguments, words) in [
        (&["list", "--search", ""][..], "--search: the text to search for has 0 characters, not 1 to "),
        (&["list", "--sort", "up"], "[possible values: asc, desc]"),
        (&["list", "--order-by", "name"], "[possible values: created_at, updated_at]"),
        (&["sync", "1", "--sort", "asc"], "cannot be used with"),
        (&["sync", "--file", "-", "--order-by", "created_at"], "cannot be used with"),
    ] {
        let ended = run(&mut against(&server, arguments));
        assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(2), "", 1), "{ended:?}");
        assert!(ended.err.contains(words), "{ended:?}");
    }
    assert!(server.requests().is_empty());
}

#[cfg(all(unix, feature = "emulator"))]
#[test]
fn the_local_emulator_has_repositories_to_list() {
    let ended = run(&mut support::codearts_repo(&["--emulator", "list", "--sort", "asc"]));
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 3), "{ended:?}");
}
