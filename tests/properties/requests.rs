//! Any call of any operation: the bytes that arrive fit openapi.yaml and say what the caller said, and any answer
//! that the document allows comes back as it was sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codearts_repo::auth::{AccessKey, IamPassword};
use codearts_repo::{
    Auth, Client, Endpoint, Error, MirrorSettings, RemoteCredentials, RepositoryFilter, RepositoryId, RetryPolicy,
    SyncOptions, Token,
};
use codearts_repo_client::bounds;
use futures_util::TryStreamExt;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::contract::{answer as described_answer, operation, shared_document};
use crate::judge::{Reading, read_request};
use crate::plain_server::{PlainServer, answer, answer_with};
use crate::values::{value, without_empty};

/// A call in plain values: what the caller says, before any type of the wrapper has it.
#[derive(Debug, Clone)]
enum Call {
    Start { username: Option<String>, password: Option<String>, endpoint_uuid: Option<String>, force: Option<bool> },
    Show,
    Update(Map<String, Value>),
    Associate(Option<String>),
    List(Map<String, Value>),
    LogIn { domain: String, user: String, password: String, scope: Scope },
}

#[derive(Debug, Clone)]
enum Scope {
    ProjectName(String),
    ProjectId(String),
    Domain,
}

fn fields(all: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Map<String, Value>> {
    let begin = Just(Map::new()).boxed();
    all.into_iter().fold(begin, |fields, (name, value)| {
        (fields, proptest::option::of(value))
            .prop_map(move |(mut fields, value)| {
                fields.extend(value.map(|value| (name.to_owned(), value)));
                fields
            })
            .boxed()
    })
}

fn call() -> impl Strategy<Value = Call> {
    let text = || proptest::option::of(any::<String>());
    let flag = || any::<bool>().prop_map(Value::from).boxed();
    let one_of = |values: &'static [&'static str]| proptest::sample::select(values).prop_map(Value::from).boxed();
    let url = || "https?://[a-z]{1,9}(:[0-9]{1,4})?/[!-~]{0,20}";
    let search = proptest::collection::vec(any::<char>(), 1..30).prop_map(|letters| String::from_iter(letters).into());
    let scope = prop_oneof![
        any::<String>().prop_map(Scope::ProjectName),
        any::<String>().prop_map(Scope::ProjectId),
        Just(Scope::Domain)
    ];
    prop_oneof![
        2 => (text(), text(), text(), any::<Option<bool>>()).prop_map(|(username, password, endpoint_uuid, force)| {
            Call::Start { username, password, endpoint_uuid, force }
        }),
        1 => Just(Call::Show),
        2 => fields(vec![
            ("url", url().prop_map(Value::from).boxed()),
            ("sync_branch_type", one_of(&["all", "default"])),
            ("mirroring_enabled", flag()),
            ("endpoint_uuid", any::<String>().prop_map(Value::from).boxed()),
        ])
        .prop_map(Call::Update),
        1 => proptest::option::of(url()).prop_map(Call::Associate),
        2 => fields(vec![
            ("archived", flag()),
            ("include_abnormal", flag()),
            ("membership", flag()),
            ("order_by", one_of(&["created_at", "updated_at"])),
            ("search", search.boxed()),
            ("sort", one_of(&["asc", "desc"])),
            ("starred", flag()),
            ("user_created", flag()),
        ])
        .prop_map(Call::List),
        2 => (any::<String>(), any::<String>(), any::<String>(), scope)
            .prop_map(|(domain, user, password, scope)| Call::LogIn { domain, user, password, scope }),
    ]
}

/// A call with an answer of success that its operation may have.
fn call_and_answer() -> impl Strategy<Value = (Call, Value)> {
    call().prop_flat_map(|call| {
        let (id, status) = call.operation();
        let (_, _, operation) = operation(shared_document(), id);
        let described = described_answer(shared_document(), operation, status).expect("an answer");
        let schema = &described["content"]["application/json"]["schema"];
        (Just(call), value(shared_document(), schema))
    })
}

fn from_json<T: serde::de::DeserializeOwned>(fields: &Map<String, Value>, name: &str) -> Option<T> {
    fields.get(name).map(|value| serde_json::from_value(value.clone()).expect(name))
}

