//! Reads the OpenAPI document and says what is wrong with it, and where.

use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::Value;

/// What is wrong with the document: the place in it, and the rule.
#[derive(Debug)]
pub(crate) struct Problem {
    place: String,
    rule: String,
}

impl Problem {
    pub(crate) fn new(place: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { place: place.into(), rule: rule.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.rule)
    }
}

impl std::error::Error for Problem {}

/// Reads YAML text as an OpenAPI 3.0 document.
pub(crate) fn read(text: &str) -> Result<OpenAPI, Problem> {
    // A value first: it refuses a duplicate key, at which openapiv3 would panic.
    let value: yaml_serde::Value =
        yaml_serde::from_str(text).map_err(|e| Problem::new("not valid YAML", e.to_string()))?;
    match value.get("openapi").and_then(|v| v.as_str()) {
        Some(version) if version.starts_with("3.0.") => {}
        Some(version) => {
            return Err(Problem::new("openapi", format!("version {version} is not supported; write 3.0.3")));
        }
        None => return Err(Problem::new("openapi", "the version is missing; write 3.0.3")),
    }
    let json = serde_json::to_value(&value).map_err(|e| Problem::new("not an OpenAPI document", e.to_string()))?;
    check(&json, &json, &mut String::new())?;
    yaml_serde::from_str(text).map_err(|e| Problem::new("not an OpenAPI document", e.to_string()))
}

/// Refuses, anywhere in the document, a reference that leads nowhere and a type that does not exist: progenitor would
/// panic at them without a place.
fn check(root: &Value, value: &Value, place: &mut String) -> Result<(), Problem> {
    const TYPES: [&str; 10] =
        ["string", "number", "integer", "boolean", "array", "object", "apiKey", "http", "oauth2", "openIdConnect"];
    let wrong = |rule: String| Err(Problem::new(place.clone(), rule));
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) if reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer)).is_none() => {
            return wrong(format!("the $ref {reference} names nothing in this document"));
        }
        _ => {}
    }
    match value.get("type").and_then(Value::as_str) {
        Some(name) if !TYPES.contains(&name) => return wrong(format!("the type {name} does not exist")),
        _ => {}
    }
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            // An example may hold anything.
            .filter(|(name, _)| !["example", "examples", "default", "enum"].contains(&name.as_str()))
            .map(|(name, child)| (name.replace('~', "~0").replace('/', "~1"), child))
            .collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let length = place.len();
        place.push('/');
        place.push_str(&name);
        check(root, child, place)?;
        place.truncate(length);
    }
    Ok(())
}

/// The component that a reference names, or the item itself where it stands inline.
pub(crate) fn resolve<'a, T>(
    item: &'a ReferenceOr<T>,
    kind: &str,
    components: impl Fn(&str) -> Option<&'a ReferenceOr<T>>,
) -> Result<&'a T, Problem> {
    match item {
        ReferenceOr::Item(item) => Ok(item),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix(&format!("#/components/{kind}/"));
            match name.and_then(components) {
                Some(ReferenceOr::Item(item)) => Ok(item),
                _ => Err(Problem::new(reference, format!("names nothing under components/{kind}"))),
            }
        }
    }
}
