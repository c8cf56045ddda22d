//! The addresses that an emulator listens at.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::builder::EmulatorBuilder;
use crate::error::StartError;
use crate::service::Face;

/// The bound addresses, as callers write them, and what listens there.
#[derive(Debug)]
pub(crate) struct Listeners {
    pub(crate) repo: String,
    /// The same as `repo` where IAM has no address of its own.
    pub(crate) iam: String,
    pub(crate) admin: Option<String>,
    pub(crate) all: Vec<(Face, TcpListener)>,
}

impl Listeners {
    pub(crate) async fn bind(builder: &EmulatorBuilder) -> Result<Self, StartError> {
        let (repo, listener) = bind(builder.listen).await?;
        let face = if builder.iam_listen.is_some() { Face::Repo } else { Face::Both };
        let mut listeners = Self { iam: repo.clone(), repo, admin: None, all: vec![(face, listener)] };
        if let Some(address) = builder.iam_listen {
            let (endpoint, listener) = bind(address).await?;
            listeners.iam = endpoint;
            listeners.all.push((Face::Iam, listener));
        }
        if let Some(address) = builder.admin_listen {
            let (endpoint, listener) = bind(address).await?;
            listeners.admin = Some(endpoint);
            listeners.all.push((Face::Admin, listener));
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
