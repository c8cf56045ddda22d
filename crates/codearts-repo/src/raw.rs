//! Calls that no method of the client makes.

use bytes::Bytes;
use codearts_repo_client::{Authorization, CallError as Error};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde::Serialize;

use crate::call::{BoxFuture, Operation};
use crate::client::Client;

/// A request to any path of the service, with the client's credentials and retries.
#[derive(Debug, Clone)]
#[must_use = "nothing is sent until it is awaited"]
pub struct RawRequest {
    client: Client,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Result<Vec<u8>, String>>,
}

/// The answer to a [`RawRequest`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RawAnswer {
    /// The HTTP status, a success.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body, at most 16 MiB.
    pub body: Bytes,
}

impl RawRequest {
    /// Adds a parameter to the query.
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets the body, sent as JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.body = Some(serde_json::to_vec(body).map_err(|error| error.to_string()));
        self
    }

    /// Sends the request, and retries it as the client's policy says. `GET` and `HEAD` count as calls that only read.
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call; any status but a success is one.
    pub async fn send(self) -> Result<RawAnswer, Error> {
        let only_reads = matches!(self.method, Method::GET | Method::HEAD);
        let operation = Operation { name: "request", only_reads };
        let this = &self;
        let attempt = |authorization: Authorization| async move {
            let generated = this.client.generated(authorization);
            let request = this.build(generated.http())?;
            let response = generated.execute(request).await?;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let body = response.bytes().await?;
            Ok(RawAnswer { status, headers, body })
        };
        self.client.run(operation, None, |_| {}, attempt).await
    }

    fn build(&self, http: &reqwest::Client) -> Result<reqwest::Request, Error> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        let mut request = http.request(self.method.clone(), format!("{}/{path}", self.client.endpoint()));
        if !self.query.is_empty() {
            request = request.query(&self.query);
        }
        if let Some(body) = &self.body {
            let body = body.clone().map_err(Error::not_sent)?;
            request = request.header("content-type", "application/json").body(body);
        }
        Ok(request.build()?)
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<RawAnswer, Error>;
    type IntoFuture = BoxFuture<RawAnswer>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl Client {
    /// Prepares a request to any path of the service, for operations that this crate does not have. Where the contract
    /// has the operation, [`bindings`](Self::bindings) is typed.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository};
    /// # let emulator = Emulator::builder().token("t").repository(Repository::new(123)).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::Method;
    ///
    /// let answer = client.request(Method::GET, "/v4/user/repositories").query("limit", 10).await?;
    /// assert_eq!(answer.status, 200);
    /// assert!(answer.body.starts_with(b"["));
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawRequest {
        RawRequest { client: self.clone(), method, path: path.into(), query: Vec::new(), body: None }
    }
}
