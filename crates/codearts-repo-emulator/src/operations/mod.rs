//! The operations. A request arrives here after it was checked against the document.

mod agencies;
mod mirror;
mod page;
mod refs;
mod repositories;
mod temporary_keys;
mod tokens;

use http::StatusCode;
use serde_json::Value;

use crate::answer::Answer;
use crate::authority::Caller;
use crate::contract::{Operation, Values};
use crate::fault::Lies;
use crate::refusal::Refusal;
use crate::service::Service;

/// The header of an answer that is only the example in the document.
const EXAMPLE: &str = "x-emulator-example";

/// The checked parts of a request.
pub(crate) struct Call {
    pub(crate) path: Values,
    pub(crate) query: Values,
    pub(crate) headers: Values,
    pub(crate) body: Value,
    pub(crate) caller: Caller,
    /// How the synchronization that this call starts lies.
    pub(crate) lies: Lies,
}

impl Call {
    /// The repository that the path names.
    fn repository(&self) -> Result<u64, Refusal> {
        repository_id(&self.path).ok_or_else(Refusal::repository_unknown)
    }

    /// A text in the body; an empty one counts as absent.
    fn text(&self, member: &str) -> Option<&str> {
        self.body.get(member)?.as_str().filter(|text| !text.is_empty())
    }

    /// A text in the query.
    fn query_text(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.as_str()
    }

    fn flag(&self, member: &str) -> Option<bool> {
        self.body.get(member)?.as_bool()
    }
}

/// The value of `repository_id` among the parameters in the path.
pub(crate) fn repository_id(path: &Values) -> Option<u64> {
    path.get("repository_id")?.as_u64()
}

/// Runs the operation.
pub(crate) async fn perform(service: &Service, operation: &Operation, call: Call) -> Result<Answer, Refusal> {
    match operation.id() {
        "StartRemoteMirrorSynchronization" => mirror::start(service, &call),
        "ShowRemoteMirror" => mirror::show(service, &call),
        "UpdateRepositoryRemoteMirror" => mirror::update(service, &call),
        "AssociateRemoteMirror" => mirror::associate(service, &call),
        "ListCurrentUserRepositories" => Ok(repositories::list(service, &call)),
        "ListProjectRepositories" => Ok(repositories::list_of_project(service, &call)),
        "ShowRepository" => repositories::show(service, &call).await,
        "ListBranches" => refs::list_branches(service, &call).await,
        "ShowBranch" => refs::show_branch(service, &call).await,
        "ListTags" => refs::list_tags(service, &call).await,
        "KeystoneCreateUserTokenByPassword" => tokens::create(service, &call),
        "CreateTokenWithIdToken" => temporary_keys::log_in_with_id_token(service, &call),
        "CreateTemporaryAccessKeyByToken" => temporary_keys::create(service, &call),
        "AssumeAgencyWithOIDC" => agencies::assume_with_oidc(service, &call),
        "AssumeAgency" => agencies::assume(service, &call),
        "GetCallerIdentity" => Ok(agencies::caller_identity(&call)),
        _ => {
            let (status, body) = operation.example().ok_or_else(Refusal::not_emulated)?;
            Ok(Answer::json(StatusCode::from_u16(status).unwrap_or_default(), body).with(EXAMPLE, "true"))
        }
    }
}
