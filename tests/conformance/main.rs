//! Spec-conformance: holds openapi.yaml to the facts that the vendor documents, and what is made of it to
//! openapi.yaml: the generated code, the bytes that the wrapper sends, and the answers of the emulator.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access_keys;
mod assumed_agency;
mod build_script;
mod contract;
mod discovery;
mod documented_facts;
mod emulator_answers;
mod exercised;
mod federation;
mod generated_types;
mod golden_client;
mod iam_tokens;
mod judge;
mod key_services;
mod known_secrets;
mod listing;
mod oidc;
mod own_values;
mod plain_client;
mod plain_server;
mod retries;
mod schema_types;
mod secrets;
mod way_out;
mod workspace;
mod wrapper_answers;
mod wrapper_requests;

// The build script's own code.
#[path = "../../build/generate/mod.rs"]
mod generate;
