//! `api`: a call to any path of the service.

mod fields;
mod inputs;
mod pages;

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdout};
use std::path::PathBuf;

use codearts_repo::{Client, Method, RawAnswer, RawRequest, RequestPath, RequestPreview};
use codearts_repo_client::internal::{is_secret_name, json_text};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{curl, preview};
use crate::arguments::{Api, Preview, Target};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::service::Service;
use crate::text::{escaped_lines, one_line};
use fields::Fields;
use inputs::Inputs;

/// A checked call.
pub(crate) struct Work {
    method: Method,
    path: RequestPath,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    /// The file of `--input`.
    file: Option<PathBuf>,
    /// Whether something came from a file or standard input that must not become an argument of curl.
    read_fields: bool,
    max_bytes: usize,
    target: Target,
    print: Print,
    preview: Preview,
}

/// What is printed of an answer.
#[derive(Clone, Copy)]
struct Print {
    head: bool,
    body: bool,
    pages: bool,
    json_lines: bool,
}

/// A request of a dry run, with `***` for secrets.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DryRun {
    /// HTTP method.
    method: String,
    /// Full address.
    url: String,
    /// Headers, with names in lower case.
    headers: BTreeMap<String, String>,
    /// Body: JSON, or the text of any other body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Value>")]
    body: Option<Box<RawValue>>,
}

impl Work {
    /// Checks the arguments and reads what they name. Sends nothing.
    pub(crate) fn of(arguments: Api) -> Result<Self, Failure> {
        let (method, path) = arguments.call()?;
        let mut inputs = Inputs::default();
        let fields = Fields::parse(&arguments.raw_field, &arguments.field, &mut inputs)?;
        let headers = inputs.headers(&arguments.header)?;
        let read_fields = inputs.was_used();
        let input = arguments.input.as_deref().map(|file| inputs.body(file)).transpose()?;
        let in_query = input.is_some() || matches!(method, Method::GET | Method::HEAD);
        let (query, json) = if in_query { (fields.pairs(), None) } else { (Vec::new(), fields.json()) };
        Ok(Self {
            method,
            path,
            query,
            headers,
            body: input.or(json),
            file: arguments.input,
            read_fields,
            max_bytes: usize::from(arguments.max_size) * 1024 * 1024,
            target: arguments.service,
            print: Print {
                head: arguments.include,
                body: !arguments.silent,
                pages: arguments.paginate,
                json_lines: arguments.json_lines,
            },
            preview: arguments.preview,
        })
    }

