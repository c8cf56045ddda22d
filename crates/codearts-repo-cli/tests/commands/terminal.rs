//! What differs on a terminal: a progress bar on the standard error.
#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::support::{self, Ended, Running, Server, against, answer};

/// A terminal: the side of the program, and that of the one who looks at it.
fn terminal() -> (File, File) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).and_then(|()| unlockpt(&ours)).expect("ours");
    let name = ptsname(&ours, Vec::new()).expect("a name");
    let theirs = OpenOptions::new().read(true).write(true).open(OsStr::from_bytes(name.as_bytes())).expect("a side");
    (theirs, File::from(ours))
}

fn shown_on_a_terminal(arguments: &[&str]) -> (Ended, String) {
    let server = Server::start(|_, _| answer(200, r#"{"jid":"j"}"#));
    let (theirs, mut ours) = terminal();
    let ended = Running::of(against(&server, arguments).env("TERM", "xterm").stderr(theirs)).ended();
    let mut shown = Vec::new();
    // The end of a terminal that nobody else has open is an error.
    let _ = ours.read_to_end(&mut shown);
    (ended, String::from_utf8_lossy(&shown).into_owned())
}

#[test]
fn the_progress_bar_is_shown_only_on_a_terminal() {
    let (ended, shown) = shown_on_a_terminal(&["sync", "1", "2", "3"]);
    assert_eq!((ended.code, ended.out.lines().count()), (Some(0), 3), "{ended:?}");
    assert!(shown.contains("3/3, ") && shown.contains("/min, ") && shown.contains(" left: 3 started"), "{shown:?}");
    assert!(shown.contains("codearts-repo:\u{1b}[0m 3 started; 3 repositories in "), "{shown:?}");
    let server = Server::start(|_, _| answer(200, r#"{"jid":"j"}"#));
    let elsewhere = support::run(&mut against(&server, &["sync", "1", "2", "3"]));
    assert!(!elsewhere.err.contains("/min"), "{elsewhere:?}");
}
