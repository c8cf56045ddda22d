//! The hook that every request passes. It has to be implemented in the crate that owns the generated client: in
//! another crate the orphan rule refuses it, or it compiles and is never called.

use progenitor_client::{ClientHooks, ClientInfo, Error, OperationInfo};
use reqwest::header::HeaderName;
use reqwest::{Request, Response};

use crate::answer::Reading;
use crate::attempt::{self, Redirected};
use crate::generated::Client;
use crate::{Authorization, answer};

const REDIRECTED: &str = "the HTTP client followed a redirect and may have sent the token to another host; replace the \
                          token, and use a client that does not follow redirects";

static API_VERSION: HeaderName = HeaderName::from_static("api-version");

impl ClientHooks<Authorization> for Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), Error<E>> {
        // progenitor adds it; the service does not document it.
        request.headers_mut().remove(&API_VERSION);
        Ok(())
    }

    // Not `async`, which would wrap the future of the request in another one.
    fn exec(&self, request: Request, operation: &OperationInfo) -> impl Future<Output = reqwest::Result<Response>> {
        attempt::send(self.client(), self.inner(), request, Reading::of(operation.operation_id))
    }

    async fn post<E>(&self, result: &reqwest::Result<Response>, _: &OperationInfo) -> Result<(), Error<E>> {
        let Ok(response) = result else { return Ok(()) };
        if response.extensions().get::<Redirected>().is_some() {
            return Err(Error::Custom(REDIRECTED.to_owned()));
        }
        match attempt::unsent_again(response).or_else(|| answer::invalid(response)) {
            Some(unusable) => Err(Error::UnexpectedResponse(unusable)),
            None => Ok(()),
        }
    }
}
