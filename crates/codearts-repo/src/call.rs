//! The path of every call: authorise, send through the generated client, translate what went wrong, tell the log.

use std::future::Future;
use std::time::Instant;

use codearts_repo_client::{Client as Generated, Error as GeneratedError, ErrorBody, RepositoryId, ResponseValue};
use tracing::{Instrument, debug, debug_span, field};

use crate::client::Client;
use crate::error::Error;

impl Client {
    /// Makes one call. `send` is given a generated client that authorises what goes through it.
    pub(crate) async fn call<T, F>(
        &self,
        operation: &'static str,
        repository: Option<RepositoryId>,
        send: impl Fn(Generated) -> F,
    ) -> Result<ResponseValue<T>, Error>
    where
        F: Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>,
    {
        let repository_id = repository.map(RepositoryId::get);
        let span =
            debug_span!("codearts_repo", operation, repository_id, status = field::Empty, request_id = field::Empty);
        async {
            let begun = Instant::now();
            let answer = self.attempt(&send).await;
            let status = match &answer {
                Ok(answer) => Some(answer.status().as_u16()),
                Err(error) => error.status(),
            };
            let span = tracing::Span::current();
            span.record("status", status);
            if let Err(error) = &answer {
                span.record("request_id", error.request_id());
            }
            debug!(elapsed_ms = begun.elapsed().as_millis() as u64, ok = answer.is_ok(), "call ended");
            answer
        }
        .instrument(span)
        .await
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
