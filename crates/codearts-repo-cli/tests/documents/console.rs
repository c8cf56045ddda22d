//! Runs the `console` blocks. A line that begins with `$ ` is a command, and goes on after a backslash at its end; the
//! lines below it are what it prints, where they are shown.
//!
//! The commands of a document run one after the other in one shell, and all of them have to succeed. One that ends in
//! `&` is a server: what it shows is waited for, and it is ended with the document. In a command, `…` stands for the
//! token; in what is printed, `…` stands for anything, and a line of nothing else for any number of lines. Task ids,
//! times and ports may be others. `cargo run --` is the program itself, and port 8080 a free one.

use std::fmt::Write as _;
use std::net::TcpListener;

use regex::Regex;

use super::markdown::{Block, Document, documents};
use super::sandbox::{Sandbox, TOKEN};

/// Commands that make sense in another place only, with the reason and what runs them instead.
const ELSEWHERE: [(&str, &str); 7] = [
    (".ci/release", "changes and commits the tree; it was tried in a copy"),
    ("cargo build --release", "builds a release; `.ci/long release` runs it"),
    ("cargo fetch", "asks the registry, before a benchmark that is to be without it"),
    ("cargo install --path", "builds a release; `.ci/long release` runs it"),
    ("cargo test", "would run itself; `.ci/run` runs it"),
    ("python3 benches/", "measures for minutes; `.ci/long bench` runs it"),
    ("sudo ", "changes the machine; the units it installs are tested as recipes"),
];

#[derive(Debug)]
struct Step {
    line: usize,
    command: String,
    shown: Vec<String>,
}

impl Step {
    fn is_elsewhere(&self) -> bool {
        ELSEWHERE.iter().any(|(command, _)| self.command.starts_with(command))
    }

    fn server(&self) -> Option<&str> {
        self.command.strip_suffix('&').map(str::trim_end)
    }
}

fn steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut goes_on = false;
    for (index, text) in block.text.lines().enumerate() {
        if let Some(command) = text.strip_prefix("$ ") {
            let line = block.line + index;
            steps.push(Step { line, command: command.to_owned(), shown: Vec::new() });
        } else {
            let step = steps.last_mut().unwrap_or_else(|| panic!("line {}: no command before it", block.line + index));
            if goes_on {
                step.command.push('\n');
                step.command.push_str(text);
            } else {
                step.shown.push(text.to_owned());
            }
        }
        goes_on = (goes_on || text.starts_with("$ ")) && text.ends_with('\\');
    }
    steps
}

/// A shell script of the steps, which keeps the output and the status of each in a file of its own.
fn script(steps: &[Step], port: u16) -> String {
    // A trap of dash sees no jobs of its shell, and a signal that ends the shell runs no EXIT trap.
    let mut script = "servers=\ntrap '[ -z \"$servers\" ] || { kill $servers; wait $servers; } 2>/dev/null' EXIT\n\
                      trap 'exit 143' TERM\n"
        .to_owned();
    for (number, step) in steps.iter().enumerate().filter(|(_, step)| !step.is_elsewhere()) {
        let run = |command: &str| {
            let command = command.replace("cargo run -- ", "codearts-repo ").replace('…', TOKEN);
            command.replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"))
        };
        let files = format!("\"$STEPS/{number}\"");
        let _ = match step.server() {
            None => writeln!(script, "{{ {}\n}} >{files} 2>&1 </dev/null; echo $? >{files}.status", run(&step.command)),
            Some(server) => writeln!(
                script,
                "mkfifo {files}.pipe; {} >{files}.pipe 2>{files}.log </dev/null &\n\
                 servers=\"$servers $!\"\n\
                 head -n {} {files}.pipe >{files}; echo $? >{files}.status",
                run(server),
                step.shown.len().max(1)
            ),
        };
    }
    script
}

