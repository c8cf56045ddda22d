//! What the build script supports and what it refuses. Each is a row of docs/openapi-support.md.

use serde_json::json;

use super::doctored::Doctored;
use crate::contract::path;

/// A change of the document, and what the build script says to it; nothing if it is supported.
pub(super) struct Row {
    pub(super) feature: &'static str,
    pub(super) change: fn(&mut Doctored),
    pub(super) refusal: Option<(&'static str, &'static str)>,
}

const fn works(feature: &'static str, change: fn(&mut Doctored)) -> Row {
    Row { feature, change, refusal: None }
}

const fn refused(feature: &'static str, change: fn(&mut Doctored), place: &'static str, rule: &'static str) -> Row {
    Row { feature, change, refusal: Some((place, rule)) }
}

pub(super) fn rows() -> Vec<Row> {
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
        works("a number with a fraction in an answer", |it| {
            it.answer()["properties"]["shade"] = json!({"type": "number", "format": "double"});
        }),
        works("a schema that contains itself", |it| {
            let shades = json!({"type": "array", "items": {"$ref": "#/components/schemas/Shade"}});
            it.schemas()["Shade"] = json!({"type": "object", "properties": {"shades": shades}});
            it.answer()["properties"]["shade"] = json!({"$ref": "#/components/schemas/Shade"});
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
            let path = path("ListCurrentUserRepositories", &[]);
            let item = it.document["paths"].as_object_mut().expect("paths").remove(&path);
            it.document["paths"][format!("/moved{path}")] = item.expect("a path");
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
            "an object with fields in an inline schema",
            |it| {
                it.answer()["properties"]["a"] = json!({"type": "object", "properties": {"b": {"type": "string"}}});
            },
            "> a",
            "an object with fields needs a name",
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
            "{repository_id}",
            "is not both a part of the path",
        ),
        refused(
            "an operation without an `operationId`, or with a duplicate one",
            |it| {
                let pointer = it.list.clone();
                let id = it.at(&pointer)["operationId"].clone();
                it.operation()["operationId"] = id;
            },
            "get /",
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
