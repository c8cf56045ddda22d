//! Whether results can be printed at all.

use crate::failure::Failure;

/// Fails if every result would be lost: standard output was closed when the program started (`>&-`), or is not open for
/// writing (`1<FILE`). The standard library takes both for success.
#[cfg(unix)]
pub(crate) fn require_stdout() -> Result<(), Failure> {
    use rustix::fs::{OFlags, fcntl_getfl};

    let is_read_only = || fcntl_getfl(std::io::stdout()).is_ok_and(|flags| flags & OFlags::RWMODE == OFlags::RDONLY);
    let what = match *CLOSED_AT_START {
        true => "standard output is closed",
        false if is_read_only() => "standard output is not open for writing",
        false => return Ok(()),
    };
    Err(Failure::usage(what, "redirect it, or use `> /dev/null` to drop results"))
}

#[cfg(not(unix))]
pub(crate) const fn require_stdout() -> Result<(), Failure> {
    Ok(())
}

/// Whether standard output was closed when the program started.
///
/// Checked before `main`: the standard library replaces a closed output by `/dev/null`, which then looks like a
/// `/dev/null` from the parent process.
#[cfg(unix)]
#[static_init::dynamic]
static CLOSED_AT_START: bool = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
