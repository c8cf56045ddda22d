//! Which of all repositories, and in which order: `list`, and `sync --all`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use codearts_repo::{RepositoryFilter, RepositoryOrder, SortDirection};

use crate::failure::{Failure, chain};

/// What is asked of the service's list.
#[derive(Debug, Args)]
#[group(id = "listing")]
pub(crate) struct Listing {
    /// Only those whose name or path contains this, 1 to 512 characters
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only archived ones
    #[arg(long)]
    archived: bool,
    /// Only those that the caller starred
    #[arg(long)]
    starred: bool,
    /// Only those that the caller is a member of
    #[arg(long)]
    membership: bool,
    /// Only those that the caller created
    #[arg(long)]
    user_created: bool,
    /// Those in an abnormal state too
    #[arg(long)]
    include_abnormal: bool,
    /// The time that orders them
    #[arg(long, value_name = "TIME")]
    #[arg(value_parser = PossibleValuesParser::new(["created_at", "updated_at"]).try_map(|text| text.parse::<RepositoryOrder>()))]
    order_by: Option<RepositoryOrder>,
    /// Upwards or downwards
    #[arg(long, value_name = "DIRECTION")]
    #[arg(value_parser = PossibleValuesParser::new(["asc", "desc"]).try_map(|text| text.parse::<SortDirection>()))]
    sort: Option<SortDirection>,
}

impl Listing {
    /// The filter for the service. Only what was asked for is sent.
    pub(crate) fn filter(&self) -> Result<RepositoryFilter, Failure> {
        let mut filter = RepositoryFilter::new();
        if let Some(text) = &self.search {
            filter = filter.search(text).map_err(|error| {
                Failure::usage(format!("--search: {}", chain(&error)), "give a text of that length")
            })?;
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
