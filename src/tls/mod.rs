//! TLS for the connections, by the library that the features select.

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
mod with_native_tls;
#[cfg(feature = "rustls-no-provider")]
mod with_rustls;

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
use with_native_tls as backend;
#[cfg(feature = "rustls-no-provider")]
use with_rustls as backend;

use reqwest::ClientBuilder;
use rustls_pki_types::CertificateDer;

use crate::ConfigError;

/// Sets up TLS for a client that trusts the platform's certificates and the extra ones.
pub(crate) fn set_up(
    http: ClientBuilder,
    is_https: bool,
    extra: &[CertificateDer<'static>],
) -> Result<ClientBuilder, ConfigError> {
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    return backend::set_up(http, is_https, extra);
    #[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
    if is_https || !extra.is_empty() { Err(ConfigError::NoTls) } else { Ok(http) }
}

/// Refuses a pipe as the file of the platform's certificates: reading it may wait forever, and no signal ends that.
#[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
fn check_certificate_file() -> Result<(), ConfigError> {
    // Other platforms have a store of their own.
    let file = std::env::var_os("SSL_CERT_FILE").filter(|_| cfg!(all(unix, not(target_vendor = "apple"))));
    match file.map(std::fs::metadata) {
        Some(Ok(metadata)) if !metadata.is_file() => {
            Err(ConfigError::Tls("SSL_CERT_FILE is not a regular file".into()))
        }
        _ => Ok(()),
    }
}

/// Whether an error says that the certificate of a server is not trusted.
pub(crate) fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    return backend::is_untrusted(error);
    #[cfg(not(any(feature = "rustls-no-provider", feature = "native-tls")))]
    {
        let _ = error;
        false
    }
}
