//! Temporary access keys and who issues them.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use codearts_repo_client::AuthError;

use crate::access_key::AccessKey;

/// A temporary access key and how long it lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemporaryKey {
    /// The key, with its security token.
    pub key: AccessKey,
    /// How long the key lives from now on.
    pub life: Duration,
}

impl TemporaryKey {
    /// A key that lives this long from now on.
    #[must_use]
    pub const fn new(key: AccessKey, life: Duration) -> Self {
        Self { key, life }
    }

    /// A key that expires at a time of the issuer's clock. `answered_at` is what that clock showed when it issued the
    /// key, the `Date` header of its answer: the clock of this machine may be wrong.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use codearts_repo_auth::{AccessKey, TemporaryKey};
    ///
    /// # fn main() -> Result<(), codearts_repo_auth::InvalidAccessKey> {
    /// let answered_at = SystemTime::UNIX_EPOCH;
    /// let key = AccessKey::new("HSTEXAMPLE", "secret")?.security_token("token")?;
    /// let key = TemporaryKey::until(key, answered_at + Duration::from_secs(900), answered_at);
    /// assert_eq!(key.life, Duration::from_secs(900));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn until(key: AccessKey, expires_at: SystemTime, answered_at: SystemTime) -> Self {
        Self { key, life: expires_at.duration_since(answered_at).unwrap_or_default() }
    }
}

/// What [`KeyIssuer::issue`] returns.
pub type IssueFuture<'a> = Pin<Box<dyn Future<Output = Result<TemporaryKey, AuthError>> + Send + 'a>>;

/// Issues temporary access keys, for [`RenewedKeys`](crate::RenewedKeys).
pub trait KeyIssuer: Send + Sync {
    /// Requests a key. It is called once for all callers that need one, and it needs no retries of its own.
    ///
    /// # Errors
    ///
    /// [`AuthError`], for all callers that wait for the key.
    fn issue(&self) -> IssueFuture<'_>;
}

macro_rules! issuer_behind_a_pointer {
    ($($pointer:ident)*) => { $(
        impl<I: KeyIssuer + ?Sized> KeyIssuer for $pointer<I> {
            fn issue(&self) -> IssueFuture<'_> {
                (**self).issue()
            }
        }
    )* };
}
issuer_behind_a_pointer!(Arc Box);
