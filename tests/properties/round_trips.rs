//! Any value that a schema of openapi.yaml allows, through the generated type and back.

use codearts_repo_client::ErrorBody;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::contract::{Fields, complaints, document};
use crate::schema_types::{BY_HAND, with_every_type};
use crate::values::{value, with_unknown_fields, without_empty};

fn survives<T: DeserializeOwned + Serialize>(name: &str) {
    let document = document();
    let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
    let outcome = TestRunner::deterministic().run(&value(&document, &schema), |value| {
        // The generator itself is held to the document.
        prop_assert_eq!(complaints(&schema, Fields::Documented, &value), Vec::<String>::new());
        for sent in [value.clone(), with_unknown_fields(&document, &schema, &value)] {
            let decoded: T = serde_json::from_value(sent).expect(name);
            prop_assert_eq!(serde_json::to_value(&decoded).expect(name), without_empty(&value));
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{name}: {failure}");
    }
}

macro_rules! all {
    ($($name:ident: $type:ty),* $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        #[test]
        fn every_valid_value_survives_a_round_trip() {
            $(survives::<$type>(stringify!($name));)*
        }
    };
}

with_every_type!(all);

/// The one type that reads both shapes of errors keeps code and message, up to its limit, and writes the shape of
/// CodeArts Repo.
#[test]
fn every_valid_error_keeps_its_code_and_message() {
    let document = document();
    for (name, code, message) in
        [("ApiError", "/error_code", "/error_msg"), ("IamErrorResponse", "/error/code", "/error/message")]
    {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        let outcome = TestRunner::deterministic().run(&value(&document, &schema), |value| {
            for sent in [value.clone(), with_unknown_fields(&document, &schema, &value)] {
                let read: ErrorBody = serde_json::from_value(sent).expect(name);
                let text = |place| match value.pointer(place) {
                    Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
                    Some(Value::Number(number)) => Some(number.to_string()),
                    _ => None,
                };
                prop_assert_eq!(&read.code, &text(code));
                // Of a body without either the message is an excerpt of the whole.
                if text(code).is_some() || text(message).is_some() {
                    prop_assert_eq!(&read.message, &text(message));
                }
                let written = serde_json::to_value(&read).expect("JSON");
                let shape = json!({ "$ref": "#/components/schemas/ApiError" });
                prop_assert_eq!(complaints(&shape, Fields::Documented, &written), Vec::<String>::new());
            }
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{name}: {failure}");
        }
    }
}

#[test]
fn every_schema_is_covered() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let missing: Vec<_> =
        schemas.keys().filter(|name| !NAMES.contains(&name.as_str()) && !BY_HAND.contains(&name.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
}
