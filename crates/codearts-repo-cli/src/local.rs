//! The emulator in this process, for `--emulator`.

use codearts_repo::{Client, RepositoryId, Token};
use codearts_repo_emulator::{Emulator, Repository, Upstream};

use crate::advice;
use crate::failure::Failure;
use crate::output;

/// An emulator whose repositories mirror a small git repository that it creates.
#[derive(Debug)]
pub(crate) struct Local(Emulator);

impl Local {
    pub(crate) async fn start(repositories: &[RepositoryId]) -> Result<(Self, Client), Failure> {
        let failed =
            |error: &dyn std::error::Error| Failure::from(advice::of(error, "fix this and retry")).at("--emulator");
        let mut builder = Emulator::builder();
        for id in repositories {
            builder = builder.repository(Repository::new(id.get()).upstream(Upstream::demonstration()));
        }
        let emulator = builder
            .start()
            .await
            .map_err(|error| Failure::from(advice::with(&error, error.advice())).at("--emulator"))?;
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
