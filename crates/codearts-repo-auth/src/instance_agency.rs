//! The agency of an ECS server, whose keys its metadata service has.

use std::fmt;
use std::time::Duration;

use codearts_repo_client::internal::{Connect, HttpSettings};
use codearts_repo_client::{Auth, AuthError, AuthStep, ConfigError, Region, RetryPolicy};
use reqwest::header::HeaderValue;

use crate::bounded_answer::{self, BoundedAnswer, NoAnswer};
use crate::key_answer;
use crate::key_service::{self, InvalidKeyService, KeyServiceAddress};
use crate::renewed_keys::RenewedKeys;
use crate::temporary_key::{IssueFuture, KeyIssuer, TemporaryKey};

const SESSION_PATH: &str = "/meta-data/latest/api/token";
const KEY_PATH: &str = "/openstack/latest/securitykey";
/// How long a session token is to live, in seconds (vendor's SDK). One is requested for each key.
const SESSION_SECONDS: &str = "21600";
/// How long the service may take (vendor's SDK).
const TIMEOUT: Duration = Duration::from_secs(3);
const SERVICE: &str = "the metadata service";
/// The vendor's words in a refusal (vendor's SDK).
const NO_AGENCY: &[u8] = b"Please configure Cloud Service Agency first";

/// The agency of the ECS server that the program runs on: the server's metadata service answers with temporary access
/// keys.
///
/// The service is asked at `http://169.254.169.254`, without a proxy or a redirect, and only by programs that choose
/// this. An answer takes at most 3 seconds. Whether CodeArts Repo accepts these keys in every region is unverified.
///
/// Needs the feature `ecs`.
///
/// ```
/// use codearts_repo_auth::{Auth, InstanceAgency};
///
/// let agency = InstanceAgency::new();
/// assert_eq!(format!("{:?}", Auth::from(agency)), "Auth(ECS agency)");
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until it is passed to a client"]
pub struct InstanceAgency {
    address: KeyServiceAddress,
}

impl InstanceAgency {
    /// Asks the metadata service of this server.
    pub const fn new() -> Self {
        Self { address: KeyServiceAddress::METADATA }
    }

    /// Asks the metadata service at another address, an emulator's for example.
    ///
    /// # Errors
    ///
    /// [`InvalidKeyService`] unless the address is `https://`, or `http://` and on this machine or its link.
    pub fn at(address: &str) -> Result<Self, InvalidKeyService> {
        Ok(Self { address: KeyServiceAddress::parse(address)? })
    }
}

impl Default for InstanceAgency {
    fn default() -> Self {
        Self::new()
    }
}

impl Connect for InstanceAgency {
    fn name(&self) -> &'static str {
        "ECS agency"
    }

    fn connect(&self, _: Option<Region>, http: &HttpSettings, _: &RetryPolicy) -> Result<Auth, ConfigError> {
        let address = self.address.as_str().trim_end_matches('/').to_owned();
        Ok(RenewedKeys::new(Issuer { address, http: self.address.client(http, TIMEOUT)? }).into())
    }
}

impl From<InstanceAgency> for Auth {
    fn from(agency: InstanceAgency) -> Self {
        Self::deferred(agency)
    }
}

struct Issuer {
    address: String,
    http: reqwest::Client,
}

impl Issuer {
    async fn ask(&self) -> Result<TemporaryKey, AuthError> {
        let mut answer = self.request_key().await?;
        if answer.status == 401 && !says_no_agency(&answer) {
            // The session may have been lost.
            answer = self.request_key().await?;
        }
        match answer.status {
            200..=299 => key_answer::read(&answer.body, answer.answered_at),
            401 if says_no_agency(&answer) => {
                let reason = "this ECS server has no agency (401, Please configure Cloud Service Agency first)";
                let advice = "create an agency for ECS in IAM, and choose it in the settings of the server";
                Err(AuthError::new(AuthStep::AccessKey, reason).with_advice(advice))
            }
            404 => {
                Err(key_service::refused(SERVICE, 404).with_advice("check that this is an ECS server with an agency"))
            }
            status => Err(key_service::refused(SERVICE, status)),
        }
    }

    async fn request_key(&self) -> Result<BoundedAnswer, AuthError> {
        let mut request = self.http.get(format!("{}{KEY_PATH}", self.address));
        if let Some(token) = self.session_token().await? {
            request = request.header("X-Metadata-Token", token);
        }
        bounded_answer::send(request).await.map_err(no_answer)
    }

    /// `None` for a service that is too old for sessions.
    async fn session_token(&self) -> Result<Option<HeaderValue>, AuthError> {
        let request = self.http.put(format!("{}{SESSION_PATH}", self.address));
        let request = request.header("X-Metadata-Token-Ttl-Seconds", SESSION_SECONDS);
        let answer = bounded_answer::send(request).await.map_err(no_answer)?;
        match answer.status {
            200..=299 => {
                let no_token = |_| AuthError::new(AuthStep::KeyService, "the metadata service answered with no token");
                let mut token = HeaderValue::from_bytes(answer.body.trim_ascii()).map_err(no_token)?;
                token.set_sensitive(true);
                Ok(Some(token).filter(|token| !token.is_empty()))
            }
            404 | 405 | 503 => Ok(None),
            status => Err(key_service::refused(SERVICE, status)),
        }
    }
}

impl KeyIssuer for Issuer {
    fn issue(&self) -> IssueFuture<'_> {
        Box::pin(self.ask())
    }
}

fn says_no_agency(answer: &BoundedAnswer) -> bool {
    answer.body.windows(NO_AGENCY.len()).any(|words| words == NO_AGENCY)
}

fn no_answer(reason: NoAnswer) -> AuthError {
    match reason {
        // Not retried: a program that runs elsewhere is to fail at once.
        NoAnswer::Unreachable => {
            let reason = "this is no ECS server, or its metadata service is off";
            AuthError::new(AuthStep::KeyService, reason).with_advice("choose other credentials, or turn it on")
        }
        reason => key_service::unusable(SERVICE, reason),
    }
}

impl fmt::Debug for InstanceAgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstanceAgency").field("address", &self.address).finish()
    }
}
