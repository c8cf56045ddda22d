//! The path of every call: authorise, send through the generated client, translate what went wrong, repeat what may be
//! repeated, tell the log.

use std::future::Future;
use std::time::Instant;

use codearts_repo_client::internal::{Grant, Secrets};
use codearts_repo_client::{
    CallError as Error, Client as Generated, Error as GeneratedError, ErrorBody, RefusedToken, RepositoryId,
    ResponseValue,
};
use tracing::{Instrument, debug, debug_span, field};

use crate::client::Client;
use crate::start_sync::SyncOptions;

/// A call as it stands in the log, and as retries see it.
#[derive(Clone, Copy)]
pub(crate) struct Operation<'a> {
    /// The vendor's name of it.
    pub(crate) name: &'static str,
    /// Whether it changes nothing, so that making it twice does no harm.
    pub(crate) only_reads: bool,
    /// The options that were sent, where they may hold secrets.
    pub(crate) options: Option<&'a SyncOptions>,
}

impl Client {
    /// Makes one call. `send` is given a generated client that authorises what goes through it.
    pub(crate) async fn call<T, F>(
        &self,
        operation: Operation<'_>,
        repository: Option<RepositoryId>,
        send: impl Fn(Generated) -> F,
    ) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        self.call_checked(operation, repository, send, |_| None).await
    }

    /// The same, for an answer that may be wrong although it is what the contract says: `problem` says how.
    pub(crate) async fn call_checked<T, F>(
        &self,
        operation: Operation<'_>,
        repository: Option<RepositoryId>,
        send: impl Fn(Generated) -> F,
        problem: impl Fn(&T) -> Option<&'static str>,
    ) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        let span = debug_span!(
            "codearts_repo",
            operation = operation.name,
            repository_id = repository.map(RepositoryId::get),
            attempt = field::Empty,
            status = field::Empty,
            request_id = field::Empty
        );
        self.repeat(operation, &send, &problem).instrument(span).await
    }

    async fn repeat<T, F>(
        &self,
        operation: Operation<'_>,
        send: &impl Fn(Generated) -> F,
        problem: &impl Fn(&T) -> Option<&'static str>,
    ) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        let begun = Instant::now();
        let mut attempt = 1;
        let mut renewed = false;
        loop {
            let answer = self.attempt(&operation, &mut renewed, send, problem).await;
            tell(attempt, begun, &answer);
            let pause = match &answer {
                Ok(_) => None,
                Err(error) => self.retry_policy().pause(error, attempt, begun.elapsed(), operation.only_reads),
            };
            let Some(pause) = pause else { return answer };
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    /// Authorizes and sends. Once in a whole call it sends again, with another token, if the service refused the first
    /// one.
    async fn attempt<T, F>(
        &self,
        operation: &Operation<'_>,
        renewed: &mut bool,
        send: &impl Fn(Generated) -> F,
        problem: &impl Fn(&T) -> Option<&'static str>,
    ) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        let grant = self.auth().grant(None).await?;
        let refused = match self.send(operation, &grant, send, problem).await {
            Err(error) if error.status() == Some(401) && !*renewed => error,
            answer => return answer,
        };
        let Some(token) = &grant.renewable else { return Err(refused) };
        let expired = refused.is_token_expired();
        let fresh = self.auth().grant(Some(RefusedToken { token, expired })).await?;
        if fresh.renewable.as_ref() == Some(token) {
            return Err(refused);
        }
        *renewed = true;
        debug!("the service refused the token; continuing with another one");
        self.send(operation, &fresh, send, problem).await
    }

    async fn send<T, F>(
        &self,
        operation: &Operation<'_>,
        grant: &Grant,
        send: &impl Fn(Generated) -> F,
        problem: &impl Fn(&T) -> Option<&'static str>,
    ) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        let error = match send(self.generated(grant.authorization.clone())).await {
            Ok(answer) => match problem(&answer) {
                None => return Ok(answer),
                Some(problem) => Error::unexpected(problem, answer.status(), answer.headers()),
            },
            Err(error) => Error::from_generated(error).await,
        };
        let mut secrets = Secrets::default();
        grant.authorization.secrets(&mut secrets);
        if let Some(options) = operation.options {
            options.secrets(&mut secrets);
        }
        Err(error.hide(&secrets))
    }
}

fn tell<T>(attempt: u32, begun: Instant, answer: &Result<ResponseValue<T>, Error>) {
    let span = tracing::Span::current();
    span.record("attempt", attempt);
    match answer {
        Ok(answer) => span.record("status", answer.status().as_u16()),
        Err(error) => span.record("status", error.status()).record("request_id", error.request_id()),
    };
    debug!(elapsed = ?begun.elapsed(), ok = answer.is_ok(), "call ended");
}
