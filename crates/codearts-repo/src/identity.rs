//! Whose access key signs the calls.

use codearts_repo_client::internal::Call;
use codearts_repo_client::types::CallerIdentity;
use codearts_repo_client::{CallError as Error, ConfigError, Endpoint, ResponseValue};

use crate::client::Client;

impl Client {
    /// Asks STS whose access key signs the calls: the account, and the user or the session of an agency.
    ///
    /// STS is asked in the client's region, or at the address of [`sts_endpoint`](crate::ClientBuilder::sts_endpoint).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::Emulator;
    /// # let emulator = Emulator::builder().access_key("HPUAEXAMPLE", "secret").start().await?;
    /// # let (address, sts) = (emulator.endpoint(), emulator.iam_endpoint());
    /// use codearts_repo::Client;
    /// use codearts_repo::auth::AccessKey;
    ///
    /// let key = AccessKey::new("HPUAEXAMPLE", "secret")?;
    /// let client = Client::builder().endpoint(address.parse()?).sts_endpoint(sts.parse()?).auth(key).build()?;
    /// let identity = client.caller_identity().await?;
    /// assert!(identity.principal_urn.is_some_and(|urn| urn.ends_with("HPUAEXAMPLE")));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`] as for every call. [`ErrorKind::NotSent`](crate::ErrorKind::NotSent) if the credentials are a token, and
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if neither a region nor an STS endpoint is set.
    pub async fn caller_identity(&self) -> Result<CallerIdentity, Error> {
        if !self.auth().signs() {
            return Err(Error::not_sent("STS knows the owners of access keys, and the credentials are a token"));
        }
        let endpoint = self.sts_endpoint()?;
        let (endpoint, http) = (&endpoint, &self.http_settings().client(&endpoint)?);
        let call = Call {
            operation: "GetCallerIdentity",
            only_reads: true,
            repository: None,
            iam: Some(endpoint.as_str()),
            policy: self.retry_policy(),
            authorization: &self.auth().clone().into(),
        };
        let attempt = |authorization| async move {
            let client = codearts_repo_client::Client::with_http(endpoint, http.clone(), authorization);
            match client.get_caller_identity().send().await {
                Ok(answer) => Ok(answer),
                Err(error) => Err(Error::from_generated(error).await),
            }
        };
        call.run(|_| {}, attempt).await.map(ResponseValue::into_inner)
    }

    fn sts_endpoint(&self) -> Result<Endpoint, ConfigError> {
        match (self.own_sts_endpoint(), self.region()) {
            (Some(endpoint), _) => Ok(endpoint.clone()),
            (None, Some(region)) => region.sts_endpoint().parse().map_err(ConfigError::Endpoint),
            (None, None) => Err(ConfigError::NoStsEndpoint),
        }
    }
}
