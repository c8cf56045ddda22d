//! Converts the schemas of OpenAPI 3.0 to JSON Schema.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::ContractError;

/// All schemas of a document, and the root that their references are resolved against.
#[derive(Debug)]
pub(crate) struct Schemas<'document> {
    document: &'document Value,
    components: Value,
}

impl<'document> Schemas<'document> {
    pub(crate) fn new(document: &'document Value) -> Self {
        let components = document.pointer("/components/schemas").map_or_else(|| json!({}), convert_members);
        Self { document, components }
    }

    pub(crate) fn document(&self) -> &'document Value {
        self.document
    }

    /// Follows every `$ref`.
    pub(crate) fn resolve(&self, mut value: &'document Value) -> Option<&'document Value> {
        // A reference may lead back to itself.
        for _ in 0..32 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Some(value) };
            value = self.document.pointer(reference.strip_prefix('#')?)?;
        }
        None
    }

    /// Compiles one schema; an error names its `place`.
    pub(crate) fn compile(&self, schema: &Value, place: &str) -> Result<Validator, ContractError> {
        let mut root = match convert(schema) {
            Value::Object(members) => members,
            _ => return Err(ContractError::missing("schema", place)),
        };
        let schemas = self.reachable(&Value::Object(root.clone()));
        root.insert("components".to_owned(), json!({ "schemas": schemas }));
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("byte", |text: &str| STANDARD.decode(text).is_ok())
            .build(&Value::Object(root))
            .map_err(|error| ContractError::Schema { place: place.to_owned(), source: error.to_string().into() })
    }

    /// The schemas that a schema refers to, and those that they refer to. The others would only take time to read.
    fn reachable(&self, schema: &Value) -> Map<String, Value> {
        let mut found = Map::new();
        let mut pending = vec![schema];
        while let Some(value) = pending.pop() {
            match value {
                Value::Object(members) => pending.extend(members.values()),
                Value::Array(items) => pending.extend(items),
                Value::String(text) => {
                    let Some(name) = text.strip_prefix("#/components/schemas/") else { continue };
                    let name = name.split('/').next().unwrap_or(name);
                    if let Some(schema) = self.components.get(name).filter(|_| !found.contains_key(name)) {
                        found.insert(name.to_owned(), schema.clone());
                        pending.push(schema);
                    }
                }
                _ => {}
            }
        }
        found
    }
}

fn convert_members(schemas: &Value) -> Value {
    match schemas {
        Value::Object(members) => members.iter().map(|(name, schema)| (name.clone(), convert(schema))).collect(),
        other => other.clone(),
    }
}

/// Rewrites the keywords that OpenAPI 3.0 defines differently from JSON Schema, and drops those for readers only.
fn convert(schema: &Value) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    if let Some(reference) = members.get("$ref") {
        return json!({ "$ref": reference });
    }
    let mut converted = Map::new();
    for (keyword, value) in members {
        let value = match keyword.as_str() {
            "nullable" | "example" | "discriminator" | "xml" | "externalDocs" | "deprecated" | "description" => {
                continue;
            }
            "exclusiveMinimum" | "exclusiveMaximum" if value.is_boolean() => continue,
            "minimum" | "maximum" if is_exclusive(members, keyword) => {
                converted.insert(exclusive(keyword).to_owned(), value.clone());
                continue;
            }
            "properties" => convert_members(value),
            "items" | "additionalProperties" | "not" => convert(value),
            "allOf" | "anyOf" | "oneOf" => match value {
                Value::Array(schemas) => schemas.iter().map(convert).collect(),
                other => other.clone(),
            },
            _ => value.clone(),
        };
        converted.insert(keyword.clone(), value);
    }
    if members.get("nullable") == Some(&Value::Bool(true)) {
        return json!({ "anyOf": [converted, { "type": "null" }] });
    }
    Value::Object(converted)
}

fn exclusive(keyword: &str) -> &'static str {
    if keyword == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" }
}

fn is_exclusive(members: &Map<String, Value>, keyword: &str) -> bool {
    members.get(exclusive(keyword)) == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    #[test]
    fn openapi_keywords_keep_their_meaning() {
        let document =
            json!({ "components": { "schemas": { "Name": { "type": "string", "nullable": true, "example": 7 } } } });
        let schemas = Schemas::new(&document);
        let name = schemas.compile(&json!({ "$ref": "#/components/schemas/Name", "description": "" }), "here").unwrap();
        assert!(name.is_valid(&json!(null)) && name.is_valid(&json!("a")) && !name.is_valid(&json!(1)));
        let above = json!({ "type": "integer", "minimum": 1, "exclusiveMinimum": true });
        let above = schemas.compile(&above, "here").unwrap();
        assert!(above.is_valid(&json!(2)) && !above.is_valid(&json!(1)));
        let bytes = schemas.compile(&json!({ "type": "string", "format": "byte" }), "here").unwrap();
        for (text, valid) in [("", true), ("YQ==", true), ("YQ", false), ("_-_-", false), ("a b=", false)] {
            assert_eq!(bytes.is_valid(&json!(text)), valid, "{text}");
        }
    }

    #[test]
    fn a_reference_to_itself_ends() {
        let document = json!({ "a": { "$ref": "#/a" } });
        assert!(Schemas::new(&document).resolve(&document["a"]).is_none());
    }

    #[test]
    fn nested_schemas_are_converted_too() {
        let (schemas, above) =
            (Schemas::new(&Value::Null), json!({ "minimum": 1, "exclusiveMinimum": true, "nullable": true }));
        for (schema, wrap) in [
            (json!({ "properties": { "a": above } }), (|value| json!({ "a": value })) as fn(Value) -> Value),
            (json!({ "additionalProperties": above }), |value| json!({ "a": value })),
            (json!({ "items": above }), |value| json!([value])),
            (json!({ "allOf": [above] }), |value| value),
            (json!({ "oneOf": [above, { "type": "string" }] }), |value| value),
        ] {
            let compiled = schemas.compile(&schema, "here").unwrap();
            assert!(compiled.is_valid(&wrap(json!(2))) && compiled.is_valid(&wrap(Value::Null)), "{schema}");
            assert!(!compiled.is_valid(&wrap(json!(1))), "{schema}");
        }
    }

    #[test]
    fn exclusive_bounds_are_read_in_both_notations() {
        let schemas = Schemas::new(&Value::Null);
        for (schema, takes_its_bound) in [
            (json!({ "maximum": 1, "exclusiveMaximum": true }), false),
            (json!({ "maximum": 1, "exclusiveMaximum": false }), true),
            (json!({ "exclusiveMaximum": 1 }), false),
        ] {
            let compiled = schemas.compile(&schema, "here").unwrap();
            assert_eq!(compiled.is_valid(&json!(1)), takes_its_bound, "{schema}");
            assert!(compiled.is_valid(&json!(0)) && !compiled.is_valid(&json!(2)), "{schema}");
        }
    }
}
