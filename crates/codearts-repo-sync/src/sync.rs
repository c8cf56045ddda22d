//! One repository from the start to the end.

use codearts_repo::{Client, RepositoryId, SyncJob, SyncOptions};

use crate::baseline::Baseline;
use crate::error::Error;
use crate::outcome::Outcome;
use crate::wait::{Wait, wait};

/// A synchronisation that was started and waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Synced {
    /// The task that the service started.
    pub job: SyncJob,
    /// How it ended.
    pub outcome: Outcome,
}

/// Starts the synchronisation of a repository and waits for its end: looks at the mirror, starts, and looks again
/// until the end is certain. See [`wait`] for what counts as an end. A baseline in `settings` is replaced.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// use codearts_repo::{Client, RepositoryId, SyncOptions, Token};
/// use codearts_repo_sync::{Outcome, Wait, sync};
///
/// # let address = emulator.endpoint();
/// let client = Client::builder().endpoint(address.parse()?).auth(Token::new("t")?).build()?;
/// let synced = sync(&client, RepositoryId::try_from(123)?, SyncOptions::new(), Wait::default()).await?;
/// assert_eq!(synced.outcome, Outcome::Finished);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Error::Baseline`] and [`Error::Start`] when nothing was started; [`Error::Lost`] when it was, and its end could
/// not be read.
pub async fn sync(
    client: &Client,
    repository: RepositoryId,
    options: SyncOptions,
    settings: Wait,
) -> Result<Synced, Error> {
    let baseline = Baseline::take(client, repository).await.map_err(Error::Baseline)?;
    let job = client.start_sync(repository).options(options).send().await.map_err(Error::Start)?;
    let outcome = wait(client, &job, settings.since(baseline)).await?;
    Ok(Synced { job, outcome })
}
