//! The generated types against openapi.yaml: what schemars says of each type against what the document says of it.

use std::collections::BTreeMap;

use codearts_repo_client as client;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use crate::contract::{document, resolve};
use crate::schema_types::{BY_HAND, with_every_type};

/// A listing of a type: a line for each field, or one for itself.
type Lines = Vec<String>;

fn generated<T: JsonSchema>() -> Lines {
    let schema = SchemaGenerator::default().into_root_schema_for::<T>();
    let root = serde_json::to_value(schema).expect("JSON");
    lines(&root, &root)
}

fn lines(root: &Value, schema: &Value) -> Lines {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    match schema["properties"].as_object() {
        None => vec![kind(root, schema)],
        Some(fields) => {
            let mut all: Lines = fields
                .iter()
                .map(|(name, inner)| {
                    let need = if required.contains(&name.as_str()) { "mandatory" } else { "optional" };
                    format!("{name}: {need} {}", kind(root, inner))
                })
                .collect();
            all.sort();
            all
        }
    }
}

/// The type of a schema in words that both sides share.
fn kind(root: &Value, schema: &Value) -> String {
    if let Some(variants) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array())
        && let Some(variant) = variants.iter().find(|variant| variant["type"] != "null" && variant["const"].is_null())
    {
        return kind(root, variant);
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().expect("a name");
        let target = root.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| resolve(root, schema));
        // Objects go by their names; everything else by what it is.
        return if target["properties"].is_object() { format!("object {name}") } else { kind(root, target) };
    }
    if let Some(variants) = schema["oneOf"].as_array() {
        let values: Vec<String> = variants.iter().map(|variant| variant["const"].to_string()).collect();
        return format!("one of {}", values.join(" "));
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        return format!("one of {}", values.join(" "));
    }
    let name = match &schema["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or("?"),
        name => name.as_str().unwrap_or("anything"),
    };
    match name {
        "array" => format!("array of {}", kind(root, &schema["items"])),
        "object" if schema["properties"].is_object() => "object".into(),
        "object" => "map".into(),
        "integer" => match (&schema["minimum"], &schema["maximum"]) {
            (least, most) if most.is_number() => format!("integer {least} to {most}"),
            _ => "integer".into(),
        },
        other => other.into(),
    }
}

macro_rules! types {
    ($($name:ident: $type:ty),* $(,)?) => {
        BTreeMap::from([$((stringify!($name), generated::<$type>())),*])
    };
}

#[test]
fn every_generated_type_has_the_fields_of_its_schema() {
    let generated = with_every_type!(types);
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        if BY_HAND.contains(&name.as_str()) {
            continue;
        }
        let found = generated.get(name.as_str()).unwrap_or_else(|| {
            panic!(
                "the schema {name} has no type here; add `{name}: codearts_repo_client::types::{name},` to \
                 with_every_type in tests/conformance/schema_types.rs"
            )
        });
        assert_eq!(found, &lines(&document, schema), "{name}");
    }
}

/// Says whether a type is `Eq` and `Hash`. Such a type has a constant of its own, which takes precedence over the constant
/// of the trait. If a type is not `PartialEq`, this does not compile.
struct Traits<T: Clone + std::fmt::Debug + PartialEq>(std::marker::PhantomData<T>);

trait Neither {
    const EQ_AND_HASH: bool = false;
}

impl<T: Clone + std::fmt::Debug + PartialEq> Neither for Traits<T> {}

impl<T: Clone + std::fmt::Debug + Eq + std::hash::Hash> Traits<T> {
    const EQ_AND_HASH: bool = true;
}

macro_rules! comparisons {
    ($($name:ident: $type:ty),* $(,)?) => {
        [$((stringify!($name), <Traits<$type>>::EQ_AND_HASH)),*]
    };
}

#[test]
fn every_generated_type_without_fractions_is_eq_and_hash() {
    let document = document();
    let types = with_every_type!(comparisons);
    for (name, eq_and_hash) in types {
        let schema = &document["components"]["schemas"][name];
        assert_eq!(eq_and_hash, !has_fractions(&document, schema), "{name}");
    }
    assert!(types.iter().any(|(_, eq_and_hash)| !eq_and_hash), "the contract has numbers with fractions");
}

fn has_fractions(document: &Value, schema: &Value) -> bool {
    match schema {
        Value::Object(members) if members.contains_key("$ref") => has_fractions(document, resolve(document, schema)),
        Value::Object(members) => {
            members.get("type").is_some_and(|kind| kind == "number")
                || members.values().any(|inner| has_fractions(document, inner))
        }
        Value::Array(items) => items.iter().any(|inner| has_fractions(document, inner)),
        _ => false,
    }
}

#[test]
fn the_error_type_reads_what_the_documented_error_schemas_allow() {
    for json in [r#"{"error_code":"c","error_msg":"m"}"#, r#"{"error":{"code":"c","message":"m","title":"t"}}"#] {
        let body: client::ErrorBody = serde_json::from_str(json).expect("an error");
        assert_eq!((body.code.as_deref(), body.message.as_deref()), (Some("c"), Some("m")), "{json}");
    }
}
