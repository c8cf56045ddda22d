//! `completions` and `man`: shell completions and manual pages. Sends nothing.

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
        // clap_complete 4.6.11 names the subcommands of a program with a hyphen inconsistently, which breaks completion
        // in bash.
        return print(&script.replace("codearts__subcmd__repo", "codearts__repo"));
    }
    print(&script)
}

/// Writes a page per command to the folder, or prints the main page.
pub(crate) fn man(folder: Option<&Path>) -> Result<Exit, Failure> {
    let command = command().disable_help_subcommand(true);
    let Some(folder) = folder else {
        let mut page = Vec::new();
        return match Man::new(command).render(&mut page) {
            Ok(()) => print(&String::from_utf8_lossy(&page)),
            Err(error) => Err(Failure::new(
                Exit::Failed,
                format!("failed to render the manual page: {error}"),
                "please report a bug",
            )),
        };
    };
    let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    let failed = |error: io::Error| {
        Failure::usage(format!("cannot write to the folder {}: {error}", folder.display()), "use another folder")
    };
    written.map_err(failed)?;
    output::hint(format_args!("wrote the pages to {}; `man -l FILE` shows one", folder.display()));
    Ok(Exit::Worked)
}

fn print(text: &str) -> Result<Exit, Failure> {
    output::document(text).map(|()| Exit::Worked)
}