impl Call {
    /// The operation, and its status of success.
    fn operation(&self) -> (&'static str, u16) {
        match self {
            Self::Start { .. } => ("StartRemoteMirrorSynchronization", 200),
            Self::Show => ("ShowRemoteMirror", 200),
            Self::Update(_) => ("UpdateRepositoryRemoteMirror", 200),
            Self::Associate(_) => ("AssociateRemoteMirror", 201),
            Self::List(_) => ("ListCurrentUserRepositories", 200),
            Self::LogIn { .. } => ("KeystoneCreateUserTokenByPassword", 201),
        }
    }

    /// Makes the call, and gives what came of it as JSON.
    async fn make(&self, client: &Client, id: RepositoryId) -> Result<Value, Error> {
        let encoded = |value: Result<Value, serde_json::Error>| value.expect("JSON");
        Ok(match self {
            Self::Start { username, password, endpoint_uuid, force } => {
                let mut options = SyncOptions::new();
                options = match (username, password) {
                    (Some(username), Some(password)) => {
                        options.remote_credentials(RemoteCredentials::new(username.as_str(), password.as_str()))
                    }
                    (Some(username), None) => {
                        options.remote_credentials(RemoteCredentials::username_only(username.as_str()))
                    }
                    (None, Some(password)) => {
                        options.remote_credentials(RemoteCredentials::password_only(password.as_str()))
                    }
                    (None, None) => options,
                };
                if let Some(uuid) = endpoint_uuid {
                    options = options.endpoint_uuid(uuid);
                }
                if let Some(force) = force {
                    options = options.force_fetch(*force);
                }
                json!({ "jid": client.start_sync(id).options(options).send().await?.id })
            }
            Self::Show => encoded(serde_json::to_value(client.show_mirror(id).await?)),
            Self::Update(fields) => {
                let mut settings = MirrorSettings::new();
                if let Some(url) = from_json(fields, "url") {
                    settings = settings.url(url);
                }
                if let Some(branches) = from_json(fields, "sync_branch_type") {
                    settings = settings.branches(branches);
                }
                if let Some(enabled) = from_json(fields, "mirroring_enabled") {
                    settings = settings.mirroring_enabled(enabled);
                }
                if let Some(uuid) = from_json::<String>(fields, "endpoint_uuid") {
                    settings = settings.endpoint_uuid(uuid);
                }
                encoded(serde_json::to_value(client.update_mirror(id).settings(settings).await?))
            }
            Self::Associate(url) => {
                let url = url.as_ref().map(|url| url.parse().expect("an address"));
                encoded(serde_json::to_value(match url {
                    Some(url) => client.associate_mirror(id).url(url).await,
                    None => client.associate_mirror(id).await,
                }?))
            }
            Self::List(fields) => {
                let mut filter = RepositoryFilter::new();
                if let Some(text) = from_json::<String>(fields, "search") {
                    filter = filter.search(&text).expect("a text");
                }
                if let Some(order) = from_json(fields, "order_by") {
                    filter = filter.order_by(order);
                }
                if let Some(direction) = from_json(fields, "sort") {
                    filter = filter.sort(direction);
                }
                type Set = fn(RepositoryFilter, bool) -> RepositoryFilter;
                let flags: [(&str, Set); 5] = [
                    ("archived", RepositoryFilter::archived),
                    ("include_abnormal", RepositoryFilter::include_abnormal),
                    ("membership", RepositoryFilter::membership),
                    ("starred", RepositoryFilter::starred),
                    ("user_created", RepositoryFilter::user_created),
                ];
                for (name, set) in flags {
                    if let Some(value) = from_json(fields, name) {
                        filter = set(filter, value);
                    }
                }
                let list: Vec<_> = client.list_repositories(filter).try_collect().await?;
                encoded(serde_json::to_value(list))
            }
            // The login comes before any call.
            Self::LogIn { .. } => json!({ "jid": client.start_sync(id).send().await?.id }),
        })
    }

    fn auth(&self, signed: bool, endpoint: &Endpoint) -> Auth {
        let Self::LogIn { domain, user, password, scope } = self else {
            return if signed {
                AccessKey::new("AK", "SK").expect("a key").into()
            } else {
                Token::new("MIIExample").expect("a token").into()
            };
        };
        let user = IamPassword::new(domain, user, password).endpoint(endpoint.clone());
        let user = match scope {
            Scope::ProjectName(name) => user.project(name),
            Scope::ProjectId(id) => user.project_id(id),
            Scope::Domain => user.domain_scope(),
        };
        user.into()
    }

