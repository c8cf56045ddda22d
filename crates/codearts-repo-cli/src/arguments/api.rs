//! The arguments of `api`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use codearts_repo::{Method, RequestPath};

use super::Preview;
use crate::advice::{self, Explanation};
use crate::rate;

/// `api`.
#[derive(Debug, Args)]
#[command(allow_missing_positional = true)]
pub(crate) struct Api {
    /// HTTP method [default: GET, or POST with fields or a body, except with --paginate]
    #[arg(value_name = "METHOD")]
    method: Option<String>,
    /// Path of the service, e.g. /v4/user/repositories
    #[arg(value_name = "PATH")]
    path: String,
    /// Add a text field; for GET it is a query parameter. KEY[SUB] and KEY[] make objects and arrays
    #[arg(short = 'f', long, value_name = "KEY=TEXT")]
    pub(crate) raw_field: Vec<String>,
    /// Add a field: true, false, null and numbers as JSON, @FILE or @- the text of a file or of standard input
    #[arg(short = 'F', long, value_name = "KEY=VALUE")]
    pub(crate) field: Vec<String>,
    /// Send this file as the body, - for standard input; fields become query parameters
    #[arg(long, value_name = "FILE")]
    pub(crate) input: Option<PathBuf>,
    /// Add a header; @FILE or @- reads one per line
    #[arg(short = 'H', long, value_name = "NAME: VALUE")]
    pub(crate) header: Vec<String>,
    /// Print the status and the headers before the body
    #[arg(short, long, conflicts_with = "paginate")]
    pub(crate) include: bool,
    /// Do not print the body
    #[arg(long, conflicts_with = "paginate")]
    pub(crate) silent: bool,
    /// Request all pages of a list and print one array
    #[arg(long, conflicts_with_all = ["input", "preview"])]
    pub(crate) paginate: bool,
    /// Print one line for each element of the list
    #[arg(long, requires = "paginate")]
    pub(crate) json_lines: bool,
    /// Longest answer, in MiB
    #[arg(long, value_name = "MIB", default_value = "16", value_parser = mebibytes)]
    pub(crate) max_size: u16,
    /// Which of the known addresses to call
    #[arg(long, value_name = "SERVICE", default_value = "repo")]
    pub(crate) service: Target,
    #[command(flatten)]
    pub(crate) preview: Preview,
}

/// A service whose address is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    #[default]
    Repo,
    Iam,
    Sts,
}

impl Api {
    /// The method and the path. No message repeats them: they may be misplaced secrets.
    pub(crate) fn call(&self) -> Result<(Method, RequestPath), Explanation> {
        let method = match &self.method {
            Some(word) => known(word).ok_or_else(|| {
                Explanation::new("invalid method", "use GET, HEAD, POST, PUT, PATCH or DELETE, then the path")
            })?,
            None if self.has_body() && !self.paginate => Method::POST,
            None => Method::GET,
        };
        if self.paginate && method != Method::GET {
            return Err(Explanation::new("--paginate needs the method GET", "pass GET, or no method"));
        }
        let path =
            self.path.parse().map_err(|error: codearts_repo::InvalidPath| advice::with(&error, error.advice()))?;
        Ok((method, path))
    }

    fn has_body(&self) -> bool {
        self.input.is_some() || !self.raw_field.is_empty() || !self.field.is_empty()
    }
}

fn known(word: &str) -> Option<Method> {
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    methods.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(word))
}

/// Reads a number from 1 to 2047.
fn mebibytes(text: &str) -> Result<u16, Explanation> {
    let number = rate::whole(text, 2047).and_then(|number| u16::try_from(number).ok());
    number.ok_or_else(|| Explanation::new("invalid number", "use 1 to 2047"))
}
