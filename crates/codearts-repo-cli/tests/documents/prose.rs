//! The command lines and links in the prose.

use std::collections::HashMap;
use std::process::Command;

use super::markdown::{Document, documents, root};

/// The help of a command, or why there is none.
type Help = HashMap<Vec<String>, Result<String, String>>;

fn help_of(words: &[String], known: &mut Help) -> Result<String, String> {
    let ask = || {
        let output = Command::new(env!("CARGO_BIN_EXE_codearts-repo")).args(words).arg("--help").output();
        let output = output.expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    };
    known.entry(words.to_vec()).or_insert_with(ask).clone()
}

/// What is wrong with a command line such as `codearts-repo sync --file F`. Words in capitals and numbers stand for
/// what the reader puts there; `a|b` stands for either.
fn complaint(line: &str, known: &mut Help) -> Option<String> {
    let mut words = line.split_whitespace();
    words.find(|word| *word == "codearts-repo")?;
    let rest: Vec<&str> = words.collect();
    let is_name = |word: &&&str| word.chars().all(|letter| letter.is_ascii_lowercase() || "-|".contains(letter));
    let names: Vec<&str> = rest.iter().take_while(|word| !word.starts_with('-')).take_while(is_name).copied().collect();
    let mut commands: Vec<Vec<String>> = vec![Vec::new()];
    for name in names {
        commands = commands
            .iter()
            .flat_map(|command| name.split('|').map(move |part| [&command[..], &[part.to_owned()]].concat()))
            .collect();
    }
    for command in commands {
        let help = match help_of(&command, known) {
            Ok(help) => help,
            Err(said) => return Some(said),
        };
        for option in rest.iter().filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap_or(option);
            if option.len() > 2 && option != "--version" && !has(&help, option) {
                return Some(format!("`codearts-repo {}` has no {option}", command.join(" ")));
            }
        }
    }
    None
}

fn has(help: &str, option: &str) -> bool {
    help.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).any(|word| word == option)
}

#[test]
fn command_lines_in_sentences_exist() {
    let mut known = Help::new();
    let mut complaints = Vec::new();
    for document in documents() {
        for (line, code) in &document.code {
            let told = complaint(code, &mut known);
            complaints.extend(told.map(|told| format!("{}:{line}: `{code}`: {told}", document.name)));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(known.len() > 3, "hardly a command line was found: {:?}", known.keys());
}

#[test]
fn an_unknown_command_line_is_reported() {
    let mut known = Help::new();
    for line in ["codearts-repo sink", "codearts-repo sync --forse", "A=b codearts-repo mirror show|sit"] {
        assert!(complaint(line, &mut known).is_some(), "{line}");
    }
    for line in ["codearts-repo sync ID --force", "codearts-repo mirror show|set|associate 123", "codearts-repo"] {
        assert_eq!(complaint(line, &mut known), None, "{line}");
    }
}

/// What a relative link leads to has to be there. A foreign address is not asked.
fn missing(document: &Document, target: &str) -> bool {
    let path = target.split('#').next().unwrap_or_default();
    // Without a path it is a heading here; without a file ending and a slash it is an item of the crate's documentation.
    let foreign = target.contains("://") || path.is_empty() || target.starts_with("mailto:");
    let item = path.contains("::") || path.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    !foreign && !document.path.with_file_name(path).exists() && !item
}

#[test]
fn links_lead_to_existing_files() {
    let mut dead = Vec::new();
    for document in documents() {
        let links = document.links.iter().filter(|(_, target)| missing(&document, target));
        dead.extend(links.map(|(line, target)| format!("{}:{line}: {target}", document.name)));
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn a_dead_link_is_reported() {
    let documents = documents();
    let readme = documents.iter().find(|document| document.name == "README.md").expect("a README");
    for (target, dead) in
        [("ARCHITECTURE.md", false), ("https://example.com/a", false), ("no.md", true), ("a/b.rs", true)]
    {
        assert_eq!(missing(readme, target), dead, "{target}");
    }
}

/// The features of a crate that its documentation does not list: its library's, or, of the program, README.md.
fn unlisted(manifest: &str, documentation: &str) -> Vec<String> {
    let manifest: toml::Table = toml::from_str(manifest).expect("a manifest");
    let features = manifest.get("features").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
    let named = |feature: &&String| *feature == "default" || documentation.contains(&format!("`{feature}`"));
    features.filter(|feature| !named(feature)).cloned().collect()
}

#[test]
fn features_are_listed_in_the_documentation() {
    let read = |path: std::path::PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    let crates =
        std::fs::read_dir(root().join("crates")).expect("a folder").map(|entry| entry.expect("a crate").path());
    for folder in crates.chain([root()]) {
        let own = read(folder.join("src/lib.rs")) + &read(folder.join("README.md"));
        let documentation = if own.is_empty() { read(root().join("README.md")) } else { own };
        let unlisted = unlisted(&read(folder.join("Cargo.toml")), &documentation);
        assert_eq!(unlisted, [""; 0], "of {}", folder.display());
    }
}

#[test]
fn an_unlisted_feature_is_reported() {
    let manifest = "[features]\ndefault = []\na = []\nb = []\n";
    assert_eq!(unlisted(manifest, "`a` does this"), ["b"]);
}
