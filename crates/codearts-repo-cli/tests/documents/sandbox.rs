//! A place to run what the documents show: a folder, a home, an emulator, and nothing of the machine's own settings.

use std::path::{Path, PathBuf};
use std::process::Command;

use codearts_repo_emulator::{Agency, Emulator, RecordedRequest, Repository, Upstream, User};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The token that the emulator accepts; documents write `…` for it.
pub(crate) const TOKEN: &str = "MIITokenOfTheDocuments";
/// The password of the IAM user `robot` of the account `company`.
pub(crate) const PASSWORD: &str = "s3cr3t-password";
/// The token of a pod.
pub(crate) const POD_TOKEN: &str = "s3cr3t-pod";
/// The access key `AKEXAMPLE`'s secret.
pub(crate) const SECRET_KEY: &str = "s3cr3t-key";
/// The ID token of a CI job, and the agency that trusts its provider.
pub(crate) const ID_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.e30.s3cr3t-id-token";
pub(crate) const PROVIDER: &str = "iam::0123:oidcProvider:ci";
pub(crate) const AGENCY: &str = "iam::0123:agency:mirrors";
/// The numbers of the mirrors, of which 124 is starred.
const MIRRORS: [u64; 3] = [123, 124, 125];
/// A repository that is no mirror.
const PLAIN: u64 = 126;

pub(crate) struct Sandbox {
    folder: TempDir,
    emulator: Emulator,
    proxy: String,
    // Last, because the others need it to end.
    _runtime: Runtime,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for part in ["bin", "home", "temporary", "work"] {
            std::fs::create_dir(folder.path().join(part)).expect("a folder");
        }
        // `.ci/long release` names the binary that it built.
        let program = std::env::var("CODEARTS_REPO_BINARY");
        let program = program.unwrap_or_else(|_| env!("CARGO_BIN_EXE_codearts-repo").to_owned());
        std::os::unix::fs::symlink(program, folder.path().join("bin/codearts-repo")).expect("a link");
        let runtime = Runtime::new().expect("a runtime");
        let (emulator, (proxy, certificate)) = runtime.block_on(async {
            let mut settings = Emulator::builder().token(TOKEN).user(User::new("company", "robot", PASSWORD));
            settings = settings.agency(Agency::new(PROVIDER, AGENCY, ID_TOKEN));
            settings = settings.access_key("AKEXAMPLE", SECRET_KEY).repository(Repository::new(PLAIN));
            let free_port = "127.0.0.1:0".parse().expect("an address");
            settings = settings.pod_token(POD_TOKEN).metadata_listen(free_port);
            for number in MIRRORS {
                let mirror = Repository::new(number).upstream(Upstream::demonstration());
                settings = settings.repository(mirror.starred(number == 124));
            }
            let emulator = settings.start().await.expect("an emulator");
            let address = emulator.endpoint().trim_start_matches("http://").parse().expect("an address");
            let proxy = super::proxy::start(address).await;
            (emulator, proxy)
        });
        std::fs::write(folder.path().join("authority.pem"), certificate).expect("written");
        Self { folder, emulator, proxy: format!("http://{proxy}"), _runtime: runtime }
    }

    /// The folder that commands run in.
    pub(crate) fn work(&self) -> PathBuf {
        self.path("work")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program in the sandbox. The addresses of the real service lead to the emulator.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().current_dir(self.work());
        let inherited = std::env::var("PATH").expect("a PATH");
        command.env("PATH", format!("{}:{inherited}", self.path("bin").display()));
        command.env("HOME", self.path("home")).env("TMPDIR", self.path("temporary")).env("LC_ALL", "C.UTF-8");
        command.env("HTTPS_PROXY", &self.proxy).env("SSL_CERT_FILE", self.path("authority.pem"));
        command
    }

    /// The address of the metadata service of an ECS server.
    pub(crate) fn metadata_endpoint(&self) -> &str {
        self.emulator.metadata_endpoint().expect("it is on")
    }

    /// The address at which pods get access keys.
    pub(crate) fn pod_credentials_uri(&self) -> String {
        self.emulator.pod_credentials_uri()
    }

    /// What the emulator was asked.
    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.emulator.requests()
    }
}
