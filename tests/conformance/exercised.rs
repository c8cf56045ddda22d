//! Every operation, parameter, status, header, property and value that openapi.yaml names is exercised by an exchange
//! of bytes whose both sides are compared: what a caller gave with what arrived, and what was answered with what the
//! caller got. Whatever is new in the document stands in the way of a green run until an exchange has it.

mod exchanges;
mod items;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::contract::{document, pointer};
use items::{Item, documented};

#[tokio::test]
async fn every_item_of_the_document_is_exercised() {
    let mut exercised = BTreeSet::new();
    for exchange in exchanges::all() {
        exercised.extend(exchange.make().await);
    }
    exercised.extend(exchanges::refusal_by_the_emulator().await);
    exercised.extend(exchanges::totals().await);
    let documented = documented(&document());
    let missing: Vec<Item> = documented.difference(&exercised).cloned().collect();
    assert!(missing.is_empty(), "exercised by no exchange in tests/conformance/exercised/exchanges.rs: {missing:#?}");
    println!("{} items, all of them exercised", documented.len());
}

/// A document with more in it has exactly that more to exercise, whatever kind it is of.
#[test]
fn a_new_item_is_noticed() {
    let before = documented(&document());
    let show = &pointer("ShowRemoteMirror");
    let parameter = json!([{ "name": "depth", "in": "query", "schema": { "type": "integer" } }]);
    let reference = json!({ "$ref": "#/components/schemas/New" });
    let new = json!({ "type": "object", "properties": { "inner": { "type": "string", "enum": ["a"] } } });
    let response = json!({ "description": "", "content": { "application/json": { "schema": reference } } });
    for (place, name, value, items) in [
        ("/paths", "/v4/new", json!({ "get": { "operationId": "New", "responses": {} } }), vec!["New"]),
        (show, "parameters", parameter, vec!["ShowRemoteMirror, query depth"]),
        (&format!("{show}/responses"), "409", json!({ "description": "" }), vec!["ShowRemoteMirror, answer 409"]),
        (
            &format!("{show}/responses"),
            "409",
            response,
            vec!["ShowRemoteMirror, answer 409", "answer New.inner", "answer New.inner = \"a\""],
        ),
        (
            &format!("{show}/responses/200"),
            "headers",
            json!({ "X-New": {} }),
            vec!["ShowRemoteMirror, answer 200, header X-New"],
        ),
        (
            "/components/schemas/RemoteMirrorSyncRequest/properties",
            "depth",
            json!({ "type": "integer" }),
            vec!["request RemoteMirrorSyncRequest.depth"],
        ),
        (
            "/components/schemas/TokenRole/properties",
            "new",
            reference,
            vec!["answer New.inner", "answer New.inner = \"a\"", "answer TokenRole.new"],
        ),
        (
            "/components/schemas/SyncBranchType",
            "enum",
            json!(["all", "default", "some"]),
            vec!["request SyncBranchType = \"some\""],
        ),
    ] {
        let mut changed = document();
        changed["components"]["schemas"]["New"] = new.clone();
        changed.pointer_mut(place).expect(place)[name] = value;
        let items: BTreeSet<Item> = items.into_iter().map(str::to_owned).collect();
        let added: BTreeSet<Item> = documented(&changed).difference(&before).cloned().collect();
        assert_eq!(added, items, "{place} {name}");
    }
}

/// What both values have in common, field by field: the rest was lost or changed on its way.
fn in_common(left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => left
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), in_common(value, right.get(name)?))))
            .filter(|(_, value)| !value.is_null())
            .collect(),
        (Value::Array(left), Value::Array(right)) => left.iter().zip(right).map(|(l, r)| in_common(l, r)).collect(),
        _ if left == right => left.clone(),
        _ => Value::Null,
    }
}
