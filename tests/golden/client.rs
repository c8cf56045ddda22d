#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///ID that the agency's owner requires, 2 to 1224 characters.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct AgencyExternalId(::std::string::String);
    impl ::std::ops::Deref for AgencyExternalId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AgencyExternalId> for ::std::string::String {
        fn from(value: AgencyExternalId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AgencyExternalId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1224usize {
                return Err("longer than 1224 characters".into());
            }
            if value.chars().count() < 2usize {
                return Err("shorter than 2 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AgencyExternalId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AgencyExternalId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AgencyExternalId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///An agency that a key is requested for. Its account is named by domain_id or by domain_name.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct AgencyForKey {
        ///Name of the agency.
        pub agency_name: ::std::string::String,
        ///ID of the account that has the agency.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub domain_id: ::std::option::Option<::std::string::String>,
        ///Name of the account that has the agency.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub domain_name: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration_seconds: ::std::option::Option<crate::TemporaryKeySeconds>,
    }
    impl AgencyForKey {
        pub fn builder() -> builder::AgencyForKey {
            Default::default()
        }
    }
    ///Name of the session, 2 to 128 letters, digits and _+=,.@-.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct AgencySessionName(::std::string::String);
    impl ::std::ops::Deref for AgencySessionName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AgencySessionName> for ::std::string::String {
        fn from(value: AgencySessionName) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AgencySessionName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 128usize {
                return Err("longer than 128 characters".into());
            }
            if value.chars().count() < 2usize {
                return Err("shorter than 2 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AgencySessionName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AgencySessionName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AgencySessionName {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The mirror source. Every field is optional.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct AssociateRemoteMirrorRequest {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::MirrorUrl>,
    }
    impl AssociateRemoteMirrorRequest {
        pub fn builder() -> builder::AssociateRemoteMirrorRequest {
            Default::default()
        }
    }
    ///The agency to assume.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct AssumeAgencyRequest {
        pub agency_session_name: AgencySessionName,
        pub agency_urn: Urn,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration_seconds: ::std::option::Option<crate::AgencySessionSeconds>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub external_id: ::std::option::Option<AgencyExternalId>,
        ///Policy in JSON that restricts the key further, 2 to 4096 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub policy: ::std::option::Option<::std::string::String>,
        ///IDs of policies that restrict the key further, 20 at most.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub policy_ids: ::std::vec::Vec<::std::string::String>,
        ///Identity that the audit log keeps for the session and those that begin with it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub source_identity: ::std::option::Option<::std::string::String>,
    }
    impl AssumeAgencyRequest {
        pub fn builder() -> builder::AssumeAgencyRequest {
            Default::default()
        }
    }
    ///A temporary access key and whom it is for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct AssumeAgencyResponse {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub assumed_agency: ::std::option::Option<AssumedAgency>,
        pub credentials: StsCredentials,
        ///The identity that began the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub source_identity: ::std::option::Option<::std::string::String>,
    }
    impl AssumeAgencyResponse {
        pub fn builder() -> builder::AssumeAgencyResponse {
            Default::default()
        }
    }
    ///The agency to assume and the ID token that proves who asks.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct AssumeAgencyWithOidcRequest {
        pub agency_session_name: AgencySessionName,
        pub agency_urn: Urn,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration_seconds: ::std::option::Option<crate::AgencySessionSeconds>,
        ///ID token of the provider, 4 to 20,000 characters.
        pub id_token: crate::WireSecret,
        ///Policy in JSON that restricts the key further, 2 to 4096 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub policy: ::std::option::Option<::std::string::String>,
        ///IDs of policies that restrict the key further, 20 at most.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub policy_ids: ::std::vec::Vec<::std::string::String>,
        pub provider_urn: Urn,
    }
    impl AssumeAgencyWithOidcRequest {
        pub fn builder() -> builder::AssumeAgencyWithOidcRequest {
            Default::default()
        }
    }
    ///A temporary access key and whom it is for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct AssumeAgencyWithOidcResponse {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub assumed_agency: ::std::option::Option<AssumedAgency>,
        ///Audience of the ID token.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audience: ::std::option::Option<::std::string::String>,
        pub credentials: StsCredentials,
        ///The provider of the ID token.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub provider: ::std::option::Option<::std::string::String>,
        ///The identity that began the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub source_identity: ::std::option::Option<::std::string::String>,
        ///Subject of the ID token.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub subject_from_id_token: ::std::option::Option<::std::string::String>,
    }
    impl AssumeAgencyWithOidcResponse {
        pub fn builder() -> builder::AssumeAgencyWithOidcResponse {
            Default::default()
        }
    }
    ///The session of the agency.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct AssumedAgency {
        ///ID of the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///URN of the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub urn: ::std::option::Option<::std::string::String>,
    }
    impl AssumedAgency {
        pub fn builder() -> builder::AssumedAgency {
            Default::default()
        }
    }
    ///A method of authentication.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum AuthMethod {
        #[serde(rename = "password")]
        Password,
    }
    impl ::std::fmt::Display for AuthMethod {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Password => f.write_str("password"),
            }
        }
    }
    impl ::std::str::FromStr for AuthMethod {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "password" => Ok(Self::Password),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for AuthMethod {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AuthMethod {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A branch in a list. The commit is not documented; it is read if the service sends one.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct Branch {
        ///Whether the caller can delete it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_delete: ::std::option::Option<bool>,
        ///Whether the caller can download it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_download: ::std::option::Option<bool>,
        ///Whether the caller can push to it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_push: ::std::option::Option<bool>,
        ///Whether the caller can read it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_read: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub commit: ::std::option::Option<UndocumentedObject>,
        ///Whether it is the default branch.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub default: ::std::option::Option<bool>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    impl Branch {
        pub fn builder() -> builder::Branch {
            Default::default()
        }
    }
    ///A branch.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct BranchDetails {
        ///Whether the caller can push to it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_push: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub commit: ::std::option::Option<Commit>,
        ///Whether it is the default branch.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub default: ::std::option::Option<bool>,
        ///Whether developers can merge into it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub developers_can_merge: ::std::option::Option<bool>,
        ///Whether developers can push to it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub developers_can_push: ::std::option::Option<bool>,
        ///Whether it is merged.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub merged: ::std::option::Option<bool>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Whether it is protected.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub protected: ::std::option::Option<bool>,
    }
    impl BranchDetails {
        pub fn builder() -> builder::BranchDetails {
            Default::default()
        }
    }
    ///The name of a branch, 1 to 2,000 characters.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct BranchName(::std::string::String);
    impl ::std::ops::Deref for BranchName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<BranchName> for ::std::string::String {
        fn from(value: BranchName) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for BranchName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 2000usize {
                return Err("longer than 2000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for BranchName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BranchName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for BranchName {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///One page of branches.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct BranchPage(pub ::std::vec::Vec<Branch>);
    impl ::std::ops::Deref for BranchPage {
        type Target = ::std::vec::Vec<Branch>;
        fn deref(&self) -> &::std::vec::Vec<Branch> {
            &self.0
        }
    }
    impl ::std::convert::From<BranchPage> for ::std::vec::Vec<Branch> {
        fn from(value: BranchPage) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::vec::Vec<Branch>> for BranchPage {
        fn from(value: ::std::vec::Vec<Branch>) -> Self {
            Self(value)
        }
    }
    ///Which branches to list.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum BranchQueryView {
        #[serde(rename = "my_branches")]
        MyBranches,
        #[serde(rename = "active")]
        Active,
        #[serde(rename = "stale")]
        Stale,
        #[serde(rename = "all_branches")]
        AllBranches,
    }
    impl ::std::fmt::Display for BranchQueryView {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::MyBranches => f.write_str("my_branches"),
                Self::Active => f.write_str("active"),
                Self::Stale => f.write_str("stale"),
                Self::AllBranches => f.write_str("all_branches"),
            }
        }
    }
    impl ::std::str::FromStr for BranchQueryView {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "my_branches" => Ok(Self::MyBranches),
                "active" => Ok(Self::Active),
                "stale" => Ok(Self::Stale),
                "all_branches" => Ok(Self::AllBranches),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BranchQueryView {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BranchQueryView {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for BranchQueryView {
        fn default() -> Self {
            BranchQueryView::AllBranches
        }
    }
    ///The order of branches. By name means descending, says the vendor's page.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum BranchSort {
        #[serde(rename = "name")]
        Name,
        #[serde(rename = "updated_desc")]
        UpdatedDesc,
        #[serde(rename = "updated_asc")]
        UpdatedAsc,
    }
    impl ::std::fmt::Display for BranchSort {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Name => f.write_str("name"),
                Self::UpdatedDesc => f.write_str("updated_desc"),
                Self::UpdatedAsc => f.write_str("updated_asc"),
            }
        }
    }
    impl ::std::str::FromStr for BranchSort {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "name" => Ok(Self::Name),
                "updated_desc" => Ok(Self::UpdatedDesc),
                "updated_asc" => Ok(Self::UpdatedAsc),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BranchSort {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BranchSort {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for BranchSort {
        fn default() -> Self {
            BranchSort::UpdatedDesc
        }
    }
    ///A type of branches.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum BranchType {
        #[serde(rename = "not_protect")]
        NotProtect,
    }
    impl ::std::fmt::Display for BranchType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::NotProtect => f.write_str("not_protect"),
            }
        }
    }
    impl ::std::str::FromStr for BranchType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "not_protect" => Ok(Self::NotProtect),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BranchType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BranchType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///How much to say of each branch.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum BranchView {
        #[serde(rename = "all")]
        All,
        #[serde(rename = "basic")]
        Basic,
        #[serde(rename = "simple")]
        Simple,
    }
    impl ::std::fmt::Display for BranchView {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::All => f.write_str("all"),
                Self::Basic => f.write_str("basic"),
                Self::Simple => f.write_str("simple"),
            }
        }
    }
    impl ::std::str::FromStr for BranchView {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "all" => Ok(Self::All),
                "basic" => Ok(Self::Basic),
                "simple" => Ok(Self::Simple),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for BranchView {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for BranchView {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The owner of an access key.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct CallerIdentity {
        ///ID of the account.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account_id: ::std::option::Option<::std::string::String>,
        ///ID of the same.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub principal_id: ::std::option::Option<::std::string::String>,
        ///URN of the user, the agency's session or the account.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub principal_urn: ::std::option::Option<::std::string::String>,
    }
    impl CallerIdentity {
        pub fn builder() -> builder::CallerIdentity {
            Default::default()
        }
    }
    ///A service in the catalog.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct CatalogEntry(
        pub ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    );
    impl ::std::ops::Deref for CatalogEntry {
        type Target = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
        fn deref(
            &self,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &self.0
        }
    }
    impl ::std::convert::From<CatalogEntry>
    for ::serde_json::Map<::std::string::String, ::serde_json::Value> {
        fn from(value: CatalogEntry) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    > for CatalogEntry {
        fn from(
            value: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self {
            Self(value)
        }
    }
    ///A commit. The form of the times is unverified. The vendor documents more fields, about signatures and users.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct Commit {
        ///Email address of the author.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub author_email: ::std::option::Option<::std::string::String>,
        ///Name of the author.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub author_name: ::std::option::Option<::std::string::String>,
        ///Time of authorship.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub authored_date: ::std::option::Option<::std::string::String>,
        ///Time of the commit.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub committed_date: ::std::option::Option<::std::string::String>,
        ///Email address of the committer.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub committer_email: ::std::option::Option<::std::string::String>,
        ///Name of the committer.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub committer_name: ::std::option::Option<::std::string::String>,
        ///Time of creation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::std::string::String>,
        ///Id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///Message.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        ///Ids of the parents.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub parent_ids: ::std::vec::Vec<::std::string::String>,
        ///The first digits of the id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub short_id: ::std::option::Option<::std::string::String>,
        ///First line of the message.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub title: ::std::option::Option<::std::string::String>,
    }
    impl Commit {
        pub fn builder() -> builder::Commit {
            Default::default()
        }
    }
    ///Who asks for a token, and what it is for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct CreateTokenRequest {
        pub auth: TokenAuth,
    }
    impl CreateTokenRequest {
        pub fn builder() -> builder::CreateTokenRequest {
            Default::default()
        }
    }
    ///What IAM says of the token. The token itself is in the header X-Subject-Token.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct CreateTokenResponse {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<TokenDetails>,
    }
    impl CreateTokenResponse {
        pub fn builder() -> builder::CreateTokenResponse {
            Default::default()
        }
    }
    ///The id of a user, 1 to 100,000 characters.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct CreatorId(::std::string::String);
    impl ::std::ops::Deref for CreatorId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CreatorId> for ::std::string::String {
        fn from(value: CreatorId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CreatorId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 100000usize {
                return Err("longer than 100000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CreatorId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreatorId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CreatorId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The life of the token of a federated user.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct FederatedToken {
        ///End of the token's life in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_at: ::std::option::Option<::std::string::String>,
        ///Begin of the token's life in UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub issued_at: ::std::option::Option<::std::string::String>,
    }
    impl FederatedToken {
        pub fn builder() -> builder::FederatedToken {
            Default::default()
        }
    }
    ///The repository that a fork was made from. Its members are not documented.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct ForkParent(
        pub ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    );
    impl ::std::ops::Deref for ForkParent {
        type Target = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
        fn deref(
            &self,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &self.0
        }
    }
    impl ::std::convert::From<ForkParent>
    for ::serde_json::Map<::std::string::String, ::serde_json::Value> {
        fn from(value: ForkParent) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    > for ForkParent {
        fn from(
            value: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self {
            Self(value)
        }
    }
    ///A temporary access key, as IAM writes it.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct IamCredential {
        ///ID of the access key.
        pub access: ::std::string::String,
        ///End of the key's life in UTC, such as 2026-01-02T03:04:05.678901Z.
        pub expires_at: ::std::string::String,
        ///Secret of the access key.
        pub secret: crate::WireSecret,
        ///Security token that is sent with each signed request.
        pub securitytoken: crate::WireSecret,
    }
    impl IamCredential {
        pub fn builder() -> builder::IamCredential {
            Default::default()
        }
    }
    ///The code and the text of a refusal by IAM.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct IamErrorDetails {
        ///The status as a number. Some IAM pages list text codes instead.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<i64>,
        ///Text for people.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        ///Name of the status.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub title: ::std::option::Option<::std::string::String>,
    }
    impl IamErrorDetails {
        pub fn builder() -> builder::IamErrorDetails {
            Default::default()
        }
    }
    ///The ID token and the scope of the new token.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct IdTokenAuth {
        pub id_token: IdTokenText,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scope: ::std::option::Option<TokenScope>,
    }
    impl IdTokenAuth {
        pub fn builder() -> builder::IdTokenAuth {
            Default::default()
        }
    }
    ///The ID token that proves who asks.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct IdTokenLogin {
        pub auth: IdTokenAuth,
    }
    impl IdTokenLogin {
        pub fn builder() -> builder::IdTokenLogin {
            Default::default()
        }
    }
    ///What the token is for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct IdTokenLoginResponse {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<FederatedToken>,
    }
    impl IdTokenLoginResponse {
        pub fn builder() -> builder::IdTokenLoginResponse {
            Default::default()
        }
    }
    ///An ID token.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct IdTokenText {
        ///The token.
        pub id: crate::WireSecret,
    }
    impl IdTokenText {
        pub fn builder() -> builder::IdTokenText {
            Default::default()
        }
    }
    ///Something with an id and a name.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct NamedEntity {
        ///Id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    impl NamedEntity {
        pub fn builder() -> builder::NamedEntity {
            Default::default()
        }
    }
    ///A user with its password.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct PasswordIdentity {
        pub user: PasswordUser,
    }
    impl PasswordIdentity {
        pub fn builder() -> builder::PasswordIdentity {
            Default::default()
        }
    }
    ///An IAM user, its password and the account (domain) that it belongs to.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct PasswordUser {
        pub domain: UserDomain,
        ///Name of the IAM user.
        pub name: ::std::string::String,
        ///Password of the IAM user.
        pub password: crate::WireSecret,
    }
    impl PasswordUser {
        pub fn builder() -> builder::PasswordUser {
            Default::default()
        }
    }
    ///The id of a CodeArts project, 32 characters.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct ProjectId(::std::string::String);
    impl ::std::ops::Deref for ProjectId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<ProjectId> for ::std::string::String {
        fn from(value: ProjectId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for ProjectId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 32usize {
                return Err("longer than 32 characters".into());
            }
            if value.chars().count() < 32usize {
                return Err("shorter than 32 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for ProjectId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProjectId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ProjectId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///A repository of a project.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct ProjectRepository {
        ///Whether it is archived.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub archived: ::std::option::Option<bool>,
        ///Way of working, normal or CR.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub develop_mode: ::std::option::Option<::std::string::String>,
        ///Id of the repository, the repository_id of the other calls.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<i64>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Name with the namespace in front.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name_with_namespace: ::std::option::Option<::std::string::String>,
        ///Namespace that contains the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub namespace: ::std::option::Option<::std::string::String>,
        ///Path.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub path: ::std::option::Option<::std::string::String>,
        ///Security level, product_internal or tenant_internal.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub security: ::std::option::Option<::std::string::String>,
        ///State of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::std::string::String>,
        ///Who can see the repository, private, internal or public.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub visibility: ::std::option::Option<::std::string::String>,
    }
    impl ProjectRepository {
        pub fn builder() -> builder::ProjectRepository {
            Default::default()
        }
    }
    ///What orders the repositories of a project.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum ProjectRepositoryOrder {
        #[serde(rename = "id")]
        Id,
        #[serde(rename = "name")]
        Name,
        #[serde(rename = "created_at")]
        CreatedAt,
        #[serde(rename = "updated_at")]
        UpdatedAt,
    }
    impl ::std::fmt::Display for ProjectRepositoryOrder {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Id => f.write_str("id"),
                Self::Name => f.write_str("name"),
                Self::CreatedAt => f.write_str("created_at"),
                Self::UpdatedAt => f.write_str("updated_at"),
            }
        }
    }
    impl ::std::str::FromStr for ProjectRepositoryOrder {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "id" => Ok(Self::Id),
                "name" => Ok(Self::Name),
                "created_at" => Ok(Self::CreatedAt),
                "updated_at" => Ok(Self::UpdatedAt),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ProjectRepositoryOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProjectRepositoryOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for ProjectRepositoryOrder {
        fn default() -> Self {
            ProjectRepositoryOrder::UpdatedAt
        }
    }
    ///One page of the repositories of a project.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct ProjectRepositoryPage(pub ::std::vec::Vec<ProjectRepository>);
    impl ::std::ops::Deref for ProjectRepositoryPage {
        type Target = ::std::vec::Vec<ProjectRepository>;
        fn deref(&self) -> &::std::vec::Vec<ProjectRepository> {
            &self.0
        }
    }
    impl ::std::convert::From<ProjectRepositoryPage>
    for ::std::vec::Vec<ProjectRepository> {
        fn from(value: ProjectRepositoryPage) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::vec::Vec<ProjectRepository>>
    for ProjectRepositoryPage {
        fn from(value: ::std::vec::Vec<ProjectRepository>) -> Self {
            Self(value)
        }
    }
    ///The mirror of a repository. The vendor documents no values of update_status and no format of the times.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct RemoteMirror {
        ///UUID of the service endpoint.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint_uuid: ::std::option::Option<::std::string::String>,
        ///Id of the mirror configuration.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<i64>,
        ///Whether the mirror is private.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub is_private: ::std::option::Option<bool>,
        ///Text of the last failure.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_error: ::std::option::Option<::std::string::String>,
        ///Time of the last successful synchronization.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_successful_update_at: ::std::option::Option<::std::string::String>,
        ///Time of the last change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_update_at: ::std::option::Option<::std::string::String>,
        ///Whether the scheduled synchronization is on.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mirroring_enabled: ::std::option::Option<bool>,
        ///How many synchronizations failed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub number_of_failures: ::std::option::Option<i64>,
        ///Id of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub repository_id: ::std::option::Option<i64>,
        ///State of the synchronization. The values are not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub update_status: ::std::option::Option<::std::string::String>,
        ///Address of the mirror source.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    impl RemoteMirror {
        pub fn builder() -> builder::RemoteMirror {
            Default::default()
        }
    }
    ///How the mirror source is read. Every field is optional.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct RemoteMirrorSyncRequest {
        ///UUID of the service endpoint of the project that holds the credentials for the mirror source.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint_uuid: ::std::option::Option<::std::string::String>,
        ///Whether to force the synchronization. The vendor states no default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub force_fetch: ::std::option::Option<bool>,
        ///Password or access token at the mirror source, Base64 encoded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password: ::std::option::Option<crate::WireSecret>,
        ///User name at the mirror source, Base64 encoded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<crate::WireSecret>,
    }
    impl RemoteMirrorSyncRequest {
        pub fn builder() -> builder::RemoteMirrorSyncRequest {
            Default::default()
        }
    }
    ///The accepted synchronization.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct RemoteMirrorSyncResponse {
        ///Synchronization task id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub jid: ::std::option::Option<::std::string::String>,
    }
    impl RemoteMirrorSyncResponse {
        pub fn builder() -> builder::RemoteMirrorSyncResponse {
            Default::default()
        }
    }
    ///A repository that the caller can see.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct Repository {
        ///Counts of activity.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub active_statistic: ::std::vec::Vec<i64>,
        ///Whether it is archived.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub archived: ::std::option::Option<bool>,
        ///Id of the creator.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub creator_id: ::std::option::Option<i64>,
        ///Description.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        ///Way of working.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub develop_mode: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub forked_from_repository: ::std::option::Option<ForkParent>,
        ///How many forks it has.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub forks_count: ::std::option::Option<i64>,
        ///Address for git over HTTPS.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub http_url_to_repo: ::std::option::Option<::std::string::String>,
        ///Id of the repository, the repository_id of the other calls.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<i64>,
        ///Time of the last activity.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_activity_at: ::std::option::Option<::std::string::String>,
        ///Time of the last change of the repository's content.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_repository_updated_at: ::std::option::Option<::std::string::String>,
        ///How many members it has.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub member_count: ::std::option::Option<i64>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Name with the namespace in front.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name_with_namespace: ::std::option::Option<::std::string::String>,
        ///Namespace that holds the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub namespace: ::std::option::Option<::std::string::String>,
        ///How many issues are open.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub open_issues_count: ::std::option::Option<i64>,
        ///How many merge requests are open.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub open_merge_requests_count: ::std::option::Option<i64>,
        ///Path.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub path: ::std::option::Option<::std::string::String>,
        ///The caller's rights, as a number.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub permissions: ::std::option::Option<i64>,
        ///Id of the project.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project_id: ::std::option::Option<::std::string::String>,
        ///Whether the project was deleted.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project_is_delete: ::std::option::Option<bool>,
        ///Name of the project.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project_name: ::std::option::Option<::std::string::String>,
        ///Security level.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub security: ::std::option::Option<::std::string::String>,
        ///Address for git over SSH.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ssh_url_to_repo: ::std::option::Option<::std::string::String>,
        ///How many users starred it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub star_count: ::std::option::Option<i64>,
        ///Whether the caller starred it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub starred: ::std::option::Option<bool>,
        ///State of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<::std::string::String>,
        ///UUID of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub uuid: ::std::option::Option<::std::string::String>,
        ///Who can see the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub visibility: ::std::option::Option<::std::string::String>,
    }
    impl Repository {
        pub fn builder() -> builder::Repository {
            Default::default()
        }
    }
    ///The caller's access to a repository.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct RepositoryAccess {
        ///The level, as a number.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub access_level: ::std::option::Option<i64>,
    }
    impl RepositoryAccess {
        pub fn builder() -> builder::RepositoryAccess {
            Default::default()
        }
    }
    ///A repository. Every field is optional; the words of import_status, repo_type and repository_type are not documented.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct RepositoryDetails {
        ///Whether it is archived.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub archived: ::std::option::Option<bool>,
        ///How many branches it has.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub branch_count: ::std::option::Option<i64>,
        ///Time of creation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub creator: ::std::option::Option<UndocumentedObject>,
        ///Name of the default branch.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub default_branch: ::std::option::Option<::std::string::String>,
        ///Way of working, normal or CR.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub develop_mode: ::std::option::Option<::std::string::String>,
        ///Whether nothing was ever pushed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub empty_repo: ::std::option::Option<bool>,
        ///State of the encryption.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub encryption_status: ::std::option::Option<::std::string::String>,
        ///Repositories of the same fork network.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub fork_network_repositories: ::std::vec::Vec<UndocumentedObject>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub forked_from_repository: ::std::option::Option<ForkParent>,
        ///Address for git over HTTPS.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub http_url_to_repo: ::std::option::Option<::std::string::String>,
        ///Id of the repository, the repository_id of the other calls.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<i64>,
        ///Text of the failure of the import.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub import_error: ::std::option::Option<::std::string::String>,
        ///State of the import.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub import_status: ::std::option::Option<::std::string::String>,
        ///Address that the repository was imported from.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub import_url: ::std::option::Option<::std::string::String>,
        ///How many labels it has.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub label_count: ::std::option::Option<i64>,
        ///Time of the last activity.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_activity_at: ::std::option::Option<::std::string::String>,
        ///How many members it has.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub member_count: ::std::option::Option<i64>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Name with the namespace in front.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name_with_namespace: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub namespace: ::std::option::Option<UndocumentedObject>,
        ///Type of the network.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub network_type: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner: ::std::option::Option<UndocumentedObject>,
        ///Path.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub path: ::std::option::Option<::std::string::String>,
        ///Path with the namespace in front.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub path_with_namespace: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub permissions: ::std::option::Option<RepositoryPermissions>,
        ///Id of the project.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project_id: ::std::option::Option<::std::string::String>,
        ///Name of the project.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project_name: ::std::option::Option<::std::string::String>,
        ///Type of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub repo_type: ::std::option::Option<::std::string::String>,
        ///Type of the repository, by another name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub repository_type: ::std::option::Option<::std::string::String>,
        ///Security level.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub security: ::std::option::Option<::std::string::String>,
        ///Security tag.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub security_tag: ::std::option::Option<::std::string::String>,
        ///Address for git over SSH.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ssh_url_to_repo: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub statistics: ::std::option::Option<RepositoryStatistics>,
        ///How many tags it has.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tag_count: ::std::option::Option<i64>,
        ///Time of the last change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub updated_at: ::std::option::Option<::std::string::String>,
        ///UUID of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub uuid: ::std::option::Option<::std::string::String>,
        ///Who can see the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub visibility: ::std::option::Option<::std::string::String>,
    }
    impl RepositoryDetails {
        pub fn builder() -> builder::RepositoryDetails {
            Default::default()
        }
    }
    ///The time that orders the list of repositories.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum RepositoryOrder {
        #[serde(rename = "created_at")]
        CreatedAt,
        #[serde(rename = "updated_at")]
        UpdatedAt,
    }
    impl ::std::fmt::Display for RepositoryOrder {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::CreatedAt => f.write_str("created_at"),
                Self::UpdatedAt => f.write_str("updated_at"),
            }
        }
    }
    impl ::std::str::FromStr for RepositoryOrder {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "created_at" => Ok(Self::CreatedAt),
                "updated_at" => Ok(Self::UpdatedAt),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for RepositoryOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RepositoryOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for RepositoryOrder {
        fn default() -> Self {
            RepositoryOrder::CreatedAt
        }
    }
    ///One page of repositories.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct RepositoryPage(pub ::std::vec::Vec<Repository>);
    impl ::std::ops::Deref for RepositoryPage {
        type Target = ::std::vec::Vec<Repository>;
        fn deref(&self) -> &::std::vec::Vec<Repository> {
            &self.0
        }
    }
    impl ::std::convert::From<RepositoryPage> for ::std::vec::Vec<Repository> {
        fn from(value: RepositoryPage) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::vec::Vec<Repository>> for RepositoryPage {
        fn from(value: ::std::vec::Vec<Repository>) -> Self {
            Self(value)
        }
    }
    ///The caller's rights.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct RepositoryPermissions {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub repository_access: ::std::option::Option<RepositoryAccess>,
    }
    impl RepositoryPermissions {
        pub fn builder() -> builder::RepositoryPermissions {
            Default::default()
        }
    }
    ///Counts and sizes of a repository.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct RepositoryStatistics {
        ///How many commits it has.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub commit_count: ::std::option::Option<i64>,
        ///Size of the LFS objects.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub lfs_objects_size: ::std::option::Option<f64>,
        ///Size of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub repository_size: ::std::option::Option<f64>,
        ///Size of the storage.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub storage_size: ::std::option::Option<f64>,
        ///Largest size of a repository of the tenant.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub tenant_repo_size_limit: ::std::option::Option<i64>,
    }
    impl RepositoryStatistics {
        pub fn builder() -> builder::RepositoryStatistics {
            Default::default()
        }
    }
    ///A project or an account, by id or by name. The name of a region's own project is the region's id.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct ScopeTarget {
        ///Id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    impl ScopeTarget {
        pub fn builder() -> builder::ScopeTarget {
            Default::default()
        }
    }
    ///Text to search for, 1 to 512 characters.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct SearchText(::std::string::String);
    impl ::std::ops::Deref for SearchText {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SearchText> for ::std::string::String {
        fn from(value: SearchText) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SearchText {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 512usize {
                return Err("longer than 512 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SearchText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SearchText {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SearchText {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The direction of an order.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum SortDirection {
        #[serde(rename = "asc")]
        Asc,
        #[serde(rename = "desc")]
        Desc,
    }
    impl ::std::fmt::Display for SortDirection {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Asc => f.write_str("asc"),
                Self::Desc => f.write_str("desc"),
            }
        }
    }
    impl ::std::str::FromStr for SortDirection {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "asc" => Ok(Self::Asc),
                "desc" => Ok(Self::Desc),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SortDirection {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SortDirection {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for SortDirection {
        fn default() -> Self {
            SortDirection::Desc
        }
    }
    ///A temporary access key.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct StsCredentials {
        ///ID of the access key.
        pub access_key_id: ::std::string::String,
        ///End of the key's life in UTC, such as 2026-01-02T03:04:05.678901Z.
        pub expiration: ::std::string::String,
        ///Secret of the access key.
        pub secret_access_key: crate::WireSecret,
        ///Security token that is sent with each signed request.
        pub security_token: crate::WireSecret,
    }
    impl StsCredentials {
        pub fn builder() -> builder::StsCredentials {
            Default::default()
        }
    }
    ///Which branches are synchronized, all of them or the default one.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum SyncBranchType {
        #[serde(rename = "all")]
        All,
        #[serde(rename = "default")]
        Default,
    }
    impl ::std::fmt::Display for SyncBranchType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::All => f.write_str("all"),
                Self::Default => f.write_str("default"),
            }
        }
    }
    impl ::std::str::FromStr for SyncBranchType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "all" => Ok(Self::All),
                "default" => Ok(Self::Default),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SyncBranchType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SyncBranchType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A tag.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct Tag {
        ///Whether the caller can delete it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_delete: ::std::option::Option<bool>,
        ///Whether the caller can download it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_download: ::std::option::Option<bool>,
        ///Whether the caller can read it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub can_read: ::std::option::Option<bool>,
        #[serde(
            rename = "gpgKey",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub gpg_key: ::std::option::Option<UndocumentedObject>,
        ///Message of an annotated tag.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Id of the target. For an annotated tag, the tag object or the commit; which is unverified.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub target: ::std::option::Option<::std::string::String>,
    }
    impl Tag {
        pub fn builder() -> builder::Tag {
            Default::default()
        }
    }
    ///What orders the list of tags.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum TagOrder {
        #[serde(rename = "name")]
        Name,
        #[serde(rename = "created")]
        Created,
        #[serde(rename = "updated")]
        Updated,
    }
    impl ::std::fmt::Display for TagOrder {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Name => f.write_str("name"),
                Self::Created => f.write_str("created"),
                Self::Updated => f.write_str("updated"),
            }
        }
    }
    impl ::std::str::FromStr for TagOrder {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "name" => Ok(Self::Name),
                "created" => Ok(Self::Created),
                "updated" => Ok(Self::Updated),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TagOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TagOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::default::Default for TagOrder {
        fn default() -> Self {
            TagOrder::Updated
        }
    }
    ///One page of tags.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct TagPage(pub ::std::vec::Vec<Tag>);
    impl ::std::ops::Deref for TagPage {
        type Target = ::std::vec::Vec<Tag>;
        fn deref(&self) -> &::std::vec::Vec<Tag> {
            &self.0
        }
    }
    impl ::std::convert::From<TagPage> for ::std::vec::Vec<Tag> {
        fn from(value: TagPage) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::vec::Vec<Tag>> for TagPage {
        fn from(value: ::std::vec::Vec<Tag>) -> Self {
            Self(value)
        }
    }
    ///Text to search tags for, 1 to 2,000 characters.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct TagSearch(::std::string::String);
    impl ::std::ops::Deref for TagSearch {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<TagSearch> for ::std::string::String {
        fn from(value: TagSearch) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for TagSearch {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 2000usize {
                return Err("longer than 2000 characters".into());
            }
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for TagSearch {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TagSearch {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for TagSearch {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///How much to say of each tag.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum TagView {
        #[serde(rename = "detail")]
        Detail,
        #[serde(rename = "basic")]
        Basic,
        #[serde(rename = "simple")]
        Simple,
    }
    impl ::std::fmt::Display for TagView {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Detail => f.write_str("detail"),
                Self::Basic => f.write_str("basic"),
                Self::Simple => f.write_str("simple"),
            }
        }
    }
    impl ::std::str::FromStr for TagView {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "detail" => Ok(Self::Detail),
                "basic" => Ok(Self::Basic),
                "simple" => Ok(Self::Simple),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TagView {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TagView {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Whose key it is to be.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TemporaryKeyAuth {
        pub identity: TemporaryKeyIdentity,
    }
    impl TemporaryKeyAuth {
        pub fn builder() -> builder::TemporaryKeyAuth {
            Default::default()
        }
    }
    ///A token or an agency, as the method says.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TemporaryKeyIdentity {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub assume_role: ::std::option::Option<AgencyForKey>,
        ///The method, one.
        pub methods: ::std::vec::Vec<TemporaryKeyMethod>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<TokenForKey>,
    }
    impl TemporaryKeyIdentity {
        pub fn builder() -> builder::TemporaryKeyIdentity {
            Default::default()
        }
    }
    ///Whether the key is for a token or for an agency.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    pub enum TemporaryKeyMethod {
        #[serde(rename = "token")]
        Token,
        #[serde(rename = "assume_role")]
        AssumeRole,
    }
    impl ::std::fmt::Display for TemporaryKeyMethod {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Token => f.write_str("token"),
                Self::AssumeRole => f.write_str("assume_role"),
            }
        }
    }
    impl ::std::str::FromStr for TemporaryKeyMethod {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "token" => Ok(Self::Token),
                "assume_role" => Ok(Self::AssumeRole),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for TemporaryKeyMethod {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for TemporaryKeyMethod {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What a temporary access key is for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TemporaryKeyRequest {
        pub auth: TemporaryKeyAuth,
    }
    impl TemporaryKeyRequest {
        pub fn builder() -> builder::TemporaryKeyRequest {
            Default::default()
        }
    }
    ///A temporary access key.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TemporaryKeyResponse {
        pub credential: IamCredential,
    }
    impl TemporaryKeyResponse {
        pub fn builder() -> builder::TemporaryKeyResponse {
            Default::default()
        }
    }
    ///The identity that asks and the scope of the token.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenAuth {
        pub identity: TokenIdentity,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scope: ::std::option::Option<TokenScope>,
    }
    impl TokenAuth {
        pub fn builder() -> builder::TokenAuth {
            Default::default()
        }
    }
    ///The life, the owner and the scope of a token.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenDetails {
        ///The catalog of services.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub catalog: ::std::vec::Vec<CatalogEntry>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub domain: ::std::option::Option<TokenOwner>,
        ///Time of expiry, UTC, as 2020-01-04T09:05:22.701000Z.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_at: ::std::option::Option<::std::string::String>,
        ///Time of issue, UTC, in the form of expires_at.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub issued_at: ::std::option::Option<::std::string::String>,
        ///The methods of authentication that were used.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub methods: ::std::vec::Vec<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project: ::std::option::Option<TokenOwner>,
        ///The rights of the token.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub roles: ::std::vec::Vec<TokenRole>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user: ::std::option::Option<TokenUser>,
    }
    impl TokenDetails {
        pub fn builder() -> builder::TokenDetails {
            Default::default()
        }
    }
    ///A token that a key is requested for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenForKey {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration_seconds: ::std::option::Option<crate::TemporaryKeySeconds>,
        ///The token; without it that of the header X-Auth-Token.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<crate::WireSecret>,
    }
    impl TokenForKey {
        pub fn builder() -> builder::TokenForKey {
            Default::default()
        }
    }
    ///The user that asks, and how it proves who it is.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenIdentity {
        ///The methods of authentication; here the password alone.
        pub methods: ::std::vec::Vec<AuthMethod>,
        pub password: PasswordIdentity,
    }
    impl TokenIdentity {
        pub fn builder() -> builder::TokenIdentity {
            Default::default()
        }
    }
    ///The project or account that a token is for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenOwner {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub domain: ::std::option::Option<NamedEntity>,
        ///Id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    impl TokenOwner {
        pub fn builder() -> builder::TokenOwner {
            Default::default()
        }
    }
    ///A right of the token.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenRole {
        ///Id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    impl TokenRole {
        pub fn builder() -> builder::TokenRole {
            Default::default()
        }
    }
    ///What the token is for, one project or one account (domain); one of the two only.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenScope {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub domain: ::std::option::Option<ScopeTarget>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project: ::std::option::Option<ScopeTarget>,
    }
    impl TokenScope {
        pub fn builder() -> builder::TokenScope {
            Default::default()
        }
    }
    ///The user that the token was made for.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct TokenUser {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub domain: ::std::option::Option<NamedEntity>,
        ///Id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        ///Name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Time when the password expires, UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password_expires_at: ::std::option::Option<::std::string::String>,
    }
    impl TokenUser {
        pub fn builder() -> builder::TokenUser {
            Default::default()
        }
    }
    ///An object whose members are not documented.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct UndocumentedObject(
        pub ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    );
    impl ::std::ops::Deref for UndocumentedObject {
        type Target = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
        fn deref(
            &self,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &self.0
        }
    }
    impl ::std::convert::From<UndocumentedObject>
    for ::serde_json::Map<::std::string::String, ::serde_json::Value> {
        fn from(value: UndocumentedObject) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    > for UndocumentedObject {
        fn from(
            value: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self {
            Self(value)
        }
    }
    ///The settings to change. Every field is optional.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct UpdateRemoteMirrorRequest {
        ///UUID of the service endpoint.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint_uuid: ::std::option::Option<::std::string::String>,
        ///Whether the scheduled synchronization is on. The vendor's Chinese page for this call says the opposite (true for off), against the name of the field and against ShowRemoteMirror; what the service does is unverified. The answer tells what was set.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mirroring_enabled: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sync_branch_type: ::std::option::Option<SyncBranchType>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::MirrorUrl>,
    }
    impl UpdateRemoteMirrorRequest {
        pub fn builder() -> builder::UpdateRemoteMirrorRequest {
            Default::default()
        }
    }
    ///The settings after the change.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct UpdateRemoteMirrorResponse {
        ///UUID of the service endpoint.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint_uuid: ::std::option::Option<::std::string::String>,
        ///Whether the scheduled synchronization is on; see the request for a contradiction.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mirroring_enabled: ::std::option::Option<bool>,
        ///Which branches are synchronized.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sync_branch_type: ::std::option::Option<::std::string::String>,
        ///Address of the mirror source.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    impl UpdateRemoteMirrorResponse {
        pub fn builder() -> builder::UpdateRemoteMirrorResponse {
            Default::default()
        }
    }
    ///URN of an agency or a provider of IAM, five parts with colons, 8 to 1500 characters.
    #[derive(
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd,
        schemars::JsonSchema
    )]
    #[serde(transparent)]
    pub struct Urn(::std::string::String);
    impl ::std::ops::Deref for Urn {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<Urn> for ::std::string::String {
        fn from(value: Urn) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for Urn {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 1500usize {
                return Err("longer than 1500 characters".into());
            }
            if value.chars().count() < 8usize {
                return Err("shorter than 8 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for Urn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Urn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Urn {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The account (domain) that a user belongs to.
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        PartialEq,
        schemars::JsonSchema
    )]
    pub struct UserDomain {
        ///Name of the account.
        pub name: ::std::string::String,
    }
    impl UserDomain {
        pub fn builder() -> builder::UserDomain {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone, Debug)]
        pub struct AgencyForKey {
            agency_name: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            domain_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            domain_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            duration_seconds: ::std::result::Result<
                ::std::option::Option<crate::TemporaryKeySeconds>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AgencyForKey {
            fn default() -> Self {
                Self {
                    agency_name: Err("no value supplied for agency_name".to_string()),
                    domain_id: Ok(Default::default()),
                    domain_name: Ok(Default::default()),
                    duration_seconds: Ok(Default::default()),
                }
            }
        }
        impl AgencyForKey {
            pub fn agency_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.agency_name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for agency_name: {e}")
                    });
                self
            }
            pub fn domain_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.domain_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for domain_id: {e}")
                    });
                self
            }
            pub fn domain_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.domain_name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for domain_name: {e}")
                    });
                self
            }
            pub fn duration_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<crate::TemporaryKeySeconds>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.duration_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for duration_seconds: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AgencyForKey> for super::AgencyForKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AgencyForKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    agency_name: value.agency_name?,
                    domain_id: value.domain_id?,
                    domain_name: value.domain_name?,
                    duration_seconds: value.duration_seconds?,
                })
            }
        }
        impl ::std::convert::From<super::AgencyForKey> for AgencyForKey {
            fn from(value: super::AgencyForKey) -> Self {
                Self {
                    agency_name: Ok(value.agency_name),
                    domain_id: Ok(value.domain_id),
                    domain_name: Ok(value.domain_name),
                    duration_seconds: Ok(value.duration_seconds),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AssociateRemoteMirrorRequest {
            url: ::std::result::Result<
                ::std::option::Option<crate::MirrorUrl>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AssociateRemoteMirrorRequest {
            fn default() -> Self {
                Self {
                    url: Ok(Default::default()),
                }
            }
        }
        impl AssociateRemoteMirrorRequest {
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::MirrorUrl>>,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AssociateRemoteMirrorRequest>
        for super::AssociateRemoteMirrorRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AssociateRemoteMirrorRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { url: value.url? })
            }
        }
        impl ::std::convert::From<super::AssociateRemoteMirrorRequest>
        for AssociateRemoteMirrorRequest {
            fn from(value: super::AssociateRemoteMirrorRequest) -> Self {
                Self { url: Ok(value.url) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AssumeAgencyRequest {
            agency_session_name: ::std::result::Result<
                super::AgencySessionName,
                ::std::string::String,
            >,
            agency_urn: ::std::result::Result<super::Urn, ::std::string::String>,
            duration_seconds: ::std::result::Result<
                ::std::option::Option<crate::AgencySessionSeconds>,
                ::std::string::String,
            >,
            external_id: ::std::result::Result<
                ::std::option::Option<super::AgencyExternalId>,
                ::std::string::String,
            >,
            policy: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            policy_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            source_identity: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AssumeAgencyRequest {
            fn default() -> Self {
                Self {
                    agency_session_name: Err(
                        "no value supplied for agency_session_name".to_string(),
                    ),
                    agency_urn: Err("no value supplied for agency_urn".to_string()),
                    duration_seconds: Ok(Default::default()),
                    external_id: Ok(Default::default()),
                    policy: Ok(Default::default()),
                    policy_ids: Ok(Default::default()),
                    source_identity: Ok(Default::default()),
                }
            }
        }
        impl AssumeAgencyRequest {
            pub fn agency_session_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AgencySessionName>,
                T::Error: ::std::fmt::Display,
            {
                self.agency_session_name = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for agency_session_name: {e}"
                        )
                    });
                self
            }
            pub fn agency_urn<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Urn>,
                T::Error: ::std::fmt::Display,
            {
                self.agency_urn = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for agency_urn: {e}")
                    });
                self
            }
            pub fn duration_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<crate::AgencySessionSeconds>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.duration_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for duration_seconds: {e}"
                        )
                    });
                self
            }
            pub fn external_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::AgencyExternalId>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.external_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for external_id: {e}")
                    });
                self
            }
            pub fn policy<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.policy = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for policy: {e}")
                    });
                self
            }
            pub fn policy_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.policy_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for policy_ids: {e}")
                    });
                self
            }
            pub fn source_identity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.source_identity = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for source_identity: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AssumeAgencyRequest>
        for super::AssumeAgencyRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AssumeAgencyRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    agency_session_name: value.agency_session_name?,
                    agency_urn: value.agency_urn?,
                    duration_seconds: value.duration_seconds?,
                    external_id: value.external_id?,
                    policy: value.policy?,
                    policy_ids: value.policy_ids?,
                    source_identity: value.source_identity?,
                })
            }
        }
        impl ::std::convert::From<super::AssumeAgencyRequest> for AssumeAgencyRequest {
            fn from(value: super::AssumeAgencyRequest) -> Self {
                Self {
                    agency_session_name: Ok(value.agency_session_name),
                    agency_urn: Ok(value.agency_urn),
                    duration_seconds: Ok(value.duration_seconds),
                    external_id: Ok(value.external_id),
                    policy: Ok(value.policy),
                    policy_ids: Ok(value.policy_ids),
                    source_identity: Ok(value.source_identity),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AssumeAgencyResponse {
            assumed_agency: ::std::result::Result<
                ::std::option::Option<super::AssumedAgency>,
                ::std::string::String,
            >,
            credentials: ::std::result::Result<
                super::StsCredentials,
                ::std::string::String,
            >,
            source_identity: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AssumeAgencyResponse {
            fn default() -> Self {
                Self {
                    assumed_agency: Ok(Default::default()),
                    credentials: Err("no value supplied for credentials".to_string()),
                    source_identity: Ok(Default::default()),
                }
            }
        }
        impl AssumeAgencyResponse {
            pub fn assumed_agency<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::AssumedAgency>>,
                T::Error: ::std::fmt::Display,
            {
                self.assumed_agency = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for assumed_agency: {e}"
                        )
                    });
                self
            }
            pub fn credentials<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::StsCredentials>,
                T::Error: ::std::fmt::Display,
            {
                self.credentials = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for credentials: {e}")
                    });
                self
            }
            pub fn source_identity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.source_identity = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for source_identity: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AssumeAgencyResponse>
        for super::AssumeAgencyResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AssumeAgencyResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    assumed_agency: value.assumed_agency?,
                    credentials: value.credentials?,
                    source_identity: value.source_identity?,
                })
            }
        }
        impl ::std::convert::From<super::AssumeAgencyResponse> for AssumeAgencyResponse {
            fn from(value: super::AssumeAgencyResponse) -> Self {
                Self {
                    assumed_agency: Ok(value.assumed_agency),
                    credentials: Ok(value.credentials),
                    source_identity: Ok(value.source_identity),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AssumeAgencyWithOidcRequest {
            agency_session_name: ::std::result::Result<
                super::AgencySessionName,
                ::std::string::String,
            >,
            agency_urn: ::std::result::Result<super::Urn, ::std::string::String>,
            duration_seconds: ::std::result::Result<
                ::std::option::Option<crate::AgencySessionSeconds>,
                ::std::string::String,
            >,
            id_token: ::std::result::Result<crate::WireSecret, ::std::string::String>,
            policy: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            policy_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            provider_urn: ::std::result::Result<super::Urn, ::std::string::String>,
        }
        impl ::std::default::Default for AssumeAgencyWithOidcRequest {
            fn default() -> Self {
                Self {
                    agency_session_name: Err(
                        "no value supplied for agency_session_name".to_string(),
                    ),
                    agency_urn: Err("no value supplied for agency_urn".to_string()),
                    duration_seconds: Ok(Default::default()),
                    id_token: Err("no value supplied for id_token".to_string()),
                    policy: Ok(Default::default()),
                    policy_ids: Ok(Default::default()),
                    provider_urn: Err("no value supplied for provider_urn".to_string()),
                }
            }
        }
        impl AssumeAgencyWithOidcRequest {
            pub fn agency_session_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AgencySessionName>,
                T::Error: ::std::fmt::Display,
            {
                self.agency_session_name = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for agency_session_name: {e}"
                        )
                    });
                self
            }
            pub fn agency_urn<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Urn>,
                T::Error: ::std::fmt::Display,
            {
                self.agency_urn = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for agency_urn: {e}")
                    });
                self
            }
            pub fn duration_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<crate::AgencySessionSeconds>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.duration_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for duration_seconds: {e}"
                        )
                    });
                self
            }
            pub fn id_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::WireSecret>,
                T::Error: ::std::fmt::Display,
            {
                self.id_token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for id_token: {e}")
                    });
                self
            }
            pub fn policy<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.policy = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for policy: {e}")
                    });
                self
            }
            pub fn policy_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.policy_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for policy_ids: {e}")
                    });
                self
            }
            pub fn provider_urn<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Urn>,
                T::Error: ::std::fmt::Display,
            {
                self.provider_urn = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for provider_urn: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AssumeAgencyWithOidcRequest>
        for super::AssumeAgencyWithOidcRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AssumeAgencyWithOidcRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    agency_session_name: value.agency_session_name?,
                    agency_urn: value.agency_urn?,
                    duration_seconds: value.duration_seconds?,
                    id_token: value.id_token?,
                    policy: value.policy?,
                    policy_ids: value.policy_ids?,
                    provider_urn: value.provider_urn?,
                })
            }
        }
        impl ::std::convert::From<super::AssumeAgencyWithOidcRequest>
        for AssumeAgencyWithOidcRequest {
            fn from(value: super::AssumeAgencyWithOidcRequest) -> Self {
                Self {
                    agency_session_name: Ok(value.agency_session_name),
                    agency_urn: Ok(value.agency_urn),
                    duration_seconds: Ok(value.duration_seconds),
                    id_token: Ok(value.id_token),
                    policy: Ok(value.policy),
                    policy_ids: Ok(value.policy_ids),
                    provider_urn: Ok(value.provider_urn),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AssumeAgencyWithOidcResponse {
            assumed_agency: ::std::result::Result<
                ::std::option::Option<super::AssumedAgency>,
                ::std::string::String,
            >,
            audience: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            credentials: ::std::result::Result<
                super::StsCredentials,
                ::std::string::String,
            >,
            provider: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            source_identity: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            subject_from_id_token: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AssumeAgencyWithOidcResponse {
            fn default() -> Self {
                Self {
                    assumed_agency: Ok(Default::default()),
                    audience: Ok(Default::default()),
                    credentials: Err("no value supplied for credentials".to_string()),
                    provider: Ok(Default::default()),
                    source_identity: Ok(Default::default()),
                    subject_from_id_token: Ok(Default::default()),
                }
            }
        }
        impl AssumeAgencyWithOidcResponse {
            pub fn assumed_agency<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::AssumedAgency>>,
                T::Error: ::std::fmt::Display,
            {
                self.assumed_agency = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for assumed_agency: {e}"
                        )
                    });
                self
            }
            pub fn audience<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.audience = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for audience: {e}")
                    });
                self
            }
            pub fn credentials<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::StsCredentials>,
                T::Error: ::std::fmt::Display,
            {
                self.credentials = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for credentials: {e}")
                    });
                self
            }
            pub fn provider<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.provider = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for provider: {e}")
                    });
                self
            }
            pub fn source_identity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.source_identity = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for source_identity: {e}"
                        )
                    });
                self
            }
            pub fn subject_from_id_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.subject_from_id_token = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for subject_from_id_token: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AssumeAgencyWithOidcResponse>
        for super::AssumeAgencyWithOidcResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AssumeAgencyWithOidcResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    assumed_agency: value.assumed_agency?,
                    audience: value.audience?,
                    credentials: value.credentials?,
                    provider: value.provider?,
                    source_identity: value.source_identity?,
                    subject_from_id_token: value.subject_from_id_token?,
                })
            }
        }
        impl ::std::convert::From<super::AssumeAgencyWithOidcResponse>
        for AssumeAgencyWithOidcResponse {
            fn from(value: super::AssumeAgencyWithOidcResponse) -> Self {
                Self {
                    assumed_agency: Ok(value.assumed_agency),
                    audience: Ok(value.audience),
                    credentials: Ok(value.credentials),
                    provider: Ok(value.provider),
                    source_identity: Ok(value.source_identity),
                    subject_from_id_token: Ok(value.subject_from_id_token),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AssumedAgency {
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            urn: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AssumedAgency {
            fn default() -> Self {
                Self {
                    id: Ok(Default::default()),
                    urn: Ok(Default::default()),
                }
            }
        }
        impl AssumedAgency {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn urn<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.urn = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for urn: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AssumedAgency> for super::AssumedAgency {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AssumedAgency,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    urn: value.urn?,
                })
            }
        }
        impl ::std::convert::From<super::AssumedAgency> for AssumedAgency {
            fn from(value: super::AssumedAgency) -> Self {
                Self {
                    id: Ok(value.id),
                    urn: Ok(value.urn),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Branch {
            can_delete: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            can_download: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            can_push: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            can_read: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            commit: ::std::result::Result<
                ::std::option::Option<super::UndocumentedObject>,
                ::std::string::String,
            >,
            default: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Branch {
            fn default() -> Self {
                Self {
                    can_delete: Ok(Default::default()),
                    can_download: Ok(Default::default()),
                    can_push: Ok(Default::default()),
                    can_read: Ok(Default::default()),
                    commit: Ok(Default::default()),
                    default: Ok(Default::default()),
                    name: Ok(Default::default()),
                }
            }
        }
        impl Branch {
            pub fn can_delete<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_delete = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_delete: {e}")
                    });
                self
            }
            pub fn can_download<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_download = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_download: {e}")
                    });
                self
            }
            pub fn can_push<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_push = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_push: {e}")
                    });
                self
            }
            pub fn can_read<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_read = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_read: {e}")
                    });
                self
            }
            pub fn commit<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::UndocumentedObject>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.commit = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for commit: {e}")
                    });
                self
            }
            pub fn default<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.default = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for default: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Branch> for super::Branch {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Branch,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    can_delete: value.can_delete?,
                    can_download: value.can_download?,
                    can_push: value.can_push?,
                    can_read: value.can_read?,
                    commit: value.commit?,
                    default: value.default?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::Branch> for Branch {
            fn from(value: super::Branch) -> Self {
                Self {
                    can_delete: Ok(value.can_delete),
                    can_download: Ok(value.can_download),
                    can_push: Ok(value.can_push),
                    can_read: Ok(value.can_read),
                    commit: Ok(value.commit),
                    default: Ok(value.default),
                    name: Ok(value.name),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct BranchDetails {
            can_push: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            commit: ::std::result::Result<
                ::std::option::Option<super::Commit>,
                ::std::string::String,
            >,
            default: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            developers_can_merge: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            developers_can_push: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            merged: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            protected: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for BranchDetails {
            fn default() -> Self {
                Self {
                    can_push: Ok(Default::default()),
                    commit: Ok(Default::default()),
                    default: Ok(Default::default()),
                    developers_can_merge: Ok(Default::default()),
                    developers_can_push: Ok(Default::default()),
                    merged: Ok(Default::default()),
                    name: Ok(Default::default()),
                    protected: Ok(Default::default()),
                }
            }
        }
        impl BranchDetails {
            pub fn can_push<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_push = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_push: {e}")
                    });
                self
            }
            pub fn commit<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Commit>>,
                T::Error: ::std::fmt::Display,
            {
                self.commit = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for commit: {e}")
                    });
                self
            }
            pub fn default<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.default = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for default: {e}")
                    });
                self
            }
            pub fn developers_can_merge<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.developers_can_merge = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for developers_can_merge: {e}"
                        )
                    });
                self
            }
            pub fn developers_can_push<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.developers_can_push = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for developers_can_push: {e}"
                        )
                    });
                self
            }
            pub fn merged<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.merged = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for merged: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn protected<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.protected = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for protected: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<BranchDetails> for super::BranchDetails {
            type Error = super::error::ConversionError;
            fn try_from(
                value: BranchDetails,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    can_push: value.can_push?,
                    commit: value.commit?,
                    default: value.default?,
                    developers_can_merge: value.developers_can_merge?,
                    developers_can_push: value.developers_can_push?,
                    merged: value.merged?,
                    name: value.name?,
                    protected: value.protected?,
                })
            }
        }
        impl ::std::convert::From<super::BranchDetails> for BranchDetails {
            fn from(value: super::BranchDetails) -> Self {
                Self {
                    can_push: Ok(value.can_push),
                    commit: Ok(value.commit),
                    default: Ok(value.default),
                    developers_can_merge: Ok(value.developers_can_merge),
                    developers_can_push: Ok(value.developers_can_push),
                    merged: Ok(value.merged),
                    name: Ok(value.name),
                    protected: Ok(value.protected),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CallerIdentity {
            account_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            principal_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            principal_urn: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CallerIdentity {
            fn default() -> Self {
                Self {
                    account_id: Ok(Default::default()),
                    principal_id: Ok(Default::default()),
                    principal_urn: Ok(Default::default()),
                }
            }
        }
        impl CallerIdentity {
            pub fn account_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.account_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_id: {e}")
                    });
                self
            }
            pub fn principal_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.principal_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for principal_id: {e}")
                    });
                self
            }
            pub fn principal_urn<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.principal_urn = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for principal_urn: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CallerIdentity> for super::CallerIdentity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CallerIdentity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_id: value.account_id?,
                    principal_id: value.principal_id?,
                    principal_urn: value.principal_urn?,
                })
            }
        }
        impl ::std::convert::From<super::CallerIdentity> for CallerIdentity {
            fn from(value: super::CallerIdentity) -> Self {
                Self {
                    account_id: Ok(value.account_id),
                    principal_id: Ok(value.principal_id),
                    principal_urn: Ok(value.principal_urn),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Commit {
            author_email: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            author_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            authored_date: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            committed_date: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            committer_email: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            committer_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            parent_ids: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            short_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            title: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Commit {
            fn default() -> Self {
                Self {
                    author_email: Ok(Default::default()),
                    author_name: Ok(Default::default()),
                    authored_date: Ok(Default::default()),
                    committed_date: Ok(Default::default()),
                    committer_email: Ok(Default::default()),
                    committer_name: Ok(Default::default()),
                    created_at: Ok(Default::default()),
                    id: Ok(Default::default()),
                    message: Ok(Default::default()),
                    parent_ids: Ok(Default::default()),
                    short_id: Ok(Default::default()),
                    title: Ok(Default::default()),
                }
            }
        }
        impl Commit {
            pub fn author_email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.author_email = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for author_email: {e}")
                    });
                self
            }
            pub fn author_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.author_name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for author_name: {e}")
                    });
                self
            }
            pub fn authored_date<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.authored_date = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for authored_date: {e}")
                    });
                self
            }
            pub fn committed_date<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.committed_date = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for committed_date: {e}"
                        )
                    });
                self
            }
            pub fn committer_email<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.committer_email = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for committer_email: {e}"
                        )
                    });
                self
            }
            pub fn committer_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.committer_name = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for committer_name: {e}"
                        )
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn parent_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.parent_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for parent_ids: {e}")
                    });
                self
            }
            pub fn short_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.short_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for short_id: {e}")
                    });
                self
            }
            pub fn title<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.title = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for title: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Commit> for super::Commit {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Commit,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    author_email: value.author_email?,
                    author_name: value.author_name?,
                    authored_date: value.authored_date?,
                    committed_date: value.committed_date?,
                    committer_email: value.committer_email?,
                    committer_name: value.committer_name?,
                    created_at: value.created_at?,
                    id: value.id?,
                    message: value.message?,
                    parent_ids: value.parent_ids?,
                    short_id: value.short_id?,
                    title: value.title?,
                })
            }
        }
        impl ::std::convert::From<super::Commit> for Commit {
            fn from(value: super::Commit) -> Self {
                Self {
                    author_email: Ok(value.author_email),
                    author_name: Ok(value.author_name),
                    authored_date: Ok(value.authored_date),
                    committed_date: Ok(value.committed_date),
                    committer_email: Ok(value.committer_email),
                    committer_name: Ok(value.committer_name),
                    created_at: Ok(value.created_at),
                    id: Ok(value.id),
                    message: Ok(value.message),
                    parent_ids: Ok(value.parent_ids),
                    short_id: Ok(value.short_id),
                    title: Ok(value.title),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateTokenRequest {
            auth: ::std::result::Result<super::TokenAuth, ::std::string::String>,
        }
        impl ::std::default::Default for CreateTokenRequest {
            fn default() -> Self {
                Self {
                    auth: Err("no value supplied for auth".to_string()),
                }
            }
        }
        impl CreateTokenRequest {
            pub fn auth<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::TokenAuth>,
                T::Error: ::std::fmt::Display,
            {
                self.auth = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for auth: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateTokenRequest> for super::CreateTokenRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateTokenRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { auth: value.auth? })
            }
        }
        impl ::std::convert::From<super::CreateTokenRequest> for CreateTokenRequest {
            fn from(value: super::CreateTokenRequest) -> Self {
                Self { auth: Ok(value.auth) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct CreateTokenResponse {
            token: ::std::result::Result<
                ::std::option::Option<super::TokenDetails>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for CreateTokenResponse {
            fn default() -> Self {
                Self {
                    token: Ok(Default::default()),
                }
            }
        }
        impl CreateTokenResponse {
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenDetails>>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for token: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<CreateTokenResponse>
        for super::CreateTokenResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: CreateTokenResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { token: value.token? })
            }
        }
        impl ::std::convert::From<super::CreateTokenResponse> for CreateTokenResponse {
            fn from(value: super::CreateTokenResponse) -> Self {
                Self { token: Ok(value.token) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct FederatedToken {
            expires_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            issued_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for FederatedToken {
            fn default() -> Self {
                Self {
                    expires_at: Ok(Default::default()),
                    issued_at: Ok(Default::default()),
                }
            }
        }
        impl FederatedToken {
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn issued_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.issued_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for issued_at: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<FederatedToken> for super::FederatedToken {
            type Error = super::error::ConversionError;
            fn try_from(
                value: FederatedToken,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    expires_at: value.expires_at?,
                    issued_at: value.issued_at?,
                })
            }
        }
        impl ::std::convert::From<super::FederatedToken> for FederatedToken {
            fn from(value: super::FederatedToken) -> Self {
                Self {
                    expires_at: Ok(value.expires_at),
                    issued_at: Ok(value.issued_at),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct IamCredential {
            access: ::std::result::Result<::std::string::String, ::std::string::String>,
            expires_at: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            secret: ::std::result::Result<crate::WireSecret, ::std::string::String>,
            securitytoken: ::std::result::Result<
                crate::WireSecret,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for IamCredential {
            fn default() -> Self {
                Self {
                    access: Err("no value supplied for access".to_string()),
                    expires_at: Err("no value supplied for expires_at".to_string()),
                    secret: Err("no value supplied for secret".to_string()),
                    securitytoken: Err("no value supplied for securitytoken".to_string()),
                }
            }
        }
        impl IamCredential {
            pub fn access<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.access = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for access: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::WireSecret>,
                T::Error: ::std::fmt::Display,
            {
                self.secret = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for secret: {e}")
                    });
                self
            }
            pub fn securitytoken<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::WireSecret>,
                T::Error: ::std::fmt::Display,
            {
                self.securitytoken = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for securitytoken: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<IamCredential> for super::IamCredential {
            type Error = super::error::ConversionError;
            fn try_from(
                value: IamCredential,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    access: value.access?,
                    expires_at: value.expires_at?,
                    secret: value.secret?,
                    securitytoken: value.securitytoken?,
                })
            }
        }
        impl ::std::convert::From<super::IamCredential> for IamCredential {
            fn from(value: super::IamCredential) -> Self {
                Self {
                    access: Ok(value.access),
                    expires_at: Ok(value.expires_at),
                    secret: Ok(value.secret),
                    securitytoken: Ok(value.securitytoken),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct IamErrorDetails {
            code: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            title: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for IamErrorDetails {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    message: Ok(Default::default()),
                    title: Ok(Default::default()),
                }
            }
        }
        impl IamErrorDetails {
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn title<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.title = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for title: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<IamErrorDetails> for super::IamErrorDetails {
            type Error = super::error::ConversionError;
            fn try_from(
                value: IamErrorDetails,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    message: value.message?,
                    title: value.title?,
                })
            }
        }
        impl ::std::convert::From<super::IamErrorDetails> for IamErrorDetails {
            fn from(value: super::IamErrorDetails) -> Self {
                Self {
                    code: Ok(value.code),
                    message: Ok(value.message),
                    title: Ok(value.title),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct IdTokenAuth {
            id_token: ::std::result::Result<super::IdTokenText, ::std::string::String>,
            scope: ::std::result::Result<
                ::std::option::Option<super::TokenScope>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for IdTokenAuth {
            fn default() -> Self {
                Self {
                    id_token: Err("no value supplied for id_token".to_string()),
                    scope: Ok(Default::default()),
                }
            }
        }
        impl IdTokenAuth {
            pub fn id_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::IdTokenText>,
                T::Error: ::std::fmt::Display,
            {
                self.id_token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for id_token: {e}")
                    });
                self
            }
            pub fn scope<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenScope>>,
                T::Error: ::std::fmt::Display,
            {
                self.scope = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scope: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<IdTokenAuth> for super::IdTokenAuth {
            type Error = super::error::ConversionError;
            fn try_from(
                value: IdTokenAuth,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id_token: value.id_token?,
                    scope: value.scope?,
                })
            }
        }
        impl ::std::convert::From<super::IdTokenAuth> for IdTokenAuth {
            fn from(value: super::IdTokenAuth) -> Self {
                Self {
                    id_token: Ok(value.id_token),
                    scope: Ok(value.scope),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct IdTokenLogin {
            auth: ::std::result::Result<super::IdTokenAuth, ::std::string::String>,
        }
        impl ::std::default::Default for IdTokenLogin {
            fn default() -> Self {
                Self {
                    auth: Err("no value supplied for auth".to_string()),
                }
            }
        }
        impl IdTokenLogin {
            pub fn auth<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::IdTokenAuth>,
                T::Error: ::std::fmt::Display,
            {
                self.auth = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for auth: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<IdTokenLogin> for super::IdTokenLogin {
            type Error = super::error::ConversionError;
            fn try_from(
                value: IdTokenLogin,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { auth: value.auth? })
            }
        }
        impl ::std::convert::From<super::IdTokenLogin> for IdTokenLogin {
            fn from(value: super::IdTokenLogin) -> Self {
                Self { auth: Ok(value.auth) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct IdTokenLoginResponse {
            token: ::std::result::Result<
                ::std::option::Option<super::FederatedToken>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for IdTokenLoginResponse {
            fn default() -> Self {
                Self {
                    token: Ok(Default::default()),
                }
            }
        }
        impl IdTokenLoginResponse {
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::FederatedToken>>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for token: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<IdTokenLoginResponse>
        for super::IdTokenLoginResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: IdTokenLoginResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { token: value.token? })
            }
        }
        impl ::std::convert::From<super::IdTokenLoginResponse> for IdTokenLoginResponse {
            fn from(value: super::IdTokenLoginResponse) -> Self {
                Self { token: Ok(value.token) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct IdTokenText {
            id: ::std::result::Result<crate::WireSecret, ::std::string::String>,
        }
        impl ::std::default::Default for IdTokenText {
            fn default() -> Self {
                Self {
                    id: Err("no value supplied for id".to_string()),
                }
            }
        }
        impl IdTokenText {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::WireSecret>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<IdTokenText> for super::IdTokenText {
            type Error = super::error::ConversionError;
            fn try_from(
                value: IdTokenText,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { id: value.id? })
            }
        }
        impl ::std::convert::From<super::IdTokenText> for IdTokenText {
            fn from(value: super::IdTokenText) -> Self {
                Self { id: Ok(value.id) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NamedEntity {
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NamedEntity {
            fn default() -> Self {
                Self {
                    id: Ok(Default::default()),
                    name: Ok(Default::default()),
                }
            }
        }
        impl NamedEntity {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NamedEntity> for super::NamedEntity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NamedEntity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::NamedEntity> for NamedEntity {
            fn from(value: super::NamedEntity) -> Self {
                Self {
                    id: Ok(value.id),
                    name: Ok(value.name),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PasswordIdentity {
            user: ::std::result::Result<super::PasswordUser, ::std::string::String>,
        }
        impl ::std::default::Default for PasswordIdentity {
            fn default() -> Self {
                Self {
                    user: Err("no value supplied for user".to_string()),
                }
            }
        }
        impl PasswordIdentity {
            pub fn user<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PasswordUser>,
                T::Error: ::std::fmt::Display,
            {
                self.user = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PasswordIdentity> for super::PasswordIdentity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PasswordIdentity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { user: value.user? })
            }
        }
        impl ::std::convert::From<super::PasswordIdentity> for PasswordIdentity {
            fn from(value: super::PasswordIdentity) -> Self {
                Self { user: Ok(value.user) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PasswordUser {
            domain: ::std::result::Result<super::UserDomain, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            password: ::std::result::Result<crate::WireSecret, ::std::string::String>,
        }
        impl ::std::default::Default for PasswordUser {
            fn default() -> Self {
                Self {
                    domain: Err("no value supplied for domain".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    password: Err("no value supplied for password".to_string()),
                }
            }
        }
        impl PasswordUser {
            pub fn domain<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::UserDomain>,
                T::Error: ::std::fmt::Display,
            {
                self.domain = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for domain: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::WireSecret>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for password: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PasswordUser> for super::PasswordUser {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PasswordUser,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    domain: value.domain?,
                    name: value.name?,
                    password: value.password?,
                })
            }
        }
        impl ::std::convert::From<super::PasswordUser> for PasswordUser {
            fn from(value: super::PasswordUser) -> Self {
                Self {
                    domain: Ok(value.domain),
                    name: Ok(value.name),
                    password: Ok(value.password),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ProjectRepository {
            archived: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            develop_mode: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::option::Option<i64>, ::std::string::String>,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name_with_namespace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            namespace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            path: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            security: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            visibility: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ProjectRepository {
            fn default() -> Self {
                Self {
                    archived: Ok(Default::default()),
                    develop_mode: Ok(Default::default()),
                    id: Ok(Default::default()),
                    name: Ok(Default::default()),
                    name_with_namespace: Ok(Default::default()),
                    namespace: Ok(Default::default()),
                    path: Ok(Default::default()),
                    security: Ok(Default::default()),
                    status: Ok(Default::default()),
                    visibility: Ok(Default::default()),
                }
            }
        }
        impl ProjectRepository {
            pub fn archived<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.archived = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for archived: {e}")
                    });
                self
            }
            pub fn develop_mode<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.develop_mode = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for develop_mode: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn name_with_namespace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name_with_namespace = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for name_with_namespace: {e}"
                        )
                    });
                self
            }
            pub fn namespace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.namespace = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for namespace: {e}")
                    });
                self
            }
            pub fn path<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.path = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for path: {e}")
                    });
                self
            }
            pub fn security<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.security = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for security: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn visibility<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.visibility = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for visibility: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ProjectRepository> for super::ProjectRepository {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ProjectRepository,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    archived: value.archived?,
                    develop_mode: value.develop_mode?,
                    id: value.id?,
                    name: value.name?,
                    name_with_namespace: value.name_with_namespace?,
                    namespace: value.namespace?,
                    path: value.path?,
                    security: value.security?,
                    status: value.status?,
                    visibility: value.visibility?,
                })
            }
        }
        impl ::std::convert::From<super::ProjectRepository> for ProjectRepository {
            fn from(value: super::ProjectRepository) -> Self {
                Self {
                    archived: Ok(value.archived),
                    develop_mode: Ok(value.develop_mode),
                    id: Ok(value.id),
                    name: Ok(value.name),
                    name_with_namespace: Ok(value.name_with_namespace),
                    namespace: Ok(value.namespace),
                    path: Ok(value.path),
                    security: Ok(value.security),
                    status: Ok(value.status),
                    visibility: Ok(value.visibility),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RemoteMirror {
            endpoint_uuid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::option::Option<i64>, ::std::string::String>,
            is_private: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            last_error: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            last_successful_update_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            last_update_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            mirroring_enabled: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            number_of_failures: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            repository_id: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            update_status: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RemoteMirror {
            fn default() -> Self {
                Self {
                    endpoint_uuid: Ok(Default::default()),
                    id: Ok(Default::default()),
                    is_private: Ok(Default::default()),
                    last_error: Ok(Default::default()),
                    last_successful_update_at: Ok(Default::default()),
                    last_update_at: Ok(Default::default()),
                    mirroring_enabled: Ok(Default::default()),
                    number_of_failures: Ok(Default::default()),
                    repository_id: Ok(Default::default()),
                    update_status: Ok(Default::default()),
                    url: Ok(Default::default()),
                }
            }
        }
        impl RemoteMirror {
            pub fn endpoint_uuid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.endpoint_uuid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for endpoint_uuid: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn is_private<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.is_private = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for is_private: {e}")
                    });
                self
            }
            pub fn last_error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_error: {e}")
                    });
                self
            }
            pub fn last_successful_update_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_successful_update_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for last_successful_update_at: {e}"
                        )
                    });
                self
            }
            pub fn last_update_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_update_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for last_update_at: {e}"
                        )
                    });
                self
            }
            pub fn mirroring_enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.mirroring_enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for mirroring_enabled: {e}"
                        )
                    });
                self
            }
            pub fn number_of_failures<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.number_of_failures = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for number_of_failures: {e}"
                        )
                    });
                self
            }
            pub fn repository_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.repository_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for repository_id: {e}")
                    });
                self
            }
            pub fn update_status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.update_status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for update_status: {e}")
                    });
                self
            }
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RemoteMirror> for super::RemoteMirror {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RemoteMirror,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    endpoint_uuid: value.endpoint_uuid?,
                    id: value.id?,
                    is_private: value.is_private?,
                    last_error: value.last_error?,
                    last_successful_update_at: value.last_successful_update_at?,
                    last_update_at: value.last_update_at?,
                    mirroring_enabled: value.mirroring_enabled?,
                    number_of_failures: value.number_of_failures?,
                    repository_id: value.repository_id?,
                    update_status: value.update_status?,
                    url: value.url?,
                })
            }
        }
        impl ::std::convert::From<super::RemoteMirror> for RemoteMirror {
            fn from(value: super::RemoteMirror) -> Self {
                Self {
                    endpoint_uuid: Ok(value.endpoint_uuid),
                    id: Ok(value.id),
                    is_private: Ok(value.is_private),
                    last_error: Ok(value.last_error),
                    last_successful_update_at: Ok(value.last_successful_update_at),
                    last_update_at: Ok(value.last_update_at),
                    mirroring_enabled: Ok(value.mirroring_enabled),
                    number_of_failures: Ok(value.number_of_failures),
                    repository_id: Ok(value.repository_id),
                    update_status: Ok(value.update_status),
                    url: Ok(value.url),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RemoteMirrorSyncRequest {
            endpoint_uuid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            force_fetch: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            password: ::std::result::Result<
                ::std::option::Option<crate::WireSecret>,
                ::std::string::String,
            >,
            username: ::std::result::Result<
                ::std::option::Option<crate::WireSecret>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RemoteMirrorSyncRequest {
            fn default() -> Self {
                Self {
                    endpoint_uuid: Ok(Default::default()),
                    force_fetch: Ok(Default::default()),
                    password: Ok(Default::default()),
                    username: Ok(Default::default()),
                }
            }
        }
        impl RemoteMirrorSyncRequest {
            pub fn endpoint_uuid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.endpoint_uuid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for endpoint_uuid: {e}")
                    });
                self
            }
            pub fn force_fetch<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.force_fetch = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for force_fetch: {e}")
                    });
                self
            }
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::WireSecret>>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for password: {e}")
                    });
                self
            }
            pub fn username<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::WireSecret>>,
                T::Error: ::std::fmt::Display,
            {
                self.username = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for username: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RemoteMirrorSyncRequest>
        for super::RemoteMirrorSyncRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RemoteMirrorSyncRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    endpoint_uuid: value.endpoint_uuid?,
                    force_fetch: value.force_fetch?,
                    password: value.password?,
                    username: value.username?,
                })
            }
        }
        impl ::std::convert::From<super::RemoteMirrorSyncRequest>
        for RemoteMirrorSyncRequest {
            fn from(value: super::RemoteMirrorSyncRequest) -> Self {
                Self {
                    endpoint_uuid: Ok(value.endpoint_uuid),
                    force_fetch: Ok(value.force_fetch),
                    password: Ok(value.password),
                    username: Ok(value.username),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RemoteMirrorSyncResponse {
            jid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RemoteMirrorSyncResponse {
            fn default() -> Self {
                Self {
                    jid: Ok(Default::default()),
                }
            }
        }
        impl RemoteMirrorSyncResponse {
            pub fn jid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.jid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for jid: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RemoteMirrorSyncResponse>
        for super::RemoteMirrorSyncResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RemoteMirrorSyncResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { jid: value.jid? })
            }
        }
        impl ::std::convert::From<super::RemoteMirrorSyncResponse>
        for RemoteMirrorSyncResponse {
            fn from(value: super::RemoteMirrorSyncResponse) -> Self {
                Self { jid: Ok(value.jid) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Repository {
            active_statistic: ::std::result::Result<
                ::std::vec::Vec<i64>,
                ::std::string::String,
            >,
            archived: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            creator_id: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            description: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            develop_mode: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            forked_from_repository: ::std::result::Result<
                ::std::option::Option<super::ForkParent>,
                ::std::string::String,
            >,
            forks_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            http_url_to_repo: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::option::Option<i64>, ::std::string::String>,
            last_activity_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            last_repository_updated_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            member_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name_with_namespace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            namespace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            open_issues_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            open_merge_requests_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            path: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            permissions: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            project_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            project_is_delete: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            project_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            security: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            ssh_url_to_repo: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            star_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            starred: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            status: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            uuid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            visibility: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Repository {
            fn default() -> Self {
                Self {
                    active_statistic: Ok(Default::default()),
                    archived: Ok(Default::default()),
                    creator_id: Ok(Default::default()),
                    description: Ok(Default::default()),
                    develop_mode: Ok(Default::default()),
                    forked_from_repository: Ok(Default::default()),
                    forks_count: Ok(Default::default()),
                    http_url_to_repo: Ok(Default::default()),
                    id: Ok(Default::default()),
                    last_activity_at: Ok(Default::default()),
                    last_repository_updated_at: Ok(Default::default()),
                    member_count: Ok(Default::default()),
                    name: Ok(Default::default()),
                    name_with_namespace: Ok(Default::default()),
                    namespace: Ok(Default::default()),
                    open_issues_count: Ok(Default::default()),
                    open_merge_requests_count: Ok(Default::default()),
                    path: Ok(Default::default()),
                    permissions: Ok(Default::default()),
                    project_id: Ok(Default::default()),
                    project_is_delete: Ok(Default::default()),
                    project_name: Ok(Default::default()),
                    security: Ok(Default::default()),
                    ssh_url_to_repo: Ok(Default::default()),
                    star_count: Ok(Default::default()),
                    starred: Ok(Default::default()),
                    status: Ok(Default::default()),
                    uuid: Ok(Default::default()),
                    visibility: Ok(Default::default()),
                }
            }
        }
        impl Repository {
            pub fn active_statistic<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.active_statistic = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for active_statistic: {e}"
                        )
                    });
                self
            }
            pub fn archived<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.archived = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for archived: {e}")
                    });
                self
            }
            pub fn creator_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.creator_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for creator_id: {e}")
                    });
                self
            }
            pub fn description<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.description = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for description: {e}")
                    });
                self
            }
            pub fn develop_mode<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.develop_mode = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for develop_mode: {e}")
                    });
                self
            }
            pub fn forked_from_repository<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ForkParent>>,
                T::Error: ::std::fmt::Display,
            {
                self.forked_from_repository = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for forked_from_repository: {e}"
                        )
                    });
                self
            }
            pub fn forks_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.forks_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for forks_count: {e}")
                    });
                self
            }
            pub fn http_url_to_repo<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.http_url_to_repo = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for http_url_to_repo: {e}"
                        )
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn last_activity_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_activity_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for last_activity_at: {e}"
                        )
                    });
                self
            }
            pub fn last_repository_updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_repository_updated_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for last_repository_updated_at: {e}"
                        )
                    });
                self
            }
            pub fn member_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.member_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for member_count: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn name_with_namespace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name_with_namespace = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for name_with_namespace: {e}"
                        )
                    });
                self
            }
            pub fn namespace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.namespace = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for namespace: {e}")
                    });
                self
            }
            pub fn open_issues_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.open_issues_count = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for open_issues_count: {e}"
                        )
                    });
                self
            }
            pub fn open_merge_requests_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.open_merge_requests_count = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for open_merge_requests_count: {e}"
                        )
                    });
                self
            }
            pub fn path<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.path = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for path: {e}")
                    });
                self
            }
            pub fn permissions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.permissions = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for permissions: {e}")
                    });
                self
            }
            pub fn project_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.project_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for project_id: {e}")
                    });
                self
            }
            pub fn project_is_delete<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.project_is_delete = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for project_is_delete: {e}"
                        )
                    });
                self
            }
            pub fn project_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.project_name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for project_name: {e}")
                    });
                self
            }
            pub fn security<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.security = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for security: {e}")
                    });
                self
            }
            pub fn ssh_url_to_repo<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.ssh_url_to_repo = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for ssh_url_to_repo: {e}"
                        )
                    });
                self
            }
            pub fn star_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.star_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for star_count: {e}")
                    });
                self
            }
            pub fn starred<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.starred = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for starred: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn uuid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.uuid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for uuid: {e}")
                    });
                self
            }
            pub fn visibility<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.visibility = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for visibility: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Repository> for super::Repository {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Repository,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    active_statistic: value.active_statistic?,
                    archived: value.archived?,
                    creator_id: value.creator_id?,
                    description: value.description?,
                    develop_mode: value.develop_mode?,
                    forked_from_repository: value.forked_from_repository?,
                    forks_count: value.forks_count?,
                    http_url_to_repo: value.http_url_to_repo?,
                    id: value.id?,
                    last_activity_at: value.last_activity_at?,
                    last_repository_updated_at: value.last_repository_updated_at?,
                    member_count: value.member_count?,
                    name: value.name?,
                    name_with_namespace: value.name_with_namespace?,
                    namespace: value.namespace?,
                    open_issues_count: value.open_issues_count?,
                    open_merge_requests_count: value.open_merge_requests_count?,
                    path: value.path?,
                    permissions: value.permissions?,
                    project_id: value.project_id?,
                    project_is_delete: value.project_is_delete?,
                    project_name: value.project_name?,
                    security: value.security?,
                    ssh_url_to_repo: value.ssh_url_to_repo?,
                    star_count: value.star_count?,
                    starred: value.starred?,
                    status: value.status?,
                    uuid: value.uuid?,
                    visibility: value.visibility?,
                })
            }
        }
        impl ::std::convert::From<super::Repository> for Repository {
            fn from(value: super::Repository) -> Self {
                Self {
                    active_statistic: Ok(value.active_statistic),
                    archived: Ok(value.archived),
                    creator_id: Ok(value.creator_id),
                    description: Ok(value.description),
                    develop_mode: Ok(value.develop_mode),
                    forked_from_repository: Ok(value.forked_from_repository),
                    forks_count: Ok(value.forks_count),
                    http_url_to_repo: Ok(value.http_url_to_repo),
                    id: Ok(value.id),
                    last_activity_at: Ok(value.last_activity_at),
                    last_repository_updated_at: Ok(value.last_repository_updated_at),
                    member_count: Ok(value.member_count),
                    name: Ok(value.name),
                    name_with_namespace: Ok(value.name_with_namespace),
                    namespace: Ok(value.namespace),
                    open_issues_count: Ok(value.open_issues_count),
                    open_merge_requests_count: Ok(value.open_merge_requests_count),
                    path: Ok(value.path),
                    permissions: Ok(value.permissions),
                    project_id: Ok(value.project_id),
                    project_is_delete: Ok(value.project_is_delete),
                    project_name: Ok(value.project_name),
                    security: Ok(value.security),
                    ssh_url_to_repo: Ok(value.ssh_url_to_repo),
                    star_count: Ok(value.star_count),
                    starred: Ok(value.starred),
                    status: Ok(value.status),
                    uuid: Ok(value.uuid),
                    visibility: Ok(value.visibility),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RepositoryAccess {
            access_level: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RepositoryAccess {
            fn default() -> Self {
                Self {
                    access_level: Ok(Default::default()),
                }
            }
        }
        impl RepositoryAccess {
            pub fn access_level<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.access_level = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for access_level: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RepositoryAccess> for super::RepositoryAccess {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RepositoryAccess,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    access_level: value.access_level?,
                })
            }
        }
        impl ::std::convert::From<super::RepositoryAccess> for RepositoryAccess {
            fn from(value: super::RepositoryAccess) -> Self {
                Self {
                    access_level: Ok(value.access_level),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RepositoryDetails {
            archived: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            branch_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            creator: ::std::result::Result<
                ::std::option::Option<super::UndocumentedObject>,
                ::std::string::String,
            >,
            default_branch: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            develop_mode: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            empty_repo: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            encryption_status: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            fork_network_repositories: ::std::result::Result<
                ::std::vec::Vec<super::UndocumentedObject>,
                ::std::string::String,
            >,
            forked_from_repository: ::std::result::Result<
                ::std::option::Option<super::ForkParent>,
                ::std::string::String,
            >,
            http_url_to_repo: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::std::option::Option<i64>, ::std::string::String>,
            import_error: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            import_status: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            import_url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            label_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            last_activity_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            member_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name_with_namespace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            namespace: ::std::result::Result<
                ::std::option::Option<super::UndocumentedObject>,
                ::std::string::String,
            >,
            network_type: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            owner: ::std::result::Result<
                ::std::option::Option<super::UndocumentedObject>,
                ::std::string::String,
            >,
            path: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            path_with_namespace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            permissions: ::std::result::Result<
                ::std::option::Option<super::RepositoryPermissions>,
                ::std::string::String,
            >,
            project_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            project_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            repo_type: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            repository_type: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            security: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            security_tag: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            ssh_url_to_repo: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            statistics: ::std::result::Result<
                ::std::option::Option<super::RepositoryStatistics>,
                ::std::string::String,
            >,
            tag_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            updated_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            uuid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            visibility: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RepositoryDetails {
            fn default() -> Self {
                Self {
                    archived: Ok(Default::default()),
                    branch_count: Ok(Default::default()),
                    created_at: Ok(Default::default()),
                    creator: Ok(Default::default()),
                    default_branch: Ok(Default::default()),
                    develop_mode: Ok(Default::default()),
                    empty_repo: Ok(Default::default()),
                    encryption_status: Ok(Default::default()),
                    fork_network_repositories: Ok(Default::default()),
                    forked_from_repository: Ok(Default::default()),
                    http_url_to_repo: Ok(Default::default()),
                    id: Ok(Default::default()),
                    import_error: Ok(Default::default()),
                    import_status: Ok(Default::default()),
                    import_url: Ok(Default::default()),
                    label_count: Ok(Default::default()),
                    last_activity_at: Ok(Default::default()),
                    member_count: Ok(Default::default()),
                    name: Ok(Default::default()),
                    name_with_namespace: Ok(Default::default()),
                    namespace: Ok(Default::default()),
                    network_type: Ok(Default::default()),
                    owner: Ok(Default::default()),
                    path: Ok(Default::default()),
                    path_with_namespace: Ok(Default::default()),
                    permissions: Ok(Default::default()),
                    project_id: Ok(Default::default()),
                    project_name: Ok(Default::default()),
                    repo_type: Ok(Default::default()),
                    repository_type: Ok(Default::default()),
                    security: Ok(Default::default()),
                    security_tag: Ok(Default::default()),
                    ssh_url_to_repo: Ok(Default::default()),
                    statistics: Ok(Default::default()),
                    tag_count: Ok(Default::default()),
                    updated_at: Ok(Default::default()),
                    uuid: Ok(Default::default()),
                    visibility: Ok(Default::default()),
                }
            }
        }
        impl RepositoryDetails {
            pub fn archived<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.archived = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for archived: {e}")
                    });
                self
            }
            pub fn branch_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.branch_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for branch_count: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn creator<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::UndocumentedObject>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.creator = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for creator: {e}")
                    });
                self
            }
            pub fn default_branch<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.default_branch = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for default_branch: {e}"
                        )
                    });
                self
            }
            pub fn develop_mode<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.develop_mode = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for develop_mode: {e}")
                    });
                self
            }
            pub fn empty_repo<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.empty_repo = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for empty_repo: {e}")
                    });
                self
            }
            pub fn encryption_status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.encryption_status = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for encryption_status: {e}"
                        )
                    });
                self
            }
            pub fn fork_network_repositories<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::UndocumentedObject>>,
                T::Error: ::std::fmt::Display,
            {
                self.fork_network_repositories = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for fork_network_repositories: {e}"
                        )
                    });
                self
            }
            pub fn forked_from_repository<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ForkParent>>,
                T::Error: ::std::fmt::Display,
            {
                self.forked_from_repository = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for forked_from_repository: {e}"
                        )
                    });
                self
            }
            pub fn http_url_to_repo<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.http_url_to_repo = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for http_url_to_repo: {e}"
                        )
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn import_error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.import_error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for import_error: {e}")
                    });
                self
            }
            pub fn import_status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.import_status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for import_status: {e}")
                    });
                self
            }
            pub fn import_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.import_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for import_url: {e}")
                    });
                self
            }
            pub fn label_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.label_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for label_count: {e}")
                    });
                self
            }
            pub fn last_activity_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.last_activity_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for last_activity_at: {e}"
                        )
                    });
                self
            }
            pub fn member_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.member_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for member_count: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn name_with_namespace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name_with_namespace = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for name_with_namespace: {e}"
                        )
                    });
                self
            }
            pub fn namespace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::UndocumentedObject>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.namespace = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for namespace: {e}")
                    });
                self
            }
            pub fn network_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.network_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for network_type: {e}")
                    });
                self
            }
            pub fn owner<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::UndocumentedObject>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.owner = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for owner: {e}")
                    });
                self
            }
            pub fn path<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.path = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for path: {e}")
                    });
                self
            }
            pub fn path_with_namespace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.path_with_namespace = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for path_with_namespace: {e}"
                        )
                    });
                self
            }
            pub fn permissions<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::RepositoryPermissions>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.permissions = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for permissions: {e}")
                    });
                self
            }
            pub fn project_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.project_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for project_id: {e}")
                    });
                self
            }
            pub fn project_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.project_name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for project_name: {e}")
                    });
                self
            }
            pub fn repo_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.repo_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for repo_type: {e}")
                    });
                self
            }
            pub fn repository_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.repository_type = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for repository_type: {e}"
                        )
                    });
                self
            }
            pub fn security<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.security = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for security: {e}")
                    });
                self
            }
            pub fn security_tag<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.security_tag = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for security_tag: {e}")
                    });
                self
            }
            pub fn ssh_url_to_repo<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.ssh_url_to_repo = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for ssh_url_to_repo: {e}"
                        )
                    });
                self
            }
            pub fn statistics<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::RepositoryStatistics>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.statistics = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for statistics: {e}")
                    });
                self
            }
            pub fn tag_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.tag_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for tag_count: {e}")
                    });
                self
            }
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for updated_at: {e}")
                    });
                self
            }
            pub fn uuid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.uuid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for uuid: {e}")
                    });
                self
            }
            pub fn visibility<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.visibility = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for visibility: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RepositoryDetails> for super::RepositoryDetails {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RepositoryDetails,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    archived: value.archived?,
                    branch_count: value.branch_count?,
                    created_at: value.created_at?,
                    creator: value.creator?,
                    default_branch: value.default_branch?,
                    develop_mode: value.develop_mode?,
                    empty_repo: value.empty_repo?,
                    encryption_status: value.encryption_status?,
                    fork_network_repositories: value.fork_network_repositories?,
                    forked_from_repository: value.forked_from_repository?,
                    http_url_to_repo: value.http_url_to_repo?,
                    id: value.id?,
                    import_error: value.import_error?,
                    import_status: value.import_status?,
                    import_url: value.import_url?,
                    label_count: value.label_count?,
                    last_activity_at: value.last_activity_at?,
                    member_count: value.member_count?,
                    name: value.name?,
                    name_with_namespace: value.name_with_namespace?,
                    namespace: value.namespace?,
                    network_type: value.network_type?,
                    owner: value.owner?,
                    path: value.path?,
                    path_with_namespace: value.path_with_namespace?,
                    permissions: value.permissions?,
                    project_id: value.project_id?,
                    project_name: value.project_name?,
                    repo_type: value.repo_type?,
                    repository_type: value.repository_type?,
                    security: value.security?,
                    security_tag: value.security_tag?,
                    ssh_url_to_repo: value.ssh_url_to_repo?,
                    statistics: value.statistics?,
                    tag_count: value.tag_count?,
                    updated_at: value.updated_at?,
                    uuid: value.uuid?,
                    visibility: value.visibility?,
                })
            }
        }
        impl ::std::convert::From<super::RepositoryDetails> for RepositoryDetails {
            fn from(value: super::RepositoryDetails) -> Self {
                Self {
                    archived: Ok(value.archived),
                    branch_count: Ok(value.branch_count),
                    created_at: Ok(value.created_at),
                    creator: Ok(value.creator),
                    default_branch: Ok(value.default_branch),
                    develop_mode: Ok(value.develop_mode),
                    empty_repo: Ok(value.empty_repo),
                    encryption_status: Ok(value.encryption_status),
                    fork_network_repositories: Ok(value.fork_network_repositories),
                    forked_from_repository: Ok(value.forked_from_repository),
                    http_url_to_repo: Ok(value.http_url_to_repo),
                    id: Ok(value.id),
                    import_error: Ok(value.import_error),
                    import_status: Ok(value.import_status),
                    import_url: Ok(value.import_url),
                    label_count: Ok(value.label_count),
                    last_activity_at: Ok(value.last_activity_at),
                    member_count: Ok(value.member_count),
                    name: Ok(value.name),
                    name_with_namespace: Ok(value.name_with_namespace),
                    namespace: Ok(value.namespace),
                    network_type: Ok(value.network_type),
                    owner: Ok(value.owner),
                    path: Ok(value.path),
                    path_with_namespace: Ok(value.path_with_namespace),
                    permissions: Ok(value.permissions),
                    project_id: Ok(value.project_id),
                    project_name: Ok(value.project_name),
                    repo_type: Ok(value.repo_type),
                    repository_type: Ok(value.repository_type),
                    security: Ok(value.security),
                    security_tag: Ok(value.security_tag),
                    ssh_url_to_repo: Ok(value.ssh_url_to_repo),
                    statistics: Ok(value.statistics),
                    tag_count: Ok(value.tag_count),
                    updated_at: Ok(value.updated_at),
                    uuid: Ok(value.uuid),
                    visibility: Ok(value.visibility),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RepositoryPermissions {
            repository_access: ::std::result::Result<
                ::std::option::Option<super::RepositoryAccess>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RepositoryPermissions {
            fn default() -> Self {
                Self {
                    repository_access: Ok(Default::default()),
                }
            }
        }
        impl RepositoryPermissions {
            pub fn repository_access<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::RepositoryAccess>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.repository_access = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for repository_access: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RepositoryPermissions>
        for super::RepositoryPermissions {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RepositoryPermissions,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    repository_access: value.repository_access?,
                })
            }
        }
        impl ::std::convert::From<super::RepositoryPermissions>
        for RepositoryPermissions {
            fn from(value: super::RepositoryPermissions) -> Self {
                Self {
                    repository_access: Ok(value.repository_access),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct RepositoryStatistics {
            commit_count: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            lfs_objects_size: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            repository_size: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            storage_size: ::std::result::Result<
                ::std::option::Option<f64>,
                ::std::string::String,
            >,
            tenant_repo_size_limit: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for RepositoryStatistics {
            fn default() -> Self {
                Self {
                    commit_count: Ok(Default::default()),
                    lfs_objects_size: Ok(Default::default()),
                    repository_size: Ok(Default::default()),
                    storage_size: Ok(Default::default()),
                    tenant_repo_size_limit: Ok(Default::default()),
                }
            }
        }
        impl RepositoryStatistics {
            pub fn commit_count<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.commit_count = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for commit_count: {e}")
                    });
                self
            }
            pub fn lfs_objects_size<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.lfs_objects_size = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for lfs_objects_size: {e}"
                        )
                    });
                self
            }
            pub fn repository_size<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.repository_size = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for repository_size: {e}"
                        )
                    });
                self
            }
            pub fn storage_size<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<f64>>,
                T::Error: ::std::fmt::Display,
            {
                self.storage_size = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for storage_size: {e}")
                    });
                self
            }
            pub fn tenant_repo_size_limit<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.tenant_repo_size_limit = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for tenant_repo_size_limit: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<RepositoryStatistics>
        for super::RepositoryStatistics {
            type Error = super::error::ConversionError;
            fn try_from(
                value: RepositoryStatistics,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    commit_count: value.commit_count?,
                    lfs_objects_size: value.lfs_objects_size?,
                    repository_size: value.repository_size?,
                    storage_size: value.storage_size?,
                    tenant_repo_size_limit: value.tenant_repo_size_limit?,
                })
            }
        }
        impl ::std::convert::From<super::RepositoryStatistics> for RepositoryStatistics {
            fn from(value: super::RepositoryStatistics) -> Self {
                Self {
                    commit_count: Ok(value.commit_count),
                    lfs_objects_size: Ok(value.lfs_objects_size),
                    repository_size: Ok(value.repository_size),
                    storage_size: Ok(value.storage_size),
                    tenant_repo_size_limit: Ok(value.tenant_repo_size_limit),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ScopeTarget {
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ScopeTarget {
            fn default() -> Self {
                Self {
                    id: Ok(Default::default()),
                    name: Ok(Default::default()),
                }
            }
        }
        impl ScopeTarget {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ScopeTarget> for super::ScopeTarget {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ScopeTarget,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::ScopeTarget> for ScopeTarget {
            fn from(value: super::ScopeTarget) -> Self {
                Self {
                    id: Ok(value.id),
                    name: Ok(value.name),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct StsCredentials {
            access_key_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            expiration: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            secret_access_key: ::std::result::Result<
                crate::WireSecret,
                ::std::string::String,
            >,
            security_token: ::std::result::Result<
                crate::WireSecret,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for StsCredentials {
            fn default() -> Self {
                Self {
                    access_key_id: Err(
                        "no value supplied for access_key_id".to_string(),
                    ),
                    expiration: Err("no value supplied for expiration".to_string()),
                    secret_access_key: Err(
                        "no value supplied for secret_access_key".to_string(),
                    ),
                    security_token: Err(
                        "no value supplied for security_token".to_string(),
                    ),
                }
            }
        }
        impl StsCredentials {
            pub fn access_key_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.access_key_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for access_key_id: {e}")
                    });
                self
            }
            pub fn expiration<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.expiration = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expiration: {e}")
                    });
                self
            }
            pub fn secret_access_key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::WireSecret>,
                T::Error: ::std::fmt::Display,
            {
                self.secret_access_key = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for secret_access_key: {e}"
                        )
                    });
                self
            }
            pub fn security_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::WireSecret>,
                T::Error: ::std::fmt::Display,
            {
                self.security_token = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for security_token: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<StsCredentials> for super::StsCredentials {
            type Error = super::error::ConversionError;
            fn try_from(
                value: StsCredentials,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    access_key_id: value.access_key_id?,
                    expiration: value.expiration?,
                    secret_access_key: value.secret_access_key?,
                    security_token: value.security_token?,
                })
            }
        }
        impl ::std::convert::From<super::StsCredentials> for StsCredentials {
            fn from(value: super::StsCredentials) -> Self {
                Self {
                    access_key_id: Ok(value.access_key_id),
                    expiration: Ok(value.expiration),
                    secret_access_key: Ok(value.secret_access_key),
                    security_token: Ok(value.security_token),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Tag {
            can_delete: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            can_download: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            can_read: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            gpg_key: ::std::result::Result<
                ::std::option::Option<super::UndocumentedObject>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            target: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Tag {
            fn default() -> Self {
                Self {
                    can_delete: Ok(Default::default()),
                    can_download: Ok(Default::default()),
                    can_read: Ok(Default::default()),
                    gpg_key: Ok(Default::default()),
                    message: Ok(Default::default()),
                    name: Ok(Default::default()),
                    target: Ok(Default::default()),
                }
            }
        }
        impl Tag {
            pub fn can_delete<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_delete = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_delete: {e}")
                    });
                self
            }
            pub fn can_download<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_download = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_download: {e}")
                    });
                self
            }
            pub fn can_read<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.can_read = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for can_read: {e}")
                    });
                self
            }
            pub fn gpg_key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::UndocumentedObject>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.gpg_key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for gpg_key: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn target<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.target = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for target: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Tag> for super::Tag {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Tag,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    can_delete: value.can_delete?,
                    can_download: value.can_download?,
                    can_read: value.can_read?,
                    gpg_key: value.gpg_key?,
                    message: value.message?,
                    name: value.name?,
                    target: value.target?,
                })
            }
        }
        impl ::std::convert::From<super::Tag> for Tag {
            fn from(value: super::Tag) -> Self {
                Self {
                    can_delete: Ok(value.can_delete),
                    can_download: Ok(value.can_download),
                    can_read: Ok(value.can_read),
                    gpg_key: Ok(value.gpg_key),
                    message: Ok(value.message),
                    name: Ok(value.name),
                    target: Ok(value.target),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TemporaryKeyAuth {
            identity: ::std::result::Result<
                super::TemporaryKeyIdentity,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TemporaryKeyAuth {
            fn default() -> Self {
                Self {
                    identity: Err("no value supplied for identity".to_string()),
                }
            }
        }
        impl TemporaryKeyAuth {
            pub fn identity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::TemporaryKeyIdentity>,
                T::Error: ::std::fmt::Display,
            {
                self.identity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for identity: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TemporaryKeyAuth> for super::TemporaryKeyAuth {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TemporaryKeyAuth,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { identity: value.identity? })
            }
        }
        impl ::std::convert::From<super::TemporaryKeyAuth> for TemporaryKeyAuth {
            fn from(value: super::TemporaryKeyAuth) -> Self {
                Self {
                    identity: Ok(value.identity),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TemporaryKeyIdentity {
            assume_role: ::std::result::Result<
                ::std::option::Option<super::AgencyForKey>,
                ::std::string::String,
            >,
            methods: ::std::result::Result<
                ::std::vec::Vec<super::TemporaryKeyMethod>,
                ::std::string::String,
            >,
            token: ::std::result::Result<
                ::std::option::Option<super::TokenForKey>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TemporaryKeyIdentity {
            fn default() -> Self {
                Self {
                    assume_role: Ok(Default::default()),
                    methods: Err("no value supplied for methods".to_string()),
                    token: Ok(Default::default()),
                }
            }
        }
        impl TemporaryKeyIdentity {
            pub fn assume_role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::AgencyForKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.assume_role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for assume_role: {e}")
                    });
                self
            }
            pub fn methods<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::TemporaryKeyMethod>>,
                T::Error: ::std::fmt::Display,
            {
                self.methods = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for methods: {e}")
                    });
                self
            }
            pub fn token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenForKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for token: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TemporaryKeyIdentity>
        for super::TemporaryKeyIdentity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TemporaryKeyIdentity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    assume_role: value.assume_role?,
                    methods: value.methods?,
                    token: value.token?,
                })
            }
        }
        impl ::std::convert::From<super::TemporaryKeyIdentity> for TemporaryKeyIdentity {
            fn from(value: super::TemporaryKeyIdentity) -> Self {
                Self {
                    assume_role: Ok(value.assume_role),
                    methods: Ok(value.methods),
                    token: Ok(value.token),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TemporaryKeyRequest {
            auth: ::std::result::Result<super::TemporaryKeyAuth, ::std::string::String>,
        }
        impl ::std::default::Default for TemporaryKeyRequest {
            fn default() -> Self {
                Self {
                    auth: Err("no value supplied for auth".to_string()),
                }
            }
        }
        impl TemporaryKeyRequest {
            pub fn auth<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::TemporaryKeyAuth>,
                T::Error: ::std::fmt::Display,
            {
                self.auth = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for auth: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TemporaryKeyRequest>
        for super::TemporaryKeyRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TemporaryKeyRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { auth: value.auth? })
            }
        }
        impl ::std::convert::From<super::TemporaryKeyRequest> for TemporaryKeyRequest {
            fn from(value: super::TemporaryKeyRequest) -> Self {
                Self { auth: Ok(value.auth) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TemporaryKeyResponse {
            credential: ::std::result::Result<
                super::IamCredential,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TemporaryKeyResponse {
            fn default() -> Self {
                Self {
                    credential: Err("no value supplied for credential".to_string()),
                }
            }
        }
        impl TemporaryKeyResponse {
            pub fn credential<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::IamCredential>,
                T::Error: ::std::fmt::Display,
            {
                self.credential = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for credential: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TemporaryKeyResponse>
        for super::TemporaryKeyResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TemporaryKeyResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    credential: value.credential?,
                })
            }
        }
        impl ::std::convert::From<super::TemporaryKeyResponse> for TemporaryKeyResponse {
            fn from(value: super::TemporaryKeyResponse) -> Self {
                Self {
                    credential: Ok(value.credential),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenAuth {
            identity: ::std::result::Result<super::TokenIdentity, ::std::string::String>,
            scope: ::std::result::Result<
                ::std::option::Option<super::TokenScope>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenAuth {
            fn default() -> Self {
                Self {
                    identity: Err("no value supplied for identity".to_string()),
                    scope: Ok(Default::default()),
                }
            }
        }
        impl TokenAuth {
            pub fn identity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::TokenIdentity>,
                T::Error: ::std::fmt::Display,
            {
                self.identity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for identity: {e}")
                    });
                self
            }
            pub fn scope<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenScope>>,
                T::Error: ::std::fmt::Display,
            {
                self.scope = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scope: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenAuth> for super::TokenAuth {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenAuth,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    identity: value.identity?,
                    scope: value.scope?,
                })
            }
        }
        impl ::std::convert::From<super::TokenAuth> for TokenAuth {
            fn from(value: super::TokenAuth) -> Self {
                Self {
                    identity: Ok(value.identity),
                    scope: Ok(value.scope),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenDetails {
            catalog: ::std::result::Result<
                ::std::vec::Vec<super::CatalogEntry>,
                ::std::string::String,
            >,
            domain: ::std::result::Result<
                ::std::option::Option<super::TokenOwner>,
                ::std::string::String,
            >,
            expires_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            issued_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            methods: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            project: ::std::result::Result<
                ::std::option::Option<super::TokenOwner>,
                ::std::string::String,
            >,
            roles: ::std::result::Result<
                ::std::vec::Vec<super::TokenRole>,
                ::std::string::String,
            >,
            user: ::std::result::Result<
                ::std::option::Option<super::TokenUser>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenDetails {
            fn default() -> Self {
                Self {
                    catalog: Ok(Default::default()),
                    domain: Ok(Default::default()),
                    expires_at: Ok(Default::default()),
                    issued_at: Ok(Default::default()),
                    methods: Ok(Default::default()),
                    project: Ok(Default::default()),
                    roles: Ok(Default::default()),
                    user: Ok(Default::default()),
                }
            }
        }
        impl TokenDetails {
            pub fn catalog<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::CatalogEntry>>,
                T::Error: ::std::fmt::Display,
            {
                self.catalog = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for catalog: {e}")
                    });
                self
            }
            pub fn domain<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenOwner>>,
                T::Error: ::std::fmt::Display,
            {
                self.domain = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for domain: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn issued_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.issued_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for issued_at: {e}")
                    });
                self
            }
            pub fn methods<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.methods = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for methods: {e}")
                    });
                self
            }
            pub fn project<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenOwner>>,
                T::Error: ::std::fmt::Display,
            {
                self.project = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for project: {e}")
                    });
                self
            }
            pub fn roles<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::TokenRole>>,
                T::Error: ::std::fmt::Display,
            {
                self.roles = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for roles: {e}")
                    });
                self
            }
            pub fn user<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::TokenUser>>,
                T::Error: ::std::fmt::Display,
            {
                self.user = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenDetails> for super::TokenDetails {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenDetails,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    catalog: value.catalog?,
                    domain: value.domain?,
                    expires_at: value.expires_at?,
                    issued_at: value.issued_at?,
                    methods: value.methods?,
                    project: value.project?,
                    roles: value.roles?,
                    user: value.user?,
                })
            }
        }
        impl ::std::convert::From<super::TokenDetails> for TokenDetails {
            fn from(value: super::TokenDetails) -> Self {
                Self {
                    catalog: Ok(value.catalog),
                    domain: Ok(value.domain),
                    expires_at: Ok(value.expires_at),
                    issued_at: Ok(value.issued_at),
                    methods: Ok(value.methods),
                    project: Ok(value.project),
                    roles: Ok(value.roles),
                    user: Ok(value.user),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenForKey {
            duration_seconds: ::std::result::Result<
                ::std::option::Option<crate::TemporaryKeySeconds>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<crate::WireSecret>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenForKey {
            fn default() -> Self {
                Self {
                    duration_seconds: Ok(Default::default()),
                    id: Ok(Default::default()),
                }
            }
        }
        impl TokenForKey {
            pub fn duration_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<crate::TemporaryKeySeconds>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.duration_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for duration_seconds: {e}"
                        )
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::WireSecret>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<TokenForKey> for super::TokenForKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenForKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    duration_seconds: value.duration_seconds?,
                    id: value.id?,
                })
            }
        }
        impl ::std::convert::From<super::TokenForKey> for TokenForKey {
            fn from(value: super::TokenForKey) -> Self {
                Self {
                    duration_seconds: Ok(value.duration_seconds),
                    id: Ok(value.id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenIdentity {
            methods: ::std::result::Result<
                ::std::vec::Vec<super::AuthMethod>,
                ::std::string::String,
            >,
            password: ::std::result::Result<
                super::PasswordIdentity,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenIdentity {
            fn default() -> Self {
                Self {
                    methods: Err("no value supplied for methods".to_string()),
                    password: Err("no value supplied for password".to_string()),
                }
            }
        }
        impl TokenIdentity {
            pub fn methods<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::AuthMethod>>,
                T::Error: ::std::fmt::Display,
            {
                self.methods = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for methods: {e}")
                    });
                self
            }
            pub fn password<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PasswordIdentity>,
                T::Error: ::std::fmt::Display,
            {
                self.password = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for password: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenIdentity> for super::TokenIdentity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenIdentity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    methods: value.methods?,
                    password: value.password?,
                })
            }
        }
        impl ::std::convert::From<super::TokenIdentity> for TokenIdentity {
            fn from(value: super::TokenIdentity) -> Self {
                Self {
                    methods: Ok(value.methods),
                    password: Ok(value.password),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenOwner {
            domain: ::std::result::Result<
                ::std::option::Option<super::NamedEntity>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenOwner {
            fn default() -> Self {
                Self {
                    domain: Ok(Default::default()),
                    id: Ok(Default::default()),
                    name: Ok(Default::default()),
                }
            }
        }
        impl TokenOwner {
            pub fn domain<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::NamedEntity>>,
                T::Error: ::std::fmt::Display,
            {
                self.domain = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for domain: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenOwner> for super::TokenOwner {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenOwner,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    domain: value.domain?,
                    id: value.id?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::TokenOwner> for TokenOwner {
            fn from(value: super::TokenOwner) -> Self {
                Self {
                    domain: Ok(value.domain),
                    id: Ok(value.id),
                    name: Ok(value.name),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenRole {
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenRole {
            fn default() -> Self {
                Self {
                    id: Ok(Default::default()),
                    name: Ok(Default::default()),
                }
            }
        }
        impl TokenRole {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenRole> for super::TokenRole {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenRole,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    name: value.name?,
                })
            }
        }
        impl ::std::convert::From<super::TokenRole> for TokenRole {
            fn from(value: super::TokenRole) -> Self {
                Self {
                    id: Ok(value.id),
                    name: Ok(value.name),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenScope {
            domain: ::std::result::Result<
                ::std::option::Option<super::ScopeTarget>,
                ::std::string::String,
            >,
            project: ::std::result::Result<
                ::std::option::Option<super::ScopeTarget>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenScope {
            fn default() -> Self {
                Self {
                    domain: Ok(Default::default()),
                    project: Ok(Default::default()),
                }
            }
        }
        impl TokenScope {
            pub fn domain<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ScopeTarget>>,
                T::Error: ::std::fmt::Display,
            {
                self.domain = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for domain: {e}")
                    });
                self
            }
            pub fn project<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::ScopeTarget>>,
                T::Error: ::std::fmt::Display,
            {
                self.project = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for project: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenScope> for super::TokenScope {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenScope,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    domain: value.domain?,
                    project: value.project?,
                })
            }
        }
        impl ::std::convert::From<super::TokenScope> for TokenScope {
            fn from(value: super::TokenScope) -> Self {
                Self {
                    domain: Ok(value.domain),
                    project: Ok(value.project),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct TokenUser {
            domain: ::std::result::Result<
                ::std::option::Option<super::NamedEntity>,
                ::std::string::String,
            >,
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            password_expires_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for TokenUser {
            fn default() -> Self {
                Self {
                    domain: Ok(Default::default()),
                    id: Ok(Default::default()),
                    name: Ok(Default::default()),
                    password_expires_at: Ok(Default::default()),
                }
            }
        }
        impl TokenUser {
            pub fn domain<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::NamedEntity>>,
                T::Error: ::std::fmt::Display,
            {
                self.domain = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for domain: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn password_expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.password_expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for password_expires_at: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<TokenUser> for super::TokenUser {
            type Error = super::error::ConversionError;
            fn try_from(
                value: TokenUser,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    domain: value.domain?,
                    id: value.id?,
                    name: value.name?,
                    password_expires_at: value.password_expires_at?,
                })
            }
        }
        impl ::std::convert::From<super::TokenUser> for TokenUser {
            fn from(value: super::TokenUser) -> Self {
                Self {
                    domain: Ok(value.domain),
                    id: Ok(value.id),
                    name: Ok(value.name),
                    password_expires_at: Ok(value.password_expires_at),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateRemoteMirrorRequest {
            endpoint_uuid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            mirroring_enabled: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            sync_branch_type: ::std::result::Result<
                ::std::option::Option<super::SyncBranchType>,
                ::std::string::String,
            >,
            url: ::std::result::Result<
                ::std::option::Option<crate::MirrorUrl>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateRemoteMirrorRequest {
            fn default() -> Self {
                Self {
                    endpoint_uuid: Ok(Default::default()),
                    mirroring_enabled: Ok(Default::default()),
                    sync_branch_type: Ok(Default::default()),
                    url: Ok(Default::default()),
                }
            }
        }
        impl UpdateRemoteMirrorRequest {
            pub fn endpoint_uuid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.endpoint_uuid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for endpoint_uuid: {e}")
                    });
                self
            }
            pub fn mirroring_enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.mirroring_enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for mirroring_enabled: {e}"
                        )
                    });
                self
            }
            pub fn sync_branch_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::SyncBranchType>>,
                T::Error: ::std::fmt::Display,
            {
                self.sync_branch_type = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for sync_branch_type: {e}"
                        )
                    });
                self
            }
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<crate::MirrorUrl>>,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateRemoteMirrorRequest>
        for super::UpdateRemoteMirrorRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateRemoteMirrorRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    endpoint_uuid: value.endpoint_uuid?,
                    mirroring_enabled: value.mirroring_enabled?,
                    sync_branch_type: value.sync_branch_type?,
                    url: value.url?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateRemoteMirrorRequest>
        for UpdateRemoteMirrorRequest {
            fn from(value: super::UpdateRemoteMirrorRequest) -> Self {
                Self {
                    endpoint_uuid: Ok(value.endpoint_uuid),
                    mirroring_enabled: Ok(value.mirroring_enabled),
                    sync_branch_type: Ok(value.sync_branch_type),
                    url: Ok(value.url),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UpdateRemoteMirrorResponse {
            endpoint_uuid: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            mirroring_enabled: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            sync_branch_type: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            url: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for UpdateRemoteMirrorResponse {
            fn default() -> Self {
                Self {
                    endpoint_uuid: Ok(Default::default()),
                    mirroring_enabled: Ok(Default::default()),
                    sync_branch_type: Ok(Default::default()),
                    url: Ok(Default::default()),
                }
            }
        }
        impl UpdateRemoteMirrorResponse {
            pub fn endpoint_uuid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.endpoint_uuid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for endpoint_uuid: {e}")
                    });
                self
            }
            pub fn mirroring_enabled<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.mirroring_enabled = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for mirroring_enabled: {e}"
                        )
                    });
                self
            }
            pub fn sync_branch_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.sync_branch_type = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for sync_branch_type: {e}"
                        )
                    });
                self
            }
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UpdateRemoteMirrorResponse>
        for super::UpdateRemoteMirrorResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UpdateRemoteMirrorResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    endpoint_uuid: value.endpoint_uuid?,
                    mirroring_enabled: value.mirroring_enabled?,
                    sync_branch_type: value.sync_branch_type?,
                    url: value.url?,
                })
            }
        }
        impl ::std::convert::From<super::UpdateRemoteMirrorResponse>
        for UpdateRemoteMirrorResponse {
            fn from(value: super::UpdateRemoteMirrorResponse) -> Self {
                Self {
                    endpoint_uuid: Ok(value.endpoint_uuid),
                    mirroring_enabled: Ok(value.mirroring_enabled),
                    sync_branch_type: Ok(value.sync_branch_type),
                    url: Ok(value.url),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct UserDomain {
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for UserDomain {
            fn default() -> Self {
                Self {
                    name: Err("no value supplied for name".to_string()),
                }
            }
        }
        impl UserDomain {
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<UserDomain> for super::UserDomain {
            type Error = super::error::ConversionError;
            fn try_from(
                value: UserDomain,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { name: value.name? })
            }
        }
        impl ::std::convert::From<super::UserDomain> for UserDomain {
            fn from(value: super::UserDomain) -> Self {
                Self { name: Ok(value.name) }
            }
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for CodeArts Repo remote mirrors

The mirror synchronization of Huawei Cloud CodeArts Repo repositories: start a synchronization, see how it ended, change or create the mirror's settings, and the two calls that the vendor's page sends its reader to for the repository id and for the token. The version is the date of the vendor's page for StartRemoteMirrorSynchronization that this document follows. The vendor's English pages say "image" where they mean mirror.

Version: 2026-01-27*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::Authorization,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::Authorization) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::Authorization,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::Authorization> for Client {
    fn api_version() -> &'static str {
        "2026-01-27"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::Authorization {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::Authorization>,
    {}
};
impl Client {
    /**Show the mirror of a repository

Reports the mirror's settings and the state of its last synchronization. It is the only way to learn how a synchronization ended.

Sends a `GET` request to `/v4/repositories/{repository_id}/remote-mirror`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
```ignore
let response = client.show_remote_mirror()
    .repository_id(repository_id)
    .send()
    .await;
```*/
    pub fn show_remote_mirror(&self) -> builder::ShowRemoteMirror<'_> {
        builder::ShowRemoteMirror::new(self)
    }
    /**Change the mirror of a repository

Changes the source, the branches, the schedule or the service endpoint of the mirror.

Sends a `PUT` request to `/v4/repositories/{repository_id}/remote-mirror`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `body`: The settings to change; what is left out stays as it is.
```ignore
let response = client.update_repository_remote_mirror()
    .repository_id(repository_id)
    .body(body)
    .send()
    .await;
```*/
    pub fn update_repository_remote_mirror(
        &self,
    ) -> builder::UpdateRepositoryRemoteMirror<'_> {
        builder::UpdateRepositoryRemoteMirror::new(self)
    }
    /**Start a mirror synchronization

Starts to fetch the repository's mirror source into the repository. The answer only says that the task was accepted; ShowRemoteMirror tells how it ended. No operation takes the task id.

Sends a `POST` request to `/v4/repositories/{repository_id}/remote-mirror`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `body`: How the mirror source is read. A public source needs none of the fields. What the service does when both credentials and an endpoint are given is not documented.
```ignore
let response = client.start_remote_mirror_synchronization()
    .repository_id(repository_id)
    .body(body)
    .send()
    .await;
```*/
    pub fn start_remote_mirror_synchronization(
        &self,
    ) -> builder::StartRemoteMirrorSynchronization<'_> {
        builder::StartRemoteMirrorSynchronization::new(self)
    }
    /**Turn a repository into a mirror

Gives a repository a mirror source. The vendor's page shows no body; the vendor's SDK sends one with an optional url.

Sends a `POST` request to `/v4/repositories/{repository_id}/remote-mirror/associate`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `body`: The mirror source.
```ignore
let response = client.associate_remote_mirror()
    .repository_id(repository_id)
    .body(body)
    .send()
    .await;
```*/
    pub fn associate_remote_mirror(&self) -> builder::AssociateRemoteMirror<'_> {
        builder::AssociateRemoteMirror::new(self)
    }
    /**List the caller's repositories

Lists the repositories that the caller can see, a page at a time.

Sends a `GET` request to `/v4/user/repositories`

Arguments:
- `archived`: Only archived repositories.
- `include_abnormal`: Repositories in an abnormal state too.
- `limit`: How many repositories a page holds at the most.
- `membership`: Only repositories that the caller is a member of.
- `offset`: How many repositories to pass over before the first one of the page.
- `order_by`: The time that orders the list.
- `search`: Text to search for.
- `sort`: The direction of the order.
- `starred`: Only repositories that the caller starred.
- `user_created`: Only repositories that the caller created.
```ignore
let response = client.list_current_user_repositories()
    .archived(archived)
    .include_abnormal(include_abnormal)
    .limit(limit)
    .membership(membership)
    .offset(offset)
    .order_by(order_by)
    .search(search)
    .sort(sort)
    .starred(starred)
    .user_created(user_created)
    .send()
    .await;
```*/
    pub fn list_current_user_repositories(
        &self,
    ) -> builder::ListCurrentUserRepositories<'_> {
        builder::ListCurrentUserRepositories::new(self)
    }
    /**Show a repository

Shows a repository, with its default branch and its counts of branches and tags.

Sends a `GET` request to `/v4/repositories/{repository_id}`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
```ignore
let response = client.show_repository()
    .repository_id(repository_id)
    .send()
    .await;
```*/
    pub fn show_repository(&self) -> builder::ShowRepository<'_> {
        builder::ShowRepository::new(self)
    }
    /**List the branches of a repository

Lists the branches of a repository, a page at a time. The default order changes while a synchronization runs. The page documents no commit in any view; whether the view "all" adds one is unverified.

Sends a `GET` request to `/v4/repositories/{repository_id}/repository/branches`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `branch_type`: Only branches of this type. All of them unless set.
- `creator`: Only branches of this creator, a user id or an IAM id.
- `limit`: How many branches a page contains at most.
- `offset`: How many branches to skip before the first one of the page.
- `query_view`: Which branches to list.
- `sort`: The order.
- `view`: How much to say of each branch. The vendor states no default.
```ignore
let response = client.list_branches()
    .repository_id(repository_id)
    .branch_type(branch_type)
    .creator(creator)
    .limit(limit)
    .offset(offset)
    .query_view(query_view)
    .sort(sort)
    .view(view)
    .send()
    .await;
```*/
    pub fn list_branches(&self) -> builder::ListBranches<'_> {
        builder::ListBranches::new(self)
    }
    /**Show a branch

Shows a branch with the commit at its head. What the service answers for a branch that does not exist is unverified.

Sends a `GET` request to `/v4/repositories/{repository_id}/repository/branch`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `branch_name`: The name of the branch.
```ignore
let response = client.show_branch()
    .repository_id(repository_id)
    .branch_name(branch_name)
    .send()
    .await;
```*/
    pub fn show_branch(&self) -> builder::ShowBranch<'_> {
        builder::ShowBranch::new(self)
    }
    /**List the tags of a repository

Lists the tags of a repository with their targets, a page at a time. Whether the target of an annotated tag is the tag object or the commit is unverified.

Sends a `GET` request to `/v4/repositories/{repository_id}/repository/tags`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `creator`: Only tags of this creator, a user id or an IAM id.
- `limit`: How many tags a page contains at most.
- `offset`: How many tags to skip before the first one of the page.
- `order_by`: What orders the list.
- `search`: Text to search for.
- `sort`: The direction of the order.
- `view`: How much to say of each tag. The vendor states no default.
```ignore
let response = client.list_tags()
    .repository_id(repository_id)
    .creator(creator)
    .limit(limit)
    .offset(offset)
    .order_by(order_by)
    .search(search)
    .sort(sort)
    .view(view)
    .send()
    .await;
```*/
    pub fn list_tags(&self) -> builder::ListTags<'_> {
        builder::ListTags::new(self)
    }
    /**List the repositories of a project

Lists the repositories of a project, a page at a time.

Sends a `GET` request to `/v4/projects/{project_id}/repositories`

Arguments:
- `project_id`: The id of the CodeArts project, project_id in the answer of ShowRepository.
- `limit`: How many repositories a page contains at most.
- `offset`: How many repositories to skip before the first one of the page.
- `order_by`: What orders the list.
- `search`: Text to search for.
- `sort`: The direction of the order.
```ignore
let response = client.list_project_repositories()
    .project_id(project_id)
    .limit(limit)
    .offset(offset)
    .order_by(order_by)
    .search(search)
    .sort(sort)
    .send()
    .await;
```*/
    pub fn list_project_repositories(&self) -> builder::ListProjectRepositories<'_> {
        builder::ListProjectRepositories::new(self)
    }
    /**Get a token for a user name and password

Answers with the token in the header X-Subject-Token. A token lives for 24 hours; a new one does not end the older ones. The user is an IAM user with programmatic access.

Sends a `POST` request to `/v3/auth/tokens`

Arguments:
- `nocatalog`: With any value that is not empty, the answer leaves the catalog of services out.
- `body`: Who asks, and what the token is for.
```ignore
let response = client.keystone_create_user_token_by_password()
    .nocatalog(nocatalog)
    .body(body)
    .send()
    .await;
```*/
    pub fn keystone_create_user_token_by_password(
        &self,
    ) -> builder::KeystoneCreateUserTokenByPassword<'_> {
        builder::KeystoneCreateUserTokenByPassword::new(self)
    }
    /**Get a token for an ID token of an identity provider

Answers with the token of a federated user in the header X-Subject-Token. The account has the provider as one of OpenID Connect. Without a scope, the token is only good for CreateTemporaryAccessKeyByToken and its like.

Sends a `POST` request to `/v3.0/OS-AUTH/id-token/tokens`

Arguments:
- `x_idp_id`: ID (name) of the identity provider.
- `body`: The ID token.
```ignore
let response = client.create_token_with_id_token()
    .x_idp_id(x_idp_id)
    .body(body)
    .send()
    .await;
```*/
    pub fn create_token_with_id_token(&self) -> builder::CreateTokenWithIdToken<'_> {
        builder::CreateTokenWithIdToken::new(self)
    }
    /**Get a temporary access key for a token or an agency

Answers with a temporary access key: of the token in the body, or of an agency that trusts the caller, by its name. The vendor has a page for each, CreateTemporaryAccessKeyByToken and CreateTemporaryAccessKeyByAgency. The first one needs no authorization beside the token in the body.

Sends a `POST` request to `/v3.0/OS-CREDENTIAL/securitytokens`

Arguments:
- `body`: What the key is for.
```ignore
let response = client.create_temporary_access_key_by_token()
    .body(body)
    .send()
    .await;
```*/
    pub fn create_temporary_access_key_by_token(
        &self,
    ) -> builder::CreateTemporaryAccessKeyByToken<'_> {
        builder::CreateTemporaryAccessKeyByToken::new(self)
    }
    /**Get a temporary access key for an ID token

Answers with a temporary access key of an agency that trusts the OpenID Connect provider of the token. The request is neither signed nor has it a token.

Sends a `POST` request to `/v5/agencies/assume-with-oidc`

Arguments:
- `body`: The agency and the ID token.
```ignore
let response = client.assume_agency_with_oidc()
    .body(body)
    .send()
    .await;
```*/
    pub fn assume_agency_with_oidc(&self) -> builder::AssumeAgencyWithOidc<'_> {
        builder::AssumeAgencyWithOidc::new(self)
    }
    /**Get a temporary access key of an agency

Answers with a temporary access key of an agency that trusts the caller. The caller needs the permission sts:agencies:assume, and signs the request with its access key.

Sends a `POST` request to `/v5/agencies/assume`

Arguments:
- `body`: The agency.
```ignore
let response = client.assume_agency()
    .body(body)
    .send()
    .await;
```*/
    pub fn assume_agency(&self) -> builder::AssumeAgency<'_> {
        builder::AssumeAgency::new(self)
    }
    /**See whose access key it is

Answers with the account and the user or agency whose access key has signed the request.

Sends a `GET` request to `/v5/caller-identity`

```ignore
let response = client.get_caller_identity()
    .send()
    .await;
```*/
    pub fn get_caller_identity(&self) -> builder::GetCallerIdentity<'_> {
        builder::GetCallerIdentity::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::show_remote_mirror`]

[`Client::show_remote_mirror`]: super::Client::show_remote_mirror*/
    #[derive(Debug, Clone)]
    pub struct ShowRemoteMirror<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
    }
    impl<'a> ShowRemoteMirror<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v4/repositories/{repository_id}/remote-mirror`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RemoteMirror>, Error<crate::ErrorBody>> {
            let Self { client, repository_id } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}/remote-mirror", client.baseurl, encode_path(&
                repository_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "show_remote_mirror",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::update_repository_remote_mirror`]

[`Client::update_repository_remote_mirror`]: super::Client::update_repository_remote_mirror*/
    #[derive(Debug, Clone)]
    pub struct UpdateRepositoryRemoteMirror<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
        body: Result<types::builder::UpdateRemoteMirrorRequest, String>,
    }
    impl<'a> UpdateRepositoryRemoteMirror<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::UpdateRemoteMirrorRequest>,
            <V as std::convert::TryInto<
                types::UpdateRemoteMirrorRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `UpdateRemoteMirrorRequest` for body failed: {}",
                        s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::UpdateRemoteMirrorRequest,
            ) -> types::builder::UpdateRemoteMirrorRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v4/repositories/{repository_id}/remote-mirror`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::UpdateRemoteMirrorResponse>,
            Error<crate::ErrorBody>,
        > {
            let Self { client, repository_id, body } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::UpdateRemoteMirrorRequest::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}/remote-mirror", client.baseurl, encode_path(&
                repository_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "update_repository_remote_mirror",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::start_remote_mirror_synchronization`]

[`Client::start_remote_mirror_synchronization`]: super::Client::start_remote_mirror_synchronization*/
    #[derive(Debug, Clone)]
    pub struct StartRemoteMirrorSynchronization<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
        body: Result<types::builder::RemoteMirrorSyncRequest, String>,
    }
    impl<'a> StartRemoteMirrorSynchronization<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RemoteMirrorSyncRequest>,
            <V as std::convert::TryInto<
                types::RemoteMirrorSyncRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `RemoteMirrorSyncRequest` for body failed: {}", s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::RemoteMirrorSyncRequest,
            ) -> types::builder::RemoteMirrorSyncRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v4/repositories/{repository_id}/remote-mirror`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::RemoteMirrorSyncResponse>,
            Error<crate::ErrorBody>,
        > {
            let Self { client, repository_id, body } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::RemoteMirrorSyncRequest::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}/remote-mirror", client.baseurl, encode_path(&
                repository_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "start_remote_mirror_synchronization",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::associate_remote_mirror`]

[`Client::associate_remote_mirror`]: super::Client::associate_remote_mirror*/
    #[derive(Debug, Clone)]
    pub struct AssociateRemoteMirror<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
        body: Result<types::builder::AssociateRemoteMirrorRequest, String>,
    }
    impl<'a> AssociateRemoteMirror<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::AssociateRemoteMirrorRequest>,
            <V as std::convert::TryInto<
                types::AssociateRemoteMirrorRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `AssociateRemoteMirrorRequest` for body failed: {}",
                        s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::AssociateRemoteMirrorRequest,
            ) -> types::builder::AssociateRemoteMirrorRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v4/repositories/{repository_id}/remote-mirror/associate`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RemoteMirror>, Error<crate::ErrorBody>> {
            let Self { client, repository_id, body } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::AssociateRemoteMirrorRequest::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}/remote-mirror/associate", client.baseurl,
                encode_path(& repository_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "associate_remote_mirror",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_current_user_repositories`]

[`Client::list_current_user_repositories`]: super::Client::list_current_user_repositories*/
    #[derive(Debug, Clone)]
    pub struct ListCurrentUserRepositories<'a> {
        client: &'a super::Client,
        archived: Result<Option<bool>, String>,
        include_abnormal: Result<Option<bool>, String>,
        limit: Result<Option<crate::PageLimit>, String>,
        membership: Result<Option<bool>, String>,
        offset: Result<Option<crate::PageOffset>, String>,
        order_by: Result<Option<types::RepositoryOrder>, String>,
        search: Result<Option<types::SearchText>, String>,
        sort: Result<Option<types::SortDirection>, String>,
        starred: Result<Option<bool>, String>,
        user_created: Result<Option<bool>, String>,
    }
    impl<'a> ListCurrentUserRepositories<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                archived: Ok(None),
                include_abnormal: Ok(None),
                limit: Ok(None),
                membership: Ok(None),
                offset: Ok(None),
                order_by: Ok(None),
                search: Ok(None),
                sort: Ok(None),
                starred: Ok(None),
                user_created: Ok(None),
            }
        }
        pub fn archived<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.archived = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for archived failed".to_string());
            self
        }
        pub fn include_abnormal<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.include_abnormal = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `bool` for include_abnormal failed".to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageLimit>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageLimit` for limit failed".to_string()
                });
            self
        }
        pub fn membership<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.membership = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for membership failed".to_string());
            self
        }
        pub fn offset<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageOffset>,
        {
            self.offset = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageOffset` for offset failed".to_string()
                });
            self
        }
        pub fn order_by<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::RepositoryOrder>,
        {
            self.order_by = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `RepositoryOrder` for order_by failed".to_string()
                });
            self
        }
        pub fn search<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SearchText>,
        {
            self.search = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `SearchText` for search failed".to_string());
            self
        }
        pub fn sort<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SortDirection>,
        {
            self.sort = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `SortDirection` for sort failed".to_string()
                });
            self
        }
        pub fn starred<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.starred = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for starred failed".to_string());
            self
        }
        pub fn user_created<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.user_created = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for user_created failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v4/user/repositories`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RepositoryPage>, Error<crate::ErrorBody>> {
            let Self {
                client,
                archived,
                include_abnormal,
                limit,
                membership,
                offset,
                order_by,
                search,
                sort,
                starred,
                user_created,
            } = self;
            let archived = archived.map_err(Error::InvalidRequest)?;
            let include_abnormal = include_abnormal.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let membership = membership.map_err(Error::InvalidRequest)?;
            let offset = offset.map_err(Error::InvalidRequest)?;
            let order_by = order_by.map_err(Error::InvalidRequest)?;
            let search = search.map_err(Error::InvalidRequest)?;
            let sort = sort.map_err(Error::InvalidRequest)?;
            let starred = starred.map_err(Error::InvalidRequest)?;
            let user_created = user_created.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v4/user/repositories", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("archived", &archived))
                .query(
                    &progenitor_client::QueryParam::new(
                        "include_abnormal",
                        &include_abnormal,
                    ),
                )
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("membership", &membership))
                .query(&progenitor_client::QueryParam::new("offset", &offset))
                .query(&progenitor_client::QueryParam::new("order_by", &order_by))
                .query(&progenitor_client::QueryParam::new("search", &search))
                .query(&progenitor_client::QueryParam::new("sort", &sort))
                .query(&progenitor_client::QueryParam::new("starred", &starred))
                .query(
                    &progenitor_client::QueryParam::new("user_created", &user_created),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_current_user_repositories",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::show_repository`]

[`Client::show_repository`]: super::Client::show_repository*/
    #[derive(Debug, Clone)]
    pub struct ShowRepository<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
    }
    impl<'a> ShowRepository<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v4/repositories/{repository_id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::RepositoryDetails>, Error<crate::ErrorBody>> {
            let Self { client, repository_id } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}", client.baseurl, encode_path(& repository_id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "show_repository",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_branches`]

