//! The wrapper's `start_sync`.

use codearts_repo::{Client, RepositoryId, Token};

use crate::Failure;
use crate::call::checked;
use crate::harness::Program;
use crate::plan::Plan;

pub(crate) struct Wrapper(Client);

pub(crate) fn wrapper_client(plan: &Plan) -> Result<Client, Failure> {
    let mut builder = Client::builder().endpoint(plan.endpoint.parse()?).auth(Token::new(plan.token.as_str())?);
    if let Some(ca) = &plan.ca {
        builder = builder.ca_certificates(&std::fs::read(ca)?)?;
    }
    Ok(builder.build()?)
}

impl Program for Wrapper {
    type Shared = Client;

    async fn shared(plan: &Plan) -> Result<Client, Failure> {
        wrapper_client(plan)
    }

    async fn new(_: &Plan, client: &Client) -> Result<Self, Failure> {
        Ok(Self(client.clone()))
    }

    async fn call(&mut self, repository: u32) -> Result<(), Failure> {
        let job = self.0.start_sync(RepositoryId::try_from(repository)?).force_fetch(true).send().await?;
        checked(&job.id)
    }
}

/// The wrapper's `show_mirror`, whose answer has more to decode.
pub(crate) struct Show(Client);

impl Program for Show {
    type Shared = Client;

    async fn shared(plan: &Plan) -> Result<Client, Failure> {
        wrapper_client(plan)
    }

    async fn new(_: &Plan, client: &Client) -> Result<Self, Failure> {
        Ok(Self(client.clone()))
    }

    async fn call(&mut self, repository: u32) -> Result<(), Failure> {
        let mirror = self.0.show_mirror(RepositoryId::try_from(repository)?).await?;
        checked(mirror.update_status.as_deref().unwrap_or_default())
    }
}
