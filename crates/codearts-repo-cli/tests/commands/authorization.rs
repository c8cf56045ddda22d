//! Where the binary takes its credentials from, what it says of that, and the tokens that it keeps.

use std::path::Path;
use std::process::Command;

use crate::support::{Answer, Ended, Request, Running, Server, against, answer, codearts_repo, run};

const LIFE: &str =
    r#"{"token":{"issued_at":"2026-01-03T09:05:22.701000Z","expires_at":"2026-01-04T09:05:22.701000Z"}}"#;
const DENIED: &str = r#"{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}"#;
const EXPIRED: &str = r#"{"error_code":"DEV.00000003","error_msg":"Authentication information expired."}"#;

fn is_iam(request: &Request) -> bool {
    request.path.starts_with("/v3/auth/tokens")
}

/// A service that is IAM too: it gives `MIIToken1`, `MIIToken2` and so on, and accepts all of them.
fn service() -> Server {
    Server::start(|request, before| {
        if is_iam(request) {
            let headers = format!("X-Subject-Token: MIIToken{}\r\n", before + 1);
            Answer { status: 201, headers, body: LIFE.to_owned() }
        } else {
            answer(200, r#"{"jid":"a"}"#)
        }
    })
}

/// `sync 1` as an IAM user whose home is this folder.
fn as_robot(server: &Server, home: &Path, more: &[&str]) -> Command {
    let mut command =
        codearts_repo(&["sync", "1", "--endpoint", &server.endpoint(), "--iam-endpoint", &server.endpoint()]);
    command.args(["--region", "cn-north-4"]).args(more).env("HOME", home);
    command.env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
    command
}

fn asked_iam(server: &Server) -> usize {
    server.requests().iter().filter(|request| is_iam(request)).count()
}

fn worked(ended: &Ended) {
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn a_cached_token_serves_later_commands_until_it_is_cleared() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    for _ in 0..3 {
        worked(&run(&mut as_robot(&server, home.path(), &[])));
    }
    assert_eq!(asked_iam(&server), 1);
    let cleared = run(codearts_repo(&["token", "clear"]).env("HOME", home.path()));
    assert_eq!((cleared.code, cleared.out.as_str()), (Some(0), "1 token removed\n"));
    worked(&run(&mut as_robot(&server, home.path(), &[])));
    assert_eq!(asked_iam(&server), 2);
    let cleared = run(codearts_repo(&["token", "clear", "--json"]).env("HOME", home.path()));
    assert_eq!(cleared.out, "{\"removed\":1}\n");
}

#[test]
fn without_the_cache_nothing_is_stored() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    for _ in 0..2 {
        worked(&run(&mut as_robot(&server, home.path(), &["--no-token-cache"])));
    }
    assert_eq!(asked_iam(&server), 2);
    assert_eq!(std::fs::read_dir(home.path()).expect("the home").count(), 0);
}

#[test]
fn fifty_concurrent_commands_request_one_token() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    let running: Vec<_> = (0..50).map(|_| Running::of(&mut as_robot(&server, home.path(), &[]))).collect();
    for child in running {
        worked(&child.ended());
    }
    assert_eq!(asked_iam(&server), 1);
    assert_eq!(server.count("POST"), 51);
}

#[test]
fn each_identity_and_region_has_its_own_token() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    worked(&run(&mut as_robot(&server, home.path(), &[])));
    worked(&run(as_robot(&server, home.path(), &[]).env("HW_USER_NAME", "other")));
    worked(&run(as_robot(&server, home.path(), &[]).env("HW_PROJECT_NAME", "cn-north-4_team")));
    assert_eq!(asked_iam(&server), 3);
    // One project id, which says nothing of a region, in two regions.
    for region in ["cn-north-4", "cn-east-3"] {
        let mut command = codearts_repo(&["sync", "1", "--endpoint", &server.endpoint(), "--region", region]);
        command.args(["--iam-endpoint", &server.endpoint()]).env("HOME", home.path()).env("HW_PROJECT_ID", "0123");
        command.env("HW_USER_NAME", "robot").env("HW_USER_PASSWORD", "s3cr3t").env("HW_DOMAIN_NAME", "company");
        worked(&run(&mut command));
    }
    assert_eq!(asked_iam(&server), 5);
}

