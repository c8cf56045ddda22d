//! The path of every call: send, retry what may be retried, hide secrets in errors, and trace it all.

use std::future::Future;
use std::time::Instant;

use tracing::{Instrument, Span, debug_span, field, info};

use crate::redact::Secrets;
use crate::{Authorization, CallError, RepositoryId, RetryPolicy, attempt};

/// The target of the event before each retry, for programs that show backoffs. It has the fields `backoff_ms` and
/// `error.type`: a status, or a kind of failure.
pub const BACKOFF_EVENT: &str = "codearts_repo_client::backoff";

/// One call, which may take several attempts.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// The vendor's name of the operation.
    pub operation: &'static str,
    /// Whether it changes nothing, and repeating it does no harm.
    pub only_reads: bool,
    pub repository: Option<RepositoryId>,
    /// The address, for a call to IAM.
    pub iam: Option<&'a str>,
    pub policy: &'a RetryPolicy,
    pub authorization: &'a Authorization,
}

impl Call<'_> {
    /// Makes the call. `send` makes one attempt with an authorization; `secrets` are those of the request.
    pub async fn run<T, F>(
        &self,
        secrets: impl Fn(&mut Secrets),
        send: impl Fn(Authorization) -> F,
    ) -> Result<T, CallError>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        let span = debug_span!(
            "codearts_repo.call",
            otel.name = self.operation,
            otel.kind = "internal",
            codearts_repo.operation = self.operation,
            codearts_repo.repository_id = self.repository.map(i64::from),
            "error.type" = field::Empty,
            otel.status_code = field::Empty,
        );
        self.retry(&secrets, &send).instrument(span).await
    }

    async fn retry<T, F>(
        &self,
        secrets: &impl Fn(&mut Secrets),
        send: &impl Fn(Authorization) -> F,
    ) -> Result<T, CallError>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        let authorization = self.authorization.for_call();
        let start = Instant::now();
        let mut attempts = 1;
        loop {
            let error = match send(authorization.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => self.explain(error, &authorization, secrets),
            };
            let Some(backoff) = self.policy.backoff(&error, attempts, start.elapsed(), self.only_reads) else {
                attempt::fail(&Span::current(), &error_type(&error));
                return Err(error);
            };
            let backoff_ms = u64::try_from(backoff.as_millis()).unwrap_or(u64::MAX);
            info!(target: BACKOFF_EVENT, backoff_ms, "error.type" = error_type(&error), "waiting before the next attempt");
            tokio::time::sleep(backoff).await;
            attempts += 1;
        }
    }

    fn explain(&self, error: CallError, authorization: &Authorization, secrets: &impl Fn(&mut Secrets)) -> CallError {
        let mut all = Secrets::default();
        authorization.secrets(&mut all);
        secrets(&mut all);
        let error = error.hide(&all).of_read(self.only_reads);
        match self.iam {
            Some(endpoint) => error.of_iam(endpoint),
            None => error,
        }
    }
}

/// The value of `error.type` in OpenTelemetry's conventions: the status, or else a kind.
fn error_type(error: &CallError) -> String {
    error.status().map_or_else(|| format!("{:?}", error.kind()), |status| status.to_string())
}
