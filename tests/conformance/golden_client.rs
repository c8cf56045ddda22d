//! The generated code, kept in the repository so that a change of the contract shows in review as a change of code.

use codearts_repo_client as client;

use crate::generate::{document, generator, prepare};

const HOW: &str = "The generated code changed. If that was meant, run `BLESS=1 cargo test --test conformance golden` \
                   and commit the files that it changes.";

fn compare(name: &str, generated: &str) {
    let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, generated).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    if golden != generated {
        let line = golden.lines().zip(generated.lines()).position(|(old, new)| old != new);
        panic!("{name}, line {}: {HOW}", line.map_or_else(|| golden.lines().count() + 1, |line| line + 1));
    }
}

#[test]
fn the_generated_client_matches_the_golden_file() {
    compare("tests/golden/client.rs", include_str!(concat!(env!("OUT_DIR"), "/client.rs")));
}

#[test]
fn the_generated_bounds_and_regions_match_the_golden_file() {
    compare("tests/golden/contract.rs", include_str!(concat!(env!("OUT_DIR"), "/contract.rs")));
}

/// The mocks have no build script of their own: their source is this golden file.
#[test]
fn the_generated_mocks_match_the_golden_file() {
    let mut document = document::read(client::OPENAPI).expect("the document");
    prepare::prepare(&mut document).expect("prepared");
    let mut generator = generator::generator(&document, "::codearts_repo_client");
    let code = generator.httpmock(&document, "::codearts_repo_client").expect("code");
    let code = prettyplease::unparse(&syn::parse2(code).expect("Rust"));
    compare("crates/codearts-repo-httpmock/src/generated.rs", &format!("// Generated from openapi.yaml.\n{code}"));
}
