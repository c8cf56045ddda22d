//! Clients whose requests never leave the process.

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;

use codearts_repo::{Auth, Client, RetryPolicy};
use codearts_repo_client::fuzzing;
use http::{HeaderName, HeaderValue};
use reqwest::{Body, Request, Response};
use tokio::runtime::{Builder, Runtime};

/// The requests since the answers were set.
pub type Requests = Rc<RefCell<Vec<Request>>>;

/// Sets the answers to the next requests; the last one is repeated.
pub fn answer_with(answers: impl IntoIterator<Item = Response>, last: fn() -> Response) -> Requests {
    let mut answers: VecDeque<Response> = answers.into_iter().collect();
    let requests = Requests::default();
    let seen = Rc::clone(&requests);
    fuzzing::serve(move |request| {
        seen.borrow_mut().push(request);
        answers.pop_front().unwrap_or_else(last)
    });
    requests
}

/// An answer with this head.
pub fn answer(status: http::StatusCode, headers: &[(HeaderName, HeaderValue)], body: impl Into<Body>) -> Response {
    let mut answer = http::Response::new(body.into());
    *answer.status_mut() = status;
    for (name, value) in headers {
        answer.headers_mut().append(name, value.clone());
    }
    answer.into()
}

/// The answer to an accepted start.
pub fn accepted() -> Response {
    http::Response::new(r#"{"jid":"a"}"#).into()
}

/// A client without retries.
pub fn client(auth: impl Into<Auth>) -> Client {
    let endpoint = "http://127.0.0.1:1".parse().expect("an endpoint");
    Client::builder().endpoint(endpoint).auth(auth).retry(RetryPolicy::none()).build().expect("a client")
}

/// Runs a future to its end.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: OnceCell<Runtime> = const { OnceCell::new() };
    }
    let new = || Builder::new_current_thread().enable_time().build().expect("a runtime");
    RUNTIME.with(|runtime| runtime.get_or_init(new).block_on(work))
}

/// The request as it is sent.
pub fn on_the_wire(request: &Request) -> Option<(http::request::Parts, Vec<u8>)> {
    let url = request.url();
    let mut wire = http::Request::builder().method(request.method()).uri(url.as_str()).body(()).ok()?.into_parts().0;
    wire.headers = request.headers().clone();
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    wire.headers.insert(http::header::HOST, host.parse().ok()?);
    let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
    Some((wire, body.to_vec()))
}

/// Panics if the emulator does not accept the signature of a request.
pub fn assert_signed(request: &Request, secret: &str) {
    let (wire, body) = on_the_wire(request).expect("a request that can be sent");
    let verified = codearts_repo_emulator::fuzzing::verify(secret.as_bytes(), &wire, &body);
    assert_eq!(verified, Ok(()), "{wire:?}");
}
