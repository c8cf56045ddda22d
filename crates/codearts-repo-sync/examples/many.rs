//! Synchronizes the repositories whose IDs it reads from standard input, one per line, and waits for each.
//!
//! The journal records what was started, so the same command continues after a kill.

use std::pin::pin;

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Journal, Many, Syncer, Wait};
use futures_util::stream::{self, StreamExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let repositories: Result<Vec<RepositoryId>, _> =
        std::io::stdin().lines().map_while(Result::ok).map(|line| line.parse()).collect();

    let journal = Journal::open("sync.journal", client.endpoint())?;
    let settings = Many::default().concurrency(20).wait(Wait::default()).journal(journal);
    let mut reports = pin!(Syncer::new(client).sync_many(stream::iter(repositories?), settings));
    while let Some(report) = reports.next().await {
        match report.result {
            Ok(outcome) => println!("{}: {outcome}", report.repository),
            Err(error) => println!("{}: {}", report.repository, chain(&error)),
        }
    }
    Ok(())
}

/// The error with all its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
