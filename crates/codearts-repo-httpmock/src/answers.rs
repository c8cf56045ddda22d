//! Answers that the generated mocks have no method for: throttling, delays and sequences.

use std::sync::Mutex;
use std::time::Duration;

use httpmock::{HttpMockRequest, HttpMockResponse, Then};
use serde::Serialize;

use crate::operations;

/// One answer of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    status: u16,
    retry_after: Option<u64>,
    body: String,
}

impl Answer {
    /// An answer with a body of JSON.
    ///
    /// # Panics
    ///
    /// When the value cannot be serialized.
    #[allow(clippy::expect_used, reason = "a mock that cannot be built fails its test")]
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        let body = serde_json::to_string(value).expect("a value that can be serialized");
        Self { status, retry_after: None, body }
    }

    /// 429 with the gateway's code for an exceeded quota, and `Retry-After` in seconds.
    #[must_use]
    pub fn too_many_requests(retry_after: Option<u64>) -> Self {
        let body =
            serde_json::json!({ "error_code": "APIGW.0308", "error_msg": "The throttling threshold is reached." });
        Self { status: 429, retry_after, body: body.to_string() }
    }

    fn response(&self) -> HttpMockResponse {
        let mut response = HttpMockResponse::builder().status(self.status).header("content-type", "application/json");
        if let Some(seconds) = self.retry_after {
            response = response.header("retry-after", seconds.to_string());
        }
        response.body(self.body.as_str()).build()
    }
}

mod sealed {
    /// Prevents implementations of [`ThenExt`](super::ThenExt) in other crates. A new method is then no breaking change.
    pub trait Sealed {}
}
use sealed::Sealed;

/// More answers for the mock of any operation.
pub trait ThenExt: Sealed + Sized {
    /// Answers 429, with `Retry-After` in seconds.
    #[must_use]
    fn too_many_requests(self, retry_after: Option<u64>) -> Self {
        self.sequence([Answer::too_many_requests(retry_after)])
    }

    /// Gives one answer after the other. The last one repeats.
    #[must_use]
    fn sequence(self, answers: impl IntoIterator<Item = Answer>) -> Self;

    /// Waits before the answer.
    #[must_use]
    fn delay(self, delay: Duration) -> Self;
}

impl Sealed for Then {}

impl ThenExt for Then {
    fn sequence(self, answers: impl IntoIterator<Item = Answer>) -> Self {
        let mut answers: Vec<Answer> = answers.into_iter().collect();
        answers.reverse();
        let answers = Mutex::new(answers);
        self.respond_with(move |_: &HttpMockRequest| {
            let mut answers = answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let next = if answers.len() > 1 { answers.pop() } else { answers.last().cloned() };
            next.unwrap_or_else(|| Answer::json(501, &"the sequence has no answers")).response()
        })
    }

    fn delay(self, delay: Duration) -> Self {
        Self::delay(self, delay)
    }
}

macro_rules! then_ext {
    ($($name:ident)*) => { $(
        impl Sealed for operations::$name {}

        impl ThenExt for operations::$name {
            fn sequence(self, answers: impl IntoIterator<Item = Answer>) -> Self {
                Self::new(self.into_inner().sequence(answers))
            }

            fn delay(self, delay: Duration) -> Self {
                Self::new(self.into_inner().delay(delay))
            }
        }
    )* };
}

then_ext! {
    AssociateRemoteMirrorThen
    AssumeAgencyThen
    AssumeAgencyWithOidcThen
    CreateTemporaryAccessKeyByTokenThen
    CreateTokenWithIdTokenThen
    GetCallerIdentityThen
    KeystoneCreateUserTokenByPasswordThen
    ListBranchesThen
    ListCurrentUserRepositoriesThen
    ListProjectRepositoriesThen
    ListTagsThen
    ShowBranchThen
    ShowRemoteMirrorThen
    ShowRepositoryThen
    StartRemoteMirrorSynchronizationThen
    UpdateRepositoryRemoteMirrorThen
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_operation_has_these_answers() {
        let here = include_str!("answers.rs");
        for line in include_str!("generated.rs").lines() {
            let Some(name) = line.trim().strip_prefix("pub struct ").and_then(|rest| rest.split("Then(").next()) else {
                continue;
            };
            if line.contains("Then(") {
                assert!(here.contains(&format!("    {name}Then\n")), "add {name}Then to then_ext! in answers.rs");
            }
        }
    }
}
