//! One parameter of an operation, in the path, in the query or in a header.

use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::ContractError;
use super::schema::Schemas;

/// Where a parameter is in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
}

/// A parameter and the schema of its value.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    /// The value of an absent parameter, if the document has one.
    pub(crate) default: Option<Value>,
    kind: Kind,
    schema: Validator,
}

/// What the text of a parameter is converted to before its schema checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Number,
    Boolean,
    Text,
}

impl Parameter {
    /// Reads a parameter; `None` for one that the emulator ignores, such as a cookie.
    pub(crate) fn read<'d>(at: &str, value: &'d Value, schemas: &Schemas<'d>) -> Result<Option<Self>, ContractError> {
        let value = schemas.resolve(value).ok_or_else(|| ContractError::missing("parameter", at))?;
        let text = |member: &'static str| value.get(member).and_then(Value::as_str);
        let name = text("name").ok_or_else(|| ContractError::missing("name", at))?;
        let location = match text("in") {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            _ => return Ok(None),
        };
        let at = format!("{at}.{name}");
        let schema = value.get("schema").ok_or_else(|| ContractError::missing("schema", &at))?;
        let resolved = schemas.resolve(schema);
        let kind = match resolved.and_then(|schema| schema.get("type")).and_then(Value::as_str) {
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            _ => Kind::Text,
        };
        Ok(Some(Self {
            name: name.to_owned(),
            location,
            required: value.get("required").and_then(Value::as_bool).unwrap_or(false),
            default: resolved.and_then(|schema| schema.get("default")).cloned(),
            kind,
            schema: schemas.compile(schema, &at)?,
        }))
    }

    /// Converts the text of the parameter to its value.
    pub(crate) fn check(&self, text: &str) -> Result<Value, String> {
        // Numbers must not be percent-encoded: what the service does with such a number is unknown.
        let value = match (self.location, self.kind) {
            (Location::Path, Kind::Text) => Value::String(percent_decode_str(text).decode_utf8_lossy().into_owned()),
            _ => self.kind.value(text),
        };
        // The message does not repeat the value: a header may contain a secret.
        match self.schema.validate(&value) {
            Ok(()) => Ok(value),
            Err(error) => Err(format!("{}: {}", self.name, error.masked_with("the value"))),
        }
    }
}

impl Kind {
    /// Text of another kind stays text, which the schema refuses.
    fn value(self, text: &str) -> Value {
        let parsed = match self {
            Self::Integer => text.parse::<i64>().ok().filter(|number| number.to_string() == text).map(Value::from),
            Self::Number => text.parse::<f64>().ok().map(Value::from),
            Self::Boolean => match text {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            Self::Text => None,
        };
        parsed.unwrap_or_else(|| Value::String(text.to_owned()))
    }
}
