//! What a command works with beside its own arguments.

use crate::arguments::{Format, Global, Verbosity};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::{log, output};

/// The options of all commands and the settings that complete them.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) settings: Settings,
    /// Whether results are written as JSON.
    pub(crate) json: bool,
}

impl Context {
    /// Reads the settings, and sets up the two streams and the log as they say. A server logs without being asked.
    pub(crate) fn of(global: Global, is_server: bool) -> Result<Self, Failure> {
        // What goes wrong from here on is told as the flags alone say.
        output::configure(global.verbosity().unwrap_or(Verbosity::Normal), global.color.unwrap_or_default());
        let settings = Settings::of(&global)?;
        let verbosity = settings.verbosity(&global)?.value;
        output::configure(verbosity, settings.colour(&global)?.value);
        log::install(if is_server { verbosity.louder() } else { verbosity });
        let json = settings.output(&global)?.value == Format::Json;
        Ok(Self { global, settings, json })
    }
}
