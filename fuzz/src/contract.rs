//! Validators for openapi.yaml, without any code of the project.

use std::collections::HashMap;

use jsonschema::Validator;
use serde_json::{Value, json};

/// The operations of the document.
pub struct Contract(Vec<Operation>);

/// An operation.
pub struct Operation {
    pub id: String,
    method: String,
    template: Vec<String>,
    request: Option<Validator>,
    needs_body: bool,
    answers: HashMap<String, Validator>,
}

impl Contract {
    pub fn read() -> Self {
        let document: Value = yaml_serde::from_str(codearts_repo_client::OPENAPI).expect("YAML");
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for method in ["get", "put", "post", "delete", "patch"] {
                let Some(operation) = item.get(method) else { continue };
                let schema = |holder: &Value| holder.pointer("/content/application~1json/schema").cloned();
                let answers = operation["responses"].as_object().expect("answers").iter();
                let answers = answers.filter_map(|(status, answer)| {
                    Some((
                        status.clone(),
                        validator(&document, closed(&document, &schema(resolve(&document, answer))?)),
                    ))
                });
                operations.push(Operation {
                    id: operation["operationId"].as_str().expect("an id").to_owned(),
                    method: method.to_uppercase(),
                    template: path.split('/').map(str::to_owned).collect(),
                    request: schema(&operation["requestBody"]).map(|schema| validator(&document, schema)),
                    needs_body: operation["requestBody"]["required"] == true,
                    answers: answers.collect(),
                });
            }
        }
        Self(operations)
    }

    /// The operation of a method and a path.
    pub fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |(expected, part): (&String, &&str)| {
            if expected.starts_with('{') { !part.is_empty() } else { expected == part }
        };
        let is_it = |operation: &&Operation| {
            operation.method == method
                && operation.template.len() == parts.len()
                && operation.template.iter().zip(&parts).all(fits)
        };
        self.0.iter().find(is_it)
    }
}

impl Operation {
    /// Panics if the document does not have the answer.
    pub fn assert_answer(&self, status: u16, body: &Value) {
        let answer = self.answers.get(&status.to_string()).or_else(|| self.answers.get("default"));
        let answer = answer.unwrap_or_else(|| panic!("{} has no answer {status}", self.id));
        let errors: Vec<_> = answer.iter_errors(body).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{} {status}: {body} does not fit: {errors:?}", self.id);
    }

    /// Whether the document allows this body.
    pub fn allows(&self, body: &[u8]) -> bool {
        let Some(request) = &self.request else { return true };
        if body.is_empty() {
            return !self.needs_body;
        }
        serde_json::from_slice(body).is_ok_and(|body| request.is_valid(&body))
    }
}

fn validator(document: &Value, schema: Value) -> Validator {
    let root = json!({ "components": document["components"], "allOf": [schema] });
    jsonschema::draft4::new(&root).expect("a schema")
}

/// The schema without unknown fields: a misspelled one would pass otherwise.
fn closed(document: &Value, schema: &Value) -> Value {
    let mut schema = resolve(document, schema).clone();
    if schema["properties"].is_object() && schema.get("additionalProperties").is_none() {
        schema["additionalProperties"] = json!(false);
    }
    schema
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("a reference"),
        None => value,
    }
}
