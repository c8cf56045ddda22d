//! A request as a line for a shell. Secrets stand in it as variables, and reach curl through its standard input: they
//! are no argument of any process, where other users of the machine could read them, and in no file.

use codearts_repo::RequestPreview;
use serde_json::Value;

use super::preview;
use crate::failure::Failure;
use crate::secrets::REMOTE_PASSWORD;
use crate::service::{Authority, Service};
use crate::settings::table::REMOTE_USERNAME;

/// Headers of the authorization.
const AUTHORIZATION: [&str; 5] = ["authorization", "x-auth-token", "x-project-id", "x-sdk-date", "x-security-token"];

/// A part of a word of the shell.
enum Part {
    /// Text as it is.
    Text(String),
    /// What stands between double quotes, for the shell to expand.
    Expansion(String),
}

/// The body of a request in the line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body<'a> {
    Empty,
    /// Text without any secret.
    Text(&'a str),
    /// The bytes of this file.
    File(&'a str),
    /// A JSON object with the credentials for the mirror source.
    Mirror,
}

/// Writes the line of a request about a mirror.
pub(super) fn line(request: &RequestPreview, service: &Service) -> Result<String, Failure> {
    line_with(request, service, Body::Mirror)
}

/// Writes the line. It ends with a message when a variable is not set, before anything is sent.
pub(super) fn line_with(request: &RequestPreview, service: &Service, body: Body<'_>) -> Result<String, Failure> {
    let token = match &service.authority {
        Authority::Token(variable) => Variable::new(variable),
        Authority::TokenFile => Variable { name: "CODEARTS_REPO_TOKEN_FILE".into(), reads_file: true },
        // A signature counts for minutes, and a token of IAM is not known: both take one that the caller has.
        Authority::Other => Variable::new("CODEARTS_REPO_TOKEN"),
    };
    let header = vec![Part::Text("header = \"X-Auth-Token: ".into()), token.value(), Part::Text("\"".into())];
    let (mut variables, mut config) = (vec![token], vec![header]);

    let mut arguments = vec!["--silent", "--show-error", "--fail-with-body", "--http1.1"];
    // With `--request HEAD`, curl would wait for a body.
    if request.method == "HEAD" {
        arguments.push("--head");
    } else {
        arguments.extend(["--request", &request.method]);
    }
    let headers: Vec<String> = request
        .headers
        .iter()
        // The authorization is made anew.
        .filter(|(name, _)| !AUTHORIZATION.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    for header in &headers {
        arguments.extend(["--header", header]);
    }
    let file;
    match body {
        Body::Empty => {}
        Body::Text(text) => arguments.extend(["--data-raw", text]),
        Body::File(name) => {
            file = format!("@{name}");
            arguments.extend(["--data-binary", &file]);
        }
        Body::Mirror => match body_with_secrets(&preview::body(request)?, &mut variables) {
            Some(data) => config.push(data),
            None => arguments.extend(["--data-raw", &request.body]),
        },
    }
    if request.url.contains(['[', ']', '{', '}']) {
        arguments.push("--globoff");
    }
    if let Some(path) = service.ca_file.as_ref().and_then(|path| path.to_str()) {
        arguments.extend(["--cacert", path]);
    }
    arguments.extend(["--url", &request.url]);

    let guards: Vec<String> = variables.iter().map(|variable| format!("\"${{{}:?}}\"", variable.name)).collect();
    let config: Vec<String> = config.iter().map(|parts| word(parts)).collect();
    let arguments: Vec<String> = arguments.into_iter().map(quoted).collect();
    let (guards, config, arguments) = (guards.join(" "), config.join(" "), arguments.join(" "));
    Ok(format!(": {guards} && printf '%s\\n' {config} | curl --config - {arguments}"))
}

/// A variable that the line reads.
struct Variable {
    name: String,
    /// Whether it holds the path of a file with the value.
    reads_file: bool,
}

impl Variable {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), reads_file: false }
    }

    fn value(&self) -> Part {
        let name = &self.name;
        Part::Expansion(if self.reads_file { format!("$(cat \"${name}\")") } else { format!("${name}") })
    }

    fn base64(&self) -> Part {
        Part::Expansion(format!("$(printf %s \"${}\" | base64 | tr -d '\\n')", self.name))
    }
}

/// The body as an entry of curl's configuration, if it holds a user name or a password.
fn body_with_secrets(body: &Value, variables: &mut Vec<Variable>) -> Option<Vec<Part>> {
    let members = body.as_object()?;
    let of = |name: &str| match name {
        "username" => Some(Variable::new(REMOTE_USERNAME.variable)),
        "password" => Some(Variable::new(REMOTE_PASSWORD)),
        _ => None,
    };
    members.keys().find(|name| of(name).is_some())?;
    let (mut parts, mut text) = (Vec::new(), "data-raw = \"{".to_owned());
    for (index, (name, value)) in members.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let name_of_member = Value::from(name.as_str());
        match of(name) {
            Some(variable) => {
                text.push_str(&escaped(&format!("{comma}{name_of_member}:\"")));
                parts.extend([Part::Text(std::mem::take(&mut text)), variable.base64()]);
                text.push_str(&escaped("\""));
                variables.push(variable);
            }
            None => text.push_str(&escaped(&format!("{comma}{name_of_member}:{value}"))),
        }
    }
    text.push_str("}\"");
    parts.push(Part::Text(text));
    Some(parts)
}

/// Text between the double quotes of curl's configuration.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn word(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => quoted(text),
        Part::Expansion(text) => format!("\"{text}\""),
    };
    parts.iter().map(part).collect()
}

/// A text as a word of the shell.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_word_of_a_shell() {
        for (text, word) in [("--url", "--url"), ("", "''"), ("a b", "'a b'"), ("it's $HOME", "'it'\\''s $HOME'")] {
            assert_eq!(quoted(text), word);
        }
    }
}
