//! Reading the branches, the tags and the commits of a repository.

use std::path::Path;

use jiff::Timestamp;

use super::{Git, GitError};

/// What is printed of a ref: its fields end with a zero byte each, and the ref ends with a line break.
const FORMAT: &str = "--format=%(refname)%00%(HEAD)%00%(objectname)%00%(*objectname)%00%(creatordate:unix)%00\
                      %(contents:subject)%00";

/// What is printed of a commit.
const COMMIT_FORMAT: &str = "--format=%(refname)%00%(objectname)%00%(contents)%00%(parent)%00\
                             %(authorname)%00%(authoremail:trim)%00%(authordate:unix)%00\
                             %(committername)%00%(committeremail:trim)%00%(committerdate:unix)%00";

/// The branches and the tags of a repository.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Refs {
    pub(crate) branches: Vec<Ref>,
    pub(crate) tags: Vec<Ref>,
}

/// A branch or a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ref {
    /// The name without `refs/heads/` or `refs/tags/`.
    pub(crate) name: String,
    /// Whether HEAD names it.
    pub(crate) is_head: bool,
    /// The commit; for an annotated tag the one that the tag leads to.
    pub(crate) commit: String,
    /// The tag object of an annotated tag.
    pub(crate) tag_object: Option<String>,
    /// When the commit or the annotated tag was made.
    pub(crate) created_at: Timestamp,
    /// The first line of the message of the commit or of the annotated tag.
    pub(crate) subject: String,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) id: String,
    pub(crate) message: String,
    pub(crate) parents: Vec<String>,
    pub(crate) author: Person,
    pub(crate) committer: Person,
}

/// The author of a commit, and the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) time: Timestamp,
}

impl Refs {
    /// The branch that HEAD names, if it exists.
    pub(crate) fn default_branch(&self) -> Option<&Ref> {
        self.branches.iter().find(|branch| branch.is_head)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.tags.is_empty()
    }
}

impl Git {
    /// All branches and tags of a repository, sorted by name.
    pub(crate) async fn refs(&self, repository: &Path) -> Result<Refs, GitError> {
        let mut command = self.command();
        command.arg("--git-dir").arg(repository).args(["for-each-ref", FORMAT, "--end-of-options"]);
        let output = self.run(command.args(["refs/heads/", "refs/tags/"])).await?;
        let mut refs = Refs::default();
        for line in String::from_utf8_lossy(&output).lines() {
            let Some((name, found)) = parse(line) else { continue };
            if let Some(name) = name.strip_prefix("refs/heads/") {
                refs.branches.push(Ref { name: name.to_owned(), ..found });
            } else if let Some(name) = name.strip_prefix("refs/tags/") {
                refs.tags.push(Ref { name: name.to_owned(), ..found });
            }
        }
        Ok(refs)
    }

    /// The commit of a branch; `None` if there is no such branch.
    pub(crate) async fn branch_commit(&self, repository: &Path, branch: &str) -> Result<Option<Commit>, GitError> {
        let name = format!("refs/heads/{branch}");
        if !is_ref_name(&name) {
            return Ok(None);
        }
        let mut command = self.command();
        command.arg("--git-dir").arg(repository).args(["for-each-ref", COMMIT_FORMAT, "--end-of-options"]);
        let output = self.run(command.arg(&name)).await?;
        // Git also finds the branches whose names continue this one after a slash.
        let output = String::from_utf8_lossy(&output);
        Ok(output.strip_prefix(name.as_str()).and_then(|output| output.strip_prefix('\0')).and_then(parse_commit))
    }
}

/// Whether git accepts a full ref name such as `refs/heads/main`.
pub(crate) fn is_ref_name(name: &str) -> bool {
    gix_validate::reference::name(name.into()).is_ok()
}

fn parse(line: &str) -> Option<(&str, Ref)> {
    let mut fields = line.split('\0');
    let (name, head, object, peeled) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let (created_at, subject) = (time(fields.next()?), fields.next()?);
    let (commit, tag_object) = if peeled.is_empty() { (object, None) } else { (peeled, Some(object.to_owned())) };
    let found = Ref {
        name: String::new(),
        is_head: head == "*",
        commit: commit.to_owned(),
        tag_object,
        created_at,
        subject: subject.to_owned(),
    };
    Some((name, found))
}

fn parse_commit(text: &str) -> Option<Commit> {
    let fields: Vec<&str> = text.split('\0').collect();
    let [id, message, parents, author, author_email, authored, committer, committer_email, committed, ..] =
        fields.as_slice()
    else {
        return None;
    };
    let person =
        |name: &str, email: &str, at: &str| Person { name: name.to_owned(), email: email.to_owned(), time: time(at) };
    Some(Commit {
        id: (*id).to_owned(),
        message: (*message).to_owned(),
        parents: parents.split_whitespace().map(str::to_owned).collect(),
        author: person(author, author_email, authored),
        committer: person(committer, committer_email, committed),
    })
}

/// A tag of something other than a commit, or a damaged commit, may have no time.
fn time(seconds: &str) -> Timestamp {
    seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn the_refs_of_the_demonstration_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let repository = folder.path().join("a.git");
        let git = Git::new("git".into(), folder.path().to_owned(), Duration::from_secs(60));
        git.trust(&[]).unwrap();
        git.init(&repository).await.unwrap();
        assert!(git.refs(&repository).await.unwrap().is_empty());
        let repository = folder.path().join("b.git");
        git.make_demonstration(&repository).await.unwrap();

        let refs = git.refs(&repository).await.unwrap();
        let names: Vec<_> = refs.branches.iter().map(|branch| (branch.name.as_str(), branch.is_head)).collect();
        assert_eq!(names, [("main", true), ("release", false)]);
        let [main, release] = refs.branches.as_slice() else { unreachable!() };
        assert_eq!((main.subject.as_str(), main.created_at.as_second()), ("Add a greeting", 1_767_229_200));
        let tag = &refs.tags[0];
        assert_eq!((tag.name.as_str(), tag.subject.as_str(), &tag.commit), ("v1.0", "Version 1.0", &main.commit));
        assert!(tag.tag_object.as_ref().is_some_and(|object| *object != tag.commit));

        let commit = git.branch_commit(&repository, "release").await.unwrap().unwrap();
        assert_eq!((&commit.id, &commit.parents), (&release.commit, &vec![main.commit.clone()]));
        assert_eq!((commit.message.as_str(), commit.author.name.as_str()), ("Mark the release", "Demonstration"));
        assert_eq!(commit.committer.email, "demonstration@example.com");
        for name in ["none", "--short", "-d", "../tags/v1.0", "", "a b", "rel*"] {
            assert_eq!(git.branch_commit(&repository, name).await.unwrap(), None, "{name}");
        }
    }
}
