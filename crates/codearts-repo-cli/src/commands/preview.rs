//! `--dry-run` and `--curl`: the request in place of sending it.

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

/// A request that would be sent, with `***` in place of secrets.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Planned {
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

impl Preview {
    /// Whether nothing is to be sent.
    pub(super) const fn is_asked_for(self) -> bool {
        self.dry_run || self.curl
    }

    /// Tells a request in the form that is asked for.
    pub(super) fn tell(
        self,
        service: &Service,
        repository: RepositoryId,
        request: RequestPreview,
        json: bool,
    ) -> Result<(), Failure> {
        if self.curl {
            output::line(&curl::line(&request, service)?)
        } else if json {
            output::json(&planned(repository, request)?)
        } else {
            lines(&request)
        }
    }
}

fn planned(repository_id: RepositoryId, request: RequestPreview) -> Result<Planned, Failure> {
    let body = body(&request)?;
    let RequestPreview { method, url, headers, .. } = request;
    Ok(Planned { repository_id, method, url, headers: headers.into_iter().collect(), body })
}

pub(super) fn body(request: &RequestPreview) -> Result<Value, Failure> {
    let broken = |error| Failure::new(Exit::Failed, format!("the body is no JSON: {error}"), "report this as a fault");
    serde_json::from_str(&request.body).map_err(broken)
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
