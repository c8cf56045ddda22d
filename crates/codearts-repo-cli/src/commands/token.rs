//! `token`: the IAM tokens kept on disk.

use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::token_cache;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// The output of `token clear --json`.
#[derive(Serialize, JsonSchema)]
pub(super) struct Cleared {
    /// Number of removed tokens.
    removed: usize,
}

pub(crate) fn clear(context: &Context) -> Result<Exit, Failure> {
    let removed = match token_cache() {
        None => 0,
        Some(cache) => cache.clear().map_err(|error| {
            let what = format!("cannot remove the tokens in {}: {error}", cache.folder().display());
            Failure::new(Exit::Failed, what, "remove the folder")
        })?,
    };
    if context.json {
        output::json(&Cleared { removed })?;
    } else {
        output::line(&format!("{removed} token{} removed", if removed == 1 { "" } else { "s" }))?;
    }
    Ok(Exit::Worked)
}
