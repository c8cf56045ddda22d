//! No secret shows: in what types say of themselves, and in what the log says of calls.

use std::io::Write;
use std::sync::{Arc, Mutex};

use codearts_repo::{Auth, Client, RemoteCredentials, SyncOptions, Token};
use codearts_repo_client::{Authorization, WireSecret, types};
use tracing_subscriber::fmt::MakeWriter;

use crate::plain_server::{PlainServer, answer};
use crate::wrapper_requests::{client, id};

const TOKEN: &str = "MIISecretTokenForTests";
const USER: &str = "alice-at-source";
const PASSWORD: &str = "hunter2-at-source";

/// The secrets and their Base64, computed with coreutils' base64.
const SECRETS: [&str; 6] =
    [TOKEN, USER, PASSWORD, "TUlJU2VjcmV0VG9rZW5Gb3JUZXN0cw==", "YWxpY2UtYXQtc291cmNl", "aHVudGVyMi1hdC1zb3VyY2U="];

fn assert_silent(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

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
        Token::new(format!("{TOKEN}\n")),
        Token::new(format!("{TOKEN} {TOKEN}")),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo::Endpoint>(),
        format!("https://{USER}:{PASSWORD}@host").parse::<codearts_repo_client::MirrorUrl>(),
    );
}

#[tokio::test]
async fn no_log_and_no_error_shows_a_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let html = "<html>no</html>";
    for bytes in [
        answer("200 OK", r#"{"jid":"a"}"#),
        answer("401 Unauthorized", r#"{"error_code":"DEV.00000003","error_msg":"expired"}"#),
        answer("502 Bad Gateway", html),
        answer("200 OK", html),
        answer("307 Temporary Redirect", ""),
        String::new(),
    ] {
        let server = PlainServer::answering(bytes).await;
        let started = client(&server, TOKEN).start_sync(id(123)).remote_credentials(credentials()).send().await;
        if let Err(error) = started {
            let mut text = format!("{error} {error:?} {error:#?}");
            let mut source = std::error::Error::source(&error);
            while let Some(cause) = source {
                text += &format!(" {cause}");
                source = cause.source();
            }
            assert_silent("an error", &text);
        }
    }

    let text = log.text();
    assert!(text.contains("StartRemoteMirrorSynchronization") && text.contains("status=401"), "nothing logged: {text}");
    assert_silent("the log", &text);
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("the log")).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
