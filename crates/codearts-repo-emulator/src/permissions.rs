//! Permissions on repositories.

use std::collections::HashMap;

use http::Method;

/// The permissions of a token, a user or an access key; the default is everything.
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
    repositories: HashMap<u32, Access>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Access {
    None,
    Read,
    Write,
}

impl Permissions {
    /// Everything on every repository.
    #[must_use]
    pub fn all() -> Self {
        Self { others: Access::Write, repositories: HashMap::new() }
    }

    /// Nothing on any repository.
    #[must_use]
    pub fn none() -> Self {
        Self { others: Access::None, repositories: HashMap::new() }
    }

    /// Permits to list and read the repository, and to show its mirror.
    #[must_use]
    pub fn read(self, repository: u32) -> Self {
        self.set(repository, Access::Read)
    }

    /// Permits to start and change the mirror too.
    #[must_use]
    pub fn write(self, repository: u32) -> Self {
        self.set(repository, Access::Write)
    }

    /// Permits nothing on the repository.
    #[must_use]
    pub fn deny(self, repository: u32) -> Self {
        self.set(repository, Access::None)
    }

    fn set(mut self, repository: u32, access: Access) -> Self {
        self.repositories.insert(repository, access);
        self
    }

    /// Whether a call with this method on this repository is permitted.
    pub(crate) fn allow(&self, method: &Method, repository: u32) -> bool {
        let needed = if method == Method::GET { Access::Read } else { Access::Write };
        *self.repositories.get(&repository).unwrap_or(&self.others) >= needed
    }
}

impl Default for Permissions {
    fn default() -> Self {
        Self::all()
    }
}
