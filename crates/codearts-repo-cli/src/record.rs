//! The result for one repository, as `sync` prints it.

use std::time::Duration;

use codearts_repo::RepositoryId;
use codearts_repo_sync::{Error, Evidence, Outcome, Report};
use codearts_repo_verify::{Reason, ReasonKind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::advice::{self, Explanation};
use crate::commands::{Comparison, Verified, Word};
use crate::exit::Exit;
use crate::metrics::Mirror;
use crate::output::{self, BAD, DOUBTFUL, GOOD};
use crate::text::{one_line, rfc3339};

/// The result for one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Record {
    /// Repository ID.
    pub(crate) repository_id: RepositoryId,
    /// The outcome.
    pub(crate) outcome: RecordedOutcome,
    /// Synchronization task ID, if it is known. It is not when the answer to a start was lost and the mirror showed the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) jid: Option<String>,
    /// What went wrong, if something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Problem>,
    /// Why the end was believed, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<EvidenceSchema>")]
    pub(crate) evidence: Option<Evidence>,
    /// Whether it was recorded by an earlier command of the run, and nothing was done now.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub(crate) recorded: bool,
    /// When it was recorded, in RFC 3339, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recorded_at: Option<String>,
    /// What the comparison with the source found, with --verify.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verification: Option<Comparison>,
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

/// The outcome of a synchronization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecordedOutcome {
    /// The service accepted the start. With an error, the end is unknown.
    Started,
    /// It finished.
    Finished,
    /// It was started and failed.
    Failed,
    /// It was started and did not end within the timeout.
    TimedOut,
    /// It was not started, as far as is known. The error says whether it may have been.
    NotStarted,
    /// The repository has no mirror.
    Skipped,
    /// Every ref that was compared equals that of the source, whatever the service reported.
    Verified,
    /// The service reported success, but a ref differs from that of the source.
    Stale,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// HTTP status, if the service answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The service's error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The service's message, or this program's if the service sent none.
    message: String,
    /// Request ID, for a ticket with the vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    /// Whether the synchronization may have been started nevertheless. Check the repository before you retry.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    may_have_started: bool,
    #[serde(skip)]
    explanation: Explanation,
}

impl Record {
    const fn new(repository_id: RepositoryId, outcome: RecordedOutcome, exit: Exit) -> Self {
        let (jid, error, evidence, recorded_at, verification) = (None, None, None, None, None);
        Self { repository_id, outcome, jid, error, evidence, recorded: false, recorded_at, verification, exit }
    }

    pub(crate) fn of(report: Report) -> Self {
        let repository_id = report.repository;
        let recorded_at = report.recorded.then_some(report.at);
        let evidence = report.result.as_ref().ok().and_then(Outcome::evidence).cloned();
        let (outcome, error, exit) = match report.result {
            Err(error) => return Self::of_error(repository_id, &error),
            Ok(Outcome::Finished { .. }) => (RecordedOutcome::Finished, None, Exit::Worked),
            Ok(Outcome::Failed { reason, .. }) => {
                (RecordedOutcome::Failed, Some(Problem::of_text(reason, "fix this and retry")), Exit::Failed)
            }
            Ok(Outcome::TimedOut) => (RecordedOutcome::TimedOut, None, Exit::Failed),
            Ok(Outcome::Started) => (RecordedOutcome::Started, None, Exit::Worked),
            Ok(Outcome::Skipped) => (RecordedOutcome::Skipped, None, Exit::Worked),
        };
        let jid = report.job.map(|job| job.id);
        Self {
            jid,
            error,
            evidence,
            recorded: recorded_at.is_some(),
            recorded_at: recorded_at.map(rfc3339),
            ..Self::new(repository_id, outcome, exit)
        }
    }

    fn of_error(repository_id: RepositoryId, error: &Error) -> Self {
        let jid = error.job().map(|job| job.id.clone());
        let outcome = if error.was_started() { RecordedOutcome::Started } else { RecordedOutcome::NotStarted };
        let exit = error.service().map_or(Exit::Failed, Exit::of);
        Self { jid, error: Some(Problem::from(error)), ..Self::new(repository_id, outcome, exit) }
    }

    /// One that was started and is not followed to its end.
    pub(crate) fn started(repository_id: RepositoryId, jid: Option<String>) -> Self {
        Self { jid, ..Self::new(repository_id, RecordedOutcome::Started, Exit::Interrupted) }
    }

