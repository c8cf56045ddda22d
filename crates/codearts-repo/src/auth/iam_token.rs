//! Tokens from IAM: asked for once, kept, and renewed by one task while the others wait.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use codearts_repo_client::{Authorization, Client as Generated, Region, types};
use jiff::Timestamp;
use tokio::sync::Mutex;
use tracing::debug;

use super::iam::IamPassword;
use super::provider::{AuthError, AuthStep, TokenFuture, TokenProvider};
use super::token::Token;
use super::token_cache::Entry;
use crate::client::ConfigError;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::redact::Secrets;

/// How long a token lives when IAM's answer does not say (vendor's documentation).
const DOCUMENTED_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// How long before its end a token is renewed; a tenth of its life when that is shorter.
const MARGIN: Duration = Duration::from_secs(5 * 60);

pub(crate) struct IamTokens {
    client: Generated,
    request: types::CreateTokenRequest,
    cache: Option<Entry>,
    state: Mutex<State>,
    /// How many requests to IAM have ended: who waited through one takes its failure for an answer.
    rounds: AtomicU64,
}

#[derive(Default)]
struct State {
    token: Option<Kept>,
    failure: Option<AuthError>,
}

#[derive(Clone)]
pub(super) struct Kept {
    pub(super) token: Token,
    pub(super) renew_at: Instant,
    pub(super) expires: SystemTime,
}

impl Kept {
    /// A token that lives this long from now on, by the clock that no one sets.
    pub(super) fn new(token: Token, life: Duration) -> Self {
        let margin = MARGIN.min(life / 10);
        Self { token, renew_at: Instant::now() + (life - margin), expires: SystemTime::now() + life }
    }
}

impl IamTokens {
    pub(crate) fn new(
        user: &IamPassword,
        region: Option<Region>,
        endpoint: &Endpoint,
        http: reqwest::Client,
    ) -> Result<Self, ConfigError> {
        let scope = user.scope(region)?;
        let cache = user.cache.as_ref().map(|cache| cache.entry(&user.identity(endpoint, &scope)));
        Ok(Self {
            client: Generated::new_with_client(endpoint.as_str(), http, Authorization::none()),
            request: user.request(scope),
            cache,
            state: Mutex::default(),
            rounds: AtomicU64::new(0),
        })
    }

    async fn token(&self, refused: Option<&Token>) -> Result<Token, AuthError> {
        let seen = self.rounds.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(kept) = &state.token
            && Instant::now() < kept.renew_at
            && refused != Some(&kept.token)
        {
            return Ok(kept.token.clone());
        }
        if self.rounds.load(Ordering::Acquire) != seen
            && let Some(failure) = &state.failure
        {
            return Err(failure.clone());
        }
        let answer = self.renew(refused).await;
        match answer {
            Ok(kept) => {
                *state = State { token: Some(kept.clone()), failure: None };
                self.rounds.fetch_add(1, Ordering::Release);
                Ok(kept.token)
            }
            Err(failure) => {
                state.failure = Some(failure.clone());
                self.rounds.fetch_add(1, Ordering::Release);
                Err(failure)
            }
        }
    }

    async fn renew(&self, refused: Option<&Token>) -> Result<Kept, AuthError> {
        let Some(cache) = &self.cache else { return self.ask().await };
        // One process asks; the others find its token when the lock is theirs.
        let _lock = cache.lock().await;
        if let Some(kept) = cache.read()
            && Instant::now() < kept.renew_at
            && refused != Some(&kept.token)
        {
            return Ok(kept);
        }
        let kept = self.ask().await?;
        if let Err(error) = cache.write(&kept) {
            debug!(%error, "the token cache could not be written");
        }
        Ok(kept)
    }

    async fn ask(&self) -> Result<Kept, AuthError> {
        let answer = match self.client.keystone_create_user_token_by_password(Some("true"), &self.request).await {
            Ok(answer) => answer,
            Err(error) => {
                let mut secrets = Secrets::default();
                secrets.add(self.request.auth.identity.password.user.password.expose());
                return Err(failed(Error::from_generated(error).await.hide(&secrets)));
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
    let time = |text: &Option<String>| text.as_ref()?.parse::<Timestamp>().ok();
    let times = details.and_then(|details| Some((time(&details.issued_at)?, time(&details.expires_at)?)));
    times.map_or(DOCUMENTED_LIFE, |(issued, expires)| Duration::try_from(expires - issued).unwrap_or_default())
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
    fn token<'a>(&'a self, refused: Option<&'a Token>) -> TokenFuture<'a> {
        Box::pin(self.token(refused))
    }
}
