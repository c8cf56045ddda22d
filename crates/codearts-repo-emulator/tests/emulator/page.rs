//! The page: what it serves, to whom, and what it never shows.

use codearts_repo_emulator::{Emulator, Fault, Repository, Upstream, User};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::caller::{Caller, TOKEN, credentials, mirror, reply};

const FILES: [(&str, &str); 9] = [
    ("/", "text/html; charset=utf-8"),
    ("/page/page.css", "text/css; charset=utf-8"),
    ("/page/page.js", "text/javascript; charset=utf-8"),
    ("/page/icon.svg", "image/svg+xml"),
    ("/reference", "text/html; charset=utf-8"),
    ("/reference/reference.css", "text/css; charset=utf-8"),
    ("/reference/reference.js", "text/javascript; charset=utf-8"),
    ("/reference/renderer.css", "text/css; charset=utf-8"),
    ("/reference/renderer.js", "text/javascript; charset=utf-8"),
];

const REST: [(&str, &str); 3] =
    [("/openapi.yaml", "application/yaml"), ("/page/state", "application/json"), ("/page/events", "text/event-stream")];

async fn caller() -> Caller {
    Caller::start(Emulator::builder().repository(Repository::new(123).upstream(Upstream::demonstration()))).await
}

async fn state(caller: &Caller) -> Value {
    let answer = reply(caller.request(Method::GET, "/page/state")).await;
    assert_eq!(answer.status, 200);
    answer.body
}

/// The events of the page.
struct Events {
    response: reqwest::Response,
    text: String,
}

impl Events {
    async fn open(caller: &Caller) -> Self {
        let response = caller.request(Method::GET, "/page/events").send().await.unwrap();
        assert_eq!(response.status(), 200);
        Self { response, text: String::new() }
    }

    /// `None` when there are no more.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned);
                self.text = rest.to_owned();
                if let Some(data) = data {
                    return Some(serde_json::from_str(&data).unwrap());
                }
                continue;
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next().await.expect("the events go on");
            if holds(&event) {
                return event;
            }
        }
    }
}

/// The headers that make a browser restrict the page.
fn check_headers(path: &str, headers: &HeaderMap) {
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "), "{path}: {policy}");
    for part in ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'), "{path}: {policy}");
    assert_eq!(policy.contains("require-trusted-types-for 'script'"), path != "/reference", "{path}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(headers[name], value, "{path}");
    }
    assert!(!headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{path}");
}

#[tokio::test]
async fn every_part_is_served_with_its_type_and_a_strict_policy() {
    let caller = caller().await;
    assert_eq!(caller.emulator.page(), Some(format!("{}/", caller.emulator.endpoint()).as_str()));
    for (path, content_type) in FILES.into_iter().chain(REST) {
        let answer = caller.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["content-type"], content_type, "{path}");
        check_headers(path, answer.headers());
        let packed = path.starts_with("/reference/renderer");
        assert_eq!(answer.headers().get("content-encoding").is_some_and(|value| value == "gzip"), packed, "{path}");
    }
    let head = caller.request(Method::HEAD, "/").send().await.unwrap();
    assert_eq!((head.status().as_u16(), head.text().await.unwrap().as_str()), (200, ""));
    let contract = caller.request(Method::GET, "/openapi.yaml").send().await.unwrap();
    assert_eq!(contract.text().await.unwrap(), codearts_repo_client::OPENAPI);
}

