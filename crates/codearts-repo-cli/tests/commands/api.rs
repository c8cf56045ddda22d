//! `api`: what is sent, what is printed, and what never leaves this machine.

use std::io::Write as _;

use codearts_repo_client::bounds;

use crate::support::{Answer, Ended, Server, TOKEN, against, answer, codearts_repo, run, run_with_input};

const REFUSED: &str = r#"{"error_code":"CH.004404","error_msg":"Repository Not Found"}"#;

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

fn call(server: &Server, line: &str) -> Ended {
    run(&mut against(server, &words(line)))
}

/// The target of each request.
fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| format!("{} {}", request.method, request.path)).collect()
}

#[test]
fn fields_are_a_query_or_a_body() {
    let server = Server::start(|_, _| answer(200, "{}"));
    for (line, target, body) in [
        ("api /v4/a", "GET /v4/a", ""),
        ("api GET /v4/a?x=%2F -f b=/ -F c[]=1", "GET /v4/a?x=%2F&b=%2F&c%5B%5D=1", ""),
        ("api /v4/a -f b=1 -F c=1.50 -F d[e][]=null", "POST /v4/a", r#"{"b":"1","c":1.50,"d":{"e":[null]}}"#),
        ("api delete /v4/a -F b=false", "DELETE /v4/a", r#"{"b":false}"#),
        ("api PATCH /v4/a", "PATCH /v4/a", ""),
    ] {
        let ended = call(&server, line);
        assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(0), "{}", ""), "{line}");
        let request = server.requests().pop().expect("sent");
        assert_eq!((format!("{} {}", request.method, request.path).as_str(), request.body.as_str()), (target, body));
        assert!(request.head.contains(&format!("x-auth-token:{TOKEN}\n")), "{request:?}");
        assert_eq!(request.head.contains("content-type:application/json\n"), !body.is_empty(), "{request:?}");
    }
}

#[test]
fn bodies_headers_and_fields_come_from_files_and_standard_input() {
    let server = Server::start(|_, _| answer(200, ""));
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::File::create(&path).and_then(|mut file| file.write_all(text.as_bytes())).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let (body, headers, text) =
        (file("body", "<a>\r\n"), file("headers", "X-A: 1\n\nX-B: c:d\n"), file("text", "s3cr3t\n"));
    let (at_headers, password) = (format!("@{headers}"), format!("password=@{text}"));
    for (arguments, sent) in [
        (vec!["api", "/v4/a", "--input", &body, "-H", "Content-Type: text/xml", "-H", &at_headers], "<a>\r\n"),
        (vec!["api", "PUT", "/v4/a", "-F", &password, "-F", "b=@-"], r#"{"password":"s3cr3t\n","b":"from stdin"}"#),
        (vec!["api", "/v4/a", "--input", "-", "-f", "c=d"], "from stdin"),
    ] {
        let ended = run_with_input(&mut against(&server, &arguments), "from stdin");
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert_eq!(server.requests().pop().expect("sent").body, sent);
    }
    let first = &server.requests()[0];
    assert_eq!((first.method.as_str(), first.path.as_str()), ("POST", "/v4/a"));
    for header in ["content-type:text/xml\n", "x-a:1\n", "x-b:c:d\n"] {
        assert!(first.head.contains(header), "{first:?}");
    }
    assert_eq!(server.requests()[2].path, "/v4/a?c=d");
    let twice = ["api", "/v4/a", "--input", "-", "-F", "a=@-"];
    let ended = run_with_input(&mut against(&server, &twice), "x");
    assert!(ended.code == Some(2) && ended.err.contains("standard input is named twice"), "{ended:?}");
}

#[test]
fn answers_are_printed_as_they_came() {
    for body in [
        "{ \"b\" : 1.10, \"a\":12345678901234567890123, \"b\" : 1e400 }\n",
        "<html>\u{1b}[31m\u{202e}</html>",
        "",
        "\"\u{fe0f}\"",
    ] {
        let server = Server::start(move |_, _| answer(200, body));
        let ended = call(&server, "api /v4/a");
        assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(0), body, ""));
        assert_eq!(call(&server, "api /v4/a --json").out, body);
        assert_eq!(call(&server, "api /v4/a --silent").out, "");
        let with_head = call(&server, "api /v4/a -i").out;
        assert!(with_head.starts_with("HTTP/1.1 200\ncontent-type: application/json\n"), "{with_head}");
        assert!(with_head.ends_with(&format!("\n\n{body}")), "{with_head}");
    }
}

