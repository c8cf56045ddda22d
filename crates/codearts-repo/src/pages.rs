//! Lists as streams over their pages.

use std::collections::BTreeSet;

use codearts_repo_client::{
    CallError as Error, Client as Generated, PageLimit, PageOffset, RepositoryId, ResponseValue, bounds,
};
use futures_core::Stream;
use futures_util::stream::{self, StreamExt};

use crate::call::{Operation, Sending};
use crate::client::Client;

/// A list that the service answers in pages.
pub(crate) trait List: Send + Sync + 'static {
    type Item: Send + 'static;

    const OPERATION: Operation;

    fn repository(&self) -> Option<RepositoryId> {
        None
    }

    /// What distinguishes an item from all others of the list.
    fn key(item: &Self::Item) -> String;

    fn page<'a>(&self, client: &'a Generated, limit: PageLimit, offset: PageOffset) -> Sending<'a, Vec<Self::Item>>;
}

/// Turns the answer of a generated operation into a page.
pub(crate) fn page<P, T>(answer: ResponseValue<P>) -> ResponseValue<Vec<T>>
where
    Vec<T>: From<P>,
{
    let (status, headers) = (answer.status(), answer.headers().clone());
    ResponseValue::new(answer.into_inner().into(), status, headers)
}

/// Where the next page begins, and what is needed to detect a server that repeats its pages forever.
struct Position {
    offset: u32,
    page: u32,
    /// The keys of an earlier page, and the number of the page that replaces it. The number doubles each time, which
    /// finds a cycle of any length.
    remembered: (BTreeSet<String>, u32),
}

impl Client {
    /// The items of a list. A page is requested when the one before is used up. The list ends with the first page that
    /// is not full, or when `X-Total` says that there are no more.
    pub(crate) fn items<L: List>(&self, list: L) -> impl Stream<Item = Result<L::Item, Error>> + Send + use<L> {
        let start = Some(Position { offset: 0, page: 1, remembered: (BTreeSet::new(), 1) });
        stream::unfold((start, self.clone(), list), |(position, client, list)| async move {
            let (page, next) = match client.next_page(&list, position?).await {
                Ok((page, next)) => (page.into_iter().map(Ok).collect(), next),
                Err(error) => (vec![Err(error)], None),
            };
            Some((stream::iter(page), (next, client, list)))
        })
        .flatten()
    }

    async fn next_page<L: List>(
        &self,
        list: &L,
        position: Position,
    ) -> Result<(Vec<L::Item>, Option<Position>), Error> {
        let not_sent = |error: codearts_repo_client::OutOfRange| Error::not_sent(error.to_string());
        let limit = PageLimit::try_from(*bounds::PAGE_LIMIT.end()).map_err(not_sent)?;
        let offset = PageOffset::try_from(position.offset).map_err(not_sent)?;
        let Position { page: number, mut remembered, .. } = position;
        let keys = |page: &[L::Item]| page.iter().map(L::key).collect::<BTreeSet<String>>();
        let repeats = |page: &Vec<L::Item>| !page.is_empty() && keys(page).is_subset(&remembered.0);
        let problem = "repeats an earlier page; the list would never end";
        let repository = list.repository();
        let answer = self
            .call_checked(
                L::OPERATION,
                repository,
                |client| list.page(client, limit, offset),
                |page| repeats(page).then_some(problem),
            )
            .await?;
        let total = answer.headers().get("x-total").and_then(|total| total.to_str().ok()?.parse::<u32>().ok());
        let page = answer.into_inner();
        if number >= remembered.1 {
            remembered = (keys(&page), number * 2);
        }
        let offset = position.offset.saturating_add(u32::try_from(page.len()).unwrap_or(u32::MAX));
        let is_full = page.len() >= limit.get() as usize;
        let has_more = is_full && total.is_none_or(|total| offset < total);
        Ok((page, has_more.then_some(Position { offset, page: number + 1, remembered })))
    }
}
