//! The bytes that the wrapper sends, against the vendor's documented request and against openapi.yaml.

use codearts_repo::{Client, RemoteCredentials, RepositoryId, RetryPolicy, StartSync, SyncOptions, Token};
use codearts_repo_client::{OutOfRange, bounds};
use futures_util::StreamExt;
use serde_json::json;

use crate::contract::assert_request_fits;
use crate::plain_server::{PlainServer, Request, answer};

const ACCEPTED: &str = r#"{"jid":"09a56216-cb37-494c-b314-d88dc6c9ff57"}"#;
const START: &str = "StartRemoteMirrorSynchronization";

pub(crate) fn client(server: &PlainServer, token: &str) -> Client {
    let endpoint = server.endpoint().parse().expect("an endpoint");
    let builder = Client::builder().endpoint(endpoint).retry(RetryPolicy::none());
    builder.auth(Token::new(token).expect("a token")).build().expect("a client")
}

pub(crate) fn id(number: impl TryInto<RepositoryId, Error = OutOfRange>) -> RepositoryId {
    number.try_into().expect("an id")
}

async fn sent(prepare: impl FnOnce(StartSync) -> StartSync) -> Request {
    let server = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    let client = client(&server, "MIIExample");
    prepare(client.start_sync(id(123))).send().await.expect("accepted");
    server.request()
}

#[tokio::test]
async fn the_documented_example_is_sent_as_documented() {
    let request = sent(|start| start.remote_credentials(RemoteCredentials::new("", "")).endpoint_uuid("")).await;
    assert_eq!(request.line, "POST /v4/repositories/123/remote-mirror HTTP/1.1");
    assert_eq!(request.header("x-auth-token"), Some("MIIExample"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.json(), json!({ "username": "", "password": "", "endpoint_uuid": "" }));
    assert_request_fits(START, &request.json());
}

#[tokio::test]
async fn what_the_vendor_does_not_document_is_not_sent() {
    let request = sent(|start| start).await;
    let mut names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "content-length", "content-type", "host", "user-agent", "x-auth-token"]);
    assert_eq!(request.body, b"{}");
}

#[tokio::test]
async fn plain_credentials_are_base64_on_the_wire() {
    let request =
        sent(|start| start.remote_credentials(RemoteCredentials::new("alice", "pä??>")).force_fetch(true)).await;
    // Computed with coreutils' base64 from the UTF-8 text.
    assert_eq!(request.json(), json!({ "username": "YWxpY2U=", "password": "cMOkPz8+", "force_fetch": true }));
    assert_request_fits(START, &request.json());
}

#[tokio::test]
async fn each_field_is_sent_under_its_own_name() {
    let options = SyncOptions::new;
    for (options, body) in [
        (options(), json!({})),
        (options().remote_credentials(RemoteCredentials::username_only("u")), json!({ "username": "dQ==" })),
        (options().remote_credentials(RemoteCredentials::password_only("p")), json!({ "password": "cA==" })),
        (options().endpoint_uuid("c6bb"), json!({ "endpoint_uuid": "c6bb" })),
        (options().force_fetch(false), json!({ "force_fetch": false })),
    ] {
        let request = sent(|start| start.options(options)).await;
        assert_eq!(request.json(), body);
        assert_request_fits(START, &request.json());
    }
}

#[tokio::test]
async fn the_longest_token_and_both_ends_of_the_id_range_are_accepted() {
    for (token, number) in [("t".repeat(*bounds::TOKEN.end()), *bounds::REPOSITORY_ID.end()), ("t".to_owned(), 1)] {
        let server = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
        client(&server, &token).start_sync(id(number)).send().await.expect("accepted");
        let request = server.request();
        assert_eq!(request.line, format!("POST /v4/repositories/{number}/remote-mirror HTTP/1.1"));
        assert_eq!(request.header("x-auth-token"), Some(token.as_str()));
    }
}

#[tokio::test]
async fn a_path_in_the_endpoint_is_kept() {
    let server = PlainServer::answering(answer("200 OK", ACCEPTED)).await;
    let endpoint = format!("{}/base/", server.endpoint()).parse().expect("an endpoint");
    let token = Token::new("t").expect("a token");
    let client = Client::builder().endpoint(endpoint).auth(token).build().expect("a client");
    client.start_sync(id(7)).send().await.expect("accepted");
    assert_eq!(server.request().line, "POST /base/v4/repositories/7/remote-mirror HTTP/1.1");
}

