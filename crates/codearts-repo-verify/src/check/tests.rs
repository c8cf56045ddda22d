use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::stream::{self, Stream};

use super::*;
use crate::object_id::ObjectId;
use crate::refs::Target;
use crate::verification::{RefVerdict, Verdict};

const PAGE: usize = 100;

fn id(digit: char) -> String {
    digit.to_string().repeat(40)
}

fn target(digit: char) -> Target {
    Target::from(id(digit).parse::<ObjectId>().expect("an id"))
}

/// A mirror in memory.
#[derive(Default)]
struct Memory {
    overview: Overview,
    branches: Vec<(String, char)>,
    tags: Vec<(String, char)>,
    list_has_ids: bool,
    calls: AtomicUsize,
}

impl Memory {
    fn list(
        &self,
        refs: &[(String, char)],
        with_ids: bool,
    ) -> impl Stream<Item = Result<ListedRef, Infallible>> + Send {
        self.calls.fetch_add(1 + refs.len() / PAGE, Ordering::Relaxed);
        let listed =
            |(name, digit): &(String, char)| Ok(ListedRef { name: name.clone(), id: with_ids.then(|| id(*digit)) });
        stream::iter(refs.iter().map(listed).collect::<Vec<_>>())
    }
}

impl MirrorReader for Memory {
    type Error = Infallible;

    async fn overview(&self) -> Result<Overview, Infallible> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        Ok(self.overview.clone())
    }

    async fn branch(&self, name: &str) -> Result<Option<ListedRef>, Infallible> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let found = self.branches.iter().find(|(known, _)| known == name);
        Ok(found.map(|(name, digit)| ListedRef { name: name.clone(), id: Some(id(*digit)) }))
    }

    fn branches(&self) -> impl Stream<Item = Result<ListedRef, Infallible>> + Send {
        self.list(&self.branches, self.list_has_ids)
    }

    fn tags(&self) -> impl Stream<Item = Result<ListedRef, Infallible>> + Send {
        self.list(&self.tags, true)
    }
}

fn refs(names: &[(&str, char)]) -> Vec<(String, char)> {
    names.iter().map(|(name, digit)| ((*name).to_owned(), *digit)).collect()
}

fn source(default: Option<&str>, branches: &[(&str, char)], tags: &[(&str, char)]) -> SourceRefs {
    let map = |refs: &[(&str, char)]| refs.iter().map(|(name, digit)| ((*name).to_owned(), target(*digit))).collect();
    let default_branch = default.map(str::to_owned);
    SourceRefs { default_branch, branches: map(branches), tags: map(tags), unreadable: Vec::new() }
}

fn mirror(default: Option<&str>, branches: &[(&str, char)], tags: &[(&str, char)]) -> Memory {
    let is_empty = branches.is_empty() && tags.is_empty();
    let overview = Overview { name: None, default_branch: default.map(str::to_owned), is_empty };
    Memory { overview, branches: refs(branches), tags: refs(tags), ..Memory::default() }
}

async fn run(mirror: &Memory, source: &SourceRefs, branches: Branches) -> Compared {
    let Ok((_, compared)) = check(mirror, source, Scope { branches, list_equal: false }).await;
    compared
}

fn verdicts(compared: &Compared) -> Vec<(&str, RefVerdict)> {
    compared.refs.iter().map(|check| (&*check.name, check.verdict)).collect()
}

#[tokio::test]
async fn the_default_branch_and_the_tags_take_three_calls() {
    let refs: (&[_], &[_]) = (&[("main", 'a'), ("other", 'b')], &[("v1", 'c')]);
    let (mirror, source) = (mirror(Some("main"), refs.0, refs.1), source(Some("main"), &[("main", 'a')], refs.1));
    let compared = run(&mirror, &source, Branches::Default).await;
    assert_eq!((compared.counts.verdict(), compared.counts.equal), (Verdict::Equal, 2));
    assert_eq!(mirror.calls.into_inner(), 3);
}

#[tokio::test]
async fn all_branches_are_compared_on_demand() {
    let mirror = mirror(Some("main"), &[("main", 'a'), ("old", 'b'), ("side", 'c')], &[]);
    let source = source(Some("main"), &[("main", 'a'), ("new", 'b'), ("side", 'd')], &[]);
    let compared = run(&mirror, &source, Branches::All).await;
    let expected =
        [("new", RefVerdict::MissingInMirror), ("old", RefVerdict::OnlyInMirror), ("side", RefVerdict::Different)];
    assert_eq!(verdicts(&compared), expected);
    assert_eq!(mirror.calls.load(Ordering::Relaxed), 5, "overview, a page of each, and the two branches of both");
    let mirror = Memory { list_has_ids: true, calls: AtomicUsize::new(0), ..mirror };
    assert_eq!(verdicts(&run(&mirror, &source, Branches::All).await), expected);
    assert_eq!(mirror.calls.into_inner(), 3, "ids in the list need no call for each branch");
}

