//! A service with a quota for each operation, whose synchronizations take a known time.

use std::collections::{HashMap, HashSet, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::Failure;

/// Which calls are refused.
#[derive(Clone, Copy)]
pub(super) enum Refusals {
    /// Those above an exact quota, which neighbors use too. Each sends as many calls as the whole quota allows.
    Quota { neighbors: u32 },
    /// This share of all calls, whatever their rate.
    Random(f64),
}

pub(super) struct Service {
    duration: Duration,
    refusals: Refusals,
    state: Mutex<State>,
}

struct State {
    begun: Option<Instant>,
    started: HashMap<u32, Instant>,
    ended: HashSet<u32>,
    windows: [Window; 2],
    random: u64,
    calls: u64,
    refused: u64,
    refused_late: u64,
}

/// What the service saw.
pub(super) struct Seen {
    pub(super) ended: usize,
    pub(super) calls: u64,
    pub(super) refused: u64,
    pub(super) refused_late: u64,
}

/// Admits so many calls in any six seconds: the documented minute, ten times as fast.
struct Window {
    calls: usize,
    admitted: VecDeque<Instant>,
    /// When each neighbor calls next.
    neighbors: Vec<Instant>,
    gap: Duration,
}

const SPAN: Duration = Duration::from_secs(6);

impl Window {
    fn new(quota: f64, neighbors: u32) -> Self {
        let calls = (quota * SPAN.as_secs_f64()) as usize;
        let neighbors = vec![Instant::now(); neighbors as usize];
        Self { calls, admitted: VecDeque::new(), neighbors, gap: Duration::from_secs_f64(1.0 / quota) }
    }

    fn admits(&mut self, now: Instant, random: &mut u64) -> bool {
        while let Some(next) = self.neighbors.iter_mut().min().filter(|next| **next <= now) {
            let at = *next;
            *next += self.gap.mul_f64(0.5 + roll(random));
            self.admit(at);
        }
        self.admit(now)
    }

    fn admit(&mut self, at: Instant) -> bool {
        while self.admitted.front().is_some_and(|first| *first + SPAN <= at) {
            self.admitted.pop_front();
        }
        let admits = self.admitted.len() < self.calls;
        if admits {
            self.admitted.push_back(at);
        }
        admits
    }
}

/// From 0 to 1.
fn roll(random: &mut u64) -> f64 {
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*random >> 33) as f64 / f64::from(1_u32 << 31)
}

impl Service {
    pub(super) fn new(duration: Duration, quota: f64, refusals: Refusals) -> Self {
        let neighbors = match refusals {
            Refusals::Quota { neighbors } => neighbors,
            Refusals::Random(_) => 0,
        };
        let state = State {
            begun: None,
            started: HashMap::new(),
            ended: HashSet::new(),
            windows: [Window::new(quota, neighbors), Window::new(quota, neighbors)],
            random: 7,
            calls: 0,
            refused: 0,
            refused_late: 0,
        };
        Self { duration, refusals, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn seen(&self) -> Seen {
        let state = self.state();
        Seen { ended: state.ended.len(), calls: state.calls, refused: state.refused, refused_late: state.refused_late }
    }

    /// Serves on a free port until the runtime ends, and returns the address.
    pub(super) async fn listen(self: &Arc<Self>) -> Result<String, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let service = Arc::clone(self);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = Arc::clone(&service);
                let answer = service_fn(move |request| Arc::clone(&service).answer(request));
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), answer));
            }
        });
        Ok(endpoint)
    }

    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let post = request.method() == Method::POST;
        let repository = request.uri().path().split('/').nth(3).and_then(|text| text.parse().ok()).unwrap_or(0);
        // A body that is not read would break the connection.
        let _ = request.into_body().collect().await;
        let (status, body) = self.decide(post, repository);
        let mut response = Response::new(Full::new(Bytes::from(body)));
        *response.status_mut() = status.try_into().unwrap_or_default();
        response.headers_mut().insert("content-type", hyper::header::HeaderValue::from_static("application/json"));
        Ok(response)
    }

    fn decide(&self, post: bool, repository: u32) -> (u16, String) {
        let mut state = self.state();
        let State { begun, windows, random, .. } = &mut *state;
        let now = Instant::now();
        let begun = *begun.get_or_insert(now);
        let admits = match self.refusals {
            Refusals::Quota { .. } => windows[usize::from(post)].admits(now, random),
            Refusals::Random(share) => roll(random) >= share,
        };
        state.calls += 1;
        if !admits {
            state.refused += 1;
            state.refused_late += u64::from(now - begun > Duration::from_secs(1));
            return (429, r#"{"error_code":"APIGW.0308","error_msg":"throttled"}"#.to_owned());
        }
        if post {
            state.started.insert(repository, now);
            return (200, r#"{"jid":"task"}"#.to_owned());
        }
        let (word, day) = match state.started.get(&repository) {
            None => ("finished", 1),
            Some(started) if *started + self.duration > now => ("started", 1),
            Some(_) => {
                state.ended.insert(repository);
                ("finished", 2)
            }
        };
        let time = format!("2026-01-{day:02}T08:30:00.000+08:00");
        (200, format!(r#"{{"update_status":"{word}","last_successful_update_at":"{time}","number_of_failures":0}}"#))
    }
}
