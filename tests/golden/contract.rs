/// The version of the contract.
pub const CONTRACT_VERSION: &str = "2026-01-27";
/// The ranges that the contract documents, taken from it at build time.
pub mod bounds {
    ///The number of a repository, 1 to 2147483647. Both bounds are part of the range.
    pub const REPOSITORY_ID: std::ops::RangeInclusive<u32> = 1..=2147483647;
    ///A user token, 1 to 100,000 characters. In characters; both bounds are part of the range.
    pub const TOKEN: std::ops::RangeInclusive<usize> = 1usize..=100000usize;
    ///How many entries to pass over, 0 to 2147483647. Both bounds are part of the range.
    pub const PAGE_OFFSET: std::ops::RangeInclusive<u32> = 0..=2147483647;
    ///How many entries a page holds at the most, 1 to 100. Both bounds are part of the range.
    pub const PAGE_LIMIT: std::ops::RangeInclusive<u32> = 1..=100;
    ///Text to search for, 1 to 512 characters. In characters; both bounds are part of the range.
    pub const SEARCH_TEXT: std::ops::RangeInclusive<usize> = 1usize..=512usize;
    ///The name of a branch, 1 to 2,000 characters. In characters; both bounds are part of the range.
    pub const BRANCH_NAME: std::ops::RangeInclusive<usize> = 1usize..=2000usize;
    ///The id of a user, 1 to 100,000 characters. In characters; both bounds are part of the range.
    pub const CREATOR_ID: std::ops::RangeInclusive<usize> = 1usize..=100000usize;
    ///Text to search tags for, 1 to 2,000 characters. In characters; both bounds are part of the range.
    pub const TAG_SEARCH: std::ops::RangeInclusive<usize> = 1usize..=2000usize;
    ///The id of a CodeArts project, 32 characters. In characters; both bounds are part of the range.
    pub const PROJECT_ID: std::ops::RangeInclusive<usize> = 32usize..=32usize;
    ///URN of an agency or a provider of IAM, five parts with colons, 8 to 1500 characters. In characters; both bounds are part of the range.
    pub const URN: std::ops::RangeInclusive<usize> = 8usize..=1500usize;
    ///Name of the session, 2 to 128 letters, digits and _+=,.@-. In characters; both bounds are part of the range.
    pub const AGENCY_SESSION_NAME: std::ops::RangeInclusive<usize> = 2usize..=128usize;
    ///How long the key lives, 900 to 43200 seconds; 3600 unless given. Both bounds are part of the range.
    pub const AGENCY_SESSION_SECONDS: std::ops::RangeInclusive<u32> = 900..=43200;
    ///ID that the agency's owner requires, 2 to 1224 characters. In characters; both bounds are part of the range.
    pub const AGENCY_EXTERNAL_ID: std::ops::RangeInclusive<usize> = 2usize..=1224usize;
    ///How long the key lives, 900 to 86400 seconds; 900 unless given. Both bounds are part of the range.
    pub const TEMPORARY_KEY_SECONDS: std::ops::RangeInclusive<u32> = 900..=86400;
}
crate::checked::checked_integer! {
    #[doc = "The number of a repository, 1 to 2147483647."] RepositoryId, u32,
    "repository id", crate ::bounds::REPOSITORY_ID
}
crate::checked::checked_integer! {
    #[doc = "How many entries to pass over, 0 to 2147483647."] PageOffset, u32,
    "page offset", crate ::bounds::PAGE_OFFSET
}
crate::checked::checked_integer! {
    #[doc = "How many entries a page holds at the most, 1 to 100."] PageLimit, u32,
    "page limit", crate ::bounds::PAGE_LIMIT
}
crate::checked::checked_integer! {
    #[doc = "How long the key lives, 900 to 43200 seconds; 3600 unless given."]
    AgencySessionSeconds, u32, "agency session seconds", crate
    ::bounds::AGENCY_SESSION_SECONDS
}
crate::checked::checked_integer! {
    #[doc = "How long the key lives, 900 to 86400 seconds; 900 unless given."]
    TemporaryKeySeconds, u32, "temporary key seconds", crate
    ::bounds::TEMPORARY_KEY_SECONDS
}
impl crate::Region {
    ///`af-north-1`: repo.af-north-1.myhuaweicloud.com, iam.myhuaweicloud.com and sts.cn-north-4.myhuaweicloud.com.
    pub const AF_NORTH_1: Self = Self::new(
        "af-north-1",
        &crate::region::Endpoints {
            repo: "https://repo.af-north-1.myhuaweicloud.com",
            iam: "https://iam.myhuaweicloud.com",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`af-south-1`: repo.af-south-1.myhuaweicloud.com, iam.af-south-1.myhuaweicloud.com and sts.af-south-1.myhuaweicloud.com.
    pub const AF_SOUTH_1: Self = Self::new(
        "af-south-1",
        &crate::region::Endpoints {
            repo: "https://repo.af-south-1.myhuaweicloud.com",
            iam: "https://iam.af-south-1.myhuaweicloud.com",
            sts: "https://sts.af-south-1.myhuaweicloud.com",
        },
    );
    ///`ap-southeast-3`: codehub-ext.ap-southeast-3.myhuaweicloud.com, iam.ap-southeast-3.myhuaweicloud.com and sts.ap-southeast-3.myhuaweicloud.com.
    pub const AP_SOUTHEAST_3: Self = Self::new(
        "ap-southeast-3",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.ap-southeast-3.myhuaweicloud.com",
            iam: "https://iam.ap-southeast-3.myhuaweicloud.com",
            sts: "https://sts.ap-southeast-3.myhuaweicloud.com",
        },
    );
    ///`cn-east-2`: codehub-ext.cn-east-2.myhuaweicloud.com, iam.cn-east-2.myhuaweicloud.com and sts.cn-north-4.myhuaweicloud.com.
    pub const CN_EAST_2: Self = Self::new(
        "cn-east-2",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.cn-east-2.myhuaweicloud.com",
            iam: "https://iam.cn-east-2.myhuaweicloud.com",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`cn-east-3`: codehub-ext.cn-east-3.myhuaweicloud.com, iam.cn-east-3.myhuaweicloud.com and sts.cn-east-3.myhuaweicloud.com.
    pub const CN_EAST_3: Self = Self::new(
        "cn-east-3",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.cn-east-3.myhuaweicloud.com",
            iam: "https://iam.cn-east-3.myhuaweicloud.com",
            sts: "https://sts.cn-east-3.myhuaweicloud.com",
        },
    );
    ///`cn-north-1`: codehub-ext.cn-north-1.myhuaweicloud.com, iam.cn-north-1.myhuaweicloud.com and sts.cn-north-4.myhuaweicloud.com.
    pub const CN_NORTH_1: Self = Self::new(
        "cn-north-1",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.cn-north-1.myhuaweicloud.com",
            iam: "https://iam.cn-north-1.myhuaweicloud.com",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`cn-north-4`: codehub-ext.cn-north-4.myhuaweicloud.com, iam.cn-north-4.myhuaweicloud.com and sts.cn-north-4.myhuaweicloud.com.
    pub const CN_NORTH_4: Self = Self::new(
        "cn-north-4",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.cn-north-4.myhuaweicloud.com",
            iam: "https://iam.cn-north-4.myhuaweicloud.com",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`cn-south-1`: codehub-ext.cn-south-1.myhuaweicloud.com, iam.cn-south-1.myhuaweicloud.com and sts.cn-south-1.myhuaweicloud.com.
    pub const CN_SOUTH_1: Self = Self::new(
        "cn-south-1",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.cn-south-1.myhuaweicloud.com",
            iam: "https://iam.cn-south-1.myhuaweicloud.com",
            sts: "https://sts.cn-south-1.myhuaweicloud.com",
        },
    );
    ///`cn-south-2`: codehub-ext.cn-south-2.myhuaweicloud.com, iam.cn-south-2.myhuaweicloud.com and sts.cn-north-4.myhuaweicloud.com.
    pub const CN_SOUTH_2: Self = Self::new(
        "cn-south-2",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.cn-south-2.myhuaweicloud.com",
            iam: "https://iam.cn-south-2.myhuaweicloud.com",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`cn-southwest-2`: codehub-ext.cn-southwest-2.myhuaweicloud.com, iam.cn-southwest-2.myhuaweicloud.com and sts.cn-southwest-2.myhuaweicloud.com.
    pub const CN_SOUTHWEST_2: Self = Self::new(
        "cn-southwest-2",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.cn-southwest-2.myhuaweicloud.com",
            iam: "https://iam.cn-southwest-2.myhuaweicloud.com",
            sts: "https://sts.cn-southwest-2.myhuaweicloud.com",
        },
    );
    ///`eu-west-101`: codeartsrepo-ext.eu-west-101.myhuaweicloud.eu, iam.eu-west-101.myhuaweicloud.eu and sts.cn-north-4.myhuaweicloud.com.
    pub const EU_WEST_101: Self = Self::new(
        "eu-west-101",
        &crate::region::Endpoints {
            repo: "https://codeartsrepo-ext.eu-west-101.myhuaweicloud.eu",
            iam: "https://iam.eu-west-101.myhuaweicloud.eu",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`la-north-2`: codehub-ext.la-north-2.myhuaweicloud.com, iam.la-north-2.myhuaweicloud.com and sts.cn-north-4.myhuaweicloud.com.
    pub const LA_NORTH_2: Self = Self::new(
        "la-north-2",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.la-north-2.myhuaweicloud.com",
            iam: "https://iam.la-north-2.myhuaweicloud.com",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`la-south-2`: codeartsrepo-ext.la-south-2.myhuaweicloud.com, iam.la-south-2.myhuaweicloud.com and sts.la-south-2.myhuaweicloud.com.
    pub const LA_SOUTH_2: Self = Self::new(
        "la-south-2",
        &crate::region::Endpoints {
            repo: "https://codeartsrepo-ext.la-south-2.myhuaweicloud.com",
            iam: "https://iam.la-south-2.myhuaweicloud.com",
            sts: "https://sts.la-south-2.myhuaweicloud.com",
        },
    );
    ///`me-east-1`: repo.me-east-1.myhuaweicloud.com, iam.me-east-1.myhuaweicloud.com and sts.cn-north-4.myhuaweicloud.com.
    pub const ME_EAST_1: Self = Self::new(
        "me-east-1",
        &crate::region::Endpoints {
            repo: "https://repo.me-east-1.myhuaweicloud.com",
            iam: "https://iam.me-east-1.myhuaweicloud.com",
            sts: "https://sts.cn-north-4.myhuaweicloud.com",
        },
    );
    ///`sa-brazil-1`: codehub-ext.sa-brazil-1.myhuaweicloud.com, iam.sa-brazil-1.myhuaweicloud.com and sts.sa-brazil-1.myhuaweicloud.com.
    pub const SA_BRAZIL_1: Self = Self::new(
        "sa-brazil-1",
        &crate::region::Endpoints {
            repo: "https://codehub-ext.sa-brazil-1.myhuaweicloud.com",
            iam: "https://iam.sa-brazil-1.myhuaweicloud.com",
            sts: "https://sts.sa-brazil-1.myhuaweicloud.com",
        },
    );
    ///`tr-west-1`: codeartsrepo-ext.tr-west-1.myhuaweicloud.com, iam.tr-west-1.myhuaweicloud.com and sts.tr-west-1.myhuaweicloud.com.
    pub const TR_WEST_1: Self = Self::new(
        "tr-west-1",
        &crate::region::Endpoints {
            repo: "https://codeartsrepo-ext.tr-west-1.myhuaweicloud.com",
            iam: "https://iam.tr-west-1.myhuaweicloud.com",
            sts: "https://sts.tr-west-1.myhuaweicloud.com",
        },
    );
    /// Every region of the contract, in the order of their names.
    pub const ALL: &'static [Self] = &[
        Self::AF_NORTH_1,
        Self::AF_SOUTH_1,
        Self::AP_SOUTHEAST_3,
        Self::CN_EAST_2,
        Self::CN_EAST_3,
        Self::CN_NORTH_1,
        Self::CN_NORTH_4,
        Self::CN_SOUTH_1,
        Self::CN_SOUTH_2,
        Self::CN_SOUTHWEST_2,
        Self::EU_WEST_101,
        Self::LA_NORTH_2,
        Self::LA_SOUTH_2,
        Self::ME_EAST_1,
        Self::SA_BRAZIL_1,
        Self::TR_WEST_1,
    ];
}
impl crate::Client {
    /**Show the mirror of a repository

Reports the mirror's settings and the state of its last synchronization. It is the only way to learn how a synchronization ended.

`get /v4/repositories/{repository_id}/remote-mirror`*/
    pub fn show_remote_mirror(&self) -> crate::builder::ShowRemoteMirror<'_> {
        self.generated.show_remote_mirror()
    }
    /**Change the mirror of a repository

Changes the source, the branches, the schedule or the service endpoint of the mirror.

`put /v4/repositories/{repository_id}/remote-mirror`*/
    pub fn update_repository_remote_mirror(
        &self,
    ) -> crate::builder::UpdateRepositoryRemoteMirror<'_> {
        self.generated.update_repository_remote_mirror()
    }
    /**Start a mirror synchronization

Starts to fetch the repository's mirror source into the repository. The answer only says that the task was accepted; ShowRemoteMirror tells how it ended. No operation takes the task id.

`post /v4/repositories/{repository_id}/remote-mirror`*/
    pub fn start_remote_mirror_synchronization(
        &self,
    ) -> crate::builder::StartRemoteMirrorSynchronization<'_> {
        self.generated.start_remote_mirror_synchronization()
    }
    /**Turn a repository into a mirror

Gives a repository a mirror source. The vendor's page shows no body; the vendor's SDK sends one with an optional url.

`post /v4/repositories/{repository_id}/remote-mirror/associate`*/
    pub fn associate_remote_mirror(&self) -> crate::builder::AssociateRemoteMirror<'_> {
        self.generated.associate_remote_mirror()
    }
    /**List the caller's repositories

Lists the repositories that the caller can see, a page at a time.

`get /v4/user/repositories`*/
    pub fn list_current_user_repositories(
        &self,
    ) -> crate::builder::ListCurrentUserRepositories<'_> {
        self.generated.list_current_user_repositories()
    }
    /**Show a repository

Shows a repository, with its default branch and its counts of branches and tags.

`get /v4/repositories/{repository_id}`*/
    pub fn show_repository(&self) -> crate::builder::ShowRepository<'_> {
        self.generated.show_repository()
    }
    /**List the branches of a repository

Lists the branches of a repository, a page at a time. The default order changes while a synchronization runs. The page documents no commit in any view; whether the view "all" adds one is unverified.

`get /v4/repositories/{repository_id}/repository/branches`*/
    pub fn list_branches(&self) -> crate::builder::ListBranches<'_> {
        self.generated.list_branches()
    }
    /**Show a branch

Shows a branch with the commit at its head. What the service answers for a branch that does not exist is unverified.

`get /v4/repositories/{repository_id}/repository/branch`*/
    pub fn show_branch(&self) -> crate::builder::ShowBranch<'_> {
        self.generated.show_branch()
    }
    /**List the tags of a repository

Lists the tags of a repository with their targets, a page at a time. Whether the target of an annotated tag is the tag object or the commit is unverified.

`get /v4/repositories/{repository_id}/repository/tags`*/
    pub fn list_tags(&self) -> crate::builder::ListTags<'_> {
        self.generated.list_tags()
    }
    /**List the repositories of a project

Lists the repositories of a project, a page at a time.

`get /v4/projects/{project_id}/repositories`*/
    pub fn list_project_repositories(
        &self,
    ) -> crate::builder::ListProjectRepositories<'_> {
        self.generated.list_project_repositories()
    }
    /**Get a token for a user name and password

Answers with the token in the header X-Subject-Token. A token lives for 24 hours; a new one does not end the older ones. The user is an IAM user with programmatic access.

`post /v3/auth/tokens`*/
    pub fn keystone_create_user_token_by_password(
        &self,
    ) -> crate::builder::KeystoneCreateUserTokenByPassword<'_> {
        self.generated.keystone_create_user_token_by_password()
    }
    /**Get a token for an ID token of an identity provider

Answers with the token of a federated user in the header X-Subject-Token. The account has the provider as one of OpenID Connect. Without a scope, the token is only good for CreateTemporaryAccessKeyByToken and its like.

`post /v3.0/OS-AUTH/id-token/tokens`*/
    pub fn create_token_with_id_token(
        &self,
    ) -> crate::builder::CreateTokenWithIdToken<'_> {
        self.generated.create_token_with_id_token()
    }
    /**Get a temporary access key for a token or an agency

Answers with a temporary access key: of the token in the body, or of an agency that trusts the caller, by its name. The vendor has a page for each, CreateTemporaryAccessKeyByToken and CreateTemporaryAccessKeyByAgency. The first one needs no authorization beside the token in the body.

`post /v3.0/OS-CREDENTIAL/securitytokens`*/
    pub fn create_temporary_access_key_by_token(
        &self,
    ) -> crate::builder::CreateTemporaryAccessKeyByToken<'_> {
        self.generated.create_temporary_access_key_by_token()
    }
    /**Get a temporary access key for an ID token

Answers with a temporary access key of an agency that trusts the OpenID Connect provider of the token. The request is neither signed nor has it a token.

`post /v5/agencies/assume-with-oidc`*/
    pub fn assume_agency_with_oidc(&self) -> crate::builder::AssumeAgencyWithOidc<'_> {
        self.generated.assume_agency_with_oidc()
    }
    /**Get a temporary access key of an agency

Answers with a temporary access key of an agency that trusts the caller. The caller needs the permission sts:agencies:assume, and signs the request with its access key.

`post /v5/agencies/assume`*/
    pub fn assume_agency(&self) -> crate::builder::AssumeAgency<'_> {
        self.generated.assume_agency()
    }
    /**See whose access key it is

Answers with the account and the user or agency whose access key has signed the request.

`get /v5/caller-identity`*/
    pub fn get_caller_identity(&self) -> crate::builder::GetCallerIdentity<'_> {
        self.generated.get_caller_identity()
    }
}
/// The path of an operation, with its parameters in braces.
pub(crate) fn url_template(operation: &str) -> Option<&'static str> {
    Some(
        match operation {
            "show_remote_mirror" => "/v4/repositories/{repository_id}/remote-mirror",
            "update_repository_remote_mirror" => {
                "/v4/repositories/{repository_id}/remote-mirror"
            }
            "start_remote_mirror_synchronization" => {
                "/v4/repositories/{repository_id}/remote-mirror"
            }
            "associate_remote_mirror" => {
                "/v4/repositories/{repository_id}/remote-mirror/associate"
            }
            "list_current_user_repositories" => "/v4/user/repositories",
            "show_repository" => "/v4/repositories/{repository_id}",
            "list_branches" => "/v4/repositories/{repository_id}/repository/branches",
            "show_branch" => "/v4/repositories/{repository_id}/repository/branch",
            "list_tags" => "/v4/repositories/{repository_id}/repository/tags",
            "list_project_repositories" => "/v4/projects/{project_id}/repositories",
            "keystone_create_user_token_by_password" => "/v3/auth/tokens",
            "create_token_with_id_token" => "/v3.0/OS-AUTH/id-token/tokens",
            "create_temporary_access_key_by_token" => {
                "/v3.0/OS-CREDENTIAL/securitytokens"
            }
            "assume_agency_with_oidc" => "/v5/agencies/assume-with-oidc",
            "assume_agency" => "/v5/agencies/assume",
            "get_caller_identity" => "/v5/caller-identity",
            _ => return None,
        },
    )
}
/// Checks the body of an answer against the contract. `None` if the contract does not have the status, or has
/// no body for it.
pub(crate) fn check_answer(
    operation: &str,
    status: u16,
    body: &[u8],
) -> Option<Result<(), serde_json::Error>> {
    match (operation, status) {
        ("show_remote_mirror", 200u16) => {
            Some(crate::answer::check_object::<crate::types::RemoteMirror>(body))
        }
        ("update_repository_remote_mirror", 200u16) => {
            Some(
                crate::answer::check_object::<
                    crate::types::UpdateRemoteMirrorResponse,
                >(body),
            )
        }
        ("start_remote_mirror_synchronization", 200u16) => {
            Some(
                crate::answer::check_object::<
                    crate::types::RemoteMirrorSyncResponse,
                >(body),
            )
        }
        ("associate_remote_mirror", 201u16) => {
            Some(crate::answer::check_object::<crate::types::RemoteMirror>(body))
        }
        ("list_current_user_repositories", 200u16) => {
            Some(crate::answer::check_array::<crate::types::RepositoryPage>(body))
        }
        ("show_repository", 200u16) => {
            Some(crate::answer::check_object::<crate::types::RepositoryDetails>(body))
        }
        ("list_branches", 200u16) => {
            Some(crate::answer::check_array::<crate::types::BranchPage>(body))
        }
        ("show_branch", 200u16) => {
            Some(crate::answer::check_object::<crate::types::BranchDetails>(body))
        }
        ("list_tags", 200u16) => {
            Some(crate::answer::check_array::<crate::types::TagPage>(body))
        }
        ("list_project_repositories", 200u16) => {
            Some(crate::answer::check_array::<crate::types::ProjectRepositoryPage>(body))
        }
        ("keystone_create_user_token_by_password", 201u16) => {
            Some(crate::answer::check_object::<crate::types::CreateTokenResponse>(body))
        }
        ("create_token_with_id_token", 200u16 | 201u16) => {
            Some(crate::answer::check_object::<crate::types::IdTokenLoginResponse>(body))
        }
        ("create_temporary_access_key_by_token", 200u16 | 201u16) => {
            Some(crate::answer::check_object::<crate::types::TemporaryKeyResponse>(body))
        }
        ("assume_agency_with_oidc", 200u16) => {
            Some(
                crate::answer::check_object::<
                    crate::types::AssumeAgencyWithOidcResponse,
                >(body),
            )
        }
        ("assume_agency", 200u16) => {
            Some(crate::answer::check_object::<crate::types::AssumeAgencyResponse>(body))
        }
        ("get_caller_identity", 200u16) => {
            Some(crate::answer::check_object::<crate::types::CallerIdentity>(body))
        }
        _ => None,
    }
}
