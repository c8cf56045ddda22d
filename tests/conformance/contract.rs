//! openapi.yaml as plain JSON, read here without any code of the project, and its schemas as validators.

use jsonschema::Validator;
use serde_json::{Value, json};

/// The document as JSON.
pub(crate) fn document() -> Value {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml")).expect("openapi.yaml");
    yaml_serde::from_str(&text).expect("YAML")
}

/// What a `$ref` leads to, or the value itself.
pub(crate) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect(reference),
        None => value,
    }
}

/// The operation with this id: its path, its method in capitals, and itself.
pub(crate) fn operation<'a>(document: &'a Value, id: &str) -> (&'a str, String, &'a Value) {
    operations(document).into_iter().find(|(_, _, operation)| operation["operationId"] == id).expect(id)
}

/// All operations: path, method in capitals, operation.
pub(crate) fn operations(document: &Value) -> Vec<(&str, String, &Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in ["get", "put", "post", "delete", "patch"] {
            if let Some(operation) = item.get(method) {
                all.push((path.as_str(), method.to_uppercase(), operation));
            }
        }
    }
    all
}

/// Says whether a JSON body fits the request schema of an operation.
pub(crate) fn assert_request_fits(id: &str, body: &Value) {
    let document = document();
    let (_, _, operation) = operation(&document, id);
    assert_fits(&document, &operation["requestBody"]["content"]["application/json"]["schema"], body);
}

/// Says whether a JSON body fits the schema that an operation has for a status, or for `default`.
pub(crate) fn assert_answer_fits(id: &str, status: u16, body: &Value) {
    let document = document();
    let (_, _, operation) = operation(&document, id);
    let answers = &operation["responses"];
    let answer = answers.get(status.to_string()).or_else(|| answers.get("default")).expect("an answer");
    let answer = resolve(&document, answer);
    assert_fits(&document, &answer["content"]["application/json"]["schema"], body);
}

fn assert_fits(document: &Value, schema: &Value, body: &Value) {
    let errors: Vec<String> = validator(document, schema).iter_errors(body).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{body}\ndoes not fit {schema}: {errors:#?}");
}

fn validator(document: &Value, schema: &Value) -> Validator {
    // OpenAPI 3.0's schemas are JSON Schema for what this document uses; a test below sees one refuse.
    let root = json!({ "components": document["components"], "allOf": [closed(document, schema)] });
    jsonschema::draft4::new(&root).expect("a schema")
}

/// The schema, refusing fields that it does not name: a misspelt one would pass otherwise.
fn closed(document: &Value, schema: &Value) -> Value {
    let mut schema = resolve(document, schema).clone();
    if schema["properties"].is_object() && schema.get("additionalProperties").is_none() {
        schema["additionalProperties"] = json!(false);
    }
    schema
}

#[test]
fn the_validator_refuses_what_does_not_fit() {
    let document = document();
    let (_, _, start) = operation(&document, "StartRemoteMirrorSynchronization");
    let validator = validator(&document, &start["requestBody"]["content"]["application/json"]["schema"]);
    assert!(validator.is_valid(&json!({ "username": "", "force_fetch": true })));
    for wrong in [json!({ "username": 1 }), json!({ "force_fetch": "true" }), json!({ "user": "" }), json!([])] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}
