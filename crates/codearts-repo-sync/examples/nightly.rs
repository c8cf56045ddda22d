//! A nightly job: synchronizes the repositories whose IDs it reads from standard input, one per line.
//!
//! Each night is a run of the journal. The same command continues a night that was interrupted, and begins a new one
//! after a night that ended.

use std::pin::pin;
use std::process::ExitCode;

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Journal, Many, Syncer, Wait};
use futures_util::stream::{self, StreamExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let repositories: Result<Vec<RepositoryId>, _> =
        std::io::stdin().lines().map_while(Result::ok).map(|line| line.parse()).collect();

    let journal = Journal::open("nightly.journal", client.endpoint())?;
    match journal.begin().await?.continued {
        Some(progress) => println!("continuing, {} done before", progress.done),
        None => println!("a new night"),
    }

    let settings = Many::default().wait(Wait::default()).journal(journal);
    let mut reports = pin!(Syncer::new(client).sync_many(stream::iter(repositories?), settings));
    let mut failed = 0;
    while let Some(report) = reports.next().await {
        match report.result {
            Ok(outcome) if outcome.is_finished() => println!("{}: finished", report.repository),
            Ok(outcome) => {
                failed += 1;
                println!("{}: {outcome:?}", report.repository);
            }
            Err(error) => {
                failed += 1;
                println!("{}: {}", report.repository, chain(&error));
            }
        }
    }
    Ok(ExitCode::from(u8::from(failed > 0)))
}

/// The error with all its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
