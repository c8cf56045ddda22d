//! Global options before the command mean the same as behind it.
//!
//! clap checks conflicts and repetitions for each command level on its own, so it accepts `--json sync --output table`.
//! With all options behind the command, it checks them together.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

/// Moves the options before and between the words of a command behind them. Leaves the rest to clap, errors included.
pub(super) fn hoist(command: &Command, arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments = arguments.into_iter();
    let mut hoisted: Vec<OsString> = arguments.next().into_iter().collect();
    let (mut options, mut rest) = (Vec::new(), Vec::new());
    let mut level = command;
    while let Some(argument) = arguments.next() {
        let Some(text) = argument.to_str() else {
            rest.push(argument);
            break;
        };
        if let Some(takes_value) = global_option(command, text) {
            options.push(argument);
            if takes_value {
                options.extend(arguments.next());
            }
        } else if let Some(subcommand) = level.find_subcommand(text) {
            hoisted.push(argument);
            level = subcommand;
        } else {
            rest.push(argument);
            break;
        }
    }
    hoisted.extend(options);
    hoisted.extend(rest);
    hoisted.extend(arguments);
    hoisted
}

/// Whether the argument after this option is its value; nothing if this is no global option.
fn global_option(command: &Command, text: &str) -> Option<bool> {
    let find = |test: &dyn Fn(&Arg) -> bool| command.get_arguments().find(|arg| arg.is_global_set() && test(arg));
    if let Some(long) = text.strip_prefix("--") {
        let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
        let option = find(&|arg| arg.get_long() == Some(name))?;
        return Some(value.is_none() && takes_value(option));
    }
    // All short options are switches, which may stand together: `-vv`.
    let letters = text.strip_prefix('-').filter(|letters| !letters.is_empty())?;
    let all = letters.chars().all(|letter| find(&|arg| arg.get_short() == Some(letter)).is_some());
    all.then_some(false)
}

fn takes_value(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::Set | ArgAction::Append)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hoisted(line: &str) -> String {
        let arguments = line.split(' ').map(OsString::from);
        let words: Vec<_> = hoist(&crate::arguments::command(), arguments)
            .into_iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        words.join(" ")
    }

    #[test]
    fn global_options_move_behind_the_command() {
        for (line, moved) in [
            ("p --region r -vv sync 5 --wait", "p sync --region r -vv 5 --wait"),
            ("p --region=r mirror --json show 5", "p mirror show --region=r --json 5"),
            ("p --region sync list", "p list --region sync"),
            ("p sync 5 --json", "p sync 5 --json"),
        ] {
            assert_eq!(hoisted(line), moved);
        }
    }

    #[test]
    fn what_is_no_global_option_stays_in_its_place() {
        for line in ["p", "p --region", "p --zzz --json sync", "p -x sync", "p --help sync", "p -- --json", "p - list"]
        {
            assert_eq!(hoisted(line), line);
        }
    }

    #[test]
    fn no_short_global_option_takes_a_value() {
        let command = crate::arguments::command();
        assert!(command.get_arguments().filter(|arg| arg.get_short().is_some()).all(|arg| !takes_value(arg)));
    }
}
