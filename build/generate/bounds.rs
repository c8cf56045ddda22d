//! The bounds that the document gives its named schemas, as constants and checked types.

use heck::{ToShoutySnakeCase, ToSnakeCase};
use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::document::Problem;

/// Constants `NAME` for the range of every bounded schema, and a checked type for every bounded integer.
pub(crate) fn generate(document: &OpenAPI) -> Result<TokenStream, Problem> {
    let mut constants = Vec::new();
    let mut types = Vec::new();
    for (name, schema) in schemas(document) {
        let constant = format_ident!("{}", name.to_shouty_snake_case());
        let description = schema.schema_data.description.clone().unwrap_or_default();
        if let Some((least, most)) = integer_range(name, schema)? {
            let doc = format!("{description} Both bounds are part of the range.");
            let number = number_type(least, most);
            let (least, most) = (Literal::i64_unsuffixed(least), Literal::i64_unsuffixed(most));
            constants.push(quote! {
                #[doc = #doc]
                pub const #constant: std::ops::RangeInclusive<#number> = #least..=#most;
            });
            let ident = format_ident!("{name}");
            let noun = name.to_snake_case().replace('_', " ");
            types.push(quote! {
                crate::checked::checked_integer! {
                    #[doc = #description] #ident, #number, #noun, crate::bounds::#constant
                }
            });
        } else if let Some((least, most)) = text_range(schema) {
            let doc = format!("{description} In characters; both bounds are part of the range.");
            constants.push(quote! {
                #[doc = #doc]
                pub const #constant: std::ops::RangeInclusive<usize> = #least..=#most;
            });
        }
    }
    Ok(quote! {
        /// The ranges that the contract documents, taken from it at build time.
        pub mod bounds { #(#constants)* }
        #(#types)*
    })
}

/// The names of the schemas for which [`generate`] makes a checked integer type.
pub(crate) fn checked_integers(document: &OpenAPI) -> Vec<String> {
    schemas(document)
        .filter(|(name, schema)| matches!(integer_range(name, schema), Ok(Some(_))))
        .map(|(name, _)| name.clone())
        .collect()
}

fn schemas(document: &OpenAPI) -> impl Iterator<Item = (&String, &Schema)> {
    document.components.iter().flat_map(|c| &c.schemas).filter_map(|(name, schema)| match schema {
        ReferenceOr::Item(schema) => Some((name, schema)),
        ReferenceOr::Reference { .. } => None,
    })
}

fn integer_range(name: &str, schema: &Schema) -> Result<Option<(i64, i64)>, Problem> {
    let SchemaKind::Type(Type::Integer(integer)) = &schema.schema_kind else { return Ok(None) };
    match (integer.minimum, integer.maximum) {
        (Some(least), Some(most)) if least <= most => Ok(Some((least, most))),
        (None, None) => Ok(None),
        _ => Err(Problem::new(
            format!("components/schemas/{name}"),
            "an integer has both a minimum and a maximum, in this order, or none",
        )),
    }
}

/// The smallest type that holds the range. Nothing below 32 bits: a limit that rises from 100 to 1000 would change it.
fn number_type(least: i64, most: i64) -> Ident {
    let name = if u32::try_from(least).is_ok() && u32::try_from(most).is_ok() {
        "u32"
    } else if least >= 0 {
        "u64"
    } else if i32::try_from(least).is_ok() && i32::try_from(most).is_ok() {
        "i32"
    } else {
        "i64"
    };
    format_ident!("{name}")
}

fn text_range(schema: &Schema) -> Option<(usize, usize)> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => Some((text.min_length?, text.max_length?)),
        _ => None,
    }
}
