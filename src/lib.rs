//! Bindings to the mirror synchronisation of Huawei Cloud CodeArts Repo.

/// The OpenAPI document that this crate was generated from, as YAML.
pub const OPENAPI: &str = include_str!("../openapi.yaml");
