//! The operations of the document, as progenitor names them, and the code that is generated from them beside its own.

use heck::{ToPascalCase, ToSnakeCase};
use openapiv3::{OpenAPI, Operation, ReferenceOr, SchemaKind, StatusCode, Type};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::document::{Problem, resolve};
use super::prepare::{operation_id, operations, resolve_response};

/// The public client with one method for each operation, and the check of every answer.
pub(crate) fn generate(document: &OpenAPI) -> Result<TokenStream, Problem> {
    let mut methods = Vec::new();
    let mut checks = Vec::new();
    let mut templates = Vec::new();
    for (place, operation) in operations(document) {
        let id = operation_id(&place, operation)?;
        methods.push(method(&place, id, operation));
        checks.extend(check(document, id, operation)?);
        let (name, template) = (name(id), place.split(' ').nth(1).unwrap_or_default());
        templates.push(quote! { #name => #template, });
    }
    Ok(quote! {
        impl crate::Client {
            #(#methods)*
        }

        /// The path of an operation, with its parameters in braces.
        pub(crate) fn url_template(operation: &str) -> Option<&'static str> {
            Some(match operation {
                #(#templates)*
                _ => return None,
            })
        }

        /// Checks the body of an answer against the contract. `None` if the contract does not have the status, or has
        /// no body for it.
        pub(crate) fn check_answer(
            operation: &str,
            status: u16,
            body: &[u8],
        ) -> Option<Result<(), serde_json::Error>> {
            match (operation, status) {
                #(#checks)*
                _ => None,
            }
        }
    })
}

/// Fails unless the generated code calls every operation as this module does: the check of an answer would be skipped
/// without a word.
pub(crate) fn check_names(document: &OpenAPI, code: &TokenStream) -> Result<(), Problem> {
    let mut generated = Vec::new();
    collect_names(code.clone(), &mut generated);
    for (place, operation) in operations(document) {
        let name = name(operation_id(&place, operation)?);
        if !generated.contains(&name) {
            let rule = format!("progenitor does not name it {name}; choose an operationId in plain PascalCase");
            return Err(Problem::new(place, rule));
        }
    }
    Ok(())
}

/// Collects the names in `OperationInfo { operation_id: "name" }`.
fn collect_names(code: TokenStream, names: &mut Vec<String>) {
    let mut tokens = code.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => collect_names(group.stream(), names),
            TokenTree::Ident(ident) if ident == "operation_id" => {
                let after_colon = tokens.next().and_then(|_| tokens.peek());
                if let Some(TokenTree::Literal(literal)) = after_colon {
                    names.push(literal.to_string().trim_matches('"').to_owned());
                }
            }
            _ => {}
        }
    }
}

fn method(place: &str, id: &str, operation: &Operation) -> TokenStream {
    let ident = ident(&name(id));
    let builder = ident_of_type(id);
    let summary = operation.summary.clone().unwrap_or_default();
    let description = operation.description.clone().unwrap_or_default();
    let doc = format!("{summary}\n\n{description}\n\n`{}`", place.replacen(|c: char| c.is_ascii_lowercase(), "", 0));
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated = "the vendor's contract deprecates it"] });
    quote! {
        #[doc = #doc]
        #deprecated
        pub fn #ident(&self) -> crate::builder::#builder<'_> {
            self.generated.#ident()
        }
    }
}

/// An arm for the statuses of success that have a body.
fn check(document: &OpenAPI, id: &str, operation: &Operation) -> Result<Option<TokenStream>, Problem> {
    let mut statuses = Vec::new();
    let mut checked = None;
    for (status, response) in &operation.responses.responses {
        let StatusCode::Code(status @ 200..=299) = status else { continue };
        for media in resolve_response(document, response)?.content.values() {
            let Some(schema @ ReferenceOr::Reference { reference }) = &media.schema else { continue };
            let target = resolve(schema, "schemas", |name| document.components.as_ref()?.schemas.get(name))?;
            let is_array = matches!(target.schema_kind, SchemaKind::Type(Type::Array(_)));
            let check = if is_array {
                quote! { check_array }
            } else {
                quote! { check_object }
            };
            let schema = ident_of_type(reference.rsplit('/').next().unwrap_or_default());
            checked = Some(quote! { crate::answer::#check::<crate::types::#schema>(body) });
            statuses.push(*status);
        }
    }
    let name = name(id);
    Ok(checked.map(|check| quote! { (#name, #(#statuses)|*) => Some(#check), }))
}

/// An operation's name in Rust. progenitor uses the same crate for it.
fn name(id: &str) -> String {
    id.to_snake_case()
}

fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

fn ident_of_type(id: &str) -> Ident {
    format_ident!("{}", id.to_pascal_case())
}
