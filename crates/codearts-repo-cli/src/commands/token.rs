//! `token`: the tokens of IAM users that are kept on disk.

use schemars::JsonSchema;
use serde::Serialize;

use crate::caller::token_cache;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// What `token clear --json` writes.
#[derive(Serialize, JsonSchema)]
pub(super) struct Cleared {
    /// How many tokens were removed.
    removed: usize,
}

pub(crate) fn clear(context: &Context) -> Result<Exit, Failure> {
    let removed = match token_cache() {
        None => 0,
        Some(cache) => cache.clear().map_err(|error| {
            let what = format!("{} cannot be cleared: {error}", cache.folder().display());
            Failure::new(Exit::Failed, what, "remove the folder by hand")
        })?,
    };
    if context.json {
        output::json(&Cleared { removed })?;
    } else {
        output::line(&format!("{removed} token{} removed", if removed == 1 { "" } else { "s" }))?;
    }
    Ok(Exit::Worked)
}
