//! The recipes without a stored secret: the platform issues an ID token to the job.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Output;
use std::time::Duration;

use yaml_serde::Value;

use super::recipes::{shell, started, succeeded, text, yaml};
use super::sandbox::{AGENCY, ID_TOKEN, PROVIDER, Sandbox};

const REQUEST_TOKEN: &str = "s3cr3t-request-token";

/// GitHub's part: answers one request for an ID token, and returns its first line and the line of its authorization.
fn issue_id_token(listener: &TcpListener) -> (String, String) {
    let (mut stream, _) = listener.accept().expect("a request");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    let lines: Vec<String> = BufReader::new(stream.try_clone().expect("a stream"))
        .lines()
        .map(|line| line.expect("a line"))
        .take_while(|line| !line.is_empty())
        .collect();
    let body = format!(r#"{{"count":1,"value":"{ID_TOKEN}"}}"#);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
    let authorization = lines.iter().find(|line| line.to_ascii_lowercase().starts_with("authorization:"));
    (lines[0].clone(), authorization.cloned().unwrap_or_default())
}

fn silent(output: &Output) {
    succeeded(output);
    let text = format!("{output:?}");
    assert!(!text.contains(ID_TOKEN) && !text.contains(REQUEST_TOKEN), "a secret is printed: {text}");
}

/// The value of a variable that the platform's store holds.
fn urn(name: &str) -> &'static str {
    match name {
        "HUAWEICLOUD_OIDC_PROVIDER_URN" => PROVIDER,
        "HUAWEICLOUD_OIDC_AGENCY_URN" => AGENCY,
        other => panic!("no recipe should need {other}"),
    }
}

#[test]
fn github_actions_without_a_secret() {
    let sandbox = Sandbox::new();
    let workflow = yaml("github-actions-oidc.yml");
    assert_eq!(text(&workflow["permissions"]["id-token"]), "write", "GitHub sets the variables only then");
    let job = &workflow["jobs"]["synchronize"];
    let mut shell = shell(&sandbox, text(&job["steps"][0]["run"]));
    for (name, value) in job["env"].as_mapping().expect("an environment") {
        let stored = text(value).strip_prefix("${{ vars.").and_then(|value| value.strip_suffix(" }}"));
        let value = match stored {
            Some(variable) => urn(variable),
            None => text(value),
        };
        shell.env(text(name), value);
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    shell.env("ACTIONS_ID_TOKEN_REQUEST_URL", format!("http://{address}/token?api-version=2.0"));
    shell.env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", REQUEST_TOKEN);
    let (sender, github) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(issue_id_token(&listener)));
    let output = shell.output().expect("a shell runs");
    silent(&output);
    let (line, authorization) = github.recv_timeout(Duration::from_secs(30)).expect("a request");
    assert_eq!(line, "GET /token?api-version=2.0&audience=huaweicloud HTTP/1.1");
    assert!(authorization.ends_with(&format!(": Bearer {REQUEST_TOKEN}")), "{authorization}");
    assert_eq!(started(&sandbox), [123, 124]);
}

#[test]
fn gitlab_ci_without_a_secret() {
    let sandbox = Sandbox::new();
    let job = &yaml("gitlab-ci-oidc.yml")["synchronize-mirrors"];
    let lines: Vec<&str> = job["script"].as_sequence().expect("a script").iter().map(text).collect();
    let mut shell = shell(&sandbox, &lines.join("\n"));
    for (name, value) in job["variables"].as_mapping().expect("variables") {
        shell.env(text(name), text(value));
    }
    for (name, token) in job["id_tokens"].as_mapping().expect("ID tokens") {
        assert!(matches!(&token["aud"], Value::String(audience) if audience == "huaweicloud"));
        shell.env(text(name), ID_TOKEN);
    }
    for name in ["HUAWEICLOUD_OIDC_PROVIDER_URN", "HUAWEICLOUD_OIDC_AGENCY_URN"] {
        shell.env(name, urn(name));
    }
    silent(&shell.output().expect("a shell runs"));
    assert_eq!(started(&sandbox), [123, 124]);
}
