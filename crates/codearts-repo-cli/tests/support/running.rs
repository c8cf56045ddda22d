//! Processes of a test: none outlives it, also if it fails, and every wait has a limit.

use std::io::Read;
use std::ops::{Deref, DerefMut};
use std::process::{Child, Command};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use super::Ended;

/// How long a test waits for what comes at once as a rule: far more than it needs, even on a busy machine.
pub const LONGEST: Duration = Duration::from_secs(120);

/// Waits until something holds.
pub fn until(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < LONGEST, "timed out: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// What a thread finds out.
pub fn in_time<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = channel();
    thread::spawn(move || send.send(work()));
    receive.recv_timeout(LONGEST).unwrap_or_else(|_| panic!("timed out: {what}"))
}

/// A process that ends with its test.
#[derive(Debug)]
pub struct Running(Option<Child>);

impl Running {
    pub fn of(command: &mut Command) -> Self {
        Self(Some(command.spawn().expect("it runs")))
    }

    /// Waits for the end. A process that takes too long is killed, and the test fails.
    pub fn ended(mut self) -> Ended {
        let child = self.0.take().expect("it runs");
        let id = child.id();
        let (send, receive) = channel();
        thread::spawn(move || send.send(child.wait_with_output()));
        match receive.recv_timeout(LONGEST) {
            Ok(output) => output.expect("it ends").into(),
            Err(_) => {
                signal(id, "KILL");
                panic!("a command took longer than {LONGEST:?}");
            }
        }
    }

    /// The next line of standard output.
    pub fn line(&mut self) -> String {
        let mut out = self.stdout.take().expect("piped");
        let (line, out) = in_time("a line of a process", move || {
            let (mut line, mut byte) = (Vec::new(), [0]);
            while out.read_exact(&mut byte).is_ok() && byte != *b"\n" {
                line.push(byte[0]);
            }
            (String::from_utf8(line).expect("UTF-8"), out)
        });
        self.stdout = Some(out);
        line
    }
}

impl Deref for Running {
    type Target = Child;

    fn deref(&self) -> &Child {
        self.0.as_ref().expect("it runs")
    }
}

impl DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Child {
        self.0.as_mut().expect("it runs")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let Some(mut child) = self.0.take() else { return };
        // An emulator removes its folder only if it is asked to end.
        let start = Instant::now();
        while matches!(child.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(10) {
            signal(child.id(), "TERM");
            thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// It may have ended.
fn signal(id: u32, name: &str) {
    let _ =
        Command::new("kill").args([format!("-{name}"), id.to_string()]).stderr(std::process::Stdio::null()).status();
}
