//! Calls from a CI job, a pod and an ECS server, which store no secret, and as an agency: what the command line does with
//! each source.
#![cfg(feature = "emulator")]

use std::process::Command;
use std::time::{Duration, Instant};

use codearts_repo::auth::CredentialsSource;
use serde_json::Value;

use crate::support::{Running, codearts_repo, run};

const PROVIDER: &str = "iam::0123:oidcProvider:ci";
const AGENCY: &str = "iam::0123:agency:mirrors";
const AGENCY_OF_CALLER: &str = "iam::0123:agency:nightly";
const ID_TOKEN: &str = "e30.e30.s3cr3tOfTheJob";
const POD_TOKEN: &str = "s3cr3tOfThePod";
const KEY_ID: &str = "HPUAEXAMPLE";
const KEY_SECRET: &str = "s3cr3tOfTheCaller";

/// The command `emulator` with all sources, and what it prints.
struct Emulator {
    _running: Running,
    ready: Value,
    folder: tempfile::TempDir,
}

impl Emulator {
    fn start(more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, token) in [("token", POD_TOKEN), ("id-token", ID_TOKEN)] {
            std::fs::write(folder.path().join(name), format!("{token}\n")).expect("written");
        }
        let (agency, of_caller) = (format!("{AGENCY}={PROVIDER}"), format!("{AGENCY_OF_CALLER}={KEY_ID}"));
        let mut command = codearts_repo(&["emulator", "--repository", "123", "--pod-token", "POD", "--id-token", "ID"]);
        command.args(["--agency", &agency, "--agency", &of_caller, "--identity-provider", "ci"]);
        command.args(["--access-key", &format!("{KEY_ID}:KEY"), "--metadata-listen", "127.0.0.1:0"]).args(more);
        command.env("POD", POD_TOKEN).env("ID", ID_TOKEN).env("KEY", KEY_SECRET).stderr(std::process::Stdio::null());
        let mut running = Running::of(&mut command);
        let ready = serde_json::from_str(&running.line()).expect("JSON");
        Self { _running: running, ready, folder }
    }

    fn at(&self, name: &str) -> &str {
        self.ready[name].as_str().expect(name)
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The variables of one source. An agency is assumed with Terraform's access key.
    fn variables(&self, source: &str) -> Vec<(&'static str, String)> {
        let of_caller = |more: &[(&'static str, &str)]| {
            let key = [("HW_ACCESS_KEY", KEY_ID), ("HW_SECRET_KEY", KEY_SECRET)];
            key.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned())).collect()
        };
        match source {
            "agency by URN" => of_caller(&[("CODEARTS_REPO_AGENCY_URN", AGENCY_OF_CALLER)]),
            "agency by name" => of_caller(&[
                ("HW_ASSUME_ROLE_AGENCY_NAME", "nightly"),
                ("HW_ASSUME_ROLE_DOMAIN_NAME", "company"),
                ("HW_ASSUME_ROLE_DURATION", "900"),
            ]),
            "federation" => vec![
                ("HUAWEICLOUD_SDK_IDP_ID", "ci".to_owned()),
                ("HUAWEICLOUD_SDK_ID_TOKEN_FILE", self.file("id-token")),
            ],
            "oidc" => vec![
                ("HUAWEICLOUD_OIDC_PROVIDER_URN", PROVIDER.to_owned()),
                ("HUAWEICLOUD_OIDC_AGENCY_URN", AGENCY.to_owned()),
                ("HUAWEICLOUD_OIDC_ID_TOKEN", ID_TOKEN.to_owned()),
            ],
            "pod" => vec![
                ("HC_CONTAINER_CREDENTIALS_FULL_URI", self.at("pod_credentials_uri").to_owned()),
                ("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", self.file("token")),
            ],
            _ => vec![("CODEARTS_REPO_METADATA_ENDPOINT", self.at("metadata_endpoint").to_owned())],
        }
    }

    fn command(&self, source: &str, arguments: &[&str]) -> Command {
        let mut command = codearts_repo(arguments);
        command.args(["--endpoint", self.at("endpoint"), "--credentials", chosen(source)]);
        command.envs(self.variables(source));
        for name in ["HUAWEICLOUD_SDK_STS_ENDPOINT", "HUAWEICLOUD_SDK_IAM_ENDPOINT"] {
            command.env(name, self.at("iam_endpoint"));
        }
        // A proxy is not asked for any of these addresses: nothing listens there.
        command.env("ALL_PROXY", "http://192.0.2.1:9");
        command
    }
}

/// The name for `--credentials`.
fn chosen(source: &str) -> &str {
    if source.starts_with("agency") { "terraform-key" } else { source }
}

