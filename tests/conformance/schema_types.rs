//! Every schema of openapi.yaml with the type that was made of it.

/// Hands the list to another macro.
macro_rules! with_every_type {
    ($callback:ident) => {
        $callback! {
            AssociateRemoteMirrorRequest: codearts_repo_client::types::AssociateRemoteMirrorRequest,
            AuthMethod: codearts_repo_client::types::AuthMethod,
            CatalogEntry: codearts_repo_client::types::CatalogEntry,
            CreateTokenRequest: codearts_repo_client::types::CreateTokenRequest,
            CreateTokenResponse: codearts_repo_client::types::CreateTokenResponse,
            ForkParent: codearts_repo_client::types::ForkParent,
            MirrorUrl: codearts_repo_client::MirrorUrl,
            NamedEntity: codearts_repo_client::types::NamedEntity,
            PageLimit: codearts_repo_client::PageLimit,
            PageOffset: codearts_repo_client::PageOffset,
            PasswordIdentity: codearts_repo_client::types::PasswordIdentity,
            PasswordUser: codearts_repo_client::types::PasswordUser,
            RemoteMirror: codearts_repo_client::types::RemoteMirror,
            RemoteMirrorSyncRequest: codearts_repo_client::types::RemoteMirrorSyncRequest,
            RemoteMirrorSyncResponse: codearts_repo_client::types::RemoteMirrorSyncResponse,
            Repository: codearts_repo_client::types::Repository,
            RepositoryId: codearts_repo_client::RepositoryId,
            RepositoryOrder: codearts_repo_client::types::RepositoryOrder,
            RepositoryPage: codearts_repo_client::types::RepositoryPage,
            ScopeTarget: codearts_repo_client::types::ScopeTarget,
            SearchText: codearts_repo_client::types::SearchText,
            SortDirection: codearts_repo_client::types::SortDirection,
            SyncBranchType: codearts_repo_client::types::SyncBranchType,
            TokenAuth: codearts_repo_client::types::TokenAuth,
            TokenDetails: codearts_repo_client::types::TokenDetails,
            TokenIdentity: codearts_repo_client::types::TokenIdentity,
            TokenOwner: codearts_repo_client::types::TokenOwner,
            TokenRole: codearts_repo_client::types::TokenRole,
            TokenScope: codearts_repo_client::types::TokenScope,
            TokenUser: codearts_repo_client::types::TokenUser,
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
