//! One digest for all refs of a source.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::Branches;
use crate::refs::SourceRefs;

const LENGTH: usize = 32;

/// The SHA-256 of the refs that were compared: of a line `ID refs/heads/NAME` or `ID refs/tags/NAME` for each, branches
/// first and sorted by name. Two proofs with the same digest were made of the same refs.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "String"))]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RefsDigest([u8; LENGTH]);

/// The text is not a digest of refs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a digest of refs has 64 hexadecimal digits")]
pub struct InvalidRefsDigest;

impl RefsDigest {
    /// The digest of a source's refs: of its tags, and of its default branch or all branches.
    #[must_use]
    pub fn of(refs: &SourceRefs, branches: Branches) -> Self {
        let is_compared =
            |name: &str| branches == Branches::All || refs.default_branch.as_deref().is_some_and(|known| known == name);
        let mut digest = Sha256::new();
        for (name, target) in refs.branches.iter().filter(|(name, _)| is_compared(name)) {
            digest.update(format!("{} refs/heads/{name}\n", target.object));
        }
        for (name, target) in &refs.tags {
            digest.update(format!("{} refs/tags/{name}\n", target.object));
        }
        Self(digest.finalize().into())
    }
}

impl FromStr for RefsDigest {
    type Err = InvalidRefsDigest;

    fn from_str(text: &str) -> Result<Self, InvalidRefsDigest> {
        let mut bytes = [0; LENGTH];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| InvalidRefsDigest)?;
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for RefsDigest {
    type Error = InvalidRefsDigest;

    fn try_from(text: String) -> Result<Self, InvalidRefsDigest> {
        text.parse()
    }
}

impl From<RefsDigest> for String {
    fn from(digest: RefsDigest) -> Self {
        digest.to_string()
    }
}

impl fmt::Display for RefsDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for RefsDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_depends_on_the_refs_that_are_compared() {
        let id = |digit: &str| crate::Target::from(digit.repeat(40).parse::<crate::ObjectId>().expect("an ID"));
        let branches = [("main".to_owned(), id("a")), ("other".to_owned(), id("b"))].into();
        let refs = SourceRefs { default_branch: Some("main".to_owned()), branches, ..SourceRefs::default() };
        let digest = RefsDigest::of(&refs, Branches::Default);
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert_ne!(RefsDigest::of(&refs, Branches::All), digest);
        let mut moved = refs.clone();
        moved.branches.insert("other".to_owned(), id("c"));
        assert_eq!(RefsDigest::of(&moved, Branches::Default), digest);
        moved.tags.insert("v1".to_owned(), id("c"));
        assert_ne!(RefsDigest::of(&moved, Branches::Default), digest);
    }

    #[test]
    fn a_digest_has_64_digits() {
        for text in ["", "0", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &"0".repeat(62)] {
            assert_eq!(text.parse::<RefsDigest>(), Err(InvalidRefsDigest), "{text}");
        }
    }
}
