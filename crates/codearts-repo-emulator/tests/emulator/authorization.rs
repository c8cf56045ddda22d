//! Access keys, permissions and the second port.

use codearts_repo_emulator::{Emulator, EmulatorBuilder, Permissions, Repository, StartError, Upstream, User};
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::Method;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::caller::{Caller, Reply, mirror, reply};

const LIST: &str = "/v4/user/repositories";

fn two_mirrors() -> EmulatorBuilder {
    Emulator::builder()
        .repository(Repository::new(123).upstream(Upstream::demonstration()))
        .repository(Repository::new(124).upstream(Upstream::demonstration()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Signs a call without a query and sends it.
async fn signed(caller: &Caller, method: Method, path: &str, body: &str, key: (&str, &str), seconds: i64) -> Reply {
    let now = jiff::Timestamp::now();
    let time = jiff::Timestamp::from_second(now.as_second() + seconds).unwrap();
    let date: String = time.to_string().replace(['-', ':'], "");
    let host = caller.emulator.endpoint().trim_start_matches("http://");
    let hash = hex(&Sha256::digest(body));
    let canonical = format!("{method}\n{path}/\n\nhost:{host}\nx-sdk-date:{date}\n\nhost;x-sdk-date\n{hash}");
    let text = format!("SDK-HMAC-SHA256\n{date}\n{}", hex(&Sha256::digest(canonical)));
    let mut mac = Hmac::<Sha256>::new_from_slice(key.1.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let signature = hex(&mac.finalize().into_bytes());
    let header = format!("SDK-HMAC-SHA256 Access={}, SignedHeaders=host;x-sdk-date, Signature={signature}", key.0);
    let request = caller.request(method, path).header("Authorization", header).header("X-Sdk-Date", date);
    reply(request.body(body.to_owned())).await
}

#[tokio::test]
async fn signed_requests_are_accepted_and_wrong_ones_get_their_codes() {
    let caller = Caller::start(two_mirrors().access_key("AKEXAMPLE", "sk-example")).await;
    let key = ("AKEXAMPLE", "sk-example");
    let body = r#"{"force_fetch":true}"#;
    assert_eq!(signed(&caller, Method::POST, &mirror(123), body, key, 0).await.status, 200);
    for (key, seconds, code) in [
        (("AKEXAMPLE", "sk-other"), 0, "APIGW.0301"),
        (("AKOTHER", "sk-example"), 0, "APIGW.0301"),
        (key, 16 * 60, "APIGW.0303"),
        (key, -16 * 60, "APIGW.0303"),
    ] {
        let answer = signed(&caller, Method::GET, LIST, "", key, seconds).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (401, code), "{}", answer.body);
    }
    for header in ["Basic abc", "SDK-HMAC-SHA256 Access=AKEXAMPLE"] {
        let answer = reply(caller.request(Method::GET, LIST).header("Authorization", header)).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (401, "APIGW.0301"));
    }
    let shown = format!("{:?}", caller.emulator.requests());
    assert!(!shown.contains("Signature") && !shown.contains("AKEXAMPLE"), "{shown}");
    caller.emulator.wait_idle(123).await;
}

#[tokio::test]
async fn permissions_are_checked_before_the_repository() {
    let reader = Permissions::none().read(123);
    let builder = two_mirrors()
        .token_with("reader", reader.clone())
        .token_with("all-but-one", Permissions::all().deny(124))
        .access_key_with("AK", "SK", Permissions::none().write(124))
        .user(User::new("account", "alice", "pass").permissions(reader));
    let caller = Caller::start(builder).await;
    let status = async |token: &str, method: Method, id: u64| {
        let answer = reply(caller.request(method, &mirror(id)).header("X-Auth-Token", token).body("{")).await;
        (answer.status.as_u16(), answer.code().to_owned())
    };
    let refused = (403, "CH.004403".to_owned());
    assert_eq!(status("reader", Method::GET, 123).await.0, 200);
    assert_eq!(status("reader", Method::POST, 123).await, refused, "before the body is looked at");
    assert_eq!(status("reader", Method::PUT, 123).await, refused);
    assert_eq!(status("reader", Method::GET, 999).await, refused, "before the repository is looked for");
    assert_eq!(status("all-but-one", Method::GET, 124).await, refused);
    assert_eq!(status("all-but-one", Method::GET, 999).await.0, 404);
    assert_eq!(signed(&caller, Method::GET, &mirror(124), "", ("AK", "SK"), 0).await.status, 200);
    assert_eq!(signed(&caller, Method::GET, &mirror(123), "", ("AK", "SK"), 0).await.status, 403);
    let list = reply(caller.request(Method::GET, LIST).header("X-Auth-Token", "reader")).await;
    assert_eq!((list.body.as_array().unwrap().len(), &list.body[0]["id"]), (1, &json!(123)));

    let user = json!({ "name": "alice", "password": "pass", "domain": { "name": "account" } });
    let identity = json!({ "auth": { "identity": { "methods": ["password"], "password": { "user": user } } } });
    let token = reply(caller.request(Method::POST, "/v3/auth/tokens").json(&identity)).await;
    let token = token.headers["x-subject-token"].to_str().unwrap().to_owned();
    assert_eq!(status(&token, Method::GET, 123).await.0, 200);
    assert_eq!(status(&token, Method::GET, 124).await, refused);
}

#[tokio::test]
async fn iam_can_listen_on_its_own_port() {
    let caller = Caller::start(two_mirrors().iam_listen("127.0.0.1:0".parse().unwrap())).await;
    let (repo, iam) = (caller.emulator.endpoint().to_owned(), caller.emulator.iam_endpoint().to_owned());
    assert_ne!(repo, iam);
    for (base, path, status) in
        [(&repo, "/v3/auth/tokens", 404), (&iam, "/v3/auth/tokens", 400), (&iam, LIST, 404), (&repo, LIST, 401)]
    {
        let method = if path == LIST { Method::GET } else { Method::POST };
        let answer = reply(caller.http.request(method, format!("{base}{path}")).json(&json!({}))).await;
        assert_eq!(answer.status, status, "{base}{path}");
    }
    let everywhere = Emulator::builder().iam_listen("0.0.0.0:0".parse().unwrap()).start().await;
    assert!(matches!(everywhere.unwrap_err(), StartError::NotLoopback(_)));
    caller.emulator.stop().await;
}
