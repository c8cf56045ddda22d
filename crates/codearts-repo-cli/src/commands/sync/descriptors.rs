//! Makes sure that all calls in flight can have a connection.

/// Descriptors for everything else: the standard streams, the journal, the event loop.
const RESERVED: u64 = 32;

/// The descriptors of a call: its connection, and one more while a host name is looked up.
const PER_CALL: u64 = 2;

/// Raises the limit of open files for this many calls in flight. Returns how many calls the limit allows, at least one.
#[cfg(unix)]
pub(super) fn make_room(concurrency: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let needed = (concurrency as u64).saturating_mul(PER_CALL).saturating_add(RESERVED);
    let limit = getrlimit(Resource::Nofile);
    let Some(mut current) = limit.current.filter(|current| *current < needed) else { return concurrency };
    let raised = limit.maximum.map_or(needed, |maximum| needed.min(maximum));
    if raised > current && setrlimit(Resource::Nofile, Rlimit { current: Some(raised), ..limit }).is_ok() {
        current = raised;
    }
    let calls = usize::try_from(current.saturating_sub(RESERVED) / PER_CALL).unwrap_or(concurrency);
    let calls = calls.clamp(1, concurrency.max(1));
    if calls < concurrency {
        crate::output::note(format_args!(
            "--concurrency is {calls} instead of {concurrency}: only {current} open files are allowed; raise the limit \
             with `ulimit -n`"
        ));
    }
    calls
}

#[cfg(not(unix))]
pub(super) const fn make_room(concurrency: usize) -> usize {
    concurrency
}
