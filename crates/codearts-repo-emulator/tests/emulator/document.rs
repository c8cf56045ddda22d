//! Checks answers against openapi.yaml, without the emulator's own code.

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::Reply;

pub struct Document(Value);

impl Document {
    pub fn read() -> Self {
        Self(yaml_serde::from_str(codearts_repo_client::OPENAPI).unwrap())
    }

    /// Fails unless the status is documented, or matched by `default`, and the body matches its schema.
    pub fn judge(&self, method: &Method, template: &str, reply: &Reply) {
        let responses = &self.0["paths"][template][method.as_str().to_lowercase()]["responses"];
        let response = responses.get(reply.status.as_str()).unwrap_or(&responses["default"]);
        let response = self.resolve(response);
        let mut schema = response["content"]["application/json"]["schema"].clone();
        assert!(schema.is_object(), "{method} {template} {} has no schema", reply.status);
        schema["components"] = self.0["components"].clone();
        let schema: Value =
            serde_json::from_str(&schema.to_string().replace("\"example\"", "\"examples_of\"")).unwrap();
        if let Err(error) = jsonschema::draft202012::validate(&schema, &reply.body) {
            panic!("{method} {template} {}: {error}: {}", reply.status, reply.body);
        }
        assert_eq!(reply.headers["content-type"], "application/json");
        assert!(!reply.headers["x-request-id"].is_empty());
    }

    /// Every property of the schema is in the value: "optional" must not hide a missing field.
    pub fn has_all_members(&self, schema: &str, value: &Value, but: &[&str]) {
        let properties = self.0["components"]["schemas"][schema]["properties"].as_object().unwrap();
        for name in properties.keys().filter(|name| !but.contains(&name.as_str())) {
            assert!(value.get(name).is_some(), "{schema}.{name} is missing in {value}");
        }
        for name in value.as_object().unwrap().keys() {
            assert!(properties.contains_key(name), "{name} is not in {schema}");
        }
    }

    fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }
}

#[test]
fn an_invalid_body_is_detected() {
    let document = Document::read();
    let reply = Reply {
        status: reqwest::StatusCode::OK,
        headers: reqwest::header::HeaderMap::new(),
        body: json!({ "jid": 7 }),
    };
    let path = "/v4/repositories/{repository_id}/remote-mirror";
    let judged = std::panic::catch_unwind(|| document.judge(&Method::POST, path, &reply));
    assert!(judged.is_err());
}
