//! Reads small files that users name, within limits.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use zeroize::Zeroizing;

/// The largest settings or certificate file, in bytes.
pub(crate) const LARGEST: u64 = 16 * 1024 * 1024;

/// Reads a file of at most [`LARGEST`] bytes. Only a regular file or `/dev/null` is opened: a pipe could block for ever.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() && path != Path::new("/dev/null") {
        return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut bytes = read_to_end(File::open(path)?, LARGEST)?;
    Ok(std::mem::take(&mut *bytes))
}

/// Reads all of this, at most so many bytes.
pub(crate) fn read_to_end(reader: impl Read, most: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("longer than {most} bytes")));
    }
    Ok(bytes)
}
