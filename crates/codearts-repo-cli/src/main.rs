//! The command line: `codearts-repo sync 123 --wait` and its like.

// What is printed goes through `output`, which survives a closed pipe.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod caller;
mod columns;
mod commands;
mod context;
mod duration;
mod exit;
mod failure;
mod interrupt;
#[cfg(feature = "emulator")]
mod local;
mod log;
mod output;
mod rate;
mod record;
mod secrets;
mod service;
mod settings;
mod text;

use std::process::ExitCode;

use clap::FromArgMatches;

use crate::arguments::{Arguments, Colour, Verbosity, command};
use crate::exit::Exit;

/// A start makes some fifty small allocations. With many repositories the platform's own allocator takes a tenth of all
/// the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let exit = match arguments {
        Ok(arguments) => commands::run(arguments).unwrap_or_else(|failure| {
            output::tell(&failure);
            failure.exit
        }),
        Err(error) => usage(&error),
    };
    exit.into()
}

/// Help and version go to the standard output; all else is a complaint of one line.
fn usage(error: &clap::Error) -> Exit {
    output::configure(Verbosity::Normal, colour_of_the_arguments());
    if !error.use_stderr() {
        let text = error.render();
        let text = if output::has_colours() { text.ansi().to_string() } else { text.to_string() };
        return match output::document(&text) {
            Ok(()) => Exit::Worked,
            Err(failure) => failure.exit,
        };
    }
    output::tell(text::complaint(error));
    Exit::Usage
}

/// The value of `--color`, where the arguments as a whole could not be read or are not of interest.
fn colour_of_the_arguments() -> Colour {
    let mut colour = Colour::Auto;
    let mut arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--color") {
            Some("") => arguments.next(),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        colour = value.and_then(|value| Colour::parse(&value).ok()).unwrap_or(colour);
    }
    colour
}
