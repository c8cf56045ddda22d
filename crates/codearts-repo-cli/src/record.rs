//! What is told of each repository.

use codearts_repo::{Error as ServiceError, RepositoryId};
use codearts_repo_sync::{Error, Outcome, Reached, Report};
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::Exit;
use crate::failure::chain;
use crate::text::one_line;

/// How the synchronisation of one repository went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Record {
    /// Number of the repository.
    pub(crate) repository_id: RepositoryId,
    /// How far it came.
    pub(crate) outcome: Stage,
    /// Synchronisation task id, where one was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) jid: Option<String>,
    /// What went wrong, where something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Problem>,
    #[serde(skip)]
    pub(crate) exit: Exit,
}

/// How far a synchronisation came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// The service accepted it. With an error: its end could not be learnt.
    Started,
    /// It finished.
    Finished,
    /// It was started and failed.
    Failed,
    /// It was started, and no end showed in time.
    TimedOut,
    /// It was not started, as far as is known.
    NotStarted,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// HTTP status, where the service answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The service's own code.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The service's text, or this program's where the service gave none.
    message: String,
    /// Id of the request, for a ticket at the vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    /// The whole of it on one line, for people.
    #[serde(skip)]
    told: String,
}

impl Record {
    pub(crate) fn of(report: Report) -> Self {
        let repository_id = report.repository;
        let (job, outcome, error, exit) = match report.result {
            Err(error) => return Self::broken(repository_id, &error),
            Ok(Reached::Ended(job, outcome)) => match outcome {
                Outcome::Finished => (job, Stage::Finished, None, Exit::Worked),
                Outcome::Failed { reason } => (job, Stage::Failed, Some(Problem::text(reason)), Exit::Failed),
                Outcome::TimedOut => (job, Stage::TimedOut, None, Exit::Failed),
            },
            Ok(Reached::Started(job)) => (job, Stage::Started, None, Exit::Worked),
            Ok(_) => {
                return Self { repository_id, outcome: Stage::Started, jid: None, error: None, exit: Exit::Failed };
            }
        };
        Self { repository_id, outcome, jid: Some(job.id), error, exit }
    }

    /// One that could not be started or followed.
    fn broken(repository_id: RepositoryId, error: &Error) -> Self {
        let jid = error.job().map(|job| job.id.clone());
        let outcome = if jid.is_some() { Stage::Started } else { Stage::NotStarted };
        let exit = error.service().map_or(Exit::Failed, Exit::of);
        Self { repository_id, outcome, jid, error: Some(Problem::from(error)), exit }
    }

    /// The record on one line, for people.
    pub(crate) fn line(&self) -> String {
        let outcome = match self.outcome {
            Stage::Started => "started",
            Stage::Finished => "finished",
            Stage::Failed => "failed",
            Stage::TimedOut => "timed out, and may still be running",
            Stage::NotStarted => "not started",
        };
        let mut line = format!("repository {}: {outcome}", self.repository_id);
        if let Some(jid) = &self.jid {
            line = format!("{line}, task {jid}");
        }
        if let Some(problem) = &self.error {
            line = format!("{line}: {}", problem.told);
        }
        one_line(&line)
    }
}

impl Problem {
    fn text(text: String) -> Self {
        Self { status: None, code: None, told: text.clone(), message: text, request_id: None }
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        let Some(service) = error.service() else { return Self::text(chain(error)) };
        // The record says already that it was not started; only what is more than that is told again.
        let told = if matches!(error, Error::Start(_) | Error::Baseline(_)) { chain(service) } else { chain(error) };
        Self {
            status: service.status(),
            code: service.code().map(str::to_owned),
            message: service.message().map_or_else(|| told.clone(), str::to_owned),
            request_id: service.request_id().map(str::to_owned),
            told: with_doubt(told, error),
        }
    }
}

/// A start without an answer may have been received all the same.
fn with_doubt(told: String, error: &Error) -> String {
    match error {
        Error::Start(source @ ServiceError::Refused(_)) if source.may_have_been_sent() => {
            format!("{told}; it may have been started all the same")
        }
        _ => told,
    }
}

#[cfg(test)]
mod tests {
    use super::Record;

    /// Set BLESS to write the file anew.
    #[test]
    fn the_schema_is_the_golden_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/sync-record.schema.json");
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Record)).expect("JSON") + "\n";
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, &schema).expect("written");
        }
        assert_eq!(schema, std::fs::read_to_string(path).expect("a file"));
    }
}
