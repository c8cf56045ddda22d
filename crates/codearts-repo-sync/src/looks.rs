//! Looks at the state of mirrors, shared by all who wait for the same repository.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use codearts_repo::{RemoteMirror, RepositoryId};
use tokio::time::Instant;

/// The repositories that somebody waits for.
#[derive(Debug, Default)]
pub(crate) struct Looks(Mutex<HashMap<RepositoryId, Weak<Window>>>);

/// The last look at one repository. Who holds the lock looks; the others find the look when they get it.
type Window = tokio::sync::Mutex<Option<Look>>;

#[derive(Debug, Clone)]
pub(crate) struct Look {
    begun: Instant,
    mirror: RemoteMirror,
}

/// One who waits for a repository.
#[derive(Debug)]
pub(crate) struct Looker<'a> {
    looks: &'a Looks,
    repository: RepositoryId,
    window: Arc<Window>,
    /// When the last look that this one saw began; before the first, when the waiting began.
    seen: Instant,
}

impl Looks {
    pub(crate) fn looker(&self, repository: RepositoryId) -> Looker<'_> {
        let mut all = self.all();
        let window = all.get(&repository).and_then(Weak::upgrade).unwrap_or_else(|| {
            let window = Arc::new(Window::default());
            all.insert(repository, Arc::downgrade(&window));
            window
        });
        Looker { looks: self, repository, window, seen: Instant::now() }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<RepositoryId, Weak<Window>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Looker<'_> {
    pub(crate) const fn repository(&self) -> RepositoryId {
        self.repository
    }

    /// Takes the look of another one, if it began after the last that was seen here and no longer ago than this. If
    /// there is none, looks itself.
    pub(crate) async fn look<F, E>(&mut self, oldest: Duration, show: impl FnOnce() -> F) -> Result<RemoteMirror, E>
    where
        F: Future<Output = Result<RemoteMirror, E>>,
    {
        let mut last = self.window.lock().await;
        if let Some(look) = &*last
            && look.begun > self.seen
            && look.begun.elapsed() <= oldest
        {
            self.seen = look.begun;
            return Ok(look.mirror.clone());
        }
        let begun = Instant::now();
        let mirror = show().await?;
        *last = Some(Look { begun, mirror: mirror.clone() });
        self.seen = begun;
        Ok(mirror)
    }
}

impl Drop for Looker<'_> {
    fn drop(&mut self) {
        let mut all = self.looks.all();
        if Arc::strong_count(&self.window) == 1 {
            all.remove(&self.repository);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::join;
    use tokio::time::sleep;

    use super::*;

    const ONE: Duration = Duration::from_secs(1);

    fn id() -> RepositoryId {
        RepositoryId::try_from(1).expect("within the range")
    }

    #[tokio::test(start_paused = true)]
    async fn one_look_serves_all_who_wait() {
        let (looks, calls) = (Looks::default(), Cell::new(0));
        let wait = async |after: Duration| {
            let mut looker = looks.looker(id());
            for _ in 0..4 {
                sleep(after).await;
                let show = async || {
                    calls.set(calls.get() + 1);
                    sleep(ONE / 10).await;
                    Ok::<_, ()>(RemoteMirror::default())
                };
                looker.look(ONE, show).await.expect("no error");
                sleep(ONE * 2 - after).await;
            }
        };
        join!(wait(ONE), wait(ONE + ONE / 20), wait(ONE + ONE / 2), wait(ONE + ONE / 2));
        assert_eq!(calls.get(), 4);
        assert!(looks.all().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_look_from_before_the_waiting_or_too_long_ago_is_not_taken() {
        let (looks, calls) = (Looks::default(), Cell::new(0));
        let show = async || {
            calls.set(calls.get() + 1);
            Ok::<_, ()>(RemoteMirror::default())
        };
        let mut first = looks.looker(id());
        first.look(ONE, show).await.expect("no error");
        let mut second = looks.looker(id());
        second.look(ONE, show).await.expect("no error");
        assert_eq!(calls.get(), 2);
        sleep(ONE * 2).await;
        first.look(ONE, show).await.expect("no error");
        assert_eq!(calls.get(), 3);
        second.look(ONE, show).await.expect("no error");
        assert_eq!(calls.get(), 3, "it began just now");
        second.look(ONE, show).await.expect("no error");
        assert_eq!(calls.get(), 4, "it was seen already");
        sleep(ONE * 2).await;
        first.look(ONE, show).await.expect("no error");
        assert_eq!(calls.get(), 5, "it is too old");
    }

    #[tokio::test(start_paused = true)]
    async fn when_the_one_who_looks_gives_up_another_one_looks() {
        let looks = Looks::default();
        let (mut first, mut second) = (looks.looker(id()), looks.looker(id()));
        let never = || std::future::pending::<Result<RemoteMirror, ()>>();
        let (given_up, seen) = join!(
            tokio::time::timeout(ONE, first.look(ONE, never)),
            second.look(ONE, async || Ok::<_, ()>(RemoteMirror::default()))
        );
        assert!(given_up.is_err() && seen.is_ok());
    }

    #[test]
    fn a_window_stays_for_as_long_as_somebody_waits() {
        let looks = Looks::default();
        let (first, second) = (looks.looker(id()), looks.looker(id()));
        drop(first);
        let third = looks.looker(id());
        assert!(Arc::ptr_eq(&second.window, &third.window), "a look of the second serves the third too");
        drop((second, third));
        assert!(looks.all().is_empty());
    }
}
