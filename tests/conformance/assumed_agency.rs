//! Callers with an access key that assume an agency: from the key to the mirror.

use std::error::Error as _;
use std::time::Duration;

use codearts_repo::auth::{
    AccessKey, AssumedAgency, AuthError, AuthStep, CredentialsKind, Discovery, DiscoveryError, Environment, Found,
    IdToken, InvalidAgency, OidcAgency, TokenProvider,
};
use codearts_repo::{Auth, Client, ConfigError, Error, ErrorKind, RetryPolicy, Token};
use codearts_repo_emulator::{Agency, Emulator, Fault, FaultRule, Permissions, Repository, Upstream};

use crate::wrapper_requests::id;

const AGENCY: &str = "iam::0123:agency:mirrors";
const ID: &str = "HPUAEXAMPLE";
const SECRET: &str = "s3cr3tOfTheKey";
const ASSUME: &str = "/v5/agencies/assume";

/// The caller's own key may do nothing, so that it is the agency whose permissions count.
async fn emulator(agency: Agency) -> Emulator {
    let mirror = Repository::new(123).upstream(Upstream::demonstration());
    let builder = Emulator::builder().access_key_with(ID, SECRET, Permissions::none());
    builder.agency(agency).repository(mirror).start().await.expect("an emulator")
}

fn key() -> AccessKey {
    AccessKey::new(ID, SECRET).expect("a key")
}

fn agency(emulator: &Emulator) -> AssumedAgency {
    let sts = emulator.iam_endpoint().parse().expect("an endpoint");
    AssumedAgency::new(AGENCY, key()).expect("an agency").endpoint(sts)
}

fn client(emulator: &Emulator, auth: impl Into<Auth>) -> Client {
    let [repo, sts] = [emulator.endpoint(), emulator.iam_endpoint()].map(|text| text.parse().expect("an endpoint"));
    let builder = Client::builder().endpoint(repo).sts_endpoint(sts).retry(RetryPolicy::none());
    builder.auth(auth).build().expect("a client")
}

fn keys_requested(emulator: &Emulator) -> usize {
    emulator.requests().iter().filter(|request| request.path() == ASSUME).count()
}

fn failure(error: &Error) -> (Option<AuthStep>, String, String) {
    let error: &AuthError = error.auth_error().expect("a failure of the credentials");
    (Some(error.step()), error.source().expect("a reason").to_string(), error.advice())
}

#[tokio::test]
async fn a_key_starts_a_mirror_as_the_agency_with_one_request_for_all_calls() {
    let emulator = emulator(Agency::of_caller(ID, AGENCY)).await;
    let own = client(&emulator, key()).start_sync(id(123)).send().await.expect_err("its own key may do nothing");
    assert_eq!(own.status(), Some(403));
    let client = client(&emulator, agency(&emulator).session_name("nightly").expect("a name"));
    client.start_sync(id(123)).send().await.expect("started");
    tokio::time::timeout(Duration::from_secs(60), emulator.wait_idle(123)).await.expect("it ends");
    let shown = futures_util::future::join_all((0..20).map(|_| client.show_mirror(id(123)))).await;
    assert!(shown.iter().all(|mirror| mirror.as_ref().expect("shown").update_status.as_deref() == Some("finished")));
    assert_eq!(keys_requested(&emulator), 1);
    let identity = client.caller_identity().await.expect("an identity");
    assert_eq!(identity.principal_urn.as_deref(), Some("iam::0123:agency:mirrors:nightly"));
    assert_eq!(identity.account_id.as_deref(), Some("0123"));
}

#[tokio::test]
async fn the_agencys_external_id_is_sent() {
    let emulator = emulator(Agency::of_caller(ID, AGENCY).external_id("customer-7")).await;
    let right = agency(&emulator).external_id("customer-7").expect("an id");
    client(&emulator, right).show_mirror(id(123)).await.expect("shown");
    let refused = client(&emulator, agency(&emulator)).show_mirror(id(123)).await.expect_err("no external id");
    let (step, reason, advice) = failure(&refused);
    assert_eq!(step, Some(AuthStep::IamRefused));
    assert!(reason.contains("does not trust the caller"), "the service's words: {reason}");
    assert!(advice.contains("sts:agencies:assume"), "{advice}");
    assert!(!format!("{refused:?}").contains("s3cr3t"));
}

