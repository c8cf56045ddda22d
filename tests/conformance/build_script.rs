//! The build script: what it supports, what it refuses, and what it generates.

mod code;
mod doctored;
mod rows;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::generate::{self, document::Problem};
use doctored::Doctored;
use rows::{Row, rows};

const WHOLE: &str = include_str!("../../openapi.yaml");
const SUPPORT: &str = include_str!("../../docs/openapi-support.md");

/// Why the build script does not read a text, if it does not.
fn complaint(text: &str) -> Option<String> {
    generate::document::read(text).err().map(|problem| problem.to_string())
}

fn whole() -> Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| yaml_serde::from_str(WHOLE).expect("openapi.yaml"));
    DOCUMENT.clone()
}

/// What the build script reads. Text would take longer, and only gives a problem its line.
fn parsed(document: &Value) -> Result<OpenAPI, Problem> {
    generate::document::from_value(yaml_serde::to_value(document).expect("YAML"))
}

#[test]
fn every_feature_is_supported_or_refused_as_the_table_says() {
    let rows = rows();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let parts = rows.chunks(rows.len().div_ceil(threads));
        let parts: Vec<_> =
            parts.map(|part| scope.spawn(|| part.iter().filter_map(wrong).collect::<Vec<_>>())).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the build script says against the row.
fn wrong(Row { feature, change, refusal }: &Row) -> Option<String> {
    let mut doctored = Doctored::new();
    change(&mut doctored);
    let message = doctored.code().err().map(|problem| problem.to_string());
    let is_right = match (&message, refusal) {
        (None, None) => true,
        (Some(message), Some((place, rule))) => message.contains(place) && message.contains(rule),
        _ => false,
    };
    (!is_right).then(|| format!("{feature}: expected {refusal:?}, got {message:?}"))
}

#[test]
fn the_table_has_a_row_for_every_test_and_no_other() {
    let documented: BTreeMap<&str, bool> = SUPPORT
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "))
        .filter(|(_, rest)| rest.starts_with("works") || rest.starts_with("refused"))
        .map(|(feature, rest)| (feature, rest.starts_with("works")))
        .collect();
    let tested: BTreeMap<&str, bool> = rows().iter().map(|row| (row.feature, row.refusal.is_none())).collect();
    for (feature, works) in &tested {
        assert_eq!(documented.get(feature), Some(works), "docs/openapi-support.md has no such row: {feature}");
    }
    let untested = documented.keys().find(|feature| !tested.contains_key(*feature));
    assert_eq!(untested, None, "a row of docs/openapi-support.md without a test");
}

#[test]
fn a_refusal_names_the_line_of_the_element() {
    let plain = "paths:\n  /a:\n    parameters:\n      - name: b\n        in: querry\n";
    let path = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect::<Vec<_>>();
    for (keys, line) in [
        (&["paths", "/a", "parameters", "0", "in"][..], Some(5)),
        (&["paths", "/a", "parameters", "0", "name"], Some(4)),
        (&["paths", "/a", "parameters", "0"], Some(4)),
        (&["paths", "/a", "get"], Some(2)),
        (&["servers"], None),
    ] {
        assert_eq!(generate::lines::line_of(plain, &path(keys)), line, "{keys:?}");
    }
    // In the document itself, wherever a limit is.
    let lines: Vec<&str> = WHOLE.lines().collect();
    let number = lines.iter().position(|line| line.trim_start().starts_with("maximum: ")).expect("a maximum");
    let (indent, value) = lines[number].split_once("maximum: ").expect("a maximum");
    let mut changed: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
    changed[number] = format!("{indent}maximum: \"{value}\"");
    let message = complaint(&changed.join("\n")).expect("a refusal");
    assert!(message.starts_with(&format!("line {}: components > schemas > ", number + 1)), "{message}");
}

#[test]
fn an_invalid_document_is_refused() {
    for (text, place, rule) in [
        ("paths: [".to_owned(), "not valid YAML", "line"),
        (format!("tags: []\n{WHOLE}"), "not valid YAML", "duplicate"),
        ("info: {}".to_owned(), "openapi", "the version is missing"),
        ("openapi: 3.0.3\npfade: {}".to_owned(), "pfade", "not a keyword of a document"),
        ("openapi: 3.0.3\ninfo: {title: a, version: b}".to_owned(), "not an OpenAPI document", "paths"),
    ] {
        let message = complaint(&text).expect("a refusal");
        assert!(message.contains(place) && message.contains(rule), "{place} / {rule}: {message}");
    }
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_accepted() {
    let read = |text: &str| generate::document::read(text).expect("a document");
    let plain = read(WHOLE);
    assert_eq!(read(&format!("\u{feff}{WHOLE}")), plain);
    assert_eq!(read(&WHOLE.replace('\n', "\r\n")), plain);
}
