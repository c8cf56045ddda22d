//! A proxy that leads every https address to one local server, with certificates of its own authority. The stand-in
//! answers requests for operations that the server does not have.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::stand_in::{self, Head};

/// Listens, and gives its address and the PEM text of its authority's certificate.
pub(crate) async fn start(server: SocketAddr) -> (SocketAddr, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (authority, certificate) = authority();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let authority = Arc::clone(&authority);
            tokio::spawn(async move {
                // A client that goes away is no concern of the proxy; what it missed shows in its own output.
                let _ = pass(stream, server, &authority).await;
            });
        }
    });
    (address, certificate)
}

fn authority() -> (Arc<Issuer<'static, KeyPair>>, String) {
    let mut parameters = CertificateParams::new(Vec::new()).expect("parameters");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let certificate = parameters.self_signed(&key).expect("a certificate").pem();
    (Arc::new(Issuer::new(parameters, key)), certificate)
}

async fn pass(stream: TcpStream, server: SocketAddr, authority: &Issuer<'_, KeyPair>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut request, mut line) = (String::new(), String::new());
    stream.read_line(&mut request).await?;
    while stream.read_line(&mut line).await? > 2 {
        line.clear();
    }
    let host = request.strip_prefix("CONNECT ").and_then(|rest| rest.split(':').next()).expect("a CONNECT request");
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    let mut plain = BufReader::new(TlsAcceptor::from(tls_of(host, authority)).accept(stream).await?);
    let head = Head::read(&mut plain).await?;
    let calls = stand_in::calls();
    if let Some(call) = head.call(&calls) {
        return stand_in::answer(head.clone(), call, &mut plain).await;
    }
    let mut server = TcpStream::connect(server).await?;
    server.write_all(head.text.as_bytes()).await?;
    copy_bidirectional(&mut plain, &mut server).await?;
    Ok(())
}

/// TLS as this host.
fn tls_of(host: &str, authority: &Issuer<'_, KeyPair>) -> Arc<ServerConfig> {
    let key = KeyPair::generate().expect("a key");
    let parameters = CertificateParams::new(vec![host.to_owned()]).expect("parameters");
    let certificate = parameters.signed_by(&key, authority).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let settings = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let settings = settings.expect("versions").with_no_client_auth();
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    Arc::new(settings.with_single_cert(vec![certificate.der().clone()], key).expect("TLS"))
}