#[test]
fn an_expired_token_in_the_cache_is_replaced() {
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::start(|request, before| {
        if is_iam(request) {
            let headers = format!("X-Subject-Token: MIIToken{before}\r\n");
            Answer { status: 201, headers, body: LIFE.to_owned() }
        } else if request.head.contains("x-auth-token:MIIToken0") && before > 1 {
            answer(401, EXPIRED)
        } else {
            answer(200, r#"{"jid":"a"}"#)
        }
    });
    for _ in 0..3 {
        worked(&run(&mut as_robot(&server, home.path(), &[])));
    }
    assert_eq!(asked_iam(&server), 2);
}

#[test]
fn each_failure_of_iam_has_its_exit_code() {
    for (status, body, code, message) in [
        (401, DENIED, 3, "IAM refused to issue a token"),
        (503, "", 4, "IAM is busy or failing"),
        (200, "<html>", 3, "IAM did not answer with a token"),
    ] {
        let home = tempfile::tempdir().expect("a folder");
        let server = Server::start(move |_, _| answer(status, body));
        let ended = run(&mut as_robot(&server, home.path(), &[]));
        assert_eq!(ended.code, Some(code), "{ended:?}");
        let said = format!("{}{}", ended.out, ended.err);
        assert!(said.contains(message) && !said.contains("s3cr3t"), "{said}");
    }
}

#[test]
fn a_project_of_another_region_is_refused_and_nothing_sent() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    let ended = run(as_robot(&server, home.path(), &[]).env("HW_PROJECT_NAME", "cn-east-3"));
    assert_eq!((ended.code, server.requests().len()), (Some(2), 0), "{ended:?}");
    assert!(ended.err.contains("the project cn-east-3 is one of the region cn-east-3, but the calls go to cn-north-4"));
}

#[test]
fn a_request_is_signed_with_an_access_key() {
    let server = service();
    let mut command = codearts_repo(&["sync", "1", "--endpoint", &server.endpoint()]);
    command.env("HUAWEICLOUD_SDK_AK", "AKEXAMPLE").env("HUAWEICLOUD_SDK_SK", "s3cr3t");
    worked(&run(&mut command));
    let requests = server.requests();
    let head = &requests.first().expect("a request").head;
    assert!(
        head.contains("authorization:SDK-HMAC-SHA256 Access=AKEXAMPLE, SignedHeaders=content-type;host;x-sdk-date, ")
    );
    assert!(!head.contains("x-auth-token") && !head.contains("s3cr3t"), "{head}");
}

#[test]
fn a_note_says_that_a_token_takes_precedence_over_a_key() {
    let server = service();
    let mut command = against(&server, &["sync", "1"]);
    command.env("HUAWEICLOUD_SDK_AK", "AKEXAMPLE").env("HUAWEICLOUD_SDK_SK", "s3cr3t");
    let ended = run(&mut command);
    worked(&ended);
    let rule = "both a token (CODEARTS_REPO_TOKEN) and an access key (HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK) are set; the token takes precedence";
    assert!(ended.err.contains(rule), "{}", ended.err);
}

#[test]
fn auth_show_reports_what_is_used_and_why_without_secrets() {
    let mut command = codearts_repo(&["auth", "show", "--region", "cn-east-3"]);
    command.env("CODEARTS_REPO_TOKEN", "MIIs3cr3t").env("HW_ACCESS_KEY", "AKs3cr3t").env("HW_SECRET_KEY", "SKs3cr3t");
    command.env("HW_AUTH_URL", "https://iam.example/v3").env("HW_REGION_NAME", "cn-north-4");
    let ended = run(&mut command);
    worked(&ended);
    let expected = "\
credentials       token
from              CODEARTS_REPO_TOKEN
region            cn-east-3 (--region)
endpoint          https://codehub-ext.cn-east-3.myhuaweicloud.com (region)
IAM endpoint      https://iam.example (HW_AUTH_URL)
token cache       /nonexistent/.cache/codearts-repo/tokens
not taken         CODEARTS_REPO_TOKEN_FILE: not set
not taken         HUAWEICLOUD_OIDC_PROVIDER_URN, HUAWEICLOUD_OIDC_AGENCY_URN: not set
not taken         HUAWEICLOUD_SDK_IDP_ID, HUAWEICLOUD_SDK_ID_TOKEN_FILE: not set
not taken         HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK: not set
not taken         HW_AUTH_TOKEN, OS_AUTH_TOKEN: not set
not taken         HW_ACCESS_KEY, HW_SECRET_KEY (or OS_...): found, but CODEARTS_REPO_TOKEN takes precedence
not taken         HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME (or OS_...): not set
not taken         ~/.huaweicloud/credentials: the file does not exist
not taken         HC_CONTAINER_CREDENTIALS_FULL_URI, HC_CONTAINER_AUTHORIZATION_TOKEN_FILE: not set
not taken         ~/.hcloud/config.json: the file does not exist
not taken         ECS metadata: used only if chosen
";
    assert_eq!(ended.out.replace("/nonexistent/Library/Caches", "/nonexistent/.cache"), expected);
    let json = run(command.arg("--json"));
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(report["credentials"], "token");
    assert_eq!(report["skipped"].as_array().map(Vec::len), Some(11));
    assert!(!format!("{json:?}{ended:?}").contains("s3cr3t"));
}

