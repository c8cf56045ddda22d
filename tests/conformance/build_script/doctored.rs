//! A copy of openapi.yaml to change. The changes are made in its structure, not in its text, so that a test fails only for
//! what it tests.

use std::error::Error;
use std::sync::LazyLock;

use serde_json::Value;

use super::{parsed, whole};
use crate::contract::reachable_schemas;
use crate::generate::{self, Code};

/// The pointer to an operation that satisfies this.
fn find(document: &Value, wanted: impl Fn(&str, &Value) -> bool) -> String {
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        let path = path.replace('~', "~0").replace('/', "~1");
        item.as_object().expect("a path").iter().map(move |(method, value)| (format!("/paths/{path}/{method}"), value))
    });
    let mut operations = operations.filter(|(_, value)| value.get("operationId").is_some());
    operations.find(|(pointer, operation)| wanted(pointer, operation)).expect("such an operation").0
}

/// A document that has something to change: an operation of a repository with a body, one with a query, and what they need. The others
/// are left out, because each document is read and compiled.
#[derive(Clone)]
pub(super) struct Doctored {
    pub(super) document: Value,
    /// Pointers to the operation with a body, and to the one whose first query parameter has an inline schema.
    start: String,
    pub(super) list: String,
}

impl Doctored {
    pub(super) fn new() -> Self {
        static DOCTORED: LazyLock<Doctored> = LazyLock::new(Doctored::reduced);
        DOCTORED.clone()
    }

    fn reduced() -> Self {
        let mut document = whole();
        let start = find(&document, |pointer, operation| {
            pointer.contains("{repository_id}")
                && operation.get("requestBody").is_some()
                && operation["responses"].get("404").is_some()
        });
        let list = find(&document, |_, operation| operation["operationId"] == "ListCurrentUserRepositories");
        let paths = document["paths"].as_object_mut().expect("paths");
        let is_used = |path: &str| {
            let pointer = format!("/paths/{}/", path.replace('~', "~0").replace('/', "~1"));
            start.starts_with(&pointer) || list.starts_with(&pointer)
        };
        // A path with servers of its own gives the hosts of its service.
        paths.retain(|path, item| is_used(path) || item.get("servers").is_some());
        let schemas = document["components"]["schemas"].take();
        let used = reachable_schemas(&schemas, &document);
        document["components"]["schemas"] = schemas;
        let schemas = document["components"]["schemas"].as_object_mut().expect("schemas");
        schemas.retain(|name, _| used.contains(name));
        Self { document, start, list }
    }

    pub(super) fn at(&mut self, pointer: &str) -> &mut Value {
        let missing = format!("{pointer} is not in openapi.yaml");
        self.document.pointer_mut(pointer).expect(&missing)
    }

    pub(super) fn operation(&mut self) -> &mut Value {
        let start = self.start.clone();
        self.at(&start)
    }

    pub(super) fn status(&mut self) -> String {
        let responses = self.operation()["responses"].as_object().expect("responses");
        responses.keys().find(|status| status.starts_with('2')).expect("a success").clone()
    }

    /// The schema that the request body names.
    pub(super) fn request(&mut self) -> &mut Value {
        let operation = self.operation();
        let name = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let pointer = name.as_str().expect("a $ref")[1..].to_owned();
        self.at(&pointer)
    }

    /// The schema that the answer names.
    pub(super) fn answer(&mut self) -> &mut Value {
        let status = self.status();
        let operation = self.operation();
        let name = &operation["responses"][&status]["content"]["application/json"]["schema"]["$ref"];
        let pointer = name.as_str().expect("a $ref")[1..].to_owned();
        self.at(&pointer)
    }

    pub(super) fn schemas(&mut self) -> &mut Value {
        self.at("/components/schemas")
    }

    /// What the build script makes of it.
    pub(super) fn code(&self) -> Result<Code, Box<dyn Error>> {
        generate::generate(parsed(&self.document)?)
    }

    /// Adds a parameter to the operation that lists.
    pub(super) fn parameter(&mut self, parameter: Value) {
        let pointer = format!("{}/parameters", self.list);
        self.at(&pointer).as_array_mut().expect("parameters").push(parameter);
    }
}