#[test]
fn every_source_synchronizes_a_mirror_and_says_whose_key_it_is() {
    let emulator = Emulator::start(&["--key-life", "15m"]);
    for (source, kind, urn) in [
        ("oidc", "OIDC agency", "iam::0123:agency:mirrors:"),
        ("pod", "pod identity", "sts::emulator:agency:pod:"),
        ("ecs", "ECS agency", "sts::emulator:agency:server:"),
        ("federation", "federated user", "iam::emulator:user:federated (account emulator)\n"),
        ("agency by URN", "assumed agency", "iam::0123:agency:nightly:codearts-repo (account 0123)\n"),
        ("agency by name", "named agency", "iam::0123:agency:nightly:session (account 0123)\n"),
    ] {
        let ended = run(&mut emulator.command(source, &["sync", "123", "--wait"]));
        assert!(ended.code == Some(0) && ended.out.contains("finished"), "{source}: {ended:?}");
        let shown = run(&mut emulator.command(source, &["auth", "show", "--identity"]));
        assert!(shown.out.starts_with(&format!("credentials       {kind}\nfrom ")), "{shown:?}");
        assert!(shown.out.contains(&format!("\nidentity          {urn}")), "{shown:?}");
        assert!(shown.out.contains("\nexpires           2"), "{shown:?}");
        let json = run(&mut emulator.command(source, &["auth", "show", "--identity", "--json"]));
        let report: Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!(report["name"], chosen(source));
        let silent = run(&mut emulator.command(source, &["auth", "show"]));
        assert!(silent.code == Some(0) && !silent.out.contains("\nidentity"), "{silent:?}");
        assert!(!format!("{ended:?}{shown:?}{json:?}").contains("s3cr3t"), "{source}");
    }
}

#[test]
fn a_source_that_cannot_be_used_says_why() {
    let emulator = Emulator::start(&["--metadata-agency", "off"]);
    let message = |command: &mut Command| {
        let ended = run(command);
        (ended.code, ended.out + &ended.err)
    };
    let (code, text) = message(&mut emulator.command("ecs", &["sync", "123"]));
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("this ECS server has no agency (401"), "{text}");
    let mut elsewhere = emulator.command("ecs", &["list"]);
    let begun = Instant::now();
    let (code, text) = message(elsewhere.env("CODEARTS_REPO_METADATA_ENDPOINT", "http://127.0.0.1:1"));
    assert_eq!(code, Some(4), "{text}");
    assert!(text.contains("this is no ECS server, or its metadata service is off"), "{text}");
    assert!(begun.elapsed() < Duration::from_secs(20), "it is not tried again and again");
    for (arguments, words) in [
        (vec!["--credentials", "pod"], "--credentials: pod has no credentials: HC_CONTAINER_CREDENTIALS_FULL_URI, "),
        (vec!["--credentials", "pdo"], "--credentials"),
        (
            vec!["--credentials", "pod", "--credentials-section", "a"],
            "--credentials-section: --credentials chooses pod",
        ),
    ] {
        let (code, text) = message(codearts_repo(&["list", "--region", "cn-north-4"]).args(arguments));
        assert!(code == Some(2) && text.contains(words), "{text}");
    }
    let mut variable = codearts_repo(&["list", "--region", "cn-north-4"]);
    let (code, text) = message(variable.env("CODEARTS_REPO_CREDENTIALS", "metadata"));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("CODEARTS_REPO_CREDENTIALS: unknown source of credentials; use one of token, "), "{text}");
    let mut half = codearts_repo(&["list", "--region", "cn-north-4"]);
    let (code, text) = message(half.env("HC_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1"));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE is not"), "{text}");
}

#[test]
fn the_documents_name_every_source_in_its_order() {
    let names: Vec<String> = CredentialsSource::ALL.iter().map(|source| format!("`{}`", source.name())).collect();
    let read = |path: &str| {
        std::fs::read_to_string(format!("{}/../../docs/{path}", env!("CARGO_MANIFEST_DIR"))).expect("a document")
    };
    let configuration = read("configuration.md");
    let (_, table) = configuration.split_once("<!-- sources -->").expect("the table");
    let (table, _) = table.split_once("<!-- end of sources -->").expect("its end");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    assert_eq!(rows.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>(), names);
    let cli = read("cli.md").replace('\n', " ");
    assert!(cli.contains(&names[..names.len() - 1].join(", ")), "docs/cli.md names all but `ecs` in order");
}

