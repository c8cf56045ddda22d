//! The addresses that an emulator listens on.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::builder::EmulatorBuilder;
use crate::error::StartError;
use crate::service::Port;

/// The bound addresses, as callers write them, and the listeners.
#[derive(Debug)]
pub(crate) struct Listeners {
    pub(crate) repo: String,
    /// The same as `repo` if IAM has no address of its own.
    pub(crate) iam: String,
    pub(crate) admin: Option<String>,
    pub(crate) metadata: Option<String>,
    pub(crate) all: Vec<(Port, TcpListener)>,
}

impl Listeners {
    pub(crate) async fn bind(builder: &EmulatorBuilder) -> Result<Self, StartError> {
        let (repo, listener) = bind(builder.listen).await?;
        let port = if builder.iam_listen.is_some() { Port::Repo } else { Port::RepoAndIam };
        let mut listeners = Self { iam: repo.clone(), repo, admin: None, metadata: None, all: vec![(port, listener)] };
        if let Some(address) = builder.iam_listen {
            let (endpoint, listener) = bind(address).await?;
            listeners.iam = endpoint;
            listeners.all.push((Port::Iam, listener));
        }
        if let Some(address) = builder.admin_listen {
            let (endpoint, listener) = bind(address).await?;
            listeners.admin = Some(endpoint);
            listeners.all.push((Port::Admin, listener));
        }
        if let Some(address) = builder.metadata_listen {
            let (endpoint, listener) = bind(address).await?;
            listeners.metadata = Some(endpoint);
            listeners.all.push((Port::Metadata, listener));
        }
        Ok(listeners)
    }
}

async fn bind(address: SocketAddr) -> Result<(String, TcpListener), StartError> {
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((format!("http://{address}"), listener))
}
