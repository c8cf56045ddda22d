//! The user name and password for a mirror source.

use codearts_repo::RemoteCredentials;
use zeroize::Zeroizing;

/// The user name and the password for the mirror source, as far as they are set.
#[derive(Clone, Default)]
pub(crate) struct Login {
    pub(crate) username: Option<String>,
    pub(crate) password: Option<Zeroizing<String>>,
}

impl Login {
    /// Those of a line of a list.
    pub(crate) fn of_line(username: Option<String>, password: Option<String>) -> Option<Self> {
        let is_set = username.is_some() || password.is_some();
        is_set.then(|| Self { username, password: password.map(Zeroizing::new) })
    }

    /// For the service, which reads the source.
    pub(crate) fn for_service(&self) -> Option<RemoteCredentials> {
        match (self.username.clone(), self.password.as_deref().cloned()) {
            (Some(username), Some(password)) => Some(RemoteCredentials::new(username, password)),
            (Some(username), None) => Some(RemoteCredentials::username_only(username)),
            (None, Some(password)) => Some(RemoteCredentials::password_only(password)),
            (None, None) => None,
        }
    }
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login(***)")
    }
}
