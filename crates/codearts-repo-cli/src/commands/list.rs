//! `list`: the repositories that the caller can see, page by page as they come.

use std::pin::pin;

use codearts_repo::{Client, Repository, RepositoryFilter};
use futures_util::stream::StreamExt;

use crate::columns::Columns;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::service::Service;
use crate::text::one_line;

/// How many are told at once. It is what the service puts on a page.
const PAGE: usize = 100;

pub(crate) async fn run(context: Context, filter: RepositoryFilter, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let service = Service::open(&context, &Service::to_list()).await?;
    let result = tokio::select! {
        result = tell(&service.client, filter, context.json) => result.map(|()| Exit::Worked),
        () = interrupt.next() => Ok(Exit::Interrupted),
    };
    service.close().await;
    result
}

/// Tells each page before the next one is asked for, if there is still somebody to read it. What was told before an
/// error stands.
async fn tell(client: &Client, filter: RepositoryFilter, json: bool) -> Result<(), Failure> {
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
            return Err(Failure::broken_list(&error));
        }
        if output::is_closed() {
            break;
        }
    }
    Ok(())
}

/// Number, name and state. What the service leaves out is a dash, so that the columns can be told apart by programs.
fn row(repository: &Repository) -> [String; 3] {
    let name = repository.name_with_namespace.as_deref().or(repository.name.as_deref());
    let text = |text: Option<&str>| match text.map(one_line) {
        Some(text) if !text.is_empty() => text.into_owned(),
        _ => "-".to_owned(),
    };
    let id = repository.id.map(|id| id.to_string());
    [text(id.as_deref()), text(name), text(repository.status.as_deref())]
}
