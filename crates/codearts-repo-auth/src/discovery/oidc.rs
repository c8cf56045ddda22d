//! The agency that an ID token of the platform assumes.

use std::time::Duration;

use super::{Discovery, LookupResult, found, incomplete, not_set};
use crate::agency_session::{InvalidAgency, parse_urn};
use crate::discovery_error::DiscoveryError;
use crate::id_token::IdToken;
use crate::oidc::OidcAgency;
use crate::source::{CredentialsKind, CredentialsOrigin};
use crate::variables::{OIDC_AGENCY, OIDC_PROVIDER};

const TOKEN_FILE: &str = "HUAWEICLOUD_OIDC_TOKEN_FILE";
const GITHUB_URL: &str = "ACTIONS_ID_TOKEN_REQUEST_URL";
const GITHUB_TOKEN: &str = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

impl Discovery<'_> {
    pub(super) fn oidc_agency(&self) -> LookupResult {
        let environment = self.environment;
        let Some([(_, provider), (_, agency)]) = self.pair(&[OIDC_PROVIDER], &[OIDC_AGENCY])? else {
            return not_set();
        };
        let Some((variable, id_token)) = self.id_token()? else { return incomplete(OIDC_PROVIDER, TOKEN_FILE) };
        let invalid = |variable: &str| {
            let variable = variable.to_owned();
            move |source| DiscoveryError::Agency { variable, source }
        };
        parse_urn(provider).map_err(invalid(OIDC_PROVIDER))?;
        let mut found_agency = OidcAgency::new(provider, agency, id_token).map_err(invalid(OIDC_AGENCY))?;
        if let Some((name, text)) = environment.first(&["HUAWEICLOUD_OIDC_SESSION_NAME"])? {
            found_agency = found_agency.session_name(text).map_err(invalid(name))?;
        }
        if let Some((name, text)) = environment.first(&["HUAWEICLOUD_OIDC_DURATION_SECONDS"])? {
            let seconds = text.parse().map_err(|_| InvalidAgency::Duration);
            let duration = seconds.and_then(|seconds| found_agency.duration(Duration::from_secs(seconds)));
            found_agency = duration.map_err(invalid(name))?;
        }
        if let Some(policy) = environment.value(&["HUAWEICLOUD_OIDC_POLICY"])? {
            found_agency = found_agency.policy(policy);
        }
        if let Some(ids) = environment.value(&["HUAWEICLOUD_OIDC_POLICY_IDS"])? {
            found_agency = found_agency.policy_ids(ids.split(',').map(|id| id.trim().to_owned()));
        }
        if let Some(endpoint) = environment.sts_endpoint()? {
            found_agency = found_agency.endpoint(endpoint.value);
        }
        let names = [OIDC_PROVIDER, OIDC_AGENCY, variable].map(str::to_owned);
        found(found_agency, CredentialsKind::OidcAgency, CredentialsOrigin::Variables(names.into()))
    }

    /// The ID token for an agency, and the variable that it is from: the token itself, a file, or GitHub Actions.
    fn id_token(&self) -> Result<Option<(&str, IdToken)>, DiscoveryError> {
        let environment = self.environment;
        match environment.first(&["HUAWEICLOUD_OIDC_ID_TOKEN", TOKEN_FILE])? {
            Some((TOKEN_FILE, path)) => return Ok(Some((TOKEN_FILE, IdToken::file(path)))),
            Some((variable, text)) => return Ok(Some((variable, IdToken::text(text)))),
            None => {}
        }
        let Some(url) = environment.value(&[GITHUB_URL])? else { return Ok(None) };
        let Some(token) = environment.value(&[GITHUB_TOKEN])? else { return incomplete(GITHUB_URL, GITHUB_TOKEN) };
        let mut id_token = IdToken::github_actions(url, token)
            .map_err(|source| DiscoveryError::Endpoint { variable: GITHUB_URL.to_owned(), source })?;
        if let Some(audience) = environment.value(&["CODEARTS_REPO_ID_TOKEN_AUDIENCE"])? {
            id_token = id_token.audience(audience);
        }
        Ok(Some((GITHUB_URL, id_token)))
    }
}
