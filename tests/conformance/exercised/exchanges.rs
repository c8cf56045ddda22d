//! The exchanges: a call with everything that it can say, the request that has to arrive, and an answer that has to
//! come back to the caller whole.

use std::collections::BTreeSet;
use std::pin::pin;

use codearts_repo::{
    BranchFilter, BranchQueryView, BranchSort, BranchType, BranchView, Error, MirrorSettings, MirrorUrl,
    ProjectRepositoryFilter, ProjectRepositoryOrder, RemoteCredentials, RepositoryFilter, RepositoryOrder,
    SortDirection, SyncBranchType, SyncOptions, TagFilter, TagOrder, TagView,
};
use codearts_repo_client::types::{
    AssumeAgencyRequest, AssumeAgencyWithOidcRequest, CreateTokenRequest, IdTokenLogin, TemporaryKeyRequest,
};
use codearts_repo_client::{
    Authorization, Client as Generated, Endpoint, Error as GeneratedError, ErrorBody, ResponseValue, bounds,
};
use codearts_repo_emulator::{Emulator, User};
use futures_util::{Stream, StreamExt};
use serde::Serialize;
use serde_json::{Value, json};

use super::in_common;
use super::items::{Item, json_schema, of_header, of_parameter, of_status, of_value};
use crate::contract::{answer as described_answer, operations, shared_document};
use crate::judge::{Reading, judge_answer, parameters, read_request};
use crate::plain_client::{ask, request};
use crate::plain_server::{PlainServer, Request, answer_with};
use crate::wrapper_requests::{client, id};

const TOKEN: &str = "MIIExample";
/// The limit that the wrapper asks for.
const LIMIT: u32 = *bounds::PAGE_LIMIT.end();
const PROJECT: &str = "0123456789abcdef0123456789abcdef";

