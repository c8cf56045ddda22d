//! What the build script supports and what it refuses. The documents are changed in their structure, not in their text,
//! so these tests fail only for what they test.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::generate::{self, bounds, document, prepare};

const WHOLE: &str = include_str!("../../openapi.yaml");
const SUPPORT: &str = include_str!("../../docs/openapi-support.md");

/// Why the build script refuses a document, or nothing if it accepts it.
fn complaint(text: &str) -> Option<String> {
    generate::generate(text).err().map(|problem| problem.to_string())
}

fn whole() -> Value {
    yaml_serde::from_str(WHOLE).expect("openapi.yaml")
}

/// The pointer to an operation that satisfies this.
fn find(document: &Value, wanted: impl Fn(&Value) -> bool) -> String {
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        let path = path.replace('~', "~0").replace('/', "~1");
        item.as_object().expect("a path").iter().map(move |(method, value)| (format!("/paths/{path}/{method}"), value))
    });
    let mut operations = operations.filter(|(_, value)| value.get("operationId").is_some());
    operations.find(|(_, operation)| wanted(operation)).expect("such an operation").0
}

/// A document that has something to change: an operation with a body, one with a query, and some schemas.
struct Doctored {
    document: Value,
    /// Pointers to an operation with a body, and to one whose first query parameter has an inline schema.
    start: String,
    list: String,
}

impl Doctored {
    fn new() -> Self {
        let document = whole();
        let start = find(&document, |operation| {
            operation.get("requestBody").is_some() && operation["responses"].get("404").is_some()
        });
        let list = find(&document, |operation| operation["operationId"] == "ListCurrentUserRepositories");
        Self { document, start, list }
    }

    fn at(&mut self, pointer: &str) -> &mut Value {
        let missing = format!("{pointer} is not in openapi.yaml");
        self.document.pointer_mut(pointer).expect(&missing)
    }

    fn operation(&mut self) -> &mut Value {
        let start = self.start.clone();
        self.at(&start)
    }

    fn status(&mut self) -> String {
        let responses = self.operation()["responses"].as_object().expect("responses");
        responses.keys().find(|status| status.starts_with('2')).expect("a success").clone()
    }

    /// The schema that the request body names.
    fn request(&mut self) -> &mut Value {
        let operation = self.operation();
        let name = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let pointer = name.as_str().expect("a $ref")[1..].to_owned();
        self.at(&pointer)
    }

    /// The schema that the answer names.
    fn answer(&mut self) -> &mut Value {
        let status = self.status();
        let operation = self.operation();
        let name = &operation["responses"][&status]["content"]["application/json"]["schema"]["$ref"];
        let pointer = name.as_str().expect("a $ref")[1..].to_owned();
        self.at(&pointer)
    }

    fn schemas(&mut self) -> &mut Value {
        self.at("/components/schemas")
    }

    /// Adds a parameter to the operation that lists.
    fn parameter(&mut self, parameter: Value) {
        let pointer = format!("{}/parameters", self.list);
        self.at(&pointer).as_array_mut().expect("parameters").push(parameter);
    }
}

/// A change of the document, and what the build script says to it; nothing if it is supported.
struct Row {
    feature: &'static str,
    change: fn(&mut Doctored),
    refusal: Option<(&'static str, &'static str)>,
}

const fn works(feature: &'static str, change: fn(&mut Doctored)) -> Row {
    Row { feature, change, refusal: None }
}

const fn refused(feature: &'static str, change: fn(&mut Doctored), place: &'static str, rule: &'static str) -> Row {
    Row { feature, change, refusal: Some((place, rule)) }
}

