//! `token`: the tokens of IAM users that are kept on disk.

use schemars::JsonSchema;
use serde::Serialize;

use crate::arguments::Global;
use crate::caller::token_cache;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// What `token clear --json` writes.
#[derive(Serialize, JsonSchema)]
struct Cleared {
    /// How many tokens were removed.
    removed: usize,
}

pub(crate) fn clear(global: &Global) -> Result<Exit, Failure> {
    let removed = match token_cache() {
        None => 0,
        Some(cache) => cache.clear().map_err(|error| {
            Failure::new(Exit::Failed, format!("{} cannot be cleared: {error}", cache.folder().display()))
        })?,
    };
    if global.json {
        output::json(&Cleared { removed })?;
    } else {
        output::line(&format!("{removed} token{} removed", if removed == 1 { "" } else { "s" }))?;
    }
    Ok(Exit::Worked)
}
