//! A state in a file: one JSON value a line, the last line about a mirror counts.

mod lines;

use std::collections::HashSet;
use std::fs::{File, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use codearts_repo::RepositoryId;
use codearts_repo_sync::state_file::{self, is_at, new_file_of, options, sync_folder};

use super::error::StateError;
use super::finding::Finding;
use super::moment::Moment;
use super::run::RunSummary;
use super::state::FleetState;
use lines::{Content, Header, Line, line_of};

/// How long a line may wait until it is durable.
const LAZY: Duration = Duration::from_secs(2);
/// The file is rewritten when it has more than twice as many lines as it needs, and so many besides.
const SLACK: u64 = 1000;

/// The state of a fleet in a file, which is locked while it is open.
///
/// Each finding is appended at once, and a process may be killed at any moment: of a line that was not written to its end
/// nothing is read. When many lines are out of date, the file is replaced as a whole by a new one when it is opened.
/// 100,000 mirrors are opened in under a second and take at most 200 bytes each in memory, with names and reasons of
/// usual length.
///
/// ```
/// use codearts_repo_verify::{Finding, FindingKind, Moment, StateFile};
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("fleet.state");
/// let endpoint = "https://codearts.example.com";
/// let repository = codearts_repo::RepositoryId::try_from(123)?;
/// let mut file = StateFile::open(&path, endpoint)?;
/// file.record(repository, None, &Finding::new(FindingKind::Equal), Moment::now())?;
/// file.close()?;
/// assert!(StateFile::read(&path, endpoint)?.get(repository).is_some_and(|mirror| mirror.proven_at.is_some()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct StateFile {
    file: File,
    path: PathBuf,
    endpoint: String,
    state: FleetState,
    /// When the oldest line was written that may not be durable yet.
    dirty: Option<Instant>,
}

impl StateFile {
    /// Opens the state of mirrors at this endpoint, or creates it.
    ///
    /// # Errors
    ///
    /// [`StateError`] if the file is in use, is about another endpoint, was written by a newer version, is not a state
    /// file, or cannot be read and written.
    pub fn open(path: &Path, endpoint: &str) -> Result<Self, StateError> {
        let cannot = |source| StateError::Open { path: path.to_owned(), source };
        let (file, real) = open_locked(path)?;
        let content = lines::read(&file, path, endpoint)?;
        file.set_len(content.end).map_err(cannot)?;
        let Content { state, count, is_new, .. } = content;
        let mut opened = Self { file, path: real, endpoint: endpoint.to_owned(), state, dirty: None };
        // A process that was killed while it replaced the file leaves the unfinished new one.
        let _ = std::fs::remove_file(new_file_of(&opened.path));
        if is_new || count > 2 * (opened.state.mirrors.len() + opened.state.runs.len()) as u64 + SLACK {
            opened.replace()?;
        }
        opened.file.seek(SeekFrom::End(0)).map_err(cannot)?;
        Ok(opened)
    }

    /// Reads the state without a lock, for example while a run writes it.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open), but for a file that is in use. A file that does not exist is an error.
    pub fn read(path: &Path, endpoint: &str) -> Result<FleetState, StateError> {
        check_regular(path)?;
        let file = File::open(path).map_err(|source| StateError::Open { path: path.to_owned(), source })?;
        Ok(lines::read(&file, path, endpoint)?.state)
    }

    /// What is known.
    #[must_use]
    pub const fn state(&self) -> &FleetState {
        &self.state
    }

    /// Records what a run found of a mirror, and its name if it is given.
    ///
    /// # Errors
    ///
    /// [`StateError::Write`] if the line cannot be written.
    pub fn record(
        &mut self,
        repository: RepositoryId,
        name: Option<&str>,
        finding: &Finding,
        now: Moment,
    ) -> Result<(), StateError> {
        self.state.record(repository, finding, now);
        self.state.set_name(repository, name);
        let Some(mirror) = self.state.get(repository).cloned() else { return Ok(()) };
        if finding.repaired {
            self.append(&Line::Repaired(self.state.repaired))?;
        }
        self.append(&Line::Mirror(repository, mirror))
    }

