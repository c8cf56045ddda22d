//! Compares the refs of a mirror with those of its source. No call is made here.

use std::collections::HashSet;

use crate::object_id::ObjectId;
use crate::reason::{Reason, ReasonKind};
use crate::refs::{RefKind, SourceRefs, Target, is_valid_name};
use crate::verification::{Counts, RefCheck, RefVerdict};

/// A comparison that takes the refs of the mirror one by one. Only refs that are not equal are kept.
#[derive(Debug)]
pub(crate) struct Comparison<'a> {
    source: &'a SourceRefs,
    list_equal: bool,
    seen: HashSet<(RefKind, &'a str)>,
    /// Names that only the mirror has, for lists that repeat one.
    only_in_mirror: HashSet<(RefKind, String)>,
    equal: u64,
    checks: Vec<RefCheck>,
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) counts: Counts,
    pub(crate) refs: Vec<RefCheck>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(source: &'a SourceRefs, list_equal: bool) -> Self {
        let (seen, only_in_mirror) = (HashSet::new(), HashSet::new());
        Self { source, list_equal, seen, only_in_mirror, equal: 0, checks: Vec::new() }
    }

    /// Takes a ref of the mirror and the text of its id. One that comes again is ignored.
    pub(crate) fn found(&mut self, kind: RefKind, name: &str, id: Option<&str>) {
        let source = self.source.of(kind).get_key_value(name);
        let is_new = match source {
            Some((name, _)) => self.seen.insert((kind, name)),
            None => self.only_in_mirror.insert((kind, name.to_owned())),
        };
        if is_new {
            self.push(check(kind, name, source.map(|(_, target)| *target), id));
        }
    }

    /// Takes a branch or a tag that the mirror does not have.
    pub(crate) fn missing(&mut self, kind: RefKind, name: &str) {
        let Some((name, target)) = self.source.of(kind).get_key_value(name) else { return };
        if self.seen.insert((kind, name)) {
            self.push(of(kind, name, RefVerdict::MissingInMirror, Some(*target), None, None));
        }
    }

    /// Takes a ref that could not be read.
    pub(crate) fn unknown(&mut self, kind: RefKind, name: &str, reason: Reason) {
        let source = self.source.get(kind, name).copied();
        self.checks.push(of(kind, name, RefVerdict::CannotTell, source, None, Some(reason)));
    }

    /// Ends a complete list of one kind: what was not found is missing.
    pub(crate) fn end_of(&mut self, kind: RefKind) {
        for name in self.source.of(kind).keys() {
            self.missing(kind, name);
        }
    }

    pub(crate) fn finish(mut self) -> Compared {
        for name in &self.source.unreadable {
            let kind = if name.starts_with(RefKind::Tag.prefix()) { RefKind::Tag } else { RefKind::Branch };
            let reason = Reason::new(ReasonKind::UnreadableName, "the name is not UTF-8");
            let name = name.strip_prefix(kind.prefix()).unwrap_or(name);
            self.checks.push(of(kind, name, RefVerdict::CannotTell, None, None, Some(reason)));
        }
        Compared::new(self.equal, self.checks)
    }

    fn push(&mut self, check: RefCheck) {
        if check.verdict == RefVerdict::Equal && !self.list_equal {
            self.equal += 1;
        } else {
            self.checks.push(check);
        }
    }
}

impl Compared {
    /// `unlisted` equal refs are counted only.
    fn new(unlisted: u64, mut refs: Vec<RefCheck>) -> Self {
        refs.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        let mut counts = Counts { equal: unlisted, ..Counts::default() };
        refs.iter().for_each(|check| counts.add(check.verdict));
        Self { counts, refs }
    }

    /// Judges the refs that are not equal again, now that the source was read a second time: the mirror may have either
    /// state of a ref that changed.
    pub(crate) fn after(self, before: &SourceRefs, after: &SourceRefs, list_equal: bool) -> Self {
        let mut unlisted = self.counts.equal;
        let mut refs = Vec::new();
        for check in self.refs {
            let listed = check.verdict == RefVerdict::Equal;
            let check = if listed { check } else { again(check, before, after) };
            if listed {
                unlisted -= 1;
            }
            if check.verdict == RefVerdict::Equal && !list_equal {
                unlisted += 1;
            } else {
                refs.push(check);
            }
        }
        Self::new(unlisted, refs)
    }
}

fn check(kind: RefKind, name: &str, source: Option<Target>, id: Option<&str>) -> RefCheck {
    let cannot_tell = |kind_of, text: &str| Some(Reason::new(kind_of, text));
    let id = id.map(str::parse::<ObjectId>);
    let (verdict, reason) = match (source, &id) {
        (None, _) if !is_valid_name(name) => {
            (RefVerdict::CannotTell, cannot_tell(ReasonKind::InvalidName, "git does not allow this name"))
        }
        (None, _) => (RefVerdict::OnlyInMirror, None),
        (Some(_), None | Some(Err(_))) => {
            let text = "the service gives no valid ID for this ref";
            (RefVerdict::CannotTell, cannot_tell(ReasonKind::MirrorUnreadable, text))
        }
        (Some(target), Some(Ok(id))) if target.is(*id) => (RefVerdict::Equal, None),
        (Some(target), Some(Ok(id))) if !target.object.has_format_of(id) => {
            let text = "the source and the mirror have different object formats";
            (RefVerdict::CannotTell, cannot_tell(ReasonKind::ObjectFormat, text))
        }
        (Some(_), Some(Ok(_))) => (RefVerdict::Different, None),
    };
    of(kind, name, verdict, source, id.and_then(Result::ok), reason)
}

fn again(mut check: RefCheck, before: &SourceRefs, after: &SourceRefs) -> RefCheck {
    let (old, new) = (before.get(check.kind, &check.name), after.get(check.kind, &check.name));
    if check.verdict == RefVerdict::CannotTell || old == new {
        return check;
    }
    check.source = new.copied();
    let is_equal = match (new, check.mirror) {
        (Some(target), Some(id)) => target.is(id),
        (None, None) => check.verdict == RefVerdict::MissingInMirror,
        _ => false,
    };
    check.verdict = if is_equal { RefVerdict::Equal } else { RefVerdict::SourceMoved };
    check
}

fn of(
    kind: RefKind,
    name: &str,
    verdict: RefVerdict,
    source: Option<Target>,
    mirror: Option<ObjectId>,
    reason: Option<Reason>,
) -> RefCheck {
    RefCheck { kind, name: name.to_owned(), verdict, source, mirror, reason }
}

#[cfg(test)]
mod tests;
