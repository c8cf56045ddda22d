//! The OpenAPI document, which is read at the start and checks every request.

mod body;
mod operation;
mod parameter;
mod schema;

use std::sync::{Arc, OnceLock};

use http::Method;
use serde_json::Value;

pub(crate) use operation::{Operation, Values};
use schema::Schemas;

/// The operations of the document, and its version.
#[derive(Debug)]
pub(crate) struct Contract {
    #[cfg(feature = "page")]
    version: String,
    operations: Vec<Operation>,
}

/// What a method and a path lead to.
#[derive(Debug)]
pub(crate) enum Route<'contract, 'path> {
    /// An operation, and the text of the parameters in its path.
    Operation(&'contract Operation, Vec<(&'contract str, &'path str)>),
    /// The path is known, the method is not.
    WrongMethod(Vec<Method>),
    /// The document has no such path.
    Unknown,
}

/// Why a document cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ContractError {
    /// The document is not YAML.
    #[error("the OpenAPI document is not YAML")]
    Yaml(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A member that the emulator needs is missing or of another kind.
    #[error("the OpenAPI document has no usable {what} at {place}")]
    Missing {
        /// What is missing.
        what: &'static str,
        /// Where it is missing, as a path into the document.
        place: String,
    },
    /// A schema that JSON Schema does not understand.
    #[error("the schema at {place} of the OpenAPI document cannot be used")]
    Schema {
        /// Where the schema is.
        place: String,
        /// What is wrong with it.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl ContractError {
    fn missing(what: &'static str, place: impl Into<String>) -> Self {
        Self::Missing { what, place: place.into() }
    }
}

impl Contract {
    /// The document of the client, which all emulators of a process share.
    pub(crate) fn built_in() -> Result<Arc<Self>, ContractError> {
        static CONTRACT: OnceLock<Arc<Contract>> = OnceLock::new();
        if let Some(contract) = CONTRACT.get() {
            return Ok(Arc::clone(contract));
        }
        let contract = Arc::new(Self::read(codearts_repo_client::OPENAPI)?);
        Ok(Arc::clone(CONTRACT.get_or_init(|| contract)))
    }

    /// Reads an OpenAPI 3.0 document.
    pub(crate) fn read(yaml: &str) -> Result<Self, ContractError> {
        let document: Value = yaml_serde::from_str(yaml).map_err(|error| ContractError::Yaml(error.into()))?;
        let schemas = Schemas::new(&document);
        let paths = document
            .get("paths")
            .and_then(Value::as_object)
            .ok_or_else(|| ContractError::missing("object", "paths"))?;
        let mut operations = Vec::new();
        for (template, item) in paths {
            for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH] {
                if let Some(description) = item.get(method.as_str().to_ascii_lowercase()) {
                    operations.push(Operation::read(template, method, item, description, &schemas)?);
                }
            }
        }
        Ok(Self {
            #[cfg(feature = "page")]
            version: document.pointer("/info/version").and_then(Value::as_str).unwrap_or_default().to_owned(),
            operations,
        })
    }

    #[cfg(feature = "page")]
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// Finds the operation for a method and a path without its query.
    pub(crate) fn route<'contract, 'path>(
        &'contract self,
        method: &Method,
        path: &'path str,
    ) -> Route<'contract, 'path> {
        let mut methods = Vec::new();
        for operation in &self.operations {
            if let Some(parameters) = operation.match_path(path) {
                if operation.method() == method {
                    return Route::Operation(operation, parameters);
                }
                methods.push(operation.method().clone());
            }
        }
        if methods.is_empty() { Route::Unknown } else { Route::WrongMethod(methods) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test is meant to stop")]
    use super::*;

    #[test]
    fn finds_the_operations_of_the_document() {
        let contract = Contract::read(codearts_repo_client::OPENAPI).unwrap();
        let Route::Operation(start, parameters) = contract.route(&Method::POST, "/v4/repositories/7/remote-mirror")
        else {
            panic!("not found")
        };
        assert_eq!(start.id(), "StartRemoteMirrorSynchronization");
        assert_eq!(parameters, [("repository_id", "7")]);
        let Route::WrongMethod(methods) = contract.route(&Method::DELETE, "/v4/user/repositories") else {
            panic!("the method is wrong")
        };
        assert_eq!(methods, [Method::GET]);
        assert!(matches!(contract.route(&Method::GET, "/v4/repositories/7/other"), Route::Unknown));
        assert!(matches!(contract.route(&Method::GET, "/v4/user/repositories/"), Route::Unknown));
    }

    #[test]
    fn a_new_path_parameter_and_field_are_known_without_other_edits() {
        let changed = codearts_repo_client::OPENAPI
            .replace("/remote-mirror/associate:", "/remote-mirror/link:")
            .replace("        force_fetch:\n", "        depth:\n          type: integer\n        force_fetch:\n")
            .replace("        - name: archived\n", "        - name: color\n          in: query\n          schema:\n            type: integer\n        - name: archived\n");
        let contract = Contract::read(&changed).unwrap();
        let Route::Operation(link, _) = contract.route(&Method::POST, "/v4/repositories/7/remote-mirror/link") else {
            panic!("not found")
        };
        assert_eq!(link.id(), "AssociateRemoteMirror");
        let Route::Operation(start, _) = contract.route(&Method::POST, "/v4/repositories/7/remote-mirror") else {
            panic!("not found")
        };
        let refused = start.read_body(Some("application/json"), br#"{"depth":"deep"}"#).unwrap_err();
        assert!(refused.contains("/depth"), "{refused}");
        let Route::Operation(list, _) = contract.route(&Method::GET, "/v4/user/repositories") else {
            panic!("not found")
        };
        assert!(list.read_query("color=blue").unwrap_err().contains("color"));
        assert!(list.read_query("color=3").is_ok());
    }

    #[test]
    fn a_broken_document_is_refused_with_its_place() {
        let text = Contract::read("paths:\n  /a:\n    get: {}\n").unwrap_err().to_string();
        assert!(text.contains("paths./a.get"), "{text}");
        assert!(Contract::read("paths: [").is_err());
    }

    const THINGS: &str = "
openapi: 3.0.3
paths:
  /v1/things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
      - { name: size, in: query, schema: { type: string } }
      - { name: color, in: query, schema: { type: string } }
    get:
      operationId: show
      parameters:
        - { name: size, in: header, schema: { type: string, enum: [a] } }
        - { name: size, in: query, required: true, schema: { type: number, maximum: 2 } }
        - { name: X-Auth-Token, in: header, required: true, schema: { type: string } }
      responses: { '200': { description: ok } }
";

    #[test]
    fn parameters_of_an_operation_take_precedence_over_those_of_its_path() {
        let contract = Contract::read(THINGS).expect("a contract");
        assert!(matches!(contract.route(&Method::GET, "/v1/things/"), Route::Unknown), "an id is never empty");
        let Route::Operation(show, path) = contract.route(&Method::GET, "/v1/things/7") else { panic!("no route") };
        assert_eq!(show.read_path(&path).expect("an id")["id"], 7);
        let query = show.read_query("size=1.5&color=red&else=1").expect("a query");
        assert_eq!(Value::Object(query), serde_json::json!({ "size": 1.5, "color": "red" }));
        for (query, problem) in [("", "size is missing"), ("size=3", "size: "), ("size=x", "size: ")] {
            let refused = show.read_query(query).expect_err(query);
            assert!(refused.starts_with(problem), "{refused}");
        }
        let headers = |size: &str| {
            http::HeaderMap::from_iter([("size".parse().expect("a name"), size.parse().expect("a value"))])
        };
        assert_eq!(show.read_headers(&headers("a")).expect("headers without a token")["size"], "a");
        show.read_headers(&headers("b")).expect_err("not of the list");
    }
}