    /// What has to arrive, plainly: the parameters in the query, and the body.
    fn expected(&self) -> (Value, Option<Value>) {
        let nothing = Value::Null;
        match self {
            Self::Show => (nothing, None),
            Self::Update(fields) => (nothing, Some(fields.clone().into())),
            Self::Associate(url) => (nothing, Some(url.as_ref().map_or(json!({}), |url| json!({ "url": url })))),
            Self::List(fields) => {
                let mut query = fields.clone();
                query.extend([("offset".to_owned(), json!(0)), ("limit".to_owned(), json!(bounds::PAGE_LIMIT.end()))]);
                (query.into(), None)
            }
            Self::Start { username, password, endpoint_uuid, force } => {
                let mut body = Map::new();
                body.extend(username.as_ref().map(|text| ("username".to_owned(), json!(text))));
                body.extend(password.as_ref().map(|text| ("password".to_owned(), json!(text))));
                body.extend(endpoint_uuid.as_ref().map(|text| ("endpoint_uuid".to_owned(), json!(text))));
                body.extend(force.map(|force| ("force_fetch".to_owned(), json!(force))));
                (nothing, Some(body.into()))
            }
            Self::LogIn { domain, user, password, scope } => {
                let scope = match scope {
                    Scope::ProjectName(name) => json!({ "project": { "name": name } }),
                    Scope::ProjectId(id) => json!({ "project": { "id": id } }),
                    Scope::Domain => json!({ "domain": { "name": domain } }),
                };
                let user = json!({ "name": user, "password": password, "domain": { "name": domain } });
                let identity = json!({ "methods": ["password"], "password": { "user": user } });
                (json!({ "nocatalog": "true" }), Some(json!({ "auth": { "identity": identity, "scope": scope } })))
            }
        }
    }
}

/// The body with its Base64 read, where the operation has any.
fn decoded(reading: &Reading) -> Option<Value> {
    let mut body = reading.body.clone()?;
    if reading.operation == "StartRemoteMirrorSynchronization" {
        for name in ["username", "password"] {
            if let Some(text) = body.get_mut(name) {
                let bytes = STANDARD.decode(text.as_str().expect("a text")).expect("Base64, padded");
                *text = String::from_utf8(bytes).expect("UTF-8").into();
            }
        }
    }
    Some(body)
}

/// Makes the call, and gives the request of its operation as the document reads it, and what came of it.
fn made(call: &Call, id: RepositoryId, signed: bool, sent: &Value) -> (Reading, Result<Value, Error>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (_, status) = call.operation();
        let line = format!("{status} Whatever");
        let server = match call {
            Call::LogIn { .. } => {
                let headers = "Content-Type: application/json\r\nX-Subject-Token: MIIFresh\r\n";
                let token = answer_with(&line, headers, &sent.to_string());
                PlainServer::answering_in_turn([token, answer("200 OK", r#"{"jid":"a"}"#)]).await
            }
            _ => PlainServer::answering(answer(&line, &sent.to_string())).await,
        };
        let endpoint: Endpoint = server.endpoint().parse().expect("an endpoint");
        let auth = call.auth(signed, &endpoint);
        let client =
            Client::builder().endpoint(endpoint).auth(auth).retry(RetryPolicy::none()).build().expect("a client");
        let outcome = call.make(&client, id).await;
        (read_request(&server.requests()[0]).expect("an operation"), outcome)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn requests_and_answers_arrive_unchanged(
        (call, sent) in call_and_answer(),
        id in bounds::REPOSITORY_ID,
        signed in any::<bool>(),
    ) {
        let (reading, outcome) = made(&call, RepositoryId::try_from(id).expect("an id"), signed, &sent);
        prop_assert_eq!(reading.operation.as_str(), call.operation().0);
        prop_assert_eq!((&reading.violations, &reading.undocumented), (&vec![], &vec![]));
        let (query, body) = call.expected();
        prop_assert_eq!(reading.parameters.get("query").unwrap_or(&Value::Null), &query);
        prop_assert_eq!(decoded(&reading), body);
        let of_repository = !matches!(call, Call::List(_) | Call::LogIn { .. });
        let path = of_repository.then(|| json!({ "repository_id": id }));
        prop_assert_eq!(reading.parameters.get("path"), path.as_ref());

        match call {
            Call::LogIn { .. } => prop_assert!(outcome.is_ok(), "{:?}", outcome),
            // A start without a task id is no success.
            Call::Start { .. } => {
                let jid = sent.get("jid").filter(|jid| *jid != "").map(|jid| json!({ "jid": jid }));
                prop_assert_eq!(outcome.ok(), jid);
            }
            _ => prop_assert_eq!(outcome.expect("a success"), without_empty(&sent)),
        }
    }
}
