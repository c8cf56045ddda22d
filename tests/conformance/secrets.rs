//! No secret shows in what types say of themselves. What the log says stands in `tests/log.rs`.

use codearts_repo::auth::{AccessKey, IamPassword};
use codearts_repo::{Auth, Client, RemoteCredentials, SyncOptions, Token};
use codearts_repo_client::{Authorization, WireSecret, types};

use crate::known_secrets::{PASSWORD, SECRETS, TOKEN, USER, assert_silent};
use crate::plain_server::PlainServer;
use crate::wrapper_requests::{client, id};

fn credentials() -> RemoteCredentials {
    RemoteCredentials::new(USER, PASSWORD)
}

#[tokio::test]
async fn no_type_shows_a_secret_in_debug() {
    let server = PlainServer::answering("").await;
    let client = client(&server, TOKEN);
    let token = Token::new(TOKEN).expect("a token");
    let user = types::PasswordUser {
        name: "iam-user".into(),
        password: WireSecret::new(PASSWORD),
        domain: types::UserDomain { name: "domain".into() },
    };
    let body = types::RemoteMirrorSyncRequest {
        username: Some(WireSecret::new(SECRETS[4])),
        password: Some(WireSecret::new(SECRETS[5])),
        endpoint_uuid: None,
        force_fetch: None,
    };
    let builder = Client::builder().auth(token.clone());
    macro_rules! check {
        ($($value:expr),* $(,)?) => { $(
            assert_silent(stringify!($value), &format!("{:?}", $value));
            assert_silent(stringify!($value), &format!("{:#?}", $value));
        )* };
    }
    check!(
        token,
        Auth::from(token.clone()),
        builder,
        client,
        credentials(),
        SyncOptions::new().remote_credentials(credentials()),
        client.start_sync(id(1)).remote_credentials(credentials()),
        body,
        user,
        WireSecret::new(PASSWORD),
        Authorization::none(),
        IamPassword::new("domain", "iam-user", PASSWORD),
        Auth::from(IamPassword::new("domain", "iam-user", PASSWORD)),
        AccessKey::new("AK", PASSWORD).and_then(|key| key.security_token(TOKEN)),
        AccessKey::new("AK", format!("{PASSWORD} ")),
        AccessKey::new("AK", PASSWORD).map(Auth::from),
        Token::new(format!("{TOKEN}\n")),
        Token::new(format!("{TOKEN} {TOKEN}")),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo::Endpoint>(),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo_client::MirrorUrl>(),
    );
}
