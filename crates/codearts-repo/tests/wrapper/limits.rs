//! Limits on the size of an answer and on the number of pages.

use std::time::Duration;

use codearts_repo::{Error, ErrorKind, RemoteMirror, RepositoryFilter, RepositoryId};
use codearts_repo_client::{MAX_ANSWER_BYTES, bounds};
use futures_util::TryStreamExt;

use crate::server::{Server, answer, builder};

async fn show(bytes: String) -> Result<RemoteMirror, Error> {
    let server = Server::answering(bytes).await;
    let client = builder(&server.endpoint).timeout(Duration::from_secs(60)).build().expect("a client");
    client.show_mirror(RepositoryId::try_from(123).expect("an id")).await
}

#[tokio::test]
async fn an_answer_of_the_maximum_size_is_read() {
    assert_eq!(MAX_ANSWER_BYTES, 16 << 20, "as documented");
    for (length, reads) in [(MAX_ANSWER_BYTES, true), (MAX_ANSWER_BYTES + 1, false)] {
        let body = format!("{{}}{}", " ".repeat(length - 2));
        let announced = show(answer("200 OK", "", &body)).await;
        assert_eq!(announced.is_ok(), reads, "{length} bytes, announced: {announced:?}");
        let unannounced = show(format!("HTTP/1.1 200 OK\r\n\r\n{body}")).await;
        assert_eq!(unannounced.is_ok(), reads, "{length} bytes, to the end: {unannounced:?}");
    }
}

#[tokio::test]
async fn an_answer_that_announces_too_much_is_not_read() {
    let error = show(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{{}}", MAX_ANSWER_BYTES + 1)).await;
    // Reading it would end with an incomplete answer.
    assert!(error.as_ref().is_err_and(|error| error.kind() == ErrorKind::UnexpectedAnswer), "{error:?}");
}

#[tokio::test]
async fn a_list_that_repeats_its_first_page_ends() {
    let most = *bounds::PAGE_LIMIT.end();
    let page = |first: u32| {
        let all: Vec<String> = (first..first + most).map(|id| format!(r#"{{"id":{id}}}"#)).collect();
        answer("200 OK", "Content-Type: application/json\r\n", &format!("[{}]", all.join(",")))
    };
    let server = Server::answering_in_turn(vec![page(1), page(1001)]).await;
    let list = server.client().list_repositories(RepositoryFilter::new());
    let all = tokio::time::timeout(Duration::from_secs(60), list.try_collect::<Vec<_>>()).await;
    let error = all.expect("an end").expect_err("a circle");
    assert!(error.to_string().contains("repeats an earlier page"), "{error}");
    assert!(server.count() < 8, "{}", server.count());
}