#[test]
fn auth_show_without_credentials_lists_every_source() {
    let ended = run(&mut codearts_repo(&["auth", "show"]));
    assert_eq!(ended.code, Some(2));
    assert!(ended.out.starts_with("credentials       none\n"), "{}", ended.out);
    assert_eq!(ended.out.matches("not taken").count(), 12);
    assert!(ended.err.contains("no credentials found"), "{}", ended.err);
}

#[test]
fn the_region_of_a_koocli_profile_is_used() {
    let home = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(home.path().join(".hcloud")).expect("made");
    let profile = r#"{"name":"main","accessKeyId":"AK","secretAccessKey":"s3cr3t","region":"cn-east-3"}"#;
    let config = format!(r#"{{"current":"main","profiles":[{profile}]}}"#);
    std::fs::write(home.path().join(".hcloud/config.json"), config).expect("written");
    let show = run(codearts_repo(&["auth", "show"]).env("HOME", home.path()));
    assert_eq!(show.code, Some(0), "{show:?}");
    assert!(
        show.out.contains("region            cn-east-3 (") && show.out.contains("profile \"main\""),
        "{}",
        show.out
    );
    let other = run(codearts_repo(&["sync", "1", "--region", "cn-north-4"]).env("HOME", home.path()));
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("is for the region cn-east-3, but the calls go to cn-north-4"), "{}", other.err);
    assert!(!format!("{show:?}{other:?}").contains("s3cr3t"));
}

#[test]
fn an_unknown_region_is_ignored_if_an_endpoint_is_set() {
    let server = service();
    let ended = run(against(&server, &["sync", "1"]).env("HW_REGION_NAME", "cn-north-9"));
    worked(&ended);
    let ended = run(codearts_repo(&["sync", "1"]).env("HW_REGION_NAME", "cn-north-9").env("CODEARTS_REPO_TOKEN", "t"));
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("HW_REGION_NAME is not the ID of a region"), "{}", ended.err);
}

#[test]
fn a_section_of_the_credentials_file_can_be_selected() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join(".huaweicloud");
    std::fs::create_dir(&folder).expect("made");
    std::fs::write(folder.join("credentials"), "[basic]\nak=A\nsk=S\n[work]\nak=WORKAK\nsk=s3cr3t\nsk=s3cr3t\n")
        .expect("written");
    let show = |section: &[&str]| run(codearts_repo(&[&["auth", "show"], section].concat()).env("HOME", home.path()));
    let ended = show(&["--credentials-section", "work"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.ends_with("credentials, line 7: duplicate key sk in [work]; fix the line\n"), "{}", ended.err);
    std::fs::write(folder.join("credentials"), "[basic]\nak=A\nsk=S\n[work]\nak=WORKAK\nsk=s3cr3t\n").expect("written");
    assert!(show(&["--credentials-section", "work"]).out.contains(".huaweicloud/credentials [work]\n"));
    assert!(show(&[]).out.contains(".huaweicloud/credentials [basic]\n"));
    assert!(
        show(&["--credentials-section", "none"]).err.contains("there is no section [none]; it has [basic], [work]")
    );
}

#[cfg(unix)]
#[test]
fn the_cache_is_private_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    let plain = as_robot(&server, home.path(), &[]);
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_codearts-repo")]).args(plain.get_args());
    command.env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    worked(&run(command.stdin(std::process::Stdio::null())));
    let folder = home.path().join(".cache/codearts-repo/tokens");
    let mode = |path: &Path| std::fs::metadata(path).expect("it exists").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    assert!(!files.is_empty() && files.iter().all(|file| mode(file) == 0o600), "{files:?}");
}

#[cfg(unix)]
#[test]
fn a_cache_that_others_can_write_to_is_refused_with_the_command_that_repairs_it() {
    use std::os::unix::fs::PermissionsExt;
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    worked(&run(&mut as_robot(&server, home.path(), &[])));
    let folder = home.path().join(".cache/codearts-repo/tokens");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o770)).expect("a mode");
    let ended = run(&mut as_robot(&server, home.path(), &[]));
    assert_eq!(ended.code, Some(2), "{ended:?}");
    let command = format!("run `chmod go-w {}`", folder.display());
    assert!(ended.out.contains(&command), "{ended:?}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_in_the_place_of_a_cached_token_is_replaced() {
    let (server, home) = (service(), tempfile::tempdir().expect("a folder"));
    worked(&run(&mut as_robot(&server, home.path(), &[])));
    let folder = home.path().join(".cache/codearts-repo/tokens");
    let entries = std::fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").path());
    let token = entries.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "json")).expect("a token");
    let other = home.path().join("other");
    std::fs::write(&other, "not a token").expect("written");
    std::fs::remove_file(&token).expect("removed");
    std::os::unix::fs::symlink(&other, &token).expect("a link");
    worked(&run(&mut as_robot(&server, home.path(), &[])));
    assert_eq!(std::fs::read_to_string(&other).expect("a file"), "not a token");
}
