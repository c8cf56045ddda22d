//! The mirrors of the story, in a local CodeArts Repo, and their sources on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use codearts_repo::RepositoryId;
use codearts_repo_emulator::{Emulator, Fault, FaultRule, Repository, Upstream};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::support::git::git;
use super::support::{codearts_repo, run};

pub(crate) const TOKEN: &str = "MIITokenOfTheStory0123";
const START: &str = "StartRemoteMirrorSynchronization";

/// What is the matter with a mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Honest,
    /// Its synchronizations fetch nothing and report success.
    Stale,
    /// Its synchronizations fetch a part and report success.
    Partial,
    /// Its source is gone.
    WithoutSource,
    /// The service breaks each connection about it.
    WithoutService,
    /// Its first two synchronizations lie.
    RepairedLate,
}

/// A fleet whose mirrors were equal to their sources once.
pub(crate) struct Fleet {
    pub(crate) folder: TempDir,
    pub(crate) emulator: Emulator,
    mirrors: u64,
    /// The emulator runs here.
    _runtime: Runtime,
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-R").arg(from).arg(to).status().expect("cp is there");
    assert!(copied.success());
}

/// In a hundred mirrors, 5 lie, 2 cannot be reached, and one is repaired only the third time.
const fn kind(number: u64) -> Kind {
    match number % 100 {
        7 | 27 | 47 => Kind::Stale,
        17 | 37 => Kind::Partial,
        11 => Kind::WithoutSource,
        31 => Kind::WithoutService,
        51 => Kind::RepairedLate,
        _ => Kind::Honest,
    }
}

impl Fleet {
    pub(crate) fn start(mirrors: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let source = |number: u64| folder.path().join(format!("source-{number}"));
        std::fs::create_dir(source(1)).expect("a folder");
        git(&source(1), &["init", "--quiet", "--initial-branch", "main"]);
        git(&source(1), &["commit", "--quiet", "--allow-empty", "--message", "one"]);
        git(&source(1), &["branch", "other"]);
        let mut builder = Emulator::builder().token(TOKEN);
        for number in 1..=mirrors {
            if number > 1 {
                copy(&source(1), &source(number));
            }
            builder = builder.repository(Repository::new(number).upstream(Upstream::local(source(number))));
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let emulator = runtime.block_on(builder.start()).expect("an emulator");
        let list: Vec<String> = (1..=mirrors).map(|number| number.to_string()).collect();
        std::fs::write(folder.path().join("list"), list.join("\n")).expect("written");
        let fleet = Self { folder, emulator, mirrors, _runtime: runtime };
        let synchronized = run(fleet.command("sync").arg("--wait"));
        assert_eq!(synchronized.code, Some(0), "{synchronized:?}");
        (1..=mirrors).for_each(|number| fleet.disturb(number));
        fleet
    }

    /// Makes a mirror what it is.
    fn disturb(&self, number: u64) {
        let lie = |fault| self.emulator.fail(FaultRule::new(fault).operation(START).repository(number));
        match kind(number) {
            Kind::Honest if number % 50 == 5 => {}
            Kind::Honest => return,
            Kind::Stale => lie(Fault::Stale),
            Kind::Partial => lie(Fault::Partial),
            Kind::RepairedLate => {
                self.emulator.fail(FaultRule::new(Fault::Stale).operation(START).repository(number).times(2));
            }
            Kind::WithoutSource => {
                std::fs::remove_dir_all(self.source(number)).expect("removed");
                return;
            }
            Kind::WithoutService => {
                self.emulator.fail(FaultRule::new(Fault::ResetBefore).repository(number));
                return;
            }
        }
        self.move_source(number);
    }

    fn source(&self, number: u64) -> PathBuf {
        self.folder.path().join(format!("source-{number}"))
    }

    /// A new commit in the source of this mirror.
    pub(crate) fn move_source(&self, number: u64) {
        git(&self.source(number), &["commit", "--quiet", "--allow-empty", "--message", "next"]);
    }

    /// A command about all mirrors.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = codearts_repo(&[name, "--rate", "unlimited", "--endpoint", self.emulator.endpoint()]);
        command.arg("--file").arg(self.folder.path().join("list")).env("CODEARTS_REPO_TOKEN", TOKEN);
        command
    }

    pub(crate) fn mirrors(&self) -> impl Iterator<Item = (RepositoryId, Kind)> {
        (1..=self.mirrors).map(|number| (RepositoryId::try_from(number).expect("in range"), kind(number)))
    }

    pub(crate) fn of_kind(&self, wanted: Kind) -> impl Iterator<Item = RepositoryId> {
        self.mirrors().filter(move |(_, kind)| *kind == wanted).map(|(id, _)| id)
    }
}
