//! Any request, right or wrong: the emulator's answer fits openapi.yaml, and it refuses what the document forbids and
//! nothing else.

use std::cell::Cell;

use codearts_repo_client::bounds;
use codearts_repo_emulator::{Emulator, Repository, User};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::contract::{operations, resolve, shared_document};
use crate::judge::{judge_answer, parameters, read_request};
use crate::plain_client::{ask, request};
use crate::plain_server::Request;
use crate::values::{any_json, value, with_a_part_replaced};

const TOKEN: &str = "MIIExample";

#[derive(Debug, Clone)]
struct Asked {
    method: String,
    target: String,
    token: Option<&'static str>,
    content_type: Option<&'static str>,
    body: Vec<u8>,
}

impl Asked {
    fn bytes(&self) -> Vec<u8> {
        let token = self.token.map(|token| format!("X-Auth-Token: {token}\r\n")).unwrap_or_default();
        let content_type = self.content_type.map(|text| format!("Content-Type: {text}\r\n")).unwrap_or_default();
        request(&self.method, &self.target, &format!("{token}{content_type}"), &self.body)
    }
}

/// The value of a parameter as a query has it.
fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn repository_id() -> BoxedStrategy<String> {
    let most = i128::from(*bounds::REPOSITORY_ID.end());
    let edges = [most.to_string(), (most + 1).to_string()];
    let odd = ["0", "-1", "0123", "+123", "123.0", "x", "%31"].map(str::to_owned);
    prop_oneof![
        6 => Just("123".to_owned()),
        2 => Just("124".to_owned()),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => proptest::sample::select(edges.into_iter().chain(odd).collect::<Vec<_>>()),
    ]
    .boxed()
}

fn query(template: &str, operation: &Value) -> BoxedStrategy<String> {
    let document = shared_document();
    let mut pairs = Just(Vec::new()).boxed();
    for parameter in parameters(document, template, operation).into_iter().filter(|found| found["in"] == "query") {
        let name = parameter["name"].as_str().expect("a name").to_owned();
        let right = value(document, &parameter["schema"]).prop_map(|value| as_text(&value));
        let text = prop_oneof![4 => Just(None), 4 => right.prop_map(Some), 1 => "[ -~]{0,6}".prop_map(Some)];
        pairs = (pairs, text, proptest::bool::weighted(0.03))
            .prop_map(move |(mut pairs, text, twice): (Vec<(String, String)>, _, _)| {
                for _ in 0..=usize::from(twice) {
                    pairs.extend(text.clone().map(|text: String| (name.clone(), text)));
                }
                pairs
            })
            .boxed();
    }
    let unknown = proptest::option::weighted(0.1, ("[a-z]{1,6}", "[ -~]{0,6}"));
    (pairs, unknown)
        .prop_map(|(mut pairs, unknown)| {
            pairs.extend(unknown);
            let mut url = reqwest::Url::parse("http://h/").expect("a URL");
            url.query_pairs_mut().extend_pairs(pairs);
            url.query().filter(|query| !query.is_empty()).map(|query| format!("?{query}")).unwrap_or_default()
        })
        .boxed()
}

fn body(operation: &Value) -> BoxedStrategy<Vec<u8>> {
    let document = shared_document();
    let schema = resolve(document, &operation["requestBody"]).pointer("/content/application~1json/schema");
    let wrong = prop_oneof![any_json().prop_map(|json| json.to_string().into_bytes()), any::<Vec<u8>>()];
    let Some(schema) = schema else {
        return prop_oneof![4 => Just(Vec::new()), 1 => wrong].boxed();
    };
    let right = value(document, schema);
    let bent = (right.clone(), any::<usize>(), any_json())
        .prop_map(|(value, pick, other)| with_a_part_replaced(&value, pick, &other));
    let bytes = |value: Value| value.to_string().into_bytes();
    prop_oneof![1 => Just(Vec::new()), 4 => right.prop_map(bytes), 3 => bent.prop_map(bytes), 1 => wrong].boxed()
}

fn asked() -> BoxedStrategy<Asked> {
    let mut all = Vec::new();
    for (template, method, operation) in operations(shared_document()) {
        let token = prop_oneof![8 => Just(Some(TOKEN)), 1 => Just(None), 1 => Just(Some("wrong")), 1 => Just(Some(""))];
        let content_type = prop_oneof![
            6 => Just(Some("application/json")),
            1 => Just(Some("Application/JSON; charset=utf-8")),
            1 => Just(Some("text/plain")),
            1 => Just(None)
        ];
        let template = template.to_owned();
        let parts = (repository_id(), query(&template, operation), token, content_type, body(operation));
        let asked = parts.prop_map(move |(id, query, token, content_type, body)| {
            let target = template.replace("{repository_id}", &id) + &query;
            Asked { method: method.clone(), target, token, content_type, body }
        });
        all.push(asked.boxed());
    }
    proptest::strategy::Union::new(all).boxed()
}

/// What is wrong about the answer to a request.
async fn judge(emulator: &Emulator, asked: &Asked) -> Result<(bool, u16), String> {
    let bytes = asked.bytes();
    let reading = read_request(&Request::parse(&bytes)).expect("an operation");
    let answer = ask(emulator.endpoint(), &bytes).await;
    let against = judge_answer(&reading.operation, answer.status, &answer.headers, &answer.body);
    if !against.is_empty() {
        return Err(format!("{}: {against:#?}", answer.status));
    }
    let operation = reading.operation.as_str();
    let open = ["KeystoneCreateUserTokenByPassword", "AssumeAgencyWithOIDC", "CreateTokenWithIdToken"];
    let secured = !open.contains(&operation);
    // The token of its body is unknown, and its parts depend on each other in ways that no schema says.
    let of_token = operation == "CreateTemporaryAccessKeyByToken";
    let takes_token = !["AssumeAgency", "GetCallerIdentity"].contains(&operation);
    let is_anonymous = asked.token.is_none_or(str::is_empty);
    let known = !secured || (takes_token && asked.token == Some(TOKEN)) || (of_token && is_anonymous);
    let valid = reading.violations.is_empty();
    let fits = match answer.status {
        // The users of these requests are all unknown, so that IAM says so when all else is right.
        401 => !known || ((!secured || of_token) && valid),
        400 => known && (!valid || of_token),
        status => known && (valid || status >= 400),
    };
    if !fits {
        return Err(format!("{} although {:#?}", answer.status, reading.violations));
    }
    Ok((valid, answer.status))
}

#[test]
fn every_answer_matches_the_document() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let builder = Emulator::builder().token(TOKEN).user(User::new("company", "robot", "s3cr3t"));
    let builder = builder.repository(Repository::new(123)).max_jobs(1);
    let emulator = runtime.block_on(builder.start()).expect("an emulator");
    let (right, wrong) = (Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::new(Config { cases: 1500, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&asked(), |asked| {
        let (valid, status) = runtime.block_on(judge(&emulator, &asked)).map_err(TestCaseError::fail)?;
        right.set(right.get() + usize::from(valid && status < 300));
        wrong.set(wrong.get() + usize::from(!valid && status == 400));
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    // Both kinds of requests came, or nothing was tried.
    let (right, wrong) = (right.get(), wrong.get());
    assert!(right > 50 && wrong > 50, "{right} right ones, {wrong} wrong ones");
}
