//! `list`: the repositories that the caller can see, printed page by page.

use std::pin::pin;

use codearts_repo::{Client, Repository, RepositoryFilter, bounds};
use futures_util::stream::StreamExt;

use crate::columns::Columns;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::service::Service;
use crate::text::one_line;

/// Repositories per page of the service.
const PAGE: usize = *bounds::PAGE_LIMIT.end() as usize;

pub(crate) async fn run(context: Context, filter: RepositoryFilter, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let service = Service::open(&context, &Service::to_list()).await?;
    let result = tokio::select! {
        result = print(&service.client, filter, context.json) => result.map(|()| Exit::Worked),
        () = interrupt.next() => Ok(Exit::Interrupted),
    };
    service.close().await;
    result
}

/// Prints each page before it requests the next one. Stops when the reader of standard output has gone.
async fn print(client: &Client, filter: RepositoryFilter, json: bool) -> Result<(), Failure> {
    let mut columns = Columns::new();
    let mut pages = pin!(client.list_repositories(filter).ready_chunks(PAGE));
    while let Some(page) = pages.next().await {
        let mut repositories = Vec::with_capacity(page.len());
        let mut broken = None;
        for repository in page {
            match repository {
                Ok(repository) => repositories.push(repository),
                Err(error) => broken = Some(error),
            }
        }
        if json {
            repositories.iter().try_for_each(output::json)?;
        } else {
            let rows: Vec<_> = repositories.iter().map(row).collect();
            columns.lines(&rows).iter().try_for_each(|line| output::line(line))?;
        }
        if let Some(error) = broken {
            return Err(incomplete(&error));
        }
        if output::is_closed() {
            break;
        }
    }
    Ok(())
}

/// ID, name and state. A dash stands for what the service leaves out, which keeps the columns parsable.
fn row(repository: &Repository) -> [String; 3] {
    let name = repository.name_with_namespace.as_deref().or(repository.name.as_deref());
    let text = |text: Option<&str>| match text.map(one_line) {
        Some(text) if !text.is_empty() => text.into_owned(),
        _ => "-".to_owned(),
    };
    let id = repository.id.map(|id| id.to_string());
    [text(id.as_deref()), text(name), text(repository.status.as_deref())]
}

/// The failure when the list ends before its last page.
pub(super) fn incomplete(error: &codearts_repo::Error) -> Failure {
    Failure::from(error).at("the list of repositories is incomplete")
}
