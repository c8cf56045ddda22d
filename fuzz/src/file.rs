//! One file that a process reuses, in memory if the system has a folder for that.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

/// A path in a folder of this process.
pub fn path() -> &'static Path {
    static PLACE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = PLACE.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let folder = folder.expect("a folder");
        let path = folder.path().join("input");
        (folder, path)
    });
    path
}

/// The path, with this content.
pub fn holding(content: &[u8]) -> &'static Path {
    std::fs::write(path(), content).expect("written");
    path()
}
