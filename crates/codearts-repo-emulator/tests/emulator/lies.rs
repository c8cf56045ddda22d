//! Synchronizations that lie about themselves.

use codearts_repo_emulator::{Emulator, Fault, Repository, Upstream};
use serde_json::json;

use crate::caller::Caller;
use crate::source::{Source, refs};

async fn caller(source: &Source) -> Caller {
    let repository = Repository::new(123).upstream(Upstream::local(source.path()));
    Caller::start(Emulator::builder().repository(repository)).await
}

#[tokio::test]
async fn a_stale_synchronization_finishes_and_fetches_nothing() {
    let source = Source::with_commit();
    let caller = caller(&source).await;
    let before = caller.sync(123, json!({})).await;
    let synchronized = refs(&caller.git_dir(123));
    source.commit("second");
    caller.emulator.fail_next(Fault::Stale);
    let shown = caller.sync(123, json!({})).await;
    assert_eq!(shown["update_status"], "finished");
    assert_ne!(shown["last_successful_update_at"], before["last_successful_update_at"]);
    assert_eq!(refs(&caller.git_dir(123)), synchronized);
    caller.sync(123, json!({})).await;
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()), "the lie was for one start");
}

#[tokio::test]
async fn a_partial_synchronization_leaves_out_the_default_branch_and_every_second_ref() {
    let source = Source::with_commit();
    for name in ["a", "b"] {
        source.git(&["branch", name]);
        source.git(&["tag", &format!("tag-{name}")]);
    }
    let caller = caller(&source).await;
    caller.emulator.fail_next(Fault::Partial);
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
    let names = crate::source::git(&caller.git_dir(123), &["for-each-ref", "--format=%(refname)"]);
    assert_eq!(names, "refs/heads/a\nrefs/tags/tag-a");
    caller.sync(123, json!({})).await;
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));

    let synchronized = refs(&caller.git_dir(123));
    source.commit("second");
    caller.emulator.fail_next(Fault::Partial);
    caller.sync(123, json!({})).await;
    assert_eq!(refs(&caller.git_dir(123)), synchronized, "only the default branch had changed");
}

#[tokio::test]
async fn a_silent_word_replaces_finished_until_the_next_synchronization() {
    let source = Source::with_commit();
    let caller = caller(&source).await;
    caller.emulator.fail_next(Fault::SilentWord("synced".to_owned()));
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "synced");
    assert_eq!(refs(&caller.git_dir(123)), refs(source.path()));
    assert_eq!(caller.sync(123, json!({})).await["update_status"], "finished");
}