/// A call of one operation.
#[derive(Clone)]
enum Call {
    Start(SyncOptions),
    Show,
    Update(MirrorSettings),
    Associate(MirrorUrl),
    List(RepositoryFilter),
    ShowRepository,
    ShowBranch(&'static str),
    Branches(BranchFilter),
    Tags(TagFilter),
    OfProject(ProjectRepositoryFilter),
    /// Through the generated client, because the wrapper keeps the token's details to itself.
    LogIn(CreateTokenRequest),
    /// Through the generated client, because the wrapper keeps the key to itself.
    AssumeWithIdToken(AssumeAgencyWithOidcRequest),
    Assume(AssumeAgencyRequest),
    Identity,
    LogInWithIdToken(IdTokenLogin),
    TemporaryKey(TemporaryKeyRequest),
}

/// What came of it.
struct Outcome {
    /// The status of a refusal; a success has none.
    refused: Option<u16>,
    subject_token: Option<String>,
    body: Value,
}

pub(crate) struct Exchange {
    call: Call,
    /// What has to arrive, but for the body: the parameters by place and name.
    parameters: Value,
    body: Option<Value>,
    status: u16,
    /// The body of the answer; null for an answer without one.
    answer: Value,
}

fn encoded(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

fn of_wrapper<T>(result: Result<T, Error>, body: impl FnOnce(T) -> Value) -> Outcome {
    let (refused, body) = match result {
        Ok(answer) => (None, body(answer)),
        Err(error) => (error.status(), json!({ "error_code": error.code(), "error_msg": error.message() })),
    };
    Outcome { refused, subject_token: None, body }
}

/// The first item of a list, as a page.
async fn first<T: Serialize>(list: impl Stream<Item = Result<T, Error>>) -> Outcome {
    let first = pin!(list).next().await.expect("an item or an error");
    of_wrapper(first, |item| json!([item]))
}

fn generated(endpoint: &str) -> Generated {
    let endpoint: Endpoint = endpoint.parse().expect("an endpoint");
    Generated::with_http(&endpoint, crate::emulator_answers::http(), Authorization::none())
}

async fn log_in(endpoint: &str, body: &CreateTokenRequest) -> Outcome {
    let client = generated(endpoint);
    let iam = |body: &ErrorBody| json!({ "error": { "code": body.code.as_ref().and_then(|code| code.parse::<i64>().ok()), "message": body.message } });
    match client.keystone_create_user_token_by_password().nocatalog("true").body(body.clone()).send().await {
        Ok(answer) => {
            let token = answer.headers()["x-subject-token"].to_str().expect("ASCII").to_owned();
            Outcome { refused: None, subject_token: Some(token), body: encoded(&answer.into_inner()) }
        }
        Err(GeneratedError::ErrorResponse(answer)) => {
            Outcome { refused: Some(answer.status().as_u16()), subject_token: None, body: iam(&answer) }
        }
        Err(GeneratedError::UnexpectedResponse(answer)) => {
            let refused = Some(answer.status().as_u16());
            let body: ErrorBody = answer.json().await.expect("an error");
            Outcome { refused, subject_token: None, body: encoded(&body) }
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// The outcome of an operation of IAM or STS that has no documented refusal.
async fn of_sts<T: Serialize>(result: Result<ResponseValue<T>, GeneratedError<()>>) -> Outcome {
    let (refused, body) = match result {
        Ok(answer) => (None, encoded(&answer.into_inner())),
        Err(GeneratedError::UnexpectedResponse(answer)) => {
            let refused = answer.status().as_u16();
            let body: ErrorBody = answer.json().await.expect("an error");
            (Some(refused), encoded(&body))
        }
        Err(other) => panic!("{other:?}"),
    };
    Outcome { refused, subject_token: None, body }
}

impl Call {
    async fn make(&self, server: &PlainServer) -> Outcome {
        let wrapper = client(server, TOKEN);
        match self.clone() {
            Self::Start(options) => {
                let start = wrapper.start_sync(id(123)).options(options);
                of_wrapper(start.send().await, |job| json!({ "jid": job.id }))
            }
            Self::Show => of_wrapper(wrapper.show_mirror(id(123)).await, |mirror| encoded(&mirror)),
            Self::Update(settings) => {
                of_wrapper(wrapper.update_mirror(id(123)).settings(settings).await, |after| encoded(&after))
            }
            Self::Associate(url) => {
                of_wrapper(wrapper.associate_mirror(id(123)).url(url).await, |mirror| encoded(&mirror))
            }
            Self::List(filter) => first(wrapper.list_repositories(filter)).await,
            Self::ShowRepository => of_wrapper(wrapper.show_repository(id(123)).await, |shown| encoded(&shown)),
            Self::ShowBranch(name) => {
                let name = name.parse().expect("a name");
                of_wrapper(wrapper.show_branch(id(123), name).await, |branch| encoded(&branch))
            }
            Self::Branches(filter) => first(wrapper.list_branches(id(123), filter)).await,
            Self::Tags(filter) => first(wrapper.list_tags(id(123), filter)).await,
            Self::OfProject(filter) => {
                let project = PROJECT.parse().expect("an id");
                first(wrapper.list_project_repositories(project, filter)).await
            }
            Self::AssumeWithIdToken(body) => {
                of_sts(generated(server.endpoint()).assume_agency_with_oidc().body(body).send().await).await
            }
            Self::Assume(body) => of_sts(generated(server.endpoint()).assume_agency().body(body).send().await).await,
            Self::LogInWithIdToken(body) => {
                let client = generated(server.endpoint());
                let answer = client.create_token_with_id_token().x_idp_id("ci").body(body).send().await;
                let subject_token = answer.as_ref().ok().map(|answer| answer.headers()["x-subject-token"].clone());
                let subject_token = subject_token.map(|token| token.to_str().expect("ASCII").to_owned());
                Outcome { subject_token, ..of_sts(answer).await }
            }
            Self::TemporaryKey(body) => {
                let client = generated(server.endpoint());
                of_sts(client.create_temporary_access_key_by_token().body(body).send().await).await
            }
            Self::Identity => of_sts(generated(server.endpoint()).get_caller_identity().send().await).await,
            Self::LogIn(body) => log_in(server.endpoint(), &body).await,
        }
    }
}

impl Exchange {
    /// Makes it, compares, and says which items of the document took part.
    pub(crate) async fn make(&self) -> BTreeSet<Item> {
        let body = if self.answer.is_null() { String::new() } else { self.answer.to_string() };
        let headers = "Content-Type: application/json\r\nX-Subject-Token: MIIFresh\r\n";
        let line = format!("{} Whatever", self.status);
        let server = PlainServer::answering(answer_with(&line, headers, &body)).await;
        let outcome = self.call.make(&server).await;
        let reading = read_request(&server.request()).expect("an operation");
        let id = &reading.operation;
        assert_eq!((&reading.violations, &reading.undocumented), (&vec![], &vec![]), "{id}");
        assert_eq!(Value::Object(reading.parameters.clone()), self.parameters, "{id}");
        assert_eq!(reading.body, self.body, "{id}");

        let sent = [("content-type".to_owned(), "application/json".to_owned())];
        let sent: Vec<_> = sent.into_iter().chain([("x-subject-token".to_owned(), "MIIFresh".to_owned())]).collect();
        assert_eq!(judge_answer(id, self.status, &sent, body.as_bytes()), Vec::<String>::new(), "{id}");
        assert_eq!(outcome.refused.unwrap_or(self.status), self.status, "{id}");
        assert_eq!(outcome.refused.is_none(), self.status < 300, "{id}");
        let mut items = of_exchange(&reading, self.status, &in_common(&self.answer, &outcome.body));
        if outcome.subject_token.as_deref() == Some("MIIFresh") {
            items.insert(of_header(id, &self.status.to_string(), "X-Subject-Token"));
        }
        items
    }
}

/// The items of a request that arrived as it had to, and of the part of an answer that came back.
fn of_exchange(reading: &Reading, status: u16, answer: &Value) -> BTreeSet<Item> {
    let document = shared_document();
    let id = &reading.operation;
    let (template, _, operation) = operations(document)
        .into_iter()
        .find(|(_, _, operation)| operation["operationId"] == **id)
        .expect("an operation");
    let mut items = BTreeSet::from([id.clone()]);
    for parameter in parameters(document, template, operation) {
        let place = parameter["in"].as_str().and_then(|place| reading.parameters.get(place));
        if let Some(value) = place.and_then(|values| values.get(parameter["name"].as_str()?)) {
            items.insert(of_parameter(id, parameter));
            items.extend(of_value(document, &parameter["schema"], value, "request"));
        }
    }
    if let Some(body) = &reading.body {
        items.extend(of_value(document, json_schema(&operation["requestBody"]), body, "request"));
    }
    let listed = operation["responses"].get(status.to_string()).is_some();
    items.insert(of_status(id, if listed { status.to_string() } else { "default".to_owned() }.as_str()));
    let described = described_answer(document, operation, status).expect("an answer");
    items.extend(of_value(document, json_schema(described), answer, "answer"));
    items
}

fn mirror() -> Value {
    json!({
        "id": 5, "repository_id": 123, "update_status": "finished", "last_update_at": "2026-01-02 03:04:05",
        "url": "https://git.example.com/a.git", "last_successful_update_at": "2026-01-02 03:04:06",
        "number_of_failures": 7, "mirroring_enabled": true, "is_private": false, "endpoint_uuid": "c6bb",
        "last_error": "cannot be reached",
    })
}

fn repository() -> Value {
    json!({
        "id": 123, "name": "name", "namespace": "space", "path": "path", "develop_mode": "normal",
        "visibility": "private", "security": "normal", "star_count": 1, "forks_count": 2, "open_issues_count": 3,
        "open_merge_requests_count": 4, "starred": true, "name_with_namespace": "space / name",
        "last_activity_at": "2026-01-02", "forked_from_repository": { "id": 9 }, "permissions": 40, "archived": false,
        "member_count": 5, "uuid": "0123", "description": "text", "last_repository_updated_at": "2026-01-03",
        "ssh_url_to_repo": "git@host:a.git", "http_url_to_repo": "https://host/a.git", "status": "normal",
        "active_statistic": [1, 2], "project_name": "project", "project_id": "4567", "project_is_delete": false,
        "creator_id": 6,
    })
}

fn repository_details() -> Value {
    let open = json!({ "id": 9 });
    json!({
        "id": 123, "uuid": "0123", "name": "name", "path": "path", "path_with_namespace": "space/path",
        "name_with_namespace": "space / name", "project_id": PROJECT, "project_name": "project",
        "default_branch": "main", "empty_repo": false, "archived": false, "http_url_to_repo": "https://host/a.git",
        "ssh_url_to_repo": "git@host:a.git", "import_status": "finished", "import_url": "https://other/a.git",
        "import_error": "none", "repo_type": "a", "repository_type": "b", "develop_mode": "normal",
        "statistics": {
            "commit_count": 1, "storage_size": 1.5, "repository_size": 2.5, "lfs_objects_size": 0.5,
            "tenant_repo_size_limit": 10,
        },
        "branch_count": 2, "tag_count": 3, "member_count": 4, "label_count": 5, "created_at": "2026-01-01",
        "updated_at": "2026-01-02", "last_activity_at": "2026-01-03", "visibility": "private", "security": "normal",
        "security_tag": "tag", "network_type": "type", "encryption_status": "off", "owner": open, "creator": open,
        "namespace": open, "permissions": { "repository_access": { "access_level": 40 } },
        "forked_from_repository": open, "fork_network_repositories": [open],
    })
}

fn branch() -> Value {
    json!({
        "name": "main", "default": true, "can_delete": false, "can_read": true, "can_download": true,
        "can_push": true, "commit": { "id": "62f2" },
    })
}

fn branch_details() -> Value {
    json!({
        "name": "feature/ä b", "merged": false, "protected": true, "developers_can_push": true,
        "developers_can_merge": false, "can_push": true, "default": false,
        "commit": {
            "id": "62f2", "short_id": "62", "title": "title", "message": "title\n\nbody", "parent_ids": ["61f1"],
            "authored_date": "2026-01-01", "author_name": "Alice", "author_email": "alice@example.com",
            "committed_date": "2026-01-02", "committer_name": "Bob", "committer_email": "bob@example.com",
            "created_at": "2026-01-03",
        },
    })
}

fn tag() -> Value {
    json!({
        "name": "v1.0", "message": "first", "target": "62f2", "gpgKey": { "state": "none" }, "can_delete": false,
        "can_read": true, "can_download": true,
    })
}

fn project_repository() -> Value {
    json!({
        "id": 123, "name": "name", "namespace": "space", "path": "path", "develop_mode": "CR",
        "visibility": "internal", "security": "tenant_internal", "name_with_namespace": "space / name",
        "archived": false, "status": "normal",
    })
}

fn token() -> Value {
    let domain = json!({ "id": "d", "name": "company" });
    json!({ "token": {
        "catalog": [{ "id": "c", "endpoints": [] }],
        "project": { "id": "p", "name": "cn-north-4", "domain": domain }, "domain": { "id": "d", "name": "company" },
        "expires_at": "2026-01-04T09:05:22.701000Z", "issued_at": "2026-01-03T09:05:22.701000Z",
        "methods": ["password"], "roles": [{ "id": "0", "name": "te_admin" }],
        "user": { "id": "u", "name": "robot", "domain": domain, "password_expires_at": "2027-01-01" },
    } })
}

fn login(scope: Value) -> Value {
    json!({ "auth": {
        "identity": {
            "methods": ["password"],
            "password": { "user": { "name": "robot", "password": "s3cr3t", "domain": { "name": "company" } } },
        },
        "scope": scope,
    } })
}

pub(crate) fn all() -> Vec<Exchange> {
    successes().into_iter().chain(refusals()).collect()
}

fn successes() -> Vec<Exchange> {
    let url = "https://git.example.com/a.git";
    let source = || url.parse::<MirrorUrl>().expect("an address");
    let at = json!({ "path": { "repository_id": 123 }, "header": { "X-Auth-Token": TOKEN } });
    let of_list = |query: Value| json!({ "query": query, "header": { "X-Auth-Token": TOKEN } });
    let exchange = |call, parameters: &Value, body, status, answer| Exchange {
        call,
        parameters: parameters.clone(),
        body,
        status,
        answer,
    };
    let start = SyncOptions::new()
        .remote_credentials(RemoteCredentials::new("alice", "s3cr3t"))
        .endpoint_uuid("c6bb")
        .force_fetch(true);
    let update = MirrorSettings::new().url(source()).mirroring_enabled(true).endpoint_uuid("c6bb");
    let list = RepositoryFilter::new().search("text").expect("a text");
    let list = list.archived(true).starred(true).membership(true).user_created(true).include_abnormal(true);
    let mut all = vec![
        exchange(
            Call::Start(start),
            &at,
            // Computed with coreutils' base64.
            Some(json!({
                "username": "YWxpY2U=", "password": "czNjcjN0", "endpoint_uuid": "c6bb", "force_fetch": true,
            })),
            200,
            json!({ "jid": "09a56216-cb37-494c-b314-d88dc6c9ff57" }),
        ),
        exchange(Call::Show, &at, None, 200, mirror()),
        exchange(Call::Associate(source()), &at, Some(json!({ "url": url })), 201, mirror()),
    ];
    for (branches, name) in [(SyncBranchType::All, "all"), (SyncBranchType::Default, "default")] {
        let after = json!({ "url": url, "mirroring_enabled": true, "endpoint_uuid": "c6bb", "sync_branch_type": name });
        all.push(exchange(Call::Update(update.clone().branches(branches)), &at, Some(after.clone()), 200, after));
    }
    for (order, sort, order_name, sort_name) in [
        (RepositoryOrder::CreatedAt, SortDirection::Asc, "created_at", "asc"),
        (RepositoryOrder::UpdatedAt, SortDirection::Desc, "updated_at", "desc"),
    ] {
        let query = json!({
            "offset": 0, "limit": LIMIT, "order_by": order_name, "sort": sort_name, "search": "text", "archived": true,
            "starred": true, "membership": true, "user_created": true, "include_abnormal": true,
        });
        let filter = list.clone().order_by(order).sort(sort);
        all.push(exchange(Call::List(filter), &of_list(query), None, 200, json!([repository()])));
    }
    all.push(exchange(Call::ShowRepository, &at, None, 200, repository_details()));
    let with = |query: Value| {
        json!({
            "path": { "repository_id": 123 }, "query": query, "header": { "X-Auth-Token": TOKEN },
        })
    };
    let name = "feature/ä b";
    all.push(exchange(Call::ShowBranch(name), &with(json!({ "branch_name": name })), None, 200, branch_details()));
    for (sort, sort_name, query_view, query_view_name, view, view_name) in [
        (BranchSort::Name, "name", BranchQueryView::MyBranches, "my_branches", BranchView::All, "all"),
        (BranchSort::UpdatedDesc, "updated_desc", BranchQueryView::Active, "active", BranchView::Basic, "basic"),
        (BranchSort::UpdatedAsc, "updated_asc", BranchQueryView::Stale, "stale", BranchView::Simple, "simple"),
        (BranchSort::Name, "name", BranchQueryView::AllBranches, "all_branches", BranchView::All, "all"),
    ] {
        let filter = BranchFilter::new().branch_type(BranchType::NotProtect).creator("u".parse().expect("an id"));
        let filter = filter.sort(sort).query_view(query_view).view(view);
        let query = json!({
            "offset": 0, "limit": LIMIT, "branch_type": "not_protect", "creator": "u", "sort": sort_name,
            "query_view": query_view_name, "view": view_name,
        });
        all.push(exchange(Call::Branches(filter), &with(query), None, 200, json!([branch()])));
    }
    for (order, order_name, sort, sort_name, view, view_name) in [
        (TagOrder::Name, "name", SortDirection::Asc, "asc", TagView::Detail, "detail"),
        (TagOrder::Created, "created", SortDirection::Desc, "desc", TagView::Basic, "basic"),
        (TagOrder::Updated, "updated", SortDirection::Desc, "desc", TagView::Simple, "simple"),
    ] {
        let filter = TagFilter::new().creator("u".parse().expect("an id")).search("v1".parse().expect("a text"));
        let query = json!({
            "offset": 0, "limit": LIMIT, "creator": "u", "search": "v1", "order_by": order_name, "sort": sort_name,
            "view": view_name,
        });
        let filter = filter.order_by(order).sort(sort).view(view);
        all.push(exchange(Call::Tags(filter), &with(query), None, 200, json!([tag()])));
    }
    for (order, order_name) in [
        (ProjectRepositoryOrder::Id, "id"),
        (ProjectRepositoryOrder::Name, "name"),
        (ProjectRepositoryOrder::CreatedAt, "created_at"),
        (ProjectRepositoryOrder::UpdatedAt, "updated_at"),
    ] {
        let filter = ProjectRepositoryFilter::new().search("a").order_by(order).sort(SortDirection::Asc);
        let parameters = json!({
            "path": { "project_id": PROJECT }, "header": { "X-Auth-Token": TOKEN },
            "query": { "offset": 0, "limit": LIMIT, "search": "a", "order_by": order_name, "sort": "asc" },
        });
        all.push(exchange(Call::OfProject(filter), &parameters, None, 200, json!([project_repository()])));
    }
    for scope in [json!({ "project": { "id": "p", "name": "cn-north-4" } }), json!({ "domain": { "id": "d" } })] {
        let call = Call::LogIn(serde_json::from_value(login(scope.clone())).expect("a request"));
        all.push(exchange(call, &json!({ "query": { "nocatalog": "true" } }), Some(login(scope)), 201, token()));
    }
    let body = json!({
        "provider_urn": "iam::1:oidcProvider:ci", "agency_urn": "iam::1:agency:mirrors", "agency_session_name": "ci",
        "id_token": "eyJExample", "duration_seconds": 900, "policy": "{}", "policy_ids": ["p"],
    });
    let assumed = json!({
        "credentials": { "access_key_id": "HST", "secret_access_key": "s", "security_token": "t",
            "expiration": "2026-01-02T03:04:05.678901Z" },
        "assumed_agency": { "urn": "u", "id": "i" }, "source_identity": "s", "audience": "a", "provider": "p",
        "subject_from_id_token": "s",
    });
    let call = Call::AssumeWithIdToken(serde_json::from_value(body.clone()).expect("a request"));
    all.push(exchange(call, &json!({}), Some(body), 200, assumed.clone()));
    let body = json!({
        "agency_urn": "iam::1:agency:mirrors", "agency_session_name": "ci", "duration_seconds": 900, "policy": "{}",
        "policy_ids": ["p"], "external_id": "id", "source_identity": "s",
    });
    let mut by_key = assumed;
    for member in ["audience", "provider", "subject_from_id_token"] {
        by_key.as_object_mut().expect("an object").remove(member);
    }
    let call = Call::Assume(serde_json::from_value(body.clone()).expect("a request"));
    all.push(exchange(call, &json!({}), Some(body), 200, by_key));
    let identity = json!({ "account_id": "a", "principal_urn": "u", "principal_id": "p" });
    all.push(exchange(Call::Identity, &json!({}), None, 200, identity));
    for (scope, status) in [("project", 200), ("domain", 201)] {
        let body =
            json!({ "auth": { "id_token": { "id": "eyJExample" }, "scope": { scope: { "id": "i", "name": "n" } } } });
        let token = json!({ "token": { "issued_at": "2026-01-02T03:04:05Z", "expires_at": "2026-01-02T03:04:05Z" } });
        let call = Call::LogInWithIdToken(serde_json::from_value(body.clone()).expect("a request"));
        all.push(exchange(call, &json!({ "header": { "X-Idp-Id": "ci" } }), Some(body), status, token));
    }
    let of_token = json!({ "methods": ["token"], "token": { "id": "MIIExample", "duration_seconds": 900 } });
    let agency = json!({ "agency_name": "a", "domain_id": "i", "domain_name": "n", "duration_seconds": 900 });
    let of_agency = json!({ "methods": ["assume_role"], "assume_role": agency });
    for (identity, status) in [(of_token, 200), (of_agency, 201)] {
        let body = json!({ "auth": { "identity": identity } });
        let key = json!({ "credential": { "access": "HST", "secret": "s", "securitytoken": "t",
            "expires_at": "2026-01-02T03:04:05.678901Z" } });
        let call = Call::TemporaryKey(serde_json::from_value(body.clone()).expect("a request"));
        all.push(exchange(call, &json!({}), Some(body), status, key));
    }
    all
}

/// Each operation with each refusal that the document lists for it, and with one that it does not.
fn refusals() -> Vec<Exchange> {
    let mut all = Vec::new();
    for success in successes() {
        let iam = matches!(success.call, Call::LogIn(_));
        let listed: &[u16] = match success.call {
            Call::Assume(_) | Call::AssumeWithIdToken(_) | Call::Identity => &[],
            Call::LogInWithIdToken(_) | Call::TemporaryKey(_) => &[],
            _ if iam => &[400, 401, 403, 404, 500, 503],
            _ => &[401, 403, 404],
        };
        let of_repo = |code: &str| json!({ "error_code": code, "error_msg": "why" });
        let refusal = |status: u16| match iam {
            true => json!({ "error": { "code": status, "message": "why", "title": "Title" } }),
            false => of_repo(&format!("CH.00{status}")),
        };
        let answers = listed.iter().map(|status| (*status, refusal(*status))).chain([(429, of_repo("APIGW.0308"))]);
        let (call, parameters, body) = (&success.call, &success.parameters, &success.body);
        all.extend(answers.map(|(status, answer)| Exchange {
            call: call.clone(),
            parameters: parameters.clone(),
            body: body.clone(),
            status,
            answer,
        }));
    }
    all
}

/// The title of IAM's refusals, which the typed client passes over.
pub(crate) async fn refusal_by_the_emulator() -> BTreeSet<Item> {
    let user = User::new("company", "robot", "other");
    let emulator = Emulator::builder().user(user).start().await.expect("an emulator");
    let body = login(json!({ "project": { "name": "cn-north-4" } })).to_string();
    let bytes = request("POST", "/v3/auth/tokens", "Content-Type: application/json\r\n", body.as_bytes());
    let answer = ask(emulator.endpoint(), &bytes).await;
    let reading = read_request(&Request::parse(&bytes)).expect("an operation");
    assert_eq!(judge_answer(&reading.operation, answer.status, &answer.headers, &answer.body), Vec::<String>::new());
    let refused: Value = serde_json::from_slice(&answer.body).expect("JSON");
    let message = "The username or password is wrong.";
    assert_eq!(refused, json!({ "error": { "code": 401, "message": message, "title": "Unauthorized" } }));
    of_exchange(&reading, answer.status, &refused)
}

/// `X-Total`, which callers of the bindings read.
pub(crate) async fn totals() -> BTreeSet<Item> {
    let answer = |body: &str| answer_with("200 OK", "Content-Type: application/json\r\nX-Total: 7\r\n", body);
    let total = |headers: &reqwest::header::HeaderMap| headers["x-total"].to_str().expect("ASCII").to_owned();
    let server = PlainServer::answering_in_turn([answer("[]"), answer("[]"), answer("{}")]).await;
    let endpoint: Endpoint = server.endpoint().parse().expect("an endpoint");
    let client = Generated::with_http(&endpoint, crate::emulator_answers::http(), Authorization::none());
    let branches = client.list_branches().repository_id(id(123)).send().await.expect("a page");
    let tags = client.list_tags().repository_id(id(123)).send().await.expect("a page");
    let name: codearts_repo::BranchName = "main".parse().expect("a name");
    let branch = client.show_branch().repository_id(id(123)).branch_name(name).send().await.expect("a branch");
    let totals = [total(branches.headers()), total(tags.headers()), total(branch.headers())];
    assert_eq!(totals, ["7", "7", "7"]);
    ["ListBranches", "ListTags", "ShowBranch"].map(|operation| of_header(operation, "200", "X-Total")).into()
}
