//! Generates the client from the text of `openapi.yaml`: reads and checks the document, prepares it for progenitor,
//! and generates what progenitor has no setting for.
//!
//! The build script compiles this module, and so do the tests in `tests/conformance`.

pub(crate) mod bounds;
pub(crate) mod document;
pub(crate) mod generator;
pub(crate) mod keywords;
pub(crate) mod lines;
pub(crate) mod operations;
pub(crate) mod prepare;
pub(crate) mod regions;
pub(crate) mod schemas;
pub(crate) mod words;

use std::error::Error;

use proc_macro2::TokenStream;
use quote::quote;

use document::Problem;

/// The generated code, by file.
pub(crate) struct Code {
    /// What progenitor generates.
    pub(crate) client: TokenStream,
    /// Bounds, checked types, regions, and the public client.
    pub(crate) contract: TokenStream,
}

/// Generates the code for a document.
pub(crate) fn generate(mut document: openapiv3::OpenAPI) -> Result<Code, Box<dyn Error>> {
    let bounds = bounds::generate(&document)?;
    let regions = regions::generate(&document)?;
    let version = document.info.version.clone();
    prepare::prepare(&mut document)?;
    let operations = operations::generate(&document)?;
    let words = words::generate(&document);
    let contract = quote! {
        /// The version of the contract.
        pub const CONTRACT_VERSION: &str = #version;
        #bounds
        #regions
        #words
        #operations
    };
    let client = client(&document)?;
    operations::check_names(&document, &client)?;
    Ok(Code { client, contract })
}

/// progenitor panics at what it does not support: the message becomes the error.
fn client(document: &openapiv3::OpenAPI) -> Result<TokenStream, Box<dyn Error>> {
    let outcome = std::panic::catch_unwind(|| generator::generator(document, "crate").generate_tokens(document));
    match outcome {
        Ok(tokens) => Ok(tokens?),
        Err(panic) => {
            let message = panic.downcast_ref::<String>().map(String::as_str);
            let message = message.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            Err(Problem::new("progenitor refuses the document", message).into())
        }
    }
}
