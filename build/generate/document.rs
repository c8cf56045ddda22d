//! Reads the OpenAPI document and says what is wrong with it, and where.

use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::Value;

use super::lines::line_of;
use super::{keywords, schemas};

/// What is wrong with the document: the place in it, and the rule.
#[derive(Debug)]
pub(crate) struct Problem {
    place: String,
    rule: String,
    /// The keys that lead to the place, and its line, where they are known.
    path: Vec<String>,
    line: Option<usize>,
}

impl Problem {
    pub(crate) fn new(place: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { place: place.into(), rule: rule.into(), path: Vec::new(), line: None }
    }

    /// A problem at the place that these keys lead to.
    pub(crate) fn at(path: Vec<String>, rule: impl Into<String>) -> Self {
        Self { place: path.join(" > "), rule: rule.into(), path, line: None }
    }

    fn with_line(mut self, text: &str) -> Self {
        self.line = line_of(text, &self.path);
        self
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        write!(f, "{}: {}", self.place, self.rule)
    }
}

impl std::error::Error for Problem {}

/// Reads YAML text as an OpenAPI 3.0 document.
pub(crate) fn read(text: &str) -> Result<OpenAPI, Problem> {
    // The mark that some editors put at the beginning.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A value first: it refuses a duplicate key, at which openapiv3 would panic.
    let value = yaml_serde::from_str(text).map_err(|e| Problem::new("not valid YAML", e.to_string()))?;
    from_value(value).map_err(|problem| problem.with_line(text))
}

/// The same, for a document that is already parsed; a problem has no line.
pub(crate) fn from_value(value: yaml_serde::Value) -> Result<OpenAPI, Problem> {
    match value.get("openapi").and_then(|v| v.as_str()) {
        Some(version) if version.starts_with("3.0.") => {}
        Some(version) => {
            return Err(Problem::new("openapi", format!("version {version} is not supported; write 3.0.3")));
        }
        None => return Err(Problem::new("openapi", "the version is missing; write 3.0.3")),
    }
    let json = serde_json::to_value(&value).map_err(|e| Problem::new("not an OpenAPI document", e.to_string()))?;
    keywords::check(&json)?;
    references(&json, &json, &mut Vec::new())?;
    schemas::check(&json)?;
    parameters(&json)?;
    yaml_serde::from_value(value).map_err(|e| Problem::new("not an OpenAPI document", e.to_string()))
}

/// Refuses, anywhere in the document, a reference that leads nowhere: progenitor would panic at it without a place.
fn references(root: &Value, value: &Value, place: &mut Vec<String>) -> Result<(), Problem> {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) if reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer)).is_none() => {
            return Err(Problem::at(place.clone(), format!("the $ref {reference} names nothing in this document")));
        }
        _ => {}
    }
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            // An example may contain anything.
            .filter(|(name, _)| !["example", "examples", "default", "enum"].contains(&name.as_str()))
            .map(|(name, child)| (name.clone(), child))
            .collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        place.push(name);
        references(root, child, place)?;
        place.pop();
    }
    Ok(())
}

/// Refuses a path parameter that is not required, at which progenitor would panic without a place, and a deprecated
/// parameter.
fn parameters(document: &Value) -> Result<(), Problem> {
    let lists = document.pointer("/components/parameters").into_iter().map(|it| (vec!["components", "parameters"], it));
    let mut lists: Vec<(Vec<&str>, &Value)> = lists.collect();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        lists.extend(item.get("parameters").map(|list| (vec!["paths", path, "parameters"], list)));
        for (method, operation) in item.as_object().into_iter().flatten() {
            lists.extend(operation.get("parameters").map(|list| (vec!["paths", path, method, "parameters"], list)));
        }
    }
    for (place, list) in lists {
        let parameters: Vec<(String, &Value)> = match list {
            Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
            _ => Vec::new(),
        };
        for (key, parameter) in parameters {
            if parameter.get("deprecated") == Some(&true.into()) {
                let keys = [key.as_str(), "deprecated"];
                let path = place.iter().copied().chain(keys).map(str::to_owned).collect();
                return Err(Problem::at(path, schemas::NOT_DEPRECATED));
            }
            if parameter.get("in").is_some_and(|place| place == "path")
                && parameter.get("required") != Some(&true.into())
            {
                let path = place.iter().map(|&part| part.to_owned()).chain([key]).collect();
                return Err(Problem::at(path, "a path parameter is always required; write `required: true`"));
            }
        }
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
