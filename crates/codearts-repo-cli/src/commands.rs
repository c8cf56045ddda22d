//! The commands.

mod api;
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
mod selection;
mod shell;
mod status;
mod sync;
mod token;
mod verify;

use std::future::Future;

pub(crate) use verify::{Comparison, Verified, Word};

use crate::arguments::{Arguments, Auth, Command, Token};
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output;

/// Whether the command has results. Its page or its answer may go elsewhere.
fn prints(command: &Command) -> bool {
    match command {
        Command::Man { folder } => folder.is_none(),
        Command::Api(arguments) => !arguments.silent || arguments.include,
        _ => true,
    }
}

/// Runs a command.
pub(crate) fn run(Arguments { global, command }: Arguments) -> Result<Exit, Failure> {
    if prints(&command) {
        output::require_stdout()?;
    }
    match command {
        // These ignore the settings, and work when the configuration file is broken.
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { folder } => shell::man(folder.as_deref()),
        Command::Schema { command } => schema::run(&command),
        Command::Config(command) => config::run(global, command),
        Command::Auth(Auth::Show(arguments)) => {
            let context = Context::of(global, false)?;
            match arguments.identity {
                true => block_on(|interrupt| auth::show_identity(context, interrupt)),
                false => auth::show(&context, None),
            }
        }
        Command::Token(Token::Clear) => token::clear(&Context::of(global, false)?),
        Command::Regions => regions::run(&Context::of(global, false)?),
        Command::List(listing) => {
            let (context, filter) = (Context::of(global, false)?, listing.filter()?);
            block_on(|interrupt| list::run(context, filter, interrupt))
        }
        Command::Status(arguments) => {
            let context = Context::of(global, false)?;
            match status::Work::of(&context, *arguments)? {
                status::Work::One(repository) => block_on(|interrupt| mirror::show(context, repository, interrupt)),
                status::Work::Many(work) => block_on(|interrupt| status::run(context, *work, interrupt)),
            }
        }
        Command::Mirror(command) => {
            let context = Context::of(global, false)?;
            block_on(|interrupt| mirror::run(context, command, interrupt))
        }
        Command::Verify(arguments) => {
            let context = Context::of(global, false)?;
            let work = verify::Work::of(&context, *arguments)?;
            block_on(|interrupt| verify::run(context, work, interrupt))
        }
        Command::Sync(arguments) => {
            let context = Context::of(global, false)?;
            let work = sync::Work::of(&context, *arguments)?;
            block_on(|interrupt| sync::run(context, work, interrupt))
        }
        Command::Wait(arguments) => {
            let context = Context::of(global, false)?;
            block_on(|interrupt| sync::wait::run(context, arguments, interrupt))
        }
        Command::Api(arguments) => {
            let context = Context::of(global, false)?;
            let work = api::Work::of(*arguments)?;
            block_on(|interrupt| api::run(context, work, interrupt))
        }
        #[cfg(feature = "emulator")]
        Command::Emulator(arguments) => {
            Context::of(global, true)?;
            block_on(|interrupt| emulator::run(*arguments, interrupt))
        }
    }
}

fn block_on<F>(command: impl FnOnce(Interrupt) -> F) -> Result<Exit, Failure>
where
    F: Future<Output = Result<Exit, Failure>>,
{
    let failed = |error: std::io::Error| {
        Failure::new(Exit::Failed, format!("cannot start: {error}"), "check this user's resource limits")
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let interrupt = {
        let _inside = runtime.enter();
        Interrupt::catch().map_err(failed)?
    };
    let result = runtime.block_on(command(interrupt));
    // A blocking read, of a pipe for example, must not keep the process alive.
    runtime.shutdown_background();
    result
}
