//! Enums. In an answer they are open: the service may add a word at any time, and one new word must not make a whole
//! answer undecodable. In a request alone they are closed, but a new word does not break callers either.

use std::collections::BTreeSet;

use heck::ToPascalCase;
use openapiv3::{AdditionalProperties, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::document::Problem;
use super::schemas::in_answers;

/// The variant for any other word.
const OTHER: &str = "Other";

/// A type with the words of the contract and [`OTHER`] for every enum in answers.
pub(crate) fn generate(document: &OpenAPI) -> TokenStream {
    let types = open(document).into_iter().map(|name| {
        let schema = named(document).find(|(other, _)| **other == name).map(|(_, schema)| schema);
        let ident = format_ident!("{name}");
        let description = schema.and_then(|schema| schema.schema_data.description.clone()).unwrap_or_default();
        let words = schema.map(words).unwrap_or_default();
        let variants = variants(&words);
        quote! {
            crate::open_words::open_words! { #[doc = #description] #ident { #(#words => #variants),* } }
        }
    });
    quote! { #(#types)* }
}

/// The names of the enums that answers contain, after [`name_inline`].
pub(crate) fn open(document: &OpenAPI) -> Vec<String> {
    let in_answers = reachable(document);
    enums(document).filter(|name| in_answers.contains(name)).collect()
}

/// The names of the enums that only requests contain.
pub(crate) fn closed(document: &OpenAPI) -> Vec<String> {
    let in_answers = reachable(document);
    enums(document).filter(|name| !in_answers.contains(name)).collect()
}

/// Gives every inline enum in an answer a name, as progenitor would: only a named schema can be replaced.
pub(crate) fn name_inline(document: &mut OpenAPI) -> Result<(), Problem> {
    let in_answers = reachable(document);
    let Some(components) = &mut document.components else { return Ok(()) };
    let mut found = Vec::new();
    for (name, schema) in &mut components.schemas {
        if let ReferenceOr::Item(schema) = schema
            && in_answers.contains(name)
        {
            inside(name, schema, &mut found);
        }
    }
    for (name, schema) in found {
        if components.schemas.insert(name.clone(), ReferenceOr::Item(schema)).is_some() {
            let rule = "an enum in an answer gets this name too; give the enum a name of its own under \
                        components/schemas";
            return Err(Problem::new(format!("components > schemas > {name}"), rule));
        }
    }
    Ok(())
}

/// Replaces the inline enums inside of a schema by references.
fn inside(name: &str, schema: &mut Schema, found: &mut Vec<(String, Schema)>) {
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            for (property, inner) in &mut object.properties {
                let name = format!("{name}{}", property.to_pascal_case());
                let mut plain = std::mem::replace(inner, reference(&name)).unbox();
                replace(&name, &mut plain, found);
                *inner = boxed(plain);
            }
            if let Some(AdditionalProperties::Schema(inner)) = &mut object.additional_properties {
                replace(&format!("{name}Value"), inner, found);
            }
        }
        SchemaKind::Type(Type::Array(array)) => {
            if let Some(inner) = array.items.take() {
                let mut plain = inner.unbox();
                replace(&format!("{name}Item"), &mut plain, found);
                array.items = Some(boxed(plain));
            }
        }
        SchemaKind::AllOf { all_of } => {
            for (index, inner) in all_of.iter_mut().enumerate() {
                replace(&format!("{name}Part{index}"), inner, found);
            }
        }
        _ => {}
    }
}

fn replace(name: &str, inner: &mut ReferenceOr<Schema>, found: &mut Vec<(String, Schema)>) {
    let ReferenceOr::Item(schema) = inner else { return };
    if words(schema).is_empty() {
        return inside(name, schema, found);
    }
    let mut data = openapiv3::SchemaData { nullable: schema.schema_data.nullable, ..Default::default() };
    data.description.clone_from(&schema.schema_data.description);
    schema.schema_data.nullable = false;
    let named = std::mem::replace(
        schema,
        Schema { schema_data: data, schema_kind: SchemaKind::AllOf { all_of: vec![reference(name)] } },
    );
    found.push((name.to_owned(), named));
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

fn reference<T>(name: &str) -> ReferenceOr<T> {
    ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") }
}

fn enums(document: &OpenAPI) -> impl Iterator<Item = String> {
    named(document).filter(|(_, schema)| !words(schema).is_empty()).map(|(name, _)| name.clone())
}

fn named(document: &OpenAPI) -> impl Iterator<Item = (&String, &Schema)> {
    let schemas = document.components.iter().flat_map(|components| &components.schemas);
    schemas.filter_map(|(name, schema)| Some((name, schema.as_item()?)))
}

fn words(schema: &Schema) -> Vec<String> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => text.enumeration.iter().flatten().cloned().collect(),
        _ => Vec::new(),
    }
}

/// The name of the variant of each word.
fn variants(words: &[String]) -> Vec<proc_macro2::Ident> {
    let mut taken = BTreeSet::from([OTHER.to_owned(), "Self".to_owned()]);
    let name = |word: &String| {
        let mut name = word.to_pascal_case();
        name.retain(|c| c.is_ascii_alphanumeric());
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name.insert_str(0, "Word");
        }
        while !taken.insert(name.clone()) {
            name.push_str("Word");
        }
        format_ident!("{name}")
    };
    words.iter().map(name).collect()
}

fn reachable(document: &OpenAPI) -> BTreeSet<String> {
    // An OpenAPI document is always valid JSON.
    let json = serde_json::to_value(document).unwrap_or_default();
    in_answers(&json).into_iter().map(str::to_owned).collect()
}
