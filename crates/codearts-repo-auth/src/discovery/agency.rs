//! The agency that the variables name, which the caller that was found assumes.

use std::time::Duration;

use codearts_repo_client::Auth;

use super::{Discovery, Found};
use crate::agency_session::InvalidAgency;
use crate::assumed_agency::AssumedAgency;
use crate::discovery_error::DiscoveryError;
use crate::named_agency::NamedAgency;
use crate::source::{CredentialsKind, CredentialsOrigin};
use crate::variables::{AGENCY_NAME, AGENCY_URN};

const SESSION_NAME: &str = "CODEARTS_REPO_AGENCY_SESSION_NAME";
const DURATION: &str = "CODEARTS_REPO_AGENCY_DURATION_SECONDS";
const EXTERNAL_ID: &str = "CODEARTS_REPO_AGENCY_EXTERNAL_ID";
const DOMAIN_NAME: &str = "HW_ASSUME_ROLE_DOMAIN_NAME";
const DOMAIN_ID: &str = "HW_ASSUME_ROLE_DOMAIN_ID";
const NAMED_DURATION: &str = "HW_ASSUME_ROLE_DURATION";

impl Discovery<'_> {
    /// The agency of the variables with the found credentials as its caller, or else the credentials themselves.
    pub(super) fn assume(&self, found: Found) -> Result<Found, DiscoveryError> {
        if let Some((variable, urn)) = self.environment.first(&[AGENCY_URN])? {
            return self.by_urn(variable, urn, found);
        }
        match self.environment.first(&[AGENCY_NAME])? {
            Some((variable, name)) if found.source.is_terraforms() => self.by_name(variable, name, found),
            _ => Ok(found),
        }
    }

    fn by_urn(&self, variable: &str, urn: &str, found: Found) -> Result<Found, DiscoveryError> {
        let environment = self.environment;
        let mut agency = AssumedAgency::new(urn, found.auth.clone()).map_err(invalid(variable))?;
        if let Some((variable, name)) = environment.first(&[SESSION_NAME])? {
            agency = agency.session_name(name).map_err(invalid(variable))?;
        }
        if let Some((variable, text)) = environment.first(&[DURATION])? {
            let seconds = text.parse().map_err(|_| invalid(variable)(InvalidAgency::Duration))?;
            agency = agency.duration(Duration::from_secs(seconds)).map_err(invalid(variable))?;
        }
        if let Some((variable, id)) = environment.first(&[EXTERNAL_ID])? {
            agency = agency.external_id(id).map_err(invalid(variable))?;
        }
        if let Some(endpoint) = environment.sts_endpoint()? {
            agency = agency.endpoint(endpoint.value);
        }
        Ok(assumed(variable, agency.into(), CredentialsKind::AssumedAgency, found))
    }

    fn by_name(&self, variable: &str, name: &str, found: Found) -> Result<Found, DiscoveryError> {
        let environment = self.environment;
        let (id, domain) = (environment.value(&[DOMAIN_ID])?, environment.value(&[DOMAIN_NAME])?);
        let mut agency = NamedAgency::new(name, domain.unwrap_or_default(), found.auth.clone());
        match (id, domain) {
            (Some(id), _) => agency = agency.domain_id(id),
            (None, Some(_)) => {}
            (None, None) => return super::incomplete(variable, DOMAIN_NAME),
        }
        if let Some((variable, text)) = environment.first(&[NAMED_DURATION])? {
            let seconds = text.parse().map_err(|_| invalid(variable)(InvalidAgency::DurationByName))?;
            agency = agency.duration(Duration::from_secs(seconds)).map_err(invalid(variable))?;
        }
        if let Some(endpoint) = self.own_iam_endpoint()? {
            agency = agency.endpoint(endpoint);
        }
        Ok(assumed(variable, agency.into(), CredentialsKind::NamedAgency, found))
    }
}

fn assumed(variable: &str, auth: Auth, kind: CredentialsKind, found: Found) -> Found {
    let origin = CredentialsOrigin::Agency { variable: variable.to_owned(), caller: Box::new(found.origin) };
    Found { auth, kind, origin, ..found }
}

fn invalid(variable: &str) -> impl FnOnce(InvalidAgency) -> DiscoveryError {
    let variable = variable.to_owned();
    move |source| DiscoveryError::Agency { variable, source }
}
