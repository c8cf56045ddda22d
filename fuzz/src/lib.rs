//! What the fuzz targets share.

pub mod broken;
pub mod contract;
pub mod file;
pub mod message;
pub mod secrets;
pub mod service;