/// Each is a row of docs/openapi-support.md.
fn rows() -> Vec<Row> {
    const INLINE: &str = "a range in an inline schema would not be enforced";
    vec![
        works("a new optional query parameter", |it| {
            it.parameter(json!({"name": "shade", "in": "query", "schema": {"type": "string"}}));
        }),
        works("a new optional field in a request", |it| {
            it.request()["properties"]["shade"] = json!({"type": "string"})
        }),
        works("a new field in an answer", |it| it.answer()["properties"]["shade"] = json!({"type": "string"})),
        works("`nullable` in an answer", |it| {
            it.answer()["properties"]["shade"] = json!({"type": "string", "nullable": true});
        }),
        works("`additionalProperties` of an answer", |it| {
            it.schemas()["Shade"] = json!({"type": "object", "additionalProperties": {"type": "string"}});
            it.answer()["properties"]["shade"] = json!({"$ref": "#/components/schemas/Shade"});
        }),
        works("`allOf` with one `$ref`", |it| {
            it.schemas()["Shade"] = json!({"type": "object", "properties": {"tone": {"type": "string"}}});
            it.answer()["properties"]["shade"] =
                json!({"description": "A shade.", "allOf": [{"$ref": "#/components/schemas/Shade"}]});
        }),
        works("`deprecated` on an operation", |it| it.operation()["deprecated"] = json!(true)),
        works("an `x-` extension", |it| it.operation()["x-shade"] = json!({"any": ["thing"]})),
        works("two statuses of success with the same schema", |it| {
            let status = it.status();
            let answer = it.operation()["responses"][&status].clone();
            it.operation()["responses"]["202"] = answer;
        }),
        works("another maximum", |it| it.at("/components/schemas/PageLimit")["maximum"] = json!(1000)),
        works("another path", |it| {
            let item = it.document["paths"].as_object_mut().expect("paths").remove("/v4/user/repositories");
            it.document["paths"]["/v5/user/repositories"] = item.expect("a path");
        }),
        refused(
            "OpenAPI 3.1 and Swagger 2",
            |it| it.document["openapi"] = json!("3.1.0"),
            "openapi",
            "version 3.1.0 is not supported",
        ),
        refused(
            "a keyword that OpenAPI 3.0 does not have, and `callbacks`, `links`, `style`, `encoding`, `xml`",
            |it| it.request()["requred"] = json!(["username"]),
            "> requred",
            "not a keyword of a schema in OpenAPI 3.0",
        ),
        refused(
            "a value of another type",
            |it| it.at("/components/schemas/PageLimit")["maximum"] = json!("100"),
            "PageLimit > maximum",
            "expected a number, found the text \"100\"",
        ),
        refused(
            "an unknown word of a keyword",
            |it| it.parameter(json!({"name": "shade", "in": "querry", "schema": {"type": "string"}})),
            "> in",
            "expected one of path, query, header, found the text \"querry\"",
        ),
        refused(
            "`additionalProperties` that is neither a flag nor a schema",
            |it| it.request()["additionalProperties"] = json!("ture"),
            "additionalProperties",
            "expected true, false or a schema",
        ),
        refused(
            "a YAML merge key",
            |it| it.request()["properties"]["<<"] = json!({}),
            "> <<",
            "YAML merge keys are not applied",
        ),
        refused(
            "a keyword next to `$ref`",
            |it| it.answer()["properties"]["a"] = json!({"$ref": "#/components/schemas/PageLimit", "nullable": true}),
            "> nullable",
            "ignores what stands beside $ref",
        ),
        refused(
            "a `$ref` to nothing",
            |it| it.answer()["properties"]["a"] = json!({"$ref": "#/components/schemas/Nope"}),
            "properties > a",
            "#/components/schemas/Nope names nothing",
        ),
        refused(
            "other formats, `date-time` and `uuid` among them",
            |it| it.request()["properties"]["a"] = json!({"type": "string", "format": "bytes"}),
            "a > format",
            "the format bytes is not supported",
        ),
        refused(
            "`required` without the property",
            |it| it.request()["required"] = json!(["nothing"]),
            "> required",
            "nothing is not a property",
        ),
        refused(
            "a `default` or an `example` that its schema refuses",
            |it| it.at("/components/schemas/PageLimit")["default"] = json!(200_000),
            "PageLimit > default",
            "200000 is out of range",
        ),
        refused(
            "`nullable` in a request",
            |it| it.request()["properties"]["a"] = json!({"type": "string", "nullable": true}),
            "a > nullable",
            "never sends null",
        ),
        refused(
            "a range or a pattern in an inline schema",
            |it| it.request()["properties"]["depth"] = json!({"type": "integer", "minimum": 1, "maximum": 1000}),
            "depth > minimum",
            INLINE,
        ),
        refused(
            "`pattern`, except of `MirrorUrl`",
            |it| it.schemas()["Shade"] = json!({"type": "string", "pattern": "^a"}),
            "Shade > pattern",
            "only MirrorUrl has a pattern",
        ),
        refused(
            "`oneOf`, `anyOf`, `not`, `multipleOf`, exclusive bounds, `uniqueItems`",
            |it| it.answer()["properties"]["a"] = json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
            "a > oneOf",
            "not enforce it",
        ),
        works("an `enum` of text in an answer", |it| {
            it.answer()["properties"]["shade"] = json!({"type": "string", "enum": ["light", "dark"]});
        }),
        refused(
            "an `enum` of numbers in an answer",
            |it| it.answer()["properties"]["a"] = json!({"type": "integer", "enum": [1]}),
            "a > enum",
            "only an enum of type string is open",
        ),
        works("an operation that answers without a body", |it| {
            let responses = it.operation()["responses"].as_object_mut().expect("responses");
            responses.retain(|status, _| !status.starts_with('2'));
            responses.insert("204".to_owned(), json!({"description": "Done."}));
        }),
        refused(
            "an answer without a body beside one with a body",
            |it| it.operation()["responses"]["204"] = json!({"description": "Done."}),
            "response 204",
            "only if no success of the operation has one",
        ),
        works("an integer of 64 bits", |it| {
            it.at("/components/schemas/RepositoryId")["maximum"] = json!(9_007_199_254_740_991_i64);
        }),
        refused(
            "`deprecated` on a field",
            |it| it.request()["properties"]["a"] = json!({"type": "string", "deprecated": true}),
            "a > deprecated",
            "say it in the description",
        ),
        refused(
            "`deprecated` on a parameter",
            |it| {
                it.parameter(json!({"name": "shade", "in": "query", "deprecated": true, "schema": {"type": "string"}}));
            },
            "> deprecated",
            "say it in the description",
        ),
        refused(
            "a path parameter without `required: true`",
            |it| it.at("/components/parameters/RepositoryId")["required"] = json!(false),
            "components > parameters > RepositoryId",
            "a path parameter is always required",
        ),
        refused(
            "a path and its parameters that differ",
            |it| it.at("/components/parameters/RepositoryId")["name"] = json!("repo_id"),
            "/v4/",
            "is not both a part of the path",
        ),
        refused(
            "an operation without an `operationId`, or with a duplicate one",
            |it| {
                let pointer = it.list.clone();
                let id = it.at(&pointer)["operationId"].clone();
                it.operation()["operationId"] = id;
            },
            "/v4/",
            "duplicate operationId",
        ),
        refused(
            "an inline schema as a body",
            |it| it.operation()["requestBody"]["content"]["application/json"]["schema"] = json!({"type": "object"}),
            "requestBody",
            "inline schema",
        ),
        refused(
            "a range of statuses",
            |it| {
                let answer = it.operation()["responses"]["404"].clone();
                it.operation()["responses"]["4XX"] = answer;
            },
            "response 4XX",
            "list the statuses",
        ),
        refused(
            "two schemas of success, or two of errors, in one operation",
            |it| {
                it.operation()["responses"]["202"] = json!({"description": "x", "content": {"application/json":
                    {"schema": {"$ref": "#/components/schemas/PageLimit"}}}});
            },
            "post /v",
            "one schema for success is supported",
        ),
        refused(
            "an integer with only one bound",
            |it| {
                it.at("/components/schemas/PageLimit").as_object_mut().expect("a schema").remove("maximum");
            },
            "schemas/PageLimit",
            "both a minimum and a maximum",
        ),
        refused(
            "a region in two servers",
            |it| {
                let servers = it.document["servers"].as_array_mut().expect("servers");
                let region = servers[0]["variables"]["region"]["enum"][0].clone();
                servers[1]["variables"]["region"]["enum"].as_array_mut().expect("regions").push(region);
            },
            "servers",
            "two servers",
        ),
    ]
}

