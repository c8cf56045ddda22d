//! The agency of an ECS server, which is used only if it is chosen.

use super::{Discovery, LookupResult, found, nothing};
use crate::discovery_error::DiscoveryError;
use crate::instance_agency::InstanceAgency;
use crate::source::{CredentialsKind, CredentialsOrigin, CredentialsSource};

impl Discovery<'_> {
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
}
