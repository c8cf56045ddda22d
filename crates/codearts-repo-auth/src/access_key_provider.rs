//! Access keys that change.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use codearts_repo_client::internal::{SignerFuture, Signers};
use codearts_repo_client::{Auth, AuthError, Authorize};

use crate::access_key::AccessKey;

/// What [`AccessKeyProvider::access_key`] returns.
pub type AccessKeyFuture<'a> = Pin<Box<dyn Future<Output = Result<AccessKey, AuthError>> + Send + 'a>>;

/// Returns the access key for a call: a temporary key expires after hours, and a permanent one may be rotated.
///
/// ```
/// use codearts_repo_auth::{AccessKey, AccessKeyFuture, AccessKeyProvider, Auth, AuthError, AuthStep, access_keys};
///
/// struct Vault;
///
/// impl AccessKeyProvider for Vault {
///     fn access_key<'a>(&'a self, refused: Option<&'a AccessKey>) -> AccessKeyFuture<'a> {
///         Box::pin(async move {
///             // Read the vault here. Return the stored key unless it is `refused` or about to expire.
///             let id = if refused.is_some() { "AKFRESH" } else { "AKFIRST" };
///             AccessKey::new(id, "secret").map_err(|error| AuthError::new(AuthStep::Token, error))
///         })
///     }
/// }
///
/// let auth: Auth = access_keys(Vault);
/// assert_eq!(format!("{auth:?}"), "Auth(access key provider)");
/// ```
pub trait AccessKeyProvider: Send + Sync {
    /// Returns a key. It is called before every attempt: store the key.
    ///
    /// `refused` is the key whose request the service has just refused with 401. If another key is returned, the call
    /// is repeated once; if not, it fails.
    ///
    /// # Errors
    ///
    /// [`AuthError`], which is retried if it is [retryable](AuthError::retryable).
    fn access_key<'a>(&'a self, refused: Option<&'a AccessKey>) -> AccessKeyFuture<'a>;

    /// How long the current key lives, if that is known. The default is `None`.
    fn life(&self) -> Option<Duration> {
        None
    }
}

macro_rules! provider_behind_a_pointer {
    ($($pointer:ident)*) => { $(
        impl<P: AccessKeyProvider + ?Sized> AccessKeyProvider for $pointer<P> {
            fn access_key<'a>(&'a self, refused: Option<&'a AccessKey>) -> AccessKeyFuture<'a> {
                (**self).access_key(refused)
            }

            fn life(&self) -> Option<Duration> {
                (**self).life()
            }
        }
    )* };
}
provider_behind_a_pointer!(Arc Box);

/// Signs the requests of a client with the keys of a provider.
pub fn access_keys(provider: impl AccessKeyProvider + 'static) -> Auth {
    Auth::signers(Keys { provider, last: Mutex::new(None) })
}

struct Keys<P> {
    provider: P,
    /// The last key, to recognize that the provider returned the same one.
    last: Mutex<Option<Arc<AccessKey>>>,
}

impl<P: AccessKeyProvider> Signers for Keys<P> {
    fn signer<'a>(&'a self, refused: Option<&'a Arc<dyn Authorize>>) -> SignerFuture<'a> {
        Box::pin(async move {
            let last = self.last();
            let refused = last.filter(|last| refused.is_some_and(|refused| is_same(last, refused)));
            let key = self.provider.access_key(refused.as_deref()).await?;
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            let signer = last.take().filter(|last| **last == key).unwrap_or_else(|| Arc::new(key));
            *last = Some(signer.clone());
            Ok(signer as Arc<dyn Authorize>)
        })
    }

    fn life(&self) -> Option<Duration> {
        self.provider.life()
    }
}

impl<P> Keys<P> {
    fn last(&self) -> Option<Arc<AccessKey>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn is_same(key: &Arc<AccessKey>, signer: &Arc<dyn Authorize>) -> bool {
    Arc::as_ptr(key).cast::<()>() == Arc::as_ptr(signer).cast::<()>()
}

impl<P> fmt::Debug for Keys<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(***)")
    }
}
