//! What the owner of an emulator describes before it starts: repositories, their upstreams, and users.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::mirror::MirrorUrl;
use crate::permissions::Permissions;
use crate::secret::Secret;

/// A repository of the emulator.
///
/// ```
/// use codearts_repo_emulator::{Repository, Upstream};
/// let mirror = Repository::new(123).name("project").upstream(Upstream::url("https://git.example.com/project.git"));
/// let plain = Repository::new(124);
/// # let _ = (mirror, plain);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) project_id: String,
    pub(crate) upstream: Option<Upstream>,
    pub(crate) archived: bool,
    pub(crate) starred: bool,
}

impl Repository {
    /// A repository with an id within the contract's range and the name `repository-<id>`. It is not a mirror yet.
    ///
    /// The emulator does not start with an id outside the range.
    #[must_use]
    pub fn new(id: u64) -> Self {
        Self {
            id,
            name: format!("repository-{id}"),
            project_id: "00000000000000000000000000000001".to_owned(),
            upstream: None,
            archived: false,
            starred: false,
        }
    }

    /// Names the repository. The default is `repository-<id>`.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The id of the project that the repository belongs to, 32 characters. The default is
    /// `00000000000000000000000000000001`.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = id.into();
        self
    }

    /// Makes the repository a mirror of the upstream. Nothing is fetched before a synchronization is started.
    #[must_use]
    pub fn upstream(mut self, upstream: Upstream) -> Self {
        self.upstream = Some(upstream);
        self
    }

    /// Whether the repository is listed as archived. The default is `false`.
    #[must_use]
    pub fn archived(mut self, archived: bool) -> Self {
        self.archived = archived;
        self
    }

    /// Whether the repository is listed as starred. The default is `false`.
    #[must_use]
    pub fn starred(mut self, starred: bool) -> Self {
        self.starred = starred;
        self
    }
}

/// Where a mirror's content comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream(pub(crate) UpstreamKind);

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum UpstreamKind {
    Demonstration,
    Url(String),
    Local(PathBuf),
}

impl Upstream {
    /// A small git repository that the emulator creates in its data folder: three commits, two branches, one tag.
    #[must_use]
    pub fn demonstration() -> Self {
        Self(UpstreamKind::Demonstration)
    }

    /// A git repository that is served over HTTP or HTTPS. The emulator does not start with any other address.
    #[must_use]
    pub fn url(url: impl Into<String>) -> Self {
        Self(UpstreamKind::Url(url.into()))
    }

    /// A git repository in a folder of this machine. Only the owner can set one; the API accepts http and https only.
    ///
    /// A relative path starts at the current folder when the emulator starts. The folder may belong to another user.
    /// The emulator does not start if the path is not a folder, or if it begins with a dash.
    #[must_use]
    pub fn local(path: impl Into<PathBuf>) -> Self {
        Self(UpstreamKind::Local(path.into()))
    }
}

/// An address may contain a user name, a password or a token, which are not shown.
impl fmt::Debug for UpstreamKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demonstration => formatter.write_str("Demonstration"),
            Self::Url(text) => write!(formatter, "{:?}", MirrorUrl::from_caller(text)),
            Self::Local(path) => write!(formatter, "{}", path.display()),
        }
    }
}

/// An IAM user, which gets tokens for a name and a password.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    pub(crate) domain: String,
    pub(crate) name: String,
    pub(crate) password: Secret,
    pub(crate) permissions: Arc<Permissions>,
}

impl User {
    /// A user of an account (domain), with a password.
    ///
    /// ```
    /// let user = codearts_repo_emulator::User::new("account", "alice", "s3cr3t");
    /// assert!(!format!("{user:?}").contains("s3cr3t"));
    /// ```
    #[must_use]
    pub fn new(domain: impl Into<String>, name: impl Into<String>, password: impl Into<String>) -> Self {
        Self { domain: domain.into(), name: name.into(), password: password.into().into(), permissions: Arc::default() }
    }

    /// The permissions of the user's tokens. The default is all.
    #[must_use]
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = Arc::new(permissions);
        self
    }
}

/// An identity provider of an account: its users get tokens for an ID token.
#[derive(Clone)]
pub struct IdentityProvider {
    pub(crate) id: String,
    pub(crate) id_token: Secret,
    pub(crate) permissions: Arc<Permissions>,
}

impl IdentityProvider {
    /// A provider, and the one ID token that is accepted. The token is compared, not verified.
    ///
    /// ```
    /// let provider = codearts_repo_emulator::IdentityProvider::new("ci", "eyJs3cr3t");
    /// assert!(!format!("{provider:?}").contains("s3cr3t"));
    /// ```
    #[must_use]
    pub fn new(id: impl Into<String>, id_token: impl Into<String>) -> Self {
        Self { id: id.into(), id_token: id_token.into().into(), permissions: Arc::default() }
    }

    /// The permissions of its users. The default is all.
    #[must_use]
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = Arc::new(permissions);
        self
    }
}

impl fmt::Debug for IdentityProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("IdentityProvider").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for User {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("User").field("domain", &self.domain).field("name", &self.name).finish_non_exhaustive()
    }
}
