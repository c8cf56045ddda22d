//! The hook that every request passes. It has to be implemented in the crate that owns the generated client: in
//! another crate the orphan rule refuses it, or it compiles and is never called.

use progenitor_client::{ClientHooks, ClientInfo, Error, OperationInfo};
use reqwest::{Request, Response};

use crate::generated::Client;
use crate::{Authorization, answer};

/// Headers whose values must not show in `Debug`.
const SECRET_HEADERS: [&str; 3] = ["x-auth-token", "x-security-token", "authorization"];

const REDIRECTED: &str = "the HTTP client followed a redirect and may have sent the token to another host; replace the \
                          token, and use a client that does not follow redirects";

/// Marks an answer that came from somewhere else than the request went to.
#[derive(Clone, Copy)]
struct Redirected;

impl ClientHooks<Authorization> for Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), Error<E>> {
        // progenitor adds it; the service does not document it.
        request.headers_mut().remove("api-version");
        self.inner().apply(request).map_err(|reason| Error::Custom(reason.to_string()))?;
        for name in SECRET_HEADERS {
            if let Some(value) = request.headers_mut().get_mut(name) {
                value.set_sensitive(true);
            }
        }
        Ok(())
    }

    async fn exec(&self, request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        let url = request.url().clone();
        let mut response = execute(self.client(), request).await?;
        if *response.url() != url {
            response.extensions_mut().insert(Redirected);
            return Ok(response);
        }
        Ok(answer::read(response, operation.operation_id).await)
    }

    async fn post<E>(&self, result: &reqwest::Result<Response>, _: &OperationInfo) -> Result<(), Error<E>> {
        let Ok(response) = result else { return Ok(()) };
        if response.extensions().get::<Redirected>().is_some() {
            return Err(Error::Custom(REDIRECTED.to_owned()));
        }
        match answer::invalid(response) {
            Some(invalid) => Err(Error::UnexpectedResponse(invalid)),
            None => Ok(()),
        }
    }
}

async fn execute(client: &reqwest::Client, request: Request) -> reqwest::Result<Response> {
    #[cfg(fuzzing)]
    return Ok(crate::fuzzing::answer(request));
    #[cfg(not(fuzzing))]
    client.execute(request).await
}
