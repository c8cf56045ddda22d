//! A journal with any content: what is whole in it is never lost, what it knows to be started is not started again, and
//! what is no journal is left as it is.
#![no_main]

use std::collections::BTreeSet;
use std::fs;

use codearts_repo::{Client, Endpoint, RepositoryId, Token};
use codearts_repo_fuzz::{file, secrets, service};
use codearts_repo_sync::{Journal, Many, Quota, Syncer};
use futures_util::{StreamExt, stream};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let endpoint: Endpoint = "http://127.0.0.1:1".parse().expect("an endpoint");
    let path = file::holding(bytes);
    let journal = match Journal::open(path, &endpoint) {
        Ok(journal) => journal,
        Err(error) => {
            secrets::assert_one_line(&error.to_string());
            assert_eq!(fs::read(path).expect("a file"), bytes, "what is no journal was changed");
            return;
        }
    };
    // All whole lines are there and nothing else, but for a header that was never written to its end.
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let content = fs::read(path).expect("a file");
    if whole > 0 {
        assert_eq!(content, bytes[..whole], "whole lines were lost or changed");
    } else {
        assert_eq!(content.iter().filter(|byte| **byte == b'\n').count(), 1);
        assert!(content.starts_with(bytes));
    }
    let known = started(&content);
    assert_eq!(journal.started_count(), known.len());

    // What is new is started and written, what is known is neither.
    let some: BTreeSet<u32> = known.iter().copied().take(3).chain([1, 2, 2_147_483_647]).collect();
    let new: Vec<u32> = some.iter().copied().filter(|id| !known.contains(id)).collect();
    let requests = service::answer_with([], service::accepted);
    thread_local!(static CLIENT: Client = service::client(Token::new("t").expect("a token")));
    let syncer = Syncer::with_quota(CLIENT.with(Client::clone), Quota::unlimited());
    let ids = some.iter().map(|id| RepositoryId::try_from(*id).expect("an id"));
    let settings = Many::default().journal(journal);
    let reports: Vec<_> = service::run(syncer.sync_many(stream::iter(ids), settings).collect());
    for report in &reports {
        assert!(report.result.is_ok(), "{report:?}");
        assert_eq!(report.recorded, !new.contains(&report.repository.get()), "{report:?}");
    }
    assert_eq!((reports.len(), requests.borrow().len()), (some.len(), new.len()));

    let after = fs::read(path).expect("a file");
    assert!(after.starts_with(&content), "whole lines were lost or changed");
    let all: BTreeSet<u32> = known.into_iter().chain(new).collect();
    assert_eq!(started(&after), all);
    assert_eq!(Journal::open(path, &endpoint).expect("its own journal").started_count(), all.len());
});

/// The repositories that a journal says were started, read in the plainest way.
fn started(journal: &[u8]) -> BTreeSet<u32> {
    let mut ids = BTreeSet::new();
    for line in journal.split(|byte| *byte == b'\n').skip(1).filter(|line| !line.is_empty()) {
        let entry: Value = serde_json::from_slice(line).expect("an entry is JSON");
        if entry["event"] == "started" {
            ids.insert(entry["repository_id"].as_u64().and_then(|id| id.try_into().ok()).expect("an id"));
        }
    }
    ids
}
