//! Making the data folder and the repositories in it.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use crate::builder::EmulatorBuilder;
use crate::error::StartError;
use crate::git::{Git, GitError};
use crate::mirror::{Mirror, MirrorUrl};
use crate::registry;
use crate::seed::{Repository, UpstreamKind};
use crate::store::StoredRepository;

/// The greatest id that the API takes.
const GREATEST_ID: u32 = 2_147_483_647;

/// Where everything is kept.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    /// Removes the folder at the end when it is the emulator's own.
    pub(crate) temporary: Option<TempDir>,
}

impl Folder {
    pub(crate) fn make(wanted: Option<&Path>) -> Result<Self, StartError> {
        let failed = |folder: &Path, source| StartError::DataFolder { folder: folder.to_owned(), source };
        let folder = match wanted {
            None => {
                let base = std::env::temp_dir();
                let temporary = tempfile::Builder::new().prefix("codearts-repo-emulator-").tempdir();
                let temporary = temporary.map_err(|source| failed(&base, source))?;
                Self { path: temporary.path().to_owned(), temporary: Some(temporary) }
            }
            // Git is started in other folders, so a relative path would not stay the same folder.
            Some(path) => {
                let path = std::path::absolute(path).map_err(|source| failed(path, source))?;
                Self { path, temporary: None }
            }
        };
        for part in ["home", "repositories"] {
            std::fs::create_dir_all(folder.path.join(part)).map_err(|source| failed(&folder.path, source))?;
        }
        Ok(folder)
    }

    /// Removes the folder when it is temporary.
    pub(crate) fn remove(&mut self) {
        let Some(temporary) = self.temporary.take() else { return };
        let path = temporary.keep();
        // A git that was just killed may still finish one write into the folder.
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

/// Refuses what cannot be right, before anything is made.
pub(crate) fn check(builder: &EmulatorBuilder) -> Result<(), StartError> {
    for address in [Some(builder.listen), builder.iam_listen, builder.admin_listen].into_iter().flatten() {
        if !address.ip().is_loopback() && !builder.allow_non_loopback {
            return Err(StartError::NotLoopback(address));
        }
    }
    let is_token = |token: &[u8]| (1..=100_000).contains(&token.len()) && token.iter().all(u8::is_ascii_graphic);
    if !builder.tokens.iter().all(|(token, _)| is_token(token.bytes())) {
        return Err(StartError::Token);
    }
    let mut ids = std::collections::HashSet::new();
    for repository in &builder.repositories {
        let id = repository.id;
        if !(1..=GREATEST_ID).contains(&id) {
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

/// Makes the folders of upstreams absolute, because git is started in other folders, and refuses what is none.
///
/// Git would take some of these texts for an option or for a program to run.
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

/// Makes the repositories that the owner asked for, beside those that are stored.
pub(crate) async fn repositories(
    git: &Git,
    folder: &Path,
    wanted: &[Repository],
    stored: impl IntoIterator<Item = (u32, StoredRepository)>,
) -> Result<BTreeMap<u32, StoredRepository>, StartError> {
    let failed = |folder: &Path, error: GitError| StartError::Git { folder: folder.to_owned(), source: error.into() };
    let demonstration = registry::demonstration(folder);
    let is_demonstration = |repository: &Repository| {
        repository.upstream.as_ref().is_some_and(|upstream| upstream.0 == UpstreamKind::Demonstration)
    };
    if wanted.iter().any(is_demonstration) {
        git.make_demonstration(&demonstration).await.map_err(|error| failed(&demonstration, error))?;
    }
    let mut repositories: BTreeMap<u32, StoredRepository> = stored.into_iter().collect();
    for (id, repository) in &mut repositories {
        if let Some(mirror) = repository.mirror.as_mut().filter(|mirror| mirror.is_under_way()) {
            mirror.end(Err("the emulator was stopped during the synchronisation; start it again".to_owned()));
            let git_dir = registry::git_dir(folder, *id);
            git.recover(&git_dir).await.map_err(|error| failed(&git_dir, error))?;
        }
    }
    // Git makes one empty repository and the others are copies of it, so that thousands are made in a moment.
    let template = folder.join("empty.git");
    git.init(&template).await.map_err(|error| failed(&template, error))?;
    for repository in wanted {
        let git_dir = registry::git_dir(folder, repository.id);
        make_repository(&template, &git_dir)
            .map_err(|source| StartError::DataFolder { folder: git_dir.clone(), source })?;
        let upstream = repository.upstream.as_ref().map(|upstream| MirrorUrl::from_owner(&upstream.0, &demonstration));
        let known = repositories.remove(&repository.id);
        repositories.insert(repository.id, merged(known, repository, upstream));
    }
    Ok(repositories)
}

/// A repository that is known keeps its state, and its source unless the owner names another one than the last time.
fn merged(known: Option<StoredRepository>, wanted: &Repository, upstream: Option<MirrorUrl>) -> StoredRepository {
    let mut repository = known.unwrap_or_else(|| StoredRepository {
        name: String::new(),
        archived: false,
        starred: false,
        created_at: Timestamp::now(),
        uuid: uuid::Uuid::new_v4().simple().to_string(),
        mirror: None,
        owners_upstream: None,
    });
    repository.name.clone_from(&wanted.name);
    (repository.archived, repository.starred) = (wanted.archived, wanted.starred);
    if upstream.is_some() && upstream != repository.owners_upstream {
        repository.mirror.get_or_insert_with(|| Mirror::new(None)).url.clone_from(&upstream);
        repository.owners_upstream = upstream;
    }
    repository
}

/// Copies the empty repository aside and then names it, so that a half made one is never taken for a repository.
fn make_repository(template: &Path, git_dir: &Path) -> io::Result<()> {
    if git_dir.exists() {
        return Ok(());
    }
    let made = git_dir.with_extension("new");
    if made.exists() {
        std::fs::remove_dir_all(&made)?;
    }
    copy_folder(template, &made)?;
    std::fs::rename(made, git_dir)
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