[`Client::list_branches`]: super::Client::list_branches*/
    #[derive(Debug, Clone)]
    pub struct ListBranches<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
        branch_type: Result<Option<types::BranchType>, String>,
        creator: Result<Option<types::CreatorId>, String>,
        limit: Result<Option<crate::PageLimit>, String>,
        offset: Result<Option<crate::PageOffset>, String>,
        query_view: Result<Option<types::BranchQueryView>, String>,
        sort: Result<Option<types::BranchSort>, String>,
        view: Result<Option<types::BranchView>, String>,
    }
    impl<'a> ListBranches<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
                branch_type: Ok(None),
                creator: Ok(None),
                limit: Ok(None),
                offset: Ok(None),
                query_view: Ok(None),
                sort: Ok(None),
                view: Ok(None),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        pub fn branch_type<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::BranchType>,
        {
            self.branch_type = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `BranchType` for branch_type failed".to_string()
                });
            self
        }
        pub fn creator<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreatorId>,
        {
            self.creator = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `CreatorId` for creator failed".to_string());
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageLimit>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageLimit` for limit failed".to_string()
                });
            self
        }
        pub fn offset<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageOffset>,
        {
            self.offset = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageOffset` for offset failed".to_string()
                });
            self
        }
        pub fn query_view<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::BranchQueryView>,
        {
            self.query_view = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `BranchQueryView` for query_view failed".to_string()
                });
            self
        }
        pub fn sort<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::BranchSort>,
        {
            self.sort = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `BranchSort` for sort failed".to_string());
            self
        }
        pub fn view<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::BranchView>,
        {
            self.view = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `BranchView` for view failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v4/repositories/{repository_id}/repository/branches`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::BranchPage>, Error<crate::ErrorBody>> {
            let Self {
                client,
                repository_id,
                branch_type,
                creator,
                limit,
                offset,
                query_view,
                sort,
                view,
            } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let branch_type = branch_type.map_err(Error::InvalidRequest)?;
            let creator = creator.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let offset = offset.map_err(Error::InvalidRequest)?;
            let query_view = query_view.map_err(Error::InvalidRequest)?;
            let sort = sort.map_err(Error::InvalidRequest)?;
            let view = view.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}/repository/branches", client.baseurl,
                encode_path(& repository_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("branch_type", &branch_type))
                .query(&progenitor_client::QueryParam::new("creator", &creator))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("offset", &offset))
                .query(&progenitor_client::QueryParam::new("query_view", &query_view))
                .query(&progenitor_client::QueryParam::new("sort", &sort))
                .query(&progenitor_client::QueryParam::new("view", &view))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_branches",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::show_branch`]

