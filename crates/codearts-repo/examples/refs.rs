//! Prints the commit of a repository's default branch, and its tags.

use std::pin::pin;

use codearts_repo::{Client, RepositoryId, TagFilter};
use futures_util::TryStreamExt;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let id: RepositoryId = std::env::args().nth(1).ok_or("usage: refs REPOSITORY_ID")?.parse()?;
    let client = Client::from_env()?;

    let repository = client.show_repository(id).await?;
    let name = repository.default_branch.ok_or("the repository has no default branch")?;
    let branch = client.show_branch(id, name.parse()?).await?;
    println!("{name} {:?}", branch.commit.and_then(|commit| commit.id));

    let mut tags = pin!(client.list_tags(id, TagFilter::new()));
    while let Some(tag) = tags.try_next().await? {
        println!("{:?} {:?}", tag.name, tag.target);
    }
    Ok(())
}
