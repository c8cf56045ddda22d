//! Answers from a fuzz target instead of the network. Compiled for fuzzing only.

use std::cell::RefCell;

use reqwest::{Request, Response, ResponseBuilderExt};

type Service = Box<dyn FnMut(Request) -> Response>;

thread_local! {
    static SERVICE: RefCell<Option<Service>> = const { RefCell::new(None) };
}

/// Answers every further request of this thread with this function.
pub fn serve(service: impl FnMut(Request) -> Response + 'static) {
    SERVICE.set(Some(Box::new(service)));
}

/// What the service answers. Nothing is ever sent.
pub(crate) fn answer(request: Request) -> Response {
    let url = request.url().clone();
    let answer = SERVICE.with_borrow_mut(|service| match service {
        Some(service) => service(request),
        None => http::Response::new("").into(),
    });
    let (head, body) = http::Response::<reqwest::Body>::from(answer).into_parts();
    let mut builder = http::Response::builder().url(url).status(head.status).version(head.version);
    if let Some(headers) = builder.headers_mut() {
        *headers = head.headers;
    }
    builder.body(body).unwrap_or_default().into()
}
