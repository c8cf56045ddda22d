//! Makes the client from `openapi.yaml`: reads the document, checks and prepares it, lets progenitor write the
//! code, and adds what progenitor leaves out (bounds, regions). Runs again when `openapi.yaml` changes.

#[path = "build/amend.rs"]
mod amend;
#[path = "build/bounds.rs"]
mod bounds;
#[path = "build/document.rs"]
mod document;
#[path = "build/generator.rs"]
mod generator;
#[path = "build/prepare.rs"]
mod prepare;
#[path = "build/regions.rs"]
mod regions;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use quote::quote;

const DOCUMENT: &str = "openapi.yaml";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={DOCUMENT}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    let text = std::fs::read_to_string(DOCUMENT)?;
    let mut document = document::read(&text)?;

    let bounds = bounds::generate(&document)?;
    let regions = regions::generate(&document)?;
    let list_operations = prepare::list_operations(&document)?;
    let version = &document.info.version;
    let version = quote! {
        /// The version of the contract.
        pub const CONTRACT_VERSION: &str = #version;
    };
    let contract = syn::parse2(quote! { #version #bounds #regions #list_operations })?;
    write(&out, "contract.rs", &contract)?;

    prepare::prepare(&mut document)?;
    let mut client = syn::parse2(client(&document)?)?;
    amend::amend(&mut client, document.operations().count())?;
    write(&out, "client.rs", &client)
}

/// What is left that progenitor cannot take makes it panic; the place is lost then, but not the document's name.
fn client(document: &openapiv3::OpenAPI) -> Result<proc_macro2::TokenStream, Box<dyn Error>> {
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = std::panic::catch_unwind(|| generator::generator(document, "crate").generate_tokens(document));
    drop(std::panic::take_hook());
    match outcome {
        Ok(tokens) => Ok(tokens?),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason is given");
            Err(document::Problem::new("progenitor refuses it", words).into())
        }
    }
}

fn write(out: &str, name: &str, code: &syn::File) -> Result<(), Box<dyn Error>> {
    std::fs::write(Path::new(out).join(name), prettyplease::unparse(code))?;
    Ok(())
}
