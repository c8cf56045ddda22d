//! Text from elsewhere, made fit for one line of a terminal.

use std::borrow::Cow;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::{chain, says_what_to_do};

/// The words of a text on one line, without control characters: a server's text could move the cursor or set colours.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let parts = |c: char| c.is_whitespace() || c.is_control();
    if !text.contains(parts) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(parts).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// What is wrong with the arguments, on one line. A value is only repeated by those who know that it is no secret.
pub(crate) fn complaint(error: &clap::Error) -> String {
    let source = std::error::Error::source(error);
    if let (ErrorKind::ValueValidation, Some(source)) = (error.kind(), source) {
        let reason = chain(source);
        let reason = if says_what_to_do(&reason) { reason } else { format!("{reason}; give such a value") };
        return match error.get(ContextKind::InvalidArg) {
            Some(argument) => format!("{argument}: {reason}"),
            None => reason,
        };
    }
    if matches!(error.kind(), ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand) {
        return "a command is missing; see `--help` behind what is there".to_owned();
    }
    if cfg!(not(feature = "emulator")) && names(error, "emulator") {
        return "this program was built without the emulator; build it with the feature `emulator`".to_owned();
    }
    if error.kind() == ErrorKind::TooManyValues {
        // A password perhaps, given to an option that reads it elsewhere.
        let option = error.get(ContextKind::InvalidArg).map_or_else(String::new, |option| format!("{option}: "));
        return format!("{option}it takes no value; leave the value out");
    }
    let text = error.to_string();
    let said = one_line(text.split("\n\n").next().unwrap_or_default().trim_start_matches("error:"));
    let meant =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].into_iter().find_map(|kind| error.get(kind));
    match meant {
        Some(meant) => format!("{said}; did you mean {meant}?"),
        None => format!("{said}; see `--help`"),
    }
}

/// Whether what is wrong is the command or the option of this name.
fn names(error: &clap::Error, name: &str) -> bool {
    [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].into_iter().any(|kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.trim_start_matches('-') == name,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_line_holds_no_control_characters() {
        assert_eq!(super::one_line(" a\r\n\tb\u{1b}[31mc\u{7}\u{9b} "), "a b [31mc");
    }
}
