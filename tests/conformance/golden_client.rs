//! The generated code, kept in the repository so that a change of the contract shows in review as a change of code.

const HOW: &str = "The generated code changed. If that was meant, run `BLESS=1 cargo test --test conformance golden` \
                   and commit tests/golden/ with the change.";

fn compare(name: &str, generated: &str) {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
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
fn the_generated_client_is_the_reviewed_one() {
    compare("client.rs", include_str!(concat!(env!("OUT_DIR"), "/client.rs")));
}

#[test]
fn the_generated_bounds_and_regions_are_the_reviewed_ones() {
    compare("contract.rs", include_str!(concat!(env!("OUT_DIR"), "/contract.rs")));
}
