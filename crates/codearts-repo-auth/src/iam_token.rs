//! Tokens from IAM: requested once, stored, and renewed by one task while the others wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use codearts_repo_client::internal::{Call, Secrets};
use codearts_repo_client::{
    AuthError, AuthStep, Authorization, CallError, Client, ConfigError, Endpoint, RefusedToken, Region, ResponseValue,
    RetryPolicy, Token, TokenFuture, TokenProvider, types,
};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use reqwest::header::HeaderMap;
use tokio::time::Instant;
use tracing::debug;
use zeroize::Zeroizing;

use crate::iam::IamPassword;
use crate::token_cache::{Entry, UnsafeCache};

/// How long a token lives if IAM's answer does not say (vendor's documentation).
const DOCUMENTED_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// How long before its expiry a token is renewed; at most a tenth of its life.
const MARGIN: Duration = Duration::from_secs(5 * 60);
/// When a renewal that failed within the margin is retried.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// The tokens of one IAM user. Clones share them.
#[derive(Clone)]
pub(crate) struct IamTokens(Arc<Iam>);

struct Iam {
    endpoint: Endpoint,
    http: reqwest::Client,
    retry: RetryPolicy,
    request: types::builder::CreateTokenRequest,
    password: Zeroizing<String>,
    cache: Option<Entry>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// The renewal in flight. All callers wait for it and drive it: it continues if the first one is canceled, and its
    /// failure is the same for all.
    renewal: Option<Renewal>,
}

type Renewal = Shared<BoxFuture<'static, Result<Kept, AuthError>>>;

#[derive(Clone)]
pub(super) struct Kept {
    pub(super) token: Token,
    pub(super) renew_at: Instant,
    pub(super) expires_at: Instant,
    /// The same two times by the clock that other processes share.
    pub(super) renew: SystemTime,
    pub(super) expires: SystemTime,
    /// Whether it is from the cache, and another process requested it.
    pub(super) cached: bool,
}

impl Kept {
    /// A token that lives this long from now on, by the monotonic clock.
    pub(super) fn new(token: Token, life: Duration) -> Self {
        let life = life.min(DOCUMENTED_LIFE);
        let margin = MARGIN.min(life / 10);
        let (begun, now) = (Instant::now(), SystemTime::now());
        let until_renewal = life - margin;
        Self {
            token,
            renew_at: begun + until_renewal,
            expires_at: begun + life,
            renew: now + until_renewal,
            expires: now + life,
            cached: false,
        }
    }

    fn is_good(&self, refused: Option<RefusedToken<'_>>) -> bool {
        Instant::now() < self.renew_at && !self.is_refused(refused)
    }

    /// Whether a new token may help: the service said so, or nobody knows what happened to a cached token.
    fn is_refused(&self, refused: Option<RefusedToken<'_>>) -> bool {
        refused.is_some_and(|refused| *refused.token == self.token && (refused.expired || self.cached))
    }

    /// The same token for a little longer, if it has not expired: the margin is for an IAM that fails meanwhile.
    fn extended(self, refused: Option<RefusedToken<'_>>) -> Option<Self> {
        let now = Instant::now();
        let renew_at = self.expires_at.min(now + RETRY_AFTER);
        (now < self.expires_at && !self.is_refused(refused)).then_some(Self { renew_at, ..self })
    }
}

impl IamTokens {
    pub(crate) fn new(
        user: &IamPassword,
        region: Option<Region>,
        endpoint: Endpoint,
        http: reqwest::Client,
        retry: RetryPolicy,
    ) -> Result<Self, ConfigError> {
        let scope = user.scope(region)?;
        let cache = user.cache.as_ref().map(|cache| cache.entry(&user.identity(&endpoint, region, &scope)));
        let request = user.request(scope);
        let password = user.password.clone();
        Ok(Self(Arc::new(Iam { endpoint, http, retry, request, password, cache, state: Mutex::default() })))
    }

