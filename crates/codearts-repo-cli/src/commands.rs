//! What the commands do.

mod auth;
#[cfg(feature = "emulator")]
mod emulator;
mod list;
mod mirror;
mod regions;
mod shell;
mod sync;
mod token;

use std::future::Future;

use crate::arguments::{self, Arguments, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;

/// Runs the command that was asked for.
pub(crate) fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let Arguments { global, command } = arguments;
    match command {
        Command::Auth(arguments::Auth::Show) => auth::show(&global),
        Command::Token(arguments::Token::Clear) => token::clear(&global),
        Command::Regions => regions::run(global.json),
        Command::List(listing) => {
            let filter = listing.filter()?;
            block_on(|interrupt| list::run(global, filter, interrupt))
        }
        Command::Status(named) => block_on(|interrupt| mirror::show(global, named.repository, interrupt)),
        Command::Mirror(command) => block_on(|interrupt| mirror::run(global, command, interrupt)),
        Command::Sync(arguments) => {
            let work = sync::Work::of(*arguments)?;
            block_on(|interrupt| sync::run(global, work, interrupt))
        }
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { folder } => shell::man(folder.as_deref()),
        #[cfg(feature = "emulator")]
        Command::Emulator(arguments) => block_on(|interrupt| emulator::run(*arguments, interrupt)),
    }
}

fn block_on<F>(command: impl FnOnce(Interrupt) -> F) -> Result<Exit, Failure>
where
    F: Future<Output = Result<Exit, Failure>>,
{
    let failed = |error: std::io::Error| Failure::new(Exit::Failed, format!("the program cannot run: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let interrupt = {
        let _inside = runtime.enter();
        Interrupt::catch().map_err(failed)?
    };
    runtime.block_on(command(interrupt))
}
