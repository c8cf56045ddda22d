//! Signs every call with an access key; no token is involved.
//!
//! The key comes from `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`.

use codearts_repo::auth::AccessKey;
use codearts_repo::{Client, Region, RepositoryId};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = AccessKey::new(std::env::var("HUAWEICLOUD_SDK_AK")?, std::env::var("HUAWEICLOUD_SDK_SK")?)?;
    let client = Client::builder().region(Region::CN_NORTH_4).auth(key).build()?;

    let job = client.start_sync(RepositoryId::try_from(123)?).send().await?;
    println!("repository {}: task {}", job.repository, job.id);
    Ok(())
}
