//! Temporary access keys that are renewed in the background.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use codearts_repo_client::{Auth, AuthError, AuthStep};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tracing::{debug, warn};

use crate::access_key::AccessKey;
use crate::access_key_provider::{AccessKeyFuture, AccessKeyProvider, access_keys};
use crate::temporary_key::{KeyIssuer, TemporaryKey};

/// How long before its expiry a key is renewed: a quarter of its life, but at least this.
const MIN_MARGIN: Duration = Duration::from_secs(5 * 60);
/// How long a renewal may take.
const RENEWAL_TIMEOUT: Duration = Duration::from_secs(60);
/// The time between two renewals after the first one failed. It doubles with each failure.
const MIN_BACKOFF: Duration = Duration::from_secs(1);
const MAX_BACKOFF: Duration = Duration::from_secs(60);
/// How long refusals cause no renewal after one has: a new key is refused too if the fault is elsewhere.
const REFUSAL_INTERVAL: Duration = Duration::from_secs(5 * 60);

/// Temporary access keys of an issuer, renewed in the background. Clones share them.
///
/// A key is renewed when a quarter of its life is left, at least 5 minutes and at most half of its life. Calls use the
/// old key in the meantime, and for as long as it lives if the renewal fails; the renewal is then retried after 1 to 60
/// seconds. Without a key that lives, all calls wait for one renewal, for at most a minute. A key that the service
/// refuses is renewed once in 5 minutes.
///
/// It needs a Tokio runtime.
///
/// ```
/// use std::time::Duration;
///
/// use codearts_repo_auth::{AccessKey, Auth, AuthError, AuthStep, IssueFuture, KeyIssuer, RenewedKeys, TemporaryKey};
///
/// struct Vault;
///
/// impl KeyIssuer for Vault {
///     fn issue(&self) -> IssueFuture<'_> {
///         Box::pin(async {
///             let key = AccessKey::new("HSTEXAMPLE", "secret").and_then(|key| key.security_token("token"));
///             let key = key.map_err(|error| AuthError::new(AuthStep::AccessKey, error))?;
///             Ok(TemporaryKey::new(key, Duration::from_secs(3600)))
///         })
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), AuthError> {
/// let keys = RenewedKeys::new(Vault);
/// assert!(keys.current().await?.life > Duration::from_secs(3000));
/// let auth: Auth = keys.into();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RenewedKeys(Arc<Inner>);

struct Inner {
    issuer: Box<dyn KeyIssuer>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// The renewal in flight. It is a task of its own: no caller has to wait for it or to drive it.
    renewal: Option<(Renewal, AbortHandle)>,
    /// When the next renewal may begin; `None` is at once.
    renew_at: Option<Instant>,
    failures: u32,
    last_failure: Option<AuthError>,
    /// Until when a refusal causes no renewal.
    refusals_ignored_until: Option<Instant>,
}

type Renewal = Shared<BoxFuture<'static, Result<Current, AuthError>>>;

#[derive(Clone)]
struct Current {
    key: AccessKey,
    expires_at: Instant,
    refused: bool,
}

/// How a caller gets its key.
enum Access {
    Ready(Box<Current>),
    Wait(Renewal),
    Failed(AuthError),
}

impl RenewedKeys {
    /// Renews the keys of this issuer. Nothing is requested before the first call.
    pub fn new(issuer: impl KeyIssuer + 'static) -> Self {
        Self(Arc::new(Inner { issuer: Box::new(issuer), state: Mutex::default() }))
    }

    /// The current key, requested if there is none, and how long it still lives.
    ///
    /// # Errors
    ///
    /// [`AuthError`] of the issuer, if there is no key that lives.
    pub async fn current(&self) -> Result<TemporaryKey, AuthError> {
        let current = self.key(None).await?;
        Ok(TemporaryKey::new(current.key, current.expires_at.saturating_duration_since(Instant::now())))
    }

    async fn key(&self, refused: Option<&AccessKey>) -> Result<Current, AuthError> {
        match self.access(refused) {
            Access::Ready(current) => Ok(*current),
            Access::Wait(renewal) => renewal.await,
            Access::Failed(error) => Err(error),
        }
    }

    fn access(&self, refused: Option<&AccessKey>) -> Access {
        let mut state = self.0.state();
        let now = Instant::now();
        state.note_refusal(refused, now);
        // A task also ends without a result: its runtime shuts down, or the issuer panics.
        state.renewal.take_if(|(_, task)| task.is_finished());
        if state.renewal.is_none() && state.renew_at.is_none_or(|at| at <= now) {
            state.renewal = Some(Arc::clone(&self.0).begin());
        }
        match (state.living(now), &state.renewal, &state.last_failure) {
            (Some(current), None, _) => Access::Ready(current.into()),
            (Some(current), Some(_), _) if !current.refused => Access::Ready(current.into()),
            (_, Some((renewal, _)), _) => Access::Wait(renewal.clone()),
            (None, None, Some(error)) => Access::Failed(error.clone()),
            (None, None, None) => Access::Failed(failure("the key has expired")),
        }
    }
}

impl State {
    /// A key that was refused is renewed at once, but not again and again.
    fn note_refusal(&mut self, refused: Option<&AccessKey>, now: Instant) {
        let Some(current) = self.current.as_mut().filter(|current| refused == Some(&current.key)) else { return };
        if self.refusals_ignored_until.is_none_or(|until| until <= now) {
            current.refused = true;
            self.renew_at = None;
            self.refusals_ignored_until = Some(now + REFUSAL_INTERVAL);
        }
    }

    fn living(&self, now: Instant) -> Option<Current> {
        self.current.clone().filter(|current| now < current.expires_at)
    }

    fn renewed(&mut self, issued: TemporaryKey, now: Instant) -> Current {
        debug!(life = ?issued.life, "a temporary access key was issued");
        // An expiry that no clock can show is far away.
        let life = issued.life.min(Duration::from_secs(366 * 24 * 60 * 60));
        let margin = (life / 4).max(MIN_MARGIN).min(life / 2);
        let current = Current { key: issued.key, expires_at: now + life, refused: false };
        // The issuer may answer with the same key until shortly before its end.
        self.renew_at = Some(now + (life - margin).max(MIN_BACKOFF));
        self.failures = 0;
        self.last_failure = None;
        self.current = Some(current.clone());
        current
    }

    /// The last key while it lives, or else the failure.
    fn failed(&mut self, error: AuthError, now: Instant) -> Result<Current, AuthError> {
        let backoff = MIN_BACKOFF.saturating_mul(1 << self.failures.min(6)).min(MAX_BACKOFF);
        self.failures = self.failures.saturating_add(1);
        self.renew_at = Some(now + backoff);
        warn!(step = %error, retry_after = ?backoff, "a temporary access key could not be renewed");
        if let Some(current) = &mut self.current {
            current.refused = false;
        }
        self.last_failure = Some(error.clone());
        self.living(now).ok_or(error)
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(self: Arc<Self>) -> (Renewal, AbortHandle) {
        let task = tokio::spawn(self.renew());
        let handle = task.abort_handle();
        let renewal = async { task.await.unwrap_or_else(|_| Err(failure("the renewal was interrupted"))) };
        (renewal.boxed().shared(), handle)
    }

    async fn renew(self: Arc<Self>) -> Result<Current, AuthError> {
        let issued = match tokio::time::timeout(RENEWAL_TIMEOUT, self.issuer.issue()).await {
            Ok(Ok(issued)) if issued.life.is_zero() => Err(failure("the issued key has expired already")),
            Ok(issued) => issued,
            Err(_) => Err(failure("no key was issued within 60 seconds")),
        };
        let (mut state, now) = (self.state(), Instant::now());
        match issued {
            Ok(issued) => Ok(state.renewed(issued, now)),
            Err(error) => state.failed(error, now),
        }
    }
}

fn failure(reason: &'static str) -> AuthError {
    AuthError::retryable(AuthStep::AccessKey, reason)
}

impl AccessKeyProvider for RenewedKeys {
    fn access_key<'a>(&'a self, refused: Option<&'a AccessKey>) -> AccessKeyFuture<'a> {
        Box::pin(async move { Ok(self.key(refused).await?.key) })
    }

    fn life(&self) -> Option<Duration> {
        let now = Instant::now();
        Some(self.0.state().living(now)?.expires_at.saturating_duration_since(now))
    }
}

impl From<RenewedKeys> for Auth {
    fn from(keys: RenewedKeys) -> Self {
        access_keys(keys)
    }
}

impl fmt::Debug for RenewedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RenewedKeys(***)")
    }
}

#[cfg(test)]
mod tests;
