//! Calls from a CI job, a pod and an ECS server, which store no secret: what the command line does with each source.
#![cfg(feature = "emulator")]
#![allow(clippy::expect_used, reason = "a test may panic")]

mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::{Running, codearts_repo, run};

const PROVIDER: &str = "iam::0123:oidcProvider:ci";
const AGENCY: &str = "iam::0123:agency:mirrors";
const ID_TOKEN: &str = "e30.e30.s3cr3tOfTheJob";
const POD_TOKEN: &str = "s3cr3tOfThePod";

/// The command `emulator` with all three sources, and what it prints.
struct Emulator {
    _running: Running,
    ready: Value,
    folder: tempfile::TempDir,
}

impl Emulator {
    fn start(more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("token"), format!("{POD_TOKEN}\n")).expect("written");
        let agency = format!("{AGENCY}={PROVIDER}");
        let mut command = codearts_repo(&["emulator", "--repository", "123", "--pod-token", "POD", "--id-token", "ID"]);
        command.args(["--agency", &agency, "--metadata-listen", "127.0.0.1:0"]).args(more);
        command.env("POD", POD_TOKEN).env("ID", ID_TOKEN).stderr(std::process::Stdio::null());
        let mut running = Running::of(&mut command);
        let ready = serde_json::from_str(&running.line()).expect("JSON");
        Self { _running: running, ready, folder }
    }

    fn at(&self, name: &str) -> &str {
        self.ready[name].as_str().expect(name)
    }

    /// The variables of one source.
    fn variables(&self, source: &str) -> Vec<(&'static str, String)> {
        match source {
            "oidc" => vec![
                ("HUAWEICLOUD_OIDC_PROVIDER_URN", PROVIDER.to_owned()),
                ("HUAWEICLOUD_OIDC_AGENCY_URN", AGENCY.to_owned()),
                ("HUAWEICLOUD_OIDC_ID_TOKEN", ID_TOKEN.to_owned()),
            ],
            "pod" => vec![
                ("HC_CONTAINER_CREDENTIALS_FULL_URI", self.at("pod_credentials_uri").to_owned()),
                ("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", self.folder.path().join("token").display().to_string()),
            ],
            _ => vec![("CODEARTS_REPO_METADATA_ENDPOINT", self.at("metadata_endpoint").to_owned())],
        }
    }

    fn command(&self, source: &str, arguments: &[&str]) -> Command {
        let mut command = codearts_repo(arguments);
        command.args(["--endpoint", self.at("endpoint"), "--credentials", source]).envs(self.variables(source));
        // A proxy is not asked for any of these addresses: nothing listens there.
        command.env("HUAWEICLOUD_SDK_STS_ENDPOINT", self.at("iam_endpoint")).env("ALL_PROXY", "http://192.0.2.1:9");
        command
    }
}

#[test]
fn every_source_synchronizes_a_mirror_and_says_whose_key_it_is() {
    let emulator = Emulator::start(&["--key-life", "15m"]);
    for (source, kind, urn) in [
        ("oidc", "OIDC agency", "iam::0123:agency:mirrors:"),
        ("pod", "pod identity", "sts::emulator:agency:pod:"),
        ("ecs", "ECS agency", "sts::emulator:agency:server:"),
    ] {
        let ended = run(&mut emulator.command(source, &["sync", "123", "--wait"]));
        assert!(ended.code == Some(0) && ended.out.contains("finished"), "{source}: {ended:?}");
        let shown = run(&mut emulator.command(source, &["auth", "show", "--identity"]));
        assert!(shown.out.starts_with(&format!("credentials       {kind}\nfrom ")), "{shown:?}");
        assert!(shown.out.contains(&format!("\nidentity          {urn}")), "{shown:?}");
        assert!(shown.out.contains("\nexpires           2"), "{shown:?}");
        let json = run(&mut emulator.command(source, &["auth", "show", "--identity", "--json"]));
        let report: Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!(report["name"], source);
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
fn a_token_has_no_identity() {
    let mut command = codearts_repo(&["auth", "show", "--identity", "--region", "cn-north-4"]);
    let ended = run(command.env("CODEARTS_REPO_TOKEN", "s3cr3t"));
    assert!(
        ended.code == Some(2) && ended.err.contains("--identity: the credentials are of the kind token"),
        "{ended:?}"
    );
}
