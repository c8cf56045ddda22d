//! The emulator in this process, for `--emulator`.

use codearts_repo::{Client, RepositoryId, Token};
use codearts_repo_emulator::{Emulator, Repository, StartError, Upstream};

use crate::advice;
use crate::failure::Failure;
use crate::output;

/// An emulator whose repositories mirror a small git repository that it creates.
#[derive(Debug)]
pub(crate) struct Local(Emulator);

impl Local {
    pub(crate) async fn start(repositories: &[RepositoryId]) -> Result<(Self, Client), Failure> {
        let failed =
            |error: &dyn std::error::Error| Failure::from(advice::with(error, "fix this and retry")).at("--emulator");
        let mut builder = Emulator::builder();
        for id in repositories {
            builder = builder.repository(Repository::new((*id).into()).upstream(Upstream::demonstration()));
        }
        let emulator = builder
            .start()
            .await
            .map_err(|error| Failure::from(advice::with(&error, start_advice(&error))).at("--emulator"))?;
        let endpoint = emulator.endpoint().parse().map_err(|error| failed(&error))?;
        let token = Token::new(emulator.issue_token()).map_err(|error| failed(&error))?;
        let client = Client::builder().endpoint(endpoint).auth(token).build()?;
        output::note(format_args!("emulator at {}, with a demonstration repository as source", client.endpoint()));
        Ok((Self(emulator), client))
    }

    pub(crate) async fn stop(self) {
        self.0.stop().await;
    }
}

/// What to do about an emulator that did not start, in the words of the command line.
pub(crate) fn start_advice(error: &StartError) -> &'static str {
    match error {
        StartError::GitMissing(_) => "install git, and make sure that it is on the PATH",
        StartError::Listen { .. } => "pass another address, or port 0 for a free port",
        StartError::NotLoopback(_) => "pass a loopback address, or allow it with --allow-non-loopback",
        StartError::DataFolder { .. } => "pass a folder that can be written to with --data",
        StartError::DataFolderInUse(_) => "stop the other emulator, or pass another folder with --data",
        StartError::Upstream(_) => "write ID=https://…, or ID=FOLDER for a folder",
        StartError::UpstreamFolder(_) => "write ID=FOLDER with a folder that exists, or ID=https://…",
        error => error.advice(),
    }
}