    /// One whose start was sent and not answered before a signal.
    pub(crate) fn unanswered(repository_id: RepositoryId) -> Self {
        let text = "interrupted before the service answered".to_owned();
        let problem = Problem { may_have_started: true, ..Problem::of_text(text, RETRY_ADVICE) };
        Self { error: Some(problem), ..Self::new(repository_id, RecordedOutcome::NotStarted, Exit::Interrupted) }
    }

    /// Adds what the comparison with the source found. It takes precedence over what the service reported.
    pub(crate) fn verified(self, verified: Verified) -> Self {
        let mut comparison = verified.comparison;
        if let Some(error) = verified.error {
            comparison.reason = Some(Reason::new(ReasonKind::MirrorUnreadable, error.message));
        }
        let (outcome, exit) = match (comparison.verdict, self.outcome) {
            (Word::Equal, _) => (RecordedOutcome::Verified, Exit::Worked),
            (Word::Different, RecordedOutcome::Finished) => (RecordedOutcome::Stale, Exit::Failed),
            (_, outcome) => (outcome, Exit::Failed),
        };
        let error = self.error.filter(|_| outcome != RecordedOutcome::Verified);
        Self { outcome, exit, error, verification: Some(comparison), ..self }
    }

    /// Whether it was not started as far as is known, but may have been.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.outcome == RecordedOutcome::NotStarted && self.error.as_ref().is_some_and(|error| error.may_have_started)
    }

    /// The record on one line for people. A problem ends with advice.
    pub(crate) fn line(&self) -> String {
        let (style, outcome) = match self.outcome {
            RecordedOutcome::NotStarted if self.is_doubtful() => (DOUBTFUL, "perhaps not started"),
            RecordedOutcome::Started => (GOOD, "started"),
            RecordedOutcome::Finished => (GOOD, "finished"),
            RecordedOutcome::Failed => (BAD, "failed"),
            RecordedOutcome::TimedOut => (DOUBTFUL, "timed out, may still be running"),
            RecordedOutcome::NotStarted => (BAD, "not started"),
            RecordedOutcome::Skipped => (GOOD, "skipped, has no mirror"),
            RecordedOutcome::Verified => (GOOD, "verified"),
            RecordedOutcome::Stale => (BAD, "stale"),
        };
        let (id, style) = (self.repository_id, output::of_results(style));
        let mut line = format!("repository {id}: {style}{outcome}{style:#}");
        match &self.jid {
            Some(jid) => line.push_str(&format!(", task {}", one_line(jid))),
            None if matches!(self.outcome, RecordedOutcome::NotStarted | RecordedOutcome::Skipped) => {}
            // Its answer was lost, and the mirror showed the start.
            None => line.push_str(", task unknown"),
        }
        if let Some(time) = &self.recorded_at {
            line.push_str(&format!(", recorded {time}"));
        }
        if let Some(Problem { explanation, .. }) = &self.error {
            line.push_str(": ");
            line.push_str(&one_line(&explanation.to_string()));
        }
        match &self.verification {
            Some(comparison) if comparison.verdict == Word::Different => {
                line.push_str(": differs from its source: ");
                line.push_str(&comparison.explanation());
                line.push_str("; retry, then check the source's branches and tags");
            }
            Some(comparison) if comparison.verdict != Word::Equal => {
                line.push_str(", not verified: ");
                line.push_str(&comparison.explanation());
            }
            _ => {}
        }
        if self.outcome == RecordedOutcome::TimedOut {
            line.push_str(&format!("; check `codearts-repo status {id}`"));
        }
        line
    }
}

/// What to do about a start that may have reached the service.
pub(crate) const RETRY_ADVICE: &str = "check the repository before you retry";

impl Record {
    /// The result for the metrics. The duration counts only if the synchronization ended.
    pub(crate) fn metrics(&self, took: Option<Duration>) -> Mirror<'_> {
        let ended = !matches!(self.outcome, RecordedOutcome::Started | RecordedOutcome::TimedOut);
        Mirror {
            repository: self.repository_id,
            name: None,
            state: self.outcome.word(),
            is_problem: self.exit != Exit::Worked,
            last_success: None,
            failures: None,
            duration: took.filter(|_| ended && !self.recorded),
        }
    }
}

