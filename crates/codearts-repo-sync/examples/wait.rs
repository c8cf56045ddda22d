//! Starts a synchronization and waits for its end in two steps.

use std::time::Duration;

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Baseline, Outcome, Wait, wait};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let repository = RepositoryId::try_from(123)?;

    // The state before the start, to distinguish the new end from an old one.
    let before = Baseline::take(&client, repository).await?;
    let job = client.start_sync(repository).send().await?;
    println!("started task {}", job.id);

    let settings = Wait::default().since(before).timeout(Duration::from_secs(15 * 60));
    match wait(&client, &job, settings).await? {
        Outcome::Finished { .. } => println!("finished"),
        Outcome::Failed { reason, .. } => println!("failed: {reason}"),
        Outcome::TimedOut => println!("still running after 15 minutes"),
        outcome => println!("{outcome:?}"),
    }
    Ok(())
}
