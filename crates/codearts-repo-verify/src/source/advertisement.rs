//! The lines that `git ls-remote --symref` prints.

use crate::object_id::ObjectId;
use crate::refs::{RefKind, SourceRefs, Target};

/// Gathers the refs line by line.
#[derive(Debug)]
pub(super) struct Advertisement {
    refs: SourceRefs,
    left: usize,
}

/// Why a line was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    TooManyRefs,
    NotARef,
}

impl Advertisement {
    pub(super) fn new(max_refs: usize) -> Self {
        Self { refs: SourceRefs::default(), left: max_refs }
    }

    /// Takes a line without its line break.
    pub(super) fn line(&mut self, line: &[u8]) -> Result<(), Refused> {
        let tab = line.iter().position(|byte| *byte == b'\t').ok_or(Refused::NotARef)?;
        let (value, name) = line.split_at(tab);
        let (value, name) =
            (std::str::from_utf8(value).map_err(|_| Refused::NotARef)?, name.get(1..).unwrap_or_default());
        if let Some(target) = value.strip_prefix("ref: ") {
            if name == b"HEAD" {
                self.refs.default_branch = target.strip_prefix(RefKind::Branch.prefix()).map(str::to_owned);
            }
            return Ok(());
        }
        let id: ObjectId = value.parse().map_err(|_| Refused::NotARef)?;
        let kind = [RefKind::Branch, RefKind::Tag].into_iter().find(|kind| name.starts_with(kind.prefix().as_bytes()));
        let Some(kind) = kind else { return Ok(()) };
        self.left = self.left.checked_sub(1).ok_or(Refused::TooManyRefs)?;
        match std::str::from_utf8(name) {
            Ok(name) => self.add(kind, name.strip_prefix(kind.prefix()).unwrap_or(name), id),
            Err(_) => self.refs.unreadable.push(String::from_utf8_lossy(name).into_owned()),
        }
        Ok(())
    }

    fn add(&mut self, kind: RefKind, name: &str, id: ObjectId) {
        let refs = self.refs.of_mut(kind);
        match name.strip_suffix("^{}") {
            Some(tag) if kind == RefKind::Tag => {
                if let Some(target) = refs.get_mut(tag) {
                    target.peeled = Some(id);
                }
            }
            _ => {
                refs.insert(name.to_owned(), Target::from(id));
            }
        }
    }

    pub(super) fn finish(self) -> SourceRefs {
        self.refs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&[u8]], max_refs: usize) -> Result<SourceRefs, Refused> {
        let mut advertisement = Advertisement::new(max_refs);
        lines.iter().try_for_each(|line| advertisement.line(line))?;
        Ok(advertisement.finish())
    }

    #[test]
    fn branches_tags_and_the_default_branch_are_read() {
        let id = "a".repeat(40);
        let line = |name: &str| format!("{id}\t{name}").into_bytes();
        let tag = format!("{}\trefs/tags/v1^{{}}", "b".repeat(40)).into_bytes();
        let lines = [
            b"ref: refs/heads/main\tHEAD".to_vec(),
            line("HEAD"),
            line("refs/heads/main"),
            line("refs/heads/feature/x#1%20\u{e4}"),
            line("refs/pull/1/head"),
            line("refs/notes/commits"),
            line("refs/tags/v1"),
            tag,
            [b"a".repeat(40), b"\trefs/heads/\xff".to_vec()].concat(),
        ];
        let refs = read(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>(), 9).expect("refs");
        assert_eq!(refs.default_branch.as_deref(), Some("main"));
        assert_eq!(refs.branches.keys().collect::<Vec<_>>(), ["feature/x#1%20\u{e4}", "main"]);
        assert_eq!(refs.tags.len(), 1);
        assert_eq!(refs.tags["v1"].peeled, Some("b".repeat(40).parse().expect("an id")));
        assert_eq!(refs.unreadable, ["refs/heads/\u{fffd}"]);
    }

    #[test]
    fn other_lines_and_too_many_refs_are_refused() {
        let line = format!("{}\trefs/heads/a", "a".repeat(40)).into_bytes();
        let other = format!("{}\trefs/heads/b", "a".repeat(40)).into_bytes();
        assert_eq!(read(&[&line, &other], 1), Err(Refused::TooManyRefs));
        for line in [&b"<html>"[..], b"", b"a\tb", b"\xff\trefs/heads/a"] {
            assert_eq!(read(&[line], 9), Err(Refused::NotARef));
        }
        assert!(read(&[], 0).expect("an empty source").is_empty());
    }
}
