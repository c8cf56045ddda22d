//! `--dry-run` and `--curl`: print requests instead of sending them.

use std::collections::BTreeMap;

use codearts_repo::{RepositoryId, RequestPreview};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::curl;
use crate::arguments::Preview;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::service::Service;
use crate::text::one_line;

/// A request of a dry run, with `***` for secrets.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DryRun {
    /// Repository ID.
    repository_id: RepositoryId,
    /// HTTP method.
    method: String,
    /// Full address.
    url: String,
    /// Headers, with names in lower case.
    headers: BTreeMap<String, String>,
    /// Body.
    body: Value,
}

impl Preview {
    /// Whether to print requests instead of sending them.
    pub(super) const fn is_set(self) -> bool {
        self.dry_run || self.curl
    }

    /// Prints a request in the selected form.
    pub(super) fn print(
        self,
        service: &Service,
        repository: RepositoryId,
        request: RequestPreview,
        json: bool,
    ) -> Result<(), Failure> {
        if self.curl {
            output::line(&curl::line(&request, service)?)
        } else if json {
            output::json(&dry_run(repository, request)?)
        } else {
            lines(&request)
        }
    }
}

fn dry_run(repository_id: RepositoryId, request: RequestPreview) -> Result<DryRun, Failure> {
    let body = body(&request)?;
    let RequestPreview { method, url, headers, .. } = request;
    Ok(DryRun { repository_id, method, url, headers: headers.into_iter().collect(), body })
}

pub(super) fn body(request: &RequestPreview) -> Result<Value, Failure> {
    let bug = |error| Failure::new(Exit::Failed, format!("the body is not JSON: {error}"), "please report a bug");
    serde_json::from_str(&request.body).map_err(bug)
}

/// Prints the request as in HTTP, with an empty line after it.
pub(super) fn lines(request: &RequestPreview) -> Result<(), Failure> {
    output::line(&format!("{} {}", request.method, request.url))?;
    for (name, value) in &request.headers {
        output::line(&format!("{name}: {}", one_line(value)))?;
    }
    output::line("")?;
    if request.body.is_empty() {
        return Ok(());
    }
    output::line(&request.body)?;
    output::line("")
}
