//! `mirror`, and `status`, which is `mirror show` by its older name.

mod change;
mod fields;

use std::future::Future;

use codearts_repo::{Client, MirrorUrl, RepositoryId};

use crate::arguments::{Global, Mirror, Set};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::service::Service;
use change::Change;
use fields::Shown;

pub(crate) async fn run(global: Global, command: Mirror, interrupt: Interrupt) -> Result<Exit, Failure> {
    match command {
        Mirror::Show(named) => show(global, named.repository, interrupt).await,
        Mirror::Set(settings) => set(global, settings, interrupt).await,
        Mirror::Associate { repository, url } => associate(global, repository.repository, url, interrupt).await,
    }
}

pub(crate) async fn show(global: Global, repository: RepositoryId, interrupt: Interrupt) -> Result<Exit, Failure> {
    let ask = async |client: Client| Ok(Shown::from(client.show_mirror(repository).await?));
    let Some(shown) = ended(&global, repository, interrupt, ask).await? else { return Ok(Exit::Interrupted) };
    shown.tell(repository, global.json)?;
    Ok(Exit::Worked)
}

async fn set(global: Global, settings: Set, interrupt: Interrupt) -> Result<Exit, Failure> {
    let repository = settings.repository.repository;
    let change = Change::of(settings);
    let ask = async |client: Client| change.make(&client, repository).await;
    let Some(shown) = ended(&global, repository, interrupt, ask).await? else { return Ok(doubtful(repository)) };
    shown.tell(repository, global.json)?;
    for field in change.unsaid(&shown) {
        output::tell(format_args!("repository {repository}: the service does not say what is set as {field} now"));
    }
    let differences = change.differences(&shown);
    for difference in &differences {
        output::tell(format_args!("repository {repository}: {difference}"));
    }
    Ok(if differences.is_empty() { Exit::Worked } else { Exit::Failed })
}

async fn associate(
    global: Global,
    repository: RepositoryId,
    source: Option<MirrorUrl>,
    interrupt: Interrupt,
) -> Result<Exit, Failure> {
    let ask = async |client: Client| Ok(Shown::from(client.associate_mirror(repository, source).await?));
    let Some(shown) = ended(&global, repository, interrupt, ask).await? else { return Ok(doubtful(repository)) };
    shown.tell(repository, global.json)?;
    Ok(Exit::Worked)
}

/// What a signal leaves of a change.
fn doubtful(repository: RepositoryId) -> Exit {
    output::tell(format_args!(
        "interrupted; the change may have been made all the same, `codearts-repo mirror show {repository}` tells"
    ));
    Exit::Interrupted
}

/// What the service answered; nothing when a signal came before.
async fn ended<F>(
    global: &Global,
    repository: RepositoryId,
    mut interrupt: Interrupt,
    ask: impl FnOnce(Client) -> F,
) -> Result<Option<Shown>, Failure>
where
    F: Future<Output = Result<Shown, Failure>>,
{
    let service = Service::open(global, &[repository]).await?;
    let answer = tokio::select! {
        answer = ask(service.client.clone()) => Some(answer),
        () = interrupt.next() => None,
    };
    service.close().await;
    answer.transpose()
}