#[test]
fn a_refused_call_prints_its_body_and_ends_as_other_commands_do() {
    for (status, body, code, words) in [
        (404, REFUSED, 1, "check the path, the IDs in it, and the region"),
        (403, "{\"a\":1}", 3, "ask for the permission that the call needs"),
        (401, "<html>no</html>", 3, "check the token"),
        (503, "busy", 4, "retry later"),
        (302, "", 1, "redirects are not followed"),
    ] {
        let server = Server::start(move |_, _| Answer {
            headers: "Location: http://127.0.0.1:1/\r\nRetry-After: 0\r\n".to_owned(),
            ..answer(status, body)
        });
        let ended = call(&server, "api POST /v4/a?private_token=s3cr3t");
        assert_eq!((ended.code, ended.out.as_str()), (Some(code), body), "{ended:?}");
        let begin = format!("codearts-repo: POST /v4/a: the service answered {status}");
        assert!(ended.err.starts_with(&begin) && ended.err.contains(words), "{ended:?}");
        assert!(!ended.err.contains("s3cr3t"), "{ended:?}");
        assert_eq!(call(&server, "api POST /v4/a --silent").out, "");
        // 503 was certainly not processed.
        assert_eq!(server.count("POST"), if status == 503 { 6 } else { 2 });
    }
    let ended =
        run(codearts_repo(&["api", "/v4/a", "--endpoint", "http://127.0.0.1:1"]).env("CODEARTS_REPO_TOKEN", TOKEN));
    assert!(ended.code == Some(4) && ended.err.starts_with("codearts-repo: GET /v4/a: no connection"), "{ended:?}");
}

#[test]
fn only_calls_that_read_are_retried_when_they_may_have_been_received() {
    for (method, calls) in [("GET", 2), ("HEAD", 2), ("POST", 1), ("DELETE", 1)] {
        let server = Server::start(|_, before| {
            let answer = answer(if before == 0 { 500 } else { 200 }, "");
            Answer { headers: "Retry-After: 0\r\n".to_owned(), ..answer }
        });
        let ended = call(&server, &format!("api {method} /v4/a"));
        assert_eq!((ended.code == Some(0), server.count(method)), (calls == 2, calls), "{ended:?}");
    }
}

#[test]
fn an_answer_is_bounded_and_the_bound_can_be_raised() {
    let server = Server::start(|_, _| answer(200, "a".repeat(17 * 1024 * 1024)));
    let ended = call(&server, "api /v4/a");
    assert_eq!((ended.code, ended.out.len()), (Some(1), 0), "{}", ended.err);
    assert!(ended.err.contains("the answer is longer than 16777216 bytes"), "{}", ended.err);
    let ended = call(&server, "api /v4/a --max-size 18");
    assert_eq!((ended.code, ended.out.len()), (Some(0), 17 * 1024 * 1024), "{}", ended.err);
}

#[test]
fn nothing_is_sent_to_another_place() {
    let server = Server::start(|_, _| answer(200, "{}"));
    let endpoint = server.endpoint();
    let host = endpoint.trim_start_matches("http:");
    for path in [
        endpoint.as_str(),
        &format!("{endpoint}/v4/a"),
        host,
        &format!("{host}/v4/a"),
        &format!("@{}", host.trim_start_matches('/')),
        "/v4/../a",
        "/v4/%2e%2E/a",
        "/v4/%252e./a",
        "/v4/a%2f..%2fb",
        "/v4\\..\\a",
        "/v4/%5c..%5ca",
        "/v4/..;/a",
        "/v4/a#b",
        "/v4/a%0d%0aHost: b",
        "/v4/.\t./a",
        "v4/a",
        "/a",
        "",
        " ",
    ] {
        let ended = run(&mut against(&server, &["api", "GET", path]));
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{path:?}: {ended:?}");
        assert!(ended.err.contains("the path ") && ended.err.lines().count() == 1, "{path:?}: {ended:?}");
    }
    for header in [
        "Host: example.com",
        "X-Auth-Token: s3cr3t",
        "authorization: s3cr3t",
        "Content-Length: 1",
        "s3cr3t",
        "a b: s3cr3t",
    ] {
        let ended = run(&mut against(&server, &["api", "/v4/a", "-H", header]));
        assert!(ended.code == Some(2) && !ended.err.contains("s3cr3t"), "{header}: {ended:?}");
    }
    for line in [
        "api /v4/a -F a=@",
        "api /v4/a -H @",
        "api /v4/a --input /",
        "api TRACE /v4/a",
        "api /v4/a GET",
        "api POST /v4/a --paginate",
        "api /v4/a --json-lines",
        "api /v4/a -f s3cr3t",
    ] {
        let ended = call(&server, line);
        assert!(ended.code == Some(2) && !ended.err.contains("s3cr3t"), "{line}: {ended:?}");
    }
    assert_eq!(targets(&server), [""; 0]);
}

