//! The ways to say no, with the codes that the vendor documents.

use http::StatusCode;
use serde_json::{Value, json};

/// An answer that refuses a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    code: &'static str,
    message: String,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident: $status:ident, $code:literal, $message:literal;)*) => {
        $($(#[$doc])* pub(crate) fn $name() -> Self {
            Self::new(StatusCode::$status, $code, $message)
        })*
    };
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    refusals! {
        credentials_missing: UNAUTHORIZED, "DEV.00000001", "Authentication information is missing.";
        token_unknown: UNAUTHORIZED, "DEV.00000002", "Authentication information is not recognised.";
        token_expired: UNAUTHORIZED, "DEV.00000003", "Authentication information expired.";
        user_unknown: UNAUTHORIZED, "401", "The username or password is wrong.";
        repository_unknown: NOT_FOUND, "CH.004404", "Repository Not Found";
        mirror_unknown: NOT_FOUND, "CH.000404", "The repository has no mirror; associate one first.";
        mirror_exists: CONFLICT, "CH.010001", "The repository is a mirror already; change its settings instead.";
        busy: CONFLICT, "CH.10000", "Too many synchronisations of the repository are waiting; try again later.";
        path_unknown: NOT_FOUND, "APIGW.0101", "The API does not exist or has not been published in the environment.";
        method_unknown: METHOD_NOT_ALLOWED, "APIGW.0103", "The request method is not one of this path's.";
        body_too_large: PAYLOAD_TOO_LARGE, "APIGW.0201", "Request entity too large.";
        body_too_slow: REQUEST_TIMEOUT, "APIGW.0201", "The request body did not arrive in time.";
        body_broken: BAD_REQUEST, "APIGW.0201", "Bad request: the body could not be read.";
        not_emulated: NOT_IMPLEMENTED, "CH.000001", "The emulator knows the operation from the document but not what it does.";
    }

    /// A parameter or a body that is not as the document says.
    pub(crate) fn bad_parameter(what: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "CH.010001", format!("Invalid parameter: {what}"))
    }

    /// The body as CodeArts Repo and its gateway write it.
    pub(crate) fn repo_body(&self) -> Value {
        json!({ "error_code": self.code, "error_msg": self.message })
    }

    /// The body as IAM writes it.
    pub(crate) fn iam_body(&self) -> Value {
        json!({ "error": {
            "code": self.status.as_u16(),
            "message": self.message,
            "title": self.status.canonical_reason().unwrap_or_default(),
        } })
    }
}
