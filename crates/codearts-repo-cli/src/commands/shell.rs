//! What a shell and a manual want to know of this program: `completions` and `man`. Nothing is sent.

use std::fs;
use std::io;
use std::path::Path;

use clap_complete::Shell;
use clap_mangen::Man;

use crate::arguments::command;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

pub(crate) fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut command = command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    let script = String::from_utf8_lossy(&script);
    if shell == Shell::Bash {
        // clap_complete 4.6.11 looks for the subcommands of a program with a hyphen under another name than it gives
        // them, so that bash would complete nothing.
        return told(&script.replace("codearts__subcmd__repo", "codearts__repo"));
    }
    told(&script)
}

/// Writes the page of each command to a file, or the one of the program itself to the standard output.
pub(crate) fn man(folder: Option<&Path>) -> Result<Exit, Failure> {
    let command = command().disable_help_subcommand(true);
    let Some(folder) = folder else {
        let mut page = Vec::new();
        // A page in memory cannot fail to be written.
        return match Man::new(command).render(&mut page) {
            Ok(()) => told(&String::from_utf8_lossy(&page)),
            Err(error) => Err(Failure::new(
                Exit::Failed,
                format!("the manual cannot be written: {error}"),
                "report this as a fault",
            )),
        };
    };
    let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    let failed = |error: io::Error| {
        Failure::usage(format!("the folder {} cannot be written to: {error}", folder.display()), "give another one")
    };
    written.map_err(failed)?;
    output::hint(format_args!("the pages are in {}; `man -l FILE` shows one", folder.display()));
    Ok(Exit::Worked)
}

fn told(text: &str) -> Result<Exit, Failure> {
    output::document(text).map(|()| Exit::Worked)
}
