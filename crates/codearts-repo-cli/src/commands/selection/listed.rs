//! The repositories of a list of the service.

use codearts_repo::{Client, Error, ProjectId, ProjectRepositoryFilter, RepositoryFilter, RepositoryId};
use codearts_repo_sync::{Limits, Operation};
use futures_util::stream::{self, Stream, StreamExt};

use super::line::Line;
use crate::commands::list::incomplete;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// A list of the service.
#[derive(Debug)]
pub(super) enum List {
    /// All repositories that the caller can see.
    All(RepositoryFilter),
    /// The repositories of a project.
    Project(ProjectId, ProjectRepositoryFilter),
}

impl List {
    /// The repositories with a valid ID. An error ends the stream.
    pub(super) fn lines(self, client: &Client, limits: &Limits) -> impl Stream<Item = Result<Line, Failure>> + use<> {
        let listed = match self {
            Self::All(filter) => limits
                .pages(Operation::ListRepositories, client.list_repositories(filter))
                .map(|item| match item {
                    Ok(item) => Ok((item.id, item.name_with_namespace.or(item.name), item.last_repository_updated_at)),
                    Err(error) => Err(incomplete(&error)),
                })
                .left_stream(),
            Self::Project(project, filter) => {
                let list = client.list_project_repositories(project, filter);
                not_empty(limits.pages(Operation::ListProjectRepositories, list))
                    .map(|item| item.map(|item| (item.id, item.name_with_namespace.or(item.name), None)))
                    .right_stream()
            }
        };
        listed.filter_map(|item| std::future::ready(line(item)))
    }
}

/// The list, with an error in place of nothing: an unknown project may have an empty list.
fn not_empty<T>(list: impl Stream<Item = Result<T, Error>>) -> impl Stream<Item = Result<T, Failure>> {
    let mut empty = true;
    let end = stream::once(std::future::ready(None));
    list.map(Some).chain(end).filter_map(move |item| {
        let item = match item {
            Some(item) => Some(item.map_err(|error| incomplete(&error))),
            None if empty => Some(Err(Failure::new(
                Exit::Failed,
                "the list of the project's repositories is empty",
                "check the project ID, the filters and your permissions",
            ))),
            None => None,
        };
        empty = false;
        std::future::ready(item)
    })
}

/// ID, name, and when the content was last changed, which the list of a project lacks.
type Item = (Option<i64>, Option<String>, Option<String>);

fn line(item: Result<Item, Failure>) -> Option<Result<Line, Failure>> {
    let (id, name, updated_at) = match item {
        Ok(item) => item,
        Err(failure) => return Some(Err(failure)),
    };
    let Some(id) = id.and_then(|id| RepositoryId::try_from(id).ok()) else {
        output::note("the list contains a repository without a valid ID, which is ignored; see `list`");
        return None;
    };
    Some(Ok(Line::from(id).listed(name, updated_at)))
}
