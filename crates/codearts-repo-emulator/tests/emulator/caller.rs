//! A plain HTTP client that does not depend on the emulator's internals.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codearts_repo_emulator::{Emulator, EmulatorBuilder};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

pub const TOKEN: &str = "fixed-token-of-the-test";

/// How long a test waits for what comes at once as a rule.
pub const LONGEST: Duration = Duration::from_secs(60);

/// The settings of a client. In a build of the whole workspace, reqwest has TLS without a provider, and needs one even for
/// plain HTTP.
pub fn http() -> reqwest::ClientBuilder {
    // Only the first call counts; they are all the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy()
}

/// An emulator and a client for it.
pub struct Caller {
    pub emulator: Emulator,
    pub http: reqwest::Client,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Reply {
    pub fn code(&self) -> &str {
        self.body["error_code"].as_str().unwrap_or_default()
    }
}

impl Caller {
    pub async fn start(builder: EmulatorBuilder) -> Self {
        let emulator = builder.token(TOKEN).start().await.unwrap();
        let http = http().timeout(Duration::from_secs(30)).build().unwrap();
        Self { emulator, http }
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.emulator.endpoint()))
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut request = self.request(method, path).header("X-Auth-Token", TOKEN);
        if let Some(body) = body {
            request = request.json(&body);
        }
        reply(request).await
    }

    pub async fn show(&self, id: u64) -> Value {
        let reply = self.call(Method::GET, &mirror(id), None).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.body
    }

    /// Starts a synchronization and waits for its end.
    pub async fn sync(&self, id: u64, body: Value) -> Value {
        let reply = self.call(Method::POST, &mirror(id), Some(body)).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        self.emulator.wait_idle(id).await;
        self.show(id).await
    }

    pub fn git_dir(&self, id: u64) -> std::path::PathBuf {
        self.emulator.repository_dir(id).unwrap()
    }
}

pub async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.unwrap();
    Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
}

pub fn mirror(id: impl std::fmt::Display) -> String {
    format!("/v4/repositories/{id}/remote-mirror")
}

pub fn credentials(username: &str, password: &str) -> Value {
    json!({ "username": STANDARD.encode(username), "password": STANDARD.encode(password) })
}
