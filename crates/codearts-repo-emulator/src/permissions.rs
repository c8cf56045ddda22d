//! Permissions on repositories.

use std::collections::HashMap;

use http::Method;

/// The permissions of a token, a user or an access key. The default is all.
///
/// ```
/// use codearts_repo_emulator::Permissions;
/// let reader_of_one = Permissions::none().read(123);
/// let all_but_one = Permissions::all().deny(124);
/// # let _ = (reader_of_one, all_but_one);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    others: Access,
    repositories: HashMap<u64, Access>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Access {
    None,
    Read,
    Write,
}

impl Permissions {
    /// All permissions on all repositories.
    #[must_use]
    pub fn all() -> Self {
        Self { others: Access::Write, repositories: HashMap::new() }
    }

    /// No permissions.
    #[must_use]
    pub fn none() -> Self {
        Self { others: Access::None, repositories: HashMap::new() }
    }

    /// Allows reading: listing and showing the repository, and showing its mirror.
    #[must_use]
    pub fn read(self, repository: u64) -> Self {
        self.set(repository, Access::Read)
    }

    /// Allows writing too: starting and changing the mirror.
    #[must_use]
    pub fn write(self, repository: u64) -> Self {
        self.set(repository, Access::Write)
    }

    /// Allows nothing on the repository.
    #[must_use]
    pub fn deny(self, repository: u64) -> Self {
        self.set(repository, Access::None)
    }

    fn set(mut self, repository: u64, access: Access) -> Self {
        self.repositories.insert(repository, access);
        self
    }

    /// Whether a call with this method on this repository is allowed.
    pub(crate) fn allow(&self, method: &Method, repository: u64) -> bool {
        let needed = if method == Method::GET { Access::Read } else { Access::Write };
        *self.repositories.get(&repository).unwrap_or(&self.others) >= needed
    }
}

impl Default for Permissions {
    fn default() -> Self {
        Self::all()
    }
}
