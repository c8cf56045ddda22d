//! TLS for the connections: the provider chosen here, and never installed for the whole process.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

/// A set-up that trusts the platform's certificates and these in addition.
pub(crate) fn config(extra: Vec<CertificateDer<'static>>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = if extra.is_empty() {
        Arc::new(Verifier::new(provider.clone())?)
    } else {
        Arc::new(ExtraFirst::new(extra, provider.clone())?)
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

/// A set-up that trusts nobody, for a client that speaks plain HTTP only: it loads no certificates.
pub(crate) fn none() -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

/// Trusts the caller's certificates, and the platform's where those do not do. Whoever names certificates most often
/// needs no others, and reading a platform's hundreds takes longer than all else that a program does before its
/// first call.
#[derive(Debug)]
struct ExtraFirst {
    extra: Arc<WebPkiServerVerifier>,
    certificates: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
    /// Read when a server is met that the caller's certificates say nothing of; nothing where it cannot be read.
    platform: OnceLock<Option<Verifier>>,
}

impl ExtraFirst {
    fn new(certificates: Vec<CertificateDer<'static>>, provider: Arc<CryptoProvider>) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        for certificate in &certificates {
            roots.add(certificate.clone())?;
        }
        let extra = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
        let extra = extra.map_err(|error| Error::General(error.to_string()))?;
        Ok(Self { extra, certificates, provider, platform: OnceLock::new() })
    }

    fn platform(&self) -> Option<&Verifier> {
        let read = || Verifier::new_with_extra_roots(self.certificates.clone(), self.provider.clone()).ok();
        self.platform.get_or_init(read).as_ref()
    }
}

impl ServerCertVerifier for ExtraFirst {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.extra.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).or_else(|error| {
            let platform = self.platform().ok_or(error)?;
            platform.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.extra.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.extra.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.extra.supported_verify_schemes()
    }
}
