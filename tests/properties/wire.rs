//! Any options, as they arrive at a server.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codearts_repo::{Client, RemoteCredentials, RepositoryId, RetryPolicy, SyncOptions, Token};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::contract::assert_request_fits;
use crate::plain_server::{PlainServer, answer};

#[derive(Debug, Clone)]
struct Options {
    username: Option<String>,
    password: Option<String>,
    endpoint_uuid: Option<String>,
    force_fetch: Option<bool>,
}

fn options() -> impl Strategy<Value = Options> {
    let text = || proptest::option::of(prop_oneof![any::<String>(), Just(String::new())]);
    (text(), text(), text(), any::<Option<bool>>()).prop_map(|(username, password, endpoint_uuid, force_fetch)| {
        Options { username, password, endpoint_uuid, force_fetch }
    })
}

fn sync_options(options: &Options) -> SyncOptions {
    let Options { username, password, endpoint_uuid, force_fetch } = options.clone();
    let mut all = SyncOptions::new();
    all = match (username, password) {
        (Some(username), Some(password)) => all.remote_credentials(RemoteCredentials::new(username, password)),
        (Some(username), None) => all.remote_credentials(RemoteCredentials::username_only(username)),
        (None, Some(password)) => all.remote_credentials(RemoteCredentials::password_only(password)),
        (None, None) => all,
    };
    if let Some(uuid) = endpoint_uuid {
        all = all.endpoint_uuid(uuid);
    }
    if let Some(force) = force_fetch {
        all = all.force_fetch(force);
    }
    all
}

/// Starts one, and gives the request line and the body that arrived.
fn arrived(id: u32, options: SyncOptions) -> (String, Value) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let server = PlainServer::answering(answer("200 OK", r#"{"jid":"a"}"#)).await;
        let endpoint = server.endpoint().parse().expect("an endpoint");
        let token = Token::new("MIIExample").expect("a token");
        let client =
            Client::builder().endpoint(endpoint).auth(token).retry(RetryPolicy::none()).build().expect("a client");
        let repository = RepositoryId::try_from(id).expect("an id");
        client.start_sync(repository).options(options).send().await.expect("accepted");
        let request = server.request();
        let body = request.json();
        (request.line, body)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_was_set_arrives_and_fits_the_contract(id in 1_u32..=2_147_483_647, options in options()) {
        let (line, body) = arrived(id, sync_options(&options));
        prop_assert_eq!(line, format!("POST /v4/repositories/{id}/remote-mirror HTTP/1.1"));
        assert_request_fits("StartRemoteMirrorSynchronization", &body);
        let mut rest: Map<String, Value> = body.as_object().expect("an object").clone();
        let mut take = |name: &str| rest.remove(name);
        for (name, plain) in [("username", options.username), ("password", options.password)] {
            let decoded = take(name).map(|sent| {
                let bytes = STANDARD.decode(sent.as_str().expect("a text")).expect("Base64, the standard alphabet, padded");
                String::from_utf8(bytes).expect("UTF-8")
            });
            prop_assert_eq!(decoded, plain);
        }
        prop_assert_eq!(take("endpoint_uuid"), options.endpoint_uuid.map(Value::from));
        prop_assert_eq!(take("force_fetch"), options.force_fetch.map(Value::from));
        prop_assert!(rest.is_empty(), "{:?}", rest);
    }
}
