//! The code that is generated.

use serde_json::{Value, json};

use super::doctored::Doctored;
use super::{WHOLE, parsed, whole};
use crate::contract::{self, resolve, shared_document};
use crate::generate::{bounds, document, prepare};

// What the build script made of the document itself.
const CLIENT: &str = include_str!(concat!(env!("OUT_DIR"), "/client.rs"));
const CONTRACT: &str = include_str!(concat!(env!("OUT_DIR"), "/contract.rs"));

#[test]
fn the_token_and_default_answers_are_removed() {
    let mut parsed = document::read(WHOLE).expect("the document");
    prepare::prepare(&mut parsed).expect("prepared");
    let prepared = serde_json::to_string(&parsed).expect("JSON");
    assert!(!prepared.contains("#/components/parameters/XAuthToken"));
    assert!(parsed.operations().all(|(_, _, operation)| operation.responses.default.is_none()));
}

#[test]
fn every_bounded_integer_becomes_a_checked_type() {
    let mut document = whole();
    let schemas = document["components"]["schemas"].as_object_mut().expect("schemas");
    let mut bounded: Vec<String> = schemas
        .iter()
        .filter(|(_, schema)| schema["type"] == "integer" && schema.get("maximum").is_some())
        .map(|(name, _)| name.clone())
        .collect();
    let mut checked = bounds::checked_integers(&document::read(WHOLE).expect("the document"));
    bounded.sort();
    checked.sort();
    assert_eq!(checked, bounded);
    schemas["RepositoryId"]["maximum"] = json!(777);
    let changed = parsed(&document).expect("the document");
    let code = bounds::generate(&changed).expect("code").to_string();
    assert!(code.contains("REPOSITORY_ID") && code.contains("..= 777"), "{code}");
}

#[test]
fn a_range_gets_the_smallest_type_that_holds_it() {
    for (least, most, number) in [
        (0, 1, "u32"),
        (0, i64::from(u32::MAX), "u32"),
        (1, i64::from(u32::MAX) + 1, "u64"),
        (0, i64::MAX, "u64"),
        (-1, 1, "i32"),
        (i64::from(i32::MIN), i64::from(i32::MAX), "i32"),
        (-1, i64::from(u32::MAX), "i64"),
        (i64::MIN, i64::MAX, "i64"),
    ] {
        let text = format!(
            "{{openapi: 3.0.3, info: {{title: a, version: b}}, paths: {{}}, components: {{schemas: \
             {{Shade: {{type: integer, minimum: {least}, maximum: {most}}}}}}}}}"
        );
        let code = bounds::generate(&document::read(&text).expect("a document")).expect("code");
        let contract = prettyplease::unparse(&syn::parse2(code).expect("Rust"));
        let constant = format!("pub const SHADE: std::ops::RangeInclusive<{number}> = {least}..={most};");
        assert!(contract.contains(&constant), "{constant}\n{contract}");
    }
}

/// The type that both macros make is tested in `src/open_words.rs`.
#[test]
fn an_enum_in_an_answer_is_open_and_one_in_a_request_is_closed() {
    let mut doctored = Doctored::new();
    let words = json!({"type": "string", "enum": ["light", "light!", "other", "1st"]});
    doctored.schemas()["Shade"] = words.clone();
    doctored.schemas()["Tone"] = words.clone();
    doctored.answer()["properties"]["shade"] = json!({"$ref": "#/components/schemas/Shade"});
    doctored.answer()["properties"]["inline"] = words.clone();
    doctored.answer()["properties"]["list"] = json!({"type": "array", "items": words});
    doctored.answer()["properties"]["maybe"] = json!({"type": "string", "enum": ["a"], "nullable": true});
    doctored.request()["properties"]["tone"] = json!({"$ref": "#/components/schemas/Tone"});
    let status = doctored.status();
    let answer = doctored.operation()["responses"][&status]["content"]["application/json"]["schema"]["$ref"].clone();
    let answer = answer.as_str().expect("a $ref").rsplit('/').next().expect("a name").to_owned();
    let (client, contract) = generated(&doctored);
    let variants = r#"{ "light" => Light, "light!" => LightWord, "other" => OtherWord, "1st" => Word1st }"#;
    let plain = |code: &str| code.split_whitespace().collect::<Vec<_>>().join(" ");
    let (client, contract) = (plain(&client), plain(&contract));
    for name in ["Shade".to_owned(), format!("{answer}Inline"), format!("{answer}ListItem")] {
        assert!(contract.contains(&format!("{name} {variants}")), "{name} {variants}: {contract}");
        assert!(client.contains(&format!("crate::{name}")), "{name}");
    }
    assert!(client.contains(&format!("pub maybe: ::std::option::Option<crate::{answer}Maybe>")));
    assert!(!contract.contains("Tone {"));
    let before = client.split("pub enum Tone").next().expect("a type");
    assert!(before.rsplit("///").next().is_some_and(|attributes| attributes.contains("#[non_exhaustive]")));
}

/// The generated client and what is generated beside it, as text.
fn generated(document: &Doctored) -> (String, String) {
    let code = document.code().expect("code");
    let text = |code| prettyplease::unparse(&syn::parse2(code).expect("Rust"));
    (text(code.client), text(code.contract))
}

#[test]
fn every_operation_has_a_method_and_a_check_of_its_answers() {
    let operations = CLIENT.matches("operation_id: \"").count();
    assert!(operations > 0);
    assert_eq!(CONTRACT.matches("-> crate::builder::").count(), operations);
    let document = shared_document();
    // An answer such as 204 has nothing to check.
    let has_body = |operation: &Value| {
        let mut answers = operation["responses"].as_object().into_iter().flatten();
        answers.any(|(status, answer)| status.starts_with('2') && resolve(document, answer).get("content").is_some())
    };
    let checked = contract::operations(document).iter().filter(|(.., operation)| has_body(operation)).count();
    assert_eq!(CONTRACT.matches("crate::answer::check_").count(), checked);
    assert!(CONTRACT.contains("check_array::<crate::types::"), "{CONTRACT}");
}

#[test]
fn an_operation_may_have_an_acronym_in_its_name() {
    let mut doctored = Doctored::new();
    doctored.operation()["operationId"] = json!("ListHTTPTagsV2");
    let (_, contract) = generated(&doctored);
    assert!(contract.contains("fn list_http_tags_v2(&self)"), "{contract}");
}

#[test]
fn a_deprecated_operation_is_deprecated_in_the_client() {
    let mut doctored = Doctored::new();
    doctored.operation()["deprecated"] = json!(true);
    doctored.operation()["operationId"] = json!("ShowShade");
    let (_, contract) = generated(&doctored);
    assert_eq!(contract.matches("#[deprecated").count(), 1);
    let after = contract.split("#[deprecated").nth(1).expect("a method");
    let method = after.split("pub fn ").nth(1).expect("a method");
    assert!(method.starts_with("show_shade("), "{method}");
}

#[test]
fn a_new_field_or_word_breaks_no_literal_and_no_match() {
    let file = syn::parse_file(CLIENT).expect("Rust");
    let types = file.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let mut checked = 0;
    for item in &types.expect("the types").1 {
        let (name, attributes) = match item {
            syn::Item::Struct(item) if matches!(item.fields, syn::Fields::Named(_)) => (&item.ident, &item.attrs),
            syn::Item::Enum(item) => (&item.ident, &item.attrs),
            _ => continue,
        };
        assert!(attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive")), "{name}");
        checked += 1;
    }
    assert!(checked > 0);
}
