//! Variables and settings with the address of IAM, and variables of other clouds.

use std::path::Path;
use std::process::Command;

use crate::support::{Answer, Server, against, answer, codearts_repo, run};

const LIFE: &str =
    r#"{"token":{"issued_at":"2026-01-03T09:05:22.701000Z","expires_at":"2026-01-04T09:05:22.701000Z"}}"#;
const TOKENS: &str = "/v3/auth/tokens";

/// IAM and CodeArts Repo at one address.
fn service() -> Server {
    Server::start(|request, _| {
        if !request.path.starts_with(TOKENS) {
            return answer(200, r#"{"jid":"j"}"#);
        }
        let headers = "X-Subject-Token: MIITokenFromIam\r\n".to_owned();
        Answer { status: 201, headers, body: LIFE.to_owned() }
    })
}

fn as_user(server: &Server, home: &Path) -> Command {
    let mut command = codearts_repo(&["sync", "5", "--endpoint", &server.endpoint(), "--region", "cn-north-4"]);
    command.env("HOME", home).arg("--no-token-cache");
    command.env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
    command
}

const FOREIGN: &str = "http://10.1.2.3:5000/v3";

#[test]
fn an_iam_variable_of_another_cloud_does_not_matter_to_a_token() {
    for name in ["OS_AUTH_URL", "HW_AUTH_URL", "CODEARTS_REPO_IAM_ENDPOINT", "HUAWEICLOUD_SDK_IAM_ENDPOINT"] {
        for value in [FOREIGN, "", "not an address"] {
            let server = service();
            let ended = run(against(&server, &["sync", "5"]).env(name, value));
            assert_eq!((ended.code, server.count("POST")), (Some(0), 1), "{name}={value} {ended:?}");
        }
    }
}

#[test]
fn auth_show_and_config_show_report_the_variable() {
    let server = service();
    for name in ["OS_AUTH_URL", "CODEARTS_REPO_IAM_ENDPOINT"] {
        let auth = run(against(&server, &["auth", "show"]).env(name, FOREIGN));
        assert_eq!(auth.code, Some(0), "{auth:?}");
        assert!(auth.out.contains(&format!("{name}: invalid, but the credentials do not need IAM")), "{auth:?}");
        assert!(!auth.out.contains("10.1.2.3"), "{auth:?}");
        let config = run(against(&server, &["config", "show", "--origin"]).env(name, FOREIGN));
        let row = config.out.lines().find(|line| line.starts_with("iam-endpoint")).expect("a row");
        assert!(config.code == Some(0) && row.ends_with(&format!("{name}, invalid")), "{config:?}");
    }
}

#[test]
fn a_region_of_another_cloud_does_not_matter_to_an_endpoint() {
    let server = service();
    for name in ["OS_REGION_NAME", "HW_REGION_NAME", "CODEARTS_REPO_REGION"] {
        for value in ["RegionOne", ""] {
            let ended = run(against(&server, &["sync", "5"]).env(name, value));
            assert_eq!(ended.code, Some(0), "{name}={value} {ended:?}");
            let auth = run(against(&server, &["auth", "show"]).env(name, value));
            assert!(auth.out.contains(&format!("{name}: invalid, but an endpoint is set")), "{auth:?}");
            assert_eq!(
                (auth.code, run(against(&server, &["config", "show"]).env(name, value)).code),
                (Some(0), Some(0))
            );
        }
        let ended = run(codearts_repo(&["sync", "5"]).env("CODEARTS_REPO_TOKEN", "t").env(name, ""));
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains(&format!("{name} is set but empty; ")), "{ended:?}");
    }
}

#[test]
fn a_path_that_the_gateway_does_not_know_is_a_matter_of_the_address() {
    let body = r#"{"error_code":"APIGW.0101","error_msg":"The API does not exist"}"#;
    let server = Server::start(move |_, _| answer(404, body));
    for command in ["list", "status 5", "sync 5"] {
        let arguments: Vec<_> = command.split(' ').collect();
        let ended = run(&mut against(&server, &arguments));
        let text = format!("{}{}", ended.out, ended.err);
        assert!(text.contains("; check the endpoint\n") && !text.contains("repository ID"), "{text}");
    }
}

#[test]
fn an_iam_variable_of_another_cloud_is_an_error_for_a_user() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    let ended = run(as_user(&server, home.path()).env("OS_AUTH_URL", FOREIGN));
    assert_eq!((ended.code, server.requests().len()), (Some(2), 0), "{ended:?}");
    assert!(ended.err.starts_with("codearts-repo: OS_AUTH_URL is not an endpoint"), "{ended:?}");
}

#[test]
fn the_flag_takes_precedence_over_the_variable_and_the_variable_over_the_key() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    let config = home.path().join("config.toml");
    let mut flag = as_user(&server, home.path());
    flag.args(["--iam-endpoint", &server.endpoint()]).env("OS_AUTH_URL", FOREIGN);
    std::fs::write(&config, "iam-endpoint = \"http://127.0.0.1:9\"\n").expect("written");
    let mut variable = as_user(&server, home.path());
    variable.arg("--config").arg(&config).env("OS_AUTH_URL", server.endpoint());
    for command in [&mut flag, &mut variable] {
        let ended = run(command);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
    std::fs::write(&config, format!("iam-endpoint = \"{}\"\n", server.endpoint())).expect("written");
    let ended = run(as_user(&server, home.path()).arg("--config").arg(&config));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(server.requests().iter().filter(|request| request.path.starts_with(TOKENS)).count(), 3);
}

#[test]
fn every_place_reads_the_address_of_iam_in_the_same_way() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    let config = home.path().join("config.toml");
    for suffix in ["", "/", "/v3", "/v3/", "/v3 ", " ", "\t"] {
        let address = format!("{}{suffix}", server.endpoint());
        let asked = server.requests().len();
        let mut commands = vec![];
        let mut flag = as_user(&server, home.path());
        flag.args(["--iam-endpoint", &address]);
        commands.push(flag);
        for name in ["CODEARTS_REPO_IAM_ENDPOINT", "HUAWEICLOUD_SDK_IAM_ENDPOINT", "HW_AUTH_URL", "OS_AUTH_URL"] {
            let mut variable = as_user(&server, home.path());
            variable.env(name, &address);
            commands.push(variable);
        }
        std::fs::write(&config, format!("iam-endpoint = {}\n", serde_json::Value::from(&*address))).expect("written");
        let mut key = as_user(&server, home.path());
        key.arg("--config").arg(&config);
        commands.push(key);
        for command in &mut commands {
            let ended = run(command);
            assert_eq!(ended.code, Some(0), "{address:?} {command:?} {ended:?}");
        }
        // One token and one start for each of the six places.
        assert_eq!(server.requests().len() - asked, 12, "{address:?}");
    }
}

#[test]
fn both_endpoint_variables_of_the_sdk_may_leave_out_the_scheme() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = codearts_repo(&["auth", "show", "--region", "cn-north-4"]);
    command.env("HOME", home.path());
    command.env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
    command.env("HUAWEICLOUD_SDK_IAM_ENDPOINT", "iam.example.com");
    command.env("HUAWEICLOUD_SDK_REGION_CODEARTSREPO_CN_NORTH_4", "repo.example.com");
    let ended = run(&mut command);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for line in [
        "https://iam.example.com (HUAWEICLOUD_SDK_IAM_ENDPOINT)",
        "https://repo.example.com (HUAWEICLOUD_SDK_REGION_CODEARTSREPO_CN_NORTH_4)",
    ] {
        assert!(ended.out.contains(line), "{ended:?}");
    }
}
