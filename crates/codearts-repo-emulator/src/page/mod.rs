//! The page: repositories, synchronizations and requests as they change, and the API reference.
//!
//! It answers in front of the service: a request for the page is not recorded, and neither faults nor the quota apply to it.
//! It shows only what the API and the record show, without secrets.

mod feed;
mod files;
mod recent;
mod snapshot;

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{Either, StreamBody};
use tokio::sync::{Semaphore, watch};

use crate::contract::Route;
use crate::service::{Port, Service};
use crate::visitor;
use crate::wire::AnswerBody;
use feed::Events;
use files::File;
pub(crate) use recent::Arrival;
use recent::Recent;

/// The body of an answer of the service or of the page.
pub(crate) type Outgoing = Either<AnswerBody, StreamBody<Events>>;

/// How many browsers receive changes at once; others have to poll.
const MAX_FEEDS: usize = 32;

/// What a browser may do with the page: load its own files, and never treat text as markup.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The renderer of the reference writes markup, which it sanitizes itself, and its icons are `data:` images.
const REFERENCE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page of one emulator.
#[derive(Debug)]
pub(crate) struct Page {
    service: Arc<Service>,
    openapi: Bytes,
    recent: Recent,
    feeds: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
}

impl Page {
    /// The page of an emulator of this document.
    pub(crate) fn new(service: Arc<Service>, openapi: Option<String>, stopped: watch::Receiver<bool>) -> Self {
        Self {
            service,
            openapi: openapi.map_or(Bytes::from_static(codearts_repo_client::OPENAPI.as_bytes()), Bytes::from),
            recent: Recent::default(),
            feeds: Arc::new(Semaphore::new(MAX_FEEDS)),
            stopped,
        }
    }

    /// Answers a request for the page or its parts, unless the contract has the path.
    pub(crate) fn answer<B>(self: &Arc<Self>, port: Port, request: &Request<B>) -> Option<Response<Outgoing>> {
        let shown =
            matches!(port, Port::RepoAndIam | Port::Repo) && matches!(*request.method(), Method::GET | Method::HEAD);
        let path = request.uri().path();
        let route = shown.then(|| Resource::at(path)).flatten()?;
        if !matches!(self.service.contract.route(&Method::GET, path), Route::Unknown) {
            return None;
        }
        if !visitor::may_read_page(request.headers()) {
            return Some(text(
                StatusCode::FORBIDDEN,
                "Open the page by the emulator's address, not by another name.\n",
            ));
        }
        Some(match route {
            Resource::File(file) => file.response(),
            Resource::Contract => whole(StatusCode::OK, "application/yaml", self.openapi.clone()),
            Resource::State => whole(StatusCode::OK, "application/json", snapshot::json(self).into()),
            Resource::Events => match Arc::clone(&self.feeds).try_acquire_owned() {
                Ok(place) => feed::response_of(Arc::clone(self), place),
                Err(_) => text(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open; close one.\n"),
            },
        })
    }

    /// Records that a call of the API arrived.
    pub(crate) fn arrival<B>(self: &Arc<Self>, request: &Request<B>) -> Arrival {
        let (method, path) = (request.method(), request.uri().path());
        let operation = match self.service.contract.route(method, path) {
            Route::Operation(operation, _) => Some(operation.id()),
            _ => None,
        };
        Arrival::new(Arc::clone(self), method, path, operation)
    }
}

/// The parts of the page.
enum Resource {
    File(&'static File),
    Contract,
    State,
    Events,
}

impl Resource {
    fn at(path: &str) -> Option<Self> {
        match path {
            "/openapi.yaml" => Some(Self::Contract),
            "/page/state" => Some(Self::State),
            "/page/events" => Some(Self::Events),
            _ => files::find(path).map(Self::File),
        }
    }
}

fn text(status: StatusCode, text: &'static str) -> Response<Outgoing> {
    whole(status, "text/plain; charset=utf-8", Bytes::from_static(text.as_bytes()))
}

fn whole(status: StatusCode, content_type: &'static str, body: Bytes) -> Response<Outgoing> {
    response(status, content_type, PAGE_POLICY, Either::Left(AnswerBody::whole(body)))
}

/// No other site may read an answer, show it in a frame, or treat it as another type.
fn response(
    status: StatusCode,
    content_type: &'static str,
    policy: &'static str,
    body: Outgoing,
) -> Response<Outgoing> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}
