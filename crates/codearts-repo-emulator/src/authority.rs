//! Authenticates callers, by a token or by a signature with an access key.

use std::collections::HashMap;
use std::sync::Arc;

use http::request::Parts;
use jiff::Timestamp;

use crate::agency::{Session, TemporaryKeys};
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

/// Who makes a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    pub(crate) permissions: Arc<Permissions>,
    pub(crate) identity: Identity,
}

/// How a caller has shown who it is.
#[derive(Clone, Debug, Default)]
pub(crate) enum Identity {
    /// Not at all: the operation needs no caller.
    #[default]
    None,
    /// With a token of this user; the owner's has none.
    Token(Option<Arc<str>>),
    /// With the access key that has this ID.
    Key(String),
    /// With a temporary access key of this session.
    Session(Arc<Session>),
}

impl Identity {
    /// What an agency knows the caller by.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Token(user) => user.as_deref(),
            Self::Key(id) => Some(id),
            Self::Session(session) => Some(&session.owner_urn),
            Self::None => None,
        }
    }
}

/// Whether a request does not say who makes it.
pub(crate) fn is_anonymous(parts: &Parts) -> bool {
    let is_set = |name| parts.headers.get(name).is_some_and(|value: &http::HeaderValue| !value.is_empty());
    !is_set("x-auth-token") && !is_set("authorization")
}

/// The tokens and the access keys that are accepted.
#[derive(Debug)]
pub(crate) struct Authority {
    pub(crate) tokens: Tokens,
    pub(crate) keys: HashMap<String, AccessKey>,
    pub(crate) temporary_keys: TemporaryKeys,
}

impl Authority {
    /// The caller, or why it is refused. A token takes precedence over a signature, where tokens are accepted.
    pub(crate) fn check(&self, parts: &Parts, body: &[u8], takes_token: bool) -> Result<Caller, Refusal> {
        let token = parts.headers.get("x-auth-token").filter(|token| !token.is_empty());
        if let Some(token) = token.filter(|_| takes_token) {
            let (permissions, user) = self.tokens.check(token.as_bytes())?;
            return Ok(Caller { permissions, identity: Identity::Token(user) });
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

    fn signed(&self, authorization: &str, parts: &Parts, body: &[u8]) -> Result<Caller, Rejection> {
        let signature = signature::Signature::parse(authorization)?;
        let (key, identity) = match self.keys.get(signature.access) {
            Some(key) => (key.clone(), Identity::Key(signature.access.to_owned())),
            None => {
                let (key, session) = self.temporary_keys.get(signature.access, &parts.headers)?;
                (key, Identity::Session(session))
            }
        };
        signature.verify(key.secret.bytes(), parts, body, Timestamp::now())?;
        Ok(Caller { permissions: key.permissions, identity })
    }
}
