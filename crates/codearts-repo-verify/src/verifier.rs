//! Verifies mirrors of a service.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use codearts_repo::{Client, Error, RepositoryId, RetryPolicy};
use codearts_repo_sync::{Limits, Operation, Quota};
use tracing::info;

use crate::Branches;
use crate::check::{Scope, check};
use crate::fleet::RefsDigest;
use crate::reason::{Reason, ReasonKind};
use crate::service::Mirror;
use crate::source::{SourceCredentials, SourceReader};
use crate::verification::{Observed, Verdict, Verification};

/// How often a mirror is compared at most while its source moves.
const MOST_CHECKS: u32 = 3;

/// Verifies mirrors. Cheap to clone.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use codearts_repo_emulator::{Emulator, Repository, Upstream};
/// # use codearts_repo::{Client, RepositoryId, SyncOptions, Token};
/// # let repository = Repository::new(123).upstream(Upstream::demonstration());
/// # let emulator = Emulator::builder().token("t").repository(repository).start().await?;
/// # let client = Client::builder().endpoint(emulator.endpoint().parse()?).auth(Token::new("t")?).build()?;
/// use codearts_repo_sync::{Wait, sync};
/// use codearts_repo_verify::{Verdict, Verifier};
///
/// let repository = RepositoryId::try_from(123)?;
/// let verifier = Verifier::new(client.clone());
/// assert_eq!(verifier.verify(repository).await?.verdict, Verdict::Different);
/// sync(&client, repository, SyncOptions::new(), Wait::default()).await?;
/// assert_eq!(verifier.verify(repository).await?.verdict, Verdict::Equal);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a verifier does nothing until `verify` is called"]
pub struct Verifier {
    pub(crate) client: Client,
    /// The same without retries of its own.
    once: Client,
    pub(crate) limits: Limits,
    source: SourceReader,
    /// The credentials of single sources.
    credentials: Arc<HashMap<RepositoryId, Option<SourceCredentials>>>,
    scope: Scope,
}

impl Verifier {
    /// Verifies the default branch and all tags through this client, with the documented quota.
    ///
    /// Sources on this machine are read only if the client's endpoint is a loopback address.
    pub fn new(client: Client) -> Self {
        Self::with_limits(client, Limits::new(Quota::default()))
    }

    /// The same, within limits that other users of the client share.
    pub fn with_limits(client: Client, limits: Limits) -> Self {
        let source = SourceReader::new().allow_local(is_loopback(client.endpoint().as_str()));
        let once = client.with_retry_policy(RetryPolicy::none());
        let scope = Scope { branches: Branches::Default, list_equal: false };
        Self { client, once, limits, source, credentials: Arc::default(), scope }
    }

    /// Sets which branches are compared.
    pub const fn branches(mut self, branches: Branches) -> Self {
        self.scope.branches = branches;
        self
    }

    /// Lists equal refs too. Unless set, they are counted only, which keeps the memory of a large mirror small.
    pub const fn list_equal(mut self, list: bool) -> Self {
        self.scope.list_equal = list;
        self
    }

