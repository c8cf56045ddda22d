//! `mirror` and `status`, which is short for `mirror show`.

mod change;
mod fields;

use std::future::Future;

use codearts_repo::{AssociateMirror, Client, MirrorUrl, RepositoryId, RequestPreview};

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
        Mirror::Show(argument) => show(context, argument.repository, interrupt).await,
        Mirror::Set(settings) => set(context, settings, interrupt).await,
        Mirror::Associate { repository, url, preview } => {
            associate(context, repository.repository, url, preview, interrupt).await
        }
    }
}

pub(crate) async fn show(context: Context, repository: RepositoryId, interrupt: Interrupt) -> Result<Exit, Failure> {
    let call = async |client: Client| Ok(Shown::from(client.show_mirror(repository).await?));
    let Some(shown) = answered(&context, repository, interrupt, call).await? else { return Ok(Exit::Interrupted) };
    shown.print(repository, context.json)?;
    Ok(Exit::Worked)
}

async fn set(context: Context, settings: Set, interrupt: Interrupt) -> Result<Exit, Failure> {
    let (repository, preview) = (settings.repository.repository, settings.preview);
    let change = Change::of(settings);
    if preview.is_set() {
        let call = async |client: Client| client.update_mirror(repository).settings(change.settings()).preview().await;
        return dry_run(&context, repository, preview, call).await;
    }
    let call = async |client: Client| change.apply(&client, repository).await;
    let Some(shown) = answered(&context, repository, interrupt, call).await? else { return Ok(doubtful(repository)) };
    print_changed(&shown, repository, context.json)?;
    for field in change.unconfirmed(&shown) {
        output::note(format_args!(
            "repository {repository}: the service does not confirm the {field}; check it on the console"
        ));
    }
    let differences = change.differences(&shown);
    for difference in &differences {
        output::error(format_args!("repository {repository}: {difference}"));
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
    if preview.is_set() {
        let call = async |client: Client| association(&client, repository, source).preview().await;
        return dry_run(&context, repository, preview, call).await;
    }
    let call = async |client: Client| Ok(Shown::from(association(&client, repository, source).await?));
    let Some(shown) = answered(&context, repository, interrupt, call).await? else { return Ok(doubtful(repository)) };
    print_changed(&shown, repository, context.json)?;
    Ok(Exit::Worked)
}

fn print_changed(shown: &Shown, repository: RepositoryId, json: bool) -> Result<(), Failure> {
    let place = format!("repository {repository}");
    shown.print(repository, json).map_err(|failure| failure.after("the change was made").at(place))
}

/// Prints the request instead of sending it.
async fn dry_run<F>(
    context: &Context,
    repository: RepositoryId,
    preview: Preview,
    call: impl FnOnce(Client) -> F,
) -> Result<Exit, Failure>
where
    F: Future<Output = Result<RequestPreview, codearts_repo::Error>>,
{
    let service = Service::open(context, &[repository]).await?;
    let printed = match call(service.client.clone()).await {
        Ok(request) => preview.print(&service, repository, request, context.json),
        Err(error) => Err(error.into()),
    };
    service.close().await;
    printed.map(|()| Exit::Worked)
}

/// Reports that a signal interrupted a change.
fn doubtful(repository: RepositoryId) -> Exit {
    output::error(format_args!(
        "interrupted: the change may have been made; check `codearts-repo mirror show {repository}`"
    ));
    Exit::Interrupted
}

/// The answer of the service, unless a signal comes first.
async fn answered<F>(
    context: &Context,
    repository: RepositoryId,
    mut interrupt: Interrupt,
    call: impl FnOnce(Client) -> F,
) -> Result<Option<Shown>, Failure>
where
    F: Future<Output = Result<Shown, Failure>>,
{
    let service = Service::open(context, &[repository]).await?;
    let answer = tokio::select! {
        answer = call(service.client.clone()) => Some(answer),
        () = interrupt.next() => None,
    };
    service.close().await;
    answer.transpose()
}

fn association(client: &Client, repository: RepositoryId, source: Option<MirrorUrl>) -> AssociateMirror {
    let request = client.associate_mirror(repository);
    match source {
        Some(url) => request.url(url),
        None => request,
    }
}
