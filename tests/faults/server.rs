//! A server that misbehaves in one way, over plain TCP or TLS, and counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// How a server behaves.
#[derive(Clone)]
pub(crate) struct Behavior {
    pub(crate) transport: Transport,
    pub(crate) read: Read,
    pub(crate) answer: Vec<u8>,
    /// The answer is repeated this often after it was sent once.
    pub(crate) repeat: usize,
    pub(crate) pace: Pace,
    pub(crate) end: End,
}

/// What carries the answer.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Transport {
    Plain,
    /// TLS with a certificate for this name, valid or not, trusted or not.
    Tls {
        name: &'static str,
        valid: bool,
        trusted: bool,
    },
    /// An `https` endpoint on a server that speaks plain text.
    PlainForHttps,
}

/// How much of the request is read before the answer.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Read {
    Nothing,
    /// One byte.
    Some,
    All,
}

/// How fast the answer comes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Pace {
    AtOnce,
    /// A byte at a time, with this pause after each.
    Slowly(Duration),
}

/// What follows the answer.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum End {
    Close,
    /// The connection is reset.
    Reset,
    /// Nothing more happens, and the connection stays.
    Silence,
}

pub(crate) struct Server {
    port: u16,
    https: bool,
    trusted: Option<String>,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(behavior: Behavior) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (requests, connections) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let https = behavior.transport != Transport::Plain;
        let (acceptor, trusted) = match behavior.transport {
            Transport::Tls { name, valid, trusted } => {
                let (acceptor, pem) = tls(name, valid);
                (Some(acceptor), trusted.then_some(pem))
            }
            _ => (None, None),
        };
        let (seen, made) = (requests.clone(), connections.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                made.fetch_add(1, Ordering::SeqCst);
                let (behavior, acceptor, seen) = (behavior.clone(), acceptor.clone(), seen.clone());
                tokio::spawn(async move {
                    if behavior.read == Read::Nothing {
                        // Until the request is there to be left unread: what comes before it is another fault.
                        let _ = stream.peek(&mut [0]).await;
                    }
                    if behavior.end == End::Reset {
                        // Closing with a linger time of zero is a reset.
                        let _ = stream.set_zero_linger();
                    }
                    match acceptor {
                        None => serve(stream, &behavior, &seen).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                serve(stream, &behavior, &seen).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, https, trusted, requests, connections, task }
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("{}://localhost:{}", if self.https { "https" } else { "http" }, self.port)
    }

    pub(crate) fn trusted(&self) -> Option<&str> {
        self.trusted.as_deref()
    }

    /// How many requests arrived; where none did, how many connections.
    pub(crate) fn requests(&self) -> String {
        let (requests, connections) = (self.requests.load(Ordering::SeqCst), self.connections.load(Ordering::SeqCst));
        if requests == 0 { format!("0 ({connections} connections)") } else { requests.to_string() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, behavior: &Behavior, seen: &AtomicUsize) {
    let mut request = Vec::new();
    if behavior.read == Read::Some && stream.read_u8().await.is_err() {
        return;
    }
    while behavior.read == Read::All && !is_whole(&request) {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
    if behavior.read != Read::Nothing {
        seen.fetch_add(1, Ordering::SeqCst);
    }
    let answer = echoed(&behavior.answer, &request);
    for _ in 0..=behavior.repeat {
        let written = match behavior.pace {
            Pace::AtOnce => stream.write_all(&answer).await,
            Pace::Slowly(pause) => slowly(&mut stream, &answer, pause).await,
        };
        if written.is_err() {
            return;
        }
    }
    let _ = stream.flush().await;
    match behavior.end {
        End::Silence => std::future::pending().await,
        End::Reset => {}
        End::Close => {
            let _ = stream.shutdown().await;
        }
    }
}

async fn slowly(stream: &mut (impl AsyncWrite + Unpin), bytes: &[u8], pause: Duration) -> std::io::Result<()> {
    for byte in bytes {
        stream.write_all(&[*byte]).await?;
        stream.flush().await?;
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// The answer, with the request in place of `{request}` in it.
fn echoed(answer: &[u8], request: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(answer);
    let Some((before, after)) = text.split_once("{request}") else { return answer.to_vec() };
    [before.as_bytes(), request, after.as_bytes()].concat()
}

fn tls(name: &str, valid: bool) -> (TlsAcceptor, String) {
    let mut parameters = rcgen::CertificateParams::new([name.to_owned()]).expect("parameters");
    if !valid {
        parameters.not_before = rcgen::date_time_ymd(2000, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(2001, 1, 1);
    }
    let key = rcgen::KeyPair::generate().expect("a key");
    let certificate = parameters.self_signed(&key).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            rustls::pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .expect("a set-up");
    (TlsAcceptor::from(Arc::new(config)), certificate.pem())
}