#[test]
fn the_document_itself_is_accepted() {
    assert_eq!(complaint(WHOLE), None);
}

#[test]
fn every_feature_is_supported_or_refused_as_the_table_says() {
    let mut wrong = Vec::new();
    for Row { feature, change, refusal } in rows() {
        let mut doctored = Doctored::new();
        change(&mut doctored);
        let message = complaint(&yaml_serde::to_string(&doctored.document).expect("YAML"));
        let is_right = match (&message, refusal) {
            (None, None) => true,
            (Some(message), Some((place, rule))) => message.contains(place) && message.contains(rule),
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{feature}: expected {refusal:?}, got {message:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    assert_eq!(complaint(&format!("\u{feff}{WHOLE}")), None);
    assert_eq!(complaint(&WHOLE.replace('\n', "\r\n")), None);
}

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
    let parsed = document::read(WHOLE).expect("the document");
    let mut checked = bounds::checked_integers(&parsed);
    bounded.sort();
    checked.sort();
    assert_eq!(checked, bounded);
    schemas["RepositoryId"]["maximum"] = json!(777);
    let changed = document::read(&yaml_serde::to_string(&document).expect("YAML")).expect("the document");
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
    let (client, contract) = generated(&yaml_serde::to_string(&doctored.document).expect("YAML"));
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
fn generated(text: &str) -> (String, String) {
    let code = generate::generate(text).expect("code");
    let text = |code| prettyplease::unparse(&syn::parse2(code).expect("Rust"));
    (text(code.client), text(code.contract))
}

#[test]
fn every_operation_has_a_method_and_a_check_of_its_answers() {
    let (client, contract) = generated(WHOLE);
    let operations = client.matches("operation_id: \"").count();
    assert!(operations > 0);
    assert_eq!(contract.matches("-> crate::builder::").count(), operations);
    assert_eq!(contract.matches("crate::answer::check_").count(), operations);
    assert!(contract.contains("check_array::<crate::types::"), "{contract}");
}

#[test]
fn an_operation_may_have_an_acronym_in_its_name() {
    let mut doctored = Doctored::new();
    doctored.operation()["operationId"] = json!("ListHTTPTagsV2");
    let (_, contract) = generated(&yaml_serde::to_string(&doctored.document).expect("YAML"));
    assert!(contract.contains("fn list_http_tags_v2(&self)"), "{contract}");
}

#[test]
fn a_deprecated_operation_is_deprecated_in_the_client() {
    let mut doctored = Doctored::new();
    doctored.operation()["deprecated"] = json!(true);
    doctored.operation()["operationId"] = json!("ShowShade");
    let (_, contract) = generated(&yaml_serde::to_string(&doctored.document).expect("YAML"));
    assert_eq!(contract.matches("#[deprecated").count(), 1);
    let after = contract.split("#[deprecated").nth(1).expect("a method");
    let method = after.split("pub fn ").nth(1).expect("a method");
    assert!(method.starts_with("show_shade("), "{method}");
}
