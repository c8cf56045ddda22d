//! A nightly batch with its own database: `sqlite-journal DATABASE ID...`.

mod store;

use std::path::Path;
use std::pin::pin;

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Journal, Many, Syncer, Wait};
use futures_util::stream::{self, StreamExt};
use store::SqliteStore;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let mut arguments = std::env::args().skip(1);
    let database = arguments.next().ok_or("missing DATABASE")?;
    let repositories: Vec<RepositoryId> = arguments.map(|id| id.parse()).collect::<Result<_, _>>()?;

    let journal = Journal::with_store(SqliteStore::open(Path::new(&database))?);
    let settings = Many::default().concurrency(2).wait(Wait::default()).journal(journal);
    let mut reports = pin!(Syncer::new(client).sync_many(stream::iter(repositories), settings));
    while let Some(report) = reports.next().await {
        println!("{}: finished={}", report.repository, report.result?.is_finished());
    }
    Ok(())
}
