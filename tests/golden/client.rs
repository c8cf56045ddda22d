#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///The mirror source. Every field is optional.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct AssociateRemoteMirrorRequest {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::MirrorUrl>,
    }
    ///A method of authentication.
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
    ///A service in the catalogue.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
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
    ///Who asks for a token, and what it is for.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        schemars::JsonSchema
    )]
    pub struct CreateTokenRequest {
        pub auth: TokenAuth,
    }
    ///What IAM says of the token. The token itself is in the header X-Subject-Token.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct CreateTokenResponse {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<TokenDetails>,
    }
    ///The repository that a fork was made from. Its members are not documented.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
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
    ///The code and the text of a refusal by IAM.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
    ///Something with an id and a name.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
    ///A user with its password.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        schemars::JsonSchema
    )]
    pub struct PasswordIdentity {
        pub user: PasswordUser,
    }
    ///An IAM user, its password and the account (domain) that it belongs to.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        schemars::JsonSchema
    )]
    pub struct PasswordUser {
        pub domain: UserDomain,
        ///Name of the IAM user.
        pub name: ::std::string::String,
        ///Password of the IAM user.
        pub password: crate::WireSecret,
    }
    ///The mirror of a repository. The vendor documents no values of update_status and no format of the times.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
        ///Time of the last successful synchronisation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_successful_update_at: ::std::option::Option<::std::string::String>,
        ///Time of the last change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_update_at: ::std::option::Option<::std::string::String>,
        ///Whether the scheduled synchronisation is on.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mirroring_enabled: ::std::option::Option<bool>,
        ///How many synchronisations failed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub number_of_failures: ::std::option::Option<i64>,
        ///Id of the repository.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub repository_id: ::std::option::Option<i64>,
        ///State of the synchronisation. The values are not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub update_status: ::std::option::Option<::std::string::String>,
        ///Address of the mirror source.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    ///How the mirror source is read. Every field is optional.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct RemoteMirrorSyncRequest {
        ///UUID of the service endpoint of the project that holds the credentials for the mirror source.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint_uuid: ::std::option::Option<::std::string::String>,
        ///Whether to force the synchronisation. The vendor states no default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub force_fetch: ::std::option::Option<bool>,
        ///Password or access token at the mirror source, Base64 encoded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password: ::std::option::Option<crate::WireSecret>,
        ///User name at the mirror source, Base64 encoded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<crate::WireSecret>,
    }
    ///The accepted synchronisation.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct RemoteMirrorSyncResponse {
        ///Synchronisation task id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub jid: ::std::option::Option<::std::string::String>,
    }
    ///A repository that the caller can see.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
    ///The time that orders the list of repositories.
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
    ///A project or an account, by id or by name. The name of a region's own project is the region's id.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
    ///Which branches are synchronised, all of them or the default one.
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
    ///The identity that asks and the scope of the token.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        schemars::JsonSchema
    )]
    pub struct TokenAuth {
        pub identity: TokenIdentity,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scope: ::std::option::Option<TokenScope>,
    }
    ///The life, the owner and the scope of a token.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct TokenDetails {
        ///The catalogue of services.
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
    ///The user that asks, and how it proves who it is.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        schemars::JsonSchema
    )]
    pub struct TokenIdentity {
        ///The methods of authentication; here the password alone.
        pub methods: ::std::vec::Vec<AuthMethod>,
        pub password: PasswordIdentity,
    }
    ///The project or account that a token is for.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
    ///A right of the token.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
    ///What the token is for, one project or one account (domain); one of the two only.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct TokenScope {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub domain: ::std::option::Option<ScopeTarget>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub project: ::std::option::Option<ScopeTarget>,
    }
    ///The user that the token was made for.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
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
    ///The settings to change. Every field is optional.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct UpdateRemoteMirrorRequest {
        ///UUID of the service endpoint.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint_uuid: ::std::option::Option<::std::string::String>,
        ///Whether the scheduled synchronisation is on. The vendor's Chinese page for this call says the opposite (true for off), against the name of the field and against ShowRemoteMirror; what the service does is unverified. The answer tells what was set.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mirroring_enabled: ::std::option::Option<bool>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sync_branch_type: ::std::option::Option<SyncBranchType>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::MirrorUrl>,
    }
    ///The settings after the change.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Default,
        schemars::JsonSchema
    )]
    pub struct UpdateRemoteMirrorResponse {
        ///UUID of the service endpoint.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint_uuid: ::std::option::Option<::std::string::String>,
        ///Whether the scheduled synchronisation is on; see the request for a contradiction.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mirroring_enabled: ::std::option::Option<bool>,
        ///Which branches are synchronised.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sync_branch_type: ::std::option::Option<::std::string::String>,
        ///Address of the mirror source.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    ///The account (domain) that a user belongs to.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        schemars::JsonSchema
    )]
    pub struct UserDomain {
        ///Name of the account.
        pub name: ::std::string::String,
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

The mirror synchronisation of Huawei Cloud CodeArts Repo repositories: start a synchronisation, see how it ended, change or create the mirror's settings, and the two calls that the vendor's page sends its reader to for the repository id and for the token. The version is the date of the vendor's page for StartRemoteMirrorSynchronization that this document follows. The vendor's English pages say "image" where they mean mirror.

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
#[allow(clippy::all)]
impl Client {
    /**Show the mirror of a repository

Reports the mirror's settings and the state of its last synchronisation. It is the only way to learn how a synchronisation ended.

Sends a `GET` request to `/v4/repositories/{repository_id}/remote-mirror`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
*/
    pub async fn show_remote_mirror<'a>(
        &'a self,
        repository_id: &'a crate::RepositoryId,
    ) -> Result<ResponseValue<types::RemoteMirror>, Error<crate::ErrorBody>> {
        let url = format!(
            "{}/v4/repositories/{}/remote-mirror", self.baseurl, encode_path(&
            repository_id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = crate::address::request(
                &self.client,
                ::reqwest::Method::GET,
                url,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "show_remote_mirror",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => {
                crate::answer::decode(response, &self.inner, info.operation_id).await
            }
            401u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            403u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            404u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Change the mirror of a repository

Changes the source, the branches, the schedule or the service endpoint of the mirror.

Sends a `PUT` request to `/v4/repositories/{repository_id}/remote-mirror`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `body`: The settings to change; what is left out stays as it is.
*/
    pub async fn update_repository_remote_mirror<'a>(
        &'a self,
        repository_id: &'a crate::RepositoryId,
        body: &'a types::UpdateRemoteMirrorRequest,
    ) -> Result<
        ResponseValue<types::UpdateRemoteMirrorResponse>,
        Error<crate::ErrorBody>,
    > {
        let url = format!(
            "{}/v4/repositories/{}/remote-mirror", self.baseurl, encode_path(&
            repository_id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = crate::address::request(
                &self.client,
                ::reqwest::Method::PUT,
                url,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "update_repository_remote_mirror",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => {
                crate::answer::decode(response, &self.inner, info.operation_id).await
            }
            401u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            403u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            404u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Start a mirror synchronisation

Starts to fetch the repository's mirror source into the repository. The answer only says that the task was accepted; ShowRemoteMirror tells how it ended. No operation takes the task id.

Sends a `POST` request to `/v4/repositories/{repository_id}/remote-mirror`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `body`: How the mirror source is read. A public source needs none of the fields. What the service does when both credentials and an endpoint are given is not documented.
*/
    pub async fn start_remote_mirror_synchronization<'a>(
        &'a self,
        repository_id: &'a crate::RepositoryId,
        body: &'a types::RemoteMirrorSyncRequest,
    ) -> Result<
        ResponseValue<types::RemoteMirrorSyncResponse>,
        Error<crate::ErrorBody>,
    > {
        let url = format!(
            "{}/v4/repositories/{}/remote-mirror", self.baseurl, encode_path(&
            repository_id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = crate::address::request(
                &self.client,
                ::reqwest::Method::POST,
                url,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "start_remote_mirror_synchronization",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => {
                crate::answer::decode(response, &self.inner, info.operation_id).await
            }
            401u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            403u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            404u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Turn a repository into a mirror

Gives a repository a mirror source. The vendor's page shows no body; the vendor's SDK sends one with an optional url.

Sends a `POST` request to `/v4/repositories/{repository_id}/remote-mirror/associate`

Arguments:
- `repository_id`: The number of the repository, from ListCurrentUserRepositories.
- `body`: The mirror source.
*/
    pub async fn associate_remote_mirror<'a>(
        &'a self,
        repository_id: &'a crate::RepositoryId,
        body: &'a types::AssociateRemoteMirrorRequest,
    ) -> Result<ResponseValue<types::RemoteMirror>, Error<crate::ErrorBody>> {
        let url = format!(
            "{}/v4/repositories/{}/remote-mirror/associate", self.baseurl, encode_path(&
            repository_id.to_string()),
        );
        #[allow(unused_mut)]
        let mut request = crate::address::request(
                &self.client,
                ::reqwest::Method::POST,
                url,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "associate_remote_mirror",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => {
                crate::answer::decode(response, &self.inner, info.operation_id).await
            }
            401u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            403u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            404u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
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
*/
    pub async fn list_current_user_repositories<'a>(
        &'a self,
        archived: Option<bool>,
        include_abnormal: Option<bool>,
        limit: Option<&'a crate::PageLimit>,
        membership: Option<bool>,
        offset: Option<&'a crate::PageOffset>,
        order_by: Option<types::RepositoryOrder>,
        search: Option<&'a types::SearchText>,
        sort: Option<types::SortDirection>,
        starred: Option<bool>,
        user_created: Option<bool>,
    ) -> Result<ResponseValue<types::RepositoryPage>, Error<crate::ErrorBody>> {
        let url = format!("{}/v4/user/repositories", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = crate::address::request(
                &self.client,
                ::reqwest::Method::GET,
                url,
            )
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
            .query(&progenitor_client::QueryParam::new("user_created", &user_created))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_current_user_repositories",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => {
                crate::answer::decode(response, &self.inner, info.operation_id).await
            }
            401u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            403u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            404u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get a token for a user name and password

Answers with the token in the header X-Subject-Token. A token lives for 24 hours; a new one does not end the older ones. The user is an IAM user with programmatic access.

Sends a `POST` request to `/v3/auth/tokens`

Arguments:
- `nocatalog`: With any value that is not empty, the answer leaves the catalogue of services out.
- `body`: Who asks, and what the token is for.
*/
    pub async fn keystone_create_user_token_by_password<'a>(
        &'a self,
        nocatalog: Option<&'a str>,
        body: &'a types::CreateTokenRequest,
    ) -> Result<ResponseValue<types::CreateTokenResponse>, Error<crate::ErrorBody>> {
        let url = format!("{}/v3/auth/tokens", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = crate::address::request(
                &self.client,
                ::reqwest::Method::POST,
                url,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .query(&progenitor_client::QueryParam::new("nocatalog", &nocatalog))
            .build()?;
        let info = OperationInfo {
            operation_id: "keystone_create_user_token_by_password",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => {
                crate::answer::decode(response, &self.inner, info.operation_id).await
            }
            400u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            401u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            403u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            404u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            500u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            503u16 => {
                Err(
                    Error::ErrorResponse(
                        Box::pin(ResponseValue::from_response(response)).await?,
                    ),
                )
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
