//! The selected repositories: from the arguments, a file, standard input, or the service's list.

mod line;
mod lines;
mod listed;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, stdin};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use codearts_repo::{Client, RepositoryId, SyncOptions};
use codearts_repo_sync::{Limits, SyncRequest};
use codearts_repo_verify::Verifier;
use futures_util::stream::{self, Stream, StreamExt};
use zeroize::Zeroizing;

use self::line::Line;
use self::listed::List;
use crate::arguments::{self, Listing, Sync};
use crate::failure::Failure;
use crate::service::Service;
use crate::{files, output};

/// How many duplicates are reported one by one.
const REPORTED: u64 = 10;

/// The largest list that is kept in memory because it can be read only once, in bytes.
pub(in crate::commands) const LARGEST_LIST: u64 = 1 << 30;

/// The selected repositories. A list was read once to its end and is valid.
#[derive(Debug)]
pub(crate) struct Selection {
    origin: Origin,
    only_failed: bool,
    /// The number of different repositories, if it is known.
    count: Option<u64>,
    /// Whether some may occur more than once.
    has_duplicates: bool,
}

#[derive(Debug)]
enum Origin {
    Arguments(Vec<RepositoryId>),
    File(PathBuf),
    /// The contents of what can be read only once, and its name in messages.
    Contents(String, Rc<Zeroizing<Vec<u8>>>),
    /// A list of the service.
    Service(List),
    /// The lines of a list that remain after a filter.
    Filtered(Vec<RepositoryId>),
}

impl Selection {
    /// The repositories to synchronize.
    pub(super) fn of(arguments: &Sync) -> Result<Self, Failure> {
        let origin = Origin::of(&arguments.selection, &arguments.listing, arguments.remote_password_stdin)?;
        if arguments.only_failed {
            let failed = failed(&origin)?;
            let count = Some(failed.len() as u64);
            return Ok(Self { origin: Origin::Filtered(failed), only_failed: true, count, has_duplicates: false });
        }
        Self::checked(origin)
    }

    /// The repositories of a command that only reads.
    pub(super) fn to_read(
        arguments: &arguments::Selection,
        listing: &Listing,
        reads_password: bool,
    ) -> Result<Self, Failure> {
        Self::checked(Origin::of(arguments, listing, reads_password)?)
    }

    fn checked(origin: Origin) -> Result<Self, Failure> {
        if matches!(origin, Origin::Service(_)) {
            return Ok(Self { origin, only_failed: false, count: None, has_duplicates: true });
        }
        let (count, has_duplicates) = check(&origin)?;
        Ok(Self { origin, only_failed: false, count: Some(count), has_duplicates })
    }

    pub(super) const fn count(&self) -> Option<u64> {
        self.count
    }

    /// Whether it is the service's list, which contains repositories without a mirror.
    pub(super) const fn is_listed(&self) -> bool {
        matches!(self.origin, Origin::Service(_))
    }

    /// Whether `--only-failed` found nothing to do.
    pub(super) const fn is_done(&self) -> bool {
        self.only_failed && matches!(self.count, Some(0))
    }

    /// The repositories that an emulator in this process needs: at most a thousand of a list, or three to be listed.
    pub(super) fn repositories_of_an_emulator(&self) -> Vec<RepositoryId> {
        match &self.origin {
            Origin::Service(_) => Service::to_list(),
            origin => origin.lines().filter_map(Result::ok).map(|line| line.repository).take(1000).collect(),
        }
    }

    /// The repositories with their options, each once. An error ends the stream.
    pub(super) fn requests(
        self,
        client: &Client,
        limits: &Limits,
        options: SyncOptions,
    ) -> impl Stream<Item = Result<SyncRequest, Failure>> + use<> {
        let listed = self.is_listed();
        let request =
            move |line: Line| SyncRequest::new(line.repository, line.options(&options)).skip_missing_mirror(listed);
        self.lines(client, limits).map(move |line| line.map(&request))
    }

    /// The repositories with their names, as far as a list has them, each once. An error ends the stream.
    pub(super) fn repositories(
        self,
        client: &Client,
        limits: &Limits,
    ) -> impl Stream<Item = Result<(RepositoryId, Option<String>), Failure>> + use<> {
        self.lines(client, limits).map(|line| line.map(|line| (line.repository, line.name)))
    }

    /// The same, with the time at which the content was last changed, as the list of the service has it.
    pub(super) fn repositories_with_times(
        self,
        client: &Client,
        limits: &Limits,
    ) -> impl Stream<Item = Result<(RepositoryId, Option<String>, Option<String>), Failure>> + use<> {
        self.lines(client, limits).map(|line| line.map(|line| (line.repository, line.name, line.updated_at)))
    }

    /// Adds the credentials that lines have for their source.
    pub(super) fn add_credentials(&self, verifier: Verifier) -> Result<Verifier, Failure> {
        first_of_each(self.origin.lines(), self.has_duplicates).try_fold(verifier, |verifier, line| {
            let Line { repository, login, .. } = line?;
            Ok(match login {
                Some(login) => verifier.credentials_for(repository, login.for_git()),
                None => verifier,
            })
        })
    }

    /// The options of the lines that have some.
    pub(super) fn options_of_lines(
        &self,
        command: &SyncOptions,
    ) -> Result<HashMap<RepositoryId, SyncOptions>, Failure> {
        first_of_each(self.origin.lines(), self.has_duplicates)
            .filter(|line| line.as_ref().map_or(true, Line::has_options))
            .map(|line| line.map(|line| (line.repository, line.options(command))))
            .collect()
    }