#[tokio::test]
async fn the_page_loads_nothing_from_other_hosts() {
    let caller = caller().await;
    let mut seen = 0;
    for (path, content_type) in FILES.into_iter().filter(|(path, _)| !path.starts_with("/reference/renderer")) {
        let text = caller.request(Method::GET, path).send().await.unwrap().text().await.unwrap();
        let text = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!text.contains("http:") && !text.contains("//cdn"), "{path}");
        assert!(!text.contains("https:") || path == "/page/page.js", "{path}");
        if content_type.starts_with("text/html") {
            for (at, _) in text.match_indices("<script") {
                assert!(text[at..].split_once('>').unwrap().0.contains("src=\"/"), "{path} has a script of its own");
            }
            let has_handler = text
                .split(" on")
                .skip(1)
                .any(|rest| rest.trim_start_matches(|letter: char| letter.is_ascii_lowercase()).starts_with('='));
            assert!(!text.contains("style=") && !has_handler, "{path} has inline code");
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
}

#[tokio::test]
async fn the_page_is_not_part_of_the_api() {
    let builder = Emulator::builder().quota(1, std::time::Duration::from_secs(3600)).fault(Fault::Status(503));
    let caller = Caller::start(builder).await;
    for (path, _) in FILES.into_iter().chain(REST) {
        assert_eq!(caller.request(Method::GET, path).send().await.unwrap().status(), 200, "{path}");
    }
    assert!(caller.emulator.requests().is_empty());
    assert_eq!(state(&caller).await["requests"], json!({ "total": 0, "last": [] }));
    caller.emulator.clear_faults();
    for (method, path) in
        [(Method::POST, "/"), (Method::GET, "/page"), (Method::GET, "/reference/"), (Method::PUT, "/page/state")]
    {
        let answer = reply(caller.request(method, path)).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "APIGW.0101"), "{path}");
    }
    assert_eq!(caller.emulator.requests().len(), 4);
    assert_eq!(caller.call(Method::GET, "/v4/user/repositories", None).await.status, 200);
    assert_eq!(caller.call(Method::GET, "/v4/user/repositories", None).await.status, 429);
}

#[tokio::test]
async fn paths_of_the_contract_take_precedence_over_the_page() {
    let contract = codearts_repo_client::OPENAPI.replace("  /v4/user/repositories:", "  /reference:");
    let caller = Caller::start(Emulator::builder().openapi(contract.clone())).await;
    let answer = caller.call(Method::GET, "/reference", None).await;
    assert_eq!((answer.status.as_u16(), answer.body.is_array()), (200, true), "{}", answer.body);
    let served = caller.request(Method::GET, "/openapi.yaml").send().await.unwrap().text().await.unwrap();
    assert_eq!(served, contract);
}

#[tokio::test]
async fn the_page_is_off_on_request_and_on_public_addresses() {
    let open = || Emulator::builder().listen("0.0.0.0:0".parse().unwrap()).allow_non_loopback(true);
    for (builder, served) in [
        (Emulator::builder().page(false), false),
        (open(), false),
        (open().page(true), true),
        (Emulator::builder(), true),
    ] {
        let caller = Caller::start(builder).await;
        assert_eq!(caller.emulator.page().is_some(), served);
        let (_, port) = caller.emulator.endpoint().rsplit_once(':').unwrap();
        for path in ["/", "/openapi.yaml", "/page/state"] {
            let answer = caller.http.get(format!("http://127.0.0.1:{port}{path}")).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), if served { 200 } else { 404 }, "{path}");
        }
    }
    let apart =
        Emulator::builder().iam_listen("127.0.0.1:0".parse().unwrap()).admin_listen("127.0.0.1:0".parse().unwrap());
    let caller = Caller::start(apart).await;
    for endpoint in [caller.emulator.iam_endpoint(), caller.emulator.admin_endpoint().unwrap()] {
        assert_eq!(caller.http.get(format!("{endpoint}/")).send().await.unwrap().status(), 404);
    }
}

