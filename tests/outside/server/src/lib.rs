//! A server with TLS on a free port of the loopback interface.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// The longest that a test may wait for anything.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A server that answers every request with the same bytes and closes the connection.
#[derive(Debug)]
pub struct Server {
    endpoint: String,
    authority: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Starts a server with TLS.
    pub async fn with_tls(answer: &str) -> Self {
        let (acceptor, authority) = certify();
        Self::start(answer, Some(acceptor), authority).await
    }

    /// Starts a server without TLS.
    pub async fn plain(answer: &str) -> Self {
        Self::start(answer, None, String::new()).await
    }

    async fn start(answer: &str, tls: Option<TlsAcceptor>, authority: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let endpoint = format!("{scheme}://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (record, answer) = (requests.clone(), answer.to_owned());
        let task = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                match &tls {
                    None => serve(connection, &answer, &record).await,
                    Some(tls) => match tls.accept(connection).await {
                        Ok(connection) => serve(connection, &answer, &record).await,
                        Err(_) => continue,
                    },
                }
            }
        });
        Self { endpoint, authority, requests, task }
    }

    /// The address of the server.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The certificate of the authority that signed the server's, as PEM.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The heads of all requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("requests").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut connection: impl AsyncRead + AsyncWrite + Unpin, answer: &str, requests: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if connection.read_buf(&mut head).await.unwrap_or(0) == 0 {
            break;
        }
    }
    requests.lock().expect("requests").push(String::from_utf8_lossy(&head).into_owned());
    // The client may have gone.
    let _ = connection.write_all(answer.as_bytes()).await;
    let _ = connection.shutdown().await;
}

fn certify() -> (TlsAcceptor, String) {
    let mut authority = CertificateParams::default();
    // With the name of the server's own certificate, OpenSSL would take that one for self-signed.
    authority.distinguished_name.push(DnType::CommonName, "authority of the test");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().expect("a key");
    let pem = authority.self_signed(&authority_key).expect("signed").pem();
    let key = KeyPair::generate().expect("a key");
    let own = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a name");
    let own = own.signed_by(&key, &Issuer::from_params(&authority, &authority_key)).expect("signed");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .expect("a certificate");
    (TlsAcceptor::from(Arc::new(config)), pem)
}
