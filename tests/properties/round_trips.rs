//! Any value that a schema of openapi.yaml allows, through the generated type and back.

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::contract::{document, resolve};
use crate::schema_types::{BY_HAND, with_every_type};

/// Any value that this schema allows: each optional field there or not, every type within its limits.
fn value(document: &Value, schema: &Value) -> BoxedStrategy<Value> {
    let schema = resolve(document, schema);
    if let Some(values) = schema["enum"].as_array() {
        return proptest::sample::select(values.clone()).boxed();
    }
    match schema["type"].as_str().expect("a type") {
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" => {
            let bound = |name: &str, otherwise: i64| schema[name].as_i64().unwrap_or(otherwise);
            (bound("minimum", i64::MIN)..=bound("maximum", i64::MAX)).prop_map(Value::from).boxed()
        }
        "string" if schema["pattern"] == "^https?://" => {
            "https?://[a-z]{1,9}\\.example/[a-z]{0,9}\\.git".prop_map(Value::from).boxed()
        }
        "string" => {
            let bound = |name: &str, otherwise: u64| schema[name].as_u64().unwrap_or(otherwise) as usize;
            proptest::collection::vec(any::<char>(), bound("minLength", 0)..=bound("maxLength", 12).min(20))
                .prop_map(|letters| letters.into_iter().collect::<String>().into())
                .boxed()
        }
        "array" => {
            let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
            proptest::collection::vec(value(document, &schema["items"]), least..=3).prop_map(Value::from).boxed()
        }
        "object" => object(document, schema),
        other => panic!("{other}"),
    }
}

fn object(document: &Value, schema: &Value) -> BoxedStrategy<Value> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut fields: BoxedStrategy<Map<String, Value>> = Just(Map::new()).boxed();
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let inner = value(document, inner);
        let inner = if required.contains(&name.as_str()) {
            inner.prop_map(Some).boxed()
        } else {
            proptest::option::of(inner).boxed()
        };
        let name = name.clone();
        fields = (fields, inner)
            .prop_map(move |(mut fields, inner)| {
                fields.extend(inner.map(|inner| (name.clone(), inner)));
                fields
            })
            .boxed();
    }
    if schema["additionalProperties"] == true {
        fields = proptest::collection::btree_map("[a-z]{1,5}", any::<i32>().prop_map(Value::from), 0..3)
            .prop_map(|map| map.into_iter().collect())
            .boxed();
    }
    let allowed = schema["minProperties"].as_u64().unwrap_or(0)..=schema["maxProperties"].as_u64().unwrap_or(u64::MAX);
    let fields = fields.prop_filter("the number of fields", move |fields| allowed.contains(&(fields.len() as u64)));
    fields.prop_map(Value::Object).boxed()
}

/// The same value with a field that nobody knows, where there is room for one.
fn with_an_unknown_field(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("x_unknown".into(), json!({ "deep": [1, null] }));
    }
    value
}

fn survives<T: DeserializeOwned + Serialize>(name: &str) {
    let document = document();
    let schema = &document["components"]["schemas"][name];
    // A map keeps what it does not know.
    let open = schema["additionalProperties"] == true;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let outcome = runner.run(&value(&document, schema), |value| {
        let decoded: T = serde_json::from_value(value.clone()).expect(name);
        prop_assert_eq!(serde_json::to_value(&decoded).expect(name), without_empty(&value));
        if !open {
            let decoded: T = serde_json::from_value(with_an_unknown_field(&value)).expect(name);
            prop_assert_eq!(serde_json::to_value(&decoded).expect(name), without_empty(&value));
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{name}: {failure}");
    }
}

/// An empty list in an optional field is left out when it is written again; the two say the same.
fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(_, value)| **value != json!([]))
                .map(|(name, value)| (name.clone(), without_empty(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(without_empty).collect()),
        other => other.clone(),
    }
}

macro_rules! all {
    ($($name:ident: $type:ty),* $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        #[test]
        fn every_value_that_a_schema_allows_survives() {
            $(survives::<$type>(stringify!($name));)*
        }
    };
}

with_every_type!(all);

#[test]
fn no_schema_is_left_out() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let missing: Vec<_> =
        schemas.keys().filter(|name| !NAMES.contains(&name.as_str()) && !BY_HAND.contains(&name.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
}
