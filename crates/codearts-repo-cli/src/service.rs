//! The service that a command calls: a real one, or the emulator in this process.

use std::path::PathBuf;

use codearts_repo::auth::CredentialsKind;
use codearts_repo::{Client, Endpoint, Region, RepositoryId};
use codearts_repo_client::internal::plain_text::{self, NotText};

use crate::advice;
use crate::arguments::Target;
use crate::caller::Caller;
use crate::context::Context;
use crate::failure::{Failure, OR_TRY};
use crate::{files, output};

/// What authorizes the calls, as far as a shell can do the same.
#[derive(Debug)]
pub(crate) enum Authority {
    /// A token in this variable.
    Token(String),
    /// A token in the file that `CODEARTS_REPO_TOKEN_FILE` names.
    TokenFile,
    /// Something that this program does.
    Other,
}

/// A client, and what it needs.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) client: Client,
    pub(crate) authority: Authority,
    /// The file with additional CA certificates.
    pub(crate) ca_file: Option<PathBuf>,
    #[cfg(feature = "emulator")]
    local: Option<crate::local::Local>,
}

impl Service {
    /// Builds the client from the arguments and the environment. Sends nothing.
    ///
    /// An emulator in this process gets these repositories.
    pub(crate) async fn open(context: &Context, repositories: &[RepositoryId]) -> Result<Self, Failure> {
        Self::open_at(context, repositories, Target::Repo).await
    }

    /// The same at the address of this service. An emulator in this process answers as all of them.
    pub(crate) async fn open_at(
        context: &Context,
        repositories: &[RepositoryId],
        target: Target,
    ) -> Result<Self, Failure> {
        #[cfg(feature = "emulator")]
        if context.global.local {
            let (local, client) = Box::pin(crate::local::Local::start(repositories)).await?;
            return Ok(Self { client, authority: Authority::Other, ca_file: None, local: Some(local) });
        }
        let _ = repositories;
        let (client, authority) = remote(context, target)?;
        Ok(Self {
            client,
            authority,
            ca_file: context.settings.ca_file(&context.global)?.map(|setting| setting.value),
            #[cfg(feature = "emulator")]
            local: None,
        })
    }

    /// The repositories of an emulator for commands that list them.
    pub(crate) fn to_list() -> Vec<RepositoryId> {
        (1_u32..=3).filter_map(|id| RepositoryId::try_from(id).ok()).collect()
    }

    /// Stops an emulator in this process and removes its files.
    pub(crate) async fn close(self) {
        #[cfg(feature = "emulator")]
        if let Some(local) = self.local {
            Box::pin(local.stop()).await;
        }
    }
}

fn remote(context: &Context, target: Target) -> Result<(Client, Authority), Failure> {
    let caller = Caller::of(context)?;
    let mut builder = Client::builder();
    if let Some(setting) = context.settings.ca_file(&context.global)? {
        let path = &setting.value;
        let invalid = |error: &dyn std::error::Error| {
            let explanation = advice::with(error, "set it to a file with CA certificates in PEM format");
            Failure::from(explanation).at(format_args!("{} {}", setting.origin, path.display()))
        };
        let pem = files::read(path).map_err(|error| invalid(&error))?;
        // What is between the certificates can have any encoding.
        if plain_text::decode(&pem) == Err(NotText::Utf16) {
            let place = format!("{} {}", setting.origin, path.display());
            return Err(Failure::usage(NotText::Utf16, NotText::Utf16.advice()).at(place));
        }
        builder = builder.ca_certificates(&pem).map_err(|error| invalid(&error))?;
    }
    if let Some(endpoint) = &caller.endpoint {
        builder = builder.endpoint(endpoint.value.clone());
    }
    // If both credentials and region are missing, report the region first.
    let found = caller.credentials();
    let region = match &found {
        Ok((_, region)) => *region,
        Err(_) => caller.region.as_ref().map(|region| region.value),
    };
    if region.is_none() && caller.endpoint.is_none() {
        let advice = format!("pass --region (`codearts-repo regions` lists them) or --endpoint{OR_TRY}");
        return Err(Failure::usage("no region is set", advice));
    }
    if let Some(region) = region {
        builder = builder.region(region);
    }
    // An invalid one matters to calls of STS alone.
    if let Ok(Some(sts)) = caller.sts_endpoint() {
        builder = builder.sts_endpoint(sts);
    }
    match target {
        Target::Repo => {}
        Target::Iam => builder = builder.endpoint(iam_endpoint(&caller, region)?),
        Target::Sts => builder = builder.endpoint(sts_endpoint(&caller, region)?),
    }
    let (found, _) = found?;
    // A token and a key in variables is most often an oversight; a key in a file is not.
    let is_key = |kind| kind == Some(CredentialsKind::AccessKey);
    let key = found.skipped.iter().find(|skipped| is_key(skipped.kind) && !skipped.source.is_file());
    let is_token = matches!(found.kind, CredentialsKind::Token | CredentialsKind::TokenFile);
    if let Some(key) = key.filter(|_| is_token) {
        let (token, key) = (&found.origin, &key.source);
        output::note(format_args!(
            "both a token ({token}) and an access key ({key}) are set; the token takes precedence"
        ));
    }
    let authority = match found.kind {
        CredentialsKind::Token => Authority::Token(found.origin.to_string()),
        CredentialsKind::TokenFile => Authority::TokenFile,
        _ => Authority::Other,
    };
    Ok((builder.auth(found.auth).build()?, authority))
}

/// The address of IAM that is set, or the one of the region.
fn iam_endpoint(caller: &Caller, region: Option<Region>) -> Result<Endpoint, Failure> {
    let unknown = || Failure::usage("the address of IAM is not known", "pass --iam-endpoint or --region");
    let of_region = || region.and_then(|region| region.iam_endpoint().parse().ok());
    caller.iam_endpoint().map(|set| set.value).or_else(of_region).ok_or_else(unknown)
}

/// The address of STS that is set, or the one of the region.
fn sts_endpoint(caller: &Caller, region: Option<Region>) -> Result<Endpoint, Failure> {
    let unknown =
        || Failure::usage("the address of STS is not known", "set HUAWEICLOUD_SDK_STS_ENDPOINT or pass --region");
    let of_region = || region.and_then(|region| region.sts_endpoint().parse().ok());
    caller.sts_endpoint()?.or_else(of_region).ok_or_else(unknown)
}
