//! Any value that a schema of openapi.yaml allows, made from the schema itself.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::contract::resolve;

/// Any value that this schema allows: each optional field there or not, every type within its limits.
pub(crate) fn value(document: &Value, schema: &Value) -> BoxedStrategy<Value> {
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
        "number" => {
            let bound = |name: &str, otherwise: f64| schema[name].as_f64().unwrap_or(otherwise);
            (bound("minimum", -1e15)..=bound("maximum", 1e15)).prop_map(Value::from).boxed()
        }
        // Nobody listens at this port, should anything go there.
        "string" if schema["pattern"] == "^https?://" => {
            "https?://127\\.0\\.0\\.1:1/[a-z]{0,9}\\.git".prop_map(Value::from).boxed()
        }
        "string" if schema["format"] == "byte" => "([A-Za-z0-9+/]{4}){0,5}".prop_map(Value::from).boxed(),
        "string" => {
            let bound = |name: &str, otherwise: u64| schema[name].as_u64().unwrap_or(otherwise) as usize;
            let least = bound("minLength", 0);
            proptest::collection::vec(any::<char>(), least..=bound("maxLength", 12).min(20).max(least))
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

/// Any JSON, not deep.
pub(crate) fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let any = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,5}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<Map<_, _>>().into()),
        ]
    });
    any.boxed()
}

/// A value in which one part, picked by the number, is another one.
pub(crate) fn with_a_part_replaced(value: &Value, pick: usize, other: &Value) -> Value {
    let mut changed = value.clone();
    let mut places = vec![String::new()];
    collect_places(value, "", &mut places);
    if let Some(place) = changed.pointer_mut(&places[pick % places.len()]) {
        *place = other.clone();
    }
    changed
}

fn collect_places(value: &Value, at: &str, places: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inner {
        let place = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        collect_places(value, &place, places);
        places.push(place);
    }
}

/// The same value with a field that nobody knows in every object of the schema that has room for one.
pub(crate) fn with_unknown_fields(document: &Value, schema: &Value, value: &Value) -> Value {
    let schema = resolve(document, schema);
    match value {
        Value::Object(fields) if schema["properties"].is_object() => {
            let inner = |(name, value): (&String, &Value)| {
                (name.clone(), with_unknown_fields(document, &schema["properties"][name], value))
            };
            let mut fields: Map<String, Value> = fields.iter().map(inner).collect();
            fields.insert("x_unknown".into(), json!({ "deep": [1, null] }));
            fields.into()
        }
        Value::Array(items) => items.iter().map(|item| with_unknown_fields(document, &schema["items"], item)).collect(),
        other => other.clone(),
    }
}

/// An empty list in an optional field is left out when it is written again; the two say the same.
pub(crate) fn without_empty(value: &Value) -> Value {
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
