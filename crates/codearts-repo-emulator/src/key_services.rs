//! The services near a caller that issue temporary access keys: the metadata service of an ECS server, and that of a
//! pod in a cluster. They are not in the document.

use std::sync::Arc;
use std::time::Duration;

use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, header};
use serde_json::json;
use uuid::Uuid;

use crate::agency::Session;
use crate::answer::Answer;
use crate::clock;
use crate::permissions::Permissions;
use crate::refusal::Refusal;
use crate::secret::Secret;
use crate::service::{Port, Service};

/// Where pods get their keys, at the address of IAM.
pub(crate) const POD_PATH: &str = "/emulator/pod-credentials";

/// The agencies of the server and of pods, as `GetCallerIdentity` names them.
const SERVER: &str = "sts::emulator:agency:server";
const POD: &str = "sts::emulator:agency:pod";

/// The settings of the two services.
#[derive(Clone, Debug)]
pub(crate) struct KeyServices {
    /// Whether the server has an agency.
    pub(crate) has_agency: bool,
    pub(crate) pod_tokens: Vec<Secret>,
    pub(crate) key_lifetime: Duration,
    /// The one session token, which every caller gets.
    pub(crate) session: Secret,
}

impl Default for KeyServices {
    fn default() -> Self {
        Self {
            has_agency: true,
            pod_tokens: Vec::new(),
            key_lifetime: Duration::from_secs(24 * 60 * 60),
            session: Uuid::new_v4().simple().to_string().into(),
        }
    }
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyRequest {
    Session,
    InstanceKey,
    PodKey,
}

impl KeyRequest {
    /// The request, if the port has such a service.
    pub(crate) fn of(port: Port, parts: &Parts) -> Option<Self> {
        match (port, &parts.method, parts.uri.path()) {
            (Port::Metadata, &Method::PUT, "/meta-data/latest/api/token") => Some(Self::Session),
            (Port::Metadata, &Method::GET, "/openstack/latest/securitykey") => Some(Self::InstanceKey),
            (Port::Iam | Port::RepoAndIam, &Method::POST, POD_PATH) => Some(Self::PodKey),
            _ => None,
        }
    }

    /// The name in fault rules.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Session => "CreateMetadataToken",
            Self::InstanceKey => "ShowSecurityKey",
            Self::PodKey => "CreatePodCredentials",
        }
    }

    pub(crate) fn answer(self, service: &Service, headers: &HeaderMap) -> Answer {
        let answer = match self {
            Self::Session => session(service, headers),
            Self::InstanceKey => instance_key(service, headers),
            Self::PodKey => pod_key(service, headers),
        };
        answer.unwrap_or_else(|refusal| refusal.answer(false))
    }
}

fn session(service: &Service, headers: &HeaderMap) -> Result<Answer, Refusal> {
    refuse_forwarded(headers)?;
    let seconds = text(headers, "x-metadata-token-ttl-seconds").and_then(|text| text.parse::<u64>().ok());
    if !seconds.is_some_and(|seconds| (1..=21_600).contains(&seconds)) {
        return Err(Refusal::bad_parameter("X-Metadata-Token-Ttl-Seconds is not 1 to 21600"));
    }
    let token = std::str::from_utf8(service.key_services.session.bytes()).unwrap_or_default();
    Ok(Answer::text(StatusCode::OK, token))
}

fn instance_key(service: &Service, headers: &HeaderMap) -> Result<Answer, Refusal> {
    refuse_forwarded(headers)?;
    // A caller of an older service sends no token.
    let sent = headers.get("x-metadata-token").map(http::HeaderValue::as_bytes);
    if sent.is_some_and(|sent| sent != service.key_services.session.bytes()) {
        return Err(Refusal::session_unknown());
    }
    if !service.key_services.has_agency {
        return Err(Refusal::agency_missing());
    }
    Ok(key(service, SERVER, "credential", ["access", "secret", "securitytoken", "expires_at"]))
}

fn pod_key(service: &Service, headers: &HeaderMap) -> Result<Answer, Refusal> {
    let sent = headers.get(header::AUTHORIZATION).map(http::HeaderValue::as_bytes).unwrap_or_default();
    if !service.key_services.pod_tokens.iter().any(|token| token.bytes() == sent) {
        return Err(Refusal::pod_token_refused());
    }
    Ok(key(service, POD, "credentials", ["access_key_id", "secret_access_key", "security_token", "expiration"]))
}

/// A new key of an agency, as an object of this name with these members.
fn key(service: &Service, owner_urn: &str, name: &str, members: [&str; 4]) -> Answer {
    let lifetime = service.key_services.key_lifetime;
    let session = Session { owner_urn: owner_urn.to_owned(), name: "emulator".to_owned() };
    let key = service.authority.temporary_keys.issue(session, &Arc::new(Permissions::all()), lifetime);
    let [access, secret, token, expiry] = members;
    let fields = json!({
        access: key.access,
        secret: key.secret,
        token: key.security_token,
        expiry: clock::in_iam(key.expires_at),
    });
    Answer::json(StatusCode::OK, &json!({ name: fields }))
}

/// A proxy must not fetch the keys of a server for others.
fn refuse_forwarded(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.contains_key("x-forwarded-for") { Err(Refusal::forwarded()) } else { Ok(()) }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