[`Client::show_branch`]: super::Client::show_branch*/
    #[derive(Debug, Clone)]
    pub struct ShowBranch<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
        branch_name: Result<types::BranchName, String>,
    }
    impl<'a> ShowBranch<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
                branch_name: Err("branch_name was not initialized".to_string()),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        pub fn branch_name<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::BranchName>,
        {
            self.branch_name = value
                .try_into()
                .map_err(|_| {
                    "conversion to `BranchName` for branch_name failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v4/repositories/{repository_id}/repository/branch`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::BranchDetails>, Error<crate::ErrorBody>> {
            let Self { client, repository_id, branch_name } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let branch_name = branch_name.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}/repository/branch", client.baseurl, encode_path(&
                repository_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("branch_name", &branch_name))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "show_branch",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_tags`]

[`Client::list_tags`]: super::Client::list_tags*/
    #[derive(Debug, Clone)]
    pub struct ListTags<'a> {
        client: &'a super::Client,
        repository_id: Result<crate::RepositoryId, String>,
        creator: Result<Option<types::CreatorId>, String>,
        limit: Result<Option<crate::PageLimit>, String>,
        offset: Result<Option<crate::PageOffset>, String>,
        order_by: Result<Option<types::TagOrder>, String>,
        search: Result<Option<types::TagSearch>, String>,
        sort: Result<Option<types::SortDirection>, String>,
        view: Result<Option<types::TagView>, String>,
    }
    impl<'a> ListTags<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                repository_id: Err("repository_id was not initialized".to_string()),
                creator: Ok(None),
                limit: Ok(None),
                offset: Ok(None),
                order_by: Ok(None),
                search: Ok(None),
                sort: Ok(None),
                view: Ok(None),
            }
        }
        pub fn repository_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::RepositoryId>,
        {
            self.repository_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `crate :: RepositoryId` for repository_id failed"
                        .to_string()
                });
            self
        }
        pub fn creator<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreatorId>,
        {
            self.creator = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `CreatorId` for creator failed".to_string());
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageLimit>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageLimit` for limit failed".to_string()
                });
            self
        }
        pub fn offset<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageOffset>,
        {
            self.offset = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageOffset` for offset failed".to_string()
                });
            self
        }
        pub fn order_by<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TagOrder>,
        {
            self.order_by = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `TagOrder` for order_by failed".to_string());
            self
        }
        pub fn search<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TagSearch>,
        {
            self.search = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `TagSearch` for search failed".to_string());
            self
        }
        pub fn sort<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SortDirection>,
        {
            self.sort = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `SortDirection` for sort failed".to_string()
                });
            self
        }
        pub fn view<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TagView>,
        {
            self.view = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `TagView` for view failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v4/repositories/{repository_id}/repository/tags`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::TagPage>, Error<crate::ErrorBody>> {
            let Self {
                client,
                repository_id,
                creator,
                limit,
                offset,
                order_by,
                search,
                sort,
                view,
            } = self;
            let repository_id = repository_id.map_err(Error::InvalidRequest)?;
            let creator = creator.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let offset = offset.map_err(Error::InvalidRequest)?;
            let order_by = order_by.map_err(Error::InvalidRequest)?;
            let search = search.map_err(Error::InvalidRequest)?;
            let sort = sort.map_err(Error::InvalidRequest)?;
            let view = view.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/repositories/{}/repository/tags", client.baseurl, encode_path(&
                repository_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("creator", &creator))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("offset", &offset))
                .query(&progenitor_client::QueryParam::new("order_by", &order_by))
                .query(&progenitor_client::QueryParam::new("search", &search))
                .query(&progenitor_client::QueryParam::new("sort", &sort))
                .query(&progenitor_client::QueryParam::new("view", &view))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_tags",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::list_project_repositories`]

