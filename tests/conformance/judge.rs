//! A judge of bytes: reads requests and answers as openapi.yaml describes them, by JSON Schema alone, and knows
//! neither the generated types nor the emulator.

use serde_json::{Map, Value, json};

use crate::contract::{Fields, answer, complaints, operation, operations, path, resolve, shared_document};
use crate::plain_server::Request;

/// Headers that HTTP itself or a signature has; the document need not name them.
const OTHER_HEADERS: [&str; 11] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
    "x-domain-id",
    "x-project-id",
    "x-sdk-date",
    "x-security-token",
];

/// A request as the document sees it.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) operation: String,
    /// The values, by place (`path`, `query`, `header`) and name.
    pub(crate) parameters: Map<String, Value>,
    /// The body, where one came.
    pub(crate) body: Option<Value>,
    /// What the document forbids, each in a line.
    pub(crate) violations: Vec<String>,
    /// What the document neither names nor forbids.
    pub(crate) undocumented: Vec<String>,
}

/// Reads a request; nothing when the document has no such path or method.
pub(crate) fn read_request(request: &Request) -> Option<Reading> {
    let document = shared_document();
    let (method, target) = request.line.strip_suffix(" HTTP/1.1")?.split_once(' ')?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (template, in_path, operation) = operations(document)
        .into_iter()
        .filter(|(_, of_operation, _)| of_operation == method)
        .find_map(|(template, _, operation)| match_path(template, path).map(|texts| (template, texts, operation)))?;
    let mut reading = Reading {
        operation: operation["operationId"].as_str().expect("an id").to_owned(),
        parameters: Map::new(),
        body: None,
        violations: Vec::new(),
        undocumented: Vec::new(),
    };
    let query: Vec<(String, String)> = pairs(query);
    let signed = request.header("authorization").is_some_and(|text| text.starts_with("SDK-HMAC-SHA256 "));
    let mut known = Vec::new();
    for parameter in parameters(document, template, operation) {
        let (name, place) = (parameter["name"].as_str().expect("a name"), parameter["in"].as_str().expect("a place"));
        let texts: Vec<&str> = match place {
            "path" => in_path.iter().filter(|(known, _)| known == name).map(|(_, text)| text.as_str()).collect(),
            "query" => query.iter().filter(|(known, _)| known == name).map(|(_, text)| text.as_str()).collect(),
            "header" => {
                let same = |known: &str| known.eq_ignore_ascii_case(name);
                request.headers.iter().filter(|(known, _)| same(known)).map(|(_, text)| text.as_str()).collect()
            }
            other => panic!("a parameter in {other}"),
        };
        known.push((place, name.to_ascii_lowercase()));
        reading.read_parameter(parameter, place, name, &texts, signed);
    }
    for (name, _) in query {
        if !known.contains(&("query", name.clone())) {
            reading.undocumented.push(format!("query {name}"));
        }
    }
    for (name, _) in &request.headers {
        if !OTHER_HEADERS.contains(&name.as_str()) && !known.contains(&("header", name.clone())) {
            reading.undocumented.push(format!("header {name}"));
        }
    }
    reading.read_body(resolve(document, &operation["requestBody"]), request);
    Some(reading)
}

impl Reading {
    fn read_parameter(&mut self, parameter: &Value, place: &str, name: &str, texts: &[&str], signed: bool) {
        let text = match texts {
            // A signed request carries no token: the document's two ways of saying who the caller is.
            [] if signed && name == "X-Auth-Token" => return,
            [] if parameter["required"] == true => return self.violations.push(format!("{place} {name} is missing")),
            [] => return,
            [text] => text,
            _ => return self.violations.push(format!("{place} {name} is there {} times", texts.len())),
        };
        let value = typed(resolve(shared_document(), &parameter["schema"]), text);
        for complaint in complaints(&parameter["schema"], Fields::Documented, &value) {
            self.violations.push(format!("{place} {name}: {complaint}"));
        }
        let of_place = self.parameters.entry(place).or_insert_with(|| json!({}));
        of_place[name] = value;
    }

    fn read_body(&mut self, description: &Value, request: &Request) {
        let Some(schema) = description.pointer("/content/application~1json/schema") else {
            if !request.body.is_empty() {
                self.undocumented.push("a body".to_owned());
            }
            return;
        };
        if request.body.is_empty() {
            if description["required"] == true {
                self.violations.push("the body is missing".to_owned());
            }
            return;
        }
        match request.header("content-type") {
            None => self.undocumented.push("a body without a Content-Type".to_owned()),
            Some(text) if is_json(text) => {}
            Some(text) => self.violations.push(format!("the Content-Type is {text:?}")),
        }
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
            return self.violations.push("the body is no JSON".to_owned());
        };
        self.violations.extend(complaints(schema, Fields::Any, &body));
        if self.violations.is_empty() {
            self.undocumented.extend(complaints(schema, Fields::Documented, &body));
        }
        self.body = Some(body);
    }
}