    fn request(&self, client: &Client, path: &str) -> RawRequest {
        let mut request = client.request(self.method.clone(), path).max_answer_bytes(self.max_bytes).keep_refused();
        // The parameters of the pages are added for each page.
        let is_added_later = |name: &str| self.print.pages && pages::is_own(name);
        for (name, value) in self.query.iter().filter(|(name, _)| !is_added_later(name)) {
            request = request.query(name, value);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        match &self.body {
            Some(body) => request.body(body.clone()),
            None => request,
        }
    }

    fn place(&self) -> String {
        format!("{} {}", self.method, self.path.without_query())
    }
}

pub(crate) async fn run(context: Context, work: Work, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let service = Service::open_at(&context, &Service::to_list(), work.target).await?;
    let result = if work.preview.is_set() {
        dry_run(&context, &service, &work).await
    } else if work.print.pages {
        pages::run(&context, &service.client, &work, &mut interrupt).await
    } else {
        tokio::select! {
            answer = work.request(&service.client, work.path.as_str()).send() => match answer {
                Ok(answer) => {
                    let printed = print(&answer, work.print, context.json);
                    printed.map_err(|failure| after_call(failure, &work.method)).and_then(|()| ended(&answer))
                }
                Err(error) => Err(error.into()),
            },
            () = interrupt.next() => Ok(interrupted(&work.method)),
        }
    };
    service.close().await;
    result.map_err(|failure| failure.at(work.place()))
}

/// The failure that a refused answer is.
fn ended(answer: &RawAnswer) -> Result<Exit, Failure> {
    answer.error.as_ref().map_or(Ok(Exit::Worked), |error| Err(Failure::from(&**error)))
}

fn interrupted(method: &Method) -> Exit {
    if changes(method) {
        output::error("interrupted: the call may have taken effect; check before you retry");
    }
    Exit::Interrupted
}

/// Nobody should repeat a call only because its answer could not be printed.
fn after_call(failure: Failure, method: &Method) -> Failure {
    if changes(method) { failure.after("the service answered") } else { failure }
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

/// Prints an answer as it came. On a terminal, JSON is indented.
fn print(answer: &RawAnswer, print: Print, json: bool) -> Result<(), Failure> {
    if print.head {
        output::line(&format!("{:?} {}", answer.version, answer.status))?;
        for (name, value) in &answer.headers {
            output::line(&format!("{name}: {}", one_line(&String::from_utf8_lossy(value.as_bytes()))))?;
        }
        output::line("")?;
    }
    if !print.body {
        return Ok(());
    }
    match json_text::valid(&answer.body).filter(|_| stdout().is_terminal()) {
        Some(text) if json => output::line(&escaped_lines(&json_text::compact(text))),
        Some(text) => output::line(&escaped_lines(&json_text::pretty(text, 0))),
        None => output::bytes(&answer.body),
    }
}

/// Prints the request instead of sending it.
async fn dry_run(context: &Context, service: &Service, work: &Work) -> Result<Exit, Failure> {
    let request = work.request(&service.client, work.path.as_str()).preview().await?;
    if work.preview.curl {
        let body = curl_body(work, &request)?;
        output::line(&curl::line_with(&request, service, body)?)?;
    } else if context.json {
        output::json(&shown(request)?)?;
    } else {
        preview::lines(&request)?;
    }
    Ok(Exit::Worked)
}

/// The body in a line for curl. Secrets, and what was read from files, must not become arguments of curl.
fn curl_body<'a>(work: &'a Work, request: &'a RequestPreview) -> Result<curl::Body<'a>, Failure> {
    let has_secret = || {
        let names = work.headers.iter().map(|(name, _)| name);
        let in_path = work.path.as_str().split_once('?').map_or("", |(_, query)| query);
        names.chain(work.query.iter().map(|(name, _)| name)).any(|name| is_secret_name(name))
            || in_path.split('&').any(|part| is_secret_name(part.split('=').next().unwrap_or_default()))
            || request.url.contains("=***")
    };
    let body_secret = || json_text::valid(request.body.as_bytes()).is_some_and(|json| json.contains("\"***\""));
    let advice = "pass the body with --input FILE, or use --dry-run";
    if work.read_fields || has_secret() {
        return Err(Failure::usage("secrets and the contents of files would be arguments of curl", advice).at("--curl"));
    }
    match &work.file {
        Some(file) if file.as_os_str() == "-" => {
            Err(Failure::usage("the line cannot repeat standard input", "pass --input FILE").at("--curl"))
        }
        Some(file) => match file.to_str() {
            Some(file) => Ok(curl::Body::File(file)),
            None => Err(Failure::usage("the file name is not valid UTF-8", "rename the file").at("--input")),
        },
        None if request.body.is_empty() => Ok(curl::Body::Empty),
        None if body_secret() => Err(Failure::usage("a secret would be an argument of curl", advice).at("--curl")),
        None => Ok(curl::Body::Text(&request.body)),
    }
}

fn shown(request: RequestPreview) -> Result<DryRun, Failure> {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in request.headers {
        headers.entry(name).and_modify(|all| all.extend([", ", &value])).or_insert(value);
    }
    let body = match json_text::valid(request.body.as_bytes()) {
        _ if request.body.is_empty() => None,
        Some(json) => Some(RawValue::from_string(json_text::compact(json))),
        None => Some(to_raw_value(&request.body)),
    };
    let bug =
        |error| Failure::new(Exit::Failed, format!("failed to serialize the body: {error}"), "please report a bug");
    Ok(DryRun { method: request.method, url: request.url, headers, body: body.transpose().map_err(bug)? })
}
