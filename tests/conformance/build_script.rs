//! What the build script refuses, and what it says.

use quote::quote;

use crate::{amend, bounds, document, generator, prepare, regions};

const WHOLE: &str = include_str!("../../openapi.yaml");

/// What the build script says of a document, or nothing when it is content.
fn complaint(text: &str) -> Option<String> {
    let run = || {
        let mut parsed = document::read(text)?;
        bounds::generate(&parsed)?;
        regions::generate(&parsed)?;
        prepare::list_operations(&parsed)?;
        prepare::prepare(&mut parsed)
    };
    run().err().map(|problem| problem.to_string())
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

const OPERATIONS: usize = 6;

/// What progenitor writes of the document, amended, as text.
fn amended(text: &str) -> String {
    let mut parsed = document::read(text).expect("a document");
    prepare::prepare(&mut parsed).expect("prepared");
    let code = generator::generator(&parsed, "crate").generate_tokens(&parsed).expect("code");
    let mut code = syn::parse2(code).expect("Rust");
    amend::amend(&mut code, OPERATIONS).expect("amended");
    prettyplease::unparse(&code)
}

#[test]
fn every_operation_is_amended() {
    let code = amended(WHOLE);
    assert_eq!(code.matches("crate::address::request(").count(), OPERATIONS);
    assert_eq!(code.matches("crate::answer::decode(").count(), OPERATIONS);
    assert_eq!(code.matches("ResponseValue::from_response(").count(), code.matches("Box::pin(").count());
    for left in ["\"api-version\"", "header_map", ".client.post("] {
        assert!(!code.contains(left), "{left}");
    }
}

#[test]
fn other_headers_of_an_operation_stay() {
    let header = "- name: X-Trace\n          in: header\n          schema: {type: string}\n        - $ref";
    let document = with("parameters:\n        - $ref", &format!("parameters:\n        {header}"));
    let code = amended(&document);
    assert_eq!(code.matches(".headers(header_map)").count(), 1);
    assert_eq!(code.matches("header_map.append(\"X-Trace\"").count(), 1);
    assert!(!code.contains("\"api-version\""));
}

#[test]
fn code_that_is_not_what_it_used_to_be_is_refused_with_the_operation() {
    let version = quote! { header_map.append(HeaderName::from_static("api-version"), version); };
    let map = quote! { let mut header_map = HeaderMap::with_capacity(1usize); };
    let request = quote! { let mut request = self.client.get(url).headers(header_map).build()?; };
    let answer = quote! { match status { 200u16 => { ResponseValue::from_response(response).await } } };
    let complaint = |body: proc_macro2::TokenStream| {
        let mut code = syn::parse2(quote! { impl Client { pub async fn look(&self) { #body } } }).expect("Rust");
        amend::amend(&mut code, 1).err().map(|problem| problem.to_string())
    };
    assert_eq!(complaint(quote! { #map #version #request #answer }), None);
    for (body, missing) in [
        (quote! { #map #request #answer }, "header api-version"),
        (quote! { #map #version let request = self.http.get(url); #answer }, "request"),
        (quote! { #map #version #request response.json().await }, "answer"),
    ] {
        let said = complaint(body).expect("a complaint");
        assert!(said.starts_with("operation look: ") && said.contains(&format!("no {missing} as")), "{said}");
    }
    let elsewhere = syn::parse2(quote! { impl Calls for Client { async fn look(&self) {} } });
    let said = amend::amend(&mut elsewhere.expect("Rust"), 1).expect_err("a complaint").to_string();
    assert!(said.contains("0 of 1 were found"), "{said}");
}
