//! `mirror`, and `status`, which is `mirror show` by a shorter name.

mod change;
mod fields;

use std::future::Future;

use codearts_repo::{Client, MirrorUrl, RepositoryId, RequestPreview};

use crate::arguments::{Mirror, Preview, Set};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::service::Service;
use change::Change;
pub(super) use fields::Shown;

pub(crate) async fn run(context: Context, command: Mirror, interrupt: Interrupt) -> Result<Exit, Failure> {
    match command {
        Mirror::Show(named) => show(context, named.repository, interrupt).await,
        Mirror::Set(settings) => set(context, settings, interrupt).await,
        Mirror::Associate { repository, url, preview } => {
            associate(context, repository.repository, url, preview, interrupt).await
        }
    }
}

pub(crate) async fn show(context: Context, repository: RepositoryId, interrupt: Interrupt) -> Result<Exit, Failure> {
    let ask = async |client: Client| Ok(Shown::from(client.show_mirror(repository).await?));
    let Some(shown) = ended(&context, repository, interrupt, ask).await? else { return Ok(Exit::Interrupted) };
    shown.tell(repository, context.json)?;
    Ok(Exit::Worked)
}

async fn set(context: Context, settings: Set, interrupt: Interrupt) -> Result<Exit, Failure> {
    let (repository, preview) = (settings.repository.repository, settings.preview);
    let change = Change::of(settings);
    if preview.is_asked_for() {
        let ask = async |client: Client| client.preview_update_mirror(repository, &change.settings()).await;
        return would_send(&context, repository, preview, ask).await;
    }
    let ask = async |client: Client| change.make(&client, repository).await;
    let Some(shown) = ended(&context, repository, interrupt, ask).await? else { return Ok(doubtful(repository)) };
    shown.tell(repository, context.json)?;
    for field in change.unsaid(&shown) {
        output::note(format_args!(
            "repository {repository}: the service does not say what is set as {field} now; look at it on the console"
        ));
    }
    let differences = change.differences(&shown);
    for difference in &differences {
        output::tell(format_args!("repository {repository}: {difference}"));
    }
    Ok(if differences.is_empty() { Exit::Worked } else { Exit::Failed })
}

async fn associate(
    context: Context,
    repository: RepositoryId,
    source: Option<MirrorUrl>,
    preview: Preview,
    interrupt: Interrupt,
) -> Result<Exit, Failure> {
    if preview.is_asked_for() {
        let ask = async |client: Client| client.preview_associate_mirror(repository, source).await;
        return would_send(&context, repository, preview, ask).await;
    }
    let ask = async |client: Client| Ok(Shown::from(client.associate_mirror(repository, source).await?));
    let Some(shown) = ended(&context, repository, interrupt, ask).await? else { return Ok(doubtful(repository)) };
    shown.tell(repository, context.json)?;
    Ok(Exit::Worked)
}

/// Tells the request in place of sending it.
async fn would_send<F>(
    context: &Context,
    repository: RepositoryId,
    preview: Preview,
    ask: impl FnOnce(Client) -> F,
) -> Result<Exit, Failure>
where
    F: Future<Output = Result<RequestPreview, codearts_repo::Error>>,
{
    let service = Service::open(context, &[repository]).await?;
    let told = match ask(service.client.clone()).await {
        Ok(request) => preview.tell(&service, repository, request, context.json),
        Err(error) => Err(error.into()),
    };
    service.close().await;
    told.map(|()| Exit::Worked)
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
    context: &Context,
    repository: RepositoryId,
    mut interrupt: Interrupt,
    ask: impl FnOnce(Client) -> F,
) -> Result<Option<Shown>, Failure>
where
    F: Future<Output = Result<Shown, Failure>>,
{
    let service = Service::open(context, &[repository]).await?;
    let answer = tokio::select! {
        answer = ask(service.client.clone()) => Some(answer),
        () = interrupt.next() => None,
    };
    service.close().await;
    answer.transpose()
}
