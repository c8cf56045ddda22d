//! Rules for schemas: refuses what would be compiled into a type that does not enforce it, or that no answer fits.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::document::Problem;

/// What progenitor leaves out of the types without a word.
const NOT_ENFORCED: [&str; 8] =
    ["multipleOf", "exclusiveMinimum", "exclusiveMaximum", "uniqueItems", "oneOf", "anyOf", "not", "discriminator"];
const RANGES: [&str; 5] = ["minimum", "maximum", "minLength", "maxLength", "pattern"];
/// The one text with a pattern; `src/mirror_url.rs` checks it.
const WITH_PATTERN: &str = "MirrorUrl";

/// progenitor gives no attribute to a single field or parameter.
pub(crate) const NOT_DEPRECATED: &str =
    "callers would not see it: only an operation becomes #[deprecated]; say it in the description instead";

/// Checks every schema of the document.
pub(crate) fn check(document: &Value) -> Result<(), Problem> {
    let in_requests = reachable(document, |operation| operation.get("requestBody"), "/components/requestBodies");
    let in_answers = in_answers(document);
    let named = document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in named.into_iter().flatten() {
        let place = ["components", "schemas", name].map(str::to_owned).to_vec();
        if in_answers.contains(name.as_str()) {
            closed(schema, place.clone())?;
        }
        walk(schema, place, true, in_requests.contains(name.as_str()))?;
    }
    inline(document, &mut Vec::new())
}

/// The schemas beside the named ones: of parameters, headers and bodies.
fn inline(value: &Value, place: &mut Vec<String>) -> Result<(), Problem> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, child)| (name.clone(), child)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => return Ok(()),
    };
    for (name, child) in children {
        let is_data = ["example", "examples", "default", "enum"].contains(&name.as_str());
        if is_data || (place.len() == 1 && place[0] == "components" && name == "schemas") {
            continue;
        }
        place.push(name);
        if place.last().is_some_and(|name| name == "schema") {
            walk(child, place.clone(), false, true)?;
        } else {
            inline(child, place)?;
        }
        place.pop();
    }
    Ok(())
}

fn walk(schema: &Value, place: Vec<String>, is_named: bool, in_request: bool) -> Result<(), Problem> {
    let Some(members) = schema.as_object().filter(|members| !members.contains_key("$ref")) else { return Ok(()) };
    let inside = |key: &str| place.iter().cloned().chain([key.to_owned()]).collect::<Vec<_>>();
    one(members, &inside, is_named, place.last().is_some_and(|name| name == WITH_PATTERN))?;
    if in_request && members.get("nullable") == Some(&Value::Bool(true)) {
        return Err(Problem::at(inside("nullable"), "a request leaves an optional field out and never sends null"));
    }
    for (name, property) in members.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let mut place = inside("properties");
        place.push(name.clone());
        without_fields(property, &place)?;
        walk(property, place, false, in_request)?;
    }
    for key in ["items", "additionalProperties"] {
        if let Some(child) = members.get(key) {
            without_fields(child, &inside(key))?;
            walk(child, inside(key), false, in_request)?;
        }
    }
    for (index, part) in members.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let mut place = inside("allOf");
        place.push(index.to_string());
        walk(part, place, false, in_request)?;
    }
    Ok(())
}

/// Refuses an object with fields and without a name: its type could not be made open to new fields (see `generator`).
fn without_fields(schema: &Value, place: &[String]) -> Result<(), Problem> {
    match schema.get("properties") {
        Some(_) => {
            Err(Problem::at(place.to_vec(), "an object with fields needs a name; move it to components/schemas"))
        }
        None => Ok(()),
    }
}

