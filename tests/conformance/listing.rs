//! The list of repositories over its pages: where it ends, and that it ends.

use std::pin::pin;

use codearts_repo::RepositoryFilter;
use codearts_repo_client::bounds;
use futures_util::StreamExt;

use crate::plain_server::{PlainServer, answer};
use crate::wrapper_requests::client;

/// The items of a full page.
const FULL: u32 = *bounds::PAGE_LIMIT.end();

/// A page with these ids.
fn page(ids: impl IntoIterator<Item = u32>) -> String {
    let items: Vec<String> = ids.into_iter().map(|id| format!("{{\"id\":{id}}}")).collect();
    answer("200 OK", &format!("[{}]", items.join(",")))
}

/// The ids that were listed, the last error, and the offsets that were asked for.
async fn list(pages: Vec<String>) -> (Vec<i64>, Option<String>, Vec<String>) {
    let server = PlainServer::answering_in_turn(pages).await;
    let client = client(&server, "t");
    let mut list = pin!(client.list_repositories(RepositoryFilter::new()).take(100_000));
    let (mut ids, mut error) = (Vec::new(), None);
    while let Some(item) = list.next().await {
        match item {
            Ok(repository) => ids.extend(repository.id),
            Err(failure) => error = Some(failure.to_string()),
        }
    }
    let offset =
        |line: &str| line.split("offset=").nth(1).and_then(|rest| rest.split(['&', ' ']).next()).map(str::to_owned);
    let offsets = server.requests().iter().filter_map(|request| offset(&request.line)).collect();
    (ids, error, offsets)
}

#[tokio::test]
async fn the_list_ends_with_the_first_short_page() {
    for (pages, listed, asked) in [
        (vec![page([])], 0, 1),
        (vec![page(1..=FULL - 1)], FULL - 1, 1),
        (vec![page(1..=FULL), page([])], FULL, 2),
        (vec![page(1..=FULL), page(FULL + 1..=2 * FULL), page([2 * FULL + 1])], 2 * FULL + 1, 3),
    ] {
        let (ids, error, offsets) = list(pages).await;
        let asked: Vec<String> = (0..asked).map(|number| (number * FULL).to_string()).collect();
        assert_eq!((error, offsets), (None, asked));
        assert!(ids.iter().copied().eq((1..=listed).map(i64::from)));
    }
}

#[tokio::test]
async fn the_first_error_ends_the_list() {
    let (ids, error, offsets) = list(vec![page(1..=FULL), answer("403 Forbidden", "{}")]).await;
    assert_eq!((ids.len(), offsets.len()), (FULL as usize, 2));
    assert!(error.expect("an error").contains("403"));
}

/// The same page for ever, the same repositories in another order, and a circle of three pages.
#[tokio::test]
async fn a_server_that_ignores_the_offset_ends_the_list() {
    let turned = |by: u32| page((0..FULL).map(|n| (n + by) % FULL + 1));
    let circle = |n: u32| page((1..=FULL).map(|id| id + FULL * (n % 3)));
    for pages in [vec![page(1..=FULL)], (0..50).map(|n| turned(n * 7)).collect(), (0..50).map(circle).collect()] {
        let (ids, error, offsets) = list(pages).await;
        assert!(error.expect("an error").contains("repeats an earlier page"));
        assert!(offsets.len() <= 8 && ids.len() == FULL as usize * (offsets.len() - 1), "{offsets:?}");
    }
}