#[test]
fn the_address_of_iam_is_chosen_by_name() {
    let (repo, iam) = (Server::start(|_, _| answer(200, "{}")), Server::start(|_, _| answer(200, "{}")));
    let mut command = against(&repo, &["api", "/v3/auth/projects", "--service", "iam"]);
    assert_eq!(run(command.args(["--iam-endpoint", &iam.endpoint()])).code, Some(0));
    assert_eq!((targets(&repo).len(), targets(&iam)), (0, vec!["GET /v3/auth/projects".to_owned()]));
    let ended = call(&repo, "api /v3/auth/projects --service iam");
    assert!(ended.code == Some(2) && ended.err.contains("the address of IAM is not known"), "{ended:?}");
}

#[test]
fn the_address_of_sts_is_that_of_its_variable_or_of_the_region() {
    let (repo, sts) = (Server::start(|_, _| answer(200, "{}")), Server::start(|_, _| answer(200, "{}")));
    let line = ["api", "/v5/caller-identity", "--service", "sts"];
    let ended = run(against(&repo, &line).env("HUAWEICLOUD_SDK_STS_ENDPOINT", sts.endpoint()));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!((targets(&repo).len(), targets(&sts)), (0, vec!["GET /v5/caller-identity".to_owned()]));

    let ended = run(against(&repo, &line).args(["--region", "cn-north-4", "--dry-run", "--json"]));
    assert!(ended.out.contains("https://sts.cn-north-4.myhuaweicloud.com/v5/caller-identity"), "{ended:?}");
    let ended = run(&mut against(&repo, &line));
    assert!(ended.code == Some(2) && ended.err.contains("the address of STS is not known"), "{ended:?}");
    let ended = run(against(&repo, &line).env("HUAWEICLOUD_SDK_STS_ENDPOINT", "ftp://h"));
    assert!(ended.code == Some(2) && ended.err.contains("HUAWEICLOUD_SDK_STS_ENDPOINT"), "{ended:?}");
    assert_eq!(targets(&repo), [""; 0]);
}

