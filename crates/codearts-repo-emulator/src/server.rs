//! Connections: how many, how long, and how they end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::page::{Outgoing, Page};
use crate::service::{Face, Service};
use crate::wire::{BrokenOff, Connection};

/// Bytes of a request's head: a token of 100,000 characters and much else fit.
const HEAD: usize = 512 * 1024;

/// How long accepting pauses when the system has no more file handles.
const PAUSE: Duration = Duration::from_millis(20);

/// Accepts connections and serves them.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    service: Arc<Service>,
    page: Option<Arc<Page>>,
    slots: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
}

impl Server {
    pub(crate) fn new(
        service: Arc<Service>,
        page: Option<Page>,
        most_connections: usize,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        Self { service, page: page.map(Arc::new), slots: Arc::new(Semaphore::new(most_connections)), stopped }
    }

    /// Serves until told to stop, and then until the requests under way are answered.
    pub(crate) async fn run(self, face: Face, listener: TcpListener) {
        let mut connections = JoinSet::new();
        let mut stopped = self.stopped.clone();
        let mut stopped = pin!(stopped.wait_for(|stopped| *stopped));
        loop {
            let accept = async {
                // A connection above the bound waits in the system's queue.
                let slot = Arc::clone(&self.slots).acquire_owned().await;
                (listener.accept().await, slot)
            };
            let (accepted, slot) = tokio::select! {
                _ = &mut stopped => break,
                accepted = accept => accepted,
            };
            while connections.try_join_next().is_some() {}
            match accepted {
                Ok((stream, _)) => {
                    let connection = self.clone().serve(stream, face);
                    connections.spawn(async move {
                        connection.await;
                        drop(slot);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    }
    async fn serve(self, stream: TcpStream, face: Face) {
        let Self { service, page, mut stopped, .. } = self;
        let patience = service.limits.patience;
        let (stream, reset) = Connection::new(stream, patience);
        let answer = service_fn(move |request: Request<Incoming>| {
            let (service, page, reset) = (Arc::clone(&service), page.clone(), reset.clone());
            async move {
                answer(&service, page.as_ref(), face, request).await.ok_or_else(|| {
                    reset.set();
                    BrokenOff
                })
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience)
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(stream), answer);
        let mut connection = pin!(connection);
        let stop = async { stopped.wait_for(|stopped| *stopped).await.is_ok() };
        let ended = tokio::select! {
            ended = &mut connection => ended,
            _ = stop => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// The page's answer, or else the service's, which the page takes note of. `None` where the connection is to be reset.
async fn answer(
    service: &Service,
    page: Option<&Arc<Page>>,
    face: Face,
    request: Request<Incoming>,
) -> Option<Response<Outgoing>> {
    let page = page.filter(|_| face != Face::Admin);
    if let Some(answer) = page.and_then(|page| page.answer(face, &request)) {
        return Some(answer);
    }
    let arrival = page.map(|page| page.arrival(&request));
    let response = service.handle(face, request).await.into_response();
    if let Some(arrival) = arrival {
        arrival.answered(response.as_ref().map(Response::status));
    }
    response.map(|response| response.map(Either::Left))
}
