//! Connections: how many there are, how long they last, and how they end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::front::{Front, Outgoing};
use crate::service::Port;
use crate::wire::{BrokenOff, Connection};

/// The longest head of a request, in bytes: the longest token, and 96 KiB of other headers.
const MAX_HEAD: usize = *codearts_repo_client::bounds::TOKEN.end() + 96 * 1024;

/// How long to wait after the system refused a connection, usually because it has no more file handles.
const ACCEPT_RETRY: Duration = Duration::from_millis(20);

/// How long connections have to be accepted again before the failures are reported.
const SETTLED_AFTER: Duration = Duration::from_secs(1);

/// How often a warning is repeated while the system refuses connections.
const WARN_EVERY: Duration = Duration::from_secs(60);

/// Accepts connections and serves them.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    front: Front,
    slots: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
    client_timeout: Duration,
}

impl Server {
    pub(crate) fn new(
        front: Front,
        max_connections: usize,
        client_timeout: Duration,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        Self { front, slots: Arc::new(Semaphore::new(max_connections)), stopped, client_timeout }
    }

    /// Serves until it is stopped, and then answers the requests in flight.
    pub(crate) async fn run(self, port: Port, listener: TcpListener) {
        let mut connections = JoinSet::new();
        let mut stopped = self.stopped.clone();
        let mut stopped = pin!(stopped.wait_for(|stopped| *stopped));
        let mut failures = AcceptFailures::default();
        loop {
            let accept = async {
                // A connection above the limit waits in the system's queue.
                let slot = Arc::clone(&self.slots).acquire_owned().await;
                (listener.accept().await, slot)
            };
            let (accepted, slot) = tokio::select! {
                _ = &mut stopped => break,
                accepted = accept => accepted,
                () = failures.settled() => {
                    failures.report();
                    continue;
                }
            };
            while connections.try_join_next().is_some() {}
            match accepted {
                Ok((stream, _)) => {
                    let connection = self.clone().serve(stream, port);
                    connections.spawn(async move {
                        connection.await;
                        drop(slot);
                    });
                }
                Err(error) => {
                    failures.add(error);
                    drop(slot);
                    tokio::time::sleep(ACCEPT_RETRY).await;
                }
            }
        }
        drop(listener);
        failures.report();
        while connections.join_next().await.is_some() {}
    }

    async fn serve(self, stream: TcpStream, port: Port) {
        let Self { front, mut stopped, client_timeout, .. } = self;
        let (stream, reset) = Connection::new(stream, client_timeout);
        let answer = service_fn(move |request: Request<Incoming>| {
            let (front, reset) = (front.clone(), reset.clone());
            async move {
                let response: Option<Response<Outgoing>> = front.answer(port, request).await;
                response.ok_or_else(|| {
                    reset.set();
                    BrokenOff
                })
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(client_timeout)
            .max_buf_size(MAX_HEAD)
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

/// Connections that the system refused, reported as one warning.
#[derive(Debug, Default)]
struct AcceptFailures {
    attempts: u64,
    last: Option<(std::io::Error, Instant)>,
    overdue: Option<Instant>,
}

impl AcceptFailures {
    fn add(&mut self, error: std::io::Error) {
        let now = Instant::now();
        self.attempts += 1;
        self.last = Some((error, now));
        if *self.overdue.get_or_insert(now + WARN_EVERY) <= now {
            self.report();
        }
    }

    /// Waits until there has been no failure for a while. Without a failure it waits forever.
    async fn settled(&self) {
        match &self.last {
            Some((_, time)) => tokio::time::sleep_until(*time + SETTLED_AFTER).await,
            None => std::future::pending().await,
        }
    }

    /// Writes the warning, if there were failures.
    fn report(&mut self) {
        let Self { attempts, last, .. } = std::mem::take(self);
        if let Some((error, _)) = last {
            tracing::warn!(%error, attempts, "connections could not be accepted and had to wait");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn failures_are_reported_once_they_stop_or_after_a_minute() {
        let mut failures = AcceptFailures::default();
        let start = Instant::now();
        let mut reports = 0;
        for _ in 0..3500 {
            failures.add(std::io::ErrorKind::Other.into());
            reports += u32::from(failures.last.is_none());
            tokio::time::advance(ACCEPT_RETRY).await;
        }
        assert_eq!((reports, start.elapsed().as_secs()), (1, 70));
        assert_eq!(failures.attempts, 499, "the rest is for the next report");
        failures.settled().await;
        assert_eq!(start.elapsed(), Duration::from_millis(70_980));
        failures.report();
        assert!(failures.last.is_none() && failures.attempts == 0);
        let waits = tokio::time::timeout(Duration::from_secs(3600), failures.settled()).await;
        waits.expect_err("there is nothing to report");
    }
}
