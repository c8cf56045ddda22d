//! Synchronises the repositories that the standard input names, a number a line, and waits for the end of each.
//!
//! The journal remembers what was started: after a kill, the same command goes on where it was.

use std::pin::pin;

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Journal, Many, Reached, Syncer, Wait};
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
            Ok(Reached::Started(job)) => println!("{}: started {}", report.repository, job.id),
            Ok(Reached::Ended(_, outcome)) => println!("{}: {outcome:?}", report.repository),
            Ok(_) => println!("{}: under way", report.repository),
            Err(error) => println!("{}: {error}", report.repository),
        }
    }
    Ok(())
}
