//! What cannot work is said in one line, with the documented exit code, and nothing is sent.

use codearts_repo::bounds;

use crate::support::{Server, answer, codearts_repo, run, run_with_input};

/// Runs it against a server that must not be asked, and gives the one line of complaint.
fn complaint(arguments: &[&str], token: Option<&str>) -> String {
    let server = Server::start(|_, _| answer(200, "{}"));
    let endpoint = server.endpoint();
    let mut command = codearts_repo(arguments);
    if let Some(token) = token {
        command.env("CODEARTS_REPO_TOKEN", token);
    }
    if !arguments.iter().any(|argument| ["--endpoint", "--region", "--emulator"].contains(argument)) {
        command.args(["--endpoint", &endpoint]);
    }
    let ended = run(&mut command);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(ended.out, "", "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    assert!(server.requests().is_empty(), "{ended:?}");
    ended.err.strip_prefix("codearts-repo: ").expect("the program's name").trim_end().to_owned()
}

#[test]
fn a_repository_id_out_of_range() {
    let above = (bounds::REPOSITORY_ID.end() + 1).to_string();
    let most = bounds::REPOSITORY_ID.end();
    for id in ["0", &above, "abc"] {
        let expected = format!(
            "[ID]...: repository id \"{id}\" is not a whole number from 1 to {most}; use the ID that `codearts-repo list` shows"
        );
        assert_eq!(complaint(&["sync", id], Some("token")), expected);
    }
    assert_eq!(
        complaint(&["mirror", "show", "0"], Some("token")),
        format!(
            "<ID>: repository id \"0\" is not a whole number from 1 to {most}; use the ID that `codearts-repo list` shows"
        )
    );
}

#[test]
fn one_invalid_id_prevents_every_start() {
    assert!(complaint(&["sync", "1", "2", "x3"], Some("token")).contains("x3"));
}

#[test]
fn an_invalid_token() {
    assert_eq!(
        complaint(&["sync", "1"], None),
        "no credentials found; set CODEARTS_REPO_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or try --emulator"
    );
    assert_eq!(complaint(&["sync", "1"], Some("")), "CODEARTS_REPO_TOKEN is set but empty; set a value or unset it");
    assert_eq!(
        complaint(&["sync", "1"], Some("abc\n")),
        "CODEARTS_REPO_TOKEN does not contain a valid token: the token ends with a line break; set the token without anything around it"
    );
    assert!(
        complaint(&["sync", "1"], Some("ab\nX-Evil: 1"))
            .contains("CODEARTS_REPO_TOKEN does not contain a valid token: character 3 of the")
    );
}

#[test]
fn an_invalid_address_or_region() {
    assert_eq!(
        complaint(&["sync", "1", "--endpoint", "http://example.com"], Some("token")),
        "--endpoint <URL>: the endpoint is plain http:// to another machine, where others can read the secrets; use https://"
    );
    let error = complaint(&["sync", "1", "--endpoint", "https://alice:s3cr3t@h"], Some("token"));
    assert!(error.contains("contains a user name or password") && !error.contains("s3cr3t"), "{error}");
    let error = complaint(&["sync", "1", "--region", "cn-nort-4"], Some("token"));
    assert!(error.starts_with("--region <REGION>: unknown region \"cn-nort-4\" (did you mean cn-north-4?)"), "{error}");
    assert!(error.contains("tr-west-1"), "{error}");
}

#[test]
fn no_region() {
    let ended = run(codearts_repo(&["sync", "1"]).env("CODEARTS_REPO_TOKEN", "token"));
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(
        ended.err,
        "codearts-repo: no region is set; pass --region (`codearts-repo regions` lists them) or --endpoint, or try --emulator\n"
    );
}

#[test]
fn a_file_that_is_unreadable_or_not_a_certificate() {
    let error = complaint(&["sync", "1", "--ca-file", "does-not-exist.pem"], Some("token"));
    assert!(error.starts_with("--ca-file does-not-exist.pem: No such file"), "{error}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, "no certificate").expect("written");
    let error = complaint(&["sync", "1", "--ca-file", path.to_str().expect("UTF-8")], Some("token"));
    assert!(error.contains("no PEM certificate, or a broken one, in the CA file; "), "{error}");
}

#[test]
fn invalid_arguments_are_refused() {
    assert_eq!(complaint(&[], None), "missing subcommand; run with `--help`");
    assert_eq!(
        complaint(&["sync", "1", "--wayt"], Some("token")),
        "unexpected argument '--wayt' found; did you mean --wait?"
    );
    assert_eq!(
        complaint(&["sync", "1", "--timeout", "soon"], Some("token")),
        "--timeout <DURATION>: invalid duration; use 1s to 168h, e.g. 90s, 10m or 2h"
    );
    let error = complaint(&["sync", "--emulator", "1", "--region", "cn-north-4"], None);
    assert!(error.contains("cannot be used with"), "{error}");
}

#[test]
fn conflicting_options_are_refused_before_and_after_the_command() {
    let mut pairs = vec![
        (&["--json", "regions", "--output", "table"][..], "--json cannot be used with --output"),
        (&["-q", "regions", "-v"], "--quiet cannot be used with --verbose"),
        (&["--json", "sync", "1", "--curl"], "--json cannot be used with --curl"),
        (&["--json", "mirror", "set", "1", "--schedule", "on", "--curl"], "--json cannot be used with --curl"),
        (&["--json", "mirror", "associate", "1", "--curl"], "--json cannot be used with --curl"),
    ];
    let repeated = run(&mut codearts_repo(&["--region", "cn-north-4", "sync", "1", "--region", "cn-east-3"]));
    assert!(repeated.err.contains("cannot be used multiple times"), "{repeated:?}");
    if cfg!(feature = "emulator") {
        pairs.extend([
            (&["--emulator", "sync", "1", "--region", "cn-north-4"][..], "--emulator cannot be used with --region"),
            (&["--region", "cn-north-4", "sync", "1", "--emulator"], "--emulator cannot be used with --region"),
            (&["--emulator", "sync", "1", "--curl"], "--emulator cannot be used with --curl"),
            (&["--emulator", "sync", "1", "--journal", "j"], "--emulator cannot be used with --journal"),
        ]);
    }
    for (arguments, expected) in pairs {
        let ended = run(&mut codearts_repo(arguments));
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        let (one, other) = expected.split_once(" cannot be used with ").expect("two options");
        let message =
            ended.err.replace(" <FORMAT>", "").replace(" <REGION>", "").replace(" <FILE>", "").replace("...", "");
        let either = [(one, other), (other, one)].map(|(one, other)| {
            format!("codearts-repo: the argument '{one}' cannot be used with '{other}'; see `--help`\n")
        });
        assert!(either.contains(&message), "{arguments:?}: {ended:?}");
    }
}

#[test]
fn a_misplaced_secret_is_not_printed() {
    let mut lines = vec![&["sync", "1", "--remote-password-stdin=hunter2"][..]];
    if cfg!(feature = "emulator") {
        lines.extend([&["emulator", "--access-key", "AK:hunter2"][..], &["emulator", "--user", "robot:hunter2"]]);
    }
    for arguments in lines {
        let ended = run(&mut codearts_repo(arguments));
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(!ended.err.contains("hunter2"), "{ended:?}");
        assert!(ended.err.contains("; "), "{ended:?}");
    }
}

#[test]
fn an_invalid_password() {
    let mut command = codearts_repo(&["sync", "1", "--remote-password-stdin", "--region", "cn-north-4"]);
    let ended = run_with_input(command.env("CODEARTS_REPO_TOKEN", "token"), "\n");
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(
        ended.err,
        "codearts-repo: --remote-password-stdin: no password on standard input; pass the password, or use --empty-remote-password\n"
    );
}

#[cfg(all(unix, feature = "emulator"))]
#[test]
fn no_git_for_the_emulator() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended = run(codearts_repo(&["--emulator", "sync", "1"]).env("PATH", folder.path()));
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    assert!(ended.err.contains("install git"), "{ended:?}");
}
