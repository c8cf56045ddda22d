//! The emulator without connections, folders and git, for fuzzing. Only a fuzzing build has this module.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use jiff::Timestamp;

use crate::authority::{AccessKey, Authority};
use crate::contract::{Contract, ContractError};
use crate::git::Git;
use crate::jobs::Jobs;
use crate::mirror::{Mirror, MirrorUrl};
use crate::permissions::Permissions;
use crate::registry::Registry;
use crate::repository::RepositoryRecord;
use crate::seed::User;
use crate::service::{Limits, Port, Service};
use crate::signature::Signature;
use crate::storage::Storage;
use crate::tokens::Tokens;

/// The token with all permissions.
pub const TOKEN: &str = "MIIFuzzedToken";
/// A token with which only mirror 1 can be read.
pub const READERS_TOKEN: &str = "MIIReadersToken";
/// The account, the name and the password of the one user.
pub const USER: [&str; 3] = ["company", "robot", "pa55w0rd-of-the-robot"];
/// The one access key and its secret.
pub const ACCESS_KEY: [&str; 2] = ["FUZZEDAK", "secret-of-the-access-key"];

/// Answers requests as an emulator does after its start: 1 is a mirror, 2 is a mirror without a source, and 3 is not a
/// mirror. Synchronizations are queued and never run.
#[derive(Debug)]
pub struct Harness(Service);

impl Harness {
    /// Reads the contract.
    pub fn open() -> Result<Self, ContractError> {
        let [account, name, password] = USER;
        let registry = Arc::new(registry());
        Ok(Self(Service {
            contract: Contract::built_in()?,
            jobs: Arc::new(jobs(&registry)),
            registry,
            authority: Authority { tokens: tokens(), keys: HashMap::from([key()]), temporary_keys: Default::default() },
            users: vec![User::new(account, name, password)],
            agencies: Vec::new(),
            key_services: Default::default(),
            identity_providers: Vec::new(),
            records: Default::default(),
            faults: Default::default(),
            quota: None,
            limits: Limits { body: 64 * 1024, client_timeout: Duration::from_secs(30) },
            endpoint: "http://127.0.0.1:1".to_owned(),
        }))
    }

    /// Returns to the state at the start.
    pub async fn reset(&mut self) {
        let service = &mut self.0;
        service.jobs.stop();
        service.jobs.stopped().await;
        service.registry = Arc::new(registry());
        service.jobs = Arc::new(jobs(&service.registry));
        service.authority.tokens = tokens();
        service.records = Default::default();
    }

    /// Answers a request as the port of CodeArts Repo and IAM does. `None` if the connection would be reset.
    pub async fn answer(&self, request: Request<Bytes>) -> Option<Response<Bytes>> {
        let (parts, body) = self.0.handle(Port::RepoAndIam, request.map(Full::new)).await.into_response()?.into_parts();
        Some(Response::from_parts(parts, body.collect().await.ok()?.to_bytes()))
    }
}

/// Whether a request is signed with this secret.
///
/// # Errors
///
/// The reason if it is not.
pub fn verify(secret: &[u8], parts: &Parts, body: &[u8]) -> Result<(), String> {
    let authorization = parts.headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let signature = Signature::parse(authorization.unwrap_or_default());
    let verified = signature.and_then(|signature| signature.verify(secret, parts, body, Timestamp::now()));
    verified.map_err(|rejection| format!("{rejection:?}"))
}

fn jobs(registry: &Arc<Registry>) -> Jobs {
    let git = Git::new(PathBuf::from("no-git"), PathBuf::from("no-home"), Duration::from_secs(1));
    // Without slots they stay pending.
    Jobs::new(Arc::clone(registry), git, HashMap::new(), 0)
}

fn registry() -> Registry {
    let repository = |mirror| RepositoryRecord {
        name: "fuzzed".to_owned(),
        project_id: "0".repeat(32),
        archived: false,
        starred: true,
        created_at: Timestamp::UNIX_EPOCH,
        uuid: "0".repeat(32),
        mirror,
        owners_upstream: None,
    };
    let mirror = |url| Some(Mirror::new(url));
    let source = MirrorUrl::from_caller("https://git.example.com/a.git");
    let all = [(1, mirror(Some(source))), (2, mirror(None)), (3, None)];
    let all: BTreeMap<_, _> = all.into_iter().map(|(id, mirror)| (id, repository(mirror))).collect();
    Registry::new(PathBuf::from("no-folder"), all, Storage::default())
}

fn tokens() -> Tokens {
    let fixed = [(TOKEN, Permissions::all()), (READERS_TOKEN, Permissions::none().read(1))];
    let fixed = fixed.map(|(token, permissions)| (token.as_bytes(), Arc::new(permissions)));
    Tokens::new(Duration::from_secs(24 * 60 * 60), fixed)
}

fn key() -> (String, AccessKey) {
    let [access, secret] = ACCESS_KEY;
    (access.to_owned(), AccessKey { secret: secret.to_owned().into(), permissions: Arc::default() })
}