impl RecordedOutcome {
    /// The same as in JSON.
    const fn word(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::TimedOut => "timed_out",
            Self::NotStarted => "not_started",
            Self::Skipped => "skipped",
            Self::Verified => "verified",
            Self::Stale => "stale",
        }
    }
}

impl Problem {
    fn of_text(text: String, advice: &str) -> Self {
        let explanation = Explanation::new(&text, advice);
        Self { status: None, code: None, message: text, request_id: None, may_have_started: false, explanation }
    }
}

impl Problem {
    /// A call that only reads.
    pub(crate) fn of_call(error: &codearts_repo::Error) -> Self {
        Self::explained(error, advice::of_call(error))
    }

    fn explained(error: &codearts_repo::Error, explanation: Explanation) -> Self {
        Self {
            status: error.status(),
            code: error.code().map(str::to_owned),
            message: error.message().map_or_else(|| explanation.what.clone(), str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            may_have_started: false,
            explanation,
        }
    }

    /// The HTTP status, if the service answered.
    pub(crate) const fn status(&self) -> Option<u16> {
        self.status
    }

    /// The message alone.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The message and the advice for people.
    pub(crate) fn explanation(&self) -> String {
        self.explanation.to_string()
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        let explanation = advice::of_sync(error);
        let Some(service) = error.service() else { return Self::of_text(explanation.what, &explanation.advice) };
        Self { may_have_started: may_have_started(error), ..Self::explained(service, explanation) }
    }
}

/// Whether a failed start may have reached the service.
pub(crate) fn may_have_started(error: &Error) -> bool {
    matches!(error, Error::Start(source) if source.may_have_been_sent())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::time::Duration;

    use codearts_repo::{Client, RetryPolicy, Token};

    use super::*;

    /// The record of a failed start at this listener.
    fn failed_start(listener: &TcpListener) -> Record {
        let endpoint = format!("http://{}", listener.local_addr().expect("an address")).parse().expect("an address");
        let builder = Client::builder().endpoint(endpoint).auth(Token::new("token").expect("a token"));
        let builder = builder.retry(RetryPolicy::none()).timeout(Duration::from_millis(500));
        let client = builder.build().expect("a client");
        let repository = RepositoryId::try_from(5).expect("within the range");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let error = runtime.block_on(async { client.start_sync(repository).send().await }).expect_err("no answer");
        Record::of_error(repository, &Error::Start(error.into()))
    }

    #[test]
    fn a_start_that_timed_out_may_have_been_made() {
        // Connections are accepted, but never read.
        let record = failed_start(&TcpListener::bind("127.0.0.1:0").expect("a free port"));
        assert_eq!((record.outcome, record.exit), (RecordedOutcome::NotStarted, Exit::Unreachable));
        let line = record.line();
        assert!(line.starts_with("repository 5: perhaps not started: "), "{line}");
        assert!(line.ends_with("; check the repository before you retry"), "{line}");
        assert_eq!(serde_json::to_value(&record).expect("JSON")["error"]["may_have_started"], true);
    }

    #[test]
    fn a_start_that_only_the_mirror_showed_has_an_unknown_task() {
        let repository = RepositoryId::try_from(5).expect("within the range");
        let at = std::time::SystemTime::now();
        let report = |result| Report { repository, job: None, result, recorded: false, at };
        assert_eq!(Record::of(report(Ok(Outcome::Started))).line(), "repository 5: started, task unknown");
        assert_eq!(Record::of(report(Ok(Outcome::Skipped))).line(), "repository 5: skipped, has no mirror");
    }

    #[test]
    fn a_start_refused_with_429_was_not_made() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let server = listener.try_clone().expect("a second handle");
        std::thread::spawn(move || {
            let (mut stream, _) = server.accept().expect("a connection");
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]).expect("a request");
            let answer = "HTTP/1.1 429 X\r\nContent-Length: 2\r\n\r\n{}";
            std::io::Write::write_all(&mut stream, answer.as_bytes()).expect("written");
            // Wait for the client to go: a reset could discard the answer.
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
        });
        let record = failed_start(&listener);
        assert!(record.line().starts_with("repository 5: not started: the service answered 429"), "{}", record.line());
        assert_eq!(serde_json::to_value(&record).expect("JSON")["error"].get("may_have_started"), None);
    }
}
