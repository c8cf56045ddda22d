//! The list of repositories over its pages: where it ends, and that it ends.

use std::pin::pin;

use codearts_repo::RepositoryFilter;
use futures_util::StreamExt;

use crate::plain_server::{PlainServer, answer};
use crate::wrapper_requests::client;

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
        (vec![page([])], 0, vec!["0"]),
        (vec![page(1..=99)], 99, vec!["0"]),
        (vec![page(1..=100), page([])], 100, vec!["0", "100"]),
        (vec![page(1..=100), page(101..=200), page(201..=203)], 203, vec!["0", "100", "200"]),
    ] {
        let (ids, error, offsets) = list(pages).await;
        assert_eq!((ids.len(), error, offsets), (listed, None, asked.into_iter().map(str::to_owned).collect()));
        assert!(ids.iter().copied().eq(1..=listed as i64));
    }
}

#[tokio::test]
async fn the_first_error_ends_the_list() {
    let (ids, error, offsets) = list(vec![page(1..=100), answer("403 Forbidden", "{}")]).await;
    assert_eq!((ids.len(), offsets.len()), (100, 2));
    assert!(error.expect("an error").contains("403"));
}

/// The same page for ever, the same repositories in another order, and a circle of three pages.
#[tokio::test]
async fn a_server_that_ignores_the_offset_ends_the_list() {
    let turned = |by: u32| page((0..100).map(|n| (n + by) % 100 + 1));
    let circle = |n: u32| page((1..=100).map(|id| id + 1000 * (n % 3)));
    for pages in [vec![page(1..=100)], (0..50).map(|n| turned(n * 7)).collect(), (0..50).map(circle).collect()] {
        let (ids, error, offsets) = list(pages).await;
        assert!(error.expect("an error").contains("repeats an earlier page"));
        assert!(offsets.len() <= 8 && ids.len() == 100 * (offsets.len() - 1), "{offsets:?}");
    }
}
