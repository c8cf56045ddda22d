//! The branches and tags of a repository.

use codearts_repo_client::types::{
    Branch, BranchDetails, BranchName, BranchPage, BranchQueryView, BranchSort, BranchType, BranchView, CreatorId,
    SortDirection, Tag, TagOrder, TagPage, TagSearch, TagView,
};
use codearts_repo_client::{CallError as Error, Client as Generated, PageLimit, PageOffset, RepositoryId};
use futures_core::Stream;

use crate::call::{Operation, Sending};
use crate::client::Client;
use crate::pages::{List, page};

const SHOW_BRANCH: Operation = Operation { name: "ShowBranch", only_reads: true };

/// Which branches to list, and in which order. The service decides what is not set, except for the order.
///
/// ```
/// use codearts_repo::{BranchFilter, BranchQueryView};
///
/// let filter = BranchFilter::new().query_view(BranchQueryView::Active);
/// # let _ = filter;
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[must_use = "a filter does nothing until it is passed to `list_branches`"]
pub struct BranchFilter {
    branch_type: Option<BranchType>,
    creator: Option<CreatorId>,
    sort: Option<BranchSort>,
    query_view: Option<BranchQueryView>,
    view: Option<BranchView>,
}

impl BranchFilter {
    /// All branches, by name.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists only branches of this type.
    pub const fn branch_type(mut self, branch_type: BranchType) -> Self {
        self.branch_type = Some(branch_type);
        self
    }

    /// Lists only branches of this creator, a user ID or an IAM ID.
    pub fn creator(mut self, creator: CreatorId) -> Self {
        self.creator = Some(creator);
        self
    }

    /// Sets the order. By name unless set: the service's own default, the time of the last update, changes while a
    /// synchronization runs, and a page could miss a branch.
    pub const fn sort(mut self, sort: BranchSort) -> Self {
        self.sort = Some(sort);
        self
    }

    /// Selects the branches to list.
    pub const fn query_view(mut self, view: BranchQueryView) -> Self {
        self.query_view = Some(view);
        self
    }

    /// Sets how much the service says of each branch.
    pub const fn view(mut self, view: BranchView) -> Self {
        self.view = Some(view);
        self
    }
}

/// Which tags to list, and in which order. The service decides what is not set, except for the order.
///
/// ```
/// use codearts_repo::{SortDirection, TagFilter, TagOrder};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let filter = TagFilter::new().search("v1.".parse()?).order_by(TagOrder::Created).sort(SortDirection::Desc);
/// # let _ = filter;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[must_use = "a filter does nothing until it is passed to `list_tags`"]
pub struct TagFilter {
    creator: Option<CreatorId>,
    search: Option<TagSearch>,
    sort: Option<SortDirection>,
    order_by: Option<TagOrder>,
    view: Option<TagView>,
}

impl TagFilter {
    /// All tags, by name.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists only tags of this creator, a user ID or an IAM ID.
    pub fn creator(mut self, creator: CreatorId) -> Self {
        self.creator = Some(creator);
        self
    }

    /// Lists only tags that match this text, 1 to 2,000 characters.
    pub fn search(mut self, text: TagSearch) -> Self {
        self.search = Some(text);
        self
    }

    /// Sets the direction of the order. Descending unless set.
    pub const fn sort(mut self, direction: SortDirection) -> Self {
        self.sort = Some(direction);
        self
    }

    /// Sets what orders the list. By name unless set: the service's own default changes while a synchronization runs.
    pub const fn order_by(mut self, order: TagOrder) -> Self {
        self.order_by = Some(order);
        self
    }

    /// Sets how much the service says of each tag.
    pub const fn view(mut self, view: TagView) -> Self {
        self.view = Some(view);
        self
    }
}

struct Branches {
    repository: RepositoryId,
    filter: BranchFilter,
}

impl List for Branches {
    type Item = Branch;

    const OPERATION: Operation = Operation { name: "ListBranches", only_reads: true };

    fn repository(&self) -> Option<RepositoryId> {
        Some(self.repository)
    }

    fn key(branch: &Branch) -> String {
        branch.name.clone().unwrap_or_default()
    }

