//! Reading small files that a user named.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use codearts_repo_client::internal::plain_text;
use zeroize::Zeroizing;

/// The longest file that is read, in bytes: 1 MiB.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads a regular file of UTF-8 text, without the byte order mark that some editors of Windows put in front.
///
/// A pipe or a device is refused before it is opened: opening it may wait forever, and no signal ends that.
pub(crate) fn read_text(path: &Path) -> io::Result<Zeroizing<String>> {
    check(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(invalid("the file is longer than 1 MiB"));
    }
    match plain_text::decode(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, format!("{error}; {}", error.advice()))),
    }
}

/// Refuses what is not a regular file.
pub(crate) fn check(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"))
    } else if metadata.is_file() {
        Ok(())
    } else {
        Err(invalid("it is not a regular file"))
    }
}

fn invalid(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}

#[cfg(test)]
mod tests {
    use super::read_text;

    #[test]
    fn a_byte_order_mark_is_dropped_and_a_long_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::write(&path, "\u{feff}text\u{feff}").expect("written");
        assert_eq!(read_text(&path).expect("text").as_str(), "text\u{feff}");
        std::fs::write(&path, b"\xff\xfes\0").expect("written");
        assert!(
            read_text(&path).expect_err("UTF-16").to_string().starts_with("the text is UTF-16, not UTF-8; save it")
        );
        std::fs::write(&path, "x".repeat(1024 * 1024)).expect("written");
        assert!(read_text(&path).is_ok());
        std::fs::write(&path, "x".repeat(1024 * 1024 + 1)).expect("written");
        assert!(read_text(&path).expect_err("too long").to_string().contains("1 MiB"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
        assert!(made.success());
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(read_text(&path).map(|_| ())));
        let read = receiver.recv_timeout(std::time::Duration::from_secs(30)).expect("an answer, not a wait");
        assert!(read.expect_err("a pipe").to_string().contains("not a regular file"));
    }
}
