//! A CI job that may be repeated: synchronizes the repositories whose IDs it reads from standard input, one per line.
//!
//! The run is named after the pipeline, so a job that is repeated starts nothing twice. What failed is started again.

use std::pin::pin;

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Journal, Many, Run, Syncer, Wait};
use futures_util::stream::{self, StreamExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let pipeline = std::env::var("PIPELINE_ID")?;
    let repositories: Result<Vec<RepositoryId>, _> =
        std::io::stdin().lines().map_while(Result::ok).map(|line| line.parse()).collect();

    let journal = Journal::open("ci.journal", client.endpoint())?.run(Run::Named(pipeline)).retry_failed(true);
    let settings = Many::default().wait(Wait::default()).journal(journal);
    let mut reports = pin!(Syncer::new(client).sync_many(stream::iter(repositories?), settings));
    while let Some(report) = reports.next().await {
        let when = if report.recorded { "before" } else { "now" };
        let outcome = report.result?;
        println!("{}: {} {when}", report.repository, if outcome.is_finished() { "finished" } else { "not finished" });
    }
    Ok(())
}
