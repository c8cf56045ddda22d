//! Users of an identity provider, and agencies that are assumed by their name: from the source to the mirror.

use std::error::Error as _;
use std::path::Path;
use std::time::Duration;

use codearts_repo::auth::{
    AccessKey, AuthError, AuthStep, CredentialsKind, Discovery, DiscoveryError, Environment, FederatedUser, Found,
    IamPassword, IdToken, InvalidAgency, InvalidFederation, NamedAgency,
};
use codearts_repo::{Auth, Client, Error, RetryPolicy, Token};
use codearts_repo_emulator::{
    Agency, Emulator, EmulatorBuilder, Fault, FaultRule, IdentityProvider, Permissions, Repository, Upstream, User,
};

use crate::wrapper_requests::id;

const ID_TOKEN: &str = "e30.e30.s3cr3tOfTheJob";
const IDP_ID: &str = "HUAWEICLOUD_SDK_IDP_ID";
const ID_TOKEN_FILE: &str = "HUAWEICLOUD_SDK_ID_TOKEN_FILE";
const IAM_ENDPOINT: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";

async fn start(builder: EmulatorBuilder) -> Emulator {
    let mirror = Repository::new(123).upstream(Upstream::demonstration());
    builder.repository(mirror).start().await.expect("an emulator")
}

async fn emulator() -> Emulator {
    start(Emulator::builder().identity_provider(IdentityProvider::new("ci", ID_TOKEN))).await
}

fn token_file(folder: &Path) -> String {
    let file = folder.join("id-token");
    std::fs::write(&file, format!("{ID_TOKEN}\n")).expect("written");
    file.to_str().expect("text").to_owned()
}

