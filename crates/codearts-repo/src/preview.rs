//! What a call that changes something would send, for people to look at. Nothing is sent, and no secret gets into it.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use codearts_repo_client::types::AssociateRemoteMirrorRequest;
use codearts_repo_client::{
    Authorization, Authorize, Client as Generated, Error as GeneratedError, ErrorBody, MirrorUrl, NotAuthorized,
    RepositoryId, WireSecret,
};
use reqwest::Request;
use reqwest::header::HeaderValue;

use crate::Error;
use crate::client::Client;
use crate::mirror::MirrorSettings;
use crate::start_sync::StartSync;

/// What stands in place of a secret.
const MASKED: &str = "***";
const TOKEN_HEADER: &str = "x-auth-token";

/// A request as it would be sent, with `***` in place of the caller's authority and of the credentials for the source.
///
/// The headers are those that this crate sets. What the HTTP library adds on the way is not among them: `Host`,
/// `Content-Length` and `User-Agent`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestPreview {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The names of the headers in lower case, and their values.
    pub headers: Vec<(String, String)>,
    /// The body, which is JSON.
    pub body: String,
}

impl RequestPreview {
    fn of(request: &Request) -> Self {
        let masked = |value: &HeaderValue| {
            let shown = if value.is_sensitive() { MASKED.as_bytes() } else { value.as_bytes() };
            String::from_utf8_lossy(shown).into_owned()
        };
        let headers = request.headers().iter().map(|(name, value)| (name.to_string(), masked(value)));
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        Self {
            method: request.method().to_string(),
            url: request.url().to_string(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }
}

/// Stands where a request gets its authority, as the last one who sees it before it is sent, and keeps it from that.
struct Look {
    key: Option<Arc<dyn Authorize>>,
    seen: Mutex<Option<RequestPreview>>,
}

impl Authorize for Look {
    fn authorize(&self, request: &mut Request) -> Result<(), NotAuthorized> {
        match &self.key {
            Some(key) => key.authorize(request)?,
            // A token is not asked for: a provider would have to send something to get one.
            None => {
                request.headers_mut().insert(TOKEN_HEADER, HeaderValue::from_static(MASKED));
            }
        }
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(RequestPreview::of(request));
        Err(NotAuthorized::new("it is only looked at"))
    }
}

impl StartSync<'_> {
    /// The request that [`send`](Self::send) would make, made by the same code. Nothing is sent, to IAM neither.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use codearts_repo::{Client, Region, RemoteCredentials, RepositoryId, Token};
    ///
    /// let client = Client::builder().region(Region::CN_NORTH_4).auth(Token::new("t")?).build()?;
    /// let start = client.start_sync(RepositoryId::try_from(123)?);
    /// let request = start.remote_credentials(RemoteCredentials::password_only("s3cr3t")).preview().await?;
    /// assert_eq!(request.body, r#"{"password":"***"}"#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] when no such request can be made.
    pub async fn preview(self) -> Result<RequestPreview, Error> {
        let (client, repository, options) = self.into_parts();
        // The secrets are taken out before the body is made, so that none can be overlooked in it.
        let mut body = options.body();
        for secret in [&mut body.username, &mut body.password].into_iter().flatten() {
            *secret = WireSecret::new(MASKED);
        }
        let call = |generated: Generated| async move {
            generated.start_remote_mirror_synchronization().repository_id(repository).body(body).send().await.map(drop)
        };
        client.look_at(call).await
    }
}

impl Client {
    /// The request that [`update_mirror`](Self::update_mirror) would make, made by the same code. Nothing is sent.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use codearts_repo::{Client, MirrorSettings, Region, RepositoryId, SyncBranchType, Token};
    ///
    /// let client = Client::builder().region(Region::CN_NORTH_4).auth(Token::new("t")?).build()?;
    /// let settings = MirrorSettings::new().branches(SyncBranchType::All);
    /// let request = client.preview_update_mirror(RepositoryId::try_from(123)?, &settings).await?;
    /// assert_eq!((request.method.as_str(), request.body.as_str()), ("PUT", r#"{"sync_branch_type":"all"}"#));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] when no such request can be made.
    pub async fn preview_update_mirror(
        &self,
        repository: RepositoryId,
        settings: &MirrorSettings,
    ) -> Result<RequestPreview, Error> {
        let body = &settings.0;
        let call = |generated: Generated| async move {
            generated
                .update_repository_remote_mirror()
                .repository_id(repository)
                .body(body.clone())
                .send()
                .await
                .map(drop)
        };
        self.look_at(call).await
    }

    /// The request that [`associate_mirror`](Self::associate_mirror) would make, made by the same code. Nothing is
    /// sent.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use codearts_repo::{Client, Region, RepositoryId, Token};
    ///
    /// let client = Client::builder().region(Region::CN_NORTH_4).auth(Token::new("t")?).build()?;
    /// let request = client.preview_associate_mirror(RepositoryId::try_from(123)?, None).await?;
    /// assert!(request.url.ends_with("/v4/repositories/123/remote-mirror/associate"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] when no such request can be made.
    pub async fn preview_associate_mirror(
        &self,
        repository: RepositoryId,
        source: Option<MirrorUrl>,
    ) -> Result<RequestPreview, Error> {
        let body = &AssociateRemoteMirrorRequest { url: source };
        let call = |generated: Generated| async move {
            generated.associate_remote_mirror().repository_id(repository).body(body.clone()).send().await.map(drop)
        };
        self.look_at(call).await
    }

    /// Makes a call up to where it would be sent.
    async fn look_at<F>(&self, call: impl FnOnce(Generated) -> F) -> Result<RequestPreview, Error>
    where
        F: Future<Output = Result<(), GeneratedError<ErrorBody>>>,
    {
        let look = Arc::new(Look { key: self.auth().as_signer().cloned(), seen: Mutex::new(None) });
        let reason = match call(self.generated(Authorization::new(look.clone()))).await {
            Ok(()) => "it was answered".to_owned(),
            Err(error) => error.to_string(),
        };
        let seen = look.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        seen.ok_or(Error::NotSent(reason))
    }
}

#[cfg(test)]
mod tests {
    use codearts_repo_client::RepositoryId;

    use crate::{Client, RemoteCredentials, Token};

    #[tokio::test]
    async fn a_preview_is_the_request_without_its_secrets_and_needs_no_service() {
        // Nobody listens there.
        let endpoint = "http://127.0.0.1:1".parse().expect("an endpoint");
        let client = Client::builder().endpoint(endpoint).auth(Token::new("MIIT").expect("a token")).build();
        let client = client.expect("a client");
        let start = client.start_sync(RepositoryId::try_from(5).expect("an id")).force_fetch(true);
        let preview = start.remote_credentials(RemoteCredentials::new("bob", "b")).preview().await.expect("a request");
        assert_eq!(
            (preview.method.as_str(), preview.url.as_str()),
            ("POST", "http://127.0.0.1:1/v4/repositories/5/remote-mirror")
        );
        assert_eq!(preview.body, r#"{"force_fetch":true,"password":"***","username":"***"}"#);
        let header =
            |name: &str| preview.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        assert_eq!((header("x-auth-token"), header("content-type")), (Some("***"), Some("application/json")));
        assert_eq!(header("api-version"), None);
    }
}
