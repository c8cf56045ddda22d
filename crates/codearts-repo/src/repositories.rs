//! One repository, the caller's repositories, and those of a project.

use codearts_repo_client::types::{
    ProjectId, ProjectRepository, ProjectRepositoryOrder, ProjectRepositoryPage, Repository, RepositoryDetails,
    RepositoryOrder, RepositoryPage, SearchText, SortDirection,
};
use codearts_repo_client::{
    CallError as Error, Client as Generated, PageLimit, PageOffset, RepositoryId, bounds, builder,
};
use futures_core::Stream;

use crate::call::{Operation, Sending};
use crate::client::Client;
use crate::pages::{List, page};

const SHOW: Operation = Operation { name: "ShowRepository", only_reads: true };

/// Which repositories to list, and in which order. The service decides what is not set.
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[must_use = "a filter does nothing until it is passed to `list_repositories`"]
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

    /// Sets what orders the list. The service's default is the time of creation.
    pub const fn order_by(mut self, order: RepositoryOrder) -> Self {
        self.order_by = Some(order);
        self
    }

    /// Sets the direction of the order. The service's default is descending.
    pub const fn sort(mut self, direction: SortDirection) -> Self {
        self.sort = Some(direction);
        self
    }

    /// Lists only repositories whose name or path contains this text.
    ///
    /// # Errors
    ///
    /// [`InvalidSearch`] if the length of the text is out of [`bounds::SEARCH_TEXT`](crate::bounds::SEARCH_TEXT).
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the text to search for has {characters} characters, not {} to {}", bounds::SEARCH_TEXT.start(), bounds::SEARCH_TEXT.end())]
pub struct InvalidSearch {
    characters: usize,
}

/// Which repositories of a project to list, and in which order. The service decides what is not set, except for the
/// order.
///
/// ```
/// use codearts_repo::{ProjectRepositoryFilter, ProjectRepositoryOrder};
///
/// let filter = ProjectRepositoryFilter::new().search("backend").order_by(ProjectRepositoryOrder::Name);
/// # let _ = filter;
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[must_use = "a filter does nothing until it is passed to `list_project_repositories`"]
pub struct ProjectRepositoryFilter {
    search: Option<String>,
    order_by: Option<ProjectRepositoryOrder>,
    sort: Option<SortDirection>,
}

impl ProjectRepositoryFilter {
    /// All repositories of the project, by id.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists only repositories that match this text.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.search = Some(text.into());
        self
    }

    /// Sets what orders the list. By id unless set: the service's own default changes while a synchronization runs.
    pub const fn order_by(mut self, order: ProjectRepositoryOrder) -> Self {
        self.order_by = Some(order);
        self
    }

    /// Sets the direction of the order. Descending unless set.
    pub const fn sort(mut self, direction: SortDirection) -> Self {
        self.sort = Some(direction);
        self
    }
}

impl List for RepositoryFilter {
    type Item = Repository;

    const OPERATION: Operation = Operation { name: "ListCurrentUserRepositories", only_reads: true };

    fn key(repository: &Repository) -> String {
        format!("{:?}", repository.id)
    }

    fn page<'a>(&self, client: &'a Generated, limit: PageLimit, offset: PageOffset) -> Sending<'a, Vec<Repository>> {
        let request = self.request(client).limit(limit).offset(offset);
        Box::pin(async { Ok(page::<RepositoryPage, _>(request.send().await?)) })
    }
}

struct ProjectRepositories {
    project: ProjectId,
    filter: ProjectRepositoryFilter,
}

impl List for ProjectRepositories {
    type Item = ProjectRepository;

    const OPERATION: Operation = Operation { name: "ListProjectRepositories", only_reads: true };

    fn key(repository: &ProjectRepository) -> String {
        format!("{:?}", repository.id)
    }

    fn page<'a>(
        &self,
        client: &'a Generated,
        limit: PageLimit,
        offset: PageOffset,
    ) -> Sending<'a, Vec<ProjectRepository>> {
        let mut request = client.list_project_repositories().project_id(self.project.clone());
        request = request.limit(limit).offset(offset);
        request = request.order_by(self.filter.order_by.unwrap_or(ProjectRepositoryOrder::Id));
        if let Some(search) = &self.filter.search {
            request = request.search(search.clone());
        }
        if let Some(direction) = self.filter.sort {
            request = request.sort(direction);
        }
        Box::pin(async { Ok(page::<ProjectRepositoryPage, _>(request.send().await?)) })
    }
}

impl Client {
    /// Lists the repositories that the caller can see, in the longest pages. A page is requested when the one before is used
    /// up, and the list ends with the first page that is not full.
    ///
    /// The service has no snapshots: while the list is read, a repository that is created or deleted can make another
    /// one appear twice or not at all. The first error ends the list. A server that repeats its pages is an error.
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
        self.items(filter)
    }

    /// Lists the repositories of a project in the longest pages. It ends and fails as
    /// [`list_repositories`](Self::list_repositories) does.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::{ProjectId, ProjectRepositoryFilter};
    /// use futures_util::TryStreamExt;
    ///
    /// let project: ProjectId = "00000000000000000000000000000001".parse()?;
    /// let list = client.list_project_repositories(project, ProjectRepositoryFilter::new());
    /// let repositories: Vec<_> = list.try_collect().await?;
    /// println!("{} repositories", repositories.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_project_repositories(
        &self,
        project: ProjectId,
        filter: ProjectRepositoryFilter,
    ) -> impl Stream<Item = Result<ProjectRepository, Error>> + Send + use<> {
        self.items(ProjectRepositories { project, filter })
    }

    /// Shows a repository, with its default branch and its counts of branches and tags. Every field may be missing.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let address = emulator.endpoint();
    /// # let client = codearts_repo::Client::builder().endpoint(address.parse()?).auth(codearts_repo::Token::new("t")?).build()?;
    /// use codearts_repo::RepositoryId;
    ///
    /// let repository = client.show_repository(RepositoryId::try_from(123)?).await?;
    /// println!("{:?}: {:?}", repository.name, repository.default_branch);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call; 404 for a repository that does not exist.
    pub async fn show_repository(&self, repository: RepositoryId) -> Result<RepositoryDetails, Error> {
        let answer = self
            .call(SHOW, Some(repository), |client| Box::pin(client.show_repository().repository_id(repository).send()))
            .await?;
        Ok(answer.into_inner())
    }
}
