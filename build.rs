//! Makes the client from `openapi.yaml`: reads the document, checks and prepares it, lets progenitor write the
//! code, and adds what progenitor leaves out (bounds, regions). Runs again when `openapi.yaml` changes.

#[path = "build/bounds.rs"]
mod bounds;
#[path = "build/document.rs"]
mod document;
#[path = "build/prepare.rs"]
mod prepare;
#[path = "build/regions.rs"]
mod regions;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl};
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
    write(&out, "contract.rs", quote! { #bounds #regions #list_operations })?;

    prepare::prepare(&mut document)?;
    let client = Generator::new(&settings(&document)).generate_tokens(&document)?;
    write(&out, "client.rs", client)
}

fn settings(document: &openapiv3::OpenAPI) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::Authorization })
        .with_derive("schemars::JsonSchema");
    // typify has no maximum and makes a type per range: ours hold both bounds.
    for name in bounds::checked_integers(document) {
        settings.with_replacement(&name, format!("crate::{name}"), text_impls());
    }
    settings.with_replacement("MirrorUrl", "crate::MirrorUrl", text_impls());
    // One error type that reads every body shape that the service, its gateway and IAM answer with.
    for name in ["ApiError", "IamErrorResponse"] {
        settings.with_replacement(name, "crate::ErrorBody", std::iter::empty());
    }
    for format in ["byte", "password"] {
        let schema = serde_json::json!({ "type": "string", "format": format });
        if let Ok(schema) = serde_json::from_value(schema) {
            settings.with_conversion(schema, "crate::WireSecret", std::iter::empty());
        }
    }
    settings
}

fn text_impls() -> impl Iterator<Item = TypeImpl> {
    [TypeImpl::FromStr, TypeImpl::Display].into_iter()
}

fn write(out: &str, name: &str, tokens: proc_macro2::TokenStream) -> Result<(), Box<dyn Error>> {
    let code = prettyplease::unparse(&syn::parse2(tokens)?);
    std::fs::write(Path::new(out).join(name), code)?;
    Ok(())
}
