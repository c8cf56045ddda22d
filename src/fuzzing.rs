//! Answers from a fuzz target in place of the network. Only a fuzzer's build has this module.

use std::cell::RefCell;

use reqwest::{Request, Response};

type Service = Box<dyn FnMut(Request) -> Response>;

thread_local! {
    static SERVICE: RefCell<Option<Service>> = const { RefCell::new(None) };
}

/// Lets this answer every request of this thread from now on.
pub fn serve(service: impl FnMut(Request) -> Response + 'static) {
    SERVICE.set(Some(Box::new(service)));
}

/// What the service makes of the request. Nothing is ever sent.
pub(crate) fn answer(request: Request) -> Response {
    SERVICE.with_borrow_mut(|service| match service {
        Some(service) => service(request),
        None => http::Response::new("").into(),
    })
}
