//! openapi.yaml as plain JSON, read here without any code of the project, and its schemas as validators.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml")).expect("openapi.yaml");
    yaml_serde::from_str(&text).expect("YAML")
});

/// The document as JSON.
pub(crate) fn document() -> Value {
    DOCUMENT.clone()
}

/// The document as JSON, for those who only read it.
pub(crate) fn shared_document() -> &'static Value {
    &DOCUMENT
}

/// What a `$ref` leads to, or the value itself.
pub(crate) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference} names nothing in openapi.yaml")),
        None => value,
    }
}

/// The operation with this id: its path, its method in capitals, and itself.
pub(crate) fn operation<'a>(document: &'a Value, id: &str) -> (&'a str, String, &'a Value) {
    let mut operations = operations(document).into_iter();
    operations.find(|(_, _, operation)| operation["operationId"] == id).unwrap_or_else(|| {
        panic!("openapi.yaml has no operation {id}; add it there, or take its name out of the tests")
    })
}

/// The path of an operation with these values for its parameters, in turn.
pub(crate) fn path(id: &str, values: &[&str]) -> String {
    let (template, ..) = operation(&DOCUMENT, id);
    let mut values = values.iter();
    let parts = template.split('/').map(|part| if part.starts_with('{') { values.next().expect(part) } else { part });
    let path = parts.collect::<Vec<_>>().join("/");
    assert_eq!(values.next(), None, "{template} has fewer parameters");
    path
}

/// The JSON pointer to an operation.
pub(crate) fn pointer(id: &str) -> String {
    let (template, method, _) = operation(&DOCUMENT, id);
    format!("/paths/{}/{}", template.replace('/', "~1"), method.to_lowercase())
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
    let (_, _, operation) = operation(&DOCUMENT, id);
    assert_fits(&operation["requestBody"]["content"]["application/json"]["schema"], body);
}

/// Says whether a JSON body fits the schema that an operation has for a status, or for `default`.
pub(crate) fn assert_answer_fits(id: &str, status: u16, body: &Value) {
    let (_, _, operation) = operation(&DOCUMENT, id);
    let answer = answer(&DOCUMENT, operation, status).expect("an answer");
    let schema = &answer["content"]["application/json"]["schema"];
    if schema.is_null() {
        return assert_eq!(body, &Value::Null, "{id} answers {status} without a body");
    }
    assert_fits(schema, body);
}

/// What an operation answers with this status, or by `default`.
pub(crate) fn answer<'a>(document: &'a Value, operation: &'a Value, status: u16) -> Option<&'a Value> {
    let answers = &operation["responses"];
    let answer = answers.get(status.to_string()).or_else(|| answers.get("default"))?;
    Some(resolve(document, answer))
}

fn assert_fits(schema: &Value, body: &Value) {
    let errors = complaints(schema, Fields::Documented, body);
    assert!(errors.is_empty(), "{body}\ndoes not fit {schema}: {errors:#?}");
}

/// Which fields an object may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Fields {
    /// Those of its schema alone, at every depth: a misspelt one would pass otherwise.
    Documented,
    /// Any more.
    Any,
}

/// What is wrong with a value, by a schema of the document.
pub(crate) fn complaints(schema: &Value, fields: Fields, value: &Value) -> Vec<String> {
    type Validators = HashMap<(String, Fields), Arc<Validator>>;
    static VALIDATORS: LazyLock<Mutex<Validators>> = LazyLock::new(Mutex::default);
    let validator = {
        let mut validators = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (schema.to_string(), fields);
        validators.entry(key).or_insert_with(|| Arc::new(validator(schema, fields))).clone()
    };
    validator.iter_errors(value).map(|error| error.to_string()).collect()
}

fn validator(schema: &Value, fields: Fields) -> Validator {
    let prepare = |schema: &Value| if fields == Fields::Documented { closed(schema) } else { schema.clone() };
    let all = &DOCUMENT["components"]["schemas"];
    // The others would only have to be read.
    let used = reachable_schemas(all, schema).into_iter();
    let schemas: Map<String, Value> = used.map(|name| (name.clone(), prepare(&all[&name]))).collect();
    let root = json!({ "components": { "schemas": schemas }, "allOf": [prepare(schema)] });
    // OpenAPI 3.0's schemas are JSON Schema for what this document uses; a test below sees one refuse.
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .with_format("byte", |text: &str| STANDARD.decode(text).is_ok())
        .build(&root)
        .expect("a schema")
}

/// The names of the schemas that a value refers to, and those that they refer to.
pub(crate) fn reachable_schemas(schemas: &Value, value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut pending = vec![value.to_string()];
    while let Some(text) = pending.pop() {
        for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
            if found.insert(name.to_owned()) {
                pending.push(schemas[name].to_string());
            }
        }
    }
    found
}

/// The schema, refusing fields that it does not name.
fn closed(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut members: Map<String, Value> =
                members.iter().map(|(name, value)| (name.clone(), closed(value))).collect();
            let is_object = members.get("type").is_some_and(|kind| kind == "object");
            if is_object && members.contains_key("properties") && !members.contains_key("additionalProperties") {
                members.insert("additionalProperties".into(), json!(false));
            }
            Value::Object(members)
        }
        Value::Array(items) => items.iter().map(closed).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_validator_refuses_invalid_values() {
    let document = document();
    let (_, _, start) = operation(&document, "StartRemoteMirrorSynchronization");
    let start = &start["requestBody"]["content"]["application/json"]["schema"];
    let fits = |value| complaints(start, Fields::Documented, &value).is_empty();
    assert!(fits(json!({ "username": "", "force_fetch": true })));
    assert!(fits(json!({ "username": "YQ==" })) && !fits(json!({ "username": "a" })));
    for wrong in [json!({ "username": 1 }), json!({ "force_fetch": "true" }), json!({ "user": "" }), json!([])] {
        assert!(!fits(wrong.clone()), "{wrong}");
    }
    assert!(complaints(start, Fields::Any, &json!({ "user": "" })).is_empty());
    let login = &document["components"]["schemas"]["CreateTokenResponse"];
    let deep = json!({ "token": { "user": { "domain": { "nick": "a" } } } });
    assert!(!complaints(login, Fields::Documented, &deep).is_empty());
    assert!(complaints(login, Fields::Any, &deep).is_empty());
}
