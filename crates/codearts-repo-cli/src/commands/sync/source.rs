//! Where the repositories come from: arguments, a file, the standard input, or the service's list.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, stdin};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use codearts_repo::{Client, RepositoryFilter, RepositoryId, SyncOptions};
use codearts_repo_sync::SyncRequest;
use futures_util::stream::{self, Stream, StreamExt};
use zeroize::Zeroizing;

use super::line::Line;
use super::lines;
use crate::arguments::Sync;
use crate::failure::Failure;
use crate::output;
use crate::service::Service;

/// How many duplicates are told one by one.
const TOLD: u64 = 10;

/// Where the repositories come from. A list was read once to its end and is good.
#[derive(Debug)]
pub(super) struct Source {
    kind: Kind,
    /// How many different ones there are, where that is known.
    count: Option<u64>,
    /// Whether some may come more than once.
    repeats: bool,
}

#[derive(Debug)]
enum Kind {
    Given(Vec<RepositoryId>),
    File(PathBuf),
    /// All that came from what can be read once only, and its name in messages.
    Input(String, Rc<Zeroizing<Vec<u8>>>),
    All(RepositoryFilter),
}

/// What ended the list early, if something did.
#[derive(Debug, Clone, Default)]
pub(super) struct Trouble(Rc<RefCell<Option<Failure>>>);

impl Trouble {
    fn put(&self, failure: Failure) {
        self.0.borrow_mut().get_or_insert(failure);
    }

    pub(super) fn take(&self) -> Option<Failure> {
        self.0.borrow_mut().take()
    }
}

impl Source {
    pub(super) fn of(arguments: &Sync) -> Result<Self, Failure> {
        let kind = match &arguments.source.file {
            Some(path) if path.as_os_str() == "-" => {
                if arguments.remote_password_stdin {
                    let what = "--file - and --remote-password-stdin both read the standard input";
                    return Err(Failure::usage(what, "give the list as a file"));
                }
                let mut bytes = Zeroizing::new(Vec::new());
                stdin().lock().read_to_end(&mut bytes).map_err(|error| unreadable("--file -", &error))?;
                Kind::Input("--file -".to_owned(), Rc::new(bytes))
            }
            Some(path) => Kind::of_file(path)?,
            None if arguments.source.all => {
                return Ok(Self { kind: Kind::All(arguments.listing.filter()?), count: None, repeats: true });
            }
            None => Kind::Given(arguments.source.repositories.clone()),
        };
        let (count, repeats) = check(&kind)?;
        Ok(Self { kind, count: Some(count), repeats })
    }

    pub(super) const fn count(&self) -> Option<u64> {
        self.count
    }

    /// The repositories that an emulator in this process has to have: those that are named, at most a thousand, or
    /// three to list.
    pub(super) fn repositories_of_an_emulator(&self) -> Vec<RepositoryId> {
        match &self.kind {
            Kind::All(_) => Service::to_list(),
            kind => kind.lines().filter_map(Result::ok).map(|line| line.repository).take(1000).collect(),
        }
    }

    /// All repositories with their options, each once.
    pub(super) fn requests(
        self,
        client: &Client,
        options: SyncOptions,
    ) -> (impl Stream<Item = SyncRequest> + use<>, Trouble) {
        let trouble = Trouble::default();
        let listed = matches!(self.kind, Kind::All(_));
        let ids = match self.kind {
            Kind::All(filter) => all(client, filter, trouble.clone()).left_stream(),
            kind => {
                let trouble = trouble.clone();
                let lines = kind.lines().map_while(move |line| line.map_err(|failure| trouble.put(failure)).ok());
                stream::iter(lines).right_stream()
            }
        };
        let mut seen = self.repeats.then(HashSet::new);
        let mut is_new = move |line: &Line| seen.as_mut().is_none_or(|seen| seen.insert(line.repository));
        let distinct = ids.filter(move |line| std::future::ready(is_new(line)));
        let request =
            move |line: Line| SyncRequest::new(line.repository, line.options(&options)).skip_missing_mirror(listed);
        (distinct.map(request), trouble)
    }
}

impl Kind {
    /// A file that can be read again, or all of one that cannot, a pipe for example.
    fn of_file(path: &Path) -> Result<Self, Failure> {
        let unreadable = |error: io::Error| unreadable(&format!("--file {}", path.display()), &error);
        let mut file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.is_file() {
            return Ok(Self::File(path.to_owned()));
        }
        let mut bytes = Zeroizing::new(Vec::new());
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(Self::Input(format!("--file {}", path.display()), Rc::new(bytes)))
    }

    /// The repositories in their order, duplicates included, up to what is wrong.
    fn lines(&self) -> Box<dyn Iterator<Item = Result<Line, Failure>>> {
        match self {
            Self::Given(ids) => Box::new(ids.clone().into_iter().map(|id| Ok(Line::from(id)))),
            Self::All(_) => Box::new(std::iter::empty()),
            Self::Input(name, bytes) => Box::new(read(Cursor::new(Bytes(Rc::clone(bytes))), name.clone())),
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
    Failure::usage(format!("{name}: {error}"), "name a file that can be read")
}

fn read(reader: impl BufRead, name: String) -> impl Iterator<Item = Result<Line, Failure>> {
    lines::read(reader).map(move |line| {
        line.map_err(|reason| {
            Failure::usage(format!("{name}: {reason}"), "correct the line, see `codearts-repo sync --help`")
        })
    })
}

/// Reads all lines, so that a bad one is known before anything is started. Gives how many different ones there are,
/// and whether some come more than once.
fn check(kind: &Kind) -> Result<(u64, bool), Failure> {
    let (mut seen, mut again) = (HashSet::new(), 0);
    for line in kind.lines() {
        let id = line?.repository;
        if !seen.insert(id) {
            again += 1;
            if again <= TOLD {
                output::note(format_args!("repository {id} is named more than once and started once"));
            }
        }
    }
    if again > TOLD {
        output::note(format_args!("{} more repetitions were found, and are passed over", again - TOLD));
    }
    if seen.is_empty() {
        return Err(Failure::usage("the list names no repository", "give a number or a JSON object a line"));
    }
    Ok((seen.len() as u64, again > 0))
}

/// The repositories of the service's list that have a usable number.
fn all(client: &Client, filter: RepositoryFilter, trouble: Trouble) -> impl Stream<Item = Line> + use<> {
    client.list_repositories(filter).filter_map(move |repository| {
        let line = match repository {
            Ok(repository) => {
                let id = repository.id.and_then(|id| RepositoryId::try_from(id).ok());
                if id.is_none() {
                    output::note("a repository of the list has no usable number and is passed over; see `list`");
                }
                id.map(Line::from)
            }
            Err(error) => {
                trouble.put(Failure::broken_list(&error));
                None
            }
        };
        std::future::ready(line)
    })
}
