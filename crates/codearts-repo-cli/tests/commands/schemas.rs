//! The schemas of the `--json` output are golden, and every command's output matches its schema.
#![cfg(all(unix, feature = "emulator"))]

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Server, against, answer, codearts_repo, run};
use serde_json::Value;

use crate::support::emulator::Emulator;

fn all() -> serde_json::Map<String, Value> {
    let ended = run(&mut codearts_repo(&["schema"]));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    serde_json::from_str(&ended.out).expect("an object")
}

/// Set UPDATE_EXPECT to update the files.
#[test]
fn the_schemas_match_the_golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/schemas");
    let mut names = BTreeSet::new();
    for name in all().keys() {
        let words: Vec<&str> = name.split(' ').collect();
        let ended = run(codearts_repo(&["schema"]).args(words));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
        let file = format!("{}.json", name.replace(' ', "-"));
        expect_test::expect_file![folder.join(&file)].assert_eq(&ended.out);
        names.insert(file);
    }
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").file_name());
    assert_eq!(files.map(|name| name.to_string_lossy().into_owned()).collect::<BTreeSet<_>>(), names);
}

/// A schema that lets nothing through that it does not name.
fn strict(mut schema: Value) -> Value {
    fn close(schema: &mut Value) {
        if let Some(object) = schema.as_object_mut() {
            if object.contains_key("properties") && !object.contains_key("additionalProperties") {
                object.insert("additionalProperties".to_owned(), false.into());
            }
            object.values_mut().for_each(close);
        } else if let Some(list) = schema.as_array_mut() {
            list.iter_mut().for_each(close);
        }
    }
    close(&mut schema);
    schema
}

#[test]
fn the_output_of_every_command_matches_its_schema() {
    let emulator = Emulator::start(&["--repository", "5", "--repository", "6", "--repository", "7="]);
    let mut left: BTreeSet<String> = all().keys().cloned().collect();
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("journal").to_str().expect("UTF-8").to_owned();
    let (recorded, wait) = (format!("sync 5 --run a --journal {journal}"), format!("wait --journal {journal}"));
    for (name, arguments) in [
        ("sync", &*recorded),
        ("wait", &*wait),
        ("sync", "sync 5 6 404"),
        ("sync", "sync 5 --wait"),
        ("sync", "sync 7 --wait"),
        ("api dry-run", "api /v4/a -F b[]=1 --dry-run"),
        ("dry-run", "sync 5 --dry-run --remote-username bob"),
        ("dry-run", "mirror set 5 --schedule on --dry-run"),
        ("dry-run", "mirror associate 7 --dry-run"),
        ("verify", "verify 5 7 404"),
        ("verify dry-run", "verify 5 6 --dry-run"),
        ("list", "list"),
        ("status", "status 5"),
        ("status list", "status 5 6 7 404 --max-age 1s"),
        ("mirror show", "mirror show 5"),
        ("mirror set", "mirror set 5 --branches all"),
        ("mirror associate", "mirror associate 7 --url https://git.example.com/a.git"),
        ("auth show", "auth show"),
        ("token clear", "token clear"),
        ("config show", "config show"),
        ("config path", "config path"),
        ("regions", "regions"),
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let mut command = codearts_repo(&words);
        command.arg("--json").env("CODEARTS_REPO_ENDPOINT", &emulator.endpoint);
        let ended = run(command.env("CODEARTS_REPO_TOKEN", Emulator::TOKEN));
        assert!(ended.code < Some(2) && !ended.out.is_empty(), "{arguments}: {ended:?}");
        let schema = strict(all()[name].clone());
        let schema = jsonschema::validator_for(&schema).expect("a schema");
        for line in ended.out.lines() {
            let value: Value = serde_json::from_str(line).expect("JSON");
            let errors: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{arguments}: {line}: {errors:?}");
        }
        left.remove(name);
    }
    // Its line was read when it started.
    left.remove("emulator");
    assert_eq!(left, BTreeSet::new(), "no command is run for these");
}

#[test]
fn every_outcome_matches_its_schema() {
    let schema = strict(all()["sync"].clone());
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let server = Server::start(|request, before| match (request.method.as_str(), before) {
        ("POST", 0..6) => answer(200, r#"{"jid":"j"}"#),
        ("POST", _) => answer(503, "<html>"),
        _ => answer(200, r#"{"update_status":"fail"}"#),
    });
    let mut count = 0;
    for arguments in
        [&["sync", "1", "2", "3", "4", "--json"][..], &["sync", "1", "2", "--wait", "--timeout", "1s", "--json"]]
    {
        for line in run(&mut against(&server, arguments)).out.lines() {
            let record: Value = serde_json::from_str(line).expect("JSON");
            assert!(schema.is_valid(&record), "{record}");
            count += 1;
        }
    }
    assert_eq!(count, 6);
}

#[test]
fn a_schema_refuses_other_output() {
    let schema = jsonschema::validator_for(&all()["sync"]).expect("a schema");
    for record in [r#"{"repository_id":0,"outcome":"started"}"#, r#"{"repository_id":1,"outcome":"done"}"#, "{}"] {
        assert!(!schema.is_valid(&serde_json::from_str(record).expect("JSON")), "{record}");
    }
    let ended = run(&mut codearts_repo(&["schema", "completions"]));
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{ended:?}");
    assert!(ended.err.contains("this command has no schema; use one of sync, api dry-run, "), "{ended:?}");
}

#[test]
fn output_json_equals_json() {
    let run = |more: &[&str]| run(codearts_repo(&["regions"]).args(more));
    assert_eq!(run(&["--json"]).out, run(&["--output", "json"]).out);
    assert_eq!(run(&["--output", "table"]).out, run(&[]).out);
    assert_ne!(run(&["--json"]).out, run(&[]).out);
    assert_eq!(run(&["--json", "--output", "table"]).code, Some(2));
}
