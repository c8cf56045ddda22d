//! Every schema of openapi.yaml with the type that was made of it.

/// Hands the list to another macro.
macro_rules! with_every_type {
    ($callback:ident) => {
        $callback! {
            AssociateRemoteMirrorRequest: codearts_repo_client::types::AssociateRemoteMirrorRequest,
            AuthMethod: codearts_repo_client::types::AuthMethod,
            Branch: codearts_repo_client::types::Branch,
            BranchDetails: codearts_repo_client::types::BranchDetails,
            BranchName: codearts_repo_client::types::BranchName,
            BranchPage: codearts_repo_client::types::BranchPage,
            BranchQueryView: codearts_repo_client::types::BranchQueryView,
            BranchSort: codearts_repo_client::types::BranchSort,
            BranchType: codearts_repo_client::types::BranchType,
            BranchView: codearts_repo_client::types::BranchView,
            CatalogEntry: codearts_repo_client::types::CatalogEntry,
            Commit: codearts_repo_client::types::Commit,
            CreateTokenRequest: codearts_repo_client::types::CreateTokenRequest,
            CreateTokenResponse: codearts_repo_client::types::CreateTokenResponse,
            CreatorId: codearts_repo_client::types::CreatorId,
            ForkParent: codearts_repo_client::types::ForkParent,
            MirrorUrl: codearts_repo_client::MirrorUrl,
            NamedEntity: codearts_repo_client::types::NamedEntity,
            PageLimit: codearts_repo_client::PageLimit,
            PageOffset: codearts_repo_client::PageOffset,
            PasswordIdentity: codearts_repo_client::types::PasswordIdentity,
            PasswordUser: codearts_repo_client::types::PasswordUser,
            ProjectId: codearts_repo_client::types::ProjectId,
            ProjectRepository: codearts_repo_client::types::ProjectRepository,
            ProjectRepositoryOrder: codearts_repo_client::types::ProjectRepositoryOrder,
            ProjectRepositoryPage: codearts_repo_client::types::ProjectRepositoryPage,
            RemoteMirror: codearts_repo_client::types::RemoteMirror,
            RemoteMirrorSyncRequest: codearts_repo_client::types::RemoteMirrorSyncRequest,
            RemoteMirrorSyncResponse: codearts_repo_client::types::RemoteMirrorSyncResponse,
            Repository: codearts_repo_client::types::Repository,
            RepositoryAccess: codearts_repo_client::types::RepositoryAccess,
            RepositoryDetails: codearts_repo_client::types::RepositoryDetails,
            RepositoryId: codearts_repo_client::RepositoryId,
            RepositoryOrder: codearts_repo_client::types::RepositoryOrder,
            RepositoryPage: codearts_repo_client::types::RepositoryPage,
            RepositoryPermissions: codearts_repo_client::types::RepositoryPermissions,
            RepositoryStatistics: codearts_repo_client::types::RepositoryStatistics,
            ScopeTarget: codearts_repo_client::types::ScopeTarget,
            SearchText: codearts_repo_client::types::SearchText,
            SortDirection: codearts_repo_client::types::SortDirection,
            SyncBranchType: codearts_repo_client::types::SyncBranchType,
            Tag: codearts_repo_client::types::Tag,
            TagOrder: codearts_repo_client::types::TagOrder,
            TagPage: codearts_repo_client::types::TagPage,
            TagSearch: codearts_repo_client::types::TagSearch,
            TagView: codearts_repo_client::types::TagView,
            TokenAuth: codearts_repo_client::types::TokenAuth,
            TokenDetails: codearts_repo_client::types::TokenDetails,
            TokenIdentity: codearts_repo_client::types::TokenIdentity,
            TokenOwner: codearts_repo_client::types::TokenOwner,
            TokenRole: codearts_repo_client::types::TokenRole,
            TokenScope: codearts_repo_client::types::TokenScope,
            TokenUser: codearts_repo_client::types::TokenUser,
            UndocumentedObject: codearts_repo_client::types::UndocumentedObject,
            UpdateRemoteMirrorRequest: codearts_repo_client::types::UpdateRemoteMirrorRequest,
            UpdateRemoteMirrorResponse: codearts_repo_client::types::UpdateRemoteMirrorResponse,
            UserDomain: codearts_repo_client::types::UserDomain,
        }
    };
}
pub(crate) use with_every_type;

/// Schemas without a type of their own: the token is no parameter of the generated calls, and one type reads every
/// shape of an error.
pub(crate) const BY_HAND: [&str; 4] = ["Token", "ApiError", "IamErrorResponse", "IamErrorDetails"];
