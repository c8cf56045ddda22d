//! The settings of progenitor.

use openapiv3::{OpenAPI, SchemaKind, Type};
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl, TypePatch};
use quote::quote;

use super::{bounds, schemas, words};

/// A generator for a prepared document. `home` is the path of this crate where the code will stand.
pub(crate) fn generator(document: &OpenAPI, home: &str) -> Generator {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq")
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::Authorization });
    // As Cargo tells the build script of the feature.
    if std::env::var_os("CARGO_FEATURE_SCHEMARS").is_some() {
        settings.with_derive("schemars::JsonSchema");
    }
    // typify has no maximum and makes a type per range: ours hold both bounds.
    for name in bounds::checked_integers(document) {
        settings.with_replacement(&name, format!("{home}::{name}"), text_impls());
    }
    for name in words::open(document) {
        settings.with_replacement(&name, format!("{home}::{name}"), text_impls());
    }
    let json = serde_json::to_value(document).unwrap_or_default();
    let (closed, objects) = (words::closed(document), objects(document));
    for name in schemas::names(&json) {
        let mut patch = TypePatch::default();
        // A new word or field must not break a `match` or a literal of a caller.
        if closed.contains(name) || objects.contains(&name) {
            patch.with_attr("#[non_exhaustive]");
        }
        if !schemas::has_fractions(&json, name) {
            patch.with_derive("Eq").with_derive("Hash");
        }
        settings.with_patch(name, &patch);
    }
    settings.with_replacement("MirrorUrl", format!("{home}::MirrorUrl"), text_impls());
    // One error type that reads every body shape that the service, its gateway and IAM answer with.
    for name in ["ApiError", "IamErrorResponse"] {
        settings.with_replacement(name, format!("{home}::ErrorBody"), std::iter::empty());
    }
    for format in ["byte", "password"] {
        let schema = serde_json::json!({ "type": "string", "format": format });
        if let Ok(schema) = serde_json::from_value(schema) {
            settings.with_conversion(schema, format!("{home}::WireSecret"), std::iter::empty());
        }
    }
    Generator::new(&settings)
}

/// The names of the objects with fields.
fn objects(document: &OpenAPI) -> Vec<&String> {
    let schemas = document.components.iter().flat_map(|components| &components.schemas);
    let named = schemas.filter_map(|(name, schema)| match &schema.as_item()?.schema_kind {
        SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => Some(name),
        _ => None,
    });
    named.collect()
}

fn text_impls() -> impl Iterator<Item = TypeImpl> {
    [TypeImpl::FromStr, TypeImpl::Display].into_iter()
}
