//! Passes a request to the page, if there is one, or else to the service.

use std::sync::Arc;

use http::{Request, Response};
#[cfg(feature = "page")]
use http_body_util::Either;
use hyper::body::Incoming;

#[cfg(feature = "page")]
use crate::page::Page;
use crate::service::{Port, Service};

/// The body of an answer.
#[cfg(feature = "page")]
pub(crate) type Outgoing = crate::page::Outgoing;
#[cfg(not(feature = "page"))]
pub(crate) type Outgoing = crate::wire::AnswerBody;

/// The service, and the page in front of it.
#[derive(Clone, Debug)]
pub(crate) struct Front {
    pub(crate) service: Arc<Service>,
    #[cfg(feature = "page")]
    pub(crate) page: Option<Arc<Page>>,
}

impl Front {
    /// Answers a request; `None` if the connection is to be reset.
    #[cfg(feature = "page")]
    pub(crate) async fn answer(&self, port: Port, request: Request<Incoming>) -> Option<Response<Outgoing>> {
        let page = self.page.as_ref().filter(|_| port != Port::Admin);
        if let Some(answer) = page.and_then(|page| page.answer(port, &request)) {
            return Some(answer);
        }
        let arrival = page.map(|page| page.arrival(&request));
        let response = self.service.handle(port, request).await.into_response();
        if let Some(arrival) = arrival {
            arrival.answered(response.as_ref().map(Response::status));
        }
        response.map(|response| response.map(Either::Left))
    }

    /// Answers a request; `None` if the connection is to be reset.
    #[cfg(not(feature = "page"))]
    pub(crate) async fn answer(&self, port: Port, request: Request<Incoming>) -> Option<Response<Outgoing>> {
        self.service.handle(port, request).await.into_response()
    }
}
