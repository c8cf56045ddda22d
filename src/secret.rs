//! Text that goes on the wire and must not show anywhere else.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The value of a `format: byte` or `format: password` field, as it goes on the wire.
///
/// `Debug` shows nothing of it, there is no `Display`, and its memory is wiped when it is dropped. It serialises as
/// the plain text, because that is how a request body is made: do not put it into anything that is written down.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WireSecret(Zeroizing<String>);

impl WireSecret {
    /// Takes the text as it goes on the wire.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Gives the text as it goes on the wire.
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
    fn debug_says_that_there_is_something_to_hide() {
        assert_eq!(format!("{:?}", Some(WireSecret::new("s3cr3t"))), "Some(***)");
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn its_schema_is_that_of_a_text_wherever_it_stands() {
        let schema = schemars::schema_for!(WireSecret);
        assert_eq!((&schema.as_value()["type"], &schema.as_value()["title"]), (&"string".into(), &"WireSecret".into()));
        let schema = schemars::schema_for!(Vec<WireSecret>);
        assert_eq!(schema.as_value()["items"], serde_json::json!({ "type": "string" }));
    }
}
