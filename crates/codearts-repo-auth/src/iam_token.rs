//! Tokens from IAM: asked for once, kept, and renewed by one task while the others wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use codearts_repo_client::internal::Secrets;
use codearts_repo_client::{
    AuthError, AuthStep, Authorization, CallError as Error, Client as Generated, ConfigError, Endpoint, RefusedToken,
    Region, Token, TokenFuture, TokenProvider, types,
};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tracing::debug;

use super::iam::IamPassword;
use super::token_cache::Entry;

/// How long a token lives when IAM's answer does not say (vendor's documentation).
const DOCUMENTED_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// How long before its end a token is renewed; a tenth of its life when that is shorter.
const MARGIN: Duration = Duration::from_secs(5 * 60);
/// When a renewal that failed within the margin is tried again.
const AGAIN: Duration = Duration::from_secs(10);

/// The tokens of one IAM user. Clones share them.
#[derive(Clone)]
pub(crate) struct IamTokens(Arc<Iam>);

struct Iam {
    endpoint: Endpoint,
    http: reqwest::Client,
    request: types::CreateTokenRequest,
    cache: Option<Entry>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// The one renewal that is under way. Whoever needs a token waits for it and drives it, so that it goes on when
    /// the caller that began it gives up, and its failure is one for all.
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
    /// A token that lives this long from now on, by the clock that no one sets.
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
        let renew_at = self.expires_at.min(now + AGAIN);
        (now < self.expires_at && !self.is_refused(refused)).then_some(Self { renew_at, ..self })
    }
}

impl IamTokens {
    pub(crate) fn new(
        user: &IamPassword,
        region: Option<Region>,
        endpoint: Endpoint,
        http: reqwest::Client,
    ) -> Result<Self, ConfigError> {
        let scope = user.scope(region)?;
        let cache = user.cache.as_ref().map(|cache| cache.entry(&user.identity(&endpoint, region, &scope)));
        let request = user.request(scope);
        Ok(Self(Arc::new(Iam { endpoint, http, request, cache, state: Mutex::default() })))
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
        if state.renewal.as_ref().is_some_and(|under_way| under_way.ptr_eq(&renewal)) {
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
            cache.check().map_err(|error| AuthError::new(AuthStep::TokenCache, error))?;
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
        let client = Generated::with_http(self.endpoint.as_str(), self.http.clone(), Authorization::none());
        let call = client.keystone_create_user_token_by_password().nocatalog("true").body(self.request.clone());
        let answer = match call.send().await {
            Ok(answer) => answer,
            Err(error) => {
                let error = Error::from_generated(error).await;
                let mut secrets = Secrets::default();
                secrets.add(self.request.auth.identity.password.user.password.expose());
                return Err(failed(error.hide(&secrets)));
            }
        };
        let header = answer.headers().get("x-subject-token").and_then(|value| value.to_str().ok());
        let text = header.ok_or_else(|| {
            AuthError::new(AuthStep::IamAnswer, "the answer has no header X-Subject-Token, which holds the token")
        })?;
        let token = Token::new(text).map_err(|error| AuthError::new(AuthStep::IamAnswer, error))?;
        Ok(Kept::new(token, life(answer.token.as_ref())))
    }
}

/// How long IAM says that the token lives. Both times are IAM's, so that this machine's clock has no say.
fn life(details: Option<&types::TokenDetails>) -> Duration {
    let time = |text: &Option<String>| humantime::parse_rfc3339(text.as_ref()?).ok();
    let times = details.and_then(|details| Some((time(&details.issued_at)?, time(&details.expires_at)?)));
    times.map_or(DOCUMENTED_LIFE, |(issued, expires)| expires.duration_since(issued).unwrap_or_default())
}

fn failed(error: Error) -> AuthError {
    let step = match &error {
        Error::Refused(refusal) if matches!(refusal.status, 400 | 401 | 403 | 404) => AuthStep::IamRefused,
        Error::Refused(refusal) if matches!(refusal.status, 300..=399) => AuthStep::IamAnswer,
        Error::Refused(_) => AuthStep::IamUnavailable,
        Error::UnexpectedAnswer { .. } => AuthStep::IamAnswer,
        _ => AuthStep::IamConnection,
    };
    AuthError::new(step, error)
}

impl TokenProvider for IamTokens {
    fn token<'a>(&'a self, refused: Option<RefusedToken<'a>>) -> TokenFuture<'a> {
        Box::pin(self.token(refused))
    }
}
