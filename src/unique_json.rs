//! JSON from users: a duplicate member is an error, because one of its values would be ignored.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads a JSON object. The message for what is wrong repeats no values, and names the line unless there is one only.
///
/// # Errors
///
/// What is wrong.
pub fn object(text: &str) -> Result<Map<String, Value>, String> {
    let several = text.trim_end().contains('\n');
    let invalid = |error: serde_json::Error| match error.classify() {
        // The only error of data is the one below; serde_json appends the place.
        serde_json::error::Category::Data => {
            let text = error.to_string();
            let what = text.split(" at line ").next().unwrap_or_default();
            if several { format!("line {}: {what}", error.line()) } else { what.to_owned() }
        }
        _ if several => format!("line {}: invalid JSON at column {}", error.line(), error.column()),
        _ => format!("invalid JSON at column {}", error.column()),
    };
    match serde_json::from_str(text).map_err(invalid)? {
        Unique(Value::Object(members)) => Ok(members),
        Unique(_) => Err("not a JSON object".to_owned()),
    }
}

/// A value without duplicate members at any depth.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor).map(Self)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Unique(value)) = items.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(de::Error::custom(format_args!("duplicate member {:?}", short(&name))));
            }
            let Unique(value) = members.next_value()?;
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

/// The start of a member's name, for a message.
#[must_use]
pub fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::object;

    #[test]
    fn an_object_keeps_its_members() {
        let text = r#"{"a": [1, -2, 1.5, null, true, {"b": "c"}], "d": {}}"#;
        let members = object(text).expect("an object");
        let expected: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json::Value::Object(members), expected);
    }

    #[test]
    fn duplicate_members_are_refused_at_any_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"b":{"a":1,"a":2}}"#, r#"{"b":[{"a":1,"\u0061":2}]}"#] {
            assert_eq!(object(text).expect_err(text), "duplicate member \"a\"");
        }
    }

    #[test]
    fn the_line_is_named_if_there_are_several() {
        assert_eq!(object("{\"a\":1,\n\"a\":2\n}\n").expect_err("twice"), "line 2: duplicate member \"a\"");
        assert_eq!(object("{\n\"a\":\n}").expect_err("broken"), "line 3: invalid JSON at column 1");
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert_eq!(object("[1]").expect_err("an array"), "not a JSON object");
        assert_eq!(object("{\"a\": s3cr3t}").expect_err("broken"), "invalid JSON at column 7");
        assert_eq!(object("{} x").expect_err("two"), "invalid JSON at column 4");
    }
}