/// `count` elements in pages; `total` says whether `X-Total` does, `by_page` which parameters count.
fn list(count: usize, total: bool) -> Server {
    Server::start(move |request, _| {
        let number = |name: &str| -> Option<usize> {
            let query = request.path.split_once('?')?.1;
            query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let size = number("limit").or(number("per_page")).expect("a size");
        let start = number("offset").unwrap_or_else(|| (number("page").expect("a page") - 1) * size);
        let page: Vec<String> = (start..count.min(start + size)).map(|id| format!("{{\"id\": {id}.0}}")).collect();
        let headers = if total { format!("X-Total: {count}\r\n") } else { String::new() };
        Answer { headers, ..answer(200, format!("[{}]\n", page.join(",\n"))) }
    })
}

#[test]
fn all_pages_are_one_array() {
    for (count, total, line, calls) in [
        (250, false, "api /v4/a --paginate", 3),
        (250, true, "api /v4/a --paginate", 3),
        (200, true, "api /v4/a --paginate", 2),
        (200, false, "api /v4/a --paginate", 3),
        (0, false, "api /v4/a --paginate", 1),
        (5, false, "api /v4/a?x=y&limit=2 --paginate", 3),
        (5, false, "api /v2/a --paginate -F per_page=2", 3),
        (4, true, "api /v2/a?page=1 --paginate -F per_page=2", 2),
    ] {
        let server = list(count, total);
        let ended = call(&server, line);
        let ids: Vec<serde_json::Value> = serde_json::from_str(&ended.out).expect("an array");
        assert_eq!((ended.code, ids.len(), ended.err.as_str()), (Some(0), count, ""), "{line}");
        assert_eq!(server.count("GET"), calls, "{line} {:?}", targets(&server));
        assert_eq!(ids.last().map(|last| last["id"].as_f64()), count.checked_sub(1).map(|id| Some(id as f64)));
        let lines = call(&server, &format!("{line} --json-lines")).out;
        let expected: Vec<String> = (0..count).map(|id| format!("{{\"id\":{id}.0}}")).collect();
        assert_eq!(lines.lines().collect::<Vec<_>>(), expected, "{line}");
    }
    let server = list(5, true);
    let ended = call(&server, "api /v4/a?b=c --paginate -F offset=3 -F limit=1 -f d=e");
    assert_eq!(ended.out, "[{\"id\": 3.0},{\"id\": 4.0}]\n");
    assert_eq!(targets(&server), ["GET /v4/a?b=c&d=e&offset=3&limit=1", "GET /v4/a?b=c&d=e&offset=4&limit=1"]);
}

#[test]
fn a_list_that_breaks_off_is_a_valid_array_and_a_failure() {
    let page = format!("[{}]", vec!["1"; *bounds::PAGE_LIMIT.end() as usize].join(","));
    for (second, words, code) in [
        (answer(200, "{}"), "a page is not a JSON array", 1),
        (answer(200, page.clone()), "the service repeats an earlier page", 1),
        (answer(404, REFUSED), "404 Not Found", 1),
        (answer(401, REFUSED), "401 Unauthorized", 3),
    ] {
        let first = answer(200, page.clone());
        let server = Server::start(move |_, before| match before {
            0 => first.clone(),
            1 => second.clone(),
            // A list that goes on would not end the test otherwise.
            _ => answer(200, "[]"),
        });
        let ended = call(&server, "api /v4/a --paginate");
        assert_eq!((ended.code, ended.out), (Some(code), format!("{page}\n")), "{words}");
        assert!(
            ended.err.contains("GET /v4/a: the list is incomplete: ") && ended.err.contains(words),
            "{}",
            ended.err
        );
    }
    let server = Server::start(|_, _| answer(404, REFUSED));
    let ended = call(&server, "api /v4/a --paginate");
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), REFUSED), "{ended:?}");
    let server = Server::start(|_, _| answer(200, "{}"));
    let ended = call(&server, "api /v4/a --paginate");
    assert!(ended.out.is_empty() && ended.err.contains("call the path without --paginate"), "{ended:?}");
    for line in ["-f limit=0", "-f limit=x", "-f page=0", "-f page=1 -f offset=1", "-f offset=-1"] {
        let ended = call(&server, &format!("api /v4/a --paginate {line}"));
        assert!(ended.code == Some(2) && ended.err.contains("invalid parameters"), "{line}: {ended:?}");
    }
}

#[test]
fn secrets_are_hidden_in_dry_runs_logs_and_messages() {
    let body = r#"{"error_code":"A","error_msg":"no s3cr3t0 s3cr3t1 s3cr3t2 s3cr3t3"}"#;
    let server = Server::start(move |_, _| answer(400, body));
    let arguments = [
        "api",
        "PUT",
        "/v4/a?access_token=s3cr3t0",
        "-f",
        "user[password]=s3cr3t1",
        "-f",
        "Secrets[]=s3cr3t2",
        "-f",
        "name=shown",
        "-H",
        "X-Subject-Token: s3cr3t3",
    ];
    for more in [&["--dry-run"][..], &["--dry-run", "--json"], &["-vvv"]] {
        let ended = run(against(&server, &arguments).args(more));
        let shown = if more == ["-vvv"] { ended.err.clone() } else { ended.out.clone() + &ended.err };
        assert!(!shown.contains("s3cr3t") && !shown.contains(TOKEN), "{shown}");
        assert!(shown.contains("***"), "{shown}");
        if more != ["-vvv"] {
            assert!(ended.code == Some(0) && shown.contains("shown"), "{ended:?}");
            assert_eq!(server.requests().len(), 0);
        }
    }
    let ended = run(&mut against(&server, &arguments));
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), body));
    assert!(ended.err.contains("no *** *** *** ***"), "{ended:?}");
}