    /// Sets how long a source may take to list its refs. 60 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.source = self.source.timeout(timeout);
        self
    }

    /// Sets how sources are read.
    pub fn source(mut self, reader: SourceReader) -> Self {
        self.source = reader;
        self
    }

    /// Sets the credentials of all sources; see [`SourceReader::credentials`].
    pub fn credentials(mut self, credentials: SourceCredentials) -> Self {
        self.source = self.source.credentials(credentials);
        self
    }

    /// Sets the credentials of one mirror's source, which take precedence over those of all sources. With `None`, git asks
    /// the user's credential helpers.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use codearts_repo_emulator::{Emulator, Repository};
    /// # use codearts_repo::{Client, RepositoryId, Token};
    /// # let emulator = Emulator::builder().token("t").repository(Repository::new(123)).start().await?;
    /// # let client = Client::builder().endpoint(emulator.endpoint().parse()?).auth(Token::new("t")?).build()?;
    /// use codearts_repo_verify::{SourceCredentials, Verifier};
    ///
    /// let repository = RepositoryId::try_from(123)?;
    /// let verifier = Verifier::new(client)
    ///     .credentials(SourceCredentials::new("alice", "s3cr3t"))
    ///     .credentials_for(repository, SourceCredentials::new("bob", "an access token"));
    /// assert!(!format!("{verifier:?}").contains("an access token"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn credentials_for(
        mut self,
        repository: RepositoryId,
        credentials: impl Into<Option<SourceCredentials>>,
    ) -> Self {
        Arc::make_mut(&mut self.credentials).insert(repository, credentials.into());
        self
    }

    /// How the source of this mirror is read.
    fn source_of(&self, repository: RepositoryId) -> Cow<'_, SourceReader> {
        match self.credentials.get(&repository) {
            Some(credentials) => Cow::Owned(self.source.with_credentials(credentials.clone())),
            None => Cow::Borrowed(&self.source),
        }
    }

    /// Compares a mirror with its source.
    ///
    /// The source is read before the mirror and, if something differs, after it: the mirror may have either state of a
    /// ref that changed meanwhile. A mirror that cannot be judged because its source moved is compared again, three times
    /// at most. A push to the source between a synchronization and its verification makes the mirror differ.
    ///
    /// # Errors
    ///
    /// An [`Error`] of the service: 404 for a repository that is no mirror, or that does not exist. A source that cannot
    /// be read is no error, but the verdict [`Verdict::CannotTell`] with its reason.
    pub async fn verify(&self, repository: RepositoryId) -> Result<Verification, Error> {
        let show = || self.once.show_mirror(repository);
        let mirror = self.limits.call_retrying(Operation::ShowMirror, self.client.retry_policy(), show).await?;
        let observed = Observed::of(&mirror);
        let status = observed.update_status.clone();
        let compared = self.compare(repository, &mirror.url.unwrap_or_default()).await?;
        let verification = Verification { observed, ..compared };
        info!(repository_id = repository.get(), verdict = ?verification.verdict, status, "verified");
        Ok(verification)
    }

    async fn compare(&self, repository: RepositoryId, address: &str) -> Result<Verification, Error> {
        let reader = Mirror { client: &self.client, once: &self.once, limits: &self.limits, repository };
        let source = self.source_of(repository);
        let mut before = match source.read(address).await {
            Ok(refs) => refs,
            Err(reason) => return Ok(Verification::cannot_tell(repository, reason)),
        };
        let mut checks = 0;
        loop {
            checks += 1;
            let (overview, mut compared) = check(&reader, &before, self.scope).await?;
            let mut after = None;
            if compared.counts.verdict() != Verdict::Equal {
                let refs = match source.read(address).await {
                    Ok(refs) => refs,
                    Err(reason) => return Ok(Verification::cannot_tell(repository, reason)),
                };
                compared = compared.after(&before, &refs, self.scope.list_equal);
                after = Some(refs);
            }
            let verdict = compared.counts.verdict();
            if verdict == Verdict::SourceMoved && checks < MOST_CHECKS {
                before = after.unwrap_or(before);
                continue;
            }
            let reason = (verdict == Verdict::SourceMoved)
                .then(|| Reason::new(ReasonKind::SourceMoved, "the source changed during each comparison"));
            return Ok(Verification {
                repository_id: repository,
                name: overview.name,
                verdict,
                reason,
                digest: Some(RefsDigest::of(after.as_ref().unwrap_or(&before), self.scope.branches)),
                source_default_branch: before.default_branch,
                mirror_default_branch: overview.default_branch,
                counts: compared.counts,
                refs: compared.refs,
                checks,
                observed: Observed::default(),
            });
        }
    }
}

/// Whether an endpoint is on this machine, as that of an emulator is.
fn is_loopback(endpoint: &str) -> bool {
    match url::Url::parse(endpoint).ok().as_ref().and_then(url::Url::host) {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_addresses_of_this_machine_are_loopback() {
        for endpoint in ["http://127.0.0.1:80/", "http://[::1]:80", "https://localhost:8443"] {
            assert!(is_loopback(endpoint), "{endpoint}");
        }
        for endpoint in ["https://codearts.example.com", "http://localhost.example.com", "http://10.0.0.1", "127.0.0.1"]
        {
            assert!(!is_loopback(endpoint), "{endpoint}");
        }
    }
}
