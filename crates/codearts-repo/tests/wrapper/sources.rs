//! Credentials from files that are not files, and from missing folders.

use std::fs;

use codearts_repo::auth::{Discovery, Environment, TokenCache};

#[test]
fn a_cache_without_a_folder_is_empty_and_one_that_cannot_be_read_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(TokenCache::at(folder.path().join("none")).clear().expect("nothing to do"), 0);
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    TokenCache::at(&file).clear().expect_err("a file is no folder");
    let cache = folder.path().join("cache");
    fs::create_dir(&cache).expect("made");
    fs::write(cache.join("mine.txt"), "").expect("written");
    assert_eq!(TokenCache::at(&cache).clear().expect("nothing of ours"), 0);
    assert!(cache.join("mine.txt").exists());
}

/// The error for a KooCLI profile with this content in `home`.
fn error_of(fill: impl FnOnce(&std::path::Path)) -> String {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join(".hcloud")).expect("made");
    fill(&home.path().join(".hcloud/config.json"));
    let environment = Environment::new([("HW_PROFILE".to_owned(), "main".to_owned())]);
    let environment = environment.home(Some(home.path().to_owned()));
    Discovery::new(&environment).find().map_or_else(|error| format!("{error} {error:?}"), |_| "found".to_owned())
}

#[test]
fn an_unreadable_profile_differs_from_a_missing_one() {
    let missing = error_of(|_| ());
    assert!(missing.contains("does not exist"), "{missing}");
    let unreadable = error_of(|path| fs::create_dir(path).expect("made"));
    assert!(unreadable.contains("cannot be read"), "{unreadable}");
}

#[test]
fn an_overlong_key_id_is_an_encrypted_one() {
    for (length, expected) in [(20, "found"), (88, "encrypted by KooCLI")] {
        let key = format!(r#"{{"name":"main","accessKeyId":"{}","secretAccessKey":"x"}}"#, "A".repeat(length));
        let error = error_of(|path| fs::write(path, format!(r#"{{"profiles":[{key}]}}"#)).expect("written"));
        assert!(error.contains(expected), "{length}: {error}");
    }
}
