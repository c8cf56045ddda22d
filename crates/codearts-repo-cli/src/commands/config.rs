//! `config`: the effective settings and their origins. Sends nothing; no setting is a secret.

use schemars::JsonSchema;
use serde::Serialize;

use crate::arguments::{Config, ConfigShow, Format, Global, Pace};
use crate::columns::Columns;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::settings::{Origin, Setting, Settings, file, table};
use crate::text::one_line;
use codearts_repo::auth::Environment;

/// A setting.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Row {
    /// Key in the configuration file.
    key: &'static str,
    /// Flag that sets it.
    flag: &'static str,
    /// Variables that set it, in order of precedence.
    variables: Vec<&'static str>,
    /// Effective value; missing if it is not set, or if a variable that may not be needed is invalid.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Kind of its origin.
    from: OriginKind,
    /// Flag, variable, or line of the file that sets it; missing if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
}

/// Kind of a setting's origin, in order of precedence.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum OriginKind {
    /// A flag.
    Flag,
    /// An environment variable.
    Variable,
    /// The selected profile of the configuration file.
    Profile,
    /// The configuration file, above the profiles.
    File,
    /// The default.
    BuiltIn,
    /// It is not set.
    Nothing,
}

/// The output of `config path --json`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FilePath {
    /// Path of the configuration file.
    path: String,
    /// Whether it exists.
    exists: bool,
}

pub(super) fn run(global: Global, command: Config) -> Result<Exit, Failure> {
    match command {
        Config::Path => path(&global),
        Config::Show(show) => self::show(&Context::of(global, false)?, show),
    }
}

/// Prints only the path, which works when the file is broken.
fn path(global: &Global) -> Result<Exit, Failure> {
    let (path, _) = file::path(global.config.as_deref())?;
    if global.json || global.output == Some(Format::Json) {
        output::json(&FilePath { path: path.display().to_string(), exists: path.exists() })?;
    } else {
        output::line(&path.display().to_string())?;
    }
    Ok(Exit::Worked)
}

fn show(context: &Context, show: ConfigShow) -> Result<Exit, Failure> {
    let rows = rows(context)?;
    if context.json {
        rows.iter().try_for_each(output::json)?;
        return Ok(Exit::Worked);
    }
    let text = |text: Option<&str>| text.map_or("-".into(), one_line).into_owned();
    let lines = if show.origin {
        let cells = |row: &Row| [row.key.to_owned(), text(row.value.as_deref()), text(row.origin.as_deref())];
        Columns::new().lines(&rows.iter().map(cells).collect::<Vec<_>>())
    } else {
        let cells = |row: &Row| [row.key.to_owned(), text(row.value.as_deref())];
        Columns::new().lines(&rows.iter().map(cells).collect::<Vec<_>>())
    };
    lines.iter().try_for_each(|line| output::line(line))?;
    Ok(Exit::Worked)
}

/// All settings, in the order of the table.
fn rows(Context { global, settings, .. }: &Context) -> Result<Vec<Row>, Failure> {
    let environment = Environment::of_process();
    let pace = Pace::default();
    let (region, endpoint) = settings.location(global, &environment)?;
    let timeout = settings.timeout(&pace)?;
    let timeout = Setting { value: humantime::format_duration(timeout.value), origin: timeout.origin };
    let credentials = settings.credentials(global)?;
    let credentials = credentials.map(|chosen| Setting { value: chosen.value.name(), origin: chosen.origin });
    let ca_file = settings.ca_file(global)?;
    let ca_file = ca_file.map(|file| Setting { value: file.value.display().to_string(), origin: file.origin });
    Ok(vec![
        row(&table::PROFILE, settings.profile()),
        row(&table::REGION, region.as_ref()),
        row(&table::ENDPOINT, endpoint.as_ref()),
        iam_endpoint(global, settings, &environment)?,
        row(&table::CA_FILE, ca_file.as_ref()),
        row(&table::CREDENTIALS, credentials.as_ref()),
        row(&table::CREDENTIALS_SECTION, settings.credentials_section(global)?.as_ref()),
        row(&table::TOKEN_CACHE, Some(&settings.token_cache(global)?)),
        row(&table::OUTPUT, Some(&settings.output(global)?)),
        row(&table::COLOR, Some(&settings.color(global)?)),
        row(&table::VERBOSITY, Some(&settings.verbosity(global)?)),
        row(&table::TIMEOUT, Some(&timeout)),
        row(&table::CONCURRENCY, Some(&settings.concurrency(&pace)?)),
        row(&table::RATE, Some(&settings.rate(&pace)?)),
        row(&table::REMOTE_USERNAME, settings.text(&table::REMOTE_USERNAME, None)?.as_ref()),
        row(&table::ENDPOINT_UUID, settings.text(&table::ENDPOINT_UUID, None)?.as_ref()),
    ])
}

/// An invalid variable may be meant for another cloud, so it is shown and is no error.
fn iam_endpoint(global: &Global, settings: &Settings, environment: &Environment) -> Result<Row, Failure> {
    let key = &table::IAM_ENDPOINT;
    match environment.iam_endpoint_variable().filter(|_| global.iam_endpoint.is_none()) {
        Some(name) if environment.iam_endpoint().is_err() => {
            let from = OriginKind::Variable;
            Ok(Row { from, origin: Some(format!("{name}, invalid")), ..row::<String>(key, None) })
        }
        _ => Ok(row(key, settings.iam_endpoint(global, environment)?.as_ref())),
    }
}

fn row<T: ToString>(key: &table::Key, setting: Option<&Setting<T>>) -> Row {
    let from = match setting.map(|setting| &setting.origin) {
        Some(Origin::Flag(_)) => OriginKind::Flag,
        Some(Origin::Variable(_)) => OriginKind::Variable,
        Some(Origin::File { profile: Some(_), .. }) => OriginKind::Profile,
        Some(Origin::File { profile: None, .. }) => OriginKind::File,
        Some(Origin::BuiltIn) => OriginKind::BuiltIn,
        None => OriginKind::Nothing,
    };
    Row {
        key: key.name,
        flag: key.flag,
        variables: [key.variable].into_iter().chain(key.also.iter().copied()).collect(),
        value: setting.map(|setting| setting.value.to_string()),
        from,
        origin: setting.map(|setting| setting.origin.to_string()),
    }
}
