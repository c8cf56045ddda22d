//! Words of answers. The service may add a word to any list, so every text can be read.

/// Makes an enum of the words in the contract and a variant for any other one.
#[allow(unused_macros, reason = "the contract may have no enum in its answers")]
macro_rules! open_words {
    ($(#[$doc:meta])* $name:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("The word `", $word, "`.")]
                $variant,
            )*
            /// A word that the contract does not have.
            Other(String),
        }

        impl $name {
            /// The words of the contract.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The word as the service sends it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word),
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                word.to_owned().into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Ok(word.into())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "anyOf": [{ "enum": [$($word),*] }, { "type": "string" }] })
            }
        }
    };
}
#[allow(unused_imports, reason = "the contract may have no enum in its answers")]
pub(crate) use open_words;

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro makes public types")]
mod tests {
    open_words! {
        /// A shade.
        Shade { "light" => Light, "not-so-light" => NotSoLight, "other" => OtherWord }
    }

    #[test]
    fn a_word_of_the_contract_has_a_variant_and_any_other_is_kept() {
        for (word, shade) in [
            ("light", Shade::Light),
            ("not-so-light", Shade::NotSoLight),
            ("other", Shade::OtherWord),
            ("new", Shade::Other("new".into())),
            ("", Shade::Other(String::new())),
        ] {
            let json = serde_json::to_string(word).expect("JSON");
            let read: Shade = serde_json::from_str(&json).expect("any word");
            assert_eq!(read, shade);
            assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
            assert_eq!((word.parse(), read.to_string()), (Ok(shade), word.to_owned()));
        }
        assert_eq!(Shade::KNOWN.len(), 3);
        assert!(serde_json::from_str::<Shade>("1").is_err());
    }
}
