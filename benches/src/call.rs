//! The call that every program makes, and the answer that it expects.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::plan::Plan;

/// The wrapper's own `User-Agent`: all programs send the same bytes.
pub(crate) const USER_AGENT: &str = concat!("codearts-repo/", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
pub(crate) struct Start {
    pub(crate) force_fetch: bool,
}

#[derive(Deserialize)]
pub(crate) struct Started {
    pub(crate) jid: String,
}

pub(crate) fn checked(jid: &str) -> Result<(), Failure> {
    if jid.is_empty() { Err("the answer has no task id".into()) } else { Ok(()) }
}

/// TLS that trusts only the server's CA, for the handwritten programs.
pub(crate) fn tls(plan: &Plan) -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    if let Some(ca) = &plan.ca {
        roots.add(CertificateDer::from_pem_file(ca)?)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
