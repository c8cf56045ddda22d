//! Calls as an IAM user. The first call requests a token, which is kept and renewed before it expires.
//!
//! The user and its password come from `HW_DOMAIN_NAME`, `HW_USER_NAME` and `HW_USER_PASSWORD`.

use codearts_repo::auth::IamPassword;
use codearts_repo::{Client, Region, RepositoryId};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let variable = std::env::var;
    let user = IamPassword::new(variable("HW_DOMAIN_NAME")?, variable("HW_USER_NAME")?, variable("HW_USER_PASSWORD")?);
    let client = Client::builder().region(Region::CN_NORTH_4).auth(user).build()?;

    for number in [123, 124] {
        let job = client.start_sync(RepositoryId::try_from(number)?).send().await?;
        println!("repository {}: task {}", job.repository, job.id);
    }
    Ok(())
}
