//! A local CodeArts Repo in a process of its own, for a test.

use serde_json::Value;

use super::{Running, codearts_repo};

#[derive(Debug)]
pub struct Emulator {
    _running: Running,
    pub endpoint: String,
}

impl Emulator {
    pub const TOKEN: &str = "MIITokenOfTheEmulator0123";

    /// Starts it with these arguments beside its address and token.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = codearts_repo(&["emulator", "--listen", "127.0.0.1:0", "--token", Self::TOKEN]);
        let mut running = Running::of(command.args(arguments).stderr(std::process::Stdio::null()));
        let ready: Value = serde_json::from_str(&running.line()).expect("JSON");
        Self { _running: running, endpoint: ready["endpoint"].as_str().expect("an address").to_owned() }
    }
}
