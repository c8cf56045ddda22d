//! A file that other programs read while it is replaced.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::exit::Exit;
use crate::failure::Failure;

/// A file that is written in one step when a run ends: a reader sees the old one or the new one.
#[derive(Debug)]
pub(crate) struct ReplacedFile {
    /// As the user wrote it.
    path: PathBuf,
    /// Where it is: a symbolic link stays, and its target is replaced.
    target: PathBuf,
    /// The option that names it.
    option: &'static str,
    /// What it contains.
    content: &'static str,
}

impl ReplacedFile {
    /// Fails if the file cannot be written. Nothing is written yet, but a folder that does not allow it is noticed now.
    ///
    /// A pipe or a device is refused: it would be replaced by a file.
    pub(crate) fn create(path: &Path, option: &'static str, content: &'static str) -> Result<Self, Failure> {
        let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = Self { path: path.to_owned(), target, option, content };
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(file.unwritable(&"it is a folder")),
            Ok(found) if !found.is_file() => return Err(file.unwritable(&"it is not a regular file")),
            _ => {}
        }
        file.temporary().map_err(|error| file.unwritable(&error))?;
        Ok(file)
    }

    /// Writes the file.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let written = self.temporary().and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.target)?;
            Ok(())
        });
        written.map_err(|error| self.unwritable(&error).with_exit(Exit::Failed))
    }

    /// A file beside it that other users can read, as node_exporter and a web server must.
    fn temporary(&self) -> io::Result<NamedTempFile> {
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".codearts-repo-").suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        builder.tempfile_in(folder.unwrap_or_else(|| Path::new(".")))
    }

    fn unwritable(&self, error: &dyn Display) -> Failure {
        let advice = "use a file in an existing folder that you can write to";
        let failure = Failure::usage(format!("cannot write {}: {error}", self.content), advice);
        failure.at(format_args!("{} {}", self.option, self.path.display()))
    }
}
