//! Secret text as it goes on the wire.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The value of a `format: byte` or `format: password` field, as it goes on the wire.
///
/// `Debug` hides it, it has no `Display`, and its memory is wiped when it is dropped. It serializes as plain text,
/// because request bodies need that: do not store it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WireSecret(Zeroizing<String>);

impl WireSecret {
    /// Creates a secret from the text that goes on the wire.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text that goes on the wire.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for WireSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for WireSecret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "WireSecret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::WireSecret;

    #[test]
    fn debug_hides_the_value() {
        assert_eq!(format!("{:?}", Some(WireSecret::new("s3cr3t"))), "Some(***)");
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn its_schema_is_a_string() {
        let schema = schemars::schema_for!(WireSecret);
        assert_eq!((&schema.as_value()["type"], &schema.as_value()["title"]), (&"string".into(), &"WireSecret".into()));
        let schema = schemars::schema_for!(Vec<WireSecret>);
        assert_eq!(schema.as_value()["items"], serde_json::json!({ "type": "string" }));
    }
}
