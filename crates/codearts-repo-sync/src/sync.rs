//! One repository, from start to end.

use codearts_repo::{Client, RepositoryId, SyncOptions};

use crate::error::Error;
use crate::syncer::{Synced, Syncer};
use crate::wait::Wait;

/// Starts the synchronization of a repository and waits for its end. See [`wait`](crate::wait()) for what counts as an
/// end. The mirror is read before the start, and replaces a baseline in `settings`.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// use codearts_repo::{Client, RepositoryId, SyncOptions, Token};
/// use codearts_repo_sync::{Wait, sync};
///
/// # let address = emulator.endpoint();
/// let client = Client::builder().endpoint(address.parse()?).auth(Token::new("t")?).build()?;
/// let synced = sync(&client, RepositoryId::try_from(123)?, SyncOptions::new(), Wait::default()).await?;
/// assert!(synced.outcome.is_finished());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Error::Baseline`] and [`Error::Start`] if nothing was started; [`Error::EndUnknown`] if it was, but the mirror cannot
/// be read any more.
pub async fn sync(
    client: &Client,
    repository: RepositoryId,
    options: SyncOptions,
    settings: Wait,
) -> Result<Synced, Error> {
    Syncer::new(client.clone()).sync(repository, &options, settings).await
}
