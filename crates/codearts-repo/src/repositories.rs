//! The list of repositories, as a stream over its pages.

use std::collections::BTreeSet;

use codearts_repo_client::types::{Repository, RepositoryOrder, SearchText, SortDirection};
use codearts_repo_client::{Client as Generated, PageLimit, PageOffset, bounds, builder};
use futures_core::Stream;
use futures_util::stream::{self, StreamExt};

use crate::Error;
use crate::call::Operation;
use crate::client::Client;

const LIST: Operation<'_> = Operation { name: "ListCurrentUserRepositories", only_reads: true, options: None };

/// Which repositories to list, and in which order. What is not set is not sent, and the service decides.
///
/// ```
/// use codearts_repo::{RepositoryFilter, RepositoryOrder, SortDirection};
///
/// # fn main() -> Result<(), codearts_repo::InvalidSearch> {
/// let filter = RepositoryFilter::new()
///     .search("project")?
///     .starred(true)
///     .order_by(RepositoryOrder::UpdatedAt)
///     .sort(SortDirection::Desc);
/// # let _ = filter;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a filter does nothing until it is given to `list_repositories`"]
pub struct RepositoryFilter {
    archived: Option<bool>,
    include_abnormal: Option<bool>,
    membership: Option<bool>,
    order_by: Option<RepositoryOrder>,
    search: Option<SearchText>,
    sort: Option<SortDirection>,
    starred: Option<bool>,
    user_created: Option<bool>,
}

impl RepositoryFilter {
    /// No filter: every repository that the caller can see, newest first.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists only archived repositories.
    pub const fn archived(mut self, only: bool) -> Self {
        self.archived = Some(only);
        self
    }

    /// Lists repositories in an abnormal state too.
    pub const fn include_abnormal(mut self, include: bool) -> Self {
        self.include_abnormal = Some(include);
        self
    }

    /// Lists only repositories that the caller is a member of.
    pub const fn membership(mut self, only: bool) -> Self {
        self.membership = Some(only);
        self
    }

    /// Orders by the time of creation (the service's default) or of the last change.
    pub const fn order_by(mut self, order: RepositoryOrder) -> Self {
        self.order_by = Some(order);
        self
    }

    /// Orders upwards or downwards (the service's default).
    pub const fn sort(mut self, direction: SortDirection) -> Self {
        self.sort = Some(direction);
        self
    }

    /// Lists only repositories whose name or path contains this text.
    ///
    /// # Errors
    ///
    /// [`InvalidSearch`] when the text has not 1 to 512 characters.
    pub fn search(mut self, text: &str) -> Result<Self, InvalidSearch> {
        let invalid = |_| InvalidSearch { characters: text.chars().count() };
        self.search = Some(text.parse().map_err(invalid)?);
        Ok(self)
    }

    /// Lists only repositories that the caller starred.
    pub const fn starred(mut self, only: bool) -> Self {
        self.starred = Some(only);
        self
    }

    /// Lists only repositories that the caller created.
    pub const fn user_created(mut self, only: bool) -> Self {
        self.user_created = Some(only);
        self
    }

    fn request<'a>(&self, client: &'a Generated) -> builder::ListCurrentUserRepositories<'a> {
        let mut request = client.list_current_user_repositories();
        if let Some(archived) = self.archived {
            request = request.archived(archived);
        }
        if let Some(include) = self.include_abnormal {
            request = request.include_abnormal(include);
        }
        if let Some(membership) = self.membership {
            request = request.membership(membership);
        }
        if let Some(order) = self.order_by {
            request = request.order_by(order);
        }
        if let Some(search) = &self.search {
            request = request.search(search.clone());
        }
        if let Some(direction) = self.sort {
            request = request.sort(direction);
        }
        if let Some(starred) = self.starred {
            request = request.starred(starred);
        }
        if let Some(created) = self.user_created {
            request = request.user_created(created);
        }
        request
    }
}

/// A text that is too short or too long to search for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the text to search for has {characters} characters; it has {} to {}", bounds::SEARCH_TEXT.start(), bounds::SEARCH_TEXT.end())]
pub struct InvalidSearch {
    characters: usize,
}

/// Where the listing stands between two pages.
struct Position {
    offset: u32,
    page: u32,
    /// The ids of one earlier page, and the number of the page at which a later one takes its place. That number
    /// doubles each time, so that a server that goes round in a circle of any length comes upon it.
    remembered: (BTreeSet<Option<i64>>, u32),
}

impl Client {
    /// Lists the repositories that the caller can see. Each page of 100 is asked for when the one before is used up,
    /// and no more than one page and the ids of another are held; the list ends with the first page that is not full.
    ///
    /// The service has no snapshot: a repository that is made or deleted meanwhile can shift another one out of the
    /// list or into it twice. The first error ends the list; a server that answers the same
    /// repositories again and again, in whatever order, is one.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::RepositoryFilter;
    /// use futures_util::TryStreamExt;
    ///
    /// let mut list = std::pin::pin!(client.list_repositories(RepositoryFilter::new()));
    /// while let Some(repository) = list.try_next().await? {
    ///     println!("{:?} {:?}", repository.id, repository.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_repositories(
        &self,
        filter: RepositoryFilter,
    ) -> impl Stream<Item = Result<Repository, Error>> + Send + use<> {
        let client = self.clone();
        let start = Some(Position { offset: 0, page: 1, remembered: (BTreeSet::new(), 1) });
        stream::unfold((start, client, filter), |(position, client, filter)| async move {
            let (page, next) = match client.page(&filter, position?).await {
                Ok((page, next)) => (page.into_iter().map(Ok).collect(), next),
                Err(error) => (vec![Err(error)], None),
            };
            Some((stream::iter(page), (next, client, filter)))
        })
        .flatten()
    }

    async fn page(
        &self,
        filter: &RepositoryFilter,
        position: Position,
    ) -> Result<(Vec<Repository>, Option<Position>), Error> {
        let not_sent = |error: codearts_repo_client::OutOfRange| Error::NotSent(error.to_string());
        let limit = PageLimit::try_from(*bounds::PAGE_LIMIT.end()).map_err(not_sent)?;
        let offset = PageOffset::try_from(position.offset).map_err(not_sent)?;
        let Position { page: number, mut remembered, .. } = position;
        let repeats = |page: &[Repository]| !page.is_empty() && ids(page).is_subset(&remembered.0);
        let send = |client: Generated| async move { filter.request(&client).limit(limit).offset(offset).send().await };
        let problem = "repeats an earlier page, so that the list would never end";
        let answer = self.call_checked(LIST, None, send, |page| repeats(page).then_some(problem)).await?;
        let ids = ids(&answer);
        if number >= remembered.1 {
            remembered = (ids, number * 2);
        }
        let page: Vec<Repository> = answer.into_inner().0;
        let full = page.len() >= limit.get() as usize;
        let offset = position.offset.saturating_add(page.len() as u32);
        let next = full.then_some(Position { offset, page: number + 1, remembered });
        Ok((page, next))
    }
}

fn ids(page: &[Repository]) -> BTreeSet<Option<i64>> {
    page.iter().map(|repository| repository.id).collect()
}