fn environment(variables: &[(&str, &str)]) -> Environment {
    Environment::new(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn find(variables: &[(&str, &str)]) -> Result<Found, DiscoveryError> {
    Discovery::new(&environment(variables)).find()
}

fn client(emulator: &Emulator, auth: impl Into<Auth>) -> Client {
    let endpoint = emulator.endpoint().parse().expect("an endpoint");
    Client::builder().endpoint(endpoint).retry(RetryPolicy::none()).auth(auth).build().expect("a client")
}

fn asked(emulator: &Emulator, path: &str) -> usize {
    emulator.requests().iter().filter(|request| request.path() == path).count()
}

fn failure(error: &Error) -> (AuthStep, String) {
    let error: &AuthError = error.auth_error().expect("a failure of the credentials");
    (error.step(), error.source().expect("a reason").to_string())
}

async fn run_to_the_end(emulator: &Emulator, client: &Client) {
    client.start_sync(id(123)).send().await.expect("started");
    tokio::time::timeout(Duration::from_secs(60), emulator.wait_idle(123)).await.expect("it ends");
    let shown = futures_util::future::join_all((0..20).map(|_| client.show_mirror(id(123)))).await;
    assert!(shown.iter().all(|mirror| mirror.as_ref().expect("shown").update_status.as_deref() == Some("finished")));
}

#[tokio::test]
async fn an_id_token_starts_a_mirror_with_one_key_for_all_calls() {
    let (emulator, folder) = (emulator().await, tempfile::tempdir().expect("a folder"));
    let file = token_file(folder.path());
    // It takes precedence over an access key, as in the vendor's SDK.
    let key = [("HUAWEICLOUD_SDK_AK", "A"), ("HUAWEICLOUD_SDK_SK", "S")];
    let found =
        find(&[&[(IDP_ID, "ci"), (ID_TOKEN_FILE, &file), (IAM_ENDPOINT, emulator.iam_endpoint())], &key[..]].concat());
    let found = found.expect("credentials");
    assert_eq!(found.kind, CredentialsKind::FederatedUser);
    run_to_the_end(&emulator, &client(&emulator, found.auth)).await;
    assert_eq!(asked(&emulator, "/v3.0/OS-AUTH/id-token/tokens"), 1);
    assert_eq!(asked(&emulator, "/v3.0/OS-CREDENTIAL/securitytokens"), 1);
}

#[tokio::test]
async fn a_section_of_the_sdks_file_has_a_provider() {
    let (emulator, folder) = (emulator().await, tempfile::tempdir().expect("a folder"));
    let (token, file) = (token_file(folder.path()), folder.path().join("credentials"));
    let write = |text: &str| std::fs::write(&file, format!("[basic]\nak = A\nsk = S\n{text}")).expect("written");
    let path = file.to_str().expect("text");
    let find = || find(&[("HUAWEICLOUD_SDK_CREDENTIALS_FILE", path)]);
    write(&format!("idp_id = ci\nid_token_file = {token}\niam_endpoint = {}\n", emulator.iam_endpoint()));
    let found = find().expect("credentials");
    assert_eq!(found.kind, CredentialsKind::FederatedUser);
    client(&emulator, found.auth).show_mirror(id(123)).await.expect("shown");
    for (text, missing) in [("idp_id = ci\n", "id_token_file"), ("id_token_file = /run/id\n", "idp_id")] {
        write(text);
        let error = find().expect_err("half of it");
        assert!(error.to_string().ends_with(&format!("{missing} is missing in [basic]")), "{error}");
    }
    write(&format!("idp_id = ci\nid_token_file = {token}\niam_endpoint = http://10.0.0.1\n"));
    let error = find().expect_err("plain HTTP to another machine");
    assert!(matches!(error, DiscoveryError::SectionEndpoint { .. }), "{error:?}");
}

#[test]
fn half_of_a_pair_names_the_missing_half() {
    for (present, missing) in [(IDP_ID, ID_TOKEN_FILE), (ID_TOKEN_FILE, IDP_ID)] {
        let error = find(&[(present, "ci")]).expect_err("half of it");
        assert_eq!(error.to_string(), format!("{present} is set and {missing} is not"));
    }
    let error = find(&[(IDP_ID, "two words"), (ID_TOKEN_FILE, "/run/id")]).expect_err("a blank");
    assert_eq!(error.to_string(), format!("{IDP_ID} is not valid"));
    assert_eq!(FederatedUser::new("", IdToken::text("t")).expect_err("empty"), InvalidFederation::ProviderId);
    let user = FederatedUser::new("ci", IdToken::text("t")).expect("a user");
    assert_eq!(user.duration(Duration::from_secs(899)).expect_err("too short"), InvalidFederation::Duration);
}

#[tokio::test]
async fn a_failure_of_iam_says_what_it_is() {
    let (emulator, folder) = (emulator().await, tempfile::tempdir().expect("a folder"));
    let file = token_file(folder.path());
    let try_once = async |provider: &str| {
        let found = find(&[(IDP_ID, provider), (ID_TOKEN_FILE, &file), (IAM_ENDPOINT, emulator.iam_endpoint())]);
        client(&emulator, found.expect("credentials").auth).show_mirror(id(123)).await.expect_err("refused")
    };
    let unknown = try_once("other").await;
    assert_eq!(failure(&unknown).0, AuthStep::IamRefused);
    assert!(failure(&unknown).1.contains("identity provider does not exist"), "the service's words: {unknown:?}");
    for operation in ["CreateTokenWithIdToken", "CreateTemporaryAccessKeyByToken"] {
        emulator.fail(FaultRule::new(Fault::Status(503)).operation(operation).times(1));
        assert_eq!(failure(&try_once("ci").await).0, AuthStep::IamUnavailable, "{operation}");
    }
    // The claims are {"exp":1768465800}.
    std::fs::write(&file, "e30.eyJleHAiOjE3Njg0NjU4MDB9.s3cr3t").expect("written");
    let expired = try_once("ci").await;
    assert_eq!(failure(&expired), (AuthStep::IdToken, "the ID token expired at 2026-01-15T08:30:00Z".to_owned()));
    assert!(!format!("{unknown:?}{expired:?}").contains("s3cr3t"));
}

/// The older way to an agency: by name, with a key or with a token of an IAM user.
#[tokio::test]
async fn an_agency_is_assumed_by_its_name() {
    let user = User::new("company", "robot", "s3cr3t").permissions(Permissions::none());
    let builder = Emulator::builder().user(user).access_key_with("AK", "s3cr3t", Permissions::none()).token("fixed");
    let of_key = Agency::of_caller("AK", "iam::0123:agency:mirrors");
    let emulator = start(builder.agency(of_key).agency(Agency::of_caller("robot", "iam::0123:agency:nightly"))).await;
    let iam = || emulator.iam_endpoint().parse().expect("an endpoint");
    let key = AccessKey::new("AK", "s3cr3t").expect("a key");
    let agency = |name, caller: Auth| NamedAgency::new(name, "company", caller).endpoint(iam());
    let by_key = agency("mirrors", key.clone().into());
    run_to_the_end(&emulator, &client(&emulator, by_key.clone())).await;
    client(&emulator, by_key.domain_id("0123")).show_mirror(id(123)).await.expect("by the account's ID");
    let robot = IamPassword::new("company", "robot", "s3cr3t").project("p").endpoint(iam());
    let by_token = agency("nightly", robot.into()).duration(Duration::from_secs(900)).expect("a duration");
    client(&emulator, by_token).show_mirror(id(123)).await.expect("by a token");
    let other = Token::new("fixed").expect("a token");
    for refused in [agency("mirrors", other.into()), agency("mirrors", key.into()).domain_id("0124")] {
        let error = client(&emulator, refused).show_mirror(id(123)).await.expect_err("refused");
        assert!(matches!(failure(&error).0, AuthStep::IamRefused), "{error:?}");
    }
    let long = agency("mirrors", Token::new("t").expect("a token").into()).duration(Duration::from_secs(86_401));
    assert_eq!(long.expect_err("too long"), InvalidAgency::DurationByName);
}
