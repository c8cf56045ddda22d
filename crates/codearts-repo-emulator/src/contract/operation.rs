//! One operation: its path, its parameters and its body.

use http::Method;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::ContractError;
use super::body::Body;
use super::parameter::{Location, Parameter};
use super::schema::Schemas;

/// One operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    id: String,
    method: Method,
    template: Vec<Segment>,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    secured: bool,
    takes_token: bool,
    takes_anyone: bool,
    iam: bool,
    iam_errors: bool,
    sts: bool,
    example: Option<(u16, Value)>,
}

#[derive(Debug)]
enum Segment {
    Fixed(String),
    Parameter(String),
}

/// The checked values of the parameters in one place, by name.
pub(crate) type Values = serde_json::Map<String, Value>;

impl Operation {
    pub(crate) fn read<'d>(
        template: &str,
        method: Method,
        item: &'d Value,
        description: &'d Value,
        schemas: &Schemas<'d>,
    ) -> Result<Self, ContractError> {
        let at = format!("paths.{template}.{}", method.as_str().to_ascii_lowercase());
        let id = description
            .get("operationId")
            .and_then(Value::as_str)
            .ok_or_else(|| ContractError::missing("operationId", &at))?;
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in [item, description].into_iter().filter_map(|holder| holder.get("parameters")?.as_array()) {
            for value in list {
                let Some(parameter) = Parameter::read(&at, value, schemas)? else { continue };
                // An operation's own parameter replaces the one of its path.
                parameters.retain(|known| known.name != parameter.name || known.location != parameter.location);
                parameters.push(parameter);
            }
        }
        let security = description.get("security").or_else(|| schemas.document().get("security"));
        let any_scheme = |matches: &dyn Fn(&Map<String, Value>) -> bool| {
            let schemes = security.and_then(Value::as_array).into_iter().flatten();
            schemes.filter_map(Value::as_object).any(matches)
        };
        Ok(Self {
            id: id.to_owned(),
            method,
            template: template.split('/').map(Segment::read).collect(),
            parameters,
            body: description.get("requestBody").map(|body| Body::read(&at, body, schemas)).transpose()?.flatten(),
            secured: security.and_then(Value::as_array).is_some_and(|schemes| !schemes.is_empty()),
            takes_token: any_scheme(&|scheme| scheme.contains_key("Token")),
            takes_anyone: any_scheme(&|scheme| scheme.is_empty()),
            iam: has_tag(description, "IAM"),
            iam_errors: has_tag(description, "IAM") && description.pointer("/responses/401").is_some(),
            sts: has_tag(description, "STS"),
            example: documented_answer(description, schemas),
        })
    }

    /// The vendor's name of the operation.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn method(&self) -> &Method {
        &self.method
    }

    /// Whether the caller has to authenticate.
    pub(crate) fn is_secured(&self) -> bool {
        self.secured
    }

    /// Whether a token is enough, as opposed to a signature.
    pub(crate) fn takes_token(&self) -> bool {
        self.takes_token
    }

    /// Whether it can be called without any authorization too.
    pub(crate) fn takes_anyone(&self) -> bool {
        self.takes_anyone
    }

    /// Whether it belongs to IAM, which has a host of its own.
    pub(crate) fn is_iam(&self) -> bool {
        self.iam
    }

    /// Whether its refusals have a body of IAM's own, which the document has for some of IAM's operations.
    pub(crate) fn has_iam_errors(&self) -> bool {
        self.iam_errors
    }

    /// Whether it belongs to STS, which shares the address of IAM here.
    pub(crate) fn is_sts(&self) -> bool {
        self.sts
    }

    /// The first documented successful answer, for an operation that the emulator does not implement.
    pub(crate) fn example(&self) -> Option<(u16, &Value)> {
        self.example.as_ref().map(|(status, body)| (*status, body))
    }

    /// The text of the parameters in the path, if the path matches this operation.
    pub(crate) fn match_path<'path>(&self, path: &'path str) -> Option<Vec<(&str, &'path str)>> {
        let mut parameters = Vec::new();
        let mut parts = path.split('/');
        for segment in &self.template {
            let part = parts.next()?;
            match segment {
                Segment::Fixed(text) if text == part => {}
                Segment::Parameter(name) if !part.is_empty() => parameters.push((name.as_str(), part)),
                _ => return None,
            }
        }
        parts.next().is_none().then_some(parameters)
    }

    /// Checks the parameters in the path.
    pub(crate) fn read_path(&self, texts: &[(&str, &str)]) -> Result<Values, String> {
        self.read_parameters(Location::Path, |name| {
            texts.iter().filter(|(known, _)| *known == name).map(|(_, text)| *text).collect()
        })
    }

    /// Checks the parameters in the query, and ignores those that the document does not have.
    pub(crate) fn read_query(&self, query: &str) -> Result<Values, String> {
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        self.read_parameters(Location::Query, |name| {
            pairs.iter().filter(|(known, _)| known == name).map(|(_, text)| text.as_ref()).collect()
        })
    }

    /// Checks the headers that the document names, except for those that authenticate the caller.
    pub(crate) fn read_headers(&self, headers: &http::HeaderMap) -> Result<Values, String> {
        self.read_parameters(Location::Header, |name| {
            headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect()
        })
    }

    /// Checks the body.
    pub(crate) fn read_body(&self, content_type: Option<&str>, bytes: &[u8]) -> Result<Option<Value>, String> {
        // A body that the operation does not take is ignored.
        self.body.as_ref().map_or(Ok(None), |body| body.check(content_type, bytes))
    }

    fn read_parameters<'t>(&self, location: Location, texts: impl Fn(&str) -> Vec<&'t str>) -> Result<Values, String> {
        let mut values = Values::new();
        for parameter in self.parameters.iter().filter(|parameter| parameter.location == location) {
            // The authorization checks tokens, with its own error codes.
            if location == Location::Header && parameter.name.eq_ignore_ascii_case("X-Auth-Token") {
                continue;
            }
            match texts(&parameter.name).as_slice() {
                [] if parameter.required => return Err(format!("{} is missing", parameter.name)),
                [] => {
                    values.extend(parameter.default.clone().map(|value| (parameter.name.clone(), value)));
                }
                [text] => {
                    values.insert(parameter.name.clone(), parameter.check(text)?);
                }
                _ => return Err(format!("{} is duplicate", parameter.name)),
            }
        }
        Ok(values)
    }
}

fn has_tag(description: &Value, name: &str) -> bool {
    description.get("tags").and_then(Value::as_array).is_some_and(|tags| tags.iter().any(|tag| tag == name))
}

impl Segment {
    fn read(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) => Self::Parameter(name.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }
}

fn documented_answer<'d>(description: &'d Value, schemas: &Schemas<'d>) -> Option<(u16, Value)> {
    let (status, response) =
        description.get("responses")?.as_object()?.iter().find(|(status, _)| status.starts_with('2'))?;
    let media = schemas.resolve(response)?.pointer("/content/application~1json")?;
    let example = media.get("example").or_else(|| media.get("examples")?.as_object()?.values().next()?.get("value"))?;
    Some((status.parse().ok()?, example.clone()))
}