    async fn token(&self, refused: Option<RefusedToken<'_>>) -> Result<Token, AuthError> {
        let renewal = {
            let mut state = self.0.state();
            if let Some(kept) = state.kept.as_ref().filter(|kept| kept.is_good(refused)) {
                return Ok(kept.token.clone());
            }
            let refused = refused.map(|refused| (refused.token.clone(), refused.expired));
            let begin = || Arc::clone(&self.0).renew(refused).boxed().shared();
            state.renewal.get_or_insert_with(begin).clone()
        };
        let outcome = renewal.clone().await;
        let mut state = self.0.state();
        if state.renewal.as_ref().is_some_and(|in_flight| in_flight.ptr_eq(&renewal)) {
            state.renewal = None;
            state.kept = outcome.as_ref().ok().cloned();
        }
        outcome.map(|kept| kept.token)
    }
}

impl Iam {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn renew(self: Arc<Self>, refused: Option<(Token, bool)>) -> Result<Kept, AuthError> {
        let refused = refused.as_ref().map(|(token, expired)| RefusedToken { token, expired: *expired });
        // One process asks; the others find its token when they get the lock.
        let _lock = match &self.cache {
            Some(cache) => cache.lock().await,
            None => None,
        };
        if let Some(cache) = &self.cache {
            let unsafe_cache = |error: UnsafeCache| {
                let advice = error.advice().to_owned();
                AuthError::new(AuthStep::TokenCache, error).with_advice(&advice)
            };
            cache.check().map_err(unsafe_cache)?;
        }
        let cached = self.cache.as_ref().and_then(Entry::read);
        if let Some(kept) = cached.as_ref().filter(|kept| kept.is_good(refused)) {
            return Ok(kept.clone());
        }
        if let (Some(cache), Some(refused)) = (&self.cache, refused) {
            cache.remove(refused.token);
        }
        let kept = match self.ask().await {
            Ok(kept) => kept,
            Err(failure) => {
                let held = cached.or_else(|| self.state().kept.clone());
                return held.and_then(|kept| kept.extended(refused)).ok_or(failure);
            }
        };
        if let Some(Err(error)) = self.cache.as_ref().map(|cache| cache.write(&kept)) {
            debug!(%error, "the token cache could not be written");
        }
        Ok(kept)
    }

    async fn ask(&self) -> Result<Kept, AuthError> {
        let call = Call {
            operation: "KeystoneCreateUserTokenByPassword",
            only_reads: true,
            repository: None,
            iam: Some(self.endpoint.as_str()),
            policy: &self.retry,
            authorization: &Authorization::none(),
        };
        let secrets = |secrets: &mut Secrets| secrets.add(&self.password);
        let answer = call.run(secrets, |authorization| self.send(authorization)).await.map_err(AuthError::of_call)?;
        let token = subject_token(answer.headers())?;
        debug!("IAM issued a token");
        Ok(Kept::new(token, life(answer.token.as_ref())))
    }

    async fn send(&self, authorization: Authorization) -> Result<ResponseValue<types::CreateTokenResponse>, CallError> {
        let client = Client::with_http(&self.endpoint, self.http.clone(), authorization);
        let request = client.keystone_create_user_token_by_password().nocatalog("true").body(self.request.clone());
        match request.send().await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(CallError::from_generated(error).await),
        }
    }
}

/// The token in an answer of IAM.
pub(crate) fn subject_token(headers: &HeaderMap) -> Result<Token, AuthError> {
    let header = headers.get("x-subject-token").and_then(|value| value.to_str().ok());
    let text = header.ok_or_else(|| {
        AuthError::new(AuthStep::IamAnswer, "the answer has no header X-Subject-Token, which contains the token")
    })?;
    Token::new(text).map_err(|error| AuthError::new(AuthStep::IamAnswer, error))
}

/// How long IAM says that the token lives. Both times are IAM's, so this machine's clock does not matter.
fn life(details: Option<&types::TokenDetails>) -> Duration {
    let time = |text: &Option<String>| humantime::parse_rfc3339(text.as_ref()?).ok();
    let times = details.and_then(|details| Some((time(&details.issued_at)?, time(&details.expires_at)?)));
    times.map_or(DOCUMENTED_LIFE, |(issued, expires)| expires.duration_since(issued).unwrap_or_default())
}

impl TokenProvider for IamTokens {
    fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
        Box::pin(self.token(refused))
    }
}
