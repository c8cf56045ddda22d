//! The command line: `codearts-repo sync 123 --wait` and the like.

// Printing goes through `output`, which survives a closed pipe.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod advice;
mod arguments;
mod caller;
mod columns;
mod commands;
mod context;
mod exit;
mod failure;
mod files;
mod html;
mod interrupt;
#[cfg(feature = "emulator")]
mod local;
mod log;
mod login;
mod metrics;
mod output;
mod progress_bar;
mod rate;
mod record;
mod replaced_file;
mod secrets;
mod service;
mod settings;
mod text;
mod usage;
mod values;

use std::process::ExitCode;

use crate::arguments::{Arguments, Color, Verbosity};
use crate::exit::Exit;
use crate::failure::Failure;

/// A start makes some fifty small allocations. With many repositories, the platform's own allocator takes a tenth of
/// the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let exit = match Arguments::read(std::env::args_os()) {
        Ok(arguments) => commands::run(arguments).unwrap_or_else(|failure| complain(&failure)),
        Err(error) => help_or_complaint(&error),
    };
    exit.into()
}

/// Help and version go to standard output; anything else is a problem on one line.
fn help_or_complaint(error: &clap::Error) -> Exit {
    output::configure(Verbosity::Normal, color_of_the_arguments());
    if !error.use_stderr() {
        let text = error.render();
        let text = if output::has_colors() { text.ansi().to_string() } else { text.to_string() };
        let printed = output::require_stdout().and_then(|()| output::document(&text));
        return printed.map_or_else(|failure| complain(&failure), |()| Exit::Worked);
    }
    complain(&usage::failure(error))
}

fn complain(failure: &Failure) -> Exit {
    output::error(failure);
    failure.exit
}

/// The value of `--color` when the arguments as a whole are invalid.
fn color_of_the_arguments() -> Color {
    let mut color = Color::Auto;
    let mut arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--color") {
            Some("") => arguments.next(),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        color = value.and_then(|value| Color::parse(&value).ok()).unwrap_or(color);
    }
    color
}
