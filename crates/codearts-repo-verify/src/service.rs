//! The refs of a mirror as the service lists them.

use std::future::ready;

use codearts_repo::{BranchFilter, BranchName, Client, Error, RepositoryId, TagFilter};
use codearts_repo_sync::{Limits, Operation};
use futures_util::stream::{Stream, TryStreamExt as _};

use crate::mirror::{ListedRef, MirrorReader, Overview};

/// One mirror of a service.
pub(crate) struct Mirror<'a> {
    pub(crate) client: &'a Client,
    /// The same client without retries of its own, for calls whose retries the limits count.
    pub(crate) once: &'a Client,
    pub(crate) limits: &'a Limits,
    pub(crate) repository: RepositoryId,
}

impl MirrorReader for Mirror<'_> {
    type Error = Error;

    async fn overview(&self) -> Result<Overview, Error> {
        let show = || self.once.show_repository(self.repository);
        let details = self.limits.call_retrying(Operation::ShowRepository, self.client.retry_policy(), show).await?;
        let default_branch = details.default_branch.filter(|name| !name.is_empty());
        Ok(Overview { name: details.name, default_branch, is_empty: details.empty_repo.unwrap_or(false) })
    }

    async fn branch(&self, name: &str) -> Result<Option<ListedRef>, Error> {
        let Ok(branch) = name.parse::<BranchName>() else { return Ok(None) };
        let show = || self.once.show_branch(self.repository, branch.clone());
        match self.limits.call_retrying(Operation::ShowBranch, self.client.retry_policy(), show).await {
            Ok(found) => Ok(Some(ListedRef { name: name.to_owned(), id: found.commit.and_then(|commit| commit.id) })),
            // The repository is there, so the branch is not.
            Err(error) if error.kind() == codearts_repo::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn branches(&self) -> impl Stream<Item = Result<ListedRef, Error>> + Send {
        let list = self.client.list_branches(self.repository, BranchFilter::new());
        let pages = self.limits.pages(Operation::ListBranches, list);
        pages.try_filter_map(|branch| ready(Ok(branch.name.map(|name| ListedRef { name, id: None }))))
    }

    fn tags(&self) -> impl Stream<Item = Result<ListedRef, Error>> + Send {
        let list = self.client.list_tags(self.repository, TagFilter::new());
        let pages = self.limits.pages(Operation::ListTags, list);
        pages.try_filter_map(|tag| ready(Ok(tag.name.map(|name| ListedRef { name, id: tag.target }))))
    }
}
