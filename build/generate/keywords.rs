//! The keywords of OpenAPI 3.0: refuses every key that its object does not have and every value of another kind, with
//! the place. A parser passes over a misspelled keyword, and a bound or a secret's format would be lost.

use serde_json::{Map, Value};

use super::document::Problem;

/// What may stand behind a key.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Flag,
    Number,
    /// A whole number from 0.
    Count,
    Anything,
    Word(&'static [&'static str]),
    Texts,
    /// An object of this kind, or a list of or a map to such objects.
    One(Kind),
    List(Kind),
    Map(Kind),
    /// `additionalProperties`.
    FlagOrSchema,
}

use Shape::{Anything, Count, Flag, FlagOrSchema, List, Number, One, Text, Texts, Word};

#[derive(Clone, Copy)]
enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Response,
    Example,
    Header,
    Tag,
    Schema,
    Discriminator,
    Components,
    SecurityScheme,
    SecurityRequirement,
}

const TYPES: Shape = Word(&["string", "number", "integer", "boolean", "array", "object"]);

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Info => "info object",
            Self::Contact => "contact",
            Self::License => "license",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::PathItem => "path",
            Self::Operation => "operation",
            Self::ExternalDocs => "externalDocs object",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::MediaType => "media type",
            Self::Response => "response",
            Self::Example => "example",
            Self::Header => "header",
            Self::Tag => "tag",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::Components => "components object",
            Self::SecurityScheme => "security scheme",
            Self::SecurityRequirement => "security requirement",
        }
    }

    fn keywords(self) -> &'static [(&'static str, Shape)] {
        match self {
            Self::Document => &[
                ("openapi", Text),
                ("info", One(Self::Info)),
                ("servers", List(Self::Server)),
                ("paths", Shape::Map(Self::PathItem)),
                ("components", One(Self::Components)),
                ("security", List(Self::SecurityRequirement)),
                ("tags", List(Self::Tag)),
                ("externalDocs", One(Self::ExternalDocs)),
            ],
            Self::Info => &[
                ("title", Text),
                ("description", Text),
                ("termsOfService", Text),
                ("contact", One(Self::Contact)),
                ("license", One(Self::License)),
                ("version", Text),
            ],
            Self::Contact => &[("name", Text), ("url", Text), ("email", Text)],
            Self::License => &[("name", Text), ("url", Text)],
            Self::Server => &[("url", Text), ("description", Text), ("variables", Shape::Map(Self::ServerVariable))],
            Self::ServerVariable => &[("enum", Texts), ("default", Text), ("description", Text)],
            Self::PathItem => &[
                ("summary", Text),
                ("description", Text),
                ("get", One(Self::Operation)),
                ("put", One(Self::Operation)),
                ("post", One(Self::Operation)),
                ("delete", One(Self::Operation)),
                ("options", One(Self::Operation)),
                ("head", One(Self::Operation)),
                ("patch", One(Self::Operation)),
                ("trace", One(Self::Operation)),
                ("servers", List(Self::Server)),
                ("parameters", List(Self::Parameter)),
            ],
            Self::Operation => &[
                ("tags", Texts),
                ("summary", Text),
                ("description", Text),
                ("externalDocs", One(Self::ExternalDocs)),
                ("operationId", Text),
                ("parameters", List(Self::Parameter)),
                ("requestBody", One(Self::RequestBody)),
                ("responses", Shape::Map(Self::Response)),
                ("deprecated", Flag),
                ("security", List(Self::SecurityRequirement)),
                ("servers", List(Self::Server)),
            ],
            Self::ExternalDocs => &[("description", Text), ("url", Text)],
            Self::Parameter => &[
                ("name", Text),
                ("in", Word(&["path", "query", "header"])),
                ("description", Text),
                ("required", Flag),
                ("deprecated", Flag),
                ("schema", One(Self::Schema)),
                ("example", Anything),
                ("examples", Shape::Map(Self::Example)),
            ],
            Self::Header => &[
                ("description", Text),
                ("required", Flag),
                ("deprecated", Flag),
                ("schema", One(Self::Schema)),
                ("example", Anything),
                ("examples", Shape::Map(Self::Example)),
            ],
            Self::RequestBody => &[("description", Text), ("content", Shape::Map(Self::MediaType)), ("required", Flag)],
            Self::MediaType => {
                &[("schema", One(Self::Schema)), ("example", Anything), ("examples", Shape::Map(Self::Example))]
            }
            Self::Response => &[
                ("description", Text),
                ("headers", Shape::Map(Self::Header)),
                ("content", Shape::Map(Self::MediaType)),
            ],
            Self::Example => &[("summary", Text), ("description", Text), ("value", Anything)],
            Self::Tag => &[("name", Text), ("description", Text), ("externalDocs", One(Self::ExternalDocs))],
            Self::Schema => &[
                ("title", Text),
                ("description", Text),
                ("type", TYPES),
                ("format", Text),
                ("nullable", Flag),
                ("deprecated", Flag),
                ("readOnly", Flag),
                ("writeOnly", Flag),
                ("enum", Anything),
                ("default", Anything),
                ("example", Anything),
                ("minimum", Number),
                ("maximum", Number),
                ("exclusiveMinimum", Flag),
                ("exclusiveMaximum", Flag),
                ("multipleOf", Number),
                ("minLength", Count),
                ("maxLength", Count),
                ("pattern", Text),
                ("items", One(Self::Schema)),
                ("minItems", Count),
                ("maxItems", Count),
                ("uniqueItems", Flag),
                ("properties", Shape::Map(Self::Schema)),
                ("required", Texts),
                ("minProperties", Count),
                ("maxProperties", Count),
                ("additionalProperties", FlagOrSchema),
                ("allOf", List(Self::Schema)),
                ("oneOf", List(Self::Schema)),
                ("anyOf", List(Self::Schema)),
                ("not", One(Self::Schema)),
                ("discriminator", One(Self::Discriminator)),
                ("externalDocs", One(Self::ExternalDocs)),
            ],
            Self::Discriminator => &[("propertyName", Text), ("mapping", Anything)],
            Self::Components => &[
                ("schemas", Shape::Map(Self::Schema)),
                ("responses", Shape::Map(Self::Response)),
                ("parameters", Shape::Map(Self::Parameter)),
                ("examples", Shape::Map(Self::Example)),
                ("requestBodies", Shape::Map(Self::RequestBody)),
                ("headers", Shape::Map(Self::Header)),
                ("securitySchemes", Shape::Map(Self::SecurityScheme)),
            ],
            Self::SecurityScheme => &[
                ("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
                ("description", Text),
                ("name", Text),
                ("in", Word(&["query", "header", "cookie"])),
                ("scheme", Text),
                ("bearerFormat", Text),
                ("flows", Anything),
                ("openIdConnectUrl", Text),
            ],
            // Its keys are names of security schemes.
            Self::SecurityRequirement => &[],
        }
    }

    fn may_be_reference(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::RequestBody
                | Self::Response
                | Self::Example
                | Self::Header
                | Self::Schema
                | Self::SecurityScheme
        )
    }
}