#[tokio::test]
async fn a_renamed_default_branch_is_seen() {
    let renamed = mirror(Some("master"), &[("master", 'a')], &[]);
    let compared = run(&renamed, &source(Some("main"), &[("main", 'b')], &[]), Branches::Default).await;
    assert_eq!(verdicts(&compared), [("main", RefVerdict::MissingInMirror), ("master", RefVerdict::OnlyInMirror)]);
    let both = mirror(Some("master"), &[("master", 'a'), ("main", 'b')], &[]);
    let compared = run(&both, &source(Some("main"), &[("main", 'b')], &[]), Branches::Default).await;
    assert_eq!(verdicts(&compared), [("master", RefVerdict::OnlyInMirror)]);
}

#[tokio::test]
async fn empty_repositories_are_equal_only_to_each_other() {
    let (empty, full) = (source(None, &[], &[]), source(Some("main"), &[("main", 'a')], &[("v1", 'b')]));
    for branches in [Branches::Default, Branches::All] {
        let equal = run(&mirror(None, &[], &[]), &empty, branches).await;
        assert_eq!((equal.counts.verdict(), equal.counts.equal), (Verdict::Equal, 0));
        let missing = run(&mirror(None, &[], &[]), &full, branches).await;
        assert_eq!((missing.counts.verdict(), missing.counts.missing_in_mirror), (Verdict::Different, 2));
        let extra = run(&mirror(Some("main"), &[("main", 'a')], &[("v1", 'b')]), &empty, branches).await;
        assert_eq!((extra.counts.verdict(), extra.counts.only_in_mirror), (Verdict::Different, 2));
    }
}

#[tokio::test]
async fn without_a_default_branch_nothing_is_claimed() {
    let detached = source(None, &[("main", 'a')], &[]);
    let compared = run(&mirror(None, &[("main", 'a')], &[]), &detached, Branches::Default).await;
    assert_eq!(compared.counts.verdict(), Verdict::CannotTell);
    let compared = run(&mirror(Some("main"), &[("main", 'a')], &[]), &detached, Branches::Default).await;
    assert_eq!(compared.counts.verdict(), Verdict::Equal, "the mirror names one");
}

#[tokio::test]
async fn names_of_every_kind_are_compared() {
    let long = "x/".repeat(999) + "x";
    let names = ["feature/x", "a#b", "50%", "ä/日本", "-a", "a&b=c+d", &long];
    for name in names {
        let refs: &[_] = &[(name, 'a')];
        let equal = run(&mirror(Some(name), refs, refs), &source(Some(name), refs, refs), Branches::All).await;
        assert_eq!((equal.counts.verdict(), equal.counts.equal), (Verdict::Equal, 2), "{name}");
    }
    let longer = "x".repeat(2001);
    let refs: &[_] = &[(&*longer, 'a')];
    let compared =
        run(&mirror(Some("main"), &[("main", 'a')], &[]), &source(Some(&longer), refs, &[]), Branches::Default).await;
    assert_eq!(compared.counts.cannot_tell, 1);
}

#[tokio::test]
async fn ten_thousand_branches_and_a_hundred_thousand_tags_are_compared() {
    let name = |number: usize| format!("ref-{number:06}");
    let mut mirror = mirror(Some("ref-000000"), &[("ref-000000", 'a')], &[]);
    mirror.branches = (0..10_000).map(|number| (name(number), 'a')).collect();
    mirror.tags = (0..100_000).map(|number| (name(number), 'b')).collect();
    let mut source = source(Some("ref-000000"), &[], &[]);
    source.branches = (0..10_000).map(|number| (name(number), target('a'))).collect();
    source.tags = (1..100_001).map(|number| (name(number), target('b'))).collect();
    let compared = run(&mirror, &source, Branches::All).await;
    assert_eq!(compared.counts.equal, 10_000 + 99_999);
    assert_eq!(
        verdicts(&compared),
        [("ref-000000", RefVerdict::OnlyInMirror), ("ref-100000", RefVerdict::MissingInMirror)]
    );
}
