//! The variables that a build without a source has to know, too.

pub(crate) const OIDC_PROVIDER: &str = "HUAWEICLOUD_OIDC_PROVIDER_URN";
pub(crate) const OIDC_AGENCY: &str = "HUAWEICLOUD_OIDC_AGENCY_URN";
pub(crate) const IDP_ID: &str = "HUAWEICLOUD_SDK_IDP_ID";
pub(crate) const ID_TOKEN_FILE: &str = "HUAWEICLOUD_SDK_ID_TOKEN_FILE";
pub(crate) const POD_URI: &str = "HC_CONTAINER_CREDENTIALS_FULL_URI";
pub(crate) const POD_TOKEN_FILE: &str = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";
pub(crate) const AGENCY_URN: &str = "CODEARTS_REPO_AGENCY_URN";
pub(crate) const AGENCY_NAME: &str = "HW_ASSUME_ROLE_AGENCY_NAME";
