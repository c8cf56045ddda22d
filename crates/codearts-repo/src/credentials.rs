//! User name and password at the mirror source.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codearts_repo_client::WireSecret;
use codearts_repo_client::internal::Secrets;
use zeroize::Zeroizing;

/// The user name and the password (or access token) with which CodeArts Repo reads a private mirror source.
///
/// Both are plain text. The request encodes them in Base64 (the standard alphabet, padded, of the UTF-8 text); the vendor
/// requires Base64 and does not say which variant. Empty texts are sent as empty texts, as in the vendor's example.
/// `Debug` shows neither, and the memory is wiped when they are dropped.
///
/// ```
/// use codearts_repo::RemoteCredentials;
///
/// let credentials = RemoteCredentials::new("alice", "s3cr3t");
/// assert!(!format!("{credentials:?}").contains("s3cr3t"));
/// ```
#[derive(Clone, Default)]
pub struct RemoteCredentials {
    username: Option<Zeroizing<String>>,
    password: Option<Zeroizing<String>>,
}

impl RemoteCredentials {
    /// A user name and a password.
    pub fn new(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: Some(Zeroizing::new(username.into())), password: Some(Zeroizing::new(password.into())) }
    }

    /// Only a user name; the request has no password.
    pub fn username_only(username: impl Into<String>) -> Self {
        Self { username: Some(Zeroizing::new(username.into())), password: None }
    }

    /// Only a password, for sources that accept an access token alone; the request has no user name.
    pub fn password_only(password: impl Into<String>) -> Self {
        Self { username: None, password: Some(Zeroizing::new(password.into())) }
    }

    pub(crate) fn username_on_the_wire(&self) -> Option<WireSecret> {
        self.username.as_ref().map(|text| encode(text))
    }

    pub(crate) fn password_on_the_wire(&self) -> Option<WireSecret> {
        self.password.as_ref().map(|text| encode(text))
    }

    /// Shows neither: a user name is not a secret, but half of a login.
    pub(crate) fn secrets(&self, secrets: &mut Secrets) {
        [&self.username, &self.password].into_iter().flatten().for_each(|text| secrets.add(text));
    }
}

fn encode(text: &str) -> WireSecret {
    WireSecret::new(STANDARD.encode(text))
}

/// Always compares both texts, each in the time that its length takes, as [`WireSecret`] does.
impl PartialEq for RemoteCredentials {
    fn eq(&self, other: &Self) -> bool {
        (self.username_on_the_wire() == other.username_on_the_wire())
            & (self.password_on_the_wire() == other.password_on_the_wire())
    }
}

impl Eq for RemoteCredentials {}

impl fmt::Debug for RemoteCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RemoteCredentials(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::{RemoteCredentials, Secrets, encode};

    #[test]
    fn every_form_of_a_password_is_hidden() {
        let mut secrets = Secrets::default();
        RemoteCredentials::new("alice", "p@ss w/ö\"1").secrets(&mut secrets);
        for form in
            ["p@ss w/ö\"1", "cEBzcyB3L8O2IjE=", "p%40ss+w%2F%C3%B6%221", "p%40ss%20w%2F%C3%B6%221", "p@ss w/Ã¶\"1"]
        {
            let mut text = format!("remote: bad {form} here");
            secrets.hide(&mut text);
            assert_eq!(text, "remote: bad *** here", "{form}");
        }
    }

    #[test]
    fn equal_texts_are_equal_credentials() {
        let both = RemoteCredentials::new("alice", "s3cr3t");
        assert_eq!(both, RemoteCredentials::new("alice", "s3cr3t"));
        for other in [
            RemoteCredentials::new("bob", "s3cr3t"),
            RemoteCredentials::new("alice", "s3cr3t2"),
            RemoteCredentials::username_only("alice"),
            RemoteCredentials::password_only("s3cr3t"),
        ] {
            assert_ne!(both, other);
        }
    }

    #[test]
    fn base64_is_the_standard_alphabet_padded_of_utf_8() {
        // RFC 4648 section 10, and texts whose encoding differs between the alphabets.
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("??>", "Pz8+"),
            ("???", "Pz8/"),
            ("é", "w6k="),
            ("密码", "5a+G56CB"),
        ] {
            assert_eq!(encode(plain).expose(), encoded, "{plain}");
        }
    }
}
