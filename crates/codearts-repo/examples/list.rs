//! Lists the repositories that the caller can see. Pages are requested as the stream is read.

use std::pin::pin;

use codearts_repo::{Client, RepositoryFilter};
use futures_util::TryStreamExt;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let starred = RepositoryFilter::new().starred(true);

    let mut repositories = pin!(client.list_repositories(starred));
    while let Some(repository) = repositories.try_next().await? {
        let name = repository.name.as_deref().unwrap_or("(no name)");
        println!("{} {name}", repository.id.unwrap_or_default());
    }
    Ok(())
}
