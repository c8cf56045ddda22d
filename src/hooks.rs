//! The one hook of every request. It must stand in the crate that owns the generated client: from another crate it
//! would be refused by the orphan rule or, worse, compile and never be called.

use progenitor_client::{ClientHooks, ClientInfo, Error, OperationInfo};
use reqwest::header::HeaderName;

use crate::authorization::AnswerHead;
use crate::{Authorization, Client, answer};

/// progenitor sends the document's version with every request; the service documents no such header.
const UNDOCUMENTED: HeaderName = HeaderName::from_static("api-version");

impl ClientHooks<Authorization> for Client {
    async fn pre<E>(&self, request: &mut reqwest::Request, _: &OperationInfo) -> Result<(), Error<E>> {
        request.headers_mut().remove(UNDOCUMENTED);
        self.inner().apply(request).map_err(|reason| Error::Custom(reason.to_string()))
    }

    async fn exec(&self, request: reqwest::Request, info: &OperationInfo) -> reqwest::Result<reqwest::Response> {
        #[cfg(not(fuzzing))]
        let response = self.client().execute(request).await?;
        #[cfg(fuzzing)]
        let response = crate::fuzzing::answer(request);
        self.inner().remember(AnswerHead::of(response.status(), response.headers()));
        answer::receive(response, info.operation_id).await
    }
}
