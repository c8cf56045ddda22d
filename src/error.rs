//! Why a call failed.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::generated::Error as Generated;
use crate::redact::Secrets;
use crate::retry::retry_after;
use crate::{AuthError, ConfigError, ErrorBody, InvalidAnswer, InvalidAnswerKind};

/// Why a call failed. Every variant answers the same questions; the variants are for those who want the details.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo::{Client, RepositoryId, Token};
/// # use codearts_repo_emulator::{Emulator, Repository};
/// # let emulator = Emulator::builder().token("t").repository(Repository::new(123)).start().await?;
/// # let client = Client::builder().endpoint(emulator.endpoint().parse()?).auth(Token::new("t")?).build()?;
/// let error = client.start_sync(RepositoryId::try_from(999)?).send().await.expect_err("there is none");
/// assert_eq!((error.status(), error.code()), (Some(404), Some("CH.004404")));
/// assert!(error.request_id().is_some());
/// assert!(!error.is_retryable() && !error.may_have_been_sent());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client was set up wrongly; nothing was sent.
    #[error("the client cannot be set up")]
    Config(#[from] ConfigError),
    /// No authorisation could be had; nothing was sent.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The request could not be made or authorised; nothing was sent.
    #[error("the request was not sent: {0}")]
    NotSent(String),
    /// The service, or something in front of it, answered and did not do what was asked.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// The connection failed or broke, or could not be made in time.
    #[error("{}", connection_text(.0))]
    Connection(#[source] reqwest::Error),
    /// The answer reports success, but the connection broke or a timeout expired before its end.
    #[error("the answer is incomplete; check whether the call had an effect before you repeat it")]
    Incomplete {
        /// The status of the answer.
        status: u16,
        /// The id of the request, from the header `X-Request-Id`.
        request_id: Option<String>,
        /// Why the rest of the answer is missing.
        source: InvalidAnswer,
    },
    /// The answer reports success and is not what the contract says, so that its meaning is unknown.
    #[error("the service answered with success, but the answer {problem}; look at the repository before you try again")]
    UnexpectedAnswer {
        /// What is wrong with the answer, in words.
        problem: &'static str,
        /// The status of the answer.
        status: Option<u16>,
        /// The id of the request, from the header `X-Request-Id`.
        request_id: Option<String>,
        /// The decoder's own words, where it was the one to complain.
        source: Option<Undecodable>,
    },
}

/// What a decoder says of an answer, at most 200 characters of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Undecodable(String);

impl Undecodable {
    /// Decoders repeat whole texts of an answer.
    fn new(error: &dyn std::error::Error) -> Self {
        Self(error.to_string().chars().take(200).collect())
    }
}

/// An answer that refuses a call. Its text is the service's own, at most 512 characters of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The service's own code, `CH.004404` for example.
    pub code: Option<String>,
    /// The service's text for people.
    pub message: Option<String>,
    /// The id of the request, for a ticket at the vendor.
    pub request_id: Option<String>,
    /// The pause that the answer asks for in `Retry-After`.
    pub retry_after: Option<Duration>,
}

impl Error {
    /// The HTTP status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            Self::UnexpectedAnswer { status, .. } => *status,
            Self::Incomplete { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The service's own code, `DEV.00000003` for example.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.refusal()?.code.as_deref()
    }

