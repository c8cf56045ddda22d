//! `sync --dry-run`: the requests that would be sent.

use std::collections::BTreeMap;

use codearts_repo::{Client, RepositoryId, RequestPreview};
use codearts_repo_sync::SyncRequest;
use futures_util::stream::{Stream, StreamExt};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::text::one_line;

/// A request that would be sent, with `***` in place of secrets.
#[derive(Debug, Serialize, JsonSchema)]
struct Planned {
    /// Number of the repository.
    repository_id: RepositoryId,
    /// The method.
    method: String,
    /// The whole address.
    url: String,
    /// The headers by their names in lower case.
    headers: BTreeMap<String, String>,
    /// The body.
    body: Value,
}

/// Tells each request, as the code that sends it makes it.
pub(super) async fn tell(
    client: &Client,
    mut repositories: impl Stream<Item = SyncRequest> + Unpin,
    json: bool,
) -> Result<(), Failure> {
    while let Some(SyncRequest { repository, options, .. }) = repositories.next().await {
        let request = client.start_sync(repository).options(options).preview().await?;
        if json { output::json(&planned(repository, request)?)? } else { lines(&request)? }
    }
    Ok(())
}

fn planned(repository_id: RepositoryId, request: RequestPreview) -> Result<Planned, Failure> {
    let broken = |error: serde_json::Error| Failure::new(Exit::Failed, format!("the body is no JSON: {error}"));
    let body = serde_json::from_str(&request.body).map_err(broken)?;
    let RequestPreview { method, url, headers, .. } = request;
    Ok(Planned { repository_id, method, url, headers: headers.into_iter().collect(), body })
}

/// The request as it is written in HTTP, and an empty line after it.
fn lines(request: &RequestPreview) -> Result<(), Failure> {
    output::line(&format!("{} {}", request.method, request.url))?;
    for (name, value) in &request.headers {
        output::line(&format!("{name}: {}", one_line(value)))?;
    }
    output::line("")?;
    output::line(&request.body)?;
    output::line("")
}