[`Client::list_project_repositories`]: super::Client::list_project_repositories*/
    #[derive(Debug, Clone)]
    pub struct ListProjectRepositories<'a> {
        client: &'a super::Client,
        project_id: Result<types::ProjectId, String>,
        limit: Result<Option<crate::PageLimit>, String>,
        offset: Result<Option<crate::PageOffset>, String>,
        order_by: Result<Option<types::ProjectRepositoryOrder>, String>,
        search: Result<Option<::std::string::String>, String>,
        sort: Result<Option<types::SortDirection>, String>,
    }
    impl<'a> ListProjectRepositories<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                project_id: Err("project_id was not initialized".to_string()),
                limit: Ok(None),
                offset: Ok(None),
                order_by: Ok(None),
                search: Ok(None),
                sort: Ok(None),
            }
        }
        pub fn project_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ProjectId>,
        {
            self.project_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `ProjectId` for project_id failed".to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageLimit>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageLimit` for limit failed".to_string()
                });
            self
        }
        pub fn offset<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<crate::PageOffset>,
        {
            self.offset = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `crate :: PageOffset` for offset failed".to_string()
                });
            self
        }
        pub fn order_by<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ProjectRepositoryOrder>,
        {
            self.order_by = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `ProjectRepositoryOrder` for order_by failed"
                        .to_string()
                });
            self
        }
        pub fn search<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.search = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for search failed"
                        .to_string()
                });
            self
        }
        pub fn sort<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SortDirection>,
        {
            self.sort = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `SortDirection` for sort failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v4/projects/{project_id}/repositories`
        pub async fn send(
            self,
        ) -> Result<
            ResponseValue<types::ProjectRepositoryPage>,
            Error<crate::ErrorBody>,
        > {
            let Self { client, project_id, limit, offset, order_by, search, sort } = self;
            let project_id = project_id.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let offset = offset.map_err(Error::InvalidRequest)?;
            let order_by = order_by.map_err(Error::InvalidRequest)?;
            let search = search.map_err(Error::InvalidRequest)?;
            let sort = sort.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v4/projects/{}/repositories", client.baseurl, encode_path(&
                project_id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("offset", &offset))
                .query(&progenitor_client::QueryParam::new("order_by", &order_by))
                .query(&progenitor_client::QueryParam::new("search", &search))
                .query(&progenitor_client::QueryParam::new("sort", &sort))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "list_project_repositories",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::keystone_create_user_token_by_password`]

