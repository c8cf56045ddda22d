//! Agencies, and the temporary access keys that are issued for them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;
use uuid::Uuid;

use crate::authority::AccessKey;
use crate::clock;
use crate::permissions::Permissions;
use crate::secret::Secret;
use crate::signature::Rejection;

/// How many issued keys are known at once. Expired ones make room first.
const MAX_KNOWN: usize = 10_000;

/// An agency: callers that it trusts get temporary access keys, for an ID token of an OpenID Connect provider or for a
/// signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Agency {
    pub(crate) urn: String,
    pub(crate) trusted: Trusted,
    pub(crate) key_lifetime: Option<Duration>,
    pub(crate) permissions: Arc<Permissions>,
}

/// Whom an agency trusts.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Trusted {
    Provider {
        urn: String,
        id_token: Secret,
    },
    /// A caller, by the ID of its access key, the URN of the agency whose key it is, or the name of its IAM user.
    Caller {
        id: String,
        external_id: Option<String>,
    },
}

impl Agency {
    /// An agency that trusts a provider, and the one ID token that is accepted. The token is compared, not verified.
    ///
    /// ```
    /// let agency = codearts_repo_emulator::Agency::new("iam::1:oidcProvider:ci", "iam::1:agency:mirrors", "eyJs3cr3t");
    /// assert!(!format!("{agency:?}").contains("s3cr3t"));
    /// ```
    #[must_use]
    pub fn new(provider_urn: impl Into<String>, urn: impl Into<String>, id_token: impl Into<String>) -> Self {
        Self::trusting(Trusted::Provider { urn: provider_urn.into(), id_token: id_token.into().into() }, urn.into())
    }

    /// An agency that trusts one caller: the access key with this ID, the keys of the agency with this URN, or the tokens
    /// of the IAM user with this name.
    ///
    /// ```
    /// use codearts_repo_emulator::{Agency, Emulator};
    /// let emulator = Emulator::builder().access_key("HPUAEXAMPLE", "secret");
    /// let emulator = emulator.agency(Agency::of_caller("HPUAEXAMPLE", "iam::1:agency:mirrors"));
    /// # let _ = emulator;
    /// ```
    #[must_use]
    pub fn of_caller(caller: impl Into<String>, urn: impl Into<String>) -> Self {
        Self::trusting(Trusted::Caller { id: caller.into(), external_id: None }, urn.into())
    }

    fn trusting(trusted: Trusted, urn: String) -> Self {
        Self { urn, trusted, key_lifetime: None, permissions: Arc::default() }
    }

    /// Requires this external ID of a caller with an access key.
    #[must_use]
    pub fn external_id(mut self, required: impl Into<String>) -> Self {
        if let Trusted::Caller { external_id, .. } = &mut self.trusted {
            *external_id = Some(required.into());
        }
        self
    }

    /// How long its keys are valid, in place of the requested time: a test cannot wait for 15 minutes.
    #[must_use]
    pub fn key_lifetime(mut self, lifetime: Duration) -> Self {
        self.key_lifetime = Some(lifetime);
        self
    }

    /// The permissions of its keys. The default is all.
    #[must_use]
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = Arc::new(permissions);
        self
    }
}

impl fmt::Debug for Agency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Agency").field("urn", &self.urn).finish_non_exhaustive()
    }
}

/// The temporary keys that were issued.
#[derive(Debug, Default)]
pub(crate) struct TemporaryKeys(Mutex<HashMap<String, TemporaryKey>>);

#[derive(Debug)]
struct TemporaryKey {
    key: AccessKey,
    session: Arc<Session>,
    security_token: Secret,
    expires_at: Timestamp,
}

/// The session that a key belongs to.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) owner_urn: String,
    pub(crate) name: String,
}

impl Session {
    /// The URN of the session.
    pub(crate) fn urn(&self) -> String {
        format!("{}:{}", self.owner_urn, self.name)
    }
}

/// A key that was just issued.
pub(crate) struct IssuedKey {
    pub(crate) access: String,
    pub(crate) secret: String,
    pub(crate) security_token: String,
    pub(crate) expires_at: Timestamp,
}

impl TemporaryKeys {
    pub(crate) fn issue(&self, session: Session, permissions: &Arc<Permissions>, lifetime: Duration) -> IssuedKey {
        let random = || Uuid::new_v4().simple().to_string();
        let issued = IssuedKey {
            access: format!("HST{}", random().to_uppercase()),
            secret: random(),
            security_token: (0..8).map(|_| random()).collect(),
            expires_at: clock::after(lifetime),
        };
        let key = AccessKey { secret: issued.secret.clone().into(), permissions: Arc::clone(permissions) };
        let security_token = issued.security_token.clone().into();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_KNOWN {
            let now = Timestamp::now();
            known.retain(|_, key| key.expires_at > now);
        }
        if known.len() < MAX_KNOWN {
            let expires_at = issued.expires_at;
            let session = Arc::new(session);
            known.insert(issued.access.clone(), TemporaryKey { key, session, security_token, expires_at });
        }
        issued
    }

    /// The key with this ID and its session, if its security token was sent and it has not expired.
    pub(crate) fn get(&self, access: &str, headers: &HeaderMap) -> Result<(AccessKey, Arc<Session>), Rejection> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(access).ok_or(Rejection::KeyUnknown)?;
        let sent = headers.get("x-security-token").map(http::HeaderValue::as_bytes);
        if sent != Some(found.security_token.bytes()) {
            return Err(Rejection::Format("X-Security-Token is missing or is not the one of the key"));
        }
        if found.expires_at <= Timestamp::now() {
            return Err(Rejection::Expired);
        }
        Ok((found.key.clone(), Arc::clone(&found.session)))
    }
}
