//! TLS by the platform's own library.

use reqwest::{Certificate, ClientBuilder};
use rustls_pki_types::CertificateDer;

use crate::ConfigError;

pub(super) fn set_up(
    http: ClientBuilder,
    is_https: bool,
    extra: &[CertificateDer<'static>],
) -> Result<ClientBuilder, ConfigError> {
    if is_https {
        super::check_certificate_file()?;
    }
    let certificates = extra.iter().map(|certificate| Certificate::from_der(certificate));
    let certificates: Vec<Certificate> =
        certificates.collect::<Result<_, _>>().map_err(|error| ConfigError::Tls(error.into()))?;
    Ok(http.tls_backend_native().tls_certs_merge(certificates))
}

/// The library has no error for it that programs can recognize.
pub(super) fn is_untrusted(_error: &(dyn std::error::Error + 'static)) -> bool {
    false
}