/// What the document has against an answer of an operation, each in a line.
pub(crate) fn judge_answer(id: &str, status: u16, headers: &[(String, String)], body: &[u8]) -> Vec<String> {
    let document = shared_document();
    let (_, _, operation) = operation(document, id);
    let Some(description) = answer(document, operation, status) else {
        return vec![format!("the status {status} is not documented")];
    };
    let header = |name: &str| {
        headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    };
    let mut against = Vec::new();
    for (name, described) in description["headers"].as_object().into_iter().flatten() {
        let described = resolve(document, described);
        match header(name) {
            None if described["required"] != true => {}
            None => against.push(format!("the header {name} is missing")),
            Some(text) => against.extend(complaints(&described["schema"], Fields::Documented, &json!(text))),
        }
    }
    let Some(schema) = description.pointer("/content/application~1json/schema") else {
        if !body.is_empty() {
            against.push("a body where none is described".to_owned());
        }
        return against;
    };
    if !header("content-type").is_some_and(is_json) {
        against.push(format!("the Content-Type is {:?}", header("content-type")));
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(body) => against.extend(complaints(schema, Fields::Documented, &body)),
        Err(error) => against.push(format!("the body is no JSON: {error}")),
    }
    against
}

/// The parameters of an operation and of its path.
pub(crate) fn parameters<'a>(document: &'a Value, template: &str, operation: &'a Value) -> Vec<&'a Value> {
    let of_path = document["paths"][template]["parameters"].as_array().into_iter().flatten();
    let own = operation["parameters"].as_array().into_iter().flatten();
    of_path.chain(own).map(|parameter| resolve(document, parameter)).collect()
}

/// The texts of the parameters in a path, decoded, when it is one of the template.
fn match_path(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    if template.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut texts = Vec::new();
    for (part, text) in template.split('/').zip(path.split('/')) {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) if !text.is_empty() => texts.push((name.to_owned(), text.to_owned())),
            None if part == text => {}
            _ => return None,
        }
    }
    Some(texts)
}

/// The pairs of a query, decoded as forms are.
fn pairs(query: &str) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://h/?{query}")).expect("a query");
    url.query_pairs().into_owned().collect()
}

/// The value that a text stands for; one that is not of the type stays text, which the schema then refuses.
fn typed(schema: &Value, text: &str) -> Value {
    let parsed = match schema["type"].as_str() {
        Some("integer") => text.parse::<i64>().ok().filter(|number| number.to_string() == text).map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| text.into())
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

#[test]
fn the_judge_notices_invalid_requests() {
    let judge = |bytes: &str| {
        let reading = read_request(&Request::parse(bytes.as_bytes())).expect("an operation");
        (reading.violations.len(), reading.undocumented.len())
    };
    let end = "HTTP/1.1\r\nX-Auth-Token: t\r\n\r\n";
    let start_of = |id: &str| format!("POST {}", path("StartRemoteMirrorSynchronization", &[id]));
    let start = format!("{} HTTP/1.1\r\nX-Auth-Token: t\r\n", start_of("123"));
    let list = format!("GET {}", path("ListCurrentUserRepositories", &[]));
    let login = format!("POST {}", path("KeystoneCreateUserTokenByPassword", &[]));
    let too_many = codearts_repo_client::bounds::PAGE_LIMIT.end() + 1;
    for (bytes, expected) in [
        (format!("{start}\r\n"), (0, 0)),
        (format!("{start}Content-Type: application/json\r\n\r\n{{\"username\":\"YQ==\"}}"), (0, 0)),
        (format!("{start}Content-Type: application/json\r\n\r\n{{\"user\":\"YQ==\"}}"), (0, 1)),
        (format!("{start}Content-Type: application/json\r\n\r\n{{\"username\":\"a\"}}"), (1, 0)),
        (format!("{start}Content-Type: text/plain\r\n\r\n{{}}"), (1, 0)),
        (format!("{start}X-More: 1\r\n\r\n{{}}"), (0, 2)),
        (format!("{} {end}", start_of("0")), (1, 0)),
        (format!("{} HTTP/1.1\r\n\r\n", start_of("a")), (2, 0)),
        (format!("{list}?limit=5&sort=asc&archived=true {end}"), (0, 0)),
        (format!("{list}?limit={too_many}&sort=up&archived=1&limits=1 {end}"), (3, 1)),
        (format!("{list}?limit=5&limit=5 {end}"), (1, 0)),
        (format!("{login} {end}"), (1, 1)),
    ] {
        assert_eq!(judge(&bytes), expected, "{bytes}");
    }
    let unknown = Request::parse(b"GET /nowhere HTTP/1.1\r\n\r\n");
    assert!(read_request(&unknown).is_none());
}

#[test]
fn the_judge_notices_invalid_answers() {
    let json = vec![("content-type".to_owned(), "application/json".to_owned())];
    let mut with_token = json.clone();
    with_token.push(("x-subject-token".to_owned(), "t".to_owned()));
    let (start, login) = ("StartRemoteMirrorSynchronization", "KeystoneCreateUserTokenByPassword");
    for (id, status, headers, body, expected) in [
        (start, 200, &json, r#"{"jid":"a"}"#, 0),
        (start, 200, &json, r#"{"jid":1}"#, 1),
        (start, 200, &json, r#"{"job":"a"}"#, 1),
        (start, 200, &Vec::new(), r#"{"jid":"a"}"#, 1),
        (start, 404, &json, r#"{"error_code":"a"}"#, 0),
        (start, 418, &json, r#"{"error":"a"}"#, 1),
        (start, 500, &json, "<html>", 1),
        (login, 201, &with_token, "{}", 0),
        (login, 201, &json, "{}", 1),
    ] {
        assert_eq!(judge_answer(id, status, headers, body.as_bytes()).len(), expected, "{id} {status} {body}");
    }
}
