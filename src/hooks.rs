//! The one hook of every request. It must stand in the crate that owns the generated client: from another crate it
//! would be refused by the orphan rule or, worse, compile and never be called.

use progenitor_client::{ClientHooks, ClientInfo, Error, OperationInfo};

use crate::{Authorization, Client, answer};

impl ClientHooks<Authorization> for Client {
    async fn pre<E>(&self, request: &mut reqwest::Request, _: &OperationInfo) -> Result<(), Error<E>> {
        self.inner().apply(request).map_err(|reason| Error::Custom(reason.to_string()))
    }

    async fn exec(&self, request: reqwest::Request, _: &OperationInfo) -> reqwest::Result<reqwest::Response> {
        #[cfg(not(fuzzing))]
        let response = self.client().execute(request).await?;
        #[cfg(fuzzing)]
        let response = crate::fuzzing::answer(request);
        self.inner().hear();
        if response.status().is_success() {
            // It is read where it is decoded.
            return Ok(response);
        }
        // In a box, so that calls that work carry no room for it.
        Ok(Box::pin(answer::refusal(response, self.inner())).await)
    }
}
