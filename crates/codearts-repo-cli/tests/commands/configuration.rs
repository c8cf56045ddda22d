//! The configuration file, and the one order in which settings are decided.
#![cfg(unix)]

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Ended, Server, TOKEN, against, answer, codearts_repo, run};

/// A home with a configuration file.
fn home(text: &str) -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join(".config/codearts-repo");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("config.toml"), text).expect("written");
    let file = folder.join("config.toml");
    (home, file)
}

/// What `config show --json` says of each setting: its value and its origin.
fn shown(command: &mut Command) -> Vec<(String, Value, Value)> {
    let ended = run(command.args(["config", "show", "--json"]));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        (row["key"].as_str().expect("a key").to_owned(), row["value"].clone(), row["origin"].clone())
    };
    ended.out.lines().map(row).collect()
}

/// A setting: its key, its flag with a value, its variable, and values that can be told apart, as the file has them.
type Case = (&'static str, &'static [&'static str], &'static str, [&'static str; 3], &'static str);

const CASES: [Case; 15] = [
    ("region", &["--region", "cn-east-3"], "CODEARTS_REPO_REGION", ["cn-south-1", "cn-north-4", "cn-north-1"], "-"),
    (
        "endpoint",
        &["--endpoint", "https://flag.example"],
        "CODEARTS_REPO_ENDPOINT",
        ["https://v.example", "https://p.example", "https://f.example"],
        "-",
    ),
    (
        "iam-endpoint",
        &["--iam-endpoint", "https://flag.example"],
        "CODEARTS_REPO_IAM_ENDPOINT",
        ["https://v.example", "https://p.example", "https://f.example"],
        "-",
    ),
    ("ca-file", &["--ca-file", "flag.pem"], "CODEARTS_REPO_CA_FILE", ["v.pem", "p.pem", "f.pem"], "-"),
    ("credentials", &["--credentials", "ecs"], "CODEARTS_REPO_CREDENTIALS", ["oidc", "pod", "sdk"], "-"),
    (
        "credentials-section",
        &["--credentials-section", "flag"],
        "CODEARTS_REPO_CREDENTIALS_SECTION",
        ["v", "p", "f"],
        "-",
    ),
    ("token-cache", &["--no-token-cache"], "CODEARTS_REPO_TOKEN_CACHE", ["true", "false", "true"], "true"),
    ("output", &["--output", "json"], "CODEARTS_REPO_OUTPUT", ["json", "json", "json"], "json"),
    ("color", &["--color", "always"], "CODEARTS_REPO_COLOR", ["never", "always", "never"], "auto"),
    ("verbosity", &["-q"], "CODEARTS_REPO_VERBOSITY", ["normal", "quiet", "normal"], "normal"),
    ("timeout", &[], "CODEARTS_REPO_TIMEOUT", ["1m", "2m", "3m"], "10m"),
    ("concurrency", &[], "CODEARTS_REPO_CONCURRENCY", ["1", "2", "3"], "50"),
    ("rate", &[], "CODEARTS_REPO_RATE", ["1/min", "2/min", "unlimited"], "600/min"),
    ("remote-username", &[], "CODEARTS_REPO_REMOTE_USERNAME", ["v", "p", "f"], "-"),
    ("endpoint-uuid", &[], "CODEARTS_REPO_ENDPOINT_UUID", ["v", "p", "f"], "-"),
];

#[test]
fn every_setting_has_the_same_precedence() {
    let of = |rows: Vec<(String, Value, Value)>, key: &str| {
        let (_, value, origin) = rows.into_iter().find(|(name, ..)| name == key).expect("a setting");
        (value.as_str().unwrap_or("-").to_owned(), origin.as_str().unwrap_or("-").to_owned())
    };
    for (key, flag, variable, [by_variable, by_profile, by_file], default) in CASES {
        let written = |value: &str| {
            let plain = matches!(key, "token-cache" | "concurrency");
            if plain { format!("{key} = {value}\n") } else { format!("{key} = \"{value}\"\n") }
        };
        let text = format!("{}[profiles.p]\n{}", written(by_file), written(by_profile));
        let (home, file) = home(&text);
        let command = || {
            let mut command = codearts_repo(&[]);
            command.env("HOME", home.path());
            command
        };
        let line = |line: u32, more: &str| format!("{}, line {line}{more}", file.display());
        let nothing = of(shown(&mut codearts_repo(&[])), key);
        // `config show --json` is a flag for this one.
        if key == "output" {
            continue;
        }
        let built_in = if default == "-" { "-" } else { "default" };
        assert_eq!(nothing, (default.to_owned(), built_in.to_owned()), "{key}");
        assert_eq!(of(shown(&mut command()), key), (by_file.to_owned(), line(1, "")));
        let with_profile = of(shown(command().args(["--profile", "p"])), key);
        assert_eq!(with_profile, (by_profile.to_owned(), line(3, ", profile p")));
        let with_variable = of(shown(command().args(["--profile", "p"]).env(variable, by_variable)), key);
        assert_eq!(with_variable, (by_variable.to_owned(), variable.to_owned()));
        if let Some(name) = flag.first() {
            let with_flag = of(shown(command().args(flag).args(["--profile", "p"]).env(variable, by_variable)), key);
            let value = match (flag.get(1), key) {
                (Some(value), _) => *value,
                (None, "verbosity") => "quiet",
                (None, _) => "false",
            };
            assert!(with_flag.0 == value && with_flag.1.contains(name), "{key}: {with_flag:?}");
        }
    }
}

#[test]
fn every_setting_is_shown_with_its_origin() {
    let keys: Vec<String> = shown(&mut codearts_repo(&[])).into_iter().map(|(key, ..)| key).collect();
    let cases: Vec<&str> = ["profile"].into_iter().chain(CASES.iter().map(|case| case.0)).collect();
    assert_eq!(keys, cases);
    let (home, file) = home("profile = \"w\"\n[profiles.w]\ntimeout = \"5m\"\n");
    let ended = run(codearts_repo(&["config", "show", "--origin", "--region", "cn-east-3"]).env("HOME", home.path()));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    let lines: Vec<Vec<&str>> = ended.out.lines().map(|line| line.splitn(3, "  ").map(str::trim).collect()).collect();
    let file = file.display();
    assert_eq!(lines[0].last().expect("words").replace("w  ", "").trim(), format!("{file}, line 1"));
    assert!(ended.out.contains("cn-east-3") && ended.out.contains(" --region\n"), "{}", ended.out);
    assert!(ended.out.contains(&format!("{file}, line 3, profile w\n")), "{}", ended.out);
    let bare = run(codearts_repo(&["config", "show"]).env("HOME", home.path()));
    assert!(bare.out.contains("timeout              5m\n") && !bare.out.contains("line"), "{}", bare.out);
}

#[test]
fn settings_of_a_sync_are_used() {
    let server = Server::start(|_, _| answer(200, r#"{"jid":"j"}"#));
    let text = format!(
        "endpoint = \"{}\"\noutput = \"json\"\nremote-username = \"bob\"\nendpoint-uuid = \"u1\"\n",
        server.endpoint()
    );
    let (home, _) = home(&text);
    let ended = run(codearts_repo(&["sync", "5"]).env("HOME", home.path()).env("CODEARTS_REPO_TOKEN", TOKEN));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.starts_with("{\"repository_id\":5,"), "{ended:?}");
    assert_eq!(server.requests()[0].body, r#"{"endpoint_uuid":"u1","username":"Ym9i"}"#);
    let table = run(codearts_repo(&["sync", "5", "--output", "table"])
        .env("HOME", home.path())
        .env("CODEARTS_REPO_TOKEN", TOKEN));
    assert_eq!(table.out, "repository 5: started, task j\n");
    // The one in this process has none of it.
    #[cfg(feature = "emulator")]
    {
        let ended = run(codearts_repo(&["sync", "5", "--emulator"]).env("HOME", home.path()));
        assert_eq!((ended.code, server.requests().len()), (Some(0), 2), "{ended:?}");
    }
}

#[test]
fn the_timeout_and_the_rate_of_the_file_are_used() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "POST" => answer(200, r#"{"jid":"j"}"#),
        _ => answer(200, r#"{"update_status":"started"}"#),
    });
    let (home, _) = home("timeout = \"1s\"\n");
    let ended = run(against(&server, &["sync", "5", "--wait", "--json"]).env("HOME", home.path()));
    assert!(ended.out.contains("\"timed_out\""), "{ended:?}");
}

fn refused(ended: &Ended, words: &str) {
    assert_eq!((ended.code, ended.out.as_str(), ended.err.lines().count()), (Some(2), "", 1), "{ended:?}");
    assert!(ended.err.contains(words), "{ended:?}");
    assert!(!ended.err.contains("s3cr3t"), "{ended:?}");
}

#[test]
fn a_mistake_in_the_file_is_reported_with_its_line_and_nothing_is_sent() {
    let server = Server::start(|_, _| answer(200, "{}"));
    for (text, words) in [
        (
            "token = \"s3cr3t\"",
            "config.toml, line 1: token is a secret, which this file must not contain; set CODEARTS_REPO_TOKEN",
        ),
        (
            "[profiles.x]\npassword = \"s3cr3t\"",
            "line 2: password is a secret, which this file must not contain; set CODEARTS_REPO_REMOTE_PASSWORD",
        ),
        ("regoin = \"cn-north-4\"", "line 1: unknown key regoin; did you mean region?"),
        (
            "region = \"cn-nort-4\"",
            "config.toml, line 1: region: unknown region \"cn-nort-4\" (did you mean cn-north-4?)",
        ),
        (
            "endpoint = \"https://a:s3cr3t@h\"",
            "config.toml, line 1: endpoint: the endpoint contains a user name or password; ",
        ),
        ("timeout = \"soon\"", "line 1: timeout: invalid duration; use 1s to 168h, e.g. 90s, 10m or 2h"),
        ("output = \"xml\"", "line 1: output: invalid value; use one of table, json"),
        ("concurrency = 0", "line 1: concurrency: invalid number; use 1 to 1000"),
        ("profile = \"none\"", "config.toml, line 1: profile \"none\" not found in "),
        ("region", "line 1: invalid TOML: "),
    ] {
        let (home, _) = home(text);
        let mut command = codearts_repo(&["sync", "5"]);
        if !text.contains("endpoint") {
            command.args(["--endpoint", &server.endpoint()]);
        }
        if text.contains("region =") {
            command = codearts_repo(&["sync", "5"]);
        }
        refused(&run(command.env("HOME", home.path()).env("CODEARTS_REPO_TOKEN", TOKEN)), words);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn the_file_is_found_by_flag_variable_or_platform() {
    let path = |command: &mut Command| run(command.args(["config", "path"])).out;
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().to_str().expect("UTF-8");
    let expected = format!("{home}/.config/codearts-repo/config.toml\n");
    assert_eq!(path(codearts_repo(&[]).env("HOME", home)), expected);
    let with_xdg = path(codearts_repo(&[]).env("HOME", home).env("XDG_CONFIG_HOME", "/xdg"));
    assert_eq!(with_xdg, "/xdg/codearts-repo/config.toml\n");
    assert_eq!(path(codearts_repo(&[]).env("CODEARTS_REPO_CONFIG", "/a.toml")), "/a.toml\n");
    assert_eq!(path(codearts_repo(&["--config", "b.toml"]).env("CODEARTS_REPO_CONFIG", "/a.toml")), "b.toml\n");
    // One that is named has to be there, and one that stands at its usual place need not.
    refused(
        &run(&mut codearts_repo(&["regions", "--config", "/no/file"])),
        "cannot read the configuration file /no/file: ",
    );
    let named = run(codearts_repo(&["regions"]).env("CODEARTS_REPO_CONFIG", "/no/file"));
    refused(&named, "set --config or CODEARTS_REPO_CONFIG to another one");
    refused(
        &run(codearts_repo(&["regions"]).env("CODEARTS_REPO_CONFIG", "")),
        "CODEARTS_REPO_CONFIG is set but empty; ",
    );
    refused(&run(&mut codearts_repo(&["regions", "--profile", "work"])), "does not exist; add [profiles.NAME]");
    assert_eq!(run(&mut codearts_repo(&["regions"])).code, Some(0));
    assert_eq!(run(codearts_repo(&["regions"]).env("CODEARTS_REPO_CONFIG", "/dev/null")).code, Some(0));
}

#[test]
fn help_and_completions_work_with_a_broken_file() {
    let (home, _) = home("broken");
    for arguments in
        [&["completions", "bash"][..], &["--help"], &["--version"], &["schema", "sync"], &["config", "path"]]
    {
        let ended = run(codearts_repo(arguments).env("HOME", home.path()));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn an_invalid_variable_is_named() {
    for (variable, value, words) in [
        ("CODEARTS_REPO_TIMEOUT", "soon", "CODEARTS_REPO_TIMEOUT: invalid duration; use 1s to 168h, "),
        ("CODEARTS_REPO_TOKEN_CACHE", "yes", "CODEARTS_REPO_TOKEN_CACHE: invalid value; use true or false"),
        ("CODEARTS_REPO_COLOR", "red", "CODEARTS_REPO_COLOR: invalid value; use one of auto, always, never"),
        ("CODEARTS_REPO_RATE", "", "CODEARTS_REPO_RATE is set but empty; set a value or unset it"),
        ("CODEARTS_REPO_PROFILE", "x", "CODEARTS_REPO_PROFILE: profile \"x\" not found: "),
    ] {
        refused(&run(codearts_repo(&["config", "show"]).env(variable, value)), words);
    }
}

/// Somebody else's folder must not say where the token goes, nor be given tokens to keep.
#[test]
fn without_a_home_the_current_folder_is_not_used() {
    let (folder, _) = home("region = \"cn-north-4\"\n");
    let mut command = codearts_repo(&[]);
    let rows = shown(command.env("HOME", "").current_dir(folder.path()));
    let region = rows.iter().find(|(key, ..)| key == "region").expect("a region");
    assert_eq!(region.1, Value::Null, "{region:?}");
    let mut command = codearts_repo(&["config", "path"]);
    let ended = run(command.env("HOME", "").current_dir(folder.path()));
    assert!(ended.out.starts_with('/'), "{ended:?}");
}
