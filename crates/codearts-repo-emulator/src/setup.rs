//! Creates the data folder and the repositories in it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use codearts_repo_client::{RepositoryId, bounds};
use tempfile::TempDir;

use crate::builder::EmulatorBuilder;
use crate::error::StartError;
use crate::git::{Git, GitError};
use crate::mirror::MirrorUrl;
use crate::private;
use crate::registry;
use crate::repository::RepositoryRecord;
use crate::seed::{Repository, UpstreamKind};

/// The data folder.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    /// Removes the folder at the end if the emulator created it for itself.
    pub(crate) temporary: Option<TempDir>,
}

impl Folder {
    pub(crate) fn create(chosen: Option<&Path>) -> Result<Self, StartError> {
        let failed = |folder: &Path, source| StartError::DataFolder { folder: folder.to_owned(), source };
        let folder = match chosen {
            None => {
                let base = std::env::temp_dir();
                let temporary = temporary_folder();
                let temporary = temporary.map_err(|source| failed(&base, source))?;
                Self { path: temporary.path().to_owned(), temporary: Some(temporary) }
            }
            // Git runs in other folders, where a relative path would mean another folder.
            Some(path) => {
                let path = std::path::absolute(path).map_err(|source| failed(path, source))?;
                Self { path, temporary: None }
            }
        };
        for part in ["home", "repositories"] {
            private::create_folder(&folder.path.join(part)).map_err(|source| failed(&folder.path, source))?;
        }
        Ok(folder)
    }

    /// Removes the folder if it is temporary.
    pub(crate) fn remove(&mut self) {
        let Some(temporary) = self.temporary.take() else { return };
        let path = temporary.keep();
        // A git that was just killed may still finish one write.
        for _ in 0..50 {
            match std::fs::remove_dir_all(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    std::thread::sleep(std::time::Duration::from_millis(10));
                }
                _ => return,
            }
        }
        tracing::warn!(folder = %path.display(), "the temporary folder could not be removed");
    }
}

fn temporary_folder() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("codearts-repo-emulator-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// Refuses invalid settings, before anything is created.
pub(crate) fn check(builder: &EmulatorBuilder) -> Result<(), StartError> {
    let others = [builder.iam_listen, builder.admin_listen, builder.metadata_listen];
    for address in [Some(builder.listen)].into_iter().chain(others).flatten() {
        if !address.ip().is_loopback() && !builder.allow_non_loopback {
            return Err(StartError::NotLoopback(address));
        }
    }
    let is_token = |token: &[u8]| bounds::TOKEN.contains(&token.len()) && token.iter().all(u8::is_ascii_graphic);
    if !builder.tokens.iter().all(|(token, _)| is_token(token.bytes())) {
        return Err(StartError::Token);
    }
    let mut ids = std::collections::HashSet::new();
    for repository in &builder.repositories {
        let id = repository.id;
        if RepositoryId::try_from(id).is_err() {
            return Err(StartError::RepositoryId(id));
        }
        if !ids.insert(id) {
            return Err(StartError::DuplicateRepository(id));
        }
        if let Some(UpstreamKind::Url(text)) = repository.upstream.as_ref().map(|upstream| &upstream.0) {
            let is_web = url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !is_web {
                return Err(StartError::Upstream(id));
            }
        }
    }
    Ok(())
}

/// Makes the folders of upstreams absolute, because git runs in other folders, and refuses everything else.
///
/// Git would interpret some of these texts as an option or as a program to run.
pub(crate) fn resolve(builder: &mut EmulatorBuilder) -> Result<(), StartError> {
    for repository in &mut builder.repositories {
        let Some(UpstreamKind::Local(path)) = repository.upstream.as_mut().map(|upstream| &mut upstream.0) else {
            continue;
        };
        let refused = StartError::UpstreamFolder(repository.id);
        if path.as_os_str().as_encoded_bytes().starts_with(b"-") {
            return Err(refused);
        }
        match std::path::absolute(&*path) {
            Ok(absolute) if absolute.is_dir() => *path = absolute,
            _ => return Err(refused),
        }
    }
    Ok(())
}

/// Creates the repositories that the owner described, in addition to the stored ones.
pub(crate) async fn repositories(
    git: &Git,
    folder: &Path,
    seeds: &[Repository],
    stored: impl IntoIterator<Item = (u64, RepositoryRecord)>,
) -> Result<BTreeMap<u64, RepositoryRecord>, StartError> {
    let failed = |folder: &Path, error: GitError| StartError::Git { folder: folder.to_owned(), source: error.into() };
    let demonstration = registry::demonstration(folder);
    let is_demonstration = |repository: &Repository| {
        repository.upstream.as_ref().is_some_and(|upstream| upstream.0 == UpstreamKind::Demonstration)
    };
    if seeds.iter().any(is_demonstration) {
        git.make_demonstration(&demonstration).await.map_err(|error| failed(&demonstration, error))?;
    }
    let mut repositories: BTreeMap<u64, RepositoryRecord> = stored.into_iter().collect();
    for (id, repository) in &mut repositories {
        if let Some(mirror) = repository.mirror.as_mut().filter(|mirror| mirror.is_in_progress()) {
            let reason = "the emulator was stopped during the synchronization; start it again";
            mirror.end(Err(reason.to_owned()), None);
            let git_dir = registry::git_dir(folder, *id);
            git.recover(&git_dir).await.map_err(|error| failed(&git_dir, error))?;
        }
    }
    // Git creates one empty repository, and the others are copies of it. A git for each of thousands would be slow.
    let template = folder.join("empty.git");
    git.init(&template).await.map_err(|error| failed(&template, error))?;
    for repository in seeds {
        let git_dir = registry::git_dir(folder, repository.id);
        copy_repository(&template, &git_dir)
            .map_err(|source| StartError::DataFolder { folder: git_dir.clone(), source })?;
        let upstream = repository.upstream.as_ref().map(|upstream| MirrorUrl::from_owner(&upstream.0, &demonstration));
        let known = repositories.remove(&repository.id);
        repositories.insert(repository.id, RepositoryRecord::merge(known, repository, upstream));
    }
    trust_folders(git, repositories.values())
        .map_err(|source| StartError::DataFolder { folder: folder.to_owned(), source })?;
    Ok(repositories)
}

/// Git may read these folders even if they belong to another user: the owner of the emulator set them.
fn trust_folders<'r>(git: &Git, repositories: impl Iterator<Item = &'r RepositoryRecord>) -> io::Result<()> {
    let folders = repositories.filter_map(|repository| repository.mirror.as_ref()?.url.as_ref()?.folder());
    let folders: BTreeSet<PathBuf> = folders.map(Path::to_owned).collect();
    git.trust(&folders.into_iter().collect::<Vec<_>>())
}

/// Copies the empty repository. The copy is renamed last: a half finished one is never used.
fn copy_repository(template: &Path, git_dir: &Path) -> io::Result<()> {
    if git_dir.exists() {
        return Ok(());
    }
    let unfinished = git_dir.with_extension("new");
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished)?;
    }
    copy_folder(template, &unfinished)?;
    std::fs::rename(unfinished, git_dir)
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for item in std::fs::read_dir(from)? {
        let item = item?;
        let target = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            copy_folder(&item.path(), &target)?;
        } else {
            std::fs::copy(item.path(), target)?;
        }
    }
    Ok(())
}
