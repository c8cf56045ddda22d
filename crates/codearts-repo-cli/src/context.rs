//! What commands share.

use crate::arguments::{Format, Global, Verbosity};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::{log, output};

/// The global options and the settings.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) settings: Settings,
    /// Whether to print results as JSON.
    pub(crate) json: bool,
}

impl Context {
    /// Reads the settings and configures output and log. A server logs by default.
    pub(crate) fn of(global: Global, is_server: bool) -> Result<Self, Failure> {
        // Until the settings are known, the flags alone decide how problems are printed.
        output::configure(global.verbosity().unwrap_or(Verbosity::Normal), global.color.unwrap_or_default());
        let settings = Settings::of(&global)?;
        let verbosity = settings.verbosity(&global)?.value;
        output::configure(verbosity, settings.color(&global)?.value);
        log::install(if is_server { verbosity.louder() } else { verbosity });
        let json = settings.output(&global)?.value == Format::Json;
        Ok(Self { global, settings, json })
    }
}
