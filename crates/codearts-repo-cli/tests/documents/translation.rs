//! README_CN.md is README.md in Chinese: the same code, links and tables, so neither gets out of date alone.

use super::markdown::{Document, documents, root};

const ENGLISH: &str = "README.md";
const CHINESE: &str = "README_CN.md";
/// What each links to in the other's place.
const OF_THE_LANGUAGE: [(&str, &str); 2] = [
    (CHINESE, ENGLISH),
    (
        "https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/",
        "https://support.huaweicloud.com/api-codeartsrepo/",
    ),
];

/// What has to be equal in both, each with a name and as sorted texts.
fn parts(document: &Document, text: &str, is_english: bool) -> Vec<(&'static str, Vec<String>)> {
    let blocks = document.blocks.iter().map(|block| format!("{}\n{}", block.language, block.text)).collect();
    let mut code: Vec<String> = document.code.iter().map(|(_, code)| code.clone()).collect();
    code.sort();
    let mut links: Vec<String> = document
        .links
        .iter()
        .map(|(_, link)| match OF_THE_LANGUAGE.iter().find(|(english, _)| is_english && english == link) {
            Some((_, chinese)) => (*chinese).to_owned(),
            None => link.clone(),
        })
        .collect();
    links.sort();
    let rows = text.lines().filter(|line| line.starts_with('|'));
    let rows = rows
        .map(|row| {
            let cells = row.trim_matches('|').split('|').map(str::trim);
            // Numbers are the same in both; of other cells, that they are there.
            cells.map(|cell| if cell.parse::<u32>().is_ok() { cell } else { "" }).collect::<Vec<_>>().join("|")
        })
        .collect();
    let headings = text.lines().filter_map(|line| line.split_once("# ")).map(|(level, _)| level.to_owned());
    vec![
        ("code blocks", blocks),
        ("inline code", code),
        ("links", links),
        ("table rows", rows),
        ("headings", headings.filter(|level| level.chars().all(|letter| letter == '#')).collect()),
    ]
}

/// The first part that differs, if there is one.
fn difference(english: &[(&str, Vec<String>)], chinese: &[(&str, Vec<String>)]) -> Option<String> {
    english.iter().zip(chinese).find_map(|((name, english), (_, chinese))| {
        let missing = |from: &[String], to: &[String]| from.iter().find(|part| !to.contains(part)).cloned();
        if english == chinese {
            return None;
        }
        Some(match (missing(english, chinese), missing(chinese, english)) {
            (Some(part), _) => format!("{name}: {CHINESE} lacks {part:?}"),
            (None, Some(part)) => format!("{name}: {ENGLISH} lacks {part:?}"),
            (None, None) => format!("{name}: another order or number: {english:?} and {chinese:?}"),
        })
    })
}

fn both() -> [Vec<(&'static str, Vec<String>)>; 2] {
    [ENGLISH, CHINESE].map(|name| {
        let documents = documents();
        let document = documents.iter().find(|document| document.name == name).expect(name);
        let text = std::fs::read_to_string(root().join(name)).expect(name);
        parts(document, &text, name == ENGLISH)
    })
}

#[test]
fn both_readmes_have_the_same_code_links_and_tables() {
    let [english, chinese] = both();
    assert_eq!(difference(&english, &chinese), None);
}

#[test]
fn a_part_missing_in_one_readme_is_noticed() {
    let [english, chinese] = both();
    for index in 0..english.len() {
        let mut changed = chinese.clone();
        assert!(changed[index].1.pop().is_some(), "{} are in both", changed[index].0);
        assert!(difference(&english, &changed).is_some(), "{}", english[index].0);
    }
}