#[cfg(unix)]
#[test]
fn the_line_for_curl_sends_the_same_and_has_no_secret() {
    let server = Server::start(|_, _| answer(200, "{}"));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a body");
    std::fs::write(&file, "{\"password\": \"s3cr3t\"}\n").expect("written");
    let file = file.to_str().expect("UTF-8");
    for arguments in [
        &["api", "/v4/a?b[]={c}"][..],
        &["api", "HEAD", "/v4/a"],
        &["api", "PUT", "/v4/it's", "-f", "username=$HOME 'x'", "-H", "X-A: \"b\""],
        &["api", "/v4/a", "--input", file, "-f", "c=d"],
    ] {
        let line = run(against(&server, arguments).arg("--curl"));
        assert!(line.code == Some(0) && !line.out.contains("s3cr3t") && !line.out.contains(TOKEN), "{line:?}");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &line.out]).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let ended = run(shell.env("CODEARTS_REPO_TOKEN", TOKEN));
        assert_eq!(ended.code, Some(0), "{line:?} {ended:?}");
        assert_eq!(run(&mut against(&server, arguments)).code, Some(0));
        let [by_curl, by_us] = server.requests().split_off(server.requests().len() - 2).try_into().expect("two");
        assert_eq!((&by_curl.method, &by_curl.path, &by_curl.body), (&by_us.method, &by_us.path, &by_us.body));
        for name in ["x-auth-token:", "content-type:", "x-a:"] {
            let of = |head: &str| head.lines().find(|line| line.starts_with(name)).map(str::to_owned);
            assert_eq!(of(&by_curl.head), of(&by_us.head));
        }
    }
    let before = server.requests().len();
    let read = format!("a=@{file}");
    for more in [
        &["-f", "password=s3cr3t"][..],
        &["-F", &read],
        &["-H", "X-Secret: s3cr3t"],
        &["--input", "-"],
        &["--json", "-f", "a=b"],
    ] {
        let ended = run(against(&server, &["api", "PUT", "/v4/a", "--curl"]).args(more));
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{more:?} {ended:?}");
    }
    let ended = run(&mut against(&server, &["api", "/v4/a?private_token=s3cr3t", "--curl"]));
    assert_eq!((ended.code, ended.out.as_str(), server.requests().len()), (Some(2), "", before), "{ended:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_sent_if_its_answer_could_not_be_printed() {
    let server = Server::start(|_, _| answer(200, "{}"));
    let run_closed = |line: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("exec \"$0\" {line} --endpoint {} >&-", server.endpoint())]);
        shell.arg(env!("CARGO_BIN_EXE_codearts-repo")).env_clear().env("CODEARTS_REPO_TOKEN", TOKEN);
        run(&mut shell)
    };
    let ended = run_closed("api POST /v4/a");
    assert!(ended.code == Some(2) && ended.err.contains("standard output is closed"), "{ended:?}");
    assert_eq!(server.requests().len(), 0);
    assert_eq!((run_closed("api POST /v4/a --silent").code, server.requests().len()), (Some(0), 1));
}

#[cfg(unix)]
#[test]
fn an_interrupted_list_is_a_valid_array() {
    use std::io::Read as _;

    const PAGE: u32 = *bounds::PAGE_LIMIT.end();
    let server = Server::start(|request, _| {
        let offset: u32 = request
            .path
            .split("offset=")
            .nth(1)
            .and_then(|rest| rest.split('&').next()?.parse().ok())
            .expect("an offset");
        let page: Vec<String> = (offset..offset + PAGE).map(|id| id.to_string()).collect();
        answer(200, format!("[{}]", page.join(",")))
    });
    let mut child = against(&server, &["api", "/v4/a", "--paginate"]).spawn().expect("it runs");
    let mut out = child.stdout.take().expect("piped");
    let id = rustix::process::Pid::from_child(&child);
    let (ended, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut text = vec![0; 200];
        out.read_exact(&mut text).expect("the first page");
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("it runs");
        out.read_to_end(&mut text).expect("the rest");
        ended.send((text, child.wait().expect("it ends").code()))
    });
    let end = end.recv_timeout(std::time::Duration::from_secs(60));
    let (text, code) =
        end.inspect_err(|_| _ = rustix::process::kill_process(id, rustix::process::Signal::KILL)).expect("it ends");
    assert_eq!(code, Some(130));
    let ids: Vec<u32> = serde_json::from_slice(&text).expect("an array");
    assert!(!ids.is_empty() && ids.len().is_multiple_of(PAGE as usize), "{}", ids.len());
}
