//! A local CodeArts Repo in a process of its own, for a test.

use std::io::{BufRead, BufReader};
use std::process::Child;

use serde_json::Value;

use super::codearts_repo;

#[derive(Debug)]
pub struct Emulator {
    child: Child,
    pub endpoint: String,
}

impl Emulator {
    pub const TOKEN: &str = "MIITokenOfTheEmulator0123";

    /// Starts it with these arguments beside its address and token.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = codearts_repo(&["emulator", "--listen", "127.0.0.1:0", "--token", Self::TOKEN]);
        let mut child = command.args(arguments).stderr(std::process::Stdio::null()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut line).expect("a line");
        let ready: Value = serde_json::from_str(&line).expect("JSON");
        Self { child, endpoint: ready["endpoint"].as_str().expect("an address").to_owned() }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Its folder goes with it only when it is asked to end.
        if let Ok(id) = i32::try_from(self.child.id())
            && let Some(id) = rustix::process::Pid::from_raw(id)
        {
            let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
        }
        let _ = self.child.wait();
    }
}
