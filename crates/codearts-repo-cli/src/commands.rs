//! What the commands do.

mod auth;
mod config;
mod curl;
#[cfg(feature = "emulator")]
mod emulator;
mod list;
mod mirror;
mod preview;
mod regions;
mod schema;
mod shell;
mod sync;
mod token;

use std::future::Future;

use crate::arguments::{Arguments, Auth, Command, Token};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;

/// Runs the command that was asked for.
pub(crate) fn run(arguments: Arguments) -> Result<Exit, Failure> {
    if let Some((one, other)) = arguments.conflict() {
        return Err(Failure::usage(format!("{one} cannot be used with {other}"), "leave one of them out"));
    }
    let Arguments { global, command } = arguments;
    match command {
        // These work whatever the settings are.
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { folder } => shell::man(folder.as_deref()),
        Command::Schema { command } => schema::run(&command),
        Command::Config(command) => config::run(global, command),
        #[cfg(feature = "emulator")]
        Command::Emulator(arguments) => {
            Context::of(global, true)?;
            block_on(|interrupt| emulator::run(*arguments, interrupt))
        }
        command => with_settings(Context::of(global, false)?, command),
    }
}

fn with_settings(context: Context, command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Auth(Auth::Show) => auth::show(&context),
        Command::Token(Token::Clear) => token::clear(&context),
        Command::Regions => regions::run(&context),
        Command::List(listing) => {
            let filter = listing.filter()?;
            block_on(|interrupt| list::run(context, filter, interrupt))
        }
        Command::Status(named) => block_on(|interrupt| mirror::show(context, named.repository, interrupt)),
        Command::Mirror(command) => block_on(|interrupt| mirror::run(context, command, interrupt)),
        Command::Sync(arguments) => {
            let work = sync::Work::of(&context, *arguments)?;
            block_on(|interrupt| sync::run(context, work, interrupt))
        }
        // These were answered without settings.
        Command::Completions { .. } | Command::Man { .. } | Command::Schema { .. } | Command::Config(_) => {
            Ok(Exit::Worked)
        }
        #[cfg(feature = "emulator")]
        Command::Emulator(_) => Ok(Exit::Worked),
    }
}

fn block_on<F>(command: impl FnOnce(Interrupt) -> F) -> Result<Exit, Failure>
where
    F: Future<Output = Result<Exit, Failure>>,
{
    let failed = |error: std::io::Error| {
        Failure::new(Exit::Failed, format!("the program cannot run: {error}"), "look at the limits of this user")
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let interrupt = {
        let _inside = runtime.enter();
        Interrupt::catch().map_err(failed)?
    };
    runtime.block_on(command(interrupt))
}
