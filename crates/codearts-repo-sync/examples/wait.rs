//! Starts a synchronisation and waits for its end in two steps, so that something else can happen between them.

use std::time::Duration;

use codearts_repo::{Client, RepositoryId};
use codearts_repo_sync::{Baseline, Outcome, Wait, wait};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let repository = RepositoryId::try_from(123)?;

    // What the mirror looks like before the start tells the new end from an old one.
    let before = Baseline::take(&client, repository).await?;
    let job = client.start_sync(repository).send().await?;
    println!("task {} is under way", job.id);

    let patience = Wait::default().since(before).timeout(Duration::from_secs(15 * 60));
    match wait(&client, &job, patience).await? {
        Outcome::Finished => println!("finished"),
        Outcome::Failed { reason } => println!("failed: {reason}"),
        Outcome::TimedOut => println!("not at its end yet; it may still finish"),
    }
    Ok(())
}
