//! What the build script refuses, and what it says.

use crate::generate::{self, bounds, document, prepare};

const WHOLE: &str = include_str!("../../openapi.yaml");

/// Why the build script refuses a document, or nothing if it accepts it.
fn complaint(text: &str) -> Option<String> {
    generate::generate(text).err().map(|problem| problem.to_string())
}

/// The document with one text replaced.
fn with(old: &str, new: &str) -> String {
    assert!(WHOLE.contains(old), "{old:?} is not in openapi.yaml");
    WHOLE.replacen(old, new, 1)
}

#[test]
fn the_document_itself_is_accepted() {
    assert_eq!(complaint(WHOLE), None);
}

#[test]
fn a_broken_document_is_refused_with_the_place_and_the_rule() {
    let inline = "schema:\n                type: object";
    for (text, place, rule) in [
        (with("paths:", "paths: ["), "not valid YAML", "line"),
        (with("tags:\n", "tags: []\ntags:\n"), "not valid YAML", "duplicate"),
        (with("openapi: 3.0.3", "openapi: 3.1.0"), "openapi", "write 3.0.3"),
        (with("openapi: 3.0.3", "swagger: 2"), "openapi", "missing"),
        (with("paths:", "pfade:"), "not an OpenAPI document", "paths"),
        (
            with("      operationId: ShowRemoteMirror\n", ""),
            "get /v4/repositories/{repository_id}/remote-mirror",
            "operationId is missing",
        ),
        (with("operationId: ShowRemoteMirror", "operationId: AssociateRemoteMirror"), "associate", "twice"),
        (
            with("schema:\n                $ref: \"#/components/schemas/RemoteMirrorSyncResponse\"", inline),
            "post /v4/repositories/{repository_id}/remote-mirror, response 200",
            "inline schema",
        ),
        (
            with(
                "schema:\n              $ref: \"#/components/schemas/RemoteMirrorSyncRequest\"",
                "schema:\n              type: object",
            ),
            "requestBody",
            "inline schema",
        ),
        (with("\"401\":", "\"4XX\":"), "response 4XX", "list the statuses"),
        (
            with("schemas/RemoteMirrorSyncRequest\"", "schemas/Nope\""),
            "requestBody/content/application~1json/schema",
            "#/components/schemas/Nope names nothing",
        ),
        (with("schemas/Token\"", "schemas/Tokn\""), "/components/parameters/XAuthToken/schema", "names nothing"),
        (with("          type: boolean\n", "          type: bool\n"), "/schema", "the type bool does not exist"),
        (with("      name: repository_id", "      name: repo_id"), "get /v4", "is not both a part of the path"),
        (
            with(
                "\"404\":\n          $ref: \"#/components/responses/NotFound\"",
                "\"404\":\n          $ref: \"#/components/responses/IamError\"",
            ),
            "post /v4/repositories/{repository_id}/remote-mirror",
            "one schema for errors is supported",
        ),
        (
            with(
                "        \"401\":\n",
                "        \"202\":\n          description: x\n          content:\n            application/json:\n              schema:\n                $ref: \"#/components/schemas/RemoteMirror\"\n        \"401\":\n",
            ),
            "post /v4/repositories/{repository_id}/remote-mirror",
            "one schema for success is supported",
        ),
        (with("            - tr-west-1\n", "            - tr west/1\n"), "/v3/auth/tokens", "is no region"),
        (with("#/components/responses/Forbidden", "#/components/responses/Gone"), "Gone", "names nothing"),
        (with("#/components/parameters/XAuthToken", "#/components/parameters/X"), "parameters/X", "names nothing"),
        (with("maximum: 2147483647", "maximum: 99999999999"), "schemas/RepositoryId", "outside of 0 to 4294967295"),
        (with("      maximum: 2147483647\n", ""), "schemas/RepositoryId", "both a minimum and a maximum"),
        (
            with("            type: boolean\n", "            type: integer\n            maximum: 5\n"),
            "parameter archived",
            "components/schemas",
        ),
        (
            with("\n          - tr-west-1\n", "\n          - tr-west-1\n          - cn-north-4\n"),
            "servers",
            "two servers",
        ),
    ] {
        let message = complaint(&text).unwrap_or_else(|| panic!("{place} / {rule}: accepted"));
        assert!(message.contains(place) && message.contains(rule), "{place} / {rule}: {message}");
    }
}

#[test]
fn the_token_and_default_answers_are_taken_out() {
    let mut parsed = document::read(WHOLE).expect("the document");
    prepare::prepare(&mut parsed).expect("prepared");
    let prepared = serde_json::to_string(&parsed).expect("JSON");
    assert!(!prepared.contains("#/components/parameters/XAuthToken"));
    assert!(parsed.operations().all(|(_, _, operation)| operation.responses.default.is_none()));
}

#[test]
fn every_bounded_integer_becomes_a_checked_type() {
    let parsed = document::read(WHOLE).expect("the document");
    assert_eq!(bounds::checked_integers(&parsed), ["RepositoryId", "PageOffset", "PageLimit"]);
    let changed = document::read(&with("maximum: 2147483647", "maximum: 7")).expect("the document");
    let code = bounds::generate(&changed).expect("code").to_string();
    assert!(code.contains("REPOSITORY_ID : std :: ops :: RangeInclusive < u32 > = 1u32 ..= 7u32"), "{code}");
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
    assert!(contract.contains("check_array::<crate::types::RepositoryPage>"), "{contract}");
}

#[test]
fn an_operation_may_have_an_acronym_in_its_name() {
    let (_, contract) = generated(&with("ListCurrentUserRepositories", "ListHTTPTagsV2"));
    assert!(contract.contains("fn list_http_tags_v2(&self)"), "{contract}");
}

#[test]
fn a_deprecated_operation_is_deprecated_in_the_client() {
    let text = with("operationId: ShowRemoteMirror\n", "operationId: ShowRemoteMirror\n      deprecated: true\n");
    let (_, contract) = generated(&text);
    assert_eq!(contract.matches("#[deprecated").count(), 1);
    let after = contract.split("#[deprecated").nth(1).expect("a method");
    let method = after.split("pub fn ").nth(1).expect("a method");
    assert!(method.starts_with("show_remote_mirror("), "{method}");
}
