//! Help beyond the options: examples, which a test runs, and exit codes.

use std::sync::LazyLock;

use clap::CommandFactory;
use clap::builder::Command;

use super::Arguments;
use crate::exit::Exit;

pub(super) const SYNC: &str = "\
Examples:
  codearts-repo sync 123 --wait
  codearts-repo sync --file repositories.txt --wait --journal sync.journal
  codearts-repo sync --all --starred --json
  codearts-repo sync 123 --curl

Lines of --file:
  123
  {\"repository_id\": 123, \"force\": true, \"endpoint_uuid\": \"...\"}
  {\"repository_id\": 123, \"remote_username\": \"...\", \"remote_password\": \"...\"}
  Options of the command apply where a line sets none; a line's user name or password replaces both of the command.
  Lines of `sync`, `list`, `status` and `verify` with --json are accepted too. Empty lines and lines that begin with # are ignored.";

pub(super) const WAIT: &str = "\
Examples:
  codearts-repo wait --journal sync.journal
  codearts-repo wait --journal sync.journal --timeout 1h --json

Lines of --file:
  {\"repository_id\": 123, \"jid\": \"...\", \"baseline\": {\"repository_id\": 123, \"last_success\": \"...\", \"failures\": 0}}
  The baseline is the JSON of the library's `Baseline`, taken before the start.

Nothing is started. The results and exit codes are those of `sync --wait`.";

pub(super) const VERIFY: &str = "\
Examples:
  codearts-repo verify 123
  codearts-repo verify --file repositories.txt --branches all --json
  codearts-repo verify --all --starred --report report.json
  codearts-repo verify 123 124 --dry-run
  codearts-repo verify --all --state fleet.state --due 7d --budget 10m --repair

Exit code 0 means that every ref of every mirror is equal; a mirror that cannot be compared is not.
With --state, mirrors without a proof come first, then the oldest proofs. A mirror that is not equal backs off for 1, 2, 4
hours and so on, a day at most, and mirrors that failed before take at most a tenth of the budget while others are due.
--repair=force overwrites branches of the mirror that were changed there; plain --repair does not.
LFS objects and submodules are not compared. Sources are read by git, over http and https.";

pub(super) const LIST: &str = "\
Examples:
  codearts-repo list --search web --order-by updated_at --sort desc
  codearts-repo list --starred --json";

pub(super) const STATUS: &str = "\
Examples:
  codearts-repo status 123
  codearts-repo status --file repositories.txt --max-age 24h
  codearts-repo status --all --starred --problems --json

One ID prints all fields of the mirror. A list prints one line for each mirror, the ones in trouble first,
and exits with 1 if a mirror failed, is older than --max-age, was never synchronized, or cannot be judged.";

pub(super) const MIRROR: &str = "\
Examples:
  codearts-repo mirror show 123
  codearts-repo mirror set 123 --branches all --schedule on";

pub(super) const MIRROR_SHOW: &str = "\
Examples:
  codearts-repo mirror show 123
  codearts-repo mirror show 123 --json";

pub(super) const MIRROR_SET: &str = "\
Examples:
  codearts-repo mirror set 123 --branches all --schedule on
  codearts-repo mirror set 123 --url https://git.example.com/team/project.git --dry-run";

pub(super) const MIRROR_ASSOCIATE: &str = "\
Examples:
  codearts-repo mirror associate 124 --url https://git.example.com/team/project.git
  codearts-repo mirror associate 124 --curl";

pub(super) const API: &str = "\
Examples:
  codearts-repo api GET /v4/user/repositories -f search=web -i
  codearts-repo api /v4/user/repositories --paginate --json-lines
  codearts-repo api PUT /v4/repositories/123/repository/branch -f name=old -f new_name=new --dry-run

JSON is printed as it came, indented on a terminal. A refused call prints its body on standard output,
a message on standard error, and exits as the other commands do. docs/cli.md has more calls.";

pub(super) const AUTH_SHOW: &str = "\
Examples:
  codearts-repo auth show
  codearts-repo auth show --json
  codearts-repo auth show --credentials ecs";

pub(super) const TOKEN_CLEAR: &str = "\
Examples:
  codearts-repo token clear";

pub(super) const CONFIG: &str = "\
Examples:
  codearts-repo config show --origin
  codearts-repo config show --profile work --json";

pub(super) const CONFIG_PATH: &str = "\
Examples:
  codearts-repo config path";

pub(super) const REGIONS: &str = "\
Examples:
  codearts-repo regions
  codearts-repo regions --output json";

#[cfg(feature = "emulator")]
pub(super) const EMULATOR: &str = "\
Examples:
  codearts-repo emulator --listen 127.0.0.1:0 --token abc --repository 5
  codearts-repo emulator --token abc --repository 6=https://git.example.com/team/project.git --data mirrors";

pub(super) const SCHEMA: &str = "\
Examples:
  codearts-repo schema sync
  codearts-repo schema mirror show";

pub(super) const COMPLETIONS: &str = "\
Examples:
  codearts-repo completions bash > ~/.local/share/bash-completion/completions/codearts-repo
  codearts-repo completions zsh > ~/.zfunc/_codearts-repo
  codearts-repo completions fish > ~/.config/fish/completions/codearts-repo.fish
  codearts-repo completions elvish > ~/.config/elvish/lib/codearts-repo.elv
  codearts-repo completions powershell > codearts-repo.ps1";

pub(super) const MAN: &str = "\
Examples:
  codearts-repo man ~/.local/share/man/man1
  codearts-repo man > codearts-repo.1";

const FIRST: &str = "\
Examples:
  codearts-repo --emulator sync 123 --wait
  codearts-repo sync --file repositories.txt --wait --journal sync.journal
  codearts-repo list --starred --json";

const MORE: &str = "\
Set the token in CODEARTS_REPO_TOKEN. `codearts-repo auth show` lists other credentials,
`codearts-repo config show --origin` shows where each setting comes from.";

/// The top-level help fits a screen, so it only names the global options.
const TOP: &str = "{about}\n\n{usage-heading} {usage}\n\nCommands:\n{subcommands}{after-help}";

/// The whole command line.
pub(crate) fn command() -> Command {
    let command = Arguments::command();
    let options = options(&command);
    let after = format!("{options}\n\n{FIRST}\n\n{}\n\n{MORE}", Exit::table());
    command.help_template(TOP).after_help(after)
}

/// The global options, one line per heading.
fn options(command: &Command) -> String {
    let mut headings: Vec<(&str, Vec<String>)> = Vec::new();
    for argument in command.get_arguments() {
        let (Some(heading), Some(long)) = (argument.get_help_heading(), argument.get_long()) else { continue };
        let flag = argument.get_short().map_or_else(|| format!("--{long}"), |short| format!("-{short}"));
        match headings.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, flags)) => flags.push(flag),
            None => headings.push((heading, vec![flag])),
        }
    }
    let mut text = "Global options (explained by `codearts-repo sync --help`):".to_owned();
    for (heading, flags) in headings {
        text.push_str(&format!("\n  {}: {}", heading, flags.join(", ")));
    }
    text.push_str("\n  -h, --help; -V, --version");
    text
}

/// The versions of this program and of the contract, on one line.
pub(super) static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (contract of {})", env!("CARGO_PKG_VERSION"), codearts_repo::CONTRACT_VERSION));

/// The versions and the build's features. Nothing depends on when or where it was built.
pub(super) static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    let emulator = if cfg!(feature = "emulator") { "included" } else { "not included" };
    format!(
        "{}\ncontract: openapi.yaml of {}, {} regions\nsystem: {} {}\nemulator: {emulator}",
        env!("CARGO_PKG_VERSION"),
        codearts_repo::CONTRACT_VERSION,
        codearts_repo::Region::ALL.len(),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
});