/// What is wrong before anything is sent.
#[test]
fn a_wrong_variable_is_named_with_what_to_do() {
    let emulator = Emulator::start(&[]);
    const URN: &str =
        "the URN does not have five parts; copy the URN from the console, such as iam::ACCOUNT:agency:NAME";
    const NAME: &str = "the session name has a blank or another character that is not allowed, or does not have 2 to 128 \
                        characters; use letters, digits and _+=,.@-";
    const SECONDS: &str = "the duration is not 900 to 43200 seconds; use 15 minutes to 12 hours";
    const OF_NAMED: &str = "the duration is not 900 to 86400 seconds; use 15 minutes to 24 hours";
    for (source, variable, value, says) in [
        ("oidc", "HUAWEICLOUD_OIDC_PROVIDER_URN", "iam::0123:ci", URN),
        ("oidc", "HUAWEICLOUD_OIDC_AGENCY_URN", "mirrors", URN),
        ("oidc", "HUAWEICLOUD_OIDC_SESSION_NAME", "two words", NAME),
        ("oidc", "HUAWEICLOUD_OIDC_DURATION_SECONDS", "899", SECONDS),
        ("agency by URN", "CODEARTS_REPO_AGENCY_URN", "iam::0123:agency:two:names", URN),
        ("agency by URN", "CODEARTS_REPO_AGENCY_SESSION_NAME", "two words", NAME),
        ("agency by URN", "CODEARTS_REPO_AGENCY_DURATION_SECONDS", "43201", SECONDS),
        ("agency by URN", "CODEARTS_REPO_AGENCY_DURATION_SECONDS", "an hour", SECONDS),
        ("agency by name", "HW_ASSUME_ROLE_DURATION", "86401", OF_NAMED),
        ("federation", "HUAWEICLOUD_SDK_IDP_ID", "two words", "use the name of the identity provider in IAM"),
    ] {
        let ended = run(emulator.command(source, &["list"]).env(variable, value));
        let message = format!("codearts-repo: {variable} is not valid: ");
        assert!(ended.err.starts_with(&message) && ended.err.trim_end().ends_with(says), "{ended:?}");
        assert_eq!((ended.code, ended.err.lines().count()), (Some(2), 1), "{ended:?}");
    }
    let mut temporary = emulator.command("agency by URN", &["list"]);
    let long = temporary.env("HW_SECURITY_TOKEN", "s3cr3t").env("CODEARTS_REPO_AGENCY_DURATION_SECONDS", "3601");
    let ended = run(long);
    assert!(
        ended.code == Some(2) && ended.err.contains("more than 3600 seconds, and the caller's own key is"),
        "{ended:?}"
    );
}

/// What the service refuses, in its own words or with a better reason.
#[test]
fn a_refusal_says_why_and_what_to_do() {
    let emulator = Emulator::start(&[]);
    let file = emulator.file("expired");
    // The claims are {"exp":1768465800}.
    let expired = "e30.eyJleHAiOjE3Njg0NjU4MDB9.s3cr3t";
    std::fs::write(&file, expired).expect("written");
    const EXPIRED: &str = "the ID token expired at 2026-01-15T08:30:00Z; check the file or variable of the ID token";
    for (source, variable, value, says) in [
        ("oidc", "HUAWEICLOUD_OIDC_ID_TOKEN", expired, EXPIRED),
        ("federation", "HUAWEICLOUD_SDK_ID_TOKEN_FILE", &file, EXPIRED),
        ("oidc", "HUAWEICLOUD_OIDC_PROVIDER_URN", "iam::0123:oidcProvider:other", "does not trust the provider"),
        ("agency by URN", "CODEARTS_REPO_AGENCY_URN", AGENCY, "does not trust the caller"),
        ("agency by name", "HW_ASSUME_ROLE_AGENCY_NAME", "mirrors", "check the names of the agency and its account"),
        ("federation", "HUAWEICLOUD_SDK_IDP_ID", "other", "check the ID of the identity provider"),
    ] {
        let ended = run(emulator.command(source, &["list"]).env(variable, value));
        assert!(ended.code == Some(3) && ended.err.contains(says), "{source} {variable}: {ended:?}");
        assert!(!ended.err.contains("s3cr3t") && ended.err.lines().count() == 1, "{ended:?}");
    }
}

#[test]
fn a_token_assumes_no_agency_by_its_urn() {
    let mut command = codearts_repo(&["list", "--region", "cn-north-4"]);
    let ended = run(command.env("CODEARTS_REPO_TOKEN", "s3cr3t").env("CODEARTS_REPO_AGENCY_URN", AGENCY));
    assert!(
        ended.code == Some(2) && ended.err.contains("with an access key, and the credentials are a token"),
        "{ended:?}"
    );
}

#[test]
fn a_token_has_no_identity() {
    let mut command = codearts_repo(&["auth", "show", "--identity", "--region", "cn-north-4"]);
    let ended = run(command.env("CODEARTS_REPO_TOKEN", "s3cr3t"));
    assert!(
        ended.code == Some(2) && ended.err.contains("--identity: the credentials are of the kind token"),
        "{ended:?}"
    );
}
