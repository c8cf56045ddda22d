//! Tokens: fixed by the owner, or issued.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::clock;
use crate::permissions::Permissions;
use crate::refusal::Refusal;
use crate::seed::User;
use crate::storage::Storage;
#[cfg(feature = "store")]
use crate::store::{Store, StoreError};

/// How many tokens are known at once. A new one replaces the one that expires first.
const MAX_KNOWN: usize = 100_000;

/// Only the digest of a token is kept.
pub(crate) type TokenDigest = [u8; 32];

/// A token as it is stored. Its key is its digest, so no file contains the token itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TokenRecord {
    pub(crate) expires_at: Timestamp,
    /// The account and the name of the user that it was issued to; `None` for the owner.
    pub(crate) user: Option<(String, String)>,
}

/// All tokens that are or were accepted.
#[derive(Debug)]
pub(crate) struct Tokens {
    lifetime: Duration,
    known: Mutex<HashMap<TokenDigest, Known>>,
    storage: Storage,
}

/// What is known of a token.
#[derive(Clone, Debug)]
struct Known {
    expiry: Expiry,
    /// The name of its user; `None` for the owner.
    user: Option<Arc<str>>,
    permissions: Arc<Permissions>,
}

/// When a token expires.
#[derive(Clone, Copy, Debug)]
enum Expiry {
    Never,
    At(Timestamp),
}

/// A token that was just issued.
pub(crate) struct Issued {
    pub(crate) token: String,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl Tokens {
    pub(crate) fn new<'t>(lifetime: Duration, fixed: impl IntoIterator<Item = (&'t [u8], Arc<Permissions>)>) -> Self {
        let never = |permissions| Known { expiry: Expiry::Never, user: None, permissions };
        let known = fixed.into_iter().map(|(token, permissions)| (digest(token), never(permissions))).collect();
        Self { lifetime, known: Mutex::new(known), storage: Storage::default() }
    }

    /// Keeps issued tokens in a store, and accepts the tokens in it, unless their user is unknown.
    #[cfg(feature = "store")]
    pub(crate) fn with_store(mut self, store: Arc<Store>, users: &[User]) -> Result<Self, StoreError> {
        for (digest, token) in store.tokens()? {
            let permissions = match &token.user {
                None => Some(Arc::default()),
                Some((domain, name)) => {
                    let user = users.iter().find(|user| user.domain == *domain && user.name == *name);
                    user.map(|user| Arc::clone(&user.permissions))
                }
            };
            if let Some(permissions) = permissions {
                let user = token.user.map(|(_, name)| name.into());
                let known = Known { expiry: Expiry::At(token.expires_at), user, permissions };
                self.known().entry(digest).or_insert(known);
            }
        }
        self.storage = Storage { store: Some(store) };
        Ok(self)
    }

    /// Issues a token in IAM's form, to a user, or to the owner if there is none.
    pub(crate) fn issue(&self, user: Option<&User>) -> Issued {
        let permissions = user.map(|user| Arc::clone(&user.permissions)).unwrap_or_default();
        self.issue_to(user.map(|user| (user.domain.clone(), user.name.clone())), permissions)
    }

    /// Issues a token to the user with this account and name.
    pub(crate) fn issue_to(&self, user: Option<(String, String)>, permissions: Arc<Permissions>) -> Issued {
        let mut token = String::from("MII");
        for _ in 0..6 {
            token.push_str(&Uuid::new_v4().simple().to_string());
        }
        let (issued_at, expires_at) = (Timestamp::now(), clock::after(self.lifetime));
        let mut known = self.known();
        if known.len() >= MAX_KNOWN {
            make_room(&mut known);
        }
        let digest = digest(token.as_bytes());
        let name = user.as_ref().map(|(_, name)| name.as_str().into());
        self.storage.put_token(&digest, &TokenRecord { expires_at, user });
        known.insert(digest, Known { expiry: Expiry::At(expires_at), user: name, permissions });
        Issued { token, issued_at, expires_at }
    }

    /// The permissions of a token and the name of its user, or why it is not accepted.
    pub(crate) fn check(&self, token: &[u8]) -> Result<(Arc<Permissions>, Option<Arc<str>>), Refusal> {
        match self.known().get(&digest(token)) {
            None => Err(Refusal::token_unknown()),
            Some(Known { expiry: Expiry::At(time), .. }) if *time <= Timestamp::now() => Err(Refusal::token_expired()),
            Some(known) => Ok((Arc::clone(&known.permissions), known.user.clone())),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<TokenDigest, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn digest(token: &[u8]) -> TokenDigest {
    Sha256::digest(token).into()
}

fn make_room(known: &mut HashMap<TokenDigest, Known>) {
    let first = known.iter().filter_map(|(digest, known)| match known.expiry {
        Expiry::Never => None,
        Expiry::At(time) => Some((time, *digest)),
    });
    if let Some((_, digest)) = first.min() {
        known.remove(&digest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_pass_expire_or_are_unknown() {
        let tokens = Tokens::new(Duration::from_secs(60), [(b"fixed".as_slice(), Arc::default())]);
        assert!(tokens.check(b"fixed").is_ok());
        assert!(tokens.check(tokens.issue(None).token.as_bytes()).is_ok());
        assert_eq!(tokens.check(b"other"), Err(Refusal::token_unknown()));
        let short = Tokens::new(Duration::ZERO, []);
        assert_eq!(short.check(short.issue(None).token.as_bytes()), Err(Refusal::token_expired()));
    }

    #[test]
    fn the_token_that_expires_first_makes_room_and_a_fixed_one_never() {
        let known = |expiry| Known { expiry, user: None, permissions: Arc::default() };
        let at = |second| known(Expiry::At(Timestamp::from_second(second).expect("a time")));
        let mut all = HashMap::from([([1; 32], known(Expiry::Never)), ([2; 32], at(7)), ([3; 32], at(5))]);
        let mut left = || {
            make_room(&mut all);
            let mut left: Vec<u8> = all.keys().map(|digest| digest[0]).collect();
            left.sort_unstable();
            left
        };
        assert_eq!([left(), left(), left()], [vec![1, 2], vec![1], vec![1]]);
    }

    #[cfg(feature = "store")]
    #[test]
    fn a_stored_token_belongs_to_its_user() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Arc::new(Store::open(&folder.path().join("state.redb")).expect("a store"));
        let user =
            |domain: &str, name: &str, id| User::new(domain, name, "x").permissions(Permissions::none().read(id));
        let users = [user("a", "alice", 1), user("a", "bob", 2), user("b", "alice", 3)];
        let open = |users: &[User]| {
            Tokens::new(Duration::from_secs(60), []).with_store(Arc::clone(&store), users).expect("the tokens")
        };
        let issued: Vec<String> = users.iter().map(|user| open(&users).issue(Some(user)).token).collect();
        for (user, token) in users.iter().zip(&issued) {
            assert_eq!(open(&users).check(token.as_bytes()).expect("known").0, user.permissions);
        }
        assert_eq!(open(&users[1..]).check(issued[0].as_bytes()), Err(Refusal::token_unknown()), "the user is unknown");
    }
}
