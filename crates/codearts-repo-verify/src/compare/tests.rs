use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::verification::Verdict;

fn id(digit: u8) -> ObjectId {
    format!("{digit:x}").repeat(40).parse().expect("an id")
}

type Refs = BTreeMap<(RefKind, String), u8>;

fn source(refs: &Refs) -> SourceRefs {
    let mut source = SourceRefs::default();
    for ((kind, name), digit) in refs {
        // A tag with an even digit is annotated.
        let peeled = (*kind == RefKind::Tag && digit.is_multiple_of(2)).then(|| id(*digit));
        let object = if peeled.is_some() { id(digit + 8) } else { id(*digit) };
        source.of_mut(*kind).insert(name.clone(), Target { object, peeled });
    }
    source
}

fn compare(source: &SourceRefs, mirror: &Refs, list_equal: bool) -> Compared {
    let mut comparison = Comparison::new(source, list_equal);
    for ((kind, name), digit) in mirror {
        comparison.found(*kind, name, Some(&id(*digit).to_string()));
    }
    comparison.end_of(RefKind::Branch);
    comparison.end_of(RefKind::Tag);
    comparison.finish()
}

/// Up to six refs, so that the same name is often on both sides.
fn refs() -> impl Strategy<Value = Refs> {
    let kind = prop_oneof![Just(RefKind::Branch), Just(RefKind::Tag)];
    let name = proptest::sample::select(&["main", "feature/x", "a#b", "ä", "50%"][..]).prop_map(str::to_owned);
    proptest::collection::btree_map((kind, name), 0..4_u8, 0..6)
}

proptest! {
    #[test]
    fn the_verdict_is_equal_exactly_for_equal_refs(left in refs(), right in refs()) {
        let compared = compare(&source(&left), &right, false);
        prop_assert_eq!(compared.counts.verdict() == Verdict::Equal, left == right);
        let all: std::collections::BTreeSet<_> = left.keys().chain(right.keys()).collect();
        let Counts { equal, different, missing_in_mirror, only_in_mirror, source_moved, cannot_tell } = compared.counts;
        prop_assert_eq!(all.len() as u64, equal + different + missing_in_mirror + only_in_mirror);
        prop_assert_eq!((source_moved, cannot_tell), (0, 0));
        for check in &compared.refs {
            let key = (check.kind, check.name.clone());
            let expected = match (left.get(&key), right.get(&key)) {
                (Some(left), Some(right)) if left == right => RefVerdict::Equal,
                (Some(_), Some(_)) => RefVerdict::Different,
                (Some(_), None) => RefVerdict::MissingInMirror,
                _ => RefVerdict::OnlyInMirror,
            };
            prop_assert_eq!(check.verdict, expected);
        }
    }

    #[test]
    fn listing_equal_refs_changes_no_count(left in refs(), right in refs(), after in refs()) {
        let (before, after) = (source(&left), source(&after));
        let (short, long) = (compare(&before, &right, false), compare(&before, &right, true));
        prop_assert_eq!(short.counts, long.counts);
        prop_assert_eq!(long.refs.len() as u64, long.counts.equal + short.refs.len() as u64);
        let (short, long) = (short.after(&before, &after, false), long.after(&before, &after, true));
        prop_assert_eq!(short.counts, long.counts);
        prop_assert!(short.refs.iter().all(|check| check.verdict != RefVerdict::Equal));
    }

    #[test]
    fn a_mirror_with_either_state_of_each_ref_is_equal(left in refs(), right in refs(), choice in any::<u64>()) {
        let keys: std::collections::BTreeSet<_> = left.keys().chain(right.keys()).collect();
        let either = |(index, key): (usize, &(RefKind, String))| {
            let chosen = if choice >> index & 1 == 0 { &left } else { &right };
            Some((key.clone(), *chosen.get(key)?))
        };
        let mirror: Refs = keys.into_iter().enumerate().filter_map(either).collect();
        let (before, after) = (source(&left), source(&right));
        let compared = compare(&before, &mirror, false).after(&before, &after, false);
        prop_assert_eq!(compared.counts.verdict(), Verdict::Equal);
    }

    #[test]
    fn a_ref_that_did_not_move_keeps_its_verdict(left in refs(), right in refs()) {
        let before = source(&left);
        let compared = compare(&before, &right, false);
        prop_assert_eq!(compared.clone().after(&before, &before, false), compared);
    }
}

#[test]
fn a_ref_that_moved_to_a_third_state_is_no_difference() {
    let refs = |digit| Refs::from([((RefKind::Branch, "main".to_owned()), digit)]);
    let (before, after) = (source(&refs(1)), source(&refs(2)));
    let compared = compare(&before, &refs(3), false).after(&before, &after, false);
    assert_eq!(compared.counts.verdict(), Verdict::SourceMoved);
    assert_eq!(compared.refs[0].source, Some(Target::from(id(2))));
}

#[test]
fn what_cannot_be_compared_is_told_with_its_reason() {
    let mut source = source(&Refs::from([((RefKind::Branch, "main".to_owned()), 1)]));
    source.branches.insert("sha256".to_owned(), Target::from("a".repeat(64).parse::<ObjectId>().expect("an id")));
    source.branches.insert("no id".to_owned(), Target::from(id(1)));
    source.unreadable.push("refs/tags/\u{fffd}".to_owned());
    let mut comparison = Comparison::new(&source, false);
    comparison.found(RefKind::Branch, "main", Some(&id(1).to_string()));
    comparison.found(RefKind::Branch, "sha256", Some(&id(1).to_string()));
    comparison.found(RefKind::Branch, "no id", Some("unknown"));
    for name in ["a..b", "a b\n", ".lock", ""] {
        comparison.found(RefKind::Branch, name, None);
    }
    let compared = comparison.finish();
    assert_eq!((compared.counts.verdict(), compared.counts.equal), (Verdict::CannotTell, 1));
    let kinds: Vec<_> = compared.refs.iter().map(|check| check.reason.as_ref().map(|reason| reason.kind)).collect();
    let of = |kind| kinds.iter().filter(|found| **found == Some(kind)).count();
    assert_eq!(of(ReasonKind::InvalidName), 4);
    assert_eq!(of(ReasonKind::ObjectFormat), 1);
    assert_eq!(of(ReasonKind::MirrorUnreadable), 1);
    assert_eq!(of(ReasonKind::UnreadableName), 1);
}

#[test]
fn a_ref_that_is_listed_twice_counts_once() {
    let source = source(&Refs::from([((RefKind::Branch, "main".to_owned()), 1)]));
    let mut comparison = Comparison::new(&source, false);
    for _ in 0..2 {
        comparison.found(RefKind::Branch, "main", Some(&id(1).to_string()));
        comparison.found(RefKind::Branch, "other", None);
    }
    let counts = comparison.finish().counts;
    assert_eq!((counts.equal, counts.only_in_mirror), (1, 1));
}
