//! Generates the client from `openapi.yaml`, when the file changes.

mod generate;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use proc_macro2::TokenStream;

const DOCUMENT: &str = "openapi.yaml";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    // `generate` makes an error of a panic of progenitor, without where it was.
    std::panic::set_hook(Box::new(|panic| println!("cargo::warning={}", panic.to_string().replace('\n', " "))));
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={DOCUMENT}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    let text = std::fs::read_to_string(DOCUMENT)?;
    let code = generate::generate(generate::document::read(&text)?)?;
    write(&out, "contract.rs", code.contract)?;
    write(&out, "client.rs", code.client)
}

fn write(out: &str, name: &str, code: TokenStream) -> Result<(), Box<dyn Error>> {
    std::fs::write(Path::new(out).join(name), prettyplease::unparse(&syn::parse2(code)?))?;
    Ok(())
}
