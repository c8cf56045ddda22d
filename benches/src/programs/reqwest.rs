//! The call as one writes it with reqwest.

use std::time::Duration;

use reqwest::Client;
use reqwest::header::{ACCEPT, HeaderValue};

use crate::Failure;
use crate::call::{self, Start, Started, checked};
use crate::harness::Program;
use crate::plan::Plan;

pub(crate) struct Reqwest {
    client: Client,
    endpoint: String,
    token: HeaderValue,
}

pub(crate) fn client(plan: &Plan) -> Result<Client, Failure> {
    let mut builder = Client::builder()
        .tls_backend_preconfigured(call::tls(plan)?)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(call::USER_AGENT);
    if plan.limits {
        builder = builder
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(30))
            .timeout(Duration::from_secs(60));
    }
    Ok(builder.build()?)
}

impl Reqwest {
    pub(crate) fn with(plan: &Plan, client: &Client) -> Result<Self, Failure> {
        let mut token = HeaderValue::try_from(plan.token.as_str())?;
        token.set_sensitive(true);
        Ok(Self { client: client.clone(), endpoint: plan.endpoint.clone(), token })
    }

    pub(crate) async fn start(&self, repository: u32) -> Result<String, Failure> {
        let answer = self
            .client
            .post(format!("{}/v4/repositories/{repository}/remote-mirror", self.endpoint))
            .header(ACCEPT, "application/json")
            .header("x-auth-token", self.token.clone())
            .json(&Start { force_fetch: true })
            .send()
            .await?
            .error_for_status()?;
        let started: Started = answer.json().await?;
        Ok(started.jid)
    }
}

impl Program for Reqwest {
    type Shared = Client;

    async fn shared(plan: &Plan) -> Result<Client, Failure> {
        client(plan)
    }

    async fn new(plan: &Plan, client: &Client) -> Result<Self, Failure> {
        Self::with(plan, client)
    }

    async fn call(&mut self, repository: u32) -> Result<(), Failure> {
        checked(&self.start(repository).await?)
    }
}
