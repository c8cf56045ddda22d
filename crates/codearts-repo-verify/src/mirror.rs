//! The refs of a mirror.

use std::future::Future;

use futures_util::stream::Stream;

/// Reads the refs of one mirror.
pub(crate) trait MirrorReader: Sync {
    type Error: Send;

    fn overview(&self) -> impl Future<Output = Result<Overview, Self::Error>> + Send;

    /// `None` if there is no such branch.
    fn branch(&self, name: &str) -> impl Future<Output = Result<Option<ListedRef>, Self::Error>> + Send;

    fn branches(&self) -> impl Stream<Item = Result<ListedRef, Self::Error>> + Send;

    fn tags(&self) -> impl Stream<Item = Result<ListedRef, Self::Error>> + Send;
}

/// What the service says of the repository itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Overview {
    pub(crate) name: Option<String>,
    pub(crate) default_branch: Option<String>,
    pub(crate) is_empty: bool,
}

/// A ref as the service lists it, with its id if the list has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedRef {
    pub(crate) name: String,
    pub(crate) id: Option<String>,
}