    /// Forgets the mirrors that are not in the list. Returns how many.
    ///
    /// # Errors
    ///
    /// [`StateError::Write`] if a line cannot be written.
    pub fn prune(&mut self, list: &HashSet<RepositoryId>) -> Result<u64, StateError> {
        let gone: Vec<_> = self.state.mirrors.keys().copied().filter(|known| !list.contains(known)).collect();
        for repository in &gone {
            self.state.remove(*repository);
            self.append(&Line::Dropped(*repository))?;
        }
        Ok(gone.len() as u64)
    }

    /// Begins a run.
    ///
    /// # Errors
    ///
    /// [`StateError::Write`] if the line cannot be written.
    pub fn begin_run(&mut self, now: Moment) -> Result<RunSummary, StateError> {
        let run = self.state.begin_run(now);
        self.append(&Line::Run(run.clone()))?;
        Ok(run)
    }

    /// Records what a run has done.
    ///
    /// # Errors
    ///
    /// [`StateError::Write`] if the line cannot be written.
    pub fn end_run(&mut self, run: RunSummary) -> Result<(), StateError> {
        self.append(&Line::Run(run.clone()))?;
        self.state.put_run(run);
        Ok(())
    }

    /// Makes everything durable and releases the file.
    ///
    /// # Errors
    ///
    /// [`StateError::Write`] if something could not be written.
    pub fn close(mut self) -> Result<(), StateError> {
        self.sync()
    }

    fn append(&mut self, line: &Line) -> Result<(), StateError> {
        let written = line_of(line).and_then(|line| self.file.write_all(&line));
        written.map_err(|source| self.failed(source))?;
        let since = *self.dirty.get_or_insert_with(Instant::now);
        if since.elapsed() >= LAZY { self.sync() } else { Ok(()) }
    }

    fn sync(&mut self) -> Result<(), StateError> {
        if self.dirty.take().is_some() {
            self.file.sync_data().map_err(|source| self.failed(source))?;
        }
        Ok(())
    }

    /// Writes a new file beside the old one and renames it. The new one is locked before it has the name.
    fn replace(&mut self) -> Result<(), StateError> {
        let path = new_file_of(&self.path);
        let replaced = self.write_new(&path).and_then(|file| {
            std::fs::rename(&path, &self.path)?;
            sync_folder(&self.path)?;
            self.file.unlock()?;
            self.file = file;
            Ok(())
        });
        replaced.map_err(|source| {
            let _ = std::fs::remove_file(&path);
            self.failed(source)
        })
    }

    fn write_new(&self, path: &Path) -> io::Result<File> {
        let file = options().create_new(true).open(path)?;
        file.try_lock().map_err(io::Error::from)?;
        let mut writer = BufWriter::new(&file);
        writer.write_all(&line_of(&Header::new(&self.endpoint))?)?;
        for run in &self.state.runs {
            writer.write_all(&line_of(&Line::Run(run.clone()))?)?;
        }
        writer.write_all(&line_of(&Line::Repaired(self.state.repaired))?)?;
        for (repository, mirror) in &self.state.mirrors {
            writer.write_all(&line_of(&Line::Mirror(*repository, mirror.clone()))?)?;
        }
        writer.flush()?;
        drop(writer);
        file.sync_all()?;
        Ok(file)
    }

    fn failed(&self, source: io::Error) -> StateError {
        StateError::Write { path: self.path.clone(), source }
    }
}

impl Drop for StateFile {
    /// Unlocks the file explicitly: a child process that was just forked has a copy of the descriptor.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// Opens and locks the file. Another process may replace the file in between, and then the new one is taken.
fn open_locked(path: &Path) -> Result<(File, PathBuf), StateError> {
    let cannot = |source| StateError::Open { path: path.to_owned(), source };
    loop {
        check_regular(path)?;
        let file = options().create(true).open(path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StateError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(cannot(source)),
        }
        let real = path.canonicalize().map_err(cannot)?;
        if is_at(&file, &real).map_err(cannot)? {
            return Ok((file, real));
        }
    }
}

/// Refuses what is not a regular file.
fn check_regular(path: &Path) -> Result<(), StateError> {
    match state_file::is_regular_or_missing(path) {
        Ok(true) => Ok(()),
        Ok(false) => Err(StateError::NotAFile(path.to_owned())),
        Err(source) => Err(StateError::Open { path: path.to_owned(), source }),
    }
}

#[cfg(test)]
mod tests;
