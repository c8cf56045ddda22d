//! Calls that no method of the client makes.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use codearts_repo_client::internal::{Secrets, is_secret_name, json_text, masked_address};
use codearts_repo_client::{Authorization, CallError as Error, MAX_ANSWER_BYTES};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Version};
use serde::Serialize;

use crate::call::{BoxFuture, Operation};
use crate::client::Client;
use crate::path::{InvalidPath, RequestPath};
use crate::preview::{MASKED, RequestPreview};

/// Headers that the client sets: those of the authorization, and those that frame the request.
const OWN_HEADERS: [&str; 9] = [
    "authorization",
    "connection",
    "content-length",
    "host",
    "proxy-authorization",
    "transfer-encoding",
    "x-auth-token",
    "x-sdk-date",
    "x-security-token",
];

/// A request to any path of the service, with the client's credentials and retries.
///
/// Fields of a JSON body, parameters and headers are secrets if their name contains `password`, `secret`, `token` and
/// the like: errors and [`preview`](Self::preview) show `***` in their place.
#[derive(Clone)]
#[must_use = "nothing is sent until it is awaited"]
pub struct RawRequest {
    client: Client,
    method: Method,
    path: Result<RequestPath, InvalidPath>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    /// The first mistake of the caller.
    invalid: Option<String>,
    max_bytes: usize,
    keep_refused: bool,
}

/// The answer to a [`RawRequest`].
#[derive(Clone)]
#[non_exhaustive]
pub struct RawAnswer {
    /// The HTTP status, a success unless refused answers are kept.
    pub status: u16,
    /// The version of HTTP.
    pub version: Version,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body, as it came.
    pub body: Bytes,
    /// Why the call failed, if refused answers are kept and this is one.
    pub error: Option<Arc<Error>>,
}

impl RawAnswer {
    /// An answer over HTTP/1.1 without headers, for tests of your own code.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, version: Version::HTTP_11, headers: HeaderMap::new(), body: body.into(), error: None }
    }
}

impl RawRequest {
    /// Adds a parameter to the query.
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets a header. The headers of the authorization, `Host` and the like cannot be set; sending fails then.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => _ = self.headers.append(name, value),
            Err(problem) => self.invalid = self.invalid.or(Some(problem)),
        }
        self
    }

    /// Sets the body, sent as JSON.
    pub fn json(self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.body(body),
            Err(error) => Self { invalid: self.invalid.or(Some(error.to_string())), ..self },
        }
    }

    /// Sets the bytes of the body. Its `Content-Type` is `application/json` unless it is set.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets the longest answer that is read, in bytes. Default: 16 MiB.
    pub const fn max_answer_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Returns a refused answer after the retries, with its error in [`RawAnswer::error`].
    pub const fn keep_refused(mut self) -> Self {
        self.keep_refused = true;
        self
    }

    /// Sends the request, and retries it as the client's policy says. `GET` and `HEAD` count as calls that only read.
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call; any status but a success is one, unless refused answers are kept.
    pub async fn send(self) -> Result<RawAnswer, Error> {
        let only_reads = matches!(self.method, Method::GET | Method::HEAD);
        let operation = Operation { name: "request", only_reads };
        let (this, refused) = (&self, &std::sync::Mutex::new(None));
        let attempt = |authorization: Authorization| async move {
            let generated = this.client.generated(authorization);
            let request = this.build(generated.http())?;
            let (response, error) = generated.execute(request, this.max_bytes).await?;
            let (status, version) = (response.status().as_u16(), response.version());
            let (headers, body) = (response.headers().clone(), response.bytes().await?);
            let answer = RawAnswer { status, version, headers, body, error: None };
            let Some(error) = error else { return Ok(answer) };
            *refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(answer);
            Err(error)
        };
        let result = self.client.run(operation, None, |secrets| this.add_secrets(secrets), attempt).await;
        let error = match result {
            Ok(answer) => return Ok(answer),
            Err(error) => error.of_raw(),
        };
        // The error may be another one than that of the refused answer: a later attempt may have failed otherwise.
        let answer = refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let is_refusal = error.auth_error().is_none() && error.refusal().is_some();
        match answer.filter(|answer| self.keep_refused && is_refusal && error.status() == Some(answer.status)) {
            Some(answer) => Ok(RawAnswer { error: Some(Arc::new(error)), ..answer }),
            None => Err(error),
        }
    }

    /// Makes the request that [`send`](Self::send) would send, with `***` in place of secrets. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error`] if the request cannot be made.
    pub async fn preview(self) -> Result<RequestPreview, Error> {
        let request = Arc::default();
        let authorization = Authorization::preview(self.client.auth().clone(), Arc::clone(&request));
        let generated = self.client.generated(authorization);
        let result = generated.execute(self.build(generated.http())?, self.max_bytes).await;
        let request = request.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        let Some(request) = request else {
            return Err(result.err().unwrap_or_else(|| Error::not_sent("the request was answered without being sent")));
        };
        let mut preview = RequestPreview::of(&request);
        preview.url = masked_address(request.url()).into_owned();
        if let Some(json) = json_text::valid(preview.body.as_bytes()) {
            preview.body = json_text::masked(json).0;
        }
        Ok(preview)
    }

    fn build(&self, http: &reqwest::Client) -> Result<reqwest::Request, Error> {
        if let Some(problem) = &self.invalid {
            return Err(Error::not_sent(problem));
        }
        let path = self.path.as_ref().map_err(|problem| Error::not_sent(problem.to_string()))?;
        let mut request = http.request(self.method.clone(), format!("{}{}", self.client.endpoint(), path.as_str()));
        if !self.query.is_empty() {
            request = request.query(&self.query);
        }
        request = request.headers(self.headers.clone());
        if let Some(body) = &self.body {
            if !self.headers.contains_key(CONTENT_TYPE) {
                request = request.header(CONTENT_TYPE, "application/json");
            }
            request = request.body(body.clone());
        }
        Ok(request.build()?)
    }

    /// Adds the secrets that an answer may repeat.
    fn add_secrets(&self, secrets: &mut Secrets) {
        let query = self.path.as_ref().ok().and_then(|path| path.as_str().split_once('?'));
        let query = query.map(|(_, query)| url::form_urlencoded::parse(query.as_bytes())).into_iter().flatten();
        query.filter(|(name, _)| is_secret_name(name)).for_each(|(_, value)| secrets.add(&value));
        self.query.iter().filter(|(name, _)| is_secret_name(name)).for_each(|(_, value)| secrets.add(value));
        let headers = self.headers.values().filter(|value| value.is_sensitive());
        headers.filter_map(|value| value.to_str().ok()).for_each(|value| secrets.add(value));
        if let Some(json) = self.body.as_deref().and_then(json_text::valid) {
            json_text::masked(json).1.iter().for_each(|value| secrets.add(value));
        }
    }
}

