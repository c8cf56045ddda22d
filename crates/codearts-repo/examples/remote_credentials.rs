//! Starts a synchronization whose source needs a login. The credentials are plain text here and Base64 on the wire.
//!
//! The user name comes from `REMOTE_USERNAME`, the password or access token from `REMOTE_PASSWORD`.

use codearts_repo::{Client, RemoteCredentials, RepositoryId};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let login = RemoteCredentials::new(std::env::var("REMOTE_USERNAME")?, std::env::var("REMOTE_PASSWORD")?);

    let job =
        client.start_sync(RepositoryId::try_from(123)?).remote_credentials(login).force_fetch(true).send().await?;
    println!("repository {}: task {}", job.repository, job.id);
    Ok(())
}
