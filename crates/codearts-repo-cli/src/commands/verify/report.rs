//! `--report`: what the service said with each verdict, without names and addresses. It settles what words mean.

use std::collections::BTreeMap;
use std::path::Path;

use codearts_repo_verify::Observed;
use schemars::JsonSchema;
use serde::Serialize;

use super::result::{Verified, Word};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::replaced_file::ReplacedFile;

/// What the file will contain.
#[derive(Debug)]
pub(super) struct Report {
    file: ReplacedFile,
    counts: BTreeMap<(Observed, Word), u64>,
}

/// The contents of the file.
#[derive(Debug, Serialize, JsonSchema)]
struct Contents {
    /// Version of this form.
    version: u32,
    /// What was observed.
    observations: Vec<Observation>,
}

/// What the service said of so many mirrors with the same verdict.
#[derive(Debug, Serialize, JsonSchema)]
struct Observation {
    #[serde(flatten)]
    observed: Observed,
    /// The verdict of the comparison.
    verdict: Word,
    /// Number of mirrors.
    mirrors: u64,
}

impl Report {
    pub(super) fn create(path: &Path) -> Result<Self, Failure> {
        let file = ReplacedFile::create(path, "--report", "the report")?;
        Ok(Self { file, counts: BTreeMap::new() })
    }

    pub(super) fn add(&mut self, result: &Verified) {
        if let Some(observed) = &result.comparison.observed {
            *self.counts.entry((observed.clone(), result.comparison.verdict)).or_default() += 1;
        }
    }

    pub(super) fn write(self) -> Result<(), Failure> {
        let observation = |((observed, verdict), mirrors)| Observation { observed, verdict, mirrors };
        let contents = Contents { version: 1, observations: self.counts.into_iter().map(observation).collect() };
        let bug = |error| {
            Failure::new(Exit::Failed, format!("failed to serialize the report: {error}"), "please report a bug")
        };
        let text = serde_json::to_string_pretty(&contents).map_err(bug)?;
        self.file.write(&format!("{text}\n"))
    }
}
