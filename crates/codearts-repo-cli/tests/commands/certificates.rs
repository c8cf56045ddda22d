//! Whom the real binary trusts: the platform's certificates, and those of `--ca-file` beside them.

#![cfg(unix)]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, crypto::ring};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::{Ended, TOKEN, codearts_repo, run};

/// A server with TLS, the certificate of its authority, and that of an authority that vouches for nobody.
struct Server {
    address: String,
    authority: PathBuf,
    stranger: PathBuf,
    _folder: TempDir,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let key = KeyPair::generate().expect("a key");
        let (authority, stranger) = (authority(), authority());
        let write = |name: &str, text: String| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("written");
            path
        };
        let authority_file = write("authority.pem", certificate(&authority));
        let stranger_file = write("stranger.pem", certificate(&stranger));
        let own = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a name");
        let (parameters, authority_key) = &authority;
        let own = own.signed_by(&key, &Issuer::from_params(parameters, authority_key)).expect("signed");
        let settings = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_no_client_auth()
            .with_single_cert(vec![own.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
            .expect("a certificate");

        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = format!("https://{}", listener.local_addr().expect("an address"));
        runtime.spawn(serve(listener, TlsAcceptor::from(Arc::new(settings))));
        Self { address, authority: authority_file, stranger: stranger_file, _folder: folder, _runtime: runtime }
    }
}

fn authority() -> (CertificateParams, KeyPair) {
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    (parameters, KeyPair::generate().expect("a key"))
}

fn certificate((parameters, key): &(CertificateParams, KeyPair)) -> String {
    parameters.self_signed(key).expect("signed").pem()
}

async fn serve(listener: TcpListener, tls: TlsAcceptor) {
    while let Ok((stream, _)) = listener.accept().await {
        // A client that does not trust the server ends the handshake.
        let Ok(mut stream) = tls.accept(stream).await else { continue };
        let mut request = Vec::new();
        while !request.ends_with(b"{}") {
            if stream.read_buf(&mut request).await.is_ok_and(|length| length > 0) {
                continue;
            }
            break;
        }
        let answer =
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"jid\":\"task\"}";
        let _ = stream.write_all(answer).await;
        let _ = stream.shutdown().await;
    }
}

/// Starts a synchronization where the platform trusts one file and the caller another.
fn start(server: &Server, platform: &PathBuf, own: Option<&PathBuf>) -> Ended {
    let mut command = codearts_repo(&["sync", "123", "--endpoint", &server.address]);
    command.env("CODEARTS_REPO_TOKEN", TOKEN).env("SSL_CERT_FILE", platform);
    if let Some(path) = own {
        command.arg("--ca-file").arg(path);
    }
    run(&mut command)
}

#[test]
fn a_server_is_trusted_through_either_file() {
    let server = Server::start();
    let missing = PathBuf::from("/nonexistent/roots.pem");
    for (platform, own) in [
        (&server.authority, None),
        (&server.authority, Some(&server.stranger)),
        (&server.stranger, Some(&server.authority)),
        (&missing, Some(&server.authority)),
    ] {
        let ended = start(&server, platform, own);
        assert_eq!((ended.code, ended.out.as_str()), (Some(0), "repository 123: started, task task\n"), "{ended:?}");
    }
}

#[test]
fn an_untrusted_server_receives_nothing() {
    let server = Server::start();
    for (platform, own) in [(&server.stranger, None), (&server.stranger, Some(&server.stranger))] {
        let ended = start(&server, platform, own);
        assert_eq!(ended.code, Some(4), "{ended:?}");
        assert!(ended.out.contains("certificate"), "{ended:?}");
    }
}
