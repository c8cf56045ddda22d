//! `schema`: the JSON Schema of each command's `--json` output. Sends nothing.

use std::collections::BTreeMap;

use codearts_repo::Repository;
use schemars::{JsonSchema, Schema, schema_for};

use super::{api, auth, config, mirror, preview, regions, status, token, verify};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::record::Record;

fn of<T: JsonSchema>() -> Schema {
    schema_for!(T)
}

type Described = (&'static str, fn() -> Schema);

/// The commands, and the schema of each line that they print.
const ALL: &[Described] = &[
    ("sync", of::<Record>),
    ("api dry-run", of::<api::DryRun>),
    ("dry-run", of::<preview::DryRun>),
    ("wait", of::<Record>),
    ("verify", of::<verify::Verified>),
    ("verify dry-run", of::<verify::Cost>),
    ("list", of::<Repository>),
    ("status", of::<mirror::Shown>),
    ("status list", of::<status::Row>),
    ("mirror show", of::<mirror::Shown>),
    ("mirror set", of::<mirror::Shown>),
    ("mirror associate", of::<mirror::Shown>),
    ("auth show", of::<auth::Report>),
    ("token clear", of::<token::Cleared>),
    ("config show", of::<config::Row>),
    ("config path", of::<config::FilePath>),
    ("regions", of::<regions::Row>),
    #[cfg(feature = "emulator")]
    ("emulator", of::<super::emulator::Ready<'_>>),
];

pub(super) fn run(command: &[String]) -> Result<Exit, Failure> {
    let name = command.join(" ");
    if name.is_empty() {
        let all: BTreeMap<&str, Schema> = ALL.iter().map(|(name, schema)| (*name, schema())).collect();
        write(&all)?;
        return Ok(Exit::Worked);
    }
    match ALL.iter().find(|(known, _)| *known == name) {
        Some((_, schema)) => write(&schema())?,
        None => {
            let known: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
            let failure = Failure::usage("this command has no schema", format!("use one of {}", known.join(", ")));
            return Err(failure.at("[COMMAND]..."));
        }
    }
    Ok(Exit::Worked)
}

fn write(value: &impl serde::Serialize) -> Result<(), Failure> {
    let bug =
        |error| Failure::new(Exit::Failed, format!("failed to serialize the schema: {error}"), "please report a bug");
    output::line(&serde_json::to_string_pretty(value).map_err(bug)?)
}
