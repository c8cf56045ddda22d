//! Server-sent events: the content of the page, whenever it changes.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Response, StatusCode};
use http_body_util::{Either, StreamBody};
use hyper::body::Frame;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::{Outgoing, PAGE_POLICY, Page, response, snapshot};
use crate::wire::BrokenOff;

/// How long the connection may be idle. Writing to it shows whether the browser is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Changes within this time are sent together.
const DEBOUNCE: Duration = Duration::from_millis(100);

/// The events of one browser.
pub(crate) type Events = Pin<Box<dyn Stream<Item = Result<Frame<Bytes>, BrokenOff>> + Send>>;

struct Feed {
    page: Arc<Page>,
    changes: [watch::Receiver<()>; 2],
    stopped: watch::Receiver<bool>,
    sent: Option<String>,
    _permit: OwnedSemaphorePermit,
}

/// Sends the state at once, and then whenever it has changed, until the emulator stops.
pub(super) fn response_of(page: Arc<Page>, permit: OwnedSemaphorePermit) -> Response<Outgoing> {
    let changes = [page.service.registry.changes(), page.recent.changes()];
    let feed = Feed { stopped: page.stopped.clone(), page, changes, sent: None, _permit: permit };
    let events: Events = Box::pin(futures_util::stream::unfold(feed, async |mut feed| {
        let event = feed.next().await?;
        Some((Ok(Frame::data(event)), feed))
    }));
    response(StatusCode::OK, "text/event-stream", PAGE_POLICY, Either::Right(StreamBody::new(events)))
}

impl Feed {
    /// `None` when the emulator stops.
    async fn next(&mut self) -> Option<Bytes> {
        let [repositories, requests] = &mut self.changes;
        loop {
            if self.sent.is_some() {
                let changed = async {
                    tokio::select! {
                        _ = repositories.changed() => {}
                        _ = requests.changed() => {}
                    }
                    tokio::time::sleep(DEBOUNCE).await;
                };
                tokio::select! {
                    _ = self.stopped.wait_for(|stopped| *stopped) => return None,
                    waited = tokio::time::timeout(KEEP_ALIVE, changed) => if waited.is_err() {
                        return Some(Bytes::from_static(b": nothing new\n\n"));
                    },
                }
                repositories.mark_unchanged();
                requests.mark_unchanged();
            }
            let state = snapshot::json(&self.page);
            if self.sent.as_ref() != Some(&state) {
                // The data of an event is one line.
                let event = format!("retry: 1000\ndata: {state}\n\n");
                self.sent = Some(state);
                return Some(event.into());
            }
        }
    }
}