    /// The service's text for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.refusal()?.message.as_deref()
    }

    /// The id of the request, for a ticket at the vendor.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => refusal.request_id.as_deref(),
            Self::UnexpectedAnswer { request_id, .. } | Self::Incomplete { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// The pause that the answer asks for in `Retry-After`, in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.refusal()?.retry_after
    }

    /// Whether the same call may work a little later: the connection failed, or the status is 408, 429, 500, 502,
    /// 503 or 504. Look at [`may_have_been_sent`](Self::may_have_been_sent) before you repeat a start.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Auth(error) => error.is_retryable(),
            Self::Connection(error) => !error.is_builder() && !is_untrusted(error),
            Self::Incomplete { .. } => true,
            Self::Refused(refusal) => matches!(refusal.status, 408 | 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether a time-out ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Connection(error) => error.is_timeout(),
            Self::Incomplete { source, .. } => is_timeout(source),
            _ => false,
        }
    }

    /// Whether the service could not be reached, as opposed to one that answered.
    #[must_use]
    pub const fn is_connection(&self) -> bool {
        matches!(self, Self::Connection(_) | Self::Incomplete { .. })
    }

    /// Whether the service may have received the request and acted on it. A start for which this is true may be
    /// running. It is false when the connection was never made, and when the answer says that the call was refused
    /// (a 3xx, a 4xx, or 503).
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        match self {
            Self::Config(_) | Self::Auth(_) | Self::NotSent(_) => false,
            Self::Refused(refusal) => !matches!(refusal.status, 300..=407 | 409..=499 | 503),
            Self::Connection(error) => !(error.is_connect() || error.is_builder()),
            Self::Incomplete { .. } | Self::UnexpectedAnswer { .. } => true,
        }
    }

    /// Whether the service says that the token has expired or must be renewed: 401 with `DEV.00000003`,
    /// `APIGW.0307`, or `APIGW.0301` whose text speaks of expiry. Any other 401 means something else.
    #[must_use]
    pub fn is_token_expired(&self) -> bool {
        let Some(refusal) = self.refusal().filter(|refusal| refusal.status == 401) else { return false };
        match refusal.code.as_deref().map(|code| code.replace("APIGW", "APIG")).as_deref() {
            Some("DEV.00000003" | "APIG.0307") => true,
            Some("APIG.0301") => refusal.message.as_ref().is_some_and(|text| text.to_lowercase().contains("expire")),
            _ => false,
        }
    }

    fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn unexpected(problem: &'static str, status: StatusCode, headers: &HeaderMap) -> Self {
        let (status, request_id) = (Some(status.as_u16()), request_id(headers));
        Self::UnexpectedAnswer { problem, status, request_id, source: None }
    }

    /// Translates an error of the generated client.
    #[doc(hidden)]
    pub async fn from_generated(error: Generated<ErrorBody>) -> Self {
        match error {
            Generated::ErrorResponse(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                Self::refused(status, &headers, answer.into_inner())
            }
            Generated::UnexpectedResponse(answer) => {
                let (status, headers) = (answer.status(), answer.headers().clone());
                match InvalidAnswer::of(&answer) {
                    Some(invalid) => Self::invalid(invalid.clone(), status, &headers),
                    None if status.is_success() => {
                        Self::unexpected("has a status that the contract does not name", status, &headers)
                    }
                    // The hook has read the body and made it JSON.
                    None => Self::refused(status, &headers, answer.json().await.unwrap_or_default()),
                }
            }
            Generated::CommunicationError(error)
            | Generated::ResponseBodyError(error)
            | Generated::InvalidUpgrade(error) => Self::Connection(error.without_url()),
            Generated::InvalidRequest(reason) | Generated::Custom(reason) => Self::NotSent(reason),
            // The hook has decoded the answer before.
            Generated::InvalidResponsePayload(_, source) => Self::UnexpectedAnswer {
                problem: "is not what the contract says",
                status: None,
                request_id: None,
                source: Some(Undecodable::new(&source)),
            },
        }
    }

    fn invalid(invalid: InvalidAnswer, status: StatusCode, headers: &HeaderMap) -> Self {
        let (status, request_id) = (status.as_u16(), request_id(headers));
        if invalid.kind() == InvalidAnswerKind::Incomplete {
            return Self::Incomplete { status, request_id, source: invalid };
        }
        let cause: &dyn std::error::Error = std::error::Error::source(&invalid).unwrap_or(&invalid);
        let source = Some(Undecodable::new(cause));
        Self::UnexpectedAnswer { problem: "is not what the contract says", status: Some(status), request_id, source }
    }

    /// Takes the secrets of the call out of what the answer says.
    #[doc(hidden)]
    #[must_use]
    pub fn hide(mut self, secrets: &Secrets) -> Self {
        let texts = match &mut self {
            Self::Refused(refusal) => [&mut refusal.code, &mut refusal.message, &mut refusal.request_id],
            Self::UnexpectedAnswer { request_id, source, .. } => {
                source.iter_mut().for_each(|source| secrets.hide(&mut source.0));
                [request_id, &mut None, &mut None]
            }
            Self::Incomplete { request_id, .. } => [request_id, &mut None, &mut None],
            _ => return self,
        };
        texts.into_iter().flatten().for_each(|text| secrets.hide(text));
        self
    }

    #[cfg(test)]
    pub(crate) fn for_retry_tests(status: u16, headers: &HeaderMap) -> Self {
        let status = StatusCode::from_u16(status).expect("a status");
        Self::refused(status, headers, ErrorBody::default())
    }

    fn refused(status: StatusCode, headers: &HeaderMap, body: ErrorBody) -> Self {
        Self::Refused(Box::new(Refusal {
            status: status.as_u16(),
            code: body.code,
            message: body.message,
            request_id: request_id(headers).or(body.request_id),
            retry_after: retry_after(headers),
        }))
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id").or_else(|| headers.get("x-iam-trace-id"))?;
    id.to_str().ok().map(|id| id.chars().take(128).collect())
}

/// Whether a timeout of the HTTP client is among the causes.
fn is_timeout(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout)
        || error.source().is_some_and(is_timeout)
}

/// Whether the service's certificate was refused, which no repetition mends.
fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    // An I/O error that wraps another one gives the other one's cause for its own.
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    let cause = wrapped.map(|inner| inner as &(dyn std::error::Error + 'static)).or_else(|| error.source());
    matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_))) || cause.is_some_and(is_untrusted)
}

fn connection_text(error: &reqwest::Error) -> &'static str {
    if is_untrusted(error) {
        "the certificate of the service is not trusted; check the endpoint, or name the CA that vouches for it"
    } else if error.is_connect() && error.is_timeout() {
        "the service did not accept a connection in time; check the endpoint, the network and the proxy"
    } else if error.is_connect() {
        "no connection to the service; check the endpoint, the network and the proxy"
    } else if error.is_timeout() {
        "the service did not answer in time; check whether the call had an effect before you repeat it"
    } else {
        "the connection broke before an answer; look whether the call had an effect before you repeat it"
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service answered {}", self.status)?;
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
        let advice = match self.status {
            300..=399 => "redirects are not followed; check the endpoint",
            401 if self.code.as_deref().is_some_and(|code| code.ends_with(".0303")) => {
                "set the clock of this machine: it may differ by 15 minutes at the most"
            }
            401 => "check the token or key, its region, and whether it has expired",
            403 => "ask for the Set permission on the repository",
            404 => "check the repository id and the region; the list of repositories has the ids",
            429 => "the quota is 600 calls a minute; wait before you go on",
            500..=599 => "try again later, and give the request id to the vendor when it stays",
            _ => return Ok(()),
        };
        write!(f, "; {advice}")
    }
}

/// Answers can hold line breaks and control characters, which do not belong in a message.
fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[test]
    fn a_refusal_is_one_line_whatever_it_says() {
        let text = |text: &str| Some(text.to_owned());
        let (code, message, request_id) = (text("A\n1"), text("why\r\n\u{1b}not"), text("r\u{0}1"));
        let refusal = Refusal { status: 409, code, message, request_id, retry_after: None };
        assert_eq!(refusal.to_string(), "the service answered 409 Conflict (A 1): why not [request r 1]");
    }
}
