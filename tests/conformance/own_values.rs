//! What a program needs to test its own handling of errors and results without a server: values of all public types.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use codearts_repo::{Error, ErrorKind, RawAnswer, Refusal, RequestPreview, SyncJob};
use codearts_repo_sync::{
    Error as SyncError, Event, Evidence, Field, JobRecord, JobState, Operation, Outcome, PauseReason, Report,
    RunRecord, Strength, Synced, Usage,
};
use codearts_repo_verify::{RefCheck, RefKind, RefVerdict, Repair, RepairOutcome, Verdict, Verification};

use crate::wrapper_requests::id;

fn refused(status: u16, code: &str) -> Error {
    let mut refusal = Refusal::new(status);
    refusal.code = Some(code.to_owned());
    refusal.into()
}

#[test]
fn a_refusal_is_made_stored_and_read() {
    let mut refusal = Refusal::new(429);
    refusal.retry_after = Some(Duration::from_secs(3));
    refusal.request_id = Some("r-1".to_owned());
    let stored = serde_json::to_string(&refusal).expect("JSON");
    assert_eq!(serde_json::from_str::<Refusal>(&stored).expect("a refusal"), refusal);
    let error = Error::from(refusal);
    assert_eq!((error.kind(), error.status(), error.request_id()), (ErrorKind::Throttled, Some(429), Some("r-1")));
    assert_eq!((error.retry_after(), error.is_retryable()), (Some(Duration::from_secs(3)), true));
}

#[test]
fn every_kind_of_refusal_is_made() {
    for (status, code, kind) in [
        (302, "", ErrorKind::Redirected),
        (400, "", ErrorKind::InvalidRequest),
        (401, "APIGW.0301", ErrorKind::Unauthenticated),
        (401, "DEV.00000003", ErrorKind::TokenExpired),
        (403, "", ErrorKind::PermissionDenied),
        (404, "CH.004404", ErrorKind::NotFound),
        (409, "", ErrorKind::Conflict),
        (429, "", ErrorKind::Throttled),
        (503, "", ErrorKind::Unavailable),
    ] {
        assert_eq!(refused(status, code).kind(), kind, "{status} {code}");
    }
    assert_eq!(Error::not_sent("no").kind(), ErrorKind::NotSent);
}

#[test]
fn results_of_many_repositories_are_made() {
    let job = SyncJob::new(id(1), "a1");
    let evidence = Evidence::new(Strength::Strong, [Field::LastSuccessfulUpdateAt]);
    let outcome = Outcome::Finished { evidence };
    let synced = Synced { job: job.clone(), outcome: outcome.clone() };
    assert!(synced.outcome.is_finished());
    let report = |result| Report { repository: id(1), job: None, result, recorded: false, at: SystemTime::now() };
    let failed = report(Err(SyncError::Start(Arc::new(refused(404, "CH.004404")))));
    let cause = failed.result.as_ref().expect_err("an error").service().expect("a call");
    assert_eq!(cause.kind(), ErrorKind::NotFound);
    let events = [
        Event::Starting { repository: id(1) },
        Event::Started { repository: id(1), job: Some(job) },
        Event::Polled { repository: id(1), status: Some("started".to_owned()) },
        Event::Paused { operation: Operation::ShowMirror, reason: PauseReason::Throttled, length: Duration::ZERO },
        Event::Ended { repository: id(1), outcome: outcome.clone() },
    ];
    assert_ne!(events[0], events[4]);
    let state = JobState::Ended(outcome);
    let job = JobRecord { repository: id(1), jid: None, state, at: SystemTime::UNIX_EPOCH, baseline: None };
    let began = SystemTime::UNIX_EPOCH;
    let run = RunRecord { run: 1, name: None, began, has_ended: true, planned: Some(1), jobs: vec![job] };
    let stored = serde_json::to_string(&run).expect("JSON");
    assert_eq!(serde_json::from_str::<RunRecord>(&stored).expect("a run"), run);
    assert_eq!(Usage { calls: 2, refused: 1 }, Usage { calls: 2, refused: 1 });
}

#[test]
fn verifications_and_repairs_are_made() {
    let refs = vec![
        RefCheck::new(RefKind::Branch, "main", RefVerdict::Equal),
        RefCheck::new(RefKind::Tag, "v1", RefVerdict::Different),
    ];
    let different = Verification::new(id(1), refs);
    assert_eq!((different.verdict, different.counts.equal, different.counts.different), (Verdict::Different, 1, 1));
    let outcome = Outcome::Finished { evidence: Evidence::default() };
    let at = SystemTime::UNIX_EPOCH;
    let report = Report { repository: id(1), job: None, result: Ok(outcome), recorded: false, at };
    let repair = Repair { report: Some(report), verification: Some(different) };
    assert_eq!(repair.outcome(), RepairOutcome::StillDifferent);
}

#[test]
fn answers_and_previews_are_made() {
    let answer = RawAnswer::new(200, "[]");
    assert_eq!((answer.status, &answer.body[..]), (200, b"[]".as_slice()));
    let preview = RequestPreview::new("GET", "https://host/v4/user/repositories");
    assert_eq!(preview.method, "GET");
}
