//! The body of a request.

use jsonschema::Validator;
use serde_json::Value;

use super::ContractError;
use super::schema::Schemas;

/// The JSON body that an operation takes.
#[derive(Debug)]
pub(crate) struct Body {
    required: bool,
    schema: Validator,
}

impl Body {
    /// Reads the request body of an operation; `None` if it takes no JSON.
    pub(crate) fn read<'d>(at: &str, value: &'d Value, schemas: &Schemas<'d>) -> Result<Option<Self>, ContractError> {
        let at = format!("{at}.requestBody");
        let value = schemas.resolve(value).ok_or_else(|| ContractError::missing("request body", &at))?;
        let Some(media) = value.pointer("/content/application~1json") else { return Ok(None) };
        let schema = media.get("schema").ok_or_else(|| ContractError::missing("schema", &at))?;
        Ok(Some(Self {
            required: value.get("required").and_then(Value::as_bool).unwrap_or(false),
            schema: schemas.compile(schema, &at)?,
        }))
    }

    /// Checks a body; `None` if there is none and none is required.
    pub(crate) fn check(&self, content_type: Option<&str>, bytes: &[u8]) -> Result<Option<Value>, String> {
        if bytes.is_empty() {
            return if self.required { Err("the body is missing".to_owned()) } else { Ok(None) };
        }
        if content_type.is_some_and(|text| !is_json(text)) {
            return Err("the Content-Type is not application/json".to_owned());
        }
        let value: Value = serde_json::from_slice(bytes)
            .map_err(|error| format!("the body is not JSON, at line {} column {}", error.line(), error.column()))?;
        // The message does not repeat the value: it may be a password.
        match self.schema.validate(&value) {
            Ok(()) => Ok(Some(value)),
            Err(error) => {
                let place = error.instance_path().to_string();
                let place = if place.is_empty() { "the body" } else { &place };
                Err(format!("{place}: {}", error.masked_with("the value")))
            }
        }
    }
}

fn is_json(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
