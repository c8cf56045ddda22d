//! An answer that refuses a call.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

use crate::plain_text::is_invisible;

/// An answer that refuses a call. Its texts are the service's own, at most 512 characters of each.
///
/// ```
/// use codearts_repo_client::{CallError, ErrorKind, Refusal};
///
/// // For a test of your own error handling.
/// let mut refusal = Refusal::new(404);
/// refusal.code = Some("CH.004404".to_owned());
/// let error = CallError::from(refusal);
/// assert_eq!(error.kind(), ErrorKind::NotFound);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The service's own code, such as `CH.004404`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The service's text for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The ID of the request, for a ticket at the vendor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The pause that the answer asks for in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// A refusal with this HTTP status and nothing else.
    #[must_use]
    pub const fn new(status: u16) -> Self {
        Self { status, code: None, message: None, request_id: None, retry_after: None }
    }

    /// Whether the service says that the token has expired or must be renewed: 401 with `DEV.00000003`,
    /// `APIGW.0307`, or `APIGW.0301` and a text about expiry. Any other 401 means something else.
    #[must_use]
    pub fn is_token_expired(&self) -> bool {
        if self.status != 401 {
            return false;
        }
        match self.code.as_deref().map(|code| code.replace("APIGW", "APIG")).as_deref() {
            Some("DEV.00000003" | "APIG.0307") => true,
            Some("APIG.0301") => self.message.as_ref().is_some_and(|text| text.to_lowercase().contains("expire")),
            _ => false,
        }
    }

    /// Whether no service answered but a gateway that does not know the path, or another server.
    pub(crate) fn is_unknown_path(&self) -> bool {
        let code = self.code.as_deref();
        self.status == 404 && code.is_none_or(|code| matches!(code, "APIGW.0101" | "APIG.0101"))
    }

    /// Whether a signature was refused because of the clock of this machine.
    pub(crate) fn is_clock_skew(&self) -> bool {
        self.status == 401 && self.code.as_deref().is_some_and(|code| code.ends_with(".0303"))
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service answered {}", self.status)?;
        self.write_details(f)
    }
}

impl Refusal {
    /// Writes all but who answered.
    pub(crate) fn write_details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reason) = StatusCode::from_u16(self.status).ok().and_then(|status| status.canonical_reason()) {
            write!(f, " {reason}")?;
        }
        if let Some(code) = &self.code {
            write!(f, " ({})", one_line(code))?;
        }
        if let Some(message) = &self.message {
            write!(f, ": {}", one_line(message))?;
        }
        if let Some(id) = &self.request_id {
            write!(f, " [request {}]", one_line(id))?;
        }
        Ok(())
    }
}

/// Answers may contain line breaks, control characters and invisible ones, which do not belong in a message.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    if !line.contains(is_invisible) {
        return line;
    }
    line.chars().map(|c| if is_invisible(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[test]
    fn a_refusal_is_always_one_line() {
        let text = |text: &str| Some(text.to_owned());
        let (code, message, request_id) = (text("A\n1"), text("why\r\n\u{1b}n\u{202e}\u{ad}ot"), text("r\u{0}1"));
        let refusal = Refusal { status: 409, code, message, request_id, retry_after: None };
        assert_eq!(
            refusal.to_string(),
            "the service answered 409 Conflict (A 1): why n\\u{202e}\\u{ad}ot [request r 1]"
        );
        let json = serde_json::to_string(&refusal).expect("JSON");
        assert_eq!(serde_json::from_str::<Refusal>(&json).expect("a refusal"), refusal);
    }
}
