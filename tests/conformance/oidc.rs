//! Callers with an ID token and no stored secret: from the variables to the mirror.

use std::error::Error as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use codearts_repo::auth::{AuthError, AuthStep, CredentialsKind, Discovery, DiscoveryError, Environment};
use codearts_repo::{Client, Error, RetryPolicy};
use codearts_repo_emulator::{Agency, Emulator, Fault, FaultRule, Repository, Upstream};

use crate::plain_server::{PlainServer, answer_with};
use crate::wrapper_requests::id;

const PROVIDER: &str = "iam::0123:oidcProvider:ci";
const AGENCY: &str = "iam::0123:agency:mirrors";
const ID_TOKEN: &str = "e30.e30.s3cr3tOfTheJob";
const ASSUME: &str = "/v5/agencies/assume-with-oidc";

fn environment(variables: &[(&str, &str)]) -> Environment {
    let urns = [("HUAWEICLOUD_OIDC_PROVIDER_URN", PROVIDER), ("HUAWEICLOUD_OIDC_AGENCY_URN", AGENCY)];
    let all = urns.iter().chain(variables).filter(|(_, value)| !value.is_empty());
    // A later variable replaces an earlier one.
    Environment::new(all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

async fn emulator(agency: Agency) -> Emulator {
    let mirror = Repository::new(123).upstream(Upstream::demonstration());
    Emulator::builder().agency(agency).repository(mirror).start().await.expect("an emulator")
}

fn client(emulator: &Emulator, variables: &[(&str, &str)]) -> Client {
    let sts = [("HUAWEICLOUD_SDK_STS_ENDPOINT", emulator.iam_endpoint())];
    let found = Discovery::new(&environment(&[variables, &sts].concat())).find().expect("credentials");
    assert_eq!(found.kind, CredentialsKind::OidcAgency);
    let endpoint = emulator.endpoint().parse().expect("an endpoint");
    let retry = RetryPolicy::none();
    Client::builder().endpoint(endpoint).retry(retry).auth(found.auth).build().expect("a client")
}

fn keys_requested(emulator: &Emulator) -> usize {
    emulator.requests().iter().filter(|request| request.path() == ASSUME).count()
}

fn failure(error: &Error) -> (Option<AuthStep>, String) {
    let error: Option<&AuthError> = error.auth_error();
    let reason = error.and_then(|error| error.source().map(ToString::to_string)).unwrap_or_default();
    (error.map(AuthError::step), reason)
}

#[tokio::test]
async fn an_id_token_starts_a_mirror_with_one_key_for_all_calls() {
    let emulator = emulator(Agency::new(PROVIDER, AGENCY, ID_TOKEN)).await;
    let client = client(&emulator, &[("HUAWEICLOUD_OIDC_ID_TOKEN", ID_TOKEN)]);
    client.start_sync(id(123)).send().await.expect("started");
    tokio::time::timeout(Duration::from_secs(60), emulator.wait_idle(123)).await.expect("it ends");
    let shown = futures_util::future::join_all((0..20).map(|_| client.show_mirror(id(123)))).await;
    assert!(shown.iter().all(|mirror| mirror.as_ref().expect("shown").update_status.as_deref() == Some("finished")));
    assert_eq!(keys_requested(&emulator), 1);
}

#[tokio::test]
async fn a_rotated_token_file_is_read_for_each_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("token");
    let write = |text: &str| {
        std::fs::write(folder.path().join("new"), text).expect("written");
        std::fs::rename(folder.path().join("new"), &path).expect("renamed");
    };
    write("e30.e30.expired\n");
    let emulator = emulator(Agency::new(PROVIDER, AGENCY, ID_TOKEN)).await;
    let file = path.to_str().expect("text").to_owned();
    let variables = [("HUAWEICLOUD_OIDC_TOKEN_FILE", file.as_str())];
    let refused = client(&emulator, &variables).show_mirror(id(123)).await.expect_err("another token");
    assert_eq!(failure(&refused).0, Some(AuthStep::IamRefused), "{refused:?}");
    write(&format!("{ID_TOKEN}\n"));
    client(&emulator, &variables).show_mirror(id(123)).await.expect("the rotated token");
}

#[tokio::test]
async fn an_expired_key_is_replaced_before_the_call() {
    let life = Duration::from_secs(900);
    let emulator = emulator(Agency::new(PROVIDER, AGENCY, ID_TOKEN).key_lifetime(life)).await;
    let client = client(&emulator, &[("HUAWEICLOUD_OIDC_ID_TOKEN", ID_TOKEN)]);
    // The clock jumps to the end of a wait.
    tokio::time::pause();
    for (keys, wait) in [(1, life / 2), (1, life), (2, life / 2), (2, life)] {
        client.show_mirror(id(123)).await.expect("a key that lives");
        assert_eq!(keys_requested(&emulator), keys);
        tokio::time::sleep(wait).await;
    }
}

#[tokio::test]
async fn a_failure_of_sts_says_what_it_is() {
    let emulator = emulator(Agency::new(PROVIDER, AGENCY, ID_TOKEN)).await;
    emulator.fail(FaultRule::new(Fault::Status(503)).operation("AssumeAgencyWithOIDC").times(1));
    let variables = [("HUAWEICLOUD_OIDC_ID_TOKEN", ID_TOKEN)];
    let busy = client(&emulator, &variables).show_mirror(id(123)).await.expect_err("busy");
    assert_eq!(failure(&busy).0, Some(AuthStep::IamUnavailable), "{busy:?}");
    let other = [("HUAWEICLOUD_OIDC_PROVIDER_URN", "iam::1:oidcProvider:other"), variables[0]];
    let refused = client(&emulator, &other).show_mirror(id(123)).await.expect_err("another provider");
    let (step, reason) = failure(&refused);
    assert_eq!(step, Some(AuthStep::IamRefused));
    assert!(reason.contains("does not trust the provider"), "the service's words: {reason}");
    let token = format!("e30.{}.s3cr3t", URL_SAFE_NO_PAD.encode(r#"{"exp":1768465800}"#));
    let expired = client(&emulator, &[("HUAWEICLOUD_OIDC_ID_TOKEN", &token)]).show_mirror(id(123)).await;
    let expired = expired.expect_err("expired");
    assert_eq!(failure(&expired), (Some(AuthStep::IdToken), "the ID token expired at 2026-01-15T08:30:00Z".to_owned()));
    assert!(!format!("{refused:?}{expired:?}").contains("s3cr3t"));
}

#[test]
fn invalid_variables_are_named() {
    let token = ("HUAWEICLOUD_OIDC_ID_TOKEN", ID_TOKEN);
    for (variable, value) in [
        ("HUAWEICLOUD_OIDC_PROVIDER_URN", "iam::0123:ci"),
        ("HUAWEICLOUD_OIDC_AGENCY_URN", "mirrors"),
        ("HUAWEICLOUD_OIDC_SESSION_NAME", "two words"),
        ("HUAWEICLOUD_OIDC_SESSION_NAME", "x"),
        ("HUAWEICLOUD_OIDC_DURATION_SECONDS", "899"),
        ("HUAWEICLOUD_OIDC_DURATION_SECONDS", "43201"),
        ("HUAWEICLOUD_OIDC_DURATION_SECONDS", "1h"),
    ] {
        let error = Discovery::new(&environment(&[token, (variable, value)])).find().expect_err(value);
        assert!(matches!(error, DiscoveryError::Agency { .. }), "{error:?}");
        assert_eq!(error.to_string(), format!("{variable} is not valid"));
        assert!(!error.advice().is_empty() && error.source().is_some());
    }
}

/// A stand-in for GitHub's server, which issues this answer.
async fn github(status: &str, body: &str) -> PlainServer {
    PlainServer::answering(answer_with(status, "Content-Type: application/json\r\n", body)).await
}

fn github_variables(server: &PlainServer) -> [(&'static str, String); 3] {
    [
        ("ACTIONS_ID_TOKEN_REQUEST_URL", format!("{}/token/s3cr3t?api-version=2.0", server.endpoint())),
        ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "s3cr3tOfTheRequest".to_owned()),
        ("CODEARTS_REPO_ID_TOKEN_AUDIENCE", "huawei cloud".to_owned()),
    ]
}

#[tokio::test]
async fn a_job_of_github_actions_requests_its_id_token() {
    let emulator = emulator(Agency::new(PROVIDER, AGENCY, ID_TOKEN)).await;
    let server = github("200 OK", &format!(r#"{{"count":1,"value":"{ID_TOKEN}"}}"#)).await;
    let variables = github_variables(&server);
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let client = client(&emulator, &variables);
    client.start_sync(id(123)).send().await.expect("started");
    tokio::time::timeout(Duration::from_secs(60), emulator.wait_idle(123)).await.expect("it ends");
    let request = server.request();
    assert_eq!(request.line, "GET /token/s3cr3t?api-version=2.0&audience=huawei+cloud HTTP/1.1");
    assert_eq!(request.header("authorization"), Some("Bearer s3cr3tOfTheRequest"));
    assert_eq!((server.requests().len(), keys_requested(&emulator)), (1, 1));
}

#[tokio::test]
async fn a_failure_of_github_actions_says_what_it_is() {
    let emulator = emulator(Agency::new(PROVIDER, AGENCY, ID_TOKEN)).await;
    let long = format!(r#"{{"value":"{}"}}"#, "x".repeat(70_000));
    for (status, body, reason) in [
        ("403 Forbidden", "s3cr3t", "answered 403"),
        ("302 Found", "", "answered 302"),
        ("500 Whatever", "s3cr3t", "answered 500"),
        ("200 OK", r#"{"token":"s3cr3t"}"#, "answered without a value"),
        ("200 OK", r#"{"value":"  "}"#, "the ID token is empty"),
        ("200 OK", r#"{"value":"s3cr3t s3cr3t"}"#, "no blank"),
        ("200 OK", &long, "with more than 64 KiB"),
    ] {
        let server = github(status, body).await;
        let variables = github_variables(&server);
        let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let error = client(&emulator, &variables).show_mirror(id(123)).await.expect_err(reason);
        let (step, text) = failure(&error);
        assert_eq!(step, Some(AuthStep::IdToken), "{error:?}");
        assert!(text.ends_with(reason), "{text}");
        assert!(!format!("{error:?}").contains("s3cr3t"), "{error:?}");
    }
    assert_eq!(keys_requested(&emulator), 0);
}

#[test]
fn half_of_githubs_pair_and_plain_http_are_refused() {
    let url = ("ACTIONS_ID_TOKEN_REQUEST_URL", "http://10.0.0.1/token?s3cr3t");
    let error = Discovery::new(&environment(&[url])).find().expect_err("half of it");
    assert_eq!(error.to_string(), format!("{} is set and ACTIONS_ID_TOKEN_REQUEST_TOKEN is not", url.0));
    let token = ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "s3cr3t");
    let error = Discovery::new(&environment(&[url, token])).find().expect_err("plain HTTP");
    assert_eq!(error.to_string(), format!("{} is not an endpoint", url.0));
    assert!(!format!("{error:?}").contains("s3cr3t"));
}

#[test]
fn half_of_a_pair_names_the_missing_half() {
    let (provider, agency) = ("HUAWEICLOUD_OIDC_PROVIDER_URN", "HUAWEICLOUD_OIDC_AGENCY_URN");
    for (present, missing) in [(provider, agency), (agency, provider)] {
        let environment = Environment::new([(present.to_owned(), AGENCY.to_owned())]);
        let error = Discovery::new(&environment).find().expect_err("half of it");
        assert_eq!(error.to_string(), format!("{present} is set and {missing} is not"));
    }
    let error = Discovery::new(&environment(&[])).find().expect_err("no token");
    assert!(error.to_string().ends_with("HUAWEICLOUD_OIDC_TOKEN_FILE is not"), "{error}");
}
