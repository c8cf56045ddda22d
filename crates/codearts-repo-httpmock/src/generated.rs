// Generated from openapi.yaml.
pub mod operations {
    //! [`When`](::httpmock::When) and [`Then`](::httpmock::Then)
    //! wrappers for each operation. Each can be converted to
    //! its inner type with a call to `into_inner()`. This can
    //! be used to explicitly deviate from permitted values.
    use ::codearts_repo_client::*;
    pub struct ShowRemoteMirrorWhen(::httpmock::When);
    impl ShowRemoteMirrorWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(
                        regex::Regex::new("^/v4/repositories/[^/]*/remote-mirror$")
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!("^/v4/repositories/{}/remote-mirror$", value.to_string()),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
    }
    pub struct ShowRemoteMirrorThen(::httpmock::Then);
    impl ShowRemoteMirrorThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::RemoteMirror) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct UpdateRepositoryRemoteMirrorWhen(::httpmock::When);
    impl UpdateRepositoryRemoteMirrorWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::PUT)
                    .path_matches(
                        regex::Regex::new("^/v4/repositories/[^/]*/remote-mirror$")
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!("^/v4/repositories/{}/remote-mirror$", value.to_string()),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn body(self, value: &types::UpdateRemoteMirrorRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct UpdateRepositoryRemoteMirrorThen(::httpmock::Then);
    impl UpdateRepositoryRemoteMirrorThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::UpdateRemoteMirrorResponse) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct StartRemoteMirrorSynchronizationWhen(::httpmock::When);
    impl StartRemoteMirrorSynchronizationWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(
                        regex::Regex::new("^/v4/repositories/[^/]*/remote-mirror$")
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!("^/v4/repositories/{}/remote-mirror$", value.to_string()),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn body(self, value: &types::RemoteMirrorSyncRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct StartRemoteMirrorSynchronizationThen(::httpmock::Then);
    impl StartRemoteMirrorSynchronizationThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::RemoteMirrorSyncResponse) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct AssociateRemoteMirrorWhen(::httpmock::When);
    impl AssociateRemoteMirrorWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(
                        regex::Regex::new(
                                "^/v4/repositories/[^/]*/remote-mirror/associate$",
                            )
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^/v4/repositories/{}/remote-mirror/associate$", value
                        .to_string()
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn body(self, value: &types::AssociateRemoteMirrorRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct AssociateRemoteMirrorThen(::httpmock::Then);
    impl AssociateRemoteMirrorThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn created(self, value: &types::RemoteMirror) -> Self {
            Self(
                self
                    .0
                    .status(201u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct ListCurrentUserRepositoriesWhen(::httpmock::When);
    impl ListCurrentUserRepositoriesWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^/v4/user/repositories$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn archived<T>(self, value: T) -> Self
        where
            T: Into<Option<bool>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("archived", value.to_string()))
            } else {
                Self(self.0.query_param_missing("archived"))
            }
        }
        pub fn include_abnormal<T>(self, value: T) -> Self
        where
            T: Into<Option<bool>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("include_abnormal", value.to_string()))
            } else {
                Self(self.0.query_param_missing("include_abnormal"))
            }
        }
        pub fn limit<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageLimit>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("limit", value.to_string()))
            } else {
                Self(self.0.query_param_missing("limit"))
            }
        }
        pub fn membership<T>(self, value: T) -> Self
        where
            T: Into<Option<bool>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("membership", value.to_string()))
            } else {
                Self(self.0.query_param_missing("membership"))
            }
        }
        pub fn offset<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageOffset>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("offset", value.to_string()))
            } else {
                Self(self.0.query_param_missing("offset"))
            }
        }
        pub fn order_by<T>(self, value: T) -> Self
        where
            T: Into<Option<types::RepositoryOrder>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("order_by", value.to_string()))
            } else {
                Self(self.0.query_param_missing("order_by"))
            }
        }
        pub fn search<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a types::SearchText>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("search", value.to_string()))
            } else {
                Self(self.0.query_param_missing("search"))
            }
        }
        pub fn sort<T>(self, value: T) -> Self
        where
            T: Into<Option<types::SortDirection>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("sort", value.to_string()))
            } else {
                Self(self.0.query_param_missing("sort"))
            }
        }
        pub fn starred<T>(self, value: T) -> Self
        where
            T: Into<Option<bool>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("starred", value.to_string()))
            } else {
                Self(self.0.query_param_missing("starred"))
            }
        }
        pub fn user_created<T>(self, value: T) -> Self
        where
            T: Into<Option<bool>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("user_created", value.to_string()))
            } else {
                Self(self.0.query_param_missing("user_created"))
            }
        }
    }
    pub struct ListCurrentUserRepositoriesThen(::httpmock::Then);
    impl ListCurrentUserRepositoriesThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::RepositoryPage) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct ShowRepositoryWhen(::httpmock::When);
    impl ShowRepositoryWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^/v4/repositories/[^/]*$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!("^/v4/repositories/{}$", value.to_string()),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
    }
    pub struct ShowRepositoryThen(::httpmock::Then);
    impl ShowRepositoryThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::RepositoryDetails) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct ListBranchesWhen(::httpmock::When);
    impl ListBranchesWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(
                        regex::Regex::new("^/v4/repositories/[^/]*/repository/branches$")
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^/v4/repositories/{}/repository/branches$", value.to_string()
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn branch_type<T>(self, value: T) -> Self
        where
            T: Into<Option<types::BranchType>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("branch_type", value.to_string()))
            } else {
                Self(self.0.query_param_missing("branch_type"))
            }
        }
        pub fn creator<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a types::CreatorId>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("creator", value.to_string()))
            } else {
                Self(self.0.query_param_missing("creator"))
            }
        }
        pub fn limit<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageLimit>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("limit", value.to_string()))
            } else {
                Self(self.0.query_param_missing("limit"))
            }
        }
        pub fn offset<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageOffset>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("offset", value.to_string()))
            } else {
                Self(self.0.query_param_missing("offset"))
            }
        }
        pub fn query_view<T>(self, value: T) -> Self
        where
            T: Into<Option<types::BranchQueryView>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("query_view", value.to_string()))
            } else {
                Self(self.0.query_param_missing("query_view"))
            }
        }
        pub fn sort<T>(self, value: T) -> Self
        where
            T: Into<Option<types::BranchSort>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("sort", value.to_string()))
            } else {
                Self(self.0.query_param_missing("sort"))
            }
        }
        pub fn view<T>(self, value: T) -> Self
        where
            T: Into<Option<types::BranchView>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("view", value.to_string()))
            } else {
                Self(self.0.query_param_missing("view"))
            }
        }
    }
    pub struct ListBranchesThen(::httpmock::Then);
    impl ListBranchesThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::BranchPage) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct ShowBranchWhen(::httpmock::When);
    impl ShowBranchWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(
                        regex::Regex::new("^/v4/repositories/[^/]*/repository/branch$")
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!(
                        "^/v4/repositories/{}/repository/branch$", value.to_string()
                    ),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn branch_name(self, value: &types::BranchName) -> Self {
            Self(self.0.query_param("branch_name", value.to_string()))
        }
    }
    pub struct ShowBranchThen(::httpmock::Then);
    impl ShowBranchThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::BranchDetails) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct ListTagsWhen(::httpmock::When);
    impl ListTagsWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(
                        regex::Regex::new("^/v4/repositories/[^/]*/repository/tags$")
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn repository_id(
            self,
            value: &::codearts_repo_client::RepositoryId,
        ) -> Self {
            let re = regex::Regex::new(
                    &format!("^/v4/repositories/{}/repository/tags$", value.to_string()),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn creator<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a types::CreatorId>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("creator", value.to_string()))
            } else {
                Self(self.0.query_param_missing("creator"))
            }
        }
        pub fn limit<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageLimit>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("limit", value.to_string()))
            } else {
                Self(self.0.query_param_missing("limit"))
            }
        }
        pub fn offset<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageOffset>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("offset", value.to_string()))
            } else {
                Self(self.0.query_param_missing("offset"))
            }
        }
        pub fn order_by<T>(self, value: T) -> Self
        where
            T: Into<Option<types::TagOrder>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("order_by", value.to_string()))
            } else {
                Self(self.0.query_param_missing("order_by"))
            }
        }
        pub fn search<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a types::TagSearch>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("search", value.to_string()))
            } else {
                Self(self.0.query_param_missing("search"))
            }
        }
        pub fn sort<T>(self, value: T) -> Self
        where
            T: Into<Option<types::SortDirection>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("sort", value.to_string()))
            } else {
                Self(self.0.query_param_missing("sort"))
            }
        }
        pub fn view<T>(self, value: T) -> Self
        where
            T: Into<Option<types::TagView>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("view", value.to_string()))
            } else {
                Self(self.0.query_param_missing("view"))
            }
        }
    }
    pub struct ListTagsThen(::httpmock::Then);
    impl ListTagsThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::TagPage) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct ListProjectRepositoriesWhen(::httpmock::When);
    impl ListProjectRepositoriesWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(
                        regex::Regex::new("^/v4/projects/[^/]*/repositories$").unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn project_id(self, value: &types::ProjectId) -> Self {
            let re = regex::Regex::new(
                    &format!("^/v4/projects/{}/repositories$", value.to_string()),
                )
                .unwrap();
            Self(self.0.path_matches(re))
        }
        pub fn limit<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageLimit>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("limit", value.to_string()))
            } else {
                Self(self.0.query_param_missing("limit"))
            }
        }
        pub fn offset<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a ::codearts_repo_client::PageOffset>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("offset", value.to_string()))
            } else {
                Self(self.0.query_param_missing("offset"))
            }
        }
        pub fn order_by<T>(self, value: T) -> Self
        where
            T: Into<Option<types::ProjectRepositoryOrder>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("order_by", value.to_string()))
            } else {
                Self(self.0.query_param_missing("order_by"))
            }
        }
        pub fn search<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("search", value.to_string()))
            } else {
                Self(self.0.query_param_missing("search"))
            }
        }
        pub fn sort<T>(self, value: T) -> Self
        where
            T: Into<Option<types::SortDirection>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("sort", value.to_string()))
            } else {
                Self(self.0.query_param_missing("sort"))
            }
        }
    }
    pub struct ListProjectRepositoriesThen(::httpmock::Then);
    impl ListProjectRepositoriesThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::ProjectRepositoryPage) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct KeystoneCreateUserTokenByPasswordWhen(::httpmock::When);
    impl KeystoneCreateUserTokenByPasswordWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(regex::Regex::new("^/v3/auth/tokens$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn nocatalog<'a, T>(self, value: T) -> Self
        where
            T: Into<Option<&'a str>>,
        {
            if let Some(value) = value.into() {
                Self(self.0.query_param("nocatalog", value.to_string()))
            } else {
                Self(self.0.query_param_missing("nocatalog"))
            }
        }
        pub fn body(self, value: &types::CreateTokenRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct KeystoneCreateUserTokenByPasswordThen(::httpmock::Then);
    impl KeystoneCreateUserTokenByPasswordThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn created(self, value: &types::CreateTokenResponse) -> Self {
            Self(
                self
                    .0
                    .status(201u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn bad_request(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(400u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn unauthorized(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(401u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn forbidden(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(403u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn not_found(self, value: &::codearts_repo_client::ErrorBody) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn internal_server_error(
            self,
            value: &::codearts_repo_client::ErrorBody,
        ) -> Self {
            Self(
                self
                    .0
                    .status(500u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn service_unavailable(
            self,
            value: &::codearts_repo_client::ErrorBody,
        ) -> Self {
            Self(
                self
                    .0
                    .status(503u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct CreateTokenWithIdTokenWhen(::httpmock::When);
    impl CreateTokenWithIdTokenWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(
                        regex::Regex::new("^/v3.0/OS-AUTH/id-token/tokens$").unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn x_idp_id(self, value: &str) -> Self {
            Self(self.0.header("X-Idp-Id", value.to_string()))
        }
        pub fn body(self, value: &types::IdTokenLogin) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct CreateTokenWithIdTokenThen(::httpmock::Then);
    impl CreateTokenWithIdTokenThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::IdTokenLoginResponse) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn created(self, value: &types::IdTokenLoginResponse) -> Self {
            Self(
                self
                    .0
                    .status(201u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct CreateTemporaryAccessKeyByTokenWhen(::httpmock::When);
    impl CreateTemporaryAccessKeyByTokenWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(
                        regex::Regex::new("^/v3.0/OS-CREDENTIAL/securitytokens$")
                            .unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn body(self, value: &types::TemporaryKeyRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct CreateTemporaryAccessKeyByTokenThen(::httpmock::Then);
    impl CreateTemporaryAccessKeyByTokenThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::TemporaryKeyResponse) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
        pub fn created(self, value: &types::TemporaryKeyResponse) -> Self {
            Self(
                self
                    .0
                    .status(201u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct AssumeAgencyWithOidcWhen(::httpmock::When);
    impl AssumeAgencyWithOidcWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(
                        regex::Regex::new("^/v5/agencies/assume-with-oidc$").unwrap(),
                    ),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn body(self, value: &types::AssumeAgencyWithOidcRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct AssumeAgencyWithOidcThen(::httpmock::Then);
    impl AssumeAgencyWithOidcThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::AssumeAgencyWithOidcResponse) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct AssumeAgencyWhen(::httpmock::When);
    impl AssumeAgencyWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::POST)
                    .path_matches(regex::Regex::new("^/v5/agencies/assume$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn body(self, value: &types::AssumeAgencyRequest) -> Self {
            Self(self.0.json_body_obj(value))
        }
    }
    pub struct AssumeAgencyThen(::httpmock::Then);
    impl AssumeAgencyThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::AssumeAgencyResponse) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
    pub struct GetCallerIdentityWhen(::httpmock::When);
    impl GetCallerIdentityWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            Self(
                inner
                    .method(::httpmock::Method::GET)
                    .path_matches(regex::Regex::new("^/v5/caller-identity$").unwrap()),
            )
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
    }
    pub struct GetCallerIdentityThen(::httpmock::Then);
    impl GetCallerIdentityThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn ok(self, value: &types::CallerIdentity) -> Self {
            Self(
                self
                    .0
                    .status(200u16)
                    .header("content-type", "application/json")
                    .json_body_obj(value),
            )
        }
    }
}
/// An extension trait for [`MockServer`](::httpmock::MockServer) that
/// adds a method for each operation. These are the equivalent of
/// type-checked [`mock()`](::httpmock::MockServer::mock) calls.
pub trait MockServerExt {
    fn show_remote_mirror<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ShowRemoteMirrorWhen, operations::ShowRemoteMirrorThen);
    fn update_repository_remote_mirror<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::UpdateRepositoryRemoteMirrorWhen,
            operations::UpdateRepositoryRemoteMirrorThen,
        );
    fn start_remote_mirror_synchronization<F>(
        &self,
        config_fn: F,
    ) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::StartRemoteMirrorSynchronizationWhen,
            operations::StartRemoteMirrorSynchronizationThen,
        );
    fn associate_remote_mirror<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::AssociateRemoteMirrorWhen,
            operations::AssociateRemoteMirrorThen,
        );
    fn list_current_user_repositories<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::ListCurrentUserRepositoriesWhen,
            operations::ListCurrentUserRepositoriesThen,
        );
    fn show_repository<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ShowRepositoryWhen, operations::ShowRepositoryThen);
    fn list_branches<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListBranchesWhen, operations::ListBranchesThen);
    fn show_branch<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ShowBranchWhen, operations::ShowBranchThen);
    fn list_tags<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListTagsWhen, operations::ListTagsThen);
    fn list_project_repositories<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::ListProjectRepositoriesWhen,
            operations::ListProjectRepositoriesThen,
        );
    fn keystone_create_user_token_by_password<F>(
        &self,
        config_fn: F,
    ) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::KeystoneCreateUserTokenByPasswordWhen,
            operations::KeystoneCreateUserTokenByPasswordThen,
        );
    fn create_token_with_id_token<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::CreateTokenWithIdTokenWhen,
            operations::CreateTokenWithIdTokenThen,
        );
    fn create_temporary_access_key_by_token<F>(
        &self,
        config_fn: F,
    ) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::CreateTemporaryAccessKeyByTokenWhen,
            operations::CreateTemporaryAccessKeyByTokenThen,
        );
    fn assume_agency_with_oidc<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::AssumeAgencyWithOidcWhen,
            operations::AssumeAgencyWithOidcThen,
        );
    fn assume_agency<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::AssumeAgencyWhen, operations::AssumeAgencyThen);
    fn get_caller_identity<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetCallerIdentityWhen, operations::GetCallerIdentityThen);
}
impl MockServerExt for ::httpmock::MockServer {
    fn show_remote_mirror<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ShowRemoteMirrorWhen, operations::ShowRemoteMirrorThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ShowRemoteMirrorWhen::new(when),
                operations::ShowRemoteMirrorThen::new(then),
            )
        })
    }
    fn update_repository_remote_mirror<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::UpdateRepositoryRemoteMirrorWhen,
            operations::UpdateRepositoryRemoteMirrorThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::UpdateRepositoryRemoteMirrorWhen::new(when),
                operations::UpdateRepositoryRemoteMirrorThen::new(then),
            )
        })
    }
    fn start_remote_mirror_synchronization<F>(
        &self,
        config_fn: F,
    ) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::StartRemoteMirrorSynchronizationWhen,
            operations::StartRemoteMirrorSynchronizationThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::StartRemoteMirrorSynchronizationWhen::new(when),
                operations::StartRemoteMirrorSynchronizationThen::new(then),
            )
        })
    }
    fn associate_remote_mirror<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::AssociateRemoteMirrorWhen,
            operations::AssociateRemoteMirrorThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::AssociateRemoteMirrorWhen::new(when),
                operations::AssociateRemoteMirrorThen::new(then),
            )
        })
    }
    fn list_current_user_repositories<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::ListCurrentUserRepositoriesWhen,
            operations::ListCurrentUserRepositoriesThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListCurrentUserRepositoriesWhen::new(when),
                operations::ListCurrentUserRepositoriesThen::new(then),
            )
        })
    }
    fn show_repository<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ShowRepositoryWhen, operations::ShowRepositoryThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ShowRepositoryWhen::new(when),
                operations::ShowRepositoryThen::new(then),
            )
        })
    }
    fn list_branches<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListBranchesWhen, operations::ListBranchesThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListBranchesWhen::new(when),
                operations::ListBranchesThen::new(then),
            )
        })
    }
    fn show_branch<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ShowBranchWhen, operations::ShowBranchThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ShowBranchWhen::new(when),
                operations::ShowBranchThen::new(then),
            )
        })
    }
    fn list_tags<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::ListTagsWhen, operations::ListTagsThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListTagsWhen::new(when),
                operations::ListTagsThen::new(then),
            )
        })
    }
    fn list_project_repositories<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::ListProjectRepositoriesWhen,
            operations::ListProjectRepositoriesThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::ListProjectRepositoriesWhen::new(when),
                operations::ListProjectRepositoriesThen::new(then),
            )
        })
    }
    fn keystone_create_user_token_by_password<F>(
        &self,
        config_fn: F,
    ) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::KeystoneCreateUserTokenByPasswordWhen,
            operations::KeystoneCreateUserTokenByPasswordThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::KeystoneCreateUserTokenByPasswordWhen::new(when),
                operations::KeystoneCreateUserTokenByPasswordThen::new(then),
            )
        })
    }
    fn create_token_with_id_token<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::CreateTokenWithIdTokenWhen,
            operations::CreateTokenWithIdTokenThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::CreateTokenWithIdTokenWhen::new(when),
                operations::CreateTokenWithIdTokenThen::new(then),
            )
        })
    }
    fn create_temporary_access_key_by_token<F>(
        &self,
        config_fn: F,
    ) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::CreateTemporaryAccessKeyByTokenWhen,
            operations::CreateTemporaryAccessKeyByTokenThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::CreateTemporaryAccessKeyByTokenWhen::new(when),
                operations::CreateTemporaryAccessKeyByTokenThen::new(then),
            )
        })
    }
    fn assume_agency_with_oidc<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::AssumeAgencyWithOidcWhen,
            operations::AssumeAgencyWithOidcThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::AssumeAgencyWithOidcWhen::new(when),
                operations::AssumeAgencyWithOidcThen::new(then),
            )
        })
    }
    fn assume_agency<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::AssumeAgencyWhen, operations::AssumeAgencyThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::AssumeAgencyWhen::new(when),
                operations::AssumeAgencyThen::new(then),
            )
        })
    }
    fn get_caller_identity<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::GetCallerIdentityWhen, operations::GetCallerIdentityThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::GetCallerIdentityWhen::new(when),
                operations::GetCallerIdentityThen::new(then),
            )
        })
    }
}
