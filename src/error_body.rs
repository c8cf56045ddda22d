//! The body of a refusal, in every known shape.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The maximum length of a text that is kept, in characters.
const MAX_EXCERPT: usize = 512;

/// The error code and message of a refused call.
///
/// The contract documents `{"error_code", "error_msg"}` for CodeArts Repo and `{"error": {"code", "message",
/// "title"}}` for IAM. Other shapes were observed, or the vendor's SDK reads them:
/// `{"error": {"code", "message"}, "status"}`, `{"code", "message"}` and `{"errorCode", "errorMsg"}`. This type reads all
/// of them. A code may be a text or a number, and each member may be missing. For any other JSON, the message is its
/// first 512 characters.
///
/// ```
/// use codearts_repo_client::ErrorBody;
///
/// let body: ErrorBody = serde_json::from_str(r#"{"error": {"code": 401, "message": "wrong", "title": "Unauthorized"}}"#)?;
/// assert_eq!((body.code.as_deref(), body.message.as_deref()), (Some("401"), Some("wrong")));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ErrorBody {
    /// The service's error code, for example `CH.004404`.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The request ID, if the body has one. Most answers have it in the header `X-Request-Id`.
    pub request_id: Option<String>,
}

/// The body of an operation without a documented refusal.
impl From<()> for ErrorBody {
    fn from((): ()) -> Self {
        Self::default()
    }
}

impl ErrorBody {
    /// Creates a body with this code and message, for tests that play the service.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: Some(code.into()), message: Some(message.into()), request_id: None }
    }
}

/// Writes the shape that the contract documents for CodeArts Repo.
impl Serialize for ErrorBody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = [("error_code", &self.code), ("error_msg", &self.message), ("request_id", &self.request_id)];
        serializer.collect_map(members.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))))
    }
}

impl From<Value> for ErrorBody {
    fn from(value: Value) -> Self {
        let nested = value.get("error").filter(|error| error.is_object());
        let read = |names: &[&str]| {
            let found = names.iter().find_map(|name| text(value.get(name)?));
            found.or_else(|| names.iter().find_map(|name| text(nested?.get(name)?)))
        };
        let mut body = Self {
            code: read(&["error_code", "errorCode", "code"]),
            message: read(&["error_msg", "errorMsg", "message"]),
            request_id: read(&["request_id"]),
        };
        if body.code.is_none() && body.message.is_none() {
            body.message = excerpt(&value);
        }
        body
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.chars().take(MAX_EXCERPT).collect()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn excerpt(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        Value::Object(members) if members.is_empty() => return None,
        other => other.to_string(),
    };
    (!text.is_empty()).then(|| text.chars().take(MAX_EXCERPT).collect())
}

impl<'de> Deserialize<'de> for ErrorBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for ErrorBody {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ErrorBody".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(true)
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorBody;

    fn read(json: &str) -> (Option<String>, Option<String>) {
        let body: ErrorBody = serde_json::from_str(json).expect("JSON");
        (body.code, body.message)
    }

    #[test]
    fn every_known_shape_is_read() {
        for json in [
            r#"{"error_code":"A.1","error_msg":"why"}"#,
            r#"{"error_code":"A.1","error_msg":"why","request_id":"r","encoded_authorization_message":"x"}"#,
            r#"{"error":{"code":"A.1","message":"why"},"status":"failed"}"#,
            r#"{"error":{"code":"A.1","message":"why","title":"Unauthorized"}}"#,
            r#"{"code":"A.1","message":"why"}"#,
            r#"{"errorCode":"A.1","errorMsg":"why"}"#,
            r#"{"error":{"reason":"x"},"error_code":"A.1","error_msg":"why"}"#,
            r#"{"error":"x","error_code":"A.1","error_msg":"why"}"#,
        ] {
            assert_eq!(read(json), (Some("A.1".into()), Some("why".into())), "{json}");
        }
        assert_eq!(read(r#"{"error":{"code":401,"message":"m"}}"#), (Some("401".into()), Some("m".into())));
    }

    #[test]
    fn it_serializes_as_documented() {
        let text = serde_json::to_string(&ErrorBody::new("CH.004404", "Repository Not Found")).expect("JSON");
        assert_eq!(text, r#"{"error_code":"CH.004404","error_msg":"Repository Not Found"}"#);
    }

    #[test]
    fn one_member_is_enough() {
        assert_eq!(read(r#"{"error_code":"A.1"}"#), (Some("A.1".into()), None));
        assert_eq!(read(r#"{"error_msg":"why"}"#), (None, Some("why".into())));
        let body: ErrorBody = serde_json::from_str(r#"{"error_code":"A","request_id":"r-1"}"#).expect("JSON");
        assert_eq!(body.request_id.as_deref(), Some("r-1"));
    }

    #[test]
    fn the_beginning_of_an_unknown_shape_is_kept() {
        assert_eq!(read("\"<html>bad gateway</html>\""), (None, Some("<html>bad gateway</html>".into())));
        assert_eq!(read("[1,2]"), (None, Some("[1,2]".into())));
        for nothing in ["null", "{}", "\"\"", "\" \\n\""] {
            assert_eq!(read(nothing), (None, None), "{nothing}");
        }
        let long = serde_json::to_string(&"ß".repeat(100_000)).expect("JSON");
        assert_eq!(read(&long).1.map(|text| text.chars().count()), Some(512));
    }

    #[test]
    fn an_empty_text_is_ignored() {
        assert_eq!(
            read(r#"{"error_code":"","code":"A.1","error_msg":"","message":"why"}"#),
            (Some("A.1".into()), Some("why".into()))
        );
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn its_schema_allows_every_answer() {
        let schema = schemars::schema_for!(Vec<ErrorBody>).to_value();
        assert_eq!(schema["items"]["$ref"], "#/$defs/ErrorBody");
        assert_eq!(schema["$defs"]["ErrorBody"], true);
    }
}
