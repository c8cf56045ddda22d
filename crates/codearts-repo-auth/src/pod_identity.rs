//! The identity of a pod in a CCE cluster.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codearts_repo_client::internal::{Connect, HttpSettings};
use codearts_repo_client::{Auth, AuthError, AuthStep, ConfigError, Region, RetryPolicy};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};

use crate::bounded_answer::{self, BoundedAnswer};
use crate::key_service::{self, InvalidKeyService, KeyServiceAddress};
use crate::renewed_keys::RenewedKeys;
use crate::temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};
use crate::{file, key_answer};

/// How long the service may take (vendor's SDK).
const TIMEOUT: Duration = Duration::from_secs(5);
const SERVICE: &str = "the pod's key service";

/// The identity of a pod in a CCE cluster: a service in the cluster answers with temporary access keys.
///
/// The cluster sets the address in `HC_CONTAINER_CREDENTIALS_FULL_URI` and the file with the pod's token in
/// `HC_CONTAINER_AUTHORIZATION_TOKEN_FILE`. The file is read for each key, because the cluster rotates it. Neither a
/// proxy nor a redirect is used, and an answer takes at most 5 seconds. Whether CodeArts Repo accepts these keys in every
/// region is unverified.
///
/// Needs the feature `pod`.
///
/// ```
/// use codearts_repo_auth::{Auth, PodIdentity};
///
/// # fn main() -> Result<(), codearts_repo_auth::InvalidKeyService> {
/// let pod = PodIdentity::new("http://127.0.0.1:8080/credentials", "/var/run/token")?;
/// assert_eq!(format!("{:?}", Auth::from(pod)), "Auth(pod identity)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct PodIdentity {
    address: KeyServiceAddress,
    token_file: PathBuf,
}

impl PodIdentity {
    /// Takes the address of the service and the file with the pod's token, a regular file of at most 1 MiB.
    ///
    /// # Errors
    ///
    /// [`InvalidKeyService`] unless the address is `https://`, or `http://` and on this machine or its link.
    pub fn new(uri: &str, token_file: impl Into<PathBuf>) -> Result<Self, InvalidKeyService> {
        Ok(Self { address: KeyServiceAddress::parse(uri)?, token_file: token_file.into() })
    }
}

impl Connect for PodIdentity {
    fn name(&self) -> &'static str {
        "pod identity"
    }

    fn connect(&self, _: Option<Region>, http: &HttpSettings, _: &RetryPolicy) -> Result<Auth, ConfigError> {
        let http = self.address.client(http, TIMEOUT)?;
        Ok(RenewedKeys::new(Issuer { pod: self.clone(), http }).into())
    }
}

impl From<PodIdentity> for Auth {
    fn from(pod: PodIdentity) -> Self {
        Self::deferred(pod)
    }
}

struct Issuer {
    pod: PodIdentity,
    http: reqwest::Client,
}

impl Issuer {
    async fn ask(&self) -> Result<TemporaryKey, AuthError> {
        let request = self
            .http
            .post(self.pod.address.as_str())
            .header(AUTHORIZATION, read_token(&self.pod.token_file)?)
            .header(CONTENT_TYPE, "application/json")
            .body("{}");
        match bounded_answer::send(request).await {
            Ok(BoundedAnswer { status: 200..=299, body, answered_at }) => key_answer::read(&body, answered_at),
            Ok(BoundedAnswer { status: status @ (401 | 403), .. }) => {
                let advice = "check that an agency is associated with the service account of the pod";
                Err(key_service::refused(SERVICE, status).with_advice(advice))
            }
            Ok(BoundedAnswer { status, .. }) => Err(key_service::refused(SERVICE, status)),
            Err(no_answer) => Err(key_service::unusable(SERVICE, no_answer)),
        }
    }
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        Box::pin(self.ask())
    }
}

/// The content of the file as it is sent, without the blanks around it and with no word in front.
fn read_token(path: &Path) -> Result<HeaderValue, AuthError> {
    let failure = |reason: &dyn fmt::Display| {
        let error = AuthError::new(AuthStep::TokenFile, format!("{}: {reason}", path.display()));
        error.with_advice("let HC_CONTAINER_AUTHORIZATION_TOKEN_FILE name the file that the cluster mounts")
    };
    let text = file::read_text(path).map_err(|error| failure(&error))?;
    let token = text.trim();
    if token.is_empty() {
        return Err(failure(&"the file is empty"));
    }
    let mut value = HeaderValue::from_str(token).map_err(|_| failure(&"the file has more than one line of text"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for PodIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PodIdentity").field("address", &self.address).field("token_file", &self.token_file).finish()
    }
}
