//! Starts the repositories that the arguments name, and says what to do about each failure.

use codearts_repo::{Client, Error, RepositoryId};

/// What to do about a failure, in the order in which to ask.
fn advice(error: &Error) -> &'static str {
    if error.may_have_been_sent() {
        return "it may be running: look at the mirror before you start it again";
    }
    if error.is_retryable() {
        return "nothing was started: try again later";
    }
    match error.status() {
        Some(401) => "the caller is not known: get a new token",
        Some(403) => "the caller may not do this: ask for the right to set the repository",
        Some(404) => "there is no such mirror: look at the number",
        Some(_) => "the service refused: read its message, and give its request id to the vendor",
        None => "nothing was sent: mend the settings",
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
