//! Starts the synchronization of a mirror, with a token: `CODEARTS_REPO_TOKEN=… cargo run --example start`.

use codearts_repo::{Client, Region, RepositoryId, Token};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = Token::new(std::env::var("CODEARTS_REPO_TOKEN")?)?;
    let client = Client::builder().region(Region::CN_NORTH_4).auth(token).build()?;

    let job = client.start_sync(RepositoryId::try_from(123)?).send().await?;
    println!("repository {}: task {}", job.repository, job.id);
    Ok(())
}