/// A job with an ID token assumes one agency, and with its key another one.
#[tokio::test]
async fn an_agency_assumes_another_one_for_an_hour_at_most() {
    const CI: &str = "iam::0123:agency:ci";
    let mirror = Repository::new(123).upstream(Upstream::demonstration());
    let ci = Agency::new("iam::0123:oidcProvider:ci", CI, "eyJExample").permissions(Permissions::none());
    let builder = Emulator::builder().agency(ci).agency(Agency::of_caller(CI, AGENCY)).repository(mirror);
    let emulator = builder.start().await.expect("an emulator");
    let sts = || emulator.iam_endpoint().parse().expect("an endpoint");
    let job = OidcAgency::new("iam::0123:oidcProvider:ci", CI, IdToken::text("eyJExample")).expect("an agency");
    let chained = AssumedAgency::new(AGENCY, job.endpoint(sts())).expect("an agency").endpoint(sts());
    client(&emulator, chained.clone()).show_mirror(id(123)).await.expect("shown");
    let before = keys_requested(&emulator);
    let long = chained.duration(Duration::from_secs(3601)).expect("a duration");
    let refused = client(&emulator, long).show_mirror(id(123)).await.expect_err("too long");
    let (step, reason, advice) = failure(&refused);
    assert_eq!(step, Some(AuthStep::Setup));
    assert!(reason.contains("3600 seconds") && advice.contains("permanent key"), "{reason} {advice}");
    let temporary = AccessKey::new("HST", "s").and_then(|key| key.security_token("t")).expect("a key");
    let long = AssumedAgency::new(AGENCY, temporary).and_then(|agency| agency.duration(Duration::from_secs(7200)));
    let refused = client(&emulator, long.expect("an agency").endpoint(sts())).show_mirror(id(123)).await;
    assert_eq!(failure(&refused.expect_err("too long")).0, Some(AuthStep::Setup));
    assert_eq!(keys_requested(&emulator), before, "nothing was sent");
}

#[tokio::test]
async fn a_failure_of_sts_says_what_it_is() {
    let emulator = emulator(Agency::of_caller("OTHER", AGENCY)).await;
    emulator.fail(FaultRule::new(Fault::Status(503)).operation("AssumeAgency").times(1));
    let busy = client(&emulator, agency(&emulator)).show_mirror(id(123)).await.expect_err("busy");
    assert_eq!(failure(&busy).0, Some(AuthStep::IamUnavailable), "{busy:?}");
    let refused = client(&emulator, agency(&emulator)).show_mirror(id(123)).await.expect_err("another caller");
    assert_eq!(failure(&refused).0, Some(AuthStep::IamRefused), "{refused:?}");
    let wrong = AccessKey::new(ID, "other").expect("a key");
    let sts = emulator.iam_endpoint().parse().expect("an endpoint");
    let wrong = AssumedAgency::new(AGENCY, wrong).expect("an agency").endpoint(sts);
    let refused = client(&emulator, wrong).show_mirror(id(123)).await.expect_err("another secret");
    assert!(failure(&refused).1.contains("signature"), "{refused:?}");
}

fn find(variables: &[(&str, &str)]) -> Result<Found, DiscoveryError> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Discovery::new(&Environment::new(variables)).find()
}

#[tokio::test]
async fn the_agency_of_the_variables_is_assumed_with_what_is_found() {
    let emulator = emulator(Agency::of_caller(ID, AGENCY).external_id("customer-7")).await;
    let key = [("HUAWEICLOUD_SDK_AK", ID), ("HUAWEICLOUD_SDK_SK", SECRET)];
    let sts = ("HUAWEICLOUD_SDK_STS_ENDPOINT", emulator.iam_endpoint());
    let agency = [("CODEARTS_REPO_AGENCY_URN", AGENCY), ("CODEARTS_REPO_AGENCY_EXTERNAL_ID", "customer-7")];
    let name = [("CODEARTS_REPO_AGENCY_SESSION_NAME", "nightly"), ("CODEARTS_REPO_AGENCY_DURATION_SECONDS", "900")];
    let found = find(&[&key[..], &[sts], &agency, &name].concat()).expect("credentials");
    assert_eq!(found.kind, CredentialsKind::AssumedAgency);
    let origin = "CODEARTS_REPO_AGENCY_URN, with HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK";
    assert_eq!(found.origin.to_string(), origin);
    client(&emulator, found.auth).show_mirror(id(123)).await.expect("shown");
    for (variable, value) in [
        ("CODEARTS_REPO_AGENCY_URN", "mirrors"),
        ("CODEARTS_REPO_AGENCY_SESSION_NAME", "two words"),
        ("CODEARTS_REPO_AGENCY_DURATION_SECONDS", "43201"),
        ("CODEARTS_REPO_AGENCY_EXTERNAL_ID", "x"),
    ] {
        let error = find(&[&key[..], &agency, &[(variable, value)]].concat()).expect_err(value);
        assert_eq!(error.to_string(), format!("{variable} is not valid"));
    }
}

