//! Whole numbers that cannot hold a value outside of the contract's range.

use std::fmt;
use std::ops::RangeInclusive;

/// A value outside of the range that the contract gives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OutOfRange {
    noun: &'static str,
    value: String,
    range: RangeInclusive<i128>,
}

impl OutOfRange {
    pub(crate) fn new<T: Into<i128>>(noun: &'static str, value: impl fmt::Display, range: RangeInclusive<T>) -> Self {
        // What was meant as a number and is not may be anything, a file's content among them.
        let value = value.to_string().chars().take(40).collect();
        let (least, most) = range.into_inner();
        Self { noun, value, range: least.into()..=most.into() }
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { noun, value, range } = self;
        write!(f, "{noun} {value:?} is not a whole number from {} to {}", range.start(), range.end())
    }
}

impl std::error::Error for OutOfRange {}

/// Makes a type for a whole number within a range of [`bounds`](crate::bounds).
macro_rules! checked_integer {
    ($(#[$doc:meta])* $name:ident, $number:ident, $noun:literal, $range:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name($number);

        impl $name {
            /// The number.
            #[must_use]
            pub const fn get(self) -> $number {
                self.0
            }

            fn checked(value: impl TryInto<$number> + std::fmt::Display + Copy) -> Result<Self, crate::OutOfRange> {
                match value.try_into() {
                    Ok(number) if $range.contains(&number) => Ok(Self(number)),
                    _ => Err(crate::OutOfRange::new($noun, value, $range)),
                }
            }
        }

        crate::checked::checked_integer!(@from $name: u16 u32 u64 usize i32 i64);
        crate::checked::checked_integer!(@into $name: $number);

        impl std::str::FromStr for $name {
            type Err = crate::OutOfRange;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                // Digits alone, after a minus sign at most: Rust would also read a plus sign.
                let digits = text.strip_prefix('-').unwrap_or(text);
                let digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                let number: Option<$number> = text.parse().ok().filter(|number| digits && $range.contains(number));
                number.map(Self).ok_or_else(|| crate::OutOfRange::new($noun, text, $range))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = <i64 as serde::Deserialize>::deserialize(deserializer)?;
                Self::try_from(number).map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "integer",
                    "minimum": $range.start(),
                    "maximum": $range.end(),
                })
            }
        }
    };
    (@from $name:ident: $($number:ty)*) => { $(
        impl TryFrom<$number> for $name {
            type Error = crate::OutOfRange;

            fn try_from(value: $number) -> Result<Self, Self::Error> {
                Self::checked(value)
            }
        }
    )* };
    // The type of the number follows the contract's range; callers that store it want one that stays.
    (@into $name:ident: u32) => { crate::checked::checked_integer!(@wider $name: u64 i64); };
    (@into $name:ident: u64) => { crate::checked::checked_integer!(@wider $name: u64 i64); };
    (@into $name:ident: $number:ident) => { crate::checked::checked_integer!(@wider $name: i64); };
    (@wider $name:ident: $($number:ident)*) => { $(
        impl From<$name> for $number {
            // The contract's bounds have 63 bits and a sign: no value is lost.
            #[allow(
                trivial_numeric_casts,
                clippy::cast_lossless,
                clippy::cast_possible_wrap,
                clippy::unnecessary_cast,
                reason = "the type of the number depends on the contract"
            )]
            fn from(value: $name) -> Self {
                value.0 as Self
            }
        }
    )* };
}
pub(crate) use checked_integer;

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro makes public types")]
mod tests {
    use crate::bounds::REPOSITORY_ID;
    use crate::{PageOffset, RepositoryId};

    /// The range of an id. The type of its bounds depends on them.
    fn range() -> (i64, i64) {
        let [least, most] = [REPOSITORY_ID.start(), REPOSITORY_ID.end()].map(|bound| i128::from(*bound));
        (least.try_into().expect("64 bits"), most.try_into().expect("64 bits"))
    }

    const LONG_RANGE: std::ops::RangeInclusive<u64> = 1..=9_007_199_254_740_991;
    const SIGNED_RANGE: std::ops::RangeInclusive<i64> = i64::MIN..=i64::MAX;
    super::checked_integer! {
        /// An identifier of more than 32 bits.
        LongId, u64, "long id", LONG_RANGE
    }
    super::checked_integer! {
        /// Any number of 64 bits.
        Signed, i64, "signed number", SIGNED_RANGE
    }

    #[test]
    fn a_range_may_have_64_bits() {
        let most = *LONG_RANGE.end();
        let id: LongId = serde_json::from_str(&most.to_string()).expect("inside");
        assert_eq!(
            (id.get(), id.to_string(), serde_json::to_value(id).expect("JSON")),
            (most, most.to_string(), most.into())
        );
        assert_eq!(most.to_string().parse(), Ok(id));
        assert_eq!(LongId::try_from(most), Ok(id));
        for outside in [0, most + 1, u64::MAX] {
            let error = LongId::try_from(outside).expect_err("outside").to_string();
            assert_eq!(error, format!("long id \"{outside}\" is not a whole number from 1 to {most}"));
            assert!(serde_json::from_str::<LongId>(&outside.to_string()).is_err(), "{outside}");
        }
        for number in [i64::MIN, -1, 0, i64::MAX] {
            assert_eq!(number.to_string().parse::<Signed>().map(Signed::get), Ok(number));
            assert_eq!(serde_json::from_str::<Signed>(&number.to_string()).expect("inside").get(), number);
        }
        for text in ["-", "--1", "+1", "9223372036854775808"] {
            assert!(text.parse::<Signed>().is_err(), "{text}");
        }
    }

    #[test]
    fn both_ends_of_the_range_are_in_it() {
        let (least, most) = range();
        for inside in [least, least + 1, most] {
            let id = RepositoryId::try_from(inside).expect("inside");
            assert_eq!((i128::from(id.get()), i128::from(u64::from(id))), (inside.into(), inside.into()));
        }
        for outside in [i64::MIN, -1, least - 1, most + 1, i64::MAX] {
            let error = RepositoryId::try_from(outside).expect_err("outside");
            assert_eq!(
                error.to_string(),
                format!("repository id \"{outside}\" is not a whole number from {least} to {most}")
            );
        }
        assert_eq!(PageOffset::try_from(0).expect("inside").get(), 0);
    }

    #[test]
    fn a_text_is_only_digits() {
        assert_eq!("123".parse::<RepositoryId>().expect("digits").get(), 123);
        for text in ["", " 1", "+1", "-1", "1.0", "0x1", "1e3", "abc", "٣", "99999999999999999999"] {
            assert!(text.parse::<RepositoryId>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn json_must_be_in_the_range() {
        let (least, most) = range();
        assert!(serde_json::from_str::<RepositoryId>(&most.to_string()).is_ok());
        for json in [&(least - 1).to_string(), &(most + 1).to_string(), "-1", "1.5", "\"1\"", "null"] {
            assert!(serde_json::from_str::<RepositoryId>(json).is_err(), "{json}");
        }
    }
}
