//! The command line: `codearts-repo sync 123 --wait` and its like.

// What is printed goes through `output`, which survives a closed pipe.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod caller;
mod columns;
mod commands;
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
mod text;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::exit::Exit;

fn main() -> ExitCode {
    let exit = match Arguments::try_parse() {
        Ok(arguments) => run(arguments),
        Err(error) => usage(&error),
    };
    exit.into()
}

fn run(arguments: Arguments) -> Exit {
    log::install(&arguments);
    commands::run(arguments).unwrap_or_else(|failure| {
        output::tell(&failure);
        failure.exit
    })
}

/// Help and version go to the standard output; all else is a complaint of one line.
fn usage(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        return match output::document(&error.render().to_string()) {
            Ok(()) => Exit::Worked,
            Err(failure) => failure.exit,
        };
    }
    output::tell(text::complaint(error));
    Exit::Usage
}
