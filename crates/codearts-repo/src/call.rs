//! The path of every call: authorise, send through the generated client, translate what went wrong, repeat what may be
//! repeated, tell the log.

use std::future::Future;
use std::time::{Duration, Instant};

use codearts_repo_client::{Client as Generated, Error as GeneratedError, ErrorBody, RepositoryId, ResponseValue};
use tracing::{Instrument, debug, debug_span, field};

use crate::client::Client;
use crate::error::Error;

/// A call as it stands in the log, and as retries see it.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    /// The vendor's name of it.
    pub(crate) name: &'static str,
    /// Whether it changes nothing, so that making it twice does no harm.
    pub(crate) only_reads: bool,
}

impl Client {
    /// Makes one call. `send` is given a generated client that authorises what goes through it.
    pub(crate) async fn call<T, F>(
        &self,
        operation: Operation,
        repository: Option<RepositoryId>,
        send: impl Fn(Generated) -> F,
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
        self.repeat(operation, &send).instrument(span).await
    }

    async fn repeat<T, F>(
        &self,
        operation: Operation,
        send: &impl Fn(Generated) -> F,
    ) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        let begun = Instant::now();
        let mut attempt = 1;
        loop {
            let answer = self.attempt(send).await;
            let elapsed = begun.elapsed();
            tell(attempt, elapsed, &answer);
            let pause = match &answer {
                Ok(_) => None,
                Err(error) => self.retry_policy().pause(error, attempt, elapsed, operation.only_reads),
            };
            let Some(pause) = pause else { return answer };
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    /// Authorises and sends; once more, with another token, when the service says that the token has expired.
    async fn attempt<T, F>(&self, send: &impl Fn(Generated) -> F) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        let (authorization, token) = self.auth().authorization(None).await?;
        let refused = match send(self.generated(authorization)).await {
            Ok(answer) => return Ok(answer),
            Err(error) => Error::from_generated(error).await,
        };
        let Some(token) = token.filter(|_| refused.is_token_expired()) else { return Err(refused) };
        let (authorization, renewed) = self.auth().authorization(Some(&token)).await?;
        if renewed == Some(token) {
            return Err(refused);
        }
        debug!("the token has expired; going on with a renewed one");
        match send(self.generated(authorization)).await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(Error::from_generated(error).await),
        }
    }
}

fn tell<T>(attempt: u32, elapsed: Duration, answer: &Result<ResponseValue<T>, Error>) {
    let span = tracing::Span::current();
    span.record("attempt", attempt);
    match answer {
        Ok(answer) => span.record("status", answer.status().as_u16()),
        Err(error) => span.record("status", error.status()).record("request_id", error.request_id()),
    };
    debug!(?elapsed, ok = answer.is_ok(), "call ended");
}
