//! The sources that store no secret: agencies, identity providers, pods and ECS servers.

use std::path::PathBuf;
use std::time::Duration;

use super::{Discovery, LookupResult, SDK, found, incomplete, not_set, nothing};
use crate::agency_session::{InvalidAgency, check_urn};
use crate::credentials_file::CredentialsFile;
use crate::discovery_error::DiscoveryError;
use crate::federated_user::FederatedUser;
use crate::id_token::IdToken;
use crate::instance_agency::InstanceAgency;
use crate::oidc::OidcAgency;
use crate::pod_identity::PodIdentity;
use crate::source::{CredentialsKind, CredentialsOrigin, CredentialsSource};

const OIDC_PROVIDER: &str = "HUAWEICLOUD_OIDC_PROVIDER_URN";
const OIDC_AGENCY: &str = "HUAWEICLOUD_OIDC_AGENCY_URN";
const OIDC_TOKEN_FILE: &str = "HUAWEICLOUD_OIDC_TOKEN_FILE";
const POD_URI: &str = "HC_CONTAINER_CREDENTIALS_FULL_URI";
const POD_TOKEN_FILE: &str = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const GITHUB_URL: &str = "ACTIONS_ID_TOKEN_REQUEST_URL";
const GITHUB_TOKEN: &str = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
const IDP_ID: &str = "HUAWEICLOUD_SDK_IDP_ID";
const ID_TOKEN_FILE: &str = "HUAWEICLOUD_SDK_ID_TOKEN_FILE";

impl Discovery<'_> {
    pub(super) fn oidc_agency(&self) -> LookupResult {
        let environment = self.environment;
        let Some((provider, agency)) = self.pair(OIDC_PROVIDER, OIDC_AGENCY)? else { return not_set() };
        let Some((variable, id_token)) = self.id_token()? else {
            return incomplete(OIDC_PROVIDER, OIDC_TOKEN_FILE);
        };
        let invalid = |variable: &str| {
            let variable = variable.to_owned();
            move |source| DiscoveryError::Agency { variable, source }
        };
        check_urn(provider).map_err(invalid(OIDC_PROVIDER))?;
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

    pub(super) fn pod_identity(&self) -> LookupResult {
        let Some((uri, file)) = self.pair(POD_URI, POD_TOKEN_FILE)? else { return not_set() };
        let pod = PodIdentity::new(uri, file)
            .map_err(|source| DiscoveryError::KeyService { variable: POD_URI.to_owned(), source })?;
        let names = [POD_URI, POD_TOKEN_FILE].map(str::to_owned);
        found(pod, CredentialsKind::PodIdentity, CredentialsOrigin::Variables(names.into()))
    }

    pub(super) fn instance_agency(&self) -> LookupResult {
        if self.only != Some(CredentialsSource::InstanceMetadata) {
            return nothing("used only if chosen");
        }
        let variable = self.environment.first(&["CODEARTS_REPO_METADATA_ENDPOINT"])?;
        let agency = match variable {
            None => InstanceAgency::new(),
            Some((name, address)) => InstanceAgency::at(address)
                .map_err(|source| DiscoveryError::KeyService { variable: name.to_owned(), source })?,
        };
        let origin = CredentialsOrigin::Metadata { variable: variable.map(|(name, _)| name.to_owned()) };
        found(agency, CredentialsKind::InstanceAgency, origin)
    }

    pub(super) fn federated_user(&self) -> LookupResult {
        let environment = self.environment;
        let Some((provider, file)) = self.pair(IDP_ID, ID_TOKEN_FILE)? else { return not_set() };
        let mut user = FederatedUser::new(provider, IdToken::file(file))
            .map_err(|source| DiscoveryError::Federation { place: IDP_ID.to_owned(), source })?;
        match (environment.value(SDK.project)?, environment.value(SDK.domain)?) {
            (Some(id), _) => user = user.project_id(id),
            (None, Some(id)) => user = user.domain_id(id),
            (None, None) => {}
        }
        if let Some(endpoint) = self.own_iam_endpoint()? {
            user = user.endpoint(endpoint);
        }
        let names = [IDP_ID, ID_TOKEN_FILE].map(str::to_owned);
        found(user, CredentialsKind::FederatedUser, CredentialsOrigin::Variables(names.into()))
    }

    /// The ID token for an agency, and the variable that it is from: the token itself, a file, or GitHub Actions.
    fn id_token(&self) -> Result<Option<(&str, IdToken)>, DiscoveryError> {
        let environment = self.environment;
        match environment.first(&["HUAWEICLOUD_OIDC_ID_TOKEN", OIDC_TOKEN_FILE])? {
            Some((OIDC_TOKEN_FILE, path)) => return Ok(Some((OIDC_TOKEN_FILE, IdToken::file(path)))),
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

    /// A section with an identity provider, which takes precedence over an access key in it, as in the vendor's SDK.
    pub(super) fn federated_section(&self, file: &CredentialsFile, path: PathBuf, section: &str) -> LookupResult {
        let (provider, token_file) = (file.need(section, "idp_id")?, file.need(section, "id_token_file")?);
        let origin = CredentialsOrigin::Section { path, section: section.to_owned() };
        let mut user = FederatedUser::new(provider.as_str(), IdToken::file(token_file.as_str()))
            .map_err(|source| DiscoveryError::Federation { place: origin.to_string(), source })?;
        match (file.get(section, "project_id")?, file.get(section, "domain_id")?) {
            (Some(id), _) => user = user.project_id(id.as_str()),
            (None, Some(id)) => user = user.domain_id(id.as_str()),
            (None, None) => {}
        }
        let endpoint = match (self.own_iam_endpoint()?, file.get(section, "iam_endpoint")?) {
            (Some(endpoint), _) => Some(endpoint),
            (None, Some(text)) => Some(
                crate::environment::sdk_iam_endpoint(&text)
                    .map_err(|source| DiscoveryError::SectionEndpoint { place: origin.to_string(), source })?,
            ),
            (None, None) => None,
        };
        if let Some(endpoint) = endpoint {
            user = user.endpoint(endpoint);
        }
        found(user, CredentialsKind::FederatedUser, origin)
    }

    /// Two variables that are set together, or neither.
    fn pair(&self, first: &'static str, second: &'static str) -> Result<Option<(&str, &str)>, DiscoveryError> {
        match (self.environment.value(&[first])?, self.environment.value(&[second])?) {
            (Some(first), Some(second)) => Ok(Some((first, second))),
            (None, None) => Ok(None),
            (Some(_), None) => incomplete(first, second),
            (None, Some(_)) => incomplete(second, first),
        }
    }
}