#[tokio::test]
async fn another_site_cannot_read_the_page() {
    let caller = caller().await;
    for (path, _) in FILES.into_iter().chain(REST) {
        for (name, value) in
            [("host", "evil.example.com"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
        {
            let answer = caller.request(Method::GET, path).header(name, value).send().await.unwrap();
            assert_eq!(answer.status(), 403, "{path} with {name}: {value}");
            check_headers("", answer.headers());
        }
    }
    let link = caller.request(Method::GET, "/").header("sec-fetch-site", "cross-site");
    let link = link.header("sec-fetch-mode", "navigate").header("sec-fetch-dest", "document");
    assert_eq!(link.send().await.unwrap().status(), 200);
    let mut stream =
        tokio::net::TcpStream::connect(caller.emulator.endpoint().trim_start_matches("http://")).await.unwrap();
    stream.write_all(b"GET /page/state HTTP/1.0\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    tokio::time::timeout(crate::caller::LONGEST, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.0 403"), "{answer}");
}

#[tokio::test]
async fn the_state_has_repositories_synchronizations_and_requests() {
    let builder = Emulator::builder()
        .repository(Repository::new(123).upstream(Upstream::demonstration()))
        .repository(Repository::new(124).name("plain").starred(true));
    let caller = Caller::start(builder).await;
    let before = state(&caller).await;
    assert_eq!(before["emulator"]["contract"], "2026-01-27");
    assert_eq!(before["repositories"]["statuses"], json!({ "no mirror": 1, "none": 1 }));
    assert_eq!(before["repositories"]["shown"][0]["mirror"], caller.show(123).await);
    assert_eq!(before["repositories"]["shown"][0]["is_demonstration"], true);
    let plain = &before["repositories"]["shown"][1];
    assert_eq!((&plain["name"], &plain["starred"], &plain["mirror"]), (&json!("plain"), &json!(true), &Value::Null));

    caller.sync(123, json!({ "force_fetch": true })).await;
    caller.call(Method::GET, "/v4/nowhere?secret=s3cr3t", None).await;
    caller.emulator.fail_next(Fault::ResetBefore);
    assert!(caller.request(Method::GET, "/v4/user/repositories").send().await.is_err());
    let after = state(&caller).await;
    assert_eq!(after["repositories"]["statuses"], json!({ "no mirror": 1, "finished": 1 }));
    assert_eq!(after["repositories"]["shown"][0]["mirror"]["update_status"], "finished");
    let run = &after["synchronizations"]["last"][0];
    assert_eq!(
        (&run["repository_id"], &run["state"], &run["force_fetch"]),
        (&json!(123), &json!("finished"), &json!(true))
    );
    assert!(run["ended_at"].is_string() && run["error"].is_null(), "{run}");
    let calls = after["requests"]["last"].as_array().unwrap();
    let told: Vec<_> = calls
        .iter()
        .map(|call| json!([call["method"], call["path"], call["operation"], call["status"], call["end"]]))
        .collect();
    let path = mirror(123);
    assert_eq!(
        told,
        [
            json!(["GET", "/v4/user/repositories", "ListCurrentUserRepositories", null, "reset"]),
            json!(["GET", "/v4/nowhere", null, 404, "answered"]),
            json!(["GET", path, "ShowRemoteMirror", 200, "answered"]),
            json!(["POST", path, "StartRemoteMirrorSynchronization", 200, "answered"]),
            json!(["GET", path, "ShowRemoteMirror", 200, "answered"]),
        ]
    );
    assert_eq!(after["requests"]["total"], 5);
    assert!(calls.iter().all(|call| call["at"].is_string() && call["milliseconds"].is_u64()));
}

#[tokio::test]
async fn changes_are_streamed() {
    let caller = caller().await;
    let mut events = Events::open(&caller).await;
    let first = events.next().await.unwrap();
    assert_eq!(first, state(&caller).await);
    assert_eq!(first["repositories"]["statuses"], json!({ "none": 1 }));
    caller.call(Method::POST, &mirror(123), None).await;
    let last = events.until(|state| state["repositories"]["statuses"]["finished"] == 1).await;
    assert_eq!(last["synchronizations"]["last"][0]["state"], "finished");
    caller.call(Method::GET, "/v4/nowhere", None).await;
    let told = events.until(|state| state["requests"]["total"] == 2).await;
    assert_eq!(told["requests"]["last"][0]["path"], "/v4/nowhere");
    caller.emulator.stop().await;
    assert_eq!(events.next().await, None, "the events end with the emulator");
}

#[tokio::test]
async fn a_disconnected_client_is_recorded() {
    let caller = caller().await;
    let mut events = Events::open(&caller).await;
    caller.emulator.fail_next(Fault::Delay(std::time::Duration::from_secs(3600)));
    let mut stream =
        tokio::net::TcpStream::connect(caller.emulator.endpoint().trim_start_matches("http://")).await.unwrap();
    stream.write_all(b"GET /v4/user/repositories HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    drop(stream);
    let told = events.until(|state| state["requests"]["total"] == 1).await;
    let call = &told["requests"]["last"][0];
    assert_eq!((&call["status"], &call["end"]), (&Value::Null, &json!("left")));
}

#[tokio::test]
async fn event_streams_above_the_limit_are_refused() {
    let caller = caller().await;
    let mut open = Vec::new();
    for _ in 0..32 {
        open.push(Events::open(&caller).await);
    }
    let refused = caller.request(Method::GET, "/page/events").send().await.unwrap();
    assert_eq!(refused.status(), 503);
    assert_eq!(state(&caller).await["repositories"]["total"], 1, "the rest of the page is there as before");
    open.pop();
    let again = async {
        while caller.request(Method::GET, "/page/events").send().await.unwrap().status() != 200 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), again).await.unwrap();
}

#[tokio::test]
async fn failed_repositories_are_shown_first() {
    let builder =
        (1..=300).map(Repository::new).fold(Emulator::builder(), |builder, repository| builder.repository(repository));
    let broken = Repository::new(999).upstream(Upstream::url("http://127.0.0.1:1/a.git"));
    let caller = Caller::start(builder.repository(broken)).await;
    caller.sync(999, json!({})).await;
    let state = state(&caller).await;
    let ids: Vec<_> =
        state["repositories"]["shown"].as_array().unwrap().iter().map(|one| one["id"].as_u64().unwrap()).collect();
    assert_eq!((ids.len(), ids[0], ids[198], ids[199]), (200, 1, 199, 999));
    assert_eq!(state["repositories"]["total"], 301);
}

#[tokio::test]
async fn no_secret_is_shown() {
    let builder = Emulator::builder()
        .user(User::new("account", "alice", "iam-s3cr3t"))
        .access_key("AKPUBLIC", "sk-s3cr3t")
        .service_endpoint("e1", "alice", "endpoint-s3cr3t")
        .repository(Repository::new(1).upstream(Upstream::url("http://u:url-s3cr3t@127.0.0.1:1/a.git?t=s3cr3t#s3cr3t")))
        .repository(Repository::new(2));
    let caller = Caller::start(builder).await;
    let mut events = Events::open(&caller).await;
    caller.sync(1, credentials("alice", "pass-s3cr3t")).await;
    caller.sync(1, json!({ "endpoint_uuid": "e1" })).await;
    let body = json!({ "url": "https://u:url-s3cr3t@git.example.com/x?token=s3cr3t" });
    assert_eq!(caller.call(Method::POST, "/v4/repositories/2/remote-mirror/associate", Some(body)).await.status, 201);
    caller.call(Method::GET, "/v4/user/repositories?search=s3cr3t", None).await;
    reply(caller.request(Method::GET, "/v4/user/repositories").header("Authorization", "SDK-HMAC-SHA256 s3cr3t")).await;
    let user = json!({ "name": "alice", "password": "iam-s3cr3t", "domain": { "name": "account" } });
    let identity = json!({ "auth": { "identity": { "methods": ["password"], "password": { "user": user } } } });
    let issued = reply(caller.request(Method::POST, "/v3/auth/tokens").json(&identity)).await;
    let issued = issued.headers["x-subject-token"].to_str().unwrap().to_owned();

    let total = caller.emulator.requests().len();
    let mut told = String::new();
    while !told.contains(&format!("\"total\":{total}}}")) {
        told += &events.next().await.unwrap().to_string();
    }
    told += &state(&caller).await.to_string();
    for (path, _) in FILES.into_iter().filter(|(path, _)| !path.starts_with("/reference/renderer")) {
        told += &caller.request(Method::GET, path).send().await.unwrap().text().await.unwrap();
    }
    for secret in ["s3cr3t", "czNjcjN0", "LXMzY3IzdA", TOKEN, &issued] {
        assert!(!told.contains(secret), "{secret} is in {told}");
    }
    assert!(told.contains("/v3/auth/tokens") && told.contains("git.example.com"));
}

/// Names and addresses are data in JSON, which no browser interprets as markup; the files do not depend on them.
#[tokio::test]
async fn markup_in_names_and_addresses_stays_text() {
    let markup = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let plain = caller().await;
    let builder = Emulator::builder().repository(Repository::new(1).name(markup)).repository(Repository::new(2));
    let caller = Caller::start(builder).await;
    let body = json!({ "url": format!("https://git.example.com/{markup}") });
    assert_eq!(caller.call(Method::POST, "/v4/repositories/2/remote-mirror/associate", Some(body)).await.status, 201);
    for (path, _) in FILES {
        let bytes =
            async |caller: &Caller| caller.request(Method::GET, path).send().await.unwrap().bytes().await.unwrap();
        assert_eq!(bytes(&caller).await, bytes(&plain).await, "{path}");
    }
    let state = state(&caller).await;
    assert_eq!(state["repositories"]["shown"][0]["name"], markup);
    assert!(state["repositories"]["shown"][1]["mirror"]["url"].as_str().unwrap().contains("alert(2)"));
    let script = caller.request(Method::GET, "/page/page.js").send().await.unwrap().text().await.unwrap();
    for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("] {
        assert!(!script.contains(way), "{way}");
    }
}
