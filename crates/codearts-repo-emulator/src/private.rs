//! Folders and files that only their owner can read, whatever the umask of the process.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Creates a folder and those above it. Folders that exist are left as they are.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Creates an empty file, unless it exists.
#[cfg(feature = "store")]
pub(crate) fn create_file(path: &Path) -> io::Result<()> {
    let mut options = std::fs::File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