/// As Terraform's provider does, whose variables these are; the credentials of other tools do not count.
#[tokio::test]
async fn the_agency_of_terraform_is_assumed_with_its_own_credentials() {
    let emulator = emulator(Agency::of_caller(ID, AGENCY)).await;
    let key = [("HW_ACCESS_KEY", ID), ("HW_SECRET_KEY", SECRET)];
    let iam = ("HUAWEICLOUD_SDK_IAM_ENDPOINT", emulator.iam_endpoint());
    let agency = ("HW_ASSUME_ROLE_AGENCY_NAME", "mirrors");
    for domain in [("HW_ASSUME_ROLE_DOMAIN_NAME", "company"), ("HW_ASSUME_ROLE_DOMAIN_ID", "0123")] {
        let found = find(&[&key[..], &[iam, agency, domain]].concat()).expect("credentials");
        assert_eq!(found.kind, CredentialsKind::NamedAgency);
        client(&emulator, found.auth).show_mirror(id(123)).await.expect("shown");
    }
    let error = find(&[&key[..], &[agency]].concat()).expect_err("half of it");
    let half = "HW_ASSUME_ROLE_AGENCY_NAME is set and HW_ASSUME_ROLE_DOMAIN_NAME is not";
    assert_eq!(error.to_string(), half);
    let sdk = [("HUAWEICLOUD_SDK_AK", ID), ("HUAWEICLOUD_SDK_SK", SECRET), agency];
    assert_eq!(find(&sdk).expect("credentials").kind, CredentialsKind::AccessKey);
}

/// STS is retried as CodeArts Repo is.
#[tokio::test]
async fn a_busy_sts_is_asked_again() {
    let emulator = emulator(Agency::of_caller(ID, AGENCY)).await;
    emulator.fail(FaultRule::new(Fault::Status(503)).operation("AssumeAgency").times(1));
    emulator.fail(FaultRule::new(Fault::Status(503)).operation("GetCallerIdentity").times(1));
    let [repo, sts] = [emulator.endpoint(), emulator.iam_endpoint()].map(|text| text.parse().expect("an endpoint"));
    let client = Client::builder().endpoint(repo).sts_endpoint(sts).auth(agency(&emulator)).build().expect("a client");
    client.caller_identity().await.expect("an identity");
    assert_eq!(keys_requested(&emulator), 2);
}

#[tokio::test]
async fn a_token_neither_assumes_an_agency_nor_has_an_identity() {
    struct Tokens;
    impl TokenProvider for Tokens {
        fn token<'a>(
            &'a self,
            _: Option<codearts_repo::RefusedToken<'a>>,
        ) -> std::pin::Pin<Box<dyn Future<Output = Result<Token, AuthError>> + Send + 'a>> {
            Box::pin(async { Ok(Token::new("t").expect("a token")) })
        }
    }
    let emulator = emulator(Agency::of_caller(ID, AGENCY)).await;
    let token = || Token::new("MIIExample").expect("a token");
    for caller in [Auth::from(token()), Auth::provider(Tokens)] {
        let agency = AssumedAgency::new(AGENCY, caller).expect("an agency");
        let endpoint = emulator.endpoint().parse().expect("an endpoint");
        let error = Client::builder().endpoint(endpoint).auth(agency).build().expect_err("a token");
        let ConfigError::AgencyNeedsAccessKey = error.config_error().expect("a setting") else { panic!("{error:?}") };
    }
    let error = client(&emulator, token()).caller_identity().await.expect_err("a token");
    assert_eq!(error.kind(), ErrorKind::NotSent);
    let nowhere = Client::builder().endpoint(emulator.endpoint().parse().expect("an endpoint")).auth(key());
    let error = nowhere.build().expect("a client").caller_identity().await.expect_err("no STS");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(emulator.requests().is_empty());
}

#[test]
fn what_sts_would_refuse_is_refused_before() {
    let agency = || AssumedAgency::new(AGENCY, key()).expect("an agency");
    for urn in ["", "mirrors", "iam::0123:mirrors", "iam::0123:agency:mirrors:more", "iam::0123:agency:two words"] {
        let error = AssumedAgency::new(urn, key()).expect_err(urn);
        assert_eq!(error, InvalidAgency::Urn);
    }
    for (urn, is_valid) in [
        ("a:::b:c".to_owned(), false),
        ("a::b:c:d".to_owned(), true),
        (format!("a::b:c:{}", "x".repeat(1493)), true),
        (format!("a::b:c:{}", "x".repeat(1494)), false),
    ] {
        let refused = AssumedAgency::new(&urn, key()).err();
        assert_eq!(refused, (!is_valid).then_some(InvalidAgency::UrnLength), "{urn}");
    }
    for name in ["", "x", "two words", "näme", &"x".repeat(129)] {
        assert_eq!(agency().session_name(name).expect_err(name), InvalidAgency::SessionName);
    }
    for seconds in [0, 899, 43_201, u64::MAX] {
        assert_eq!(agency().duration(Duration::from_secs(seconds)).expect_err("refused"), InvalidAgency::Duration);
    }
    for id in ["", "x", &"x".repeat(1225)] {
        assert_eq!(agency().external_id(id).expect_err("refused"), InvalidAgency::ExternalId);
    }
    assert!(agency().duration(Duration::from_secs(900)).is_ok() && agency().external_id("xy").is_ok());
}
