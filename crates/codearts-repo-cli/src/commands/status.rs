//! `status`: the state of one mirror.

use codearts_repo::{RemoteMirror, RepositoryId};

use crate::arguments::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;
use crate::service::Service;
use crate::text::one_line;

pub(crate) async fn run(global: Global, repository: RepositoryId, mut interrupt: Interrupt) -> Result<Exit, Failure> {
    let service = Service::open(&global, &[repository]).await?;
    let answer = tokio::select! {
        answer = service.client.show_mirror(repository) => Some(answer),
        () = interrupt.next() => None,
    };
    service.close().await;
    match answer {
        None => Ok(Exit::Interrupted),
        Some(mirror) if global.json => output::json(&mirror?).map(|()| Exit::Worked),
        Some(mirror) => lines(repository, mirror?).map(|()| Exit::Worked),
    }
}

/// The fields that the answer has, each on a line of its own, the state first.
fn lines(repository: RepositoryId, mirror: RemoteMirror) -> Result<(), Failure> {
    let fields = [
        ("repository", Some(repository.to_string())),
        ("state", mirror.update_status),
        ("source", mirror.url),
        ("last change", mirror.last_update_at),
        ("last success", mirror.last_successful_update_at),
        ("failures", mirror.number_of_failures.map(|number| number.to_string())),
        ("last error", mirror.last_error),
        ("scheduled", mirror.mirroring_enabled.map(|on| if on { "yes" } else { "no" }.to_owned())),
        ("private", mirror.is_private.map(|private| if private { "yes" } else { "no" }.to_owned())),
        ("service endpoint", mirror.endpoint_uuid),
    ];
    for (name, value) in fields {
        if let Some(value) = value.as_deref().map(one_line).filter(|value| !value.is_empty()) {
            output::line(&format!("{name:16}  {value}"))?;
        }
    }
    Ok(())
}
