//! The calls of a client, over the generated one.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use codearts_repo_client::internal::{Call, Secrets};
use codearts_repo_client::{
    Authorization, CallError as Error, Client as Generated, Error as GeneratedError, ErrorBody, RepositoryId,
    ResponseValue,
};

use crate::client::Client;
use crate::preview::RequestPreview;

/// An operation of the contract.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    /// Its name, the vendor's own.
    pub(crate) name: &'static str,
    /// Whether it changes nothing, and can be repeated without harm.
    pub(crate) only_reads: bool,
}

/// The future of a request.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// The future of a generated operation. It is large; the box keeps the futures around it small.
pub(crate) type Sending<'a, T> =
    Pin<Box<dyn Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>> + Send + 'a>>;

impl Client {
    /// Makes one call. `send` is called with a generated client for each attempt.
    pub(crate) async fn call<T>(
        &self,
        operation: Operation,
        repository: Option<RepositoryId>,
        send: impl for<'a> Fn(&'a Generated) -> Sending<'a, T>,
    ) -> Result<ResponseValue<T>, Error> {
        self.call_checked(operation, repository, send, |_| None).await
    }

    /// The same, for an answer that may be wrong even if it matches the contract: `problem` says how.
    pub(crate) async fn call_checked<T>(
        &self,
        operation: Operation,
        repository: Option<RepositoryId>,
        send: impl for<'a> Fn(&'a Generated) -> Sending<'a, T>,
        problem: impl Fn(&T) -> Option<&'static str>,
    ) -> Result<ResponseValue<T>, Error> {
        self.call_with_secrets(operation, repository, |_| {}, send, problem).await
    }

    /// The same, for a request with secrets that the answer may repeat.
    pub(crate) async fn call_with_secrets<T>(
        &self,
        operation: Operation,
        repository: Option<RepositoryId>,
        secrets: impl Fn(&mut Secrets),
        send: impl for<'a> Fn(&'a Generated) -> Sending<'a, T>,
        problem: impl Fn(&T) -> Option<&'static str>,
    ) -> Result<ResponseValue<T>, Error> {
        let (send, problem) = (&send, &problem);
        let attempt = |authorization: Authorization| {
            let client = self.generated(authorization);
            async move {
                match send(&client).await {
                    Ok(answer) => {
                        self.clock().observe(answer.headers());
                        match problem(&answer) {
                            None => Ok(answer),
                            Some(problem) => Err(Error::unexpected(problem, answer.status(), answer.headers())),
                        }
                    }
                    Err(error) => Err(Box::pin(Error::from_generated(error)).await),
                }
            }
        };
        self.run(operation, repository, secrets, attempt).await
    }

    pub(crate) async fn run<T, F>(
        &self,
        operation: Operation,
        repository: Option<RepositoryId>,
        secrets: impl Fn(&mut Secrets),
        attempt: impl Fn(Authorization) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let call = Call {
            operation: operation.name,
            only_reads: operation.only_reads,
            repository,
            iam: None,
            policy: self.retry_policy(),
            authorization: &self.auth().clone().into(),
        };
        call.run(secrets, attempt).await
    }

    /// Makes a call up to the point at which it would be sent.
    pub(crate) async fn preview<T>(
        &self,
        send: impl for<'a> FnOnce(&'a Generated) -> Sending<'a, T>,
    ) -> Result<RequestPreview, Error> {
        let request = Arc::default();
        let authorization = Authorization::preview(self.auth().clone(), Arc::clone(&request));
        let result = send(&self.generated(authorization)).await;
        if let Some(request) = request.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
            return Ok(RequestPreview::of(&request));
        }
        match result {
            Ok(_) => Err(Error::not_sent("the request was answered without being sent")),
            Err(error) => Err(Error::from_generated(error).await),
        }
    }
}
