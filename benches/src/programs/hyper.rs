//! The call as one writes it with hyper alone: a connection for each that is in flight, or one for all over HTTP/2.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::{http1, http2};
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use hyper::{Request, Response, Uri, body::Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::ServerName;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::Failure;
use crate::call::{self, Start, Started, checked};
use crate::harness::Program;
use crate::plan::Plan;

pub(crate) struct Hyper {
    sender: Sender,
    host: HeaderValue,
    /// The address in front of the path, which only HTTP/2 sends.
    base: String,
    token: HeaderValue,
}

enum Sender {
    Http1(http1::SendRequest<Full<Bytes>>),
    Http2(http2::SendRequest<Full<Bytes>>),
}

async fn connect(plan: &Plan) -> Result<Sender, Failure> {
    let uri: Uri = plan.endpoint.parse()?;
    let authority = uri.authority().ok_or("no authority")?;
    let stream = TcpStream::connect(authority.as_str()).await?;
    stream.set_nodelay(true)?;
    if plan.ca.is_none() {
        return handshake(stream, plan.http2).await;
    }
    let name = ServerName::try_from(authority.host().to_owned())?;
    let stream = TlsConnector::from(Arc::new(call::tls(plan)?)).connect(name, stream).await?;
    handshake(stream, plan.http2).await
}

async fn handshake(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    over_http2: bool,
) -> Result<Sender, Failure> {
    let io = TokioIo::new(stream);
    if over_http2 {
        let (sender, connection) = http2::handshake(TokioExecutor::new(), io).await?;
        tokio::spawn(connection);
        Ok(Sender::Http2(sender))
    } else {
        let (sender, connection) = http1::handshake(io).await?;
        tokio::spawn(connection);
        Ok(Sender::Http1(sender))
    }
}

impl Hyper {
    async fn send(&mut self, request: Request<Full<Bytes>>) -> hyper::Result<Response<Incoming>> {
        match &mut self.sender {
            Sender::Http1(sender) => {
                sender.ready().await?;
                sender.send_request(request).await
            }
            Sender::Http2(sender) => sender.send_request(request).await,
        }
    }
}

impl Program for Hyper {
    type Shared = Option<http2::SendRequest<Full<Bytes>>>;

    async fn shared(plan: &Plan) -> Result<Self::Shared, Failure> {
        if !plan.http2 {
            return Ok(None);
        }
        match connect(plan).await? {
            Sender::Http2(sender) => Ok(Some(sender)),
            Sender::Http1(_) => Ok(None),
        }
    }

    async fn new(plan: &Plan, shared: &Self::Shared) -> Result<Self, Failure> {
        let sender = match shared {
            Some(sender) => Sender::Http2(sender.clone()),
            None => connect(plan).await?,
        };
        let uri: Uri = plan.endpoint.parse()?;
        let host = HeaderValue::from_str(uri.authority().ok_or("no authority")?.as_str())?;
        let mut token = HeaderValue::from_str(&plan.token)?;
        token.set_sensitive(true);
        let base = if plan.http2 { plan.endpoint.clone() } else { String::new() };
        Ok(Self { sender, host, base, token })
    }

    async fn call(&mut self, repository: u32) -> Result<(), Failure> {
        let mut request = Request::post(format!("{}/v4/repositories/{repository}/remote-mirror", self.base))
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header("x-auth-token", self.token.clone())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(USER_AGENT, HeaderValue::from_static(call::USER_AGENT))
            .body(Full::from(serde_json::to_vec(&Start { force_fetch: true })?))?;
        if let Sender::Http1(_) = &self.sender {
            request.headers_mut().insert(HOST, self.host.clone());
        }
        let answer = self.send(request).await?;
        if !answer.status().is_success() {
            return Err(format!("the server answered {}", answer.status()).into());
        }
        let body = answer.into_body().collect().await?.to_bytes();
        let started: Started = serde_json::from_slice(&body)?;
        checked(&started.jid)
    }
}
