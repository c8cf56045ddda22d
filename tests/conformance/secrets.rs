//! No secret shows in what types say of themselves. What the log says stands in `tests/log.rs`.

use codearts_repo::auth::{
    AccessKey, AssumedAgency, Discovery, Environment, FederatedUser, IamPassword, IdToken, InstanceAgency, NamedAgency,
    OidcAgency, PodIdentity, TemporaryKey, TokenFile,
};
use codearts_repo::{Auth, Client, RemoteCredentials, RetryPolicy, SyncOptions, Token};
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
    let user = types::PasswordUser::builder()
        .name("iam-user".to_owned())
        .password(WireSecret::new(PASSWORD))
        .domain(types::UserDomain::builder().name("domain".to_owned()));
    let body = types::RemoteMirrorSyncRequest::builder()
        .username(WireSecret::new(SECRETS[4]))
        .password(WireSecret::new(SECRETS[5]));
    let builder = Client::builder().auth(token.clone());
    let identity = types::TokenIdentity::builder()
        .methods(vec![types::AuthMethod::Password])
        .password(types::PasswordIdentity::builder().user(user.clone()));
    let whole = types::CreateTokenRequest::builder().auth(types::TokenAuth::builder().identity(identity));
    let variables = [("HW_USER_NAME", "iam-user"), ("HW_USER_PASSWORD", PASSWORD), ("HW_DOMAIN_NAME", "domain")];
    let environment = Environment::new(variables.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let iam: codearts_repo::Endpoint = server.endpoint().parse().expect("an endpoint");
    let settings = || Client::builder().endpoint(iam.clone()).retry(RetryPolicy::none());
    let iam_user = IamPassword::new("domain", "iam-user", PASSWORD).project("p").endpoint(iam.clone());
    let iam_client = settings().auth(iam_user).build().expect("a client");
    let key_client = settings().auth(AccessKey::new("AK", PASSWORD).expect("a key")).build().expect("a client");
    let refused = iam_client.show_mirror(id(1)).await;
    assert!(refused.is_err(), "the server answers nothing");
    macro_rules! check {
        ($($value:expr),* $(,)?) => { $(
            assert_silent(stringify!($value), &format!("{:?}", $value));
            assert_silent(stringify!($value), &format!("{:#?}", $value));
        )* };
    }
    macro_rules! check_display {
        ($($value:expr),* $(,)?) => { $(
            assert_silent(stringify!($value), &$value.expect_err("refused").to_string());
        )* };
    }
    check_display!(
        Token::new(format!("{TOKEN}\n")),
        AccessKey::new("AK", format!("{PASSWORD} ")),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo::Endpoint>(),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo_client::MirrorUrl>(),
        Discovery::new(&Environment::new([("HW_USER_PASSWORD".to_owned(), PASSWORD.to_owned())])).find(),
        refused.as_ref(),
    );
    check!(
        token,
        Auth::from(token.clone()),
        builder,
        client,
        credentials(),
        SyncOptions::new().remote_credentials(credentials()),
        client.start_sync(id(1)).remote_credentials(credentials()),
        types::RemoteMirrorSyncRequest::try_from(body.clone()),
        body,
        types::PasswordUser::try_from(user.clone()),
        user,
        WireSecret::new(PASSWORD),
        Authorization::none(),
        Authorization::new(std::sync::Arc::new(AccessKey::new("AK", PASSWORD).expect("a key"))),
        types::CreateTokenRequest::try_from(whole.clone()),
        whole,
        environment,
        Discovery::new(&environment),
        Discovery::new(&environment).find(),
        TokenFile::new("/run/token"),
        IdToken::text(TOKEN),
        IdToken::github_actions(&format!("https://host/{PASSWORD}?{PASSWORD}"), TOKEN),
        OidcAgency::new("a:b:c:d:e", "a:b:c:d:e", IdToken::text(TOKEN)),
        OidcAgency::new("a:b:c:d:e", "a:b:c:d:e", IdToken::text(TOKEN)).map(Auth::from),
        FederatedUser::new("ci", IdToken::text(TOKEN)),
        FederatedUser::new("ci", IdToken::text(TOKEN)).map(Auth::from),
        AccessKey::new("AK", PASSWORD).map(|key| NamedAgency::new("agency", "company", key)),
        AccessKey::new("AK", PASSWORD).map(|key| AssumedAgency::new("a:b:c:d:e", key)),
        AccessKey::new("AK", PASSWORD).map(|key| AssumedAgency::new("a:b:c:d:e", key).map(Auth::from)),
        PodIdentity::new(&format!("http://127.0.0.1/{TOKEN}"), "/run/token"),
        InstanceAgency::at(&format!("http://127.0.0.1/{TOKEN}")),
        Client::builder().auth(IamPassword::new("domain", "iam-user", PASSWORD)),
        iam_client,
        key_client,
        refused,
        IamPassword::new("domain", "iam-user", PASSWORD),
        Auth::from(IamPassword::new("domain", "iam-user", PASSWORD)),
        AccessKey::new("AK", PASSWORD).and_then(|key| key.security_token(TOKEN)),
        AccessKey::new("AK", format!("{PASSWORD} ")),
        AccessKey::new("AK", PASSWORD).map(Auth::from),
        AccessKey::new("AK", PASSWORD).map(|key| TemporaryKey::new(key, std::time::Duration::from_secs(60))),
        Token::new(format!("{TOKEN}\n")),
        Token::new(format!("{TOKEN} {TOKEN}")),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo::Endpoint>(),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo_client::MirrorUrl>(),
    );
}
