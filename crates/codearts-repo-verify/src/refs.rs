//! The refs of a source, and the names that git allows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::object_id::ObjectId;

/// A branch or a tag.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefKind {
    /// `refs/heads/…`.
    Branch,
    /// `refs/tags/…`.
    Tag,
}

impl RefKind {
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Branch => "refs/heads/",
            Self::Tag => "refs/tags/",
        }
    }
}

/// What a ref of a source points to.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The object that the ref names: a commit, or the tag object of an annotated tag.
    pub object: ObjectId,
    /// The object behind an annotated tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peeled: Option<ObjectId>,
}

impl Target {
    /// Whether this id names the target. The API does not say which of its two ids it gives for an annotated tag.
    #[must_use]
    pub fn is(&self, id: ObjectId) -> bool {
        self.object == id || self.peeled == Some(id)
    }
}

impl From<ObjectId> for Target {
    fn from(object: ObjectId) -> Self {
        Self { object, peeled: None }
    }
}

/// The branches and tags of a source at one moment. Pull requests, notes and other refs are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceRefs {
    /// The branch that `HEAD` names; `None` for an empty source, and for a detached `HEAD`.
    pub default_branch: Option<String>,
    /// The branches, without `refs/heads/`.
    pub branches: BTreeMap<String, Target>,
    /// The tags, without `refs/tags/`.
    pub tags: BTreeMap<String, Target>,
    /// Names that are not UTF-8, as far as they can be printed. The API cannot name these refs.
    #[serde(default)]
    pub unreadable: Vec<String>,
}

impl SourceRefs {
    /// Whether there is neither a branch nor a tag.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.tags.is_empty() && self.unreadable.is_empty()
    }

    pub(crate) fn get(&self, kind: RefKind, name: &str) -> Option<&Target> {
        self.of(kind).get(name)
    }

    pub(crate) const fn of(&self, kind: RefKind) -> &BTreeMap<String, Target> {
        match kind {
            RefKind::Branch => &self.branches,
            RefKind::Tag => &self.tags,
        }
    }

    pub(crate) const fn of_mut(&mut self, kind: RefKind) -> &mut BTreeMap<String, Target> {
        match kind {
            RefKind::Branch => &mut self.branches,
            RefKind::Tag => &mut self.tags,
        }
    }
}

/// Whether git allows a branch or a tag of this name, by the rules of `git check-ref-format`.
pub(crate) fn is_valid_name(name: &str) -> bool {
    let forbidden = |letter: char| letter.is_ascii_control() || " ~^:?*[\\".contains(letter);
    let good_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    !name.contains(forbidden)
        && !name.contains("..")
        && !name.contains("@{")
        && !name.ends_with('.')
        && name.split('/').all(good_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_as_git_says() {
        for name in
            ["main", "feature/x", "a#b", "50%", "ä/日本", "a@b", "@", "-a", "a.b", "a{b", "x".repeat(2000).as_str()]
        {
            assert!(is_valid_name(name), "{name}");
            assert_eq!(git_allows(name), Some(true), "{name}");
        }
        for name in [
            "", "/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a.lock/b", "a..b", "a.", "a b", "a~1", "a^", "a:b", "a?",
            "a*", "a[", "a\\b", "a@{b", "a\tb", "a\nb", "a\u{7f}",
        ] {
            assert!(!is_valid_name(name), "{name}");
            assert_eq!(git_allows(name), Some(false), "{name}");
        }
    }

    fn git_allows(name: &str) -> Option<bool> {
        let name = format!("refs/heads/{name}");
        let status = std::process::Command::new("git").args(["check-ref-format", &name]).status();
        Some(status.expect("git is there").success())
    }

    #[test]
    fn an_annotated_tag_is_named_by_either_id() {
        let id = |digit: &str| digit.repeat(40).parse::<ObjectId>().expect("an id");
        let tag = Target { object: id("a"), peeled: Some(id("b")) };
        assert!(tag.is(id("a")) && tag.is(id("b")) && !tag.is(id("c")));
    }
}