    fn lines(self, client: &Client, limits: &Limits) -> impl Stream<Item = Result<Line, Failure>> + use<> {
        let lines = match self.origin {
            Origin::Service(list) => list.lines(client, limits).left_stream(),
            origin => stream::iter(origin.lines()).right_stream(),
        };
        let mut seen = self.has_duplicates.then(HashSet::new);
        let mut is_new = move |line: &Line| seen.as_mut().is_none_or(|seen| seen.insert(line.repository));
        lines.filter(move |line| std::future::ready(line.as_ref().map_or(true, &mut is_new)))
    }
}

/// Of duplicates, only the first one.
fn first_of_each(
    lines: impl Iterator<Item = Result<Line, Failure>>,
    has_duplicates: bool,
) -> impl Iterator<Item = Result<Line, Failure>> {
    let mut seen = has_duplicates.then(HashSet::new);
    let mut is_new = move |line: &Line| seen.as_mut().is_none_or(|seen| seen.insert(line.repository));
    lines.filter(move |line| line.as_ref().map_or(true, &mut is_new))
}

impl Origin {
    fn of(arguments: &arguments::Selection, listing: &Listing, reads_password: bool) -> Result<Self, Failure> {
        if arguments.all {
            return Ok(Self::Service(List::All(listing.filter()?)));
        }
        if let Some(project) = &arguments.project {
            return Ok(Self::Service(List::Project(project.clone(), listing.project_filter()?)));
        }
        match &arguments.file {
            Some(path) if path.as_os_str() == "-" => {
                if reads_password {
                    let what = "--file - and --remote-password-stdin both read standard input";
                    return Err(Failure::usage(what, "pass the list as a file"));
                }
                let bytes = files::read_to_end(stdin().lock(), LARGEST_LIST);
                let bytes = bytes.map_err(|error| unreadable("--file -", &error))?;
                Ok(Self::Contents("--file -".to_owned(), Rc::new(bytes)))
            }
            Some(path) => Self::of_file(path),
            None => Ok(Self::Arguments(arguments.repositories.clone())),
        }
    }

    /// A file that can be read again, or the contents of one that cannot, e.g. a pipe.
    fn of_file(path: &Path) -> Result<Self, Failure> {
        let name = format!("--file {}", path.display());
        let unreadable = |error: io::Error| unreadable(&name, &error);
        if std::fs::metadata(path).map_err(unreadable)?.is_file() {
            return Ok(Self::File(path.to_owned()));
        }
        let bytes = File::open(path).and_then(|file| files::read_to_end(file, LARGEST_LIST)).map_err(unreadable)?;
        Ok(Self::Contents(name, Rc::new(bytes)))
    }

    /// The lines in their order, duplicates included.
    fn lines(&self) -> Box<dyn Iterator<Item = Result<Line, Failure>>> {
        match self {
            Self::Arguments(ids) | Self::Filtered(ids) => {
                Box::new(ids.clone().into_iter().map(|id| Ok(Line::from(id))))
            }
            Self::Service(_) => Box::new(std::iter::empty()),
            Self::Contents(name, bytes) => Box::new(read(Cursor::new(Bytes(Rc::clone(bytes))), name.clone())),
            Self::File(path) => {
                let name = format!("--file {}", path.display());
                match File::open(path) {
                    Ok(file) => Box::new(read(BufReader::new(file), name)),
                    Err(error) => Box::new(std::iter::once(Err(unreadable(&name, &error)))),
                }
            }
        }
    }
}

/// Bytes that several readers share.
struct Bytes(Rc<Zeroizing<Vec<u8>>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::usage(error, "pass a file that can be read").at(name)
}

fn read(reader: impl BufRead, name: String) -> impl Iterator<Item = Result<Line, Failure>> {
    lines::read(reader).map(move |line| {
        line.map_err(|reason| Failure::usage(reason, "fix the line, see `codearts-repo sync --help`").at(&name))
    })
}

/// Reads all lines to find invalid ones before anything is started. Returns the number of different repositories, and
/// whether there are duplicates.
fn check(origin: &Origin) -> Result<(u64, bool), Failure> {
    let (mut seen, mut duplicates) = (HashSet::new(), 0);
    for line in origin.lines() {
        let id = line?.repository;
        if !seen.insert(id) {
            duplicates += 1;
            if duplicates <= REPORTED {
                output::note(format_args!("repository {id} is listed more than once; it is started once"));
            }
        }
    }
    if duplicates > REPORTED {
        output::note(format_args!("{} more duplicates are ignored", duplicates - REPORTED));
    }
    if seen.is_empty() {
        return Err(Failure::usage("the list contains no repository", "write an ID or a JSON object per line"));
    }
    Ok((seen.len() as u64, duplicates > 0))
}

/// The repositories whose last outcome in the list is a failure.
fn failed(origin: &Origin) -> Result<Vec<RepositoryId>, Failure> {
    let (mut order, mut last) = (Vec::new(), HashMap::new());
    for line in origin.lines() {
        let Line { repository, failed, .. } = line?;
        let failed = failed.ok_or_else(|| {
            let what = format!("--only-failed: repository {repository} has no outcome");
            Failure::usage(what, "pass the output of `codearts-repo sync --json` with --file")
        })?;
        if last.insert(repository, failed).is_none() {
            order.push(repository);
        }
    }
    order.retain(|repository| last.get(repository) == Some(&true));
    Ok(order)
}