/// What is alike in all runs.
fn settled(text: &str) -> String {
    let mut text = text.to_owned();
    for (pattern, name) in [
        ("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "TASK"),
        ("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME"),
        ("127\\.0\\.0\\.1:\\d+", "ADDRESS"),
    ] {
        text = Regex::new(pattern).expect("a pattern").replace_all(&text, name).into_owned();
    }
    text
}

fn is_as_shown(shown: &[String], printed: &str) -> bool {
    let mut pattern = "^".to_owned();
    for line in shown {
        match line.trim() {
            "…" => pattern.push_str("([^\n]*\n)*"),
            _ => {
                let parts: Vec<String> = settled(line).split('…').map(regex::escape).collect();
                pattern.push_str(&parts.join("[^\n]*"));
                pattern.push('\n');
            }
        }
    }
    pattern.push('$');
    Regex::new(&pattern).expect("a pattern").is_match(&settled(printed))
}

/// Runs the commands of a document, and says what is not as it shows.
fn complaints(document: &Document) -> Vec<String> {
    let blocks = document.blocks.iter().filter(|block| block.language == "console");
    let steps: Vec<Step> = blocks.flat_map(steps).collect();
    if steps.iter().all(Step::is_elsewhere) {
        return Vec::new();
    }
    let sandbox = Sandbox::new();
    let results = sandbox.path("steps");
    std::fs::create_dir(&results).expect("a folder");
    let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
    let mut shell = sandbox.command("timeout");
    shell.args(["180", "sh", "-c", &script(&steps, port)]).env("STEPS", &results);
    let shell = shell.output().expect("a shell runs");

    let mut complaints = Vec::new();
    for (number, step) in steps.iter().enumerate().filter(|(_, step)| !step.is_elsewhere()) {
        let file = |end: &str| std::fs::read_to_string(results.join(format!("{number}{end}"))).unwrap_or_default();
        let (printed, status) = (file(""), file(".status"));
        let place = format!("{}:{}: {}", document.name, step.line, step.command);
        if status.trim() != "0" {
            complaints.push(format!("{place}\nended with status {:?}:\n{printed}{}", status.trim(), file(".log")));
        } else if !step.shown.is_empty() && !is_as_shown(&step.shown, &printed) {
            complaints.push(format!("{place}\nshows:\n{}\nprinted:\n{printed}", step.shown.join("\n")));
        }
    }
    let said = String::from_utf8_lossy(&shell.stderr);
    if !said.trim().is_empty() {
        complaints.push(format!("{}: the shell said: {said}", document.name));
    }
    complaints
}

#[test]
fn every_documented_command_prints_the_documented_output() {
    let documents = documents();
    let complaints: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = documents.iter().map(|document| scope.spawn(|| complaints(document))).collect();
        runs.into_iter().flat_map(|run| run.join().expect("no panic")).collect()
    });
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

#[test]
fn every_exception_occurs_in_a_document() {
    let documents = documents();
    let blocks = documents.iter().flat_map(|document| &document.blocks);
    let steps: Vec<Step> = blocks.filter(|block| block.language == "console").flat_map(steps).collect();
    for (command, reason) in ELSEWHERE {
        assert!(steps.iter().any(|step| step.command.starts_with(command)), "{command} ({reason}) is in no document");
    }
}

fn document(text: &str) -> Document {
    let block = Block { language: "console".to_owned(), text: text.to_owned(), line: 1 };
    let (name, path) = ("test.md".to_owned(), "test.md".into());
    Document { name, path, blocks: vec![block], code: Vec::new(), links: Vec::new() }
}

#[test]
fn a_command_that_works_and_a_server_pass() {
    let text = "$ export NAME=…\n$ echo a \\\n  b\na b\n$ codearts-repo emulator --token $NAME \\\n    --listen 127.0.0.1:8080 &\n\
                {\"endpoint\":\"http://127.0.0.1:1\",…}\n$ CODEARTS_REPO_TOKEN=$NAME codearts-repo status 123 --region cn-north-4\n\
                repository        123\n…\n";
    assert_eq!(complaints(&document(text)), Vec::<String>::new());
}

#[test]
fn no_server_outlives_its_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("process");
    let server = format!("sh -c 'echo $$ >{}; echo ready; exec sleep 600'", file.display());
    assert_eq!(complaints(&document(&format!("$ {server} &\nready\n$ false || true\n"))), Vec::<String>::new());
    let process = std::fs::read_to_string(file).expect("a process id");
    let alive = std::process::Command::new("kill").args(["-0", process.trim()]).output().expect("kill runs");
    assert!(!alive.status.success(), "the server {process} still runs");
}

#[test]
fn a_difference_is_reported() {
    for (text, words) in [
        ("$ false\n", "ended with status \"1\""),
        ("$ codearts-repo sync 0\n", "ended with status \"2\""),
        ("$ echo one\ntwo\n", "printed:\none"),
        ("$ echo one; echo two\none\n", "printed:\none\ntwo"),
        ("$ echo\n\none\n", "printed:"),
    ] {
        let told = complaints(&document(text)).join("\n");
        assert!(told.contains(words), "{text}: {told}");
    }
}
