//! Users of an identity provider, by variables or by a section of the SDK's credentials file.

use std::path::PathBuf;

use super::{Discovery, LookupResult, SDK, found, not_set};
use crate::credentials_file::CredentialsFile;
use crate::discovery_error::DiscoveryError;
use crate::environment::sdk_iam_endpoint;
use crate::federated_user::FederatedUser;
use crate::id_token::IdToken;
use crate::source::{CredentialsKind, CredentialsOrigin};
use crate::variables::{ID_TOKEN_FILE, IDP_ID};

impl Discovery<'_> {
    pub(super) fn federated_user(&self) -> LookupResult {
        let environment = self.environment;
        let Some([(_, provider), (_, file)]) = self.pair(&[IDP_ID], &[ID_TOKEN_FILE])? else { return not_set() };
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
                sdk_iam_endpoint(&text)
                    .map_err(|source| DiscoveryError::SectionEndpoint { place: origin.to_string(), source })?,
            ),
            (None, None) => None,
        };
        if let Some(endpoint) = endpoint {
            user = user.endpoint(endpoint);
        }
        found(user, CredentialsKind::FederatedUser, origin)
    }
}
