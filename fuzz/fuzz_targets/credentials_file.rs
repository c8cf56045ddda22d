//! The credentials file of the vendor's SDK, as discovery reads it. The first line may name a section: `#section NAME`.
#![no_main]

use codearts_repo::RepositoryId;
use codearts_repo::auth::{Discovery, DiscoveryError, Environment, Found};
use codearts_repo_fuzz::{file, secrets, service};
use libfuzzer_sys::fuzz_target;

/// A mark at the end of every line that may have a value.
const CANARY: &str = "cAnArY7f3e9";

fn find(text: &[u8], section: Option<&str>) -> Result<Found, DiscoveryError> {
    let path = file::holding(text).to_str().expect("text").to_owned();
    let environment = Environment::new([("HUAWEICLOUD_SDK_CREDENTIALS_FILE".to_owned(), path)]);
    let discovery = Discovery::new(&environment);
    match section {
        Some(section) => discovery.section(section),
        None => discovery,
    }
    .find()
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let section = text.lines().next().and_then(|line| line.strip_prefix("#section "));
    match find(bytes, section) {
        Ok(found) if is_plain(&text) => assert_is_of_file(found, &text, section.unwrap_or("basic")),
        Ok(found) => secrets::assert_one_line(&found.source.to_string()),
        Err(error) => secrets::assert_one_line(&error.to_string()),
    }

    let marked: String = text
        .lines()
        .map(|line| if has_a_value(line) { format!("{line}{CANARY}\n") } else { format!("{line}\n") })
        .collect();
    let text = match find(marked.as_bytes(), section) {
        Ok(found) => format!("{found:?}"),
        Err(error) => secrets::text_of(&error),
    };
    assert!(!text.contains(CANARY), "{text} shows a value");
});

fn has_a_value(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim();
    !line.is_empty() && !line.starts_with(['#', ';', '['])
}

/// Whether a simple reader understands the text: it has no continuation lines, no defaults, no interpolation, no text
/// after the name of a section, and only ASCII characters.
fn is_plain(text: &str) -> bool {
    let is_plain_line = |line: &str| {
        let section = line.strip_prefix('[').map(|rest| rest.strip_suffix(']'));
        let is_plain_section = section.is_none_or(|name| name.is_some_and(|name| !name.contains(']')));
        is_plain_section && line != "[DEFAULT]" && !line.starts_with(' ') && !line.contains('%')
    };
    text.lines().all(is_plain_line) && text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte))
}

/// What was found signs with the access key that a simple reader finds in the section.
fn assert_is_of_file(found: Found, text: &str, section: &str) {
    let value = |name: &str| {
        let mut lines = text.lines().map(|line| line.trim_start_matches('\u{feff}').trim());
        lines.by_ref().find(|line| line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) == Some(section))?;
        let lines = lines.take_while(|line| !line.starts_with('['));
        let mut pairs =
            lines.filter(|line| !line.starts_with(['#', ';'])).filter_map(|line| line.split_once(['=', ':']));
        pairs.find(|(key, _)| key.trim().to_lowercase() == name).map(|(_, value)| value.trim())
    };
    secrets::assert_one_line(&found.source.to_string());
    let requests = service::answer_with([], service::accepted);
    let client = service::client(found.auth);
    service::run(client.start_sync(RepositoryId::try_from(1).expect("an id")).send()).expect("a start");
    let requests = requests.borrow();
    let header = |name: &str| requests[0].headers().get(name).map(|value| value.to_str().expect("ASCII"));
    let authorization = header("authorization").expect("a signature");
    let access = value("ak").expect("an access key id");
    assert!(authorization.starts_with(&format!("SDK-HMAC-SHA256 Access={access}, ")), "{authorization}");
    assert_eq!(header("x-security-token"), value("security_token"));
    assert_eq!(header("x-project-id"), value("project_id"));
    let domain = if value("project_id").is_some() { None } else { value("domain_id") };
    assert_eq!(header("x-domain-id"), domain);
    service::assert_signed(&requests[0], value("sk").expect("a secret key"));
}
