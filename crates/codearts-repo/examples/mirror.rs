//! Turns a repository into a mirror, changes what it mirrors, and shows it.

use codearts_repo::{Client, MirrorSettings, RepositoryId, SyncBranchType};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let repository = RepositoryId::try_from(126)?;

    client.associate_mirror(repository).url("https://git.example.com/project.git".parse()?).await?;
    let settings = MirrorSettings::new().branches(SyncBranchType::Default);
    client.update_mirror(repository).settings(settings).await?;

    let mirror = client.show_mirror(repository).await?;
    println!("source {}", mirror.url.as_deref().unwrap_or("unknown"));
    println!("state {}", mirror.update_status.as_deref().unwrap_or("unknown"));
    Ok(())
}
