//! The page for people: repositories, synchronisations and requests as they come and go, and the API reference.
//!
//! It stands beside the service, in front of it: what asks for the page is no request of the record, meets no fault and
//! counts towards no quota. What it shows is what the API and the record show to anybody, without secrets.

mod feed;
mod files;
mod recent;
mod snapshot;
mod visitor;

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{Either, StreamBody};
use tokio::sync::{Semaphore, watch};

use crate::contract::{ContractError, Route};
use crate::service::{Face, Service};
use crate::wire::AnswerBody;
use feed::Events;
use files::File;
pub(crate) use recent::Arrival;
use recent::Recent;
pub(crate) use visitor::is_from_here;

/// The body of an answer of the service or of the page.
pub(crate) type Outgoing = Either<AnswerBody, StreamBody<Events>>;

/// How many browsers are told of changes at once; others have to ask again and again.
const MOST_FEEDS: usize = 32;

/// What a browser may do with the page: its own files, and nothing that is written into it as markup.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The renderer of the reference writes markup, which it cleans itself, and its icons are `data:` images.
const REFERENCE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page of one emulator.
#[derive(Debug)]
pub(crate) struct Page {
    service: Arc<Service>,
    contract_version: String,
    openapi: Bytes,
    recent: Recent,
    feeds: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
}

impl Page {
    pub(crate) fn new(
        service: Arc<Service>,
        openapi: &str,
        stopped: watch::Receiver<bool>,
    ) -> Result<Self, ContractError> {
        let document: serde_json::Value = yaml_serde::from_str(openapi).map_err(ContractError::Yaml)?;
        let version = document.pointer("/info/version").and_then(serde_json::Value::as_str).unwrap_or_default();
        Ok(Self {
            service,
            contract_version: version.to_owned(),
            openapi: Bytes::copy_from_slice(openapi.as_bytes()),
            recent: Recent::default(),
            feeds: Arc::new(Semaphore::new(MOST_FEEDS)),
            stopped,
        })
    }

    /// Answers what is the page's own: to look at it, where the contract has no such path.
    pub(crate) fn answer<B>(self: &Arc<Self>, face: Face, request: &Request<B>) -> Option<Response<Outgoing>> {
        let shown = matches!(face, Face::Both | Face::Repo) && matches!(*request.method(), Method::GET | Method::HEAD);
        let path = request.uri().path();
        let route = shown.then(|| Resource::at(path)).flatten()?;
        if !matches!(self.service.contract.route(&Method::GET, path), Route::Unknown) {
            return None;
        }
        if !visitor::is_welcome(request.headers()) {
            return Some(said(
                StatusCode::FORBIDDEN,
                "Open the page by the emulator's address, not by another name.\n",
            ));
        }
        Some(match route {
            Resource::File(file) => file.response(),
            Resource::Contract => whole(StatusCode::OK, "application/yaml", self.openapi.clone()),
            Resource::State => whole(StatusCode::OK, "application/json", snapshot::text(self).into()),
            Resource::Events => match Arc::clone(&self.feeds).try_acquire_owned() {
                Ok(place) => feed::response_of(Arc::clone(self), place),
                Err(_) => said(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open; close one.\n"),
            },
        })
    }

    /// Notes that a call of the API arrived.
    pub(crate) fn arrival<B>(self: &Arc<Self>, request: &Request<B>) -> Arrival {
        let (method, path) = (request.method(), request.uri().path());
        let operation = match self.service.contract.route(method, path) {
            Route::Operation(operation, _) => Some(operation.id()),
            _ => None,
        };
        Arrival::new(Arc::clone(self), method, path, operation)
    }
}

/// What the page consists of.
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

fn said(status: StatusCode, text: &'static str) -> Response<Outgoing> {
    whole(status, "text/plain; charset=utf-8", Bytes::from_static(text.as_bytes()))
}

fn whole(status: StatusCode, content_type: &'static str, body: Bytes) -> Response<Outgoing> {
    response(status, content_type, PAGE_POLICY, Either::Left(AnswerBody::whole(body)))
}

/// No other site may read an answer, show it in a frame, or take it for something else than it is.
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
