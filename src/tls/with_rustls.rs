//! TLS by rustls, with a crypto provider that is never installed for the whole process.

use std::sync::{Arc, OnceLock};

use reqwest::ClientBuilder;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::ConfigError;

/// Sets up TLS for a client. A client for plain HTTP loads no certificates.
pub(super) fn set_up(
    http: ClientBuilder,
    is_https: bool,
    extra: &[CertificateDer<'static>],
) -> Result<ClientBuilder, ConfigError> {
    let provider = provider()?;
    if is_https && extra.is_empty() {
        super::check_certificate_file()?;
    }
    let config = if is_https { config(extra, provider) } else { none(provider) };
    let mut config = config.map_err(|error| ConfigError::Tls(error.into()))?;
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(http.tls_backend_preconfigured(config))
}

#[cfg(feature = "rustls")]
#[allow(clippy::unnecessary_wraps, reason = "the other features can fail")]
fn provider() -> Result<Arc<CryptoProvider>, ConfigError> {
    Ok(Arc::new(rustls::crypto::ring::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn provider() -> Result<Arc<CryptoProvider>, ConfigError> {
    CryptoProvider::get_default().cloned().ok_or(ConfigError::NoCryptoProvider)
}

/// Trusts the platform's certificates and the extra ones.
fn config(extra: &[CertificateDer<'static>], provider: Arc<CryptoProvider>) -> Result<ClientConfig, Error> {
    let verifier: Arc<dyn ServerCertVerifier> = if extra.is_empty() {
        Arc::new(Verifier::new(provider.clone())?)
    } else {
        Arc::new(ExtraFirst::new(extra.to_vec(), provider.clone())?)
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

/// Trusts nobody.
fn none(provider: Arc<CryptoProvider>) -> Result<ClientConfig, Error> {
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

/// Whether an error says that the certificate of a server is not trusted.
pub(super) fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(Error::InvalidCertificate(_)))
}

/// Trusts the extra certificates, and falls back to those of the platform, which programs with a CA of their own rarely
/// need. Loading hundreds of certificates takes longer than all else before the first call.
#[derive(Debug)]
struct ExtraFirst {
    extra: Arc<WebPkiServerVerifier>,
    certificates: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
    /// Loaded for the first server that the extra certificates do not cover. `None` if it cannot be loaded.
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
        let read = || {
            super::check_certificate_file().ok()?;
            Verifier::new_with_extra_roots(self.certificates.clone(), self.provider.clone()).ok()
        };
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
