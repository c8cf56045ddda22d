//! The wrapper, and what one would write by hand in its place.

mod hyper;
mod reqwest;
mod wrapper;

pub(crate) use hyper::Hyper;
pub(crate) use reqwest::{Reqwest, client};
pub(crate) use wrapper::{Show, Wrapper, wrapper_client};
