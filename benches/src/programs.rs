//! The wrapper, and handwritten alternatives.

mod hyper;
mod reqwest;
mod wrapper;

pub(crate) use hyper::Hyper;
pub(crate) use reqwest::{Reqwest, client};
pub(crate) use wrapper::{Show, Wrapper, wrapper_client};
