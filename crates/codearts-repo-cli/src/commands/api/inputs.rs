//! What the arguments of `api` name: files, and standard input once.

use std::io::{self, stdin};
use std::path::Path;

use codearts_repo_client::internal::plain_text;

use crate::advice;
use crate::failure::Failure;
use crate::files;

/// Reads files and standard input.
#[derive(Default)]
pub(super) struct Inputs {
    stdin_used: bool,
    used: bool,
}

impl Inputs {
    /// Whether anything was read.
    pub(super) const fn was_used(&self) -> bool {
        self.used
    }

    /// The bytes of a file, or of standard input for `-`.
    fn read(&mut self, file: &Path) -> Result<Vec<u8>, Failure> {
        self.used = true;
        let invalid = |error: &io::Error| {
            Failure::from(advice::with(error, "name a readable file, or - for standard input")).at(file.display())
        };
        if file.as_os_str().is_empty() {
            return Err(Failure::usage("no file is named", "name a file, or - for standard input"));
        }
        if file.as_os_str() != "-" {
            return files::read(file).map_err(|error| invalid(&error));
        }
        if std::mem::replace(&mut self.stdin_used, true) {
            return Err(Failure::usage("standard input is named twice", "read one of them from a file"));
        }
        let bytes = files::read_to_end(stdin().lock(), files::LARGEST).map_err(|error| invalid(&error))?;
        Ok(bytes.to_vec())
    }

    /// The body of `--input`, byte for byte.
    pub(super) fn body(&mut self, file: &Path) -> Result<Vec<u8>, Failure> {
        self.read(file).map_err(|failure| failure.at("--input"))
    }

    /// The text of a file, without a byte order mark.
    pub(super) fn text(&mut self, file: &str) -> Result<String, Failure> {
        let bytes = self.read(Path::new(file))?;
        let invalid =
            |error: plain_text::NotText| Failure::usage(error, format!("{}, or pass it with --input", error.advice()));
        plain_text::decode(&bytes).map(str::to_owned).map_err(invalid)
    }

    /// The headers of `NAME: VALUE` and of `@FILE`, which has one on each line. No message repeats one.
    pub(super) fn headers(&mut self, arguments: &[String]) -> Result<Vec<(String, String)>, Failure> {
        let mut headers = Vec::new();
        for argument in arguments {
            let failed = |failure: Failure| failure.at("--header");
            match argument.strip_prefix('@') {
                Some(file) => {
                    let text = self.text(file).map_err(failed)?;
                    for line in text.lines().filter(|line| !line.trim().is_empty()) {
                        headers.push(header(line).map_err(failed)?);
                    }
                }
                None => headers.push(header(argument).map_err(failed)?),
            }
        }
        Ok(headers)
    }
}

fn header(text: &str) -> Result<(String, String), Failure> {
    let (name, value) =
        text.split_once(':').ok_or_else(|| Failure::usage("invalid header", "use NAME: VALUE, or @FILE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
