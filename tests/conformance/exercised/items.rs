//! What openapi.yaml names, item by item, and which of the items a value has.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::contract::{operations, resolve};
use crate::judge::parameters;

/// An item in words, such as `ShowRemoteMirror, answer 404` or `request TokenScope.project`.
pub(crate) type Item = String;

/// All items of a document. A property is one item for all requests and one for all answers that have its schema.
pub(crate) fn documented(document: &Value) -> BTreeSet<Item> {
    let mut items = BTreeSet::new();
    for (template, _, operation) in operations(document) {
        let id = operation["operationId"].as_str().expect("an id");
        items.insert(id.to_owned());
        for parameter in parameters(document, template, operation) {
            items.insert(of_parameter(id, parameter));
            of_schema(document, &parameter["schema"], "request", &mut items);
        }
        of_schema(document, json_schema(resolve(document, &operation["requestBody"])), "request", &mut items);
        for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
            let answer = resolve(document, answer);
            items.insert(of_status(id, status));
            for name in answer["headers"].as_object().into_iter().flatten().map(|(name, _)| name) {
                items.insert(of_header(id, status, name));
            }
            of_schema(document, json_schema(answer), "answer", &mut items);
        }
    }
    items
}

pub(crate) fn of_parameter(operation: &str, parameter: &Value) -> Item {
    let text = |member: &str| parameter[member].as_str().expect("a text");
    format!("{operation}, {} {}", text("in"), text("name"))
}

pub(crate) fn of_status(operation: &str, status: &str) -> Item {
    format!("{operation}, answer {status}")
}

pub(crate) fn of_header(operation: &str, status: &str, name: &str) -> Item {
    format!("{operation}, answer {status}, header {name}")
}

/// The schema of a body of JSON, or null.
pub(crate) fn json_schema(holder: &Value) -> &Value {
    holder.pointer("/content/application~1json/schema").unwrap_or(&Value::Null)
}

/// All that a schema names, at every depth.
fn of_schema(document: &Value, schema: &Value, side: &str, items: &mut BTreeSet<Item>) {
    walk(document, schema, &name(schema), &mut |name, schema| {
        let before = items.len();
        items.extend(values(schema).iter().map(|value| format!("{side} {name} = {value}")));
        items.extend(properties(schema).map(|property| format!("{side} {name}.{property}")));
        // A schema that is nothing new has been here before; one that holds itself would go on for ever.
        items.len() > before || schema["properties"].is_null()
    });
}

fn walk(document: &Value, schema: &Value, name: &str, visit: &mut impl FnMut(&str, &Value) -> bool) {
    let schema = resolve(document, schema);
    if schema.is_null() || !visit(name, schema) {
        return;
    }
    for (property, inner) in schema["properties"].as_object().into_iter().flatten() {
        walk(document, inner, &inner_name(name, property, inner), visit);
    }
    if let Some(inner) = schema.get("items") {
        walk(document, inner, &inner_name(name, "[]", inner), visit);
    }
}

/// The items that a value has, by its schema.
pub(crate) fn of_value(document: &Value, schema: &Value, value: &Value, side: &str) -> BTreeSet<Item> {
    let mut items = BTreeSet::new();
    collect(document, schema, &name(schema), value, side, &mut items);
    items
}

fn collect(document: &Value, schema: &Value, name: &str, value: &Value, side: &str, items: &mut BTreeSet<Item>) {
    let schema = resolve(document, schema);
    if values(schema).contains(value) {
        items.insert(format!("{side} {name} = {value}"));
    }
    for property in properties(schema) {
        let Some(value) = value.get(property) else { continue };
        items.insert(format!("{side} {name}.{property}"));
        let inner = &schema["properties"][property];
        collect(document, inner, &inner_name(name, property, inner), value, side, items);
    }
    for value in value.as_array().into_iter().flatten() {
        let inner = &schema["items"];
        collect(document, inner, &inner_name(name, "[]", inner), value, side, items);
    }
}

fn properties(schema: &Value) -> impl Iterator<Item = &String> {
    schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name)
}

fn values(schema: &Value) -> &[Value] {
    schema["enum"].as_array().map_or(&[], Vec::as_slice)
}

/// The name of a schema that is referred to.
fn name(schema: &Value) -> String {
    schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or("inline").to_owned()
}

/// A schema within another one has the name of its own, or that of the place.
fn inner_name(outer: &str, place: &str, schema: &Value) -> String {
    if schema["$ref"].is_string() { name(schema) } else { format!("{outer}.{place}") }
}
