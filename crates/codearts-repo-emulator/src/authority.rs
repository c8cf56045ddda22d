//! Authenticates callers, by a token or by a signature with an access key.

use std::collections::HashMap;
use std::sync::Arc;

use http::request::Parts;
use jiff::Timestamp;

use crate::agency::TemporaryKeys;
use crate::permissions::Permissions;
use crate::refusal::Refusal;
use crate::secret::Secret;
use crate::signature::{self, Rejection};
use crate::tokens::Tokens;

/// An access key and its permissions.
#[derive(Clone, Debug)]
pub(crate) struct AccessKey {
    pub(crate) secret: Secret,
    pub(crate) permissions: Arc<Permissions>,
}

/// The tokens and the access keys that are accepted.
#[derive(Debug)]
pub(crate) struct Authority {
    pub(crate) tokens: Tokens,
    pub(crate) keys: HashMap<String, AccessKey>,
    pub(crate) temporary_keys: TemporaryKeys,
}

impl Authority {
    /// The permissions of the caller, or why it is refused. A token takes precedence over a signature.
    pub(crate) fn check(&self, parts: &Parts, body: &[u8]) -> Result<Arc<Permissions>, Refusal> {
        if let Some(token) = parts.headers.get("x-auth-token").filter(|token| !token.is_empty()) {
            return self.tokens.check(token.as_bytes());
        }
        let Some(authorization) = parts.headers.get(http::header::AUTHORIZATION).filter(|text| !text.is_empty()) else {
            return Err(Refusal::credentials_missing());
        };
        self.signed(authorization.to_str().unwrap_or_default(), parts, body).map_err(|rejection| match rejection {
            Rejection::Format(what) => Refusal::signature_malformed(what),
            Rejection::KeyUnknown => Refusal::key_unknown(),
            Rejection::Expired => Refusal::key_expired(),
            Rejection::Skew => Refusal::clock_skew(),
            Rejection::Mismatch => Refusal::signature_wrong(),
        })
    }

    fn signed(&self, authorization: &str, parts: &Parts, body: &[u8]) -> Result<Arc<Permissions>, Rejection> {
        let signature = signature::Signature::parse(authorization)?;
        let key = match self.keys.get(signature.access) {
            Some(key) => key.clone(),
            None => self.temporary_keys.get(signature.access, &parts.headers)?,
        };
        signature.verify(key.secret.bytes(), parts, body, Timestamp::now())?;
        Ok(key.permissions)
    }
}
