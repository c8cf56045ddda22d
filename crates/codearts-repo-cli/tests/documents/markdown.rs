//! The Markdown documents of the project, and what is in them.

use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A document.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its path from the root of the project.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) blocks: Vec<Block>,
    /// Inline code, with its line.
    pub(crate) code: Vec<(usize, String)>,
    /// Targets of links and images, with their line.
    pub(crate) links: Vec<(usize, String)>,
}

/// A code block.
#[derive(Debug)]
pub(crate) struct Block {
    /// What stands after the fence, `console` for example.
    pub(crate) language: String,
    pub(crate) text: String,
    /// The line of its first line.
    pub(crate) line: usize,
}

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("two folders up").to_owned()
}

/// Every document that git keeps, or would.
pub(crate) fn documents() -> Vec<Document> {
    let mut listing = std::process::Command::new("git");
    listing.current_dir(root()).args(["ls-files", "--cached", "--others", "--exclude-standard", "*.md"]);
    let output = listing.output().expect("git runs");
    assert!(output.status.success(), "{output:?}");
    let names = String::from_utf8(output.stdout).expect("UTF-8");
    let documents: Vec<_> = names.lines().filter(|name| root().join(name).exists()).map(read).collect();
    assert!(documents.iter().any(|document| document.name == "README.md"), "{names}");
    documents
}

fn read(name: &str) -> Document {
    let path = root().join(name);
    let text = std::fs::read_to_string(&path).expect(name);
    let (blocks, code, links) = parse(&text);
    Document { name: name.to_owned(), path, blocks, code, links }
}

type Marked = Vec<(usize, String)>;

fn parse(text: &str) -> (Vec<Block>, Marked, Marked) {
    let (mut blocks, mut code, mut links) = (Vec::new(), Vec::new(), Vec::new());
    let mut open: Option<Block> = None;
    for (event, place) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = text[..place.start].matches('\n').count() + 1;
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let (language, line) = match kind {
                    CodeBlockKind::Fenced(language) => (language.to_string(), line + 1),
                    CodeBlockKind::Indented => ("indented".to_owned(), line),
                };
                open = Some(Block { language, text: String::new(), line });
            }
            Event::Text(part) => {
                if let Some(block) = &mut open {
                    block.text.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            Event::Code(part) => code.push((line, part.to_string())),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push((line, dest_url.to_string()));
            }
            _ => {}
        }
    }
    (blocks, code, links)
}

#[test]
fn blocks_code_and_links_are_found_with_their_lines() {
    let text = "# A\n\n`one`, [two](three.md)\n\n```console\n$ a\nb\n```\n\n- in a list\n\n  ```\n  c\n  ```\n";
    let (blocks, code, links) = parse(text);
    assert_eq!((code, links), (vec![(3, "one".into())], vec![(3, "three.md".into())]));
    let found: Vec<_> = blocks.iter().map(|b| (b.language.as_str(), b.text.as_str(), b.line)).collect();
    assert_eq!(found, [("console", "$ a\nb\n", 6), ("", "c\n", 13)]);
}
