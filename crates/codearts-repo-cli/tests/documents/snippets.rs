//! The snippets that are no commands: each has a rule, by its language.

use super::markdown::{Block, Document, documents, root};

fn complaint(document: &Document, block: &Block) -> Option<String> {
    let problem = match block.language.as_str() {
        "console" if !block.text.starts_with("$ ") => "a console block begins with a command".to_owned(),
        // Run by `console`.
        "console" => return None,
        // Rustdoc hides these lines; readers of the file see them.
        "rust" | "rust,no_run" if block.text.lines().any(|line| line == "#" || line.starts_with("# ")) => {
            "the code has lines that rustdoc hides".to_owned()
        }
        "rust,no_run" if is_doctest(document) => return None,
        "rust" if is_doctest(document) || is_example(&block.text) => return None,
        "rust" => "the code is neither in the README of a crate, which its tests run, nor an example".to_owned(),
        "toml" => toml::from_str::<toml::Table>(&block.text).err()?.to_string(),
        "json" => serde_json::from_str::<serde_json::Value>(&block.text).err()?.to_string(),
        "yaml" => yaml_serde::from_str::<yaml_serde::Value>(&block.text).err()?.to_string(),
        // Pictures, and what a file or an answer looks like.
        "text" if block.text.lines().any(|line| line.starts_with("$ ")) => "commands are for `console`".to_owned(),
        "text" => return None,
        other => format!("there is no rule for {other:?}; use console, rust, toml, json, yaml or text"),
    };
    Some(format!("{}:{}: {problem}", document.name, block.line))
}

/// Whether rustdoc runs the code of this document.
fn is_doctest(document: &Document) -> bool {
    let library = document.path.with_file_name("src").join("lib.rs");
    std::fs::read_to_string(library).is_ok_and(|code| code.contains("#![doc = include_str!(\"../README.md\")]"))
}

/// Whether the code is that of an example, without its introduction.
fn is_example(code: &str) -> bool {
    ["examples", "crates/codearts-repo/examples", "crates/codearts-repo-sync/examples"].iter().any(|folder| {
        let files = std::fs::read_dir(root().join(folder)).expect(folder);
        let mut texts = files.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok());
        texts.any(|text| text.split_once("\n\n").is_some_and(|(_, example)| example == code))
    })
}

#[test]
fn every_snippet_follows_a_rule() {
    let documents = documents();
    let complaints: Vec<String> = documents
        .iter()
        .flat_map(|document| document.blocks.iter().filter_map(|block| complaint(document, block)))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_snippet_without_a_rule_is_reported() {
    let path = root().join("README.md");
    let of = |language: &str, text: &str| {
        let document = Document {
            name: "README.md".to_owned(),
            path: path.clone(),
            blocks: Vec::new(),
            code: Vec::new(),
            links: Vec::new(),
        };
        let block = Block { language: language.to_owned(), text: text.to_owned(), line: 1 };
        complaint(&document, &block)
    };
    for (language, text) in [
        ("", "x"),
        ("sh", "true"),
        ("indented", "x"),
        ("console", "x"),
        ("text", "a\n$ b"),
        ("rust", "fn main() {}\n"),
        ("rust,no_run", "fn main() {}\n"),
        ("toml", "a = "),
        ("json", "{"),
        ("yaml", "a: ]"),
    ] {
        assert!(of(language, text).is_some(), "{language}: {text}");
    }
    let path = root().join("crates/codearts-repo/README.md");
    let document = |text: &str| {
        let (name, blocks, code, links) = ("README.md".to_owned(), Vec::new(), Vec::new(), Vec::new());
        let block = Block { language: "rust".to_owned(), text: text.to_owned(), line: 1 };
        complaint(&Document { name, path: path.clone(), blocks, code, links }, &block)
    };
    assert_eq!(document("fn main() {}\n"), None);
    assert!(document("# fn main() {}\n").is_some(), "readers of the file see it");
    for (language, text) in [("console", "$ true"), ("text", "a"), ("toml", "a = 1"), ("json", "[]"), ("yaml", "a: 1")]
    {
        assert_eq!(of(language, text), None, "{language}");
    }
}