/// Refuses what is not OpenAPI 3.0.
pub(crate) fn check(document: &Value) -> Result<(), Problem> {
    object(Kind::Document, document, &mut Vec::new())
}

fn object(kind: Kind, value: &Value, place: &mut Vec<String>) -> Result<(), Problem> {
    let Value::Object(members) = value else { return wrong(place, "an object", value) };
    if let Some(reference) = members.get("$ref").filter(|_| kind.may_be_reference()) {
        return reference_alone(members, reference, place);
    }
    for (key, child) in members {
        if key == "<<" {
            return at(place, "<<", "YAML merge keys are not applied; write the members out");
        }
        if key.starts_with("x-") || matches!(kind, Kind::SecurityRequirement) {
            continue;
        }
        let Some((_, shape)) = kind.keywords().iter().find(|(name, _)| name == key) else {
            let rule = format!("not a keyword of a {} in OpenAPI 3.0 that this build supports", kind.name());
            return at(place, key, rule);
        };
        inside(place, key, |place| fits(*shape, child, place))?;
    }
    Ok(())
}

fn reference_alone(members: &Map<String, Value>, reference: &Value, place: &mut Vec<String>) -> Result<(), Problem> {
    if !reference.is_string() {
        return inside(place, "$ref", |place| wrong(place, "a text", reference));
    }
    match members.keys().find(|key| *key != "$ref") {
        Some(key) => {
            at(place, key, "OpenAPI 3.0 ignores what stands beside $ref; remove it, or wrap the $ref in allOf")
        }
        None => Ok(()),
    }
}

fn fits(shape: Shape, value: &Value, place: &mut Vec<String>) -> Result<(), Problem> {
    match shape {
        Anything => Ok(()),
        Text if !value.is_string() => wrong(place, "a text", value),
        Flag if !value.is_boolean() => wrong(place, "true or false", value),
        Number if !value.is_number() => wrong(place, "a number", value),
        Count if !value.is_u64() => wrong(place, "a whole number from 0", value),
        Text | Flag | Number | Count => Ok(()),
        Word(words) => match value.as_str() {
            Some(word) if words.contains(&word) => Ok(()),
            _ => wrong(place, &format!("one of {}", words.join(", ")), value),
        },
        Texts => match value.as_array() {
            Some(items) if items.iter().all(Value::is_string) => Ok(()),
            _ => wrong(place, "a list of texts", value),
        },
        One(kind) => object(kind, value, place),
        FlagOrSchema if value.is_boolean() => Ok(()),
        FlagOrSchema if value.is_object() => object(Kind::Schema, value, place),
        FlagOrSchema => wrong(place, "true, false or a schema", value),
        List(kind) => {
            let Value::Array(items) = value else { return wrong(place, "a list", value) };
            for (index, item) in items.iter().enumerate() {
                inside(place, &index.to_string(), |place| object(kind, item, place))?;
            }
            Ok(())
        }
        Shape::Map(kind) => {
            let Value::Object(members) = value else { return wrong(place, "an object", value) };
            for (name, member) in members {
                if name == "<<" {
                    return at(place, name, "YAML merge keys are not applied; write the members out");
                }
                if !name.starts_with("x-") || matches!(kind, Kind::Schema | Kind::Header) {
                    inside(place, name, |place| object(kind, member, place))?;
                }
            }
            Ok(())
        }
    }
}

fn inside<T>(
    place: &mut Vec<String>,
    key: &str,
    check: impl FnOnce(&mut Vec<String>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    place.push(key.to_owned());
    let result = check(place);
    place.pop();
    result
}

fn at<T>(place: &[String], key: &str, rule: impl Into<String>) -> Result<T, Problem> {
    let mut place = place.to_vec();
    place.push(key.to_owned());
    Err(Problem::at(place, rule))
}

fn wrong<T>(place: &[String], wanted: &str, value: &Value) -> Result<T, Problem> {
    let found = match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::String(text) => format!("the text {text:?}"),
        other => other.to_string(),
    };
    Err(Problem::at(place.to_vec(), format!("expected {wanted}, found {found}")))
}
