//! Filter and order of the repository list, for `list` and `--all`.

use clap::Args;
use codearts_repo::{
    ProjectRepositoryFilter, ProjectRepositoryOrder, RepositoryFilter, RepositoryOrder, SortDirection,
};

use crate::advice;
use crate::failure::Failure;
use crate::values;

/// Filter and order of the repository list.
#[derive(Debug, Args)]
#[group(id = "listing")]
pub(crate) struct Listing {
    #[arg(long, value_name = "TEXT")]
    #[arg(help = format!("Only repositories whose name or path contains this text of {}", values::search_length()))]
    search: Option<String>,
    /// Only archived repositories
    #[arg(long)]
    archived: bool,
    /// Only repositories that you starred
    #[arg(long)]
    starred: bool,
    /// Only repositories that you are a member of
    #[arg(long)]
    membership: bool,
    /// Only repositories that you created
    #[arg(long)]
    user_created: bool,
    /// Include repositories in an abnormal state
    #[arg(long)]
    include_abnormal: bool,
    /// Time to sort by
    #[arg(long, value_name = "TIME", value_parser = values::word::<RepositoryOrder>())]
    order_by: Option<RepositoryOrder>,
    /// Sort direction
    #[arg(long, value_name = "DIRECTION", value_parser = values::word::<SortDirection>())]
    sort: Option<SortDirection>,
}

impl Listing {
    /// The filter for a project, whose list has fewer options.
    pub(crate) fn project_filter(&self) -> Result<ProjectRepositoryFilter, Failure> {
        for (flag, set) in [
            ("--archived", self.archived),
            ("--starred", self.starred),
            ("--membership", self.membership),
            ("--user-created", self.user_created),
            ("--include-abnormal", self.include_abnormal),
        ] {
            if set {
                let advice = "use --search, --order-by and --sort with --project, or select with --all";
                return Err(Failure::usage(format!("{flag} cannot be used with --project"), advice));
            }
        }
        let mut filter = ProjectRepositoryFilter::new();
        if let Some(text) = &self.search {
            filter = filter.search(text);
        }
        if let Some(order) = self.order_by {
            // The two operations have their own types for the order.
            let order = order.to_string().parse::<ProjectRepositoryOrder>().map_err(|_| {
                Failure::usage("this order is not available for --project", "use another order").at("--order-by")
            })?;
            filter = filter.order_by(order);
        }
        if let Some(direction) = self.sort {
            filter = filter.sort(direction);
        }
        Ok(filter)
    }

    /// The filter for the service. Options that are not set are not sent.
    pub(crate) fn filter(&self) -> Result<RepositoryFilter, Failure> {
        let mut filter = RepositoryFilter::new();
        if let Some(text) = &self.search {
            let invalid =
                |error| Failure::from(advice::with(&error, &format!("use {}", values::search_length()))).at("--search");
            filter = filter.search(text).map_err(invalid)?;
        }
        if let Some(order) = self.order_by {
            filter = filter.order_by(order);
        }
        if let Some(direction) = self.sort {
            filter = filter.sort(direction);
        }
        for (asked, set) in [
            (self.archived, RepositoryFilter::archived as fn(RepositoryFilter, bool) -> RepositoryFilter),
            (self.starred, RepositoryFilter::starred),
            (self.membership, RepositoryFilter::membership),
            (self.user_created, RepositoryFilter::user_created),
            (self.include_abnormal, RepositoryFilter::include_abnormal),
        ] {
            if asked {
                filter = set(filter, true);
            }
        }
        Ok(filter)
    }
}
