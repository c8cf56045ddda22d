//! A bare server: it reads whole requests and answers them all alike, with as little work as possible.

use std::fs;
use std::sync::Arc;

use bytes::{Buf, BytesMut};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::Failure;
use crate::plan::Plan;

const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 46\r\n\r\n\
    {\"jid\":\"aa57a1db-59a5-4be8-b2cd-a39184e09f4f\"}";
/// A mirror, with every field of the contract.
const MIRROR: &str = r#"{"id":1,"repository_id":123,"url":"https://git.example.com/group/project.git",
"mirroring_enabled":true,"is_private":false,"update_status":"finished","number_of_failures":0,"last_error":"",
"last_update_at":"2026-01-27T10:00:00.000+08:00","last_successful_update_at":"2026-01-27T10:00:00.000+08:00",
"endpoint_uuid":"0123456789abcdef0123456789abcdef"}"#;
/// The longest head of a request, which has room for the longest token.
const LONGEST_HEAD: usize = 256 * 1024;

/// Listens on a port without TLS and one with it, and prints the addresses. It ends at the end of its standard input.
pub(crate) async fn run(plan: &Plan) -> Result<(), Failure> {
    let ca = plan.ca.as_ref().ok_or("the server needs --ca, the file for the certificate of its CA")?;
    let mut addresses = serde_json::Map::new();
    for (scheme, tls) in [("http", None), ("https", Some(acceptor(ca)?))] {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        addresses.insert(scheme.to_owned(), json!(format!("{scheme}://{}", listener.local_addr()?)));
        tokio::spawn(listen(listener, tls));
    }
    println!("{}", serde_json::Value::Object(addresses));
    tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await??;
    Ok(())
}

/// TLS with a certificate for 127.0.0.1, of a CA whose certificate is written into the file.
fn acceptor(file: &str) -> Result<TlsAcceptor, Failure> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
    fs::write(file, ca.pem())?;
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()])?.signed_by(&key, &ca)?;
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config).into())
}

async fn listen(listener: TcpListener, tls: Option<TlsAcceptor>) {
    while let Ok((stream, _)) = listener.accept().await {
        let tls = tls.clone();
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            // The client reports a failure, which ends its measurement.
            let _ = match tls {
                None => serve(stream).await,
                Some(tls) => match tls.accept(stream).await {
                    Ok(stream) => serve(stream).await,
                    Err(error) => Err(error.into()),
                },
            };
        });
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Result<(), Failure> {
    let mut read = BytesMut::with_capacity(LONGEST_HEAD);
    let mirror = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{MIRROR}", MIRROR.len());
    loop {
        if let Some(length) = length(&read)? {
            let shown = read.starts_with(b"GET");
            read.advance(length);
            stream.write_all(if shown { mirror.as_bytes() } else { ANSWER.as_bytes() }).await?;
            stream.flush().await?;
        } else if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
    }
}

/// The length of the request at the start of these bytes, if it is complete.
fn length(bytes: &[u8]) -> Result<Option<usize>, Failure> {
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut request = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(head) = request.parse(bytes)? else { return Ok(None) };
    let body = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let body: usize = match body {
        Some(header) => std::str::from_utf8(header.value)?.parse()?,
        None => 0,
    };
    let whole = head + body;
    Ok((bytes.len() >= whole).then_some(whole))
}
