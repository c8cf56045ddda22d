//! Callers on an ECS server or in a pod, which store no secret: from the service near them to the mirror.

use std::error::Error as _;
use std::time::Duration;

use codearts_repo::auth::{
    AuthError, AuthStep, CredentialsKind, CredentialsSource, Discovery, DiscoveryError, Environment,
};
use codearts_repo::{Client, Error, RetryPolicy};
use codearts_repo_emulator::{Emulator, EmulatorBuilder, Fault, FaultRule, Repository, Upstream};
use tokio::time::Instant;

use crate::plain_server::{PlainServer, answer, answer_with};
use crate::wrapper_requests::id;

const POD_TOKEN: &str = "eyJs3cr3tOfThePod";
const URI: &str = "HC_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_FILE: &str = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const METADATA: &str = "CODEARTS_REPO_METADATA_ENDPOINT";

fn builder() -> EmulatorBuilder {
    let mirror = Repository::new(123).upstream(Upstream::demonstration());
    let free_port = "127.0.0.1:0".parse().expect("an address");
    Emulator::builder().repository(mirror).pod_token(POD_TOKEN).metadata_listen(free_port)
}

async fn emulator() -> Emulator {
    builder().start().await.expect("an emulator")
}

fn environment(variables: &[(&str, &str)]) -> Environment {
    Environment::new(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn client(emulator: &Emulator, discovery: Discovery<'_>, kind: CredentialsKind) -> Client {
    let found = discovery.find().expect("credentials");
    assert_eq!(found.kind, kind);
    let endpoint = emulator.endpoint().parse().expect("an endpoint");
    Client::builder().endpoint(endpoint).retry(RetryPolicy::none()).auth(found.auth).build().expect("a client")
}

fn on_server_at(emulator: &Emulator, address: &str) -> Client {
    let environment = environment(&[(METADATA, address)]);
    let discovery = Discovery::new(&environment).only(CredentialsSource::InstanceMetadata);
    client(emulator, discovery, CredentialsKind::InstanceAgency)
}

fn on_server(emulator: &Emulator) -> Client {
    on_server_at(emulator, emulator.metadata_endpoint().expect("it is on"))
}

/// A pod, whose token file is removed with the folder.
struct Pod {
    folder: tempfile::TempDir,
}

impl Pod {
    fn new() -> Self {
        let pod = Self { folder: tempfile::tempdir().expect("a folder") };
        pod.write(&format!("{POD_TOKEN}\n"));
        pod
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("token")
    }

    fn write(&self, text: &str) {
        std::fs::write(self.file(), text).expect("written");
    }

    fn client_at(&self, emulator: &Emulator, uri: &str) -> Client {
        let environment = environment(&[(URI, uri), (TOKEN_FILE, self.file().to_str().expect("text"))]);
        client(emulator, Discovery::new(&environment), CredentialsKind::PodIdentity)
    }

    fn client(&self, emulator: &Emulator) -> Client {
        self.client_at(emulator, &emulator.pod_credentials_uri())
    }
}

fn paths(emulator: &Emulator) -> Vec<String> {
    emulator.requests().iter().map(|request| request.path().to_owned()).collect()
}

/// Starts the mirror and follows it, with one key for all calls.
async fn mirrors(emulator: &Emulator, client: &Client, key_path: &str) {
    client.start_sync(id(123)).send().await.expect("started");
    tokio::time::timeout(Duration::from_secs(60), emulator.wait_idle(123)).await.expect("it ends");
    let shown = futures_util::future::join_all((0..20).map(|_| client.show_mirror(id(123)))).await;
    assert!(shown.iter().all(|mirror| mirror.as_ref().expect("shown").update_status.as_deref() == Some("finished")));
    assert_eq!(paths(emulator).iter().filter(|path| *path == key_path).count(), 1);
}

async fn failure(client: Client) -> (Option<AuthStep>, String) {
    let error: Error = client.show_mirror(id(123)).await.expect_err("no key");
    let shown = format!("{error:?} {error}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
    let cause: Option<&AuthError> = error.auth_error();
    let reason = cause.and_then(|error| error.source().map(ToString::to_string)).unwrap_or_default();
    (cause.map(AuthError::step), reason)
}

#[tokio::test]
async fn a_pod_starts_a_mirror() {
    let (emulator, pod) = (emulator().await, Pod::new());
    mirrors(&emulator, &pod.client(&emulator), "/emulator/pod-credentials").await;
    let requests = emulator.requests();
    let sent = requests.iter().find(|request| request.path() == "/emulator/pod-credentials").expect("a request");
    assert_eq!((sent.header("authorization"), sent.body()), (Some(POD_TOKEN), &b"{}"[..]));
}

#[tokio::test]
async fn an_ecs_server_starts_a_mirror() {
    let emulator = emulator().await;
    mirrors(&emulator, &on_server(&emulator), "/openstack/latest/securitykey").await;
    let requests = emulator.requests();
    assert_eq!(requests[0].header("x-metadata-token-ttl-seconds"), Some("21600"));
    assert!(requests[1].header("x-metadata-token").is_some_and(|token| !token.is_empty()));
}

#[tokio::test]
async fn an_expired_key_is_replaced_before_the_call() {
    let life = Duration::from_secs(900);
    let emulator = builder().issued_key_lifetime(life).start().await.expect("an emulator");
    let pod = Pod::new();
    // The clock jumps to the end of a wait.
    tokio::time::pause();
    for (client, path) in
        [(pod.client(&emulator), "/emulator/pod-credentials"), (on_server(&emulator), "/openstack/latest/securitykey")]
    {
        for (keys, wait) in [(1, life / 2), (1, life), (2, life / 2), (2, life)] {
            client.show_mirror(id(123)).await.expect("a key that lives");
            assert_eq!(paths(&emulator).iter().filter(|asked| *asked == path).count(), keys);
            tokio::time::sleep(wait).await;
        }
    }
}

#[tokio::test]
async fn the_token_file_of_a_pod_is_read_for_each_key() {
    let (emulator, pod) = (emulator().await, Pod::new());
    let token_file = |reason: &str| (Some(AuthStep::TokenFile), format!("{}: {reason}", pod.file().display()));
    pod.write("expired");
    let (step, reason) = failure(pod.client(&emulator)).await;
    assert_eq!(
        (step, reason.as_str()),
        (Some(AuthStep::AccessKey), "the pod's key service answered with the status 401")
    );
    pod.write(POD_TOKEN);
    pod.client(&emulator).show_mirror(id(123)).await.expect("the rotated token");
    pod.write(" \n");
    assert_eq!(failure(pod.client(&emulator)).await, token_file("the file is empty"));
    pod.write("s3cr3t\ns3cr3t");
    assert_eq!(failure(pod.client(&emulator)).await, token_file("the file has more than one line of text"));
    // A file of 1 GB without its content: no byte of it is written or kept.
    std::fs::File::create(pod.file()).and_then(|file| file.set_len(1 << 30)).expect("a file");
    assert_eq!(failure(pod.client(&emulator)).await, token_file("the file is longer than 1 MiB"));
    std::fs::remove_file(pod.file()).expect("removed");
    std::fs::create_dir(pod.file()).expect("a folder");
    assert_eq!(failure(pod.client(&emulator)).await, token_file("it is a directory"));
    std::fs::remove_dir(pod.file()).expect("removed");
    #[cfg(unix)]
    {
        assert!(std::process::Command::new("mkfifo").arg(pod.file()).status().expect("mkfifo").success());
        assert_eq!(failure(pod.client(&emulator)).await, token_file("it is not a regular file"));
    }
}

#[tokio::test]
async fn an_old_metadata_service_is_asked_without_a_session() {
    for status in [404, 405, 503] {
        let emulator = emulator().await;
        emulator.fail(FaultRule::new(Fault::Status(status)).operation("CreateMetadataToken"));
        on_server(&emulator).show_mirror(id(123)).await.expect("a key");
        assert_eq!(emulator.requests()[1].header("x-metadata-token"), None, "{status}");
    }
}

#[tokio::test]
async fn a_lost_session_is_replaced_once() {
    let emulator = emulator().await;
    emulator.fail(FaultRule::new(Fault::Status(401)).operation("ShowSecurityKey").times(1));
    on_server(&emulator).show_mirror(id(123)).await.expect("a key");
    emulator.fail(FaultRule::new(Fault::Status(401)).operation("ShowSecurityKey"));
    let before = emulator.requests().len();
    let (step, reason) = failure(on_server(&emulator)).await;
    assert_eq!(
        (step, reason.as_str()),
        (Some(AuthStep::AccessKey), "the metadata service answered with the status 401")
    );
    assert_eq!(emulator.requests().len() - before, 4, "two sessions and two refusals");
}

#[tokio::test]
async fn a_server_without_an_agency_is_named() {
    let emulator = builder().metadata_agency(false).start().await.expect("an emulator");
    let (step, reason) = failure(on_server(&emulator)).await;
    assert_eq!(step, Some(AuthStep::AccessKey));
    assert!(reason.starts_with("this ECS server has no agency (401, Please configure"), "{reason}");
    assert_eq!(emulator.requests().len(), 2, "another session would not help");
}

#[tokio::test]
async fn where_there_is_no_metadata_the_call_fails_within_three_seconds() {
    let emulator = emulator().await;
    let missing = (Some(AuthStep::KeyService), "this is no ECS server, or its metadata service is off".to_owned());
    assert_eq!(failure(on_server_at(&emulator, "http://127.0.0.1:1")).await, missing);
    emulator.fail(FaultRule::new(Fault::Delay(Duration::from_secs(60))).operation("CreateMetadataToken"));
    // From here on, the clock jumps to the next time-out. Git, which the emulator starts with, takes real time.
    tokio::time::pause();
    let begun = Instant::now();
    assert_eq!(failure(on_server(&emulator)).await, missing);
    assert!((3..4).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn no_redirect_is_followed_and_every_fault_is_reported() {
    let (emulator, pod) = (emulator().await, Pod::new());
    let (server_client, pod_client) = (|| on_server(&emulator), || pod.client(&emulator));
    let clients: [(&str, &dyn Fn() -> Client); 3] = [
        ("CreateMetadataToken", &server_client),
        ("ShowSecurityKey", &server_client),
        ("CreatePodCredentials", &pod_client),
    ];
    for (operation, client) in clients {
        let elsewhere = format!("{}/elsewhere", emulator.endpoint());
        for (fault, step, words) in [
            (Fault::Redirect(elsewhere), AuthStep::AccessKey, "the status 307"),
            (Fault::Status(500), AuthStep::KeyService, "the status 500"),
            (Fault::TooManyRequests { retry_after: None }, AuthStep::KeyService, "the status 429"),
            (Fault::ResetAfter, AuthStep::KeyService, "broke the connection"),
        ] {
            emulator.clear_faults();
            emulator.fail(FaultRule::new(fault.clone()).operation(operation));
            let (found, reason) = failure(client()).await;
            assert!(found == Some(step) && reason.contains(words), "{operation} {fault:?}: {found:?} {reason}");
        }
    }
    assert!(!paths(&emulator).contains(&"/elsewhere".to_owned()));
    emulator.clear_faults();
    emulator.fail(FaultRule::new(Fault::Malformed).operation("CreatePodCredentials"));
    let (step, reason) = failure(pod.client(&emulator)).await;
    assert_eq!((step, reason.as_str()), (Some(AuthStep::AccessKey), "the answer is not a JSON object"));
}

/// A call to the service uses the proxy, because it is on this machine too.
#[tokio::test]
async fn no_proxy_sees_a_key() {
    let (emulator, pod) = (emulator().await, Pod::new());
    let metadata = emulator.metadata_endpoint().expect("it is on");
    let server = environment(&[(METADATA, metadata)]);
    let variables =
        [(URI, emulator.pod_credentials_uri()), (TOKEN_FILE, pod.file().to_str().expect("text").to_owned())];
    let pod = environment(&variables.each_ref().map(|(name, value)| (*name, value.as_str())));
    for discovery in [Discovery::new(&server).only(CredentialsSource::InstanceMetadata), Discovery::new(&pod)] {
        let proxy = PlainServer::answering(answer("502 Bad Gateway", "")).await;
        let builder = Client::builder().endpoint(emulator.endpoint().parse().expect("an endpoint"));
        let builder = builder.proxy(proxy.endpoint()).expect("a proxy").retry(RetryPolicy::none());
        let client = builder.auth(discovery.find().expect("credentials").auth).build().expect("a client");
        client.prepare_auth().await.expect("a key");
        assert_eq!(proxy.requests().len(), 0);
        client.show_mirror(id(123)).await.expect_err("the proxy answers");
        assert_eq!(proxy.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_endless_answer_is_not_read() {
    let (emulator, pod) = (emulator().await, Pod::new());
    let long = format!("{{\"access\": \"{}\"}}", "x".repeat(1024 * 1024));
    let server = PlainServer::answering(answer("200 OK", &long)).await;
    let (step, reason) = failure(pod.client_at(&emulator, server.endpoint())).await;
    assert_eq!((step, reason.ends_with("more than 64 KiB")), (Some(AuthStep::KeyService), true), "{reason}");
}

/// The clock of this machine is months away from both.
#[tokio::test]
async fn the_life_of_a_key_is_counted_by_the_clock_of_its_service() {
    let (emulator, pod) = (emulator().await, Pod::new());
    for (date, expiry) in [
        ("Thu, 01 Jan 2026 05:00:00 GMT", "2026-01-01T05:15:00.000000Z"),
        ("Thu, 01 Jan 2099 05:00:00 GMT", "2099-01-01T05:15:00Z"),
    ] {
        let key = format!(r#"{{"access":"HST1","secret":"s","securitytoken":"t","expires_at":"{expiry}"}}"#);
        let answer = answer_with("200 OK", &format!("Date: {date}\r\n"), &key);
        let server = PlainServer::answering(answer).await;
        let client = pod.client_at(&emulator, server.endpoint());
        assert_eq!(client.key_life(), None);
        client.prepare_auth().await.expect("a key");
        let life = client.key_life().expect("a temporary key");
        assert!((Duration::from_secs(840)..=Duration::from_secs(900)).contains(&life), "{date}: {life:?}");
    }
}

#[tokio::test]
async fn metadata_is_never_asked_unless_it_is_chosen() {
    let emulator = emulator().await;
    let environment = environment(&[(METADATA, emulator.metadata_endpoint().expect("it is on"))]);
    let error = Discovery::new(&environment).find().expect_err("nothing else is set");
    let DiscoveryError::Nothing { skipped } = error else { panic!("{error:?}") };
    let metadata = skipped.iter().find(|skipped| skipped.source == CredentialsSource::InstanceMetadata);
    assert_eq!(metadata.map(|skipped| skipped.reason.as_str()), Some("used only if chosen"));
    assert_eq!(emulator.requests().len(), 0);
}

#[test]
fn half_of_the_pair_and_invalid_addresses_are_named() {
    for (present, missing) in [(URI, TOKEN_FILE), (TOKEN_FILE, URI)] {
        let error = Discovery::new(&environment(&[(present, "http://127.0.0.1:1")])).find().expect_err("half of it");
        assert_eq!(error.to_string(), format!("{present} is set and {missing} is not"));
    }
    let pod = environment(&[(URI, "http://10.1.2.3/s3cr3t"), (TOKEN_FILE, "/run/token")]);
    let metadata = environment(&[(METADATA, "http://keys.example.com/s3cr3t")]);
    for (discovery, variable) in
        [(Discovery::new(&pod), URI), (Discovery::new(&metadata).only(CredentialsSource::InstanceMetadata), METADATA)]
    {
        let error = discovery.find().expect_err(variable);
        assert_eq!(error.to_string(), format!("{variable} is not valid"));
        assert!(error.advice().contains("169.254.0.0/16") && !format!("{error:?}").contains("s3cr3t"), "{error:?}");
    }
}

#[test]
fn a_chosen_source_is_the_only_one() {
    let all = environment(&[("CODEARTS_REPO_TOKEN", "t"), ("HW_AUTH_TOKEN", "u"), ("HUAWEICLOUD_SDK_AK", "half")]);
    let found = Discovery::new(&all).only(CredentialsSource::TerraformToken).find().expect("a token");
    assert_eq!(found.origin.to_string(), "HW_AUTH_TOKEN");
    assert_eq!(found.skipped.len(), CredentialsSource::ALL.len() - 1);
    let error = Discovery::new(&all).only(CredentialsSource::OidcVariables).find().expect_err("not set");
    let text = "oidc has no credentials: HUAWEICLOUD_OIDC_PROVIDER_URN, HUAWEICLOUD_OIDC_AGENCY_URN: not set";
    assert_eq!(error.to_string(), text);
    for source in CredentialsSource::ALL {
        assert_eq!(CredentialsSource::of_name(source.name()), Some(source));
    }
}