#[tokio::test]
async fn a_mirror_is_read_with_get_and_no_body() {
    let server = PlainServer::answering(answer("200 OK", r#"{"update_status":"finished","id":5}"#)).await;
    let mirror = client(&server, "t").show_mirror(id(123)).await.expect("a mirror");
    assert_eq!(mirror.update_status.as_deref(), Some("finished"));
    assert_eq!(mirror.id, Some(5));
    let request = server.request();
    assert_eq!(request.line, "GET /v4/repositories/123/remote-mirror HTTP/1.1");
    assert_eq!(request.body, b"");
}

/// The arguments of the generated list call are positional: two of one type could swap places unnoticed.
#[tokio::test]
async fn each_filter_is_sent_under_its_own_name() {
    use codearts_repo::{RepositoryFilter, RepositoryOrder, SortDirection};
    let filter = RepositoryFilter::new;
    for (filter, query) in [
        (filter(), ""),
        (filter().archived(true), "archived=true&"),
        (filter().include_abnormal(true), "include_abnormal=true&"),
        (filter().membership(true), "membership=true&"),
        (filter().starred(false), "starred=false&"),
        (filter().user_created(true), "user_created=true&"),
        (filter().order_by(RepositoryOrder::UpdatedAt), "order_by=updated_at&"),
        (filter().sort(SortDirection::Asc), "sort=asc&"),
        (filter().search("a b&c").expect("a text"), "search=a+b%26c&"),
    ] {
        let server = PlainServer::answering(answer("200 OK", r#"[{"id":7}]"#)).await;
        let client = client(&server, "t");
        let list: Vec<_> = client.list_repositories(filter).collect().await;
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].as_ref().expect("a repository").id, Some(7));
        let line = server.request().line;
        let sent = line.strip_prefix("GET /v4/user/repositories?").and_then(|rest| rest.strip_suffix(" HTTP/1.1"));
        let sort = |query: &str| {
            let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
            pairs.sort();
            pairs
        };
        assert_eq!(
            sort(sent.expect("a query")),
            sort(&format!("{query}limit={}&offset=0", bounds::PAGE_LIMIT.end())),
            "{line}"
        );
    }
}

#[tokio::test]
async fn only_the_given_fields_of_a_mirror_are_sent() {
    use codearts_repo::{MirrorSettings, SyncBranchType};
    let url = || "https://git.example.com/a.git".parse().expect("an address");
    for (settings, body) in [
        (MirrorSettings::new().url(url()), json!({ "url": "https://git.example.com/a.git" })),
        (MirrorSettings::new().branches(SyncBranchType::All), json!({ "sync_branch_type": "all" })),
        (MirrorSettings::new().mirroring_enabled(false), json!({ "mirroring_enabled": false })),
        (MirrorSettings::new().endpoint_uuid("e"), json!({ "endpoint_uuid": "e" })),
    ] {
        let server = PlainServer::answering(answer("200 OK", r#"{"mirroring_enabled":true}"#)).await;
        let after = client(&server, "t").update_mirror(id(5)).settings(settings).await.expect("changed");
        assert_eq!(after.mirroring_enabled, Some(true));
        let request = server.request();
        assert_eq!(request.line, "PUT /v4/repositories/5/remote-mirror HTTP/1.1");
        assert_eq!(request.json(), body);
        assert_request_fits("UpdateRepositoryRemoteMirror", &body);
    }
    let server = PlainServer::answering(answer("201 Created", r#"{"id":1}"#)).await;
    let mirror = client(&server, "t").associate_mirror(id(5)).url(url()).await.expect("made");
    assert_eq!(mirror.id, Some(1));
    let request = server.request();
    assert_eq!(request.line, "POST /v4/repositories/5/remote-mirror/associate HTTP/1.1");
    assert_request_fits("AssociateRemoteMirror", &request.json());
    assert_eq!(request.json(), json!({ "url": "https://git.example.com/a.git" }));
}
