//! The signals that ask the process to end.

use std::io;

/// Catches Ctrl-C, SIGTERM and every other signal that ends a process and is not a fault of it, from its creation on.
#[derive(Debug)]
pub(crate) struct Interrupt {
    #[cfg(unix)]
    signals: Vec<tokio::signal::unix::Signal>,
}

impl Interrupt {
    #[cfg(unix)]
    pub(crate) fn catch() -> io::Result<Self> {
        use rustix::process::Signal;
        use tokio::signal::unix::{SignalKind, signal};
        // A file that may not grow is handled as a full disk. Unhandled, the signal would end the process.
        drop(signal(SignalKind::from_raw(Signal::XFSZ.as_raw()))?);
        // A process that was started with nohup goes on when its terminal closes.
        let unless_ignored =
            [Signal::HUP, Signal::USR1, Signal::USR2, Signal::ALARM, Signal::VTALARM, Signal::PROF, Signal::XCPU];
        let kinds = [Signal::INT, Signal::TERM, Signal::QUIT].into_iter();
        let kinds = kinds.chain(unless_ignored.into_iter().filter(|kind| !is_ignored(kind.as_raw())));
        let signals = kinds.map(|kind| signal(SignalKind::from_raw(kind.as_raw()))).collect::<io::Result<_>>()?;
        Ok(Self { signals })
    }

    #[cfg(not(unix))]
    pub(crate) fn catch() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next signal.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) {
        std::future::poll_fn(|context| {
            let mut received = false;
            for signal in &mut self.signals {
                received |= signal.poll_recv(context).is_ready();
            }
            if received { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }

    /// Waits for the next signal.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Whether the process ignores a signal, as the kernel lists it. Where there is no such list, it does not.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
