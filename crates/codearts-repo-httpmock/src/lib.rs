//! Typed mocks of the operations of CodeArts Repo, for unit tests of code that calls it.
//!
//! They are generated from the same `openapi.yaml` as the client, on top of the crate `httpmock`: the compiler checks the
//! form of requests and answers. For tests that need a service that really mirrors, use `codearts-repo-emulator`.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use codearts_repo::{Client, RepositoryId, RetryPolicy, Token};
//! use codearts_repo_client::{ErrorBody, types};
//! use codearts_repo_httpmock::httpmock::MockServer;
//! use codearts_repo_httpmock::{MockServerExt, refuse_the_rest};
//!
//! let server = MockServer::start_async().await;
//! let mut answer = types::RemoteMirrorSyncResponse::default();
//! answer.jid = Some("task-1".to_owned());
//! let accepted = server.start_remote_mirror_synchronization(|when, then| {
//!     when.repository_id(&RepositoryId::try_from(123).expect("in range"));
//!     then.ok(&answer);
//! });
//! let forbidden = server.show_remote_mirror(|when, then| {
//!     when.repository_id(&RepositoryId::try_from(124).expect("in range"));
//!     then.forbidden(&ErrorBody::new("CH.004403", "Insufficient permissions."));
//! });
//! let rest = refuse_the_rest(&server);
//!
//! let client = Client::builder()
//!     .endpoint(server.base_url().parse()?)
//!     .auth(Token::new("MIIExample")?)
//!     .retry(RetryPolicy::none())
//!     .build()?;
//! let job = client.start_sync(RepositoryId::try_from(123)?).send().await?;
//! assert_eq!(job.id, "task-1");
//! let error = client.show_mirror(RepositoryId::try_from(124)?).await.expect_err("forbidden");
//! assert_eq!(error.code(), Some("CH.004403"));
//!
//! accepted.assert();
//! forbidden.assert();
//! rest.assert_calls(0);
//! # Ok(())
//! # }
//! ```
//!
//! # Two traps
//!
//! - **A request that no mock matches** is answered 404 by `httpmock`, which looks like the documented answer for a
//!   repository that does not exist. Call [`refuse_the_rest`] after the last mock: such a request is then answered
//!   501 with the code [`UNMATCHED`], which no code under test mistakes for an answer of the service.
//! - **A mock that is never called** does not fail a test. Call `assert()` on each mock.
//!
//! [`ThenExt`] adds throttling, delays and sequences of answers. Other statuses that the contract does not name are set
//! with `then.into_inner().status(409)`. An error of IAM is written in the form of CodeArts Repo, which the client also
//! reads.

use httpmock::{Mock, MockServer};

mod answers;

#[allow(missing_docs, missing_debug_implementations, clippy::all, clippy::unwrap_used, reason = "generated")]
#[rustfmt::skip]
mod generated;

pub use answers::{Answer, ThenExt};
pub use generated::{MockServerExt, operations};
/// The crate that the mocks are built on.
pub use httpmock;

/// The `error_code` of the answer to a request that no mock matches, see [`refuse_the_rest`].
pub const UNMATCHED: &str = "MOCK.UNMATCHED";

/// Answers 501 with the code [`UNMATCHED`] to every request that no mock matches. Call it after the last mock,
/// because the first one that matches answers. `assert_calls(0)` on the returned mock checks that there were none.
pub fn refuse_the_rest(server: &MockServer) -> Mock<'_> {
    server.mock(|when, then| {
        when.any_request();
        then.status(501).json_body(serde_json::json!({
            "error_code": UNMATCHED,
            "error_msg": "no mock of this test matches the request; compare its path, query and body with the mocks",
        }));
    })
}
