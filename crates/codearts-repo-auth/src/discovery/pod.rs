//! The identity of a pod, which its cluster sets.

use super::{Discovery, LookupResult, found, not_set};
use crate::discovery_error::DiscoveryError;
use crate::pod_identity::PodIdentity;
use crate::source::{CredentialsKind, CredentialsOrigin};
use crate::variables::{POD_TOKEN_FILE, POD_URI};

impl Discovery<'_> {
    pub(super) fn pod_identity(&self) -> LookupResult {
        let Some([(_, uri), (_, file)]) = self.pair(&[POD_URI], &[POD_TOKEN_FILE])? else { return not_set() };
        let pod = PodIdentity::new(uri, file)
            .map_err(|source| DiscoveryError::KeyService { variable: POD_URI.to_owned(), source })?;
        let names = [POD_URI, POD_TOKEN_FILE].map(str::to_owned);
        found(pod, CredentialsKind::PodIdentity, CredentialsOrigin::Variables(names.into()))
    }
}
