//! The body of a refusal: any JSON is valid, its texts are bounded, and it is the same after writing and reading.
#![no_main]

use codearts_repo_client::ErrorBody;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        assert!(serde_json::from_slice::<ErrorBody>(bytes).is_err(), "invalid JSON was read");
        return;
    };
    let body: ErrorBody = serde_json::from_slice(bytes).expect("any JSON is a body");
    for text in [&body.code, &body.message, &body.request_id].into_iter().flatten() {
        assert!((1..=512).contains(&text.chars().count()), "{text:?}");
    }
    let says_nothing = match &value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    assert_eq!(body.code.is_none() && body.message.is_none(), says_nothing, "{value}");
    for (names, read) in [(["error_code", "error_msg"], &body.code), (["error_msg", "error_code"], &body.message)] {
        if let Some(text) = value.get(names[0]).and_then(Value::as_str).filter(|text| !text.is_empty()) {
            assert_eq!(read.as_deref(), Some(text.chars().take(512).collect::<String>().as_str()), "{value}");
        }
    }
    let written = serde_json::to_vec(&body).expect("JSON");
    assert_eq!(serde_json::from_slice::<ErrorBody>(&written).expect("a body"), body);
});
