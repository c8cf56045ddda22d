//! `emulator`: a local CodeArts Repo until a signal ends it.

use std::path::Path;

use codearts_repo::RepositoryId;
use codearts_repo_emulator::{Emulator, Repository, Upstream};
use serde::Serialize;

use crate::arguments::Emulator as Arguments;
use crate::exit::Exit;
use crate::failure::{Failure, chain};
use crate::interrupt::Interrupt;
use crate::output;

/// The line that says that the service is ready.
#[derive(Debug, Serialize)]
struct Ready<'a> {
    endpoint: &'a str,
    iam_endpoint: &'a str,
}

pub(crate) async fn run(arguments: Arguments, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let mut builder = Emulator::builder().listen(arguments.listen);
    if let Some(folder) = arguments.data {
        builder = builder.data_dir(folder);
    }
    for token in arguments.token {
        builder = builder.token(token);
    }
    for text in &arguments.repository {
        builder = builder.repository(repository(text)?);
    }
    let emulator = builder.start().await.map_err(|error| Failure::usage(format!("emulator: {}", chain(&error))))?;
    let ready = Ready { endpoint: emulator.endpoint(), iam_endpoint: emulator.iam_endpoint() };
    let result = output::json(&ready);
    if result.is_ok() {
        interrupt.next().await;
    }
    emulator.stop().await;
    result.map(|()| Exit::Worked)
}

/// Reads `ID`, `ID=https://…` or `ID=PATH`.
fn repository(text: &str) -> Result<Repository, Failure> {
    let (id, source) = text.split_once('=').map_or((text, None), |(id, source)| (id, Some(source)));
    let id: RepositoryId = id.parse().map_err(|error| Failure::usage(format!("--repository: {error}")))?;
    let upstream = match source {
        None => Upstream::demonstration(),
        Some("") => return Err(Failure::usage(format!("--repository: no source after {id}="))),
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => Upstream::url(url),
        Some(path) => Upstream::local(Path::new(path)),
    };
    Ok(Repository::new(id.get()).upstream(upstream))
}
