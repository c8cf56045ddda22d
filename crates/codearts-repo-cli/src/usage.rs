//! What is wrong with the arguments, in one message.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::advice::Explanation;
use crate::failure::Failure;
use crate::text::one_line;

/// Explains clap's error. Only parsers repeat values, because only they know that a value is no secret.
pub(crate) fn failure(error: &clap::Error) -> Failure {
    let argument = || error.get(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::ValueValidation => {
            let failure = match std::error::Error::source(error) {
                Some(source) => match source.downcast_ref::<Explanation>() {
                    Some(explanation) => Failure::from(explanation.clone()),
                    None => Failure::usage(source, "see `--help`"),
                },
                None => Failure::usage("invalid value", "see `--help`"),
            };
            match argument() {
                Some(argument) => failure.at(argument),
                None => failure,
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            Failure::usage("missing subcommand", "run with `--help`")
        }
        // The value may be a password, passed to an option that reads it elsewhere.
        ErrorKind::TooManyValues => {
            let failure = Failure::usage("unexpected value", "remove the value; this option takes none");
            match argument() {
                Some(argument) => failure.at(argument),
                None => failure,
            }
        }
        _ if cfg!(not(feature = "emulator")) && is_about(error, "emulator") => {
            Failure::usage("this program was built without the emulator", "build it with the feature `emulator`")
        }
        _ => {
            let text = error.to_string();
            let text = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error:");
            let suggestion = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
                .into_iter()
                .find_map(|kind| error.get(kind));
            match suggestion {
                Some(suggestion) => Failure::usage(one_line(text), format!("did you mean {suggestion}?")),
                None => Failure::usage(one_line(text), "see `--help`"),
            }
        }
    }
}

/// Whether the error is about the command or option of this name.
fn is_about(error: &clap::Error, name: &str) -> bool {
    [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].into_iter().any(|kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.trim_start_matches('-') == name,
        _ => false,
    })
}
