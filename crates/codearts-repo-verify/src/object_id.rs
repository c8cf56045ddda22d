//! The id of a git object.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const SHA1: usize = 20;
const SHA256: usize = 32;

/// The id of a git object: 40 hexadecimal digits, or 64 in a repository of the SHA-256 format.
///
/// ```
/// use codearts_repo_verify::ObjectId;
///
/// let id: ObjectId = "95D09F2B10159347EECE71399A7E2E907EA3DF4F".parse()?;
/// assert_eq!(id.to_string(), "95d09f2b10159347eece71399a7e2e907ea3df4f");
/// # Ok::<(), codearts_repo_verify::InvalidObjectId>(())
/// ```
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "String"))]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ObjectId {
    bytes: [u8; SHA256],
    length: u8,
}

/// The text is not the id of a git object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("an object ID has 40 or 64 hexadecimal digits")]
pub struct InvalidObjectId;

impl ObjectId {
    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Whether both ids belong to the same object format, so that they can be compared.
    #[must_use]
    pub const fn has_format_of(&self, other: &Self) -> bool {
        self.length == other.length
    }
}

impl FromStr for ObjectId {
    type Err = InvalidObjectId;

    fn from_str(text: &str) -> Result<Self, InvalidObjectId> {
        let length = text.len() / 2;
        if !text.len().is_multiple_of(2) || !matches!(length, SHA1 | SHA256) {
            return Err(InvalidObjectId);
        }
        let mut bytes = [0; SHA256];
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let [high, low] = pair else { return Err(InvalidObjectId) };
            let (high, low) = (digit(*high).ok_or(InvalidObjectId)?, digit(*low).ok_or(InvalidObjectId)?);
            *byte = high << 4 | low;
        }
        Ok(Self { bytes, length: u8::try_from(length).map_err(|_| InvalidObjectId)? })
    }
}

impl TryFrom<String> for ObjectId {
    type Error = InvalidObjectId;

    fn try_from(text: String) -> Result<Self, InvalidObjectId> {
        text.parse()
    }
}

impl From<ObjectId> for String {
    fn from(id: ObjectId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectId;

    #[test]
    fn only_40_or_64_digits_are_an_id() {
        for length in [40, 64] {
            let text = "0a".repeat(length / 2);
            assert_eq!(text.parse::<ObjectId>().map(|id| id.to_string()).as_deref(), Ok(&*text));
        }
        for text in ["", "0a", &"0".repeat(39), &"0".repeat(41), &"g".repeat(40), &"ä".repeat(20), &"0".repeat(66)] {
            assert!(text.parse::<ObjectId>().is_err(), "{text}");
        }
        assert_ne!("0".repeat(40).parse::<ObjectId>(), "0".repeat(64).parse());
    }
}
