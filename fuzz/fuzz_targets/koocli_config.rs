//! KooCLI's configuration file, as discovery reads it.
#![no_main]

use codearts_repo::RepositoryId;
use codearts_repo::auth::{Discovery, DiscoveryError, Environment, Found};
use codearts_repo_fuzz::{file, secrets, service};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const CANARY: &str = "cAnArY7f3e9";
const SECRET: [&str; 3] = ["accessKeyId", "secretAccessKey", "securityToken"];

fn find(text: &[u8]) -> Result<Found, DiscoveryError> {
    let path = file::holding(text).to_str().expect("text").to_owned();
    Discovery::new(&Environment::new([("HW_SHARED_CONFIG_FILE".to_owned(), path)])).find()
}

fuzz_target!(|bytes: &[u8]| {
    let config = serde_json::from_slice::<Value>(bytes).ok();
    match find(bytes) {
        Ok(found) => assert_is_of_file(found, &config.clone().expect("JSON")),
        Err(error) => {
            secrets::assert_one_line(&error.to_string());
            assert!(matches!(error, DiscoveryError::KooCli { .. } | DiscoveryError::AccessKey { .. }), "{error:?}");
        }
    }
    let Some(mut config) = config else { return };
    mark(&mut config, false);
    let text = match find(config.to_string().as_bytes()) {
        Ok(found) => format!("{found:?}"),
        Err(error) => secrets::text_of(&error),
    };
    assert!(!text.contains(CANARY), "{text} shows a value");
});

/// Adds a mark to every secret.
fn mark(value: &mut Value, secret: bool) {
    match value {
        Value::String(text) if secret => text.push_str(CANARY),
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, false)),
        Value::Object(members) => {
            members.iter_mut().for_each(|(name, value)| mark(value, SECRET.contains(&name.as_str())));
        }
        _ => {}
    }
}

/// What was found signs with the access key of the file's current profile.
fn assert_is_of_file(found: Found, config: &Value) {
    let name = config["current"].as_str().unwrap_or("default");
    let profiles = config["profiles"].as_array().expect("profiles");
    let profile = profiles.iter().find(|profile| profile["name"] == name).expect("the profile");
    let text = |name: &str| profile[name].as_str().filter(|text| !text.is_empty());
    assert_eq!(found.region.as_deref(), text("region"));
    let requests = service::answer_with([], service::accepted);
    let client = service::client(found.auth);
    service::run(client.start_sync(RepositoryId::try_from(1).expect("an id")).send()).expect("a start");
    let requests = requests.borrow();
    let header = |name: &str| requests[0].headers().get(name).map(|value| value.to_str().expect("ASCII"));
    let access = text("accessKeyId").expect("an access key id");
    assert!(header("authorization").is_some_and(|text| text.contains(&format!("Access={access}, "))));
    assert_eq!(header("x-security-token"), text("securityToken"));
    assert_eq!(header("x-project-id"), text("projectId"));
    service::assert_signed(&requests[0], text("secretAccessKey").expect("a secret key"));
}
