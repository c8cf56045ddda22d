//! Files that one process at a time writes, line by line, and sometimes replaces as a whole.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Whether the path names a regular file, or nothing. Ask before opening: opening a named pipe would block.
///
/// # Errors
///
/// [`io::Error`] if the system does not tell.
pub fn is_regular_or_missing(path: &Path) -> io::Result<bool> {
    match std::fs::metadata(path) {
        Ok(metadata) => Ok(metadata.is_file()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Reads and writes a file that only its owner can read.
#[must_use]
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether the path still names this file. Another process may have replaced it before it was locked.
///
/// # Errors
///
/// [`io::Error`] if the system does not tell.
#[cfg(unix)]
pub fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    match std::fs::metadata(path) {
        Ok(metadata) => Ok(identity(metadata) == identity(file.metadata()?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether the path still names this file. Without file identities, it does.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// The file that replaces this one. Its name is fixed: one that a killed process left is found and removed.
#[must_use]
pub fn new_file_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

/// Makes the names in the file's folder durable. Without it, a new file may be missing after a power cut.
///
/// # Errors
///
/// [`io::Error`] if the folder cannot be written to the disk.
#[cfg(unix)]
pub fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// Makes the names in the file's folder durable, where the system has a way.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
