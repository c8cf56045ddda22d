//! What is told of each repository.

use codearts_repo::RepositoryId;
use codearts_repo_sync::{Error, Evidence, Outcome, Report};
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::Exit;
use crate::failure::{chain, told};
use crate::output::{self, BAD, DOUBTFUL, GOOD};
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
    /// Why the end was believed, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<EvidenceSchema>")]
    pub(crate) evidence: Option<Evidence>,
    #[serde(skip)]
    pub(crate) exit: Exit,
}

/// The fields of the mirror that showed the end, and how surely.
#[derive(JsonSchema)]
#[schemars(rename = "Evidence")]
#[expect(dead_code, reason = "it only describes the JSON")]
struct EvidenceSchema {
    strength: StrengthSchema,
    /// Fields of the mirror, named as in the API.
    fields: Vec<String>,
}

/// How surely an end is known.
#[derive(JsonSchema)]
#[schemars(rename = "Strength", rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes the JSON")]
enum StrengthSchema {
    /// A later success or a higher count of failures, with a word that fits.
    Strong,
    /// Anything else that stayed the same for several polls.
    Weak,
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
    /// It was not started, as far as is known. The error says whether it may have been.
    NotStarted,
    /// The repository has no mirror.
    Skipped,
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
    /// Whether it may have been started all the same. Look at the repository before you start it again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    may_have_started: bool,
    /// The whole of it on one line, for people.
    #[serde(skip)]
    told: String,
}

impl Record {
    pub(crate) fn of(report: Report) -> Self {
        let repository_id = report.repository;
        let evidence = report.result.as_ref().ok().and_then(Outcome::evidence).cloned();
        let (outcome, error, exit) = match report.result {
            Err(error) => return Self::broken(repository_id, &error),
            Ok(Outcome::Finished { .. }) => (Stage::Finished, None, Exit::Worked),
            Ok(Outcome::Failed { reason, .. }) => (Stage::Failed, Some(Problem::text(reason)), Exit::Failed),
            Ok(Outcome::TimedOut) => (Stage::TimedOut, None, Exit::Failed),
            Ok(Outcome::Started) => (Stage::Started, None, Exit::Worked),
            Ok(Outcome::Skipped) => (Stage::Skipped, None, Exit::Worked),
        };
        Self { repository_id, outcome, jid: report.job.map(|job| job.id), error, evidence, exit }
    }

    /// One that could not be started or followed.
    fn broken(repository_id: RepositoryId, error: &Error) -> Self {
        let jid = error.job().map(|job| job.id.clone());
        let outcome = if error.was_started() { Stage::Started } else { Stage::NotStarted };
        let exit = error.service().map_or(Exit::Failed, Exit::of);
        Self { repository_id, outcome, jid, error: Some(Problem::from(error)), evidence: None, exit }
    }

    /// Whether it was not started as far as is known, and may have been all the same.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.outcome == Stage::NotStarted && self.error.as_ref().is_some_and(|problem| problem.may_have_started)
    }

    /// The record on one line, for people. What went wrong ends with what to do next.
    pub(crate) fn line(&self) -> String {
        let (style, outcome) = match self.outcome {
            Stage::NotStarted if self.is_doubtful() => (DOUBTFUL, "perhaps not started"),
            Stage::Started => (GOOD, "started"),
            Stage::Finished => (GOOD, "finished"),
            Stage::Failed => (BAD, "failed"),
            Stage::TimedOut => (DOUBTFUL, "timed out, and may still be running"),
            Stage::NotStarted => (BAD, "not started"),
            Stage::Skipped => (GOOD, "skipped, it has no mirror"),
        };
        let (id, style) = (self.repository_id, output::of_results(style));
        let mut line = format!("repository {id}: {style}{outcome}{style:#}");
        // The texts of a service come after the colours, and can hold none.
        if let Some(jid) = &self.jid {
            line.push_str(", task ");
            line.push_str(&one_line(jid));
        }
        if let Some(problem) = &self.error {
            line.push_str(": ");
            line.push_str(&one_line(&problem.told));
        }
        match self.outcome {
            Stage::NotStarted if self.is_doubtful() => {
                line.push_str("; look at the repository before you start it again");
            }
            Stage::Failed => line.push_str("; mend that and start it again"),
            Stage::TimedOut => line.push_str(&format!("; look at it with `codearts-repo status {id}`")),
            _ => {}
        }
        line
    }
}

impl Problem {
    fn text(text: String) -> Self {
        let may_have_started = false;
        Self { status: None, code: None, told: text.clone(), message: text, request_id: None, may_have_started }
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        let Some(service) = error.service() else { return Self::text(chain(error)) };
        // The record says already that it was not started; only what is more than that is told again.
        let told = if matches!(error, Error::Start(_) | Error::Baseline(_) | Error::CallerRefused(_)) {
            told(service)
        } else {
            chain(error)
        };
        Self {
            status: service.status(),
            code: service.code().map(str::to_owned),
            message: service.message().map_or_else(|| told.clone(), str::to_owned),
            request_id: service.request_id().map(str::to_owned),
            may_have_started: matches!(error, Error::Start(source) if source.may_have_been_sent()),
            told,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::time::Duration;

    use codearts_repo::{Client, RetryPolicy, Token};

    use super::*;

    /// The record of a start whose connection this listener takes.
    fn failed_start(listener: &TcpListener) -> Record {
        let endpoint = format!("http://{}", listener.local_addr().expect("an address")).parse().expect("an address");
        let builder = Client::builder().endpoint(endpoint).auth(Token::new("token").expect("a token"));
        let builder = builder.retry(RetryPolicy::none()).timeout(Duration::from_millis(500));
        let client = builder.build().expect("a client");
        let repository = RepositoryId::try_from(5).expect("within the range");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let error = runtime.block_on(async { client.start_sync(repository).send().await }).expect_err("no answer");
        Record::broken(repository, &Error::Start(error.into()))
    }

    #[test]
    fn a_start_that_timed_out_may_have_been_made() {
        // Connections are made, and nobody reads from them.
        let record = failed_start(&TcpListener::bind("127.0.0.1:0").expect("a free port"));
        assert_eq!((record.outcome, record.exit), (Stage::NotStarted, Exit::Unreachable));
        let line = record.line();
        assert!(line.starts_with("repository 5: perhaps not started: "), "{line}");
        assert!(line.ends_with("; look at the repository before you start it again"), "{line}");
        assert_eq!(serde_json::to_value(&record).expect("JSON")["error"]["may_have_started"], true);
    }

    #[test]
    fn a_start_that_was_refused_with_429_was_not_made() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let server = listener.try_clone().expect("a second handle");
        std::thread::spawn(move || {
            let (mut stream, _) = server.accept().expect("a connection");
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]).expect("a request");
            let answer = "HTTP/1.1 429 X\r\nContent-Length: 2\r\n\r\n{}";
            std::io::Write::write_all(&mut stream, answer.as_bytes()).expect("written");
            // Until the client has gone: a reset could take the answer from it.
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
        });
        let record = failed_start(&listener);
        assert!(record.line().starts_with("repository 5: not started: the service answered 429"), "{}", record.line());
        assert_eq!(serde_json::to_value(&record).expect("JSON")["error"].get("may_have_started"), None);
    }
}
