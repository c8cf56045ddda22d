//! One comparison of a mirror with its source.

use std::pin::pin;

use futures_util::stream::{StreamExt as _, TryStreamExt as _};

use crate::Branches;
use crate::compare::{Compared, Comparison};
use crate::mirror::{ListedRef, MirrorReader, Overview};
use crate::reason::{Reason, ReasonKind};
use crate::refs::{RefKind, SourceRefs};

/// The largest number of branches, and of tags, that is listed.
const MOST: usize = 1_000_000;
/// How many branches of one mirror are read at once.
const AT_ONCE: usize = 8;
/// The longest name of a branch that the API takes, in characters.
const LONGEST_NAME: usize = 2000;

/// Which refs are compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    pub(crate) branches: Branches,
    pub(crate) list_equal: bool,
}

/// Reads the refs of a mirror and compares them with those of the source.
pub(crate) async fn check<R: MirrorReader>(
    reader: &R,
    source: &SourceRefs,
    scope: Scope,
) -> Result<(Overview, Compared), R::Error> {
    let overview = reader.overview().await?;
    let mut comparison = Comparison::new(source, scope.list_equal);
    match scope.branches {
        _ if overview.is_empty => {}
        Branches::Default => default_branches(reader, source, &overview, &mut comparison).await?,
        Branches::All => all_branches(reader, source, &mut comparison).await?,
    }
    if overview.is_empty {
        match (scope.branches, &source.default_branch) {
            (Branches::Default, Some(name)) => comparison.missing(RefKind::Branch, name),
            _ => comparison.end_of(RefKind::Branch),
        }
        comparison.end_of(RefKind::Tag);
    } else {
        tags(reader, &mut comparison).await?;
    }
    Ok((overview, comparison.finish()))
}

/// The default branches of both sides: they differ after one of them was renamed.
async fn default_branches<R: MirrorReader>(
    reader: &R,
    source: &SourceRefs,
    overview: &Overview,
    comparison: &mut Comparison<'_>,
) -> Result<(), R::Error> {
    let in_source = source.default_branch.as_deref();
    let in_mirror = overview.default_branch.as_deref().filter(|name| Some(*name) != in_source);
    for name in in_source.into_iter().chain(in_mirror) {
        branch(reader, source, name, comparison).await?;
    }
    if in_source.is_none() && in_mirror.is_none() && !source.branches.is_empty() {
        let text = "neither the source nor the mirror names a default branch";
        comparison.unknown(RefKind::Branch, "HEAD", Reason::new(ReasonKind::InvalidSource, text));
    }
    Ok(())
}

async fn branch<R: MirrorReader>(
    reader: &R,
    source: &SourceRefs,
    name: &str,
    comparison: &mut Comparison<'_>,
) -> Result<(), R::Error> {
    if name.chars().count() > LONGEST_NAME {
        let text = "the name is longer than the API takes";
        comparison.unknown(RefKind::Branch, name, Reason::new(ReasonKind::UnreadableName, text));
        return Ok(());
    }
    match reader.branch(name).await? {
        Some(found) => comparison.found(RefKind::Branch, name, found.id.as_deref()),
        None if source.branches.contains_key(name) => comparison.missing(RefKind::Branch, name),
        None => {}
    }
    Ok(())
}

async fn all_branches<R: MirrorReader>(
    reader: &R,
    source: &SourceRefs,
    comparison: &mut Comparison<'_>,
) -> Result<(), R::Error> {
    // The documented list has no ids. Branches that only the mirror has need none.
    let read = |found: ListedRef| async move {
        if found.id.is_some() || !source.branches.contains_key(&found.name) {
            return Ok(Some(found));
        }
        // One that is gone by now is missing in the end.
        reader.branch(&found.name).await
    };
    let mut branches = pin!(reader.branches().take(MOST).map_ok(read).try_buffer_unordered(AT_ONCE));
    let mut count = 0;
    while let Some(found) = branches.try_next().await? {
        count += 1;
        if let Some(found) = found {
            comparison.found(RefKind::Branch, &found.name, found.id.as_deref());
        }
    }
    end(RefKind::Branch, count, comparison);
    Ok(())
}

async fn tags<R: MirrorReader>(reader: &R, comparison: &mut Comparison<'_>) -> Result<(), R::Error> {
    let mut tags = pin!(reader.tags().take(MOST));
    let mut count = 0;
    while let Some(found) = tags.try_next().await? {
        count += 1;
        comparison.found(RefKind::Tag, &found.name, found.id.as_deref());
    }
    end(RefKind::Tag, count, comparison);
    Ok(())
}

/// Ends a list, which was not read to its end if it is too long.
fn end(kind: RefKind, count: usize, comparison: &mut Comparison<'_>) {
    if count < MOST {
        comparison.end_of(kind);
    } else {
        comparison.unknown(kind, "*", Reason::new(ReasonKind::TooManyRefs, "the mirror has too many refs"));
    }
}

#[cfg(test)]
mod tests;