[`Client::keystone_create_user_token_by_password`]: super::Client::keystone_create_user_token_by_password*/
    #[derive(Debug, Clone)]
    pub struct KeystoneCreateUserTokenByPassword<'a> {
        client: &'a super::Client,
        nocatalog: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::CreateTokenRequest, String>,
    }
    impl<'a> KeystoneCreateUserTokenByPassword<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                nocatalog: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn nocatalog<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.nocatalog = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for nocatalog failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::CreateTokenRequest>,
            <V as std::convert::TryInto<
                types::CreateTokenRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `CreateTokenRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::CreateTokenRequest,
            ) -> types::builder::CreateTokenRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v3/auth/tokens`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::CreateTokenResponse>, Error<crate::ErrorBody>> {
            let Self { client, nocatalog, body } = self;
            let nocatalog = nocatalog.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::CreateTokenRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v3/auth/tokens", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .query(&progenitor_client::QueryParam::new("nocatalog", &nocatalog))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "keystone_create_user_token_by_password",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                401u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                403u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                404u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                503u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_token_with_id_token`]

[`Client::create_token_with_id_token`]: super::Client::create_token_with_id_token*/
    #[derive(Debug, Clone)]
    pub struct CreateTokenWithIdToken<'a> {
        client: &'a super::Client,
        x_idp_id: Result<::std::string::String, String>,
        body: Result<types::builder::IdTokenLogin, String>,
    }
    impl<'a> CreateTokenWithIdToken<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                x_idp_id: Err("x_idp_id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn x_idp_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.x_idp_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for x_idp_id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::IdTokenLogin>,
            <V as std::convert::TryInto<types::IdTokenLogin>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `IdTokenLogin` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::IdTokenLogin,
            ) -> types::builder::IdTokenLogin,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v3.0/OS-AUTH/id-token/tokens`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::IdTokenLoginResponse>, Error<()>> {
            let Self { client, x_idp_id, body } = self;
            let x_idp_id = x_idp_id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::IdTokenLogin::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v3.0/OS-AUTH/id-token/tokens", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            header_map.append("X-Idp-Id", x_idp_id.to_string().try_into()?);
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_token_with_id_token",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                201u16 => ResponseValue::from_response(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::create_temporary_access_key_by_token`]

