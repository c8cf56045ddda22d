//! A journal with any content: no complete line is lost, recorded starts are not repeated, and a file of another kind is
//! not changed.
#![no_main]

use std::collections::BTreeSet;
use std::fs;

use codearts_repo::{Client, Endpoint, RepositoryId, Token};
use codearts_repo_client::bounds;
use codearts_repo_fuzz::{file, secrets, service};
use codearts_repo_sync::{JobState, Journal, Many, Quota, Run, RunRecord, Syncer};
use futures_util::{StreamExt, stream};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let endpoint: Endpoint = "http://127.0.0.1:1".parse().expect("an endpoint");
    let path = file::holding(bytes);
    let before = Journal::read(path, &endpoint);
    assert_eq!(fs::read(path).expect("a file"), bytes, "reading changed the file");
    let journal = match Journal::open(path, &endpoint) {
        Ok(journal) => journal,
        Err(error) => {
            secrets::assert_one_line(&error.to_string());
            assert_eq!(fs::read(path).expect("a file"), bytes, "a file of another kind was changed");
            return;
        }
    };
    let before = before.expect("a journal");

    // The run of this name continues: recorded starts are reported, the others are made.
    let started = started(&before, "a");
    let most = RepositoryId::try_from(*bounds::REPOSITORY_ID.end()).expect("an id").into();
    let some: BTreeSet<u64> = started.iter().copied().take(3).chain([1, 2, most]).collect();
    let requests = service::answer_with([], service::accepted);
    thread_local!(static CLIENT: Client = service::client(Token::new("t").expect("a token")));
    let syncer = Syncer::with_quota(CLIENT.with(Client::clone), Quota::unlimited());
    let ids = some.iter().map(|id| RepositoryId::try_from(*id).expect("an id"));
    let settings = Many::default().journal(journal.run(Run::Named("a".to_owned())));
    let reports: Vec<_> = service::run(syncer.sync_many(stream::iter(ids), settings).collect());
    assert_eq!(reports.len(), some.len());
    for report in &reports {
        let known = started.contains(&report.repository.into());
        assert!(!known || (report.result.is_ok() && report.recorded), "{report:?}");
    }
    drop(requests);

    let after = Journal::read(path, &endpoint).expect("its own journal");
    let all = self::started(&after, "a");
    assert!(started.is_subset(&all), "a start was lost");
});

/// The repositories whose start is recorded in the run of this name.
fn started(runs: &[RunRecord], name: &str) -> BTreeSet<u64> {
    let run = runs.iter().rfind(|run| run.name.as_deref() == Some(name));
    let jobs = run.into_iter().flat_map(|run| &run.jobs);
    jobs.filter(|job| matches!(job.state, JobState::Started)).map(|job| job.repository.into()).collect()
}
