//! No secret shows in the log or in an error. A program of its own, because the log is one for the whole process.

#![allow(
    clippy::expect_used,
    dead_code,
    reason = "a test that cannot go on fails; the server's other uses stand elsewhere"
)]

use std::io::Write;
use std::sync::{Arc, Mutex};

use codearts_repo::{Client, Error, RemoteCredentials, RepositoryId, SyncJob, Token};
use tracing_subscriber::fmt::MakeWriter;

use known_secrets::{PASSWORD, TOKEN, USER, assert_silent};
use plain_server::{PlainServer, answer};

#[path = "conformance/known_secrets.rs"]
mod known_secrets;
#[path = "conformance/plain_server.rs"]
mod plain_server;

async fn start(server: &PlainServer) -> Result<SyncJob, Error> {
    let endpoint = server.endpoint().parse().expect("an endpoint");
    let client = Client::builder().endpoint(endpoint).auth(Token::new(TOKEN).expect("a token")).build()?;
    let credentials = RemoteCredentials::new(USER, PASSWORD);
    client.start_sync(RepositoryId::try_from(123).expect("an id")).remote_credentials(credentials).send().await
}

#[tokio::test]
async fn no_log_and_no_error_shows_a_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");

    let html = "<html>no</html>";
    let passing = PlainServer::answering(answer("200 OK", r#"{"jid":"a"}"#)).await;
    start(&passing).await.expect("a call that passes");
    for bytes in [
        answer("401 Unauthorized", r#"{"error_code":"DEV.00000003","error_msg":"expired"}"#),
        answer("502 Bad Gateway", html),
        answer("200 OK", html),
        answer("307 Temporary Redirect", ""),
        String::new(),
    ] {
        let server = PlainServer::answering(bytes).await;
        let error = start(&server).await.expect_err("a call that fails");
        let mut text = format!("{error} {error:?} {error:#?}");
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            text += &format!(" {cause}");
            source = cause.source();
        }
        assert_silent("an error", &text);
    }

    let text = log.text();
    assert!(
        text.contains("StartRemoteMirrorSynchronization") && text.contains("http.response.status_code=401"),
        "nothing logged: {text}"
    );
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
