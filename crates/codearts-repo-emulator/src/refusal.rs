//! Refusals, with the codes that the vendor documents.

use std::time::Duration;

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
        token_unknown: UNAUTHORIZED, "DEV.00000002", "Authentication information is not recognized.";
        token_expired: UNAUTHORIZED, "DEV.00000003", "Authentication information expired.";
        key_unknown: UNAUTHORIZED, "APIGW.0301", "Incorrect IAM authentication information: the AK does not exist.";
        key_expired: UNAUTHORIZED, "APIGW.0301", "Incorrect IAM authentication information: the security token has expired.";
        agency_unknown: FORBIDDEN, "STS.0001", "The agency does not exist or does not trust the provider.";
        agency_denied: FORBIDDEN, "STS.0003", "The agency does not exist or does not trust the caller, or the external ID is wrong.";
        session_too_long: BAD_REQUEST, "STS.0004", "duration_seconds is more than 3600 for a caller with a temporary access key.";
        id_token_refused: FORBIDDEN, "STS.0002", "The ID token is not valid.";
        session_unknown: UNAUTHORIZED, "401", "Unauthorized: the metadata token is not valid.";
        agency_missing: UNAUTHORIZED, "401", "Please configure Cloud Service Agency first";
        forwarded: FORBIDDEN, "403", "Requests that a proxy forwards are refused.";
        pod_token_refused: UNAUTHORIZED, "401", "The token of the pod is not valid.";
        signature_wrong: UNAUTHORIZED, "APIGW.0301", "Incorrect IAM authentication information: verify aksk signature fail.";
        clock_skew: UNAUTHORIZED, "APIGW.0303", "Incorrect app authentication information: the signature has expired, X-Sdk-Date is more than 15 minutes off.";
        user_unknown: UNAUTHORIZED, "401", "The username or password is wrong.";
        provider_unknown: NOT_FOUND, "404", "The identity provider does not exist.";
        federated_token_refused: UNAUTHORIZED, "401", "The ID token is not valid.";
        not_allowed: FORBIDDEN, "CH.004403", "Insufficient permissions. Apply for the required permission and try again.";
        repository_unknown: NOT_FOUND, "CH.004404", "Repository Not Found";
        mirror_unknown: NOT_FOUND, "CH.000404", "The repository has no mirror; associate one first.";
        mirror_exists: CONFLICT, "CH.010001", "The repository is already a mirror; change its settings instead.";
        busy: CONFLICT, "CH.10000", "Too many synchronizations of the repository are waiting; try again later.";
        path_unknown: NOT_FOUND, "APIGW.0101", "The API does not exist or has not been published in the environment.";
        method_unknown: METHOD_NOT_ALLOWED, "APIGW.0103", "The path does not support the request method.";
        head_too_large: REQUEST_HEADER_FIELDS_TOO_LARGE, "APIGW.0201", "Request header fields too large.";
        body_too_large: PAYLOAD_TOO_LARGE, "APIGW.0201", "Request entity too large.";
        body_too_slow: REQUEST_TIMEOUT, "APIGW.0201", "The request body did not arrive in time.";
        body_broken: BAD_REQUEST, "APIGW.0201", "Bad request: the body could not be read.";
        branch_unknown: NOT_FOUND, "CH.004404", "Branch Not Found";
        not_emulated: NOT_IMPLEMENTED, "CH.000001", "The document has the operation, but the emulator does not implement it.";
        unreadable: INTERNAL_SERVER_ERROR, "CH.000001", "The repository could not be read; see the log of the emulator.";
    }

    /// A parameter or a body that does not match the document.
    pub(crate) fn bad_parameter(what: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "CH.010001", format!("Invalid parameter: {what}"))
    }

    /// An `Authorization` header that cannot be read.
    pub(crate) fn signature_malformed(what: &str) -> Self {
        let message = format!("Incorrect IAM authentication information: {what}.");
        Self::new(StatusCode::UNAUTHORIZED, "APIGW.0301", message)
    }

    /// More calls than the quota allows.
    pub(crate) fn too_many(calls: usize, span: Duration) -> Self {
        let policy = format!("policy api over ratelimit,limit:{calls},time:{} second", span.as_secs_f64());
        let message = format!("The throttling threshold has been reached: {policy}");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "APIGW.0308", message)
    }

    /// A status that a fault requested, with the code that the vendor documents for it.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let code = match status.as_u16() {
            504 => "CH.080504",
            _ => "CH.000001",
        };
        Self::new(status, code, status.canonical_reason().unwrap_or("Fault"))
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
