//! A server with TLS on a free port of the loopback interface.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
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
    requests: Arc<Mutex<Vec<Received>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Starts a server with TLS.
    pub async fn with_tls(answer: &str) -> Self {
        let certificate = Certificate::new();
        Self::start(answer, Some(certificate.acceptor(&[])), certificate.authority).await
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
        self.requests.lock().expect("requests").iter().map(|request| request.head.clone()).collect()
    }

    /// The bodies of all requests so far.
    #[must_use]
    pub fn bodies(&self) -> Vec<Vec<u8>> {
        self.requests.lock().expect("requests").iter().map(|request| request.body.clone()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug)]
struct Received {
    head: String,
    body: Vec<u8>,
}

async fn serve(mut connection: impl AsyncRead + AsyncWrite + Unpin, answer: &str, requests: &Mutex<Vec<Received>>) {
    if let Some(request) = read(&mut connection).await {
        requests.lock().expect("requests").push(request);
        // The client may have gone.
        let _ = connection.write_all(answer.as_bytes()).await;
    }
    let _ = connection.shutdown().await;
}

/// A whole request. `None` if the client went before it had sent one.
async fn read(connection: &mut (impl AsyncRead + Unpin)) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head.lines().filter_map(|line| line.split_once(':'));
    let mut length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.next().map_or(0, |(_, value)| value.trim().parse().expect("a length"));
    while bytes.len() < end + length {
        if connection.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some(Received { head, body: bytes.split_off(end) })
}

/// The certificate of a server on the loopback interface.
#[derive(Debug)]
pub struct Certificate {
    authority: String,
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Certificate {
    /// Makes a certificate, and an authority that signs it.
    #[must_use]
    #[allow(clippy::new_without_default, reason = "each one differs")]
    pub fn new() -> Self {
        let mut authority = CertificateParams::default();
        // With the name of the server's own certificate, OpenSSL would take that one for self-signed.
        authority.distinguished_name.push(DnType::CommonName, "authority of the test");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().expect("a key");
        let pem = authority.self_signed(&authority_key).expect("signed").pem();
        let key = KeyPair::generate().expect("a key");
        let own = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a name");
        let own = own.signed_by(&key, &Issuer::from_params(&authority, &authority_key)).expect("signed");
        Self { authority: pem, certificate: own.der().clone(), key }
    }

    /// The certificate of the authority, as PEM.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Accepts connections with TLS, and offers these protocols.
    #[must_use]
    pub fn acceptor(&self, protocols: &[&str]) -> TlsAcceptor {
        let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], PrivateKeyDer::Pkcs8(self.key.serialize_der().into()))
            .expect("a certificate");
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        TlsAcceptor::from(Arc::new(config))
    }
}