/// The rules for one schema, without those inside it.
fn one(
    schema: &Map<String, Value>,
    inside: &impl Fn(&str) -> Vec<String>,
    is_named: bool,
    may_have_pattern: bool,
) -> Result<(), Problem> {
    let kind = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    if let Some(key) = NOT_ENFORCED.into_iter().find(|key| schema.contains_key(*key)) {
        return Err(Problem::at(inside(key), "not supported: the generated types would not enforce it"));
    }
    if let Some(key) = RANGES.into_iter().find(|key| !is_named && schema.contains_key(*key)) {
        let rule = "a range in an inline schema would not be enforced; move it to components/schemas";
        return Err(Problem::at(inside(key), rule));
    }
    if schema.contains_key("pattern") && !may_have_pattern {
        let rule = format!("only {WITH_PATTERN} has a pattern that the code enforces; describe the form in words");
        return Err(Problem::at(inside("pattern"), rule));
    }
    if let Some(format) = schema.get("format").and_then(Value::as_str) {
        let known: &[&str] = match kind {
            "string" => &["byte", "password"],
            "integer" => &["int32", "int64"],
            "number" => &["float", "double"],
            _ => &[],
        };
        if !known.contains(&format) {
            let rule = format!(
                "the format {format} is not supported for type {kind:?}; {}",
                if known.is_empty() {
                    "remove it".to_owned()
                } else {
                    format!("use {}, or remove it", known.join(" or "))
                }
            );
            return Err(Problem::at(inside("format"), rule));
        }
    }
    if schema.get("deprecated") == Some(&Value::Bool(true)) {
        return Err(Problem::at(inside("deprecated"), NOT_DEPRECATED));
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for name in required {
        if !schema.contains_key("allOf") && !properties.is_some_and(|properties| properties.contains_key(name)) {
            let rule = format!("{name} is not a property of this schema, so no object would fit");
            return Err(Problem::at(inside("required"), rule));
        }
    }
    for key in ["default", "example"] {
        if let Some(why) = schema.get(key).and_then(|value| mismatch(schema, kind, value)) {
            return Err(Problem::at(inside(key), format!("its own schema does not allow it: {why}")));
        }
    }
    Ok(())
}

/// Why a plain value does not fit its schema.
fn mismatch(schema: &Map<String, Value>, kind: &str, value: &Value) -> Option<String> {
    let fits = match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    if !fits {
        return Some(format!("{value} is not of type {kind}"));
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array).filter(|words| !words.contains(value)) {
        return Some(format!("{value} is not one of {}", Value::Array(words.clone())));
    }
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let (size, least, most) = match value {
        Value::String(text) => (text.chars().count() as f64, bound("minLength"), bound("maxLength")),
        _ => (value.as_f64()?, bound("minimum"), bound("maximum")),
    };
    if least.is_some_and(|least| size < least) || most.is_some_and(|most| size > most) {
        return Some(format!("{value} is out of range"));
    }
    None
}

/// Refuses an enum of anything but text in an answer: only words have an open type (see `words`).
fn closed(schema: &Value, place: Vec<String>) -> Result<(), Problem> {
    let children: Vec<(String, &Value)> = match schema {
        Value::Object(members)
            if members.get("enum").is_some_and(Value::is_array) && members.get("type") != Some(&"string".into()) =>
        {
            let rule = "only an enum of type string is open to new values of the service; list the values in the \
                        description";
            let place = place.into_iter().chain(["enum".to_owned()]).collect();
            return Err(Problem::at(place, rule));
        }
        Value::Object(members) => members.iter().map(|(name, child)| (name.clone(), child)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => return Ok(()),
    };
    for (name, child) in children {
        if !["example", "default", "enum"].contains(&name.as_str()) {
            closed(child, place.iter().cloned().chain([name]).collect())?;
        }
    }
    Ok(())
}

/// The names of the schemas that answers may contain.
pub(crate) fn in_answers(document: &Value) -> BTreeSet<&str> {
    reachable(document, |operation| operation.get("responses"), "/components/responses")
}

/// The names of the schemas that a part of the operations may contain.
fn reachable<'a>(
    document: &'a Value,
    part: impl Fn(&'a Value) -> Option<&'a Value>,
    shared: &str,
) -> BTreeSet<&'a str> {
    let mut pending: Vec<&Value> = Vec::new();
    let shared = document.pointer(shared).and_then(Value::as_object);
    pending.extend(shared.into_iter().flat_map(|shared| shared.values()));
    for item in document.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values()) {
        let operations = item.as_object().into_iter().flat_map(|item| item.values());
        pending.extend(operations.filter_map(&part));
    }
    follow(document, pending, |_| {})
}

/// The names of all schemas.
pub(crate) fn names(document: &Value) -> impl Iterator<Item = &String> {
    document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flat_map(Map::keys)
}

/// Whether a schema is or contains a number with a fraction: its type has an `f64`, which is neither `Eq` nor `Hash`.
pub(crate) fn has_fractions(document: &Value, name: &str) -> bool {
    let mut found = false;
    let schema = document.pointer(&format!("/components/schemas/{name}")).into_iter().collect();
    follow(document, schema, |members| found |= members.get("type").is_some_and(|kind| kind == "number"));
    found
}

/// Visits the objects in these values, and in the schemas that they refer to. Returns the names of those schemas.
fn follow<'a>(
    document: &'a Value,
    mut pending: Vec<&'a Value>,
    mut visit: impl FnMut(&'a Map<String, Value>),
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(members) => {
                visit(members);
                let name = members.get("$ref").and_then(Value::as_str);
                if let Some(name) = name.and_then(|name| name.strip_prefix("#/components/schemas/"))
                    && found.insert(name)
                {
                    pending.extend(document.pointer(&format!("/components/schemas/{name}")));
                }
                pending.extend(members.values());
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    found
}
