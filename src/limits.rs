//! How long a call may take, and how long its service may be silent.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::Error;
use crate::generated::{Error as GeneratedError, ResponseValue};
use crate::{Authorization, ErrorBody};

/// The two limits of one request. reqwest has both too, with three timers for each request; here one serves for all.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From the connection to the first sign of the service, and from one sign to the next.
    pub silence: Duration,
    /// From the connection to the end of the answer.
    pub whole: Duration,
}

impl Limits {
    /// Awaits the answer to a request with this authorisation, and gives the call up past a limit.
    pub async fn hold<T>(
        &self,
        authorization: &Authorization,
        call: Pin<&mut impl Future<Output = Result<ResponseValue<T>, GeneratedError<ErrorBody>>>>,
    ) -> Result<ResponseValue<T>, Error> {
        match self.watch(|| authorization.heard(), call).await {
            Ok(Ok(answer)) => Ok(answer),
            // In a box, so that a call that works carries no room for it.
            Ok(Err(error)) => Err(Box::pin(Error::from_generated(error, authorization.answer())).await),
            Err(limit) => Err(Error::timed_out(limit, authorization.answer())),
        }
    }

    /// What the work makes, or the limit that it went past. `heard` counts the signs of the service.
    async fn watch<W: Future>(&self, heard: impl Fn() -> u32, mut work: Pin<&mut W>) -> Result<W::Output, Duration> {
        // Its first step makes the request, which is this program's own time.
        if let Poll::Ready(made) = poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await {
            return Ok(made);
        }
        let begun = Instant::now();
        let end = Limit::of(begun, self.whole);
        let mut silent = Limit::of(begun, self.silence);
        let mut signs = 0;
        let mut timer = pin!(sleep_until(silent.earlier(end).at));
        poll_fn(|context| {
            if let Poll::Ready(made) = work.as_mut().poll(context) {
                return Poll::Ready(Ok(made));
            }
            // The clock is read only when the service was heard and the work goes on.
            let count = heard();
            if count != signs {
                signs = count;
                silent = Limit::of(Instant::now(), self.silence);
            }
            while timer.as_mut().poll(context).is_ready() {
                let next = silent.earlier(end);
                if next.at <= timer.deadline() {
                    return Poll::Ready(Err(next.length));
                }
                Sleep::reset(timer.as_mut(), next.at);
            }
            Poll::Pending
        })
        .await
    }
}

#[derive(Clone, Copy)]
struct Limit {
    at: Instant,
    length: Duration,
}

impl Limit {
    fn of(begun: Instant, length: Duration) -> Self {
        // Past the end of the clock there is no limit; thirty years are as good.
        let at = begun.checked_add(length).unwrap_or_else(|| begun + Duration::from_secs(86_400 * 365 * 30));
        Self { at, length }
    }

    fn earlier(self, other: Self) -> Self {
        if other.at < self.at { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::pending;
    use std::pin::pin;

    use tokio::time::{Instant, sleep};

    use super::{Duration, Limits};

    const LIMITS: Limits = Limits { silence: seconds(30), whole: seconds(60) };

    const fn seconds(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    /// When a service that is heard after each of these pauses, and answers after the last one if it does, is given up,
    /// and for which limit.
    async fn given_up(limits: Limits, pauses: &[u64], answers: bool) -> (Duration, Result<(), Duration>) {
        let heard = Cell::new(0);
        let service = async {
            for pause in pauses {
                sleep(seconds(*pause)).await;
                heard.set(heard.get() + 1);
            }
            if !answers {
                pending::<()>().await;
            }
        };
        let begun = Instant::now();
        let ended = limits.watch(|| heard.get(), pin!(service)).await;
        (begun.elapsed(), ended)
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_service_is_given_up_and_one_that_is_heard_is_not() {
        let close = |(seen, ended): (Duration, _), expected: u64| {
            // The timer's own steps are of a millisecond.
            assert!(seen >= seconds(expected) && seen < seconds(expected) + Duration::from_millis(5), "{seen:?}");
            ended
        };
        assert_eq!(close(given_up(LIMITS, &[], false).await, 30), Err(seconds(30)));
        assert_eq!(close(given_up(LIMITS, &[29], false).await, 59), Err(seconds(30)));
        assert_eq!(close(given_up(LIMITS, &[29, 29], true).await, 58), Ok(()));
        assert_eq!(close(given_up(LIMITS, &[10, 31], true).await, 40), Err(seconds(30)));
        assert_eq!(close(given_up(LIMITS, &[20; 9], false).await, 60), Err(seconds(60)));
        let short = Limits { whole: seconds(5), ..LIMITS };
        assert_eq!(close(given_up(short, &[1; 9], false).await, 5), Err(seconds(5)));
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_limits_are_none_and_the_shortest_are_kept() {
        let endless = Limits { silence: Duration::MAX, whole: Duration::MAX };
        assert_eq!(given_up(endless, &[86_400; 30], true).await.1, Ok(()));
        let none = Limits { silence: Duration::ZERO, whole: Duration::ZERO };
        assert_eq!(given_up(none, &[1], true).await.1, Err(Duration::ZERO));
        assert_eq!(given_up(none, &[], true).await.1, Ok(()), "what is there at once needs no time");
    }
}
