//! Starts the synchronization of the repositories in the arguments, and prints what to do about each failure.

use codearts_repo::{Client, Error, ErrorKind, RepositoryId};

/// What to do about a failure. Whether it may have had an effect is the first question.
fn advice(error: &Error) -> &'static str {
    if error.may_have_been_sent() {
        return "it may be running: check the mirror before you retry";
    }
    if error.is_retryable() {
        return "nothing was started: retry later";
    }
    match error.kind() {
        ErrorKind::Unauthenticated | ErrorKind::TokenExpired => "get a new token",
        ErrorKind::PermissionDenied => "ask for the Set permission on the repository",
        ErrorKind::NotFound => "no such mirror: check the repository ID",
        ErrorKind::Config | ErrorKind::Authorization | ErrorKind::NotSent => "nothing was sent: fix the settings",
        _ => "send the request ID to the vendor if it persists",
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    for argument in std::env::args().skip(1) {
        let repository: RepositoryId = argument.parse()?;
        match client.start_sync(repository).send().await {
            Ok(job) => println!("{repository}: task {}", job.id),
            Err(error) => println!("{repository}: {error}; {}", advice(&error)),
        }
    }
    Ok(())
}