    fn page<'a>(&self, client: &'a Generated, limit: PageLimit, offset: PageOffset) -> Sending<'a, Vec<Branch>> {
        let filter = &self.filter;
        let mut request = client.list_branches().repository_id(self.repository).limit(limit).offset(offset);
        request = request.sort(filter.sort.unwrap_or(BranchSort::Name));
        if let Some(branch_type) = filter.branch_type {
            request = request.branch_type(branch_type);
        }
        if let Some(creator) = &filter.creator {
            request = request.creator(creator.clone());
        }
        if let Some(view) = filter.query_view {
            request = request.query_view(view);
        }
        if let Some(view) = filter.view {
            request = request.view(view);
        }
        Box::pin(async { Ok(page::<BranchPage, _>(request.send().await?)) })
    }
}

struct Tags {
    repository: RepositoryId,
    filter: TagFilter,
}

impl List for Tags {
    type Item = Tag;

    const OPERATION: Operation = Operation { name: "ListTags", only_reads: true };

    fn repository(&self) -> Option<RepositoryId> {
        Some(self.repository)
    }

    fn key(tag: &Tag) -> String {
        tag.name.clone().unwrap_or_default()
    }

    fn page<'a>(&self, client: &'a Generated, limit: PageLimit, offset: PageOffset) -> Sending<'a, Vec<Tag>> {
        let filter = &self.filter;
        let mut request = client.list_tags().repository_id(self.repository).limit(limit).offset(offset);
        request = request.order_by(filter.order_by.unwrap_or(TagOrder::Name));
        if let Some(creator) = &filter.creator {
            request = request.creator(creator.clone());
        }
        if let Some(search) = &filter.search {
            request = request.search(search.clone());
        }
        if let Some(direction) = filter.sort {
            request = request.sort(direction);
        }
        if let Some(view) = filter.view {
            request = request.view(view);
        }
        Box::pin(async { Ok(page::<TagPage, _>(request.send().await?)) })
    }
}

impl Client {
    /// Shows a branch with the commit at its head.
    ///
    /// What the service answers for a branch that does not exist is unverified; 404 is likely.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # use codearts_repo::{Client, RepositoryId, Token};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let client = Client::builder().endpoint(emulator.endpoint().parse()?).auth(Token::new("t")?).build()?;
    /// # let id = RepositoryId::try_from(123)?;
    /// # client.start_sync(id).send().await?;
    /// # emulator.wait_idle(123).await;
    /// let branch = client.show_branch(id, "main".parse()?).await?;
    /// println!("{:?}", branch.commit.and_then(|commit| commit.id));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call.
    pub async fn show_branch(&self, repository: RepositoryId, name: BranchName) -> Result<BranchDetails, Error> {
        let answer = self
            .call(SHOW_BRANCH, Some(repository), |client| {
                Box::pin(client.show_branch().repository_id(repository).branch_name(name.clone()).send())
            })
            .await?;
        Ok(answer.into_inner())
    }

    /// Lists the branches of a repository in the longest pages.
    ///
    /// The answer documents no commits; [`show_branch`](Self::show_branch) has the commit of one branch.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # use codearts_repo::{Client, RepositoryId, Token};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let client = Client::builder().endpoint(emulator.endpoint().parse()?).auth(Token::new("t")?).build()?;
    /// # let id = RepositoryId::try_from(123)?;
    /// use codearts_repo::BranchFilter;
    /// use futures_util::TryStreamExt;
    ///
    /// let mut branches = std::pin::pin!(client.list_branches(id, BranchFilter::new()));
    /// while let Some(branch) = branches.try_next().await? {
    ///     println!("{:?}", branch.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_branches(
        &self,
        repository: RepositoryId,
        filter: BranchFilter,
    ) -> impl Stream<Item = Result<Branch, Error>> + Send + use<> {
        self.items(Branches { repository, filter })
    }

    /// Lists the tags of a repository with their targets, in the longest pages.
    ///
    /// Whether the target of an annotated tag is the tag object or the commit is unverified.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
    /// # use codearts_repo::{Client, RepositoryId, Token};
    /// # let repository = Repository::new(123).upstream(Upstream::demonstration());
    /// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
    /// # let client = Client::builder().endpoint(emulator.endpoint().parse()?).auth(Token::new("t")?).build()?;
    /// # let id = RepositoryId::try_from(123)?;
    /// use codearts_repo::TagFilter;
    /// use futures_util::TryStreamExt;
    ///
    /// let tags: Vec<_> = client.list_tags(id, TagFilter::new()).try_collect().await?;
    /// for tag in tags {
    ///     println!("{:?} {:?}", tag.name, tag.target);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_tags(
        &self,
        repository: RepositoryId,
        filter: TagFilter,
    ) -> impl Stream<Item = Result<Tag, Error>> + Send + use<> {
        self.items(Tags { repository, filter })
    }
}