/// A header of the caller. One whose name says that it is a secret is marked as sensitive.
fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name: HeaderName = name.parse().map_err(|_| "the name of a header is invalid".to_owned())?;
    if OWN_HEADERS.contains(&name.as_str()) {
        return Err(format!("the client itself sets the header {name}"));
    }
    let mut value: HeaderValue = value.parse().map_err(|_| format!("the value of the header {name} is invalid"))?;
    value.set_sensitive(is_secret_name(name.as_str()));
    Ok((name, value))
}

impl IntoFuture for RawRequest {
    type Output = Result<RawAnswer, Error>;
    type IntoFuture = BoxFuture<RawAnswer>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Shows neither the query nor the body, which may contain secrets.
impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.as_ref().map_or(MASKED, RequestPath::without_query);
        write!(f, "RawRequest({} {path})", self.method)
    }
}

/// Shows neither the headers nor the body, which may contain secrets.
impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawAnswer({}, {} bytes)", self.status, self.body.len())
    }
}

impl Client {
    /// Prepares a request to any path of the service, for operations that this crate does not have. Where the contract
    /// has the operation, [`bindings`](Self::bindings) is typed. [`RequestPath`] says which paths are valid; sending
    /// another one fails before anything is sent.
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
    ///
    /// // A refused answer as it came, with the error that it is.
    /// let refused = client.request(Method::GET, "/v4/repositories/999").keep_refused().await?;
    /// assert_eq!(refused.status, 404);
    /// assert!(refused.error.is_some_and(|error| error.code().is_some()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl AsRef<str>) -> RawRequest {
        RawRequest {
            client: self.clone(),
            method,
            path: path.as_ref().parse(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            invalid: None,
            max_bytes: MAX_ANSWER_BYTES,
            keep_refused: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use crate::{Client, ErrorKind, Token};

    /// A client of an address at which no server listens.
    fn client() -> Client {
        let endpoint = "http://127.0.0.1:1/base".parse().expect("an endpoint");
        Client::builder().endpoint(endpoint).auth(Token::new("MIIT").expect("a token")).build().expect("a client")
    }

    #[tokio::test]
    async fn a_preview_keeps_the_order_and_hides_secrets() {
        let request = client().request(Method::POST, "/v4/a?b=%2F&private_token=s3cr3t").query("page", 2);
        let request = request.header("X-Subject-Token", "s3cr3t").header("X-A", "1").header("X-A", "2");
        let request = request.body(r#"{"z": 1.10, "password": "s3cr3t", "a": []}"#);
        assert_eq!(format!("{request:?}"), "RawRequest(POST /v4/a)");
        let preview = request.preview().await.expect("a request");
        assert_eq!(preview.url, "http://127.0.0.1:1/base/v4/a?b=%2F&private_token=***&page=2");
        assert_eq!(preview.body, r#"{"z": 1.10, "password": "***", "a": []}"#);
        let shown = |name: &str| -> Vec<&str> {
            let headers = preview.headers.iter().filter(|(other, _)| other == name);
            headers.map(|(_, value)| value.as_str()).collect()
        };
        assert_eq!((shown("x-subject-token"), shown("x-auth-token")), (vec!["***"], vec!["***"]));
        assert_eq!((shown("x-a"), shown("content-type")), (vec!["1", "2"], vec!["application/json"]));
    }

    #[tokio::test]
    async fn mistakes_are_found_before_anything_is_sent() {
        let request = |path: &str| client().request(Method::GET, path);
        for (request, words) in [
            (request("https://example.com/v4/a"), "does not begin with /v"),
            (request("/v4/%2e%2e/a"), "contains . or .."),
            (request("/v4/a").header("host", "example.com"), "sets the header host"),
            (request("/v4/a").header("X-Auth-Token", "t"), "sets the header x-auth-token"),
            (request("/v4/a").header("a b", "t"), "name of a header"),
            (request("/v4/a").header("X-Token", "s3cr3t\n"), "value of the header x-token"),
        ] {
            let error = request.send().await.expect_err(words);
            assert_eq!(error.kind(), ErrorKind::NotSent, "{error}");
            assert!(error.to_string().contains(words) && !error.to_string().contains("s3cr3t"), "{error}");
        }
    }
}
