//! The call as one writes it with hyper alone: a connection for each that is in flight.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
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
    sender: SendRequest<Full<Bytes>>,
    host: HeaderValue,
    token: HeaderValue,
}

async fn connect(plan: &Plan) -> Result<SendRequest<Full<Bytes>>, Failure> {
    let uri: Uri = plan.endpoint.parse()?;
    let authority = uri.authority().ok_or("no authority")?;
    let stream = TcpStream::connect(authority.as_str()).await?;
    stream.set_nodelay(true)?;
    if plan.ca.is_none() {
        return handshake(stream).await;
    }
    let name = ServerName::try_from(authority.host().to_owned())?;
    handshake(TlsConnector::from(Arc::new(call::tls(plan)?)).connect(name, stream).await?).await
}

async fn handshake(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<SendRequest<Full<Bytes>>, Failure> {
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

impl Program for Hyper {
    type Shared = ();

    async fn shared(_: &Plan) -> Result<(), Failure> {
        Ok(())
    }

    async fn new(plan: &Plan, (): &()) -> Result<Self, Failure> {
        let uri: Uri = plan.endpoint.parse()?;
        let host = HeaderValue::from_str(uri.authority().ok_or("no authority")?.as_str())?;
        let mut token = HeaderValue::from_str(&plan.token)?;
        token.set_sensitive(true);
        Ok(Self { sender: connect(plan).await?, host, token })
    }

    async fn call(&mut self, repository: u32) -> Result<(), Failure> {
        let request = Request::post(format!("/v4/repositories/{repository}/remote-mirror"))
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header("x-auth-token", self.token.clone())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(USER_AGENT, HeaderValue::from_static(call::USER_AGENT))
            .header(HOST, self.host.clone())
            .body(Full::from(serde_json::to_vec(&Start { force_fetch: true })?))?;
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        if !answer.status().is_success() {
            return Err(format!("the server answered {}", answer.status()).into());
        }
        let body = answer.into_body().collect().await?.to_bytes();
        let started: Started = serde_json::from_slice(&body)?;
        checked(&started.jid)
    }
}
