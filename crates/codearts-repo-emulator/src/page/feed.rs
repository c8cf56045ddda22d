//! Server-sent events: what the page shows, again whenever it changes.

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

/// How long a browser is left without a word; writing one shows whether it is still there.
const SILENCE: Duration = Duration::from_secs(15);

/// Changes that follow each other within this time are told together.
const CALM: Duration = Duration::from_millis(100);

/// The events of one browser.
pub(crate) type Events = Pin<Box<dyn Stream<Item = Result<Frame<Bytes>, BrokenOff>> + Send>>;

struct Feed {
    page: Arc<Page>,
    changes: [watch::Receiver<()>; 2],
    stopped: watch::Receiver<bool>,
    told: Option<String>,
    _place: OwnedSemaphorePermit,
}

/// Tells the state at once, and then whenever it has changed, until the emulator stops.
pub(super) fn response_of(page: Arc<Page>, place: OwnedSemaphorePermit) -> Response<Outgoing> {
    let changes = [page.service.registry.changes(), page.recent.changes()];
    let feed = Feed { stopped: page.stopped.clone(), page, changes, told: None, _place: place };
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
            if self.told.is_some() {
                let changed = async {
                    tokio::select! {
                        _ = repositories.changed() => {}
                        _ = requests.changed() => {}
                    }
                    tokio::time::sleep(CALM).await;
                };
                tokio::select! {
                    _ = self.stopped.wait_for(|stopped| *stopped) => return None,
                    waited = tokio::time::timeout(SILENCE, changed) => if waited.is_err() {
                        return Some(Bytes::from_static(b": nothing new\n\n"));
                    },
                }
                repositories.mark_unchanged();
                requests.mark_unchanged();
            }
            let state = snapshot::text(&self.page);
            if self.told.as_ref() != Some(&state) {
                // JSON in one line, as an event wants it.
                let event = format!("retry: 1000\ndata: {state}\n\n");
                self.told = Some(state);
                return Some(event.into());
            }
        }
    }
}