[`Client::create_temporary_access_key_by_token`]: super::Client::create_temporary_access_key_by_token*/
    #[derive(Debug, Clone)]
    pub struct CreateTemporaryAccessKeyByToken<'a> {
        client: &'a super::Client,
        body: Result<types::builder::TemporaryKeyRequest, String>,
    }
    impl<'a> CreateTemporaryAccessKeyByToken<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::TemporaryKeyRequest>,
            <V as std::convert::TryInto<
                types::TemporaryKeyRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `TemporaryKeyRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::TemporaryKeyRequest,
            ) -> types::builder::TemporaryKeyRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v3.0/OS-CREDENTIAL/securitytokens`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::TemporaryKeyResponse>, Error<()>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::TemporaryKeyRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v3.0/OS-CREDENTIAL/securitytokens", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "create_temporary_access_key_by_token",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                201u16 => ResponseValue::from_response(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::assume_agency_with_oidc`]

[`Client::assume_agency_with_oidc`]: super::Client::assume_agency_with_oidc*/
    #[derive(Debug, Clone)]
    pub struct AssumeAgencyWithOidc<'a> {
        client: &'a super::Client,
        body: Result<types::builder::AssumeAgencyWithOidcRequest, String>,
    }
    impl<'a> AssumeAgencyWithOidc<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::AssumeAgencyWithOidcRequest>,
            <V as std::convert::TryInto<
                types::AssumeAgencyWithOidcRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `AssumeAgencyWithOidcRequest` for body failed: {}",
                        s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::AssumeAgencyWithOidcRequest,
            ) -> types::builder::AssumeAgencyWithOidcRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v5/agencies/assume-with-oidc`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AssumeAgencyWithOidcResponse>, Error<()>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::AssumeAgencyWithOidcRequest::try_from(v)
                        .map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v5/agencies/assume-with-oidc", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "assume_agency_with_oidc",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::assume_agency`]

[`Client::assume_agency`]: super::Client::assume_agency*/
    #[derive(Debug, Clone)]
    pub struct AssumeAgency<'a> {
        client: &'a super::Client,
        body: Result<types::builder::AssumeAgencyRequest, String>,
    }
    impl<'a> AssumeAgency<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::AssumeAgencyRequest>,
            <V as std::convert::TryInto<
                types::AssumeAgencyRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `AssumeAgencyRequest` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::AssumeAgencyRequest,
            ) -> types::builder::AssumeAgencyRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v5/agencies/assume`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AssumeAgencyResponse>, Error<()>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::AssumeAgencyRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v5/agencies/assume", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "assume_agency",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::get_caller_identity`]

[`Client::get_caller_identity`]: super::Client::get_caller_identity*/
    #[derive(Debug, Clone)]
    pub struct GetCallerIdentity<'a> {
        client: &'a super::Client,
    }
    impl<'a> GetCallerIdentity<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v5/caller-identity`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::CallerIdentity>, Error<()>> {
            let Self { client } = self;
            let url = format!("{}/v5/caller-identity", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "get_caller_identity",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
