//! Synchronizes a mirror and prints the outcome. Region, endpoint and credentials come from the environment.

use codearts_repo::{Client, RepositoryId, SyncOptions};
use codearts_repo_sync::{Wait, sync};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let repository = RepositoryId::try_from(123)?;
    let options = SyncOptions::new().force_fetch(true);

    let synced = sync(&client, repository, options, Wait::default()).await?;
    println!("task {} ended: {:?}", synced.job.id, synced.outcome);
    Ok(())
}
