//! `regions`: the regions and their addresses, from the contract. Sends nothing.

use codearts_repo::Region;
use schemars::JsonSchema;
use serde::Serialize;

use crate::columns::Columns;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// A region.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Row {
    /// ID of the region.
    region: &'static str,
    /// Address of CodeArts Repo.
    endpoint: &'static str,
    /// Address of IAM.
    iam_endpoint: &'static str,
}

pub(crate) fn run(context: &Context) -> Result<Exit, Failure> {
    let row = |region: &Region| Row {
        region: region.id(),
        endpoint: region.repo_endpoint(),
        iam_endpoint: region.iam_endpoint(),
    };
    let rows = Region::ALL.iter().map(row);
    if context.json {
        rows.into_iter().try_for_each(|row| output::json(&row))?;
    } else {
        let cells = rows.map(|row| [row.region, row.endpoint, row.iam_endpoint].map(str::to_owned));
        Columns::new().lines(&cells.collect::<Vec<_>>()).iter().try_for_each(|line| output::line(line))?;
    }
    Ok(Exit::Worked)
}
