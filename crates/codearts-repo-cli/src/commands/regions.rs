//! `regions`: the regions and their addresses, from the contract. Nothing is sent.

use codearts_repo::Region;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// One region.
#[derive(Debug, Serialize, JsonSchema)]
struct Row {
    /// Id of the region.
    region: &'static str,
    /// Address of CodeArts Repo.
    endpoint: &'static str,
    /// Address of IAM.
    iam_endpoint: &'static str,
}

pub(crate) fn run(json: bool) -> Result<Exit, Failure> {
    let width = Region::ALL.iter().map(|region| region.id().len()).max().unwrap_or_default();
    let endpoint_width = Region::ALL.iter().map(|region| region.repo_endpoint().len()).max().unwrap_or_default();
    for region in Region::ALL {
        let (region, endpoint, iam_endpoint) = (region.id(), region.repo_endpoint(), region.iam_endpoint());
        if json {
            output::json(&Row { region, endpoint, iam_endpoint })?;
        } else {
            output::line(&format!("{region:width$}  {endpoint:endpoint_width$}  {iam_endpoint}"))?;
        }
    }
    Ok(Exit::Worked)
}
