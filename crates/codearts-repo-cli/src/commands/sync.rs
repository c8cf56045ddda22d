//! `sync`: starts synchronisations, and waits for them when asked to.

use std::collections::HashSet;

use codearts_repo::{Client, RepositoryId, SyncOptions};
use codearts_repo_sync::{Error, Wait};

use crate::arguments::{Global, Sync};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::record::Record;
use crate::secrets;
use crate::service::Service;

/// The options of each start, secrets included.
pub(crate) fn options(arguments: &Sync) -> Result<SyncOptions, Failure> {
    let mut options = SyncOptions::new();
    let username = arguments.remote_username.clone();
    if let Some(credentials) = secrets::remote_credentials(username, arguments.remote_password_stdin)? {
        options = options.remote_credentials(credentials);
    }
    if let Some(uuid) = &arguments.endpoint_uuid {
        options = options.endpoint_uuid(uuid);
    }
    // Only what was asked for is sent: the vendor states no default.
    if arguments.force {
        options = options.force_fetch(true);
    }
    Ok(options)
}

pub(crate) async fn run(
    global: Global,
    arguments: Box<Sync>,
    options: SyncOptions,
    mut interrupt: Interrupt,
) -> Result<Exit, Failure> {
    let repositories = distinct(&arguments.repositories);
    let service = Service::open(&global, &repositories).await?;
    let settings = arguments.wait.then(|| Wait::default().timeout(arguments.timeout));
    let result = tokio::select! {
        result = all(&service.client, &repositories, &options, settings, global.json) => result,
        () = interrupt.next() => {
            output::tell("interrupted; what was started runs on at the service");
            Ok(Exit::Interrupted)
        }
    };
    service.close().await;
    result
}

/// The repositories in their order, each once.
fn distinct(repositories: &[RepositoryId]) -> Vec<RepositoryId> {
    let mut seen = HashSet::new();
    let (first, again): (Vec<_>, Vec<_>) = repositories.iter().partition(|id| seen.insert(**id));
    for id in again {
        output::tell(format_args!("repository {id} is named more than once and started once"));
    }
    first
}

async fn all(
    client: &Client,
    repositories: &[RepositoryId],
    options: &SyncOptions,
    settings: Option<Wait>,
    json: bool,
) -> Result<Exit, Failure> {
    let mut exits = Vec::with_capacity(repositories.len());
    for &repository in repositories {
        let record = one(client, repository, options.clone(), settings.clone()).await;
        exits.push(record.exit);
        if json { output::json(&record)? } else { output::line(&record.line())? }
    }
    Ok(Exit::of_all(exits))
}

async fn one(client: &Client, repository: RepositoryId, options: SyncOptions, settings: Option<Wait>) -> Record {
    let Some(settings) = settings else {
        return match client.start_sync(repository).options(options).send().await {
            Ok(job) => Record::started(repository, job.id),
            Err(error) => Record::broken(repository, &Error::Start(error)),
        };
    };
    Record::ended(repository, codearts_repo_sync::sync(client, repository, options, settings).await)
}
