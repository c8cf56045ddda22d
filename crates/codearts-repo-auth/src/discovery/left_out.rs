//! The sources that this build leaves out. Where their variables are set, other credentials would be another identity.

use super::Discovery;
use crate::discovery_error::DiscoveryError;

impl Discovery<'_> {
    #[cfg(not(feature = "oidc"))]
    pub(super) fn oidc_agency(&self) -> super::LookupResult {
        self.left_out("oidc", &[crate::variables::OIDC_PROVIDER, crate::variables::OIDC_AGENCY])
    }

    #[cfg(not(feature = "federation"))]
    pub(super) fn federated_user(&self) -> super::LookupResult {
        self.left_out("federation", &[crate::variables::IDP_ID, crate::variables::ID_TOKEN_FILE])
    }

    #[cfg(not(feature = "federation"))]
    pub(super) fn federated_section(
        &self,
        _: &crate::credentials_file::CredentialsFile,
        path: std::path::PathBuf,
        section: &str,
    ) -> super::LookupResult {
        let origin = crate::CredentialsOrigin::Section { path, section: section.to_owned() };
        Err(error("federation", format!("the identity provider in {origin}")))
    }

    #[cfg(not(feature = "pod"))]
    pub(super) fn pod_identity(&self) -> super::LookupResult {
        self.left_out("pod", &[crate::variables::POD_URI, crate::variables::POD_TOKEN_FILE])
    }

    #[cfg(not(feature = "ecs"))]
    pub(super) fn instance_agency(&self) -> super::LookupResult {
        self.left_out("ecs", &[])
    }

    #[cfg(not(all(feature = "oidc", feature = "federation", feature = "pod", feature = "ecs")))]
    fn left_out(&self, feature: &'static str, variables: &[&str]) -> super::LookupResult {
        match self.environment.first(variables)? {
            Some((variable, _)) => Err(error(feature, variable.to_owned())),
            None => super::nothing(&format!("this program was built without the feature {feature}")),
        }
    }

    #[cfg(not(feature = "agency"))]
    pub(super) fn assume(&self, found: super::Found) -> Result<super::Found, DiscoveryError> {
        let names = [crate::variables::AGENCY_URN, crate::variables::AGENCY_NAME];
        let counting = if found.source.is_terraforms() { &names[..] } else { &names[..1] };
        match self.environment.first(counting)? {
            Some((variable, _)) => Err(error("agency", variable.to_owned())),
            None => Ok(found),
        }
    }
}

fn error(feature: &'static str, place: String) -> DiscoveryError {
    DiscoveryError::LeftOut { place, feature }
}
