//! Serves one repository from a folder that is kept, until it is killed: `serve FOLDER SOURCE TOKEN`.
//!
//! It prints its address when it is ready. The tests of durability run it.

use std::io::Write;

use codearts_repo_emulator::{Emulator, Repository, Upstream};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |name: &'static str| arguments.next().ok_or(name);
    let (folder, source, token) = (next("FOLDER")?, next("SOURCE")?, next("TOKEN")?);

    let repository = Repository::new(123).upstream(Upstream::url(source));
    let emulator = Emulator::builder().data_dir(folder).token(token).repository(repository).start().await?;
    writeln!(std::io::stdout(), "{}", emulator.endpoint())?;
    std::future::pending().await
}
