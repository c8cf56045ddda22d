//! What every handwritten crate of the workspace has in common.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The manifests of all members.
fn manifests() -> Vec<PathBuf> {
    let folders = fs::read_dir(root().join("crates")).expect("crates");
    let mut all: Vec<PathBuf> = folders.map(|folder| folder.expect("a folder").path().join("Cargo.toml")).collect();
    all.push(root().join("Cargo.toml"));
    all
}

/// The lines of a table of a manifest.
fn table<'a>(manifest: &'a str, name: &str) -> Vec<&'a str> {
    let after = manifest.lines().skip_while(|line| *line != format!("[{name}]")).skip(1);
    after.take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty()).collect()
}

#[test]
fn unsafe_code_is_forbidden_in_every_crate() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    assert!(table(&workspace, "workspace.lints.rust").contains(&"unsafe_code = \"forbid\""));
    let all = manifests();
    assert!(all.len() > 5, "{all:?}");
    for manifest in all {
        let text = fs::read_to_string(&manifest).expect("a manifest");
        assert_eq!(table(&text, "lints"), ["workspace = true"], "{}", manifest.display());
    }
}

#[test]
fn every_crate_has_the_same_minimum_rust_version() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let promise = table(&workspace, "workspace.package").into_iter().find_map(|line| {
        line.strip_prefix("rust-version = \"").and_then(|rest| rest.strip_suffix('"')).map(str::to_owned)
    });
    let promise = promise.expect("a rust-version");
    for manifest in manifests() {
        let text = fs::read_to_string(&manifest).expect("a manifest");
        assert!(table(&text, "package").contains(&"rust-version.workspace = true"), "{}", manifest.display());
    }
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    assert!(architecture.contains(&format!("**Rust {promise}**")), "ARCHITECTURE.md says another oldest Rust");
}

/// Cargo compiles a file in the folder of a test program only if its main.rs names it. The tests in it would never run.
#[test]
fn every_test_file_is_part_of_its_program() {
    let crates = fs::read_dir(root().join("crates")).expect("crates");
    let crates = crates.map(|folder| folder.expect("a folder").path()).chain([root().to_owned()]);
    let folders = crates.filter_map(|folder| fs::read_dir(folder.join("tests")).ok()).flatten();
    let folders = folders.map(|entry| entry.expect("an entry").path());
    let programs: Vec<PathBuf> = folders.filter(|folder| folder.join("main.rs").exists()).collect();
    assert!(programs.len() > 5, "{programs:?}");
    for program in programs {
        let main = fs::read_to_string(program.join("main.rs")).expect("main.rs");
        for file in fs::read_dir(&program).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = file.file_stem().and_then(|name| name.to_str()).expect("a name");
            if name != "main" && file.extension().is_some_and(|end| end == "rs") {
                let line = format!("mod {name};");
                assert!(main.lines().any(|it| it == line), "{}: add `{line}` to main.rs", file.display());
            }
        }
    }
}
