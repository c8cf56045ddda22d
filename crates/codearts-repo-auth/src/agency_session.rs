//! What agencies have in common, however they are assumed: a URN, a session, and limits for its keys.

use std::time::Duration;

use codearts_repo_client::types::{AgencySessionName, Urn};
use codearts_repo_client::{AgencySessionSeconds, bounds};

/// The session of an agency, as its keys are requested.
#[derive(Clone, Debug)]
pub(crate) struct AgencySession {
    pub(crate) name: AgencySessionName,
    pub(crate) duration: Option<AgencySessionSeconds>,
    pub(crate) policy: Option<String>,
    pub(crate) policy_ids: Vec<String>,
}

impl AgencySession {
    pub(crate) fn new(name: &str) -> Result<Self, InvalidAgency> {
        Ok(Self { name: session_name(name)?, duration: None, policy: None, policy_ids: Vec::new() })
    }

    pub(crate) fn set_name(&mut self, name: &str) -> Result<(), InvalidAgency> {
        self.name = session_name(name)?;
        Ok(())
    }

    pub(crate) fn set_duration(&mut self, duration: Duration) -> Result<(), InvalidAgency> {
        let seconds = AgencySessionSeconds::try_from(duration.as_secs()).map_err(|_| InvalidAgency::Duration)?;
        self.duration = Some(seconds);
        Ok(())
    }
}

fn session_name(name: &str) -> Result<AgencySessionName, InvalidAgency> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    if !bounds::AGENCY_SESSION_NAME.contains(&name.len()) || !name.bytes().all(is_allowed) {
        return Err(InvalidAgency::SessionName);
    }
    name.parse().map_err(|_| InvalidAgency::SessionName)
}

pub(crate) fn parse_urn(text: &str) -> Result<Urn, InvalidAgency> {
    let is_text = text.bytes().all(|byte| byte.is_ascii_graphic());
    if text.split(':').count() != 5 || !is_text {
        return Err(InvalidAgency::Urn);
    }
    text.parse().map_err(|_| InvalidAgency::UrnLength)
}

/// A setting of an agency that STS would refuse. Needs the feature `agency` or `oidc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidAgency {
    /// A URN without five parts.
    #[error("the URN does not have five parts")]
    Urn,
    /// A URN that is too short or too long.
    #[error("the URN does not have {} to {} characters", bounds::URN.start(), bounds::URN.end())]
    UrnLength,
    /// A session name that is too short or too long, or has another character.
    #[error(
        "the session name has a blank or another character that is not allowed, or does not have {} to {} characters",
        bounds::AGENCY_SESSION_NAME.start(),
        bounds::AGENCY_SESSION_NAME.end()
    )]
    SessionName,
    /// A duration outside the range.
    #[error(
        "the duration is not {} to {} seconds",
        bounds::AGENCY_SESSION_SECONDS.start(),
        bounds::AGENCY_SESSION_SECONDS.end()
    )]
    Duration,
    /// A duration outside the range for an agency that is assumed by its name.
    #[error(
        "the duration is not {} to {} seconds",
        bounds::TEMPORARY_KEY_SECONDS.start(),
        bounds::TEMPORARY_KEY_SECONDS.end()
    )]
    DurationByName,
    /// A duration of more than an hour, for a caller whose own key is temporary.
    #[error("the duration is more than 3600 seconds, and the caller's own key is temporary")]
    DurationOfTemporaryKey,
    /// An external ID that is too short or too long.
    #[error(
        "the external ID does not have {} to {} characters",
        bounds::AGENCY_EXTERNAL_ID.start(),
        bounds::AGENCY_EXTERNAL_ID.end()
    )]
    ExternalId,
}

impl InvalidAgency {
    /// What to do about it.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Urn | Self::UrnLength => "copy the URN from the console, such as iam::ACCOUNT:agency:NAME",
            Self::SessionName => "use letters, digits and _+=,.@-",
            Self::Duration => "use 15 minutes to 12 hours",
            Self::DurationByName => "use 15 minutes to 24 hours",
            Self::DurationOfTemporaryKey => "use an hour at most, or call with a permanent key",
            Self::ExternalId => "use the external ID that the owner of the agency has set",
        }
    }
}
