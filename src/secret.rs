//! Secret text as it goes on the wire.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The value of a `format: byte` or `format: password` field, as it goes on the wire.
///
/// `Debug` hides it, it has no `Display`, and its memory is wiped when it is dropped. The time of a comparison depends only
/// on the lengths. It serializes as plain text, because request bodies need that: do not store it.
#[derive(Clone, Eq, Serialize, Deserialize)]
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

impl PartialEq for WireSecret {
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Hash for WireSecret {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.expose().hash(state);
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

    #[test]
    fn secrets_are_compared_by_their_text() {
        assert_eq!(WireSecret::new("a"), WireSecret::new("a"));
        assert_ne!(WireSecret::new("a"), WireSecret::new("b"));
        assert_ne!(WireSecret::new("a"), WireSecret::new("aa"));
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
