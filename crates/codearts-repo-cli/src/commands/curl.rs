//! A request as a line for a shell. The line has variables for secrets, which reach curl through pipes: they are in no
//! file, and not in the arguments of a process, which other users of the machine could read.

use codearts_repo::RequestPreview;
use serde_json::Value;

use super::preview;
use crate::failure::Failure;
use crate::secrets::REMOTE_PASSWORD;
use crate::service::{Authority, Service};
use crate::settings::table::REMOTE_USERNAME;

/// curl's options for a request exactly as this program sends it: no configuration file, no globbing in the URL.
const OPTIONS: &str = "--disable --silent --show-error --fail-with-body --http1.1 --globoff --path-as-is";

/// Headers of the authorization, which is made anew.
const AUTHORIZATION: [&str; 5] = ["authorization", "x-auth-token", "x-project-id", "x-sdk-date", "x-security-token"];

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

/// Writes the line. In a shell, it ends with a message before curl starts if a variable is not set or the token is
/// invalid.
pub(super) fn line_with(request: &RequestPreview, service: &Service, body: Body<'_>) -> Result<String, Failure> {
    let token = match &service.authority {
        Authority::Token(variable) => Token::Variable(variable),
        Authority::TokenFile => Token::File("CODEARTS_REPO_TOKEN_FILE"),
        // A signature expires within minutes and the IAM token is unknown: the user has to set a token.
        Authority::Other => Token::Variable("CODEARTS_REPO_TOKEN"),
    };
    let arguments = arguments(request, service)?;
    let mut variables = vec![token.variable()];
    let header = r#"printf 'X-Auth-Token: %s\n' "$token""#;
    let plain = |data: &str| format!("{header} | curl {arguments} --header @-{data}");
    let send = match body {
        Body::Empty => plain(""),
        Body::Text(text) => plain(&format!(" --data-raw {}", quoted(text)?)),
        Body::File(name) => plain(&format!(" --data-binary {}", quoted(&format!("@{name}"))?)),
        Body::Mirror => match body_with_secrets(&preview::body(request)?, &mut variables)? {
            Some(body) => {
                format!(
                    "{header} | {{ printf %s {body} | curl {arguments} --header @/dev/fd/3 --data-binary @-; }} 3<&0"
                )
            }
            None => plain(&format!(" --data-raw {}", quoted(&request.body)?)),
        },
    };
    let guards: Vec<String> = variables.iter().map(|name| format!("\"${{{name}:?}}\"")).collect();
    Ok(format!("(: {} && {} && {} && {send})", guards.join(" "), token.read(), token.check()))
}

/// curl's arguments, without the token and the body.
fn arguments(request: &RequestPreview, service: &Service) -> Result<String, Failure> {
    let mut arguments = vec![OPTIONS.to_owned()];
    // With `--request HEAD`, curl would wait for a body.
    arguments.push(match request.method.as_str() {
        "HEAD" => "--head".to_owned(),
        method => format!("--request {}", quoted(method)?),
    });
    for (name, value) in request.headers.iter().filter(|(name, _)| !AUTHORIZATION.contains(&name.as_str())) {
        arguments.push(format!("--header {}", quoted(&format!("{name}: {value}"))?));
    }
    if let Some(path) = &service.ca_file {
        let text = path
            .to_str()
            .ok_or_else(|| Failure::usage("--curl needs a --ca-file whose path is valid UTF-8", "rename the file"))?;
        arguments.push(format!("--cacert {}", quoted(text)?));
    }
    arguments.push(format!("--url {}", quoted(&request.url)?));
    Ok(arguments.join(" "))
}

/// Where the shell finds the token.
#[derive(Clone, Copy)]
enum Token<'a> {
    Variable(&'a str),
    /// A variable with the path of a file.
    File(&'a str),
}

impl Token<'_> {
    const fn variable(&self) -> &str {
        match self {
            Self::Variable(name) | Self::File(name) => name,
        }
    }

    /// Sets `token`. A file is read as this program reads it: without one byte order mark and one line end.
    fn read(self) -> String {
        match self {
            Self::Variable(name) => format!("token=\"${name}\""),
            Self::File(name) => {
                // The x keeps the shell from removing all line ends.
                let contents = format!("token=$(cat < \"${name}\" && printf x)");
                let end = r#"case $token in *"$(printf '\r\nx')") token=${token%???};; *"$(printf '\nx')") token=${token%??};; *) token=${token%x};; esac"#;
                let mark = r#"token=${token#"$(printf '\357\273\277')"}"#;
                format!("{contents} && {end} && {mark}")
            }
        }
    }

    /// Ends the line unless the token is visible ASCII: anything else could become another header.
    fn check(self) -> String {
        let name = self.variable();
        format!("case $token in ''|*[!!-~]*) echo 'invalid token in {name}' >&2; exit 2;; esac")
    }
}

/// The words of the body, if it contains a user name or a password.
fn body_with_secrets(body: &Value, variables: &mut Vec<&str>) -> Result<Option<String>, Failure> {
    let Some(members) = body.as_object() else { return Ok(None) };
    let variable_of = |name: &str, value: &Value| match name {
        // An empty text is no secret.
        _ if value == "" => None,
        "username" => Some(REMOTE_USERNAME.variable),
        "password" => Some(REMOTE_PASSWORD),
        _ => None,
    };
    if !members.iter().any(|(name, value)| variable_of(name, value).is_some()) {
        return Ok(None);
    }
    let (mut words, mut text) = (String::new(), "{".to_owned());
    for (index, (name, value)) in members.iter().enumerate() {
        let (comma, member) = (if index == 0 { "" } else { "," }, Value::from(name.as_str()));
        let Some(variable) = variable_of(name, value) else {
            text.push_str(&format!("{comma}{member}:{value}"));
            continue;
        };
        text.push_str(&format!("{comma}{member}:\""));
        words.push_str(&quoted(&text)?);
        words.push_str(&format!("\"$(printf %s \"${variable}\" | base64 | tr -d '\\n')\""));
        variables.push(variable);
        text = "\"".to_owned();
    }
    text.push('}');
    words.push_str(&quoted(&text)?);
    Ok(Some(words))
}

/// A text as one word of the shell.
fn quoted(text: &str) -> Result<String, Failure> {
    let invalid = |_| Failure::usage("a value contains a NUL character", "remove it");
    shlex::try_quote(text).map(Into::into).map_err(invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_word_of_the_shell() {
        for text in ["--url", "", "a b", "it's $HOME", "a\"b\\c`d`", "a\nb", "{x,y}[1-3]~*?!", "代码"] {
            let word = quoted(text).expect("no NUL");
            assert_eq!(shlex::split(&word), Some(vec![text.to_owned()]), "{word}");
        }
    }
}
