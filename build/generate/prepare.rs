//! Prepares the document for progenitor: removes what the hook does instead, and refuses what progenitor would compile
//! into wrong code.

use std::collections::BTreeSet;

use super::document::{Problem, resolve};
use super::words;
use openapiv3::{MediaType, OpenAPI, Operation, Parameter, ReferenceOr, RequestBody, Response, StatusCode};

const TOKEN_HEADER: &str = "X-Auth-Token";
const TOKEN_SCHEMA: &str = "Token";

/// Checks the document, takes the token parameter and the `default` answers out of it, and names the enums in answers.
pub(crate) fn prepare(document: &mut OpenAPI) -> Result<(), Problem> {
    check(document)?;
    let source = document.clone();
    for item in document.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        retain_other_parameters(&source, &mut item.parameters)?;
        for operation in operations_mut(item) {
            // Who the caller is belongs to one hook, not to the signature of every call.
            retain_other_parameters(&source, &mut operation.parameters)?;
            // progenitor takes no `default` beside a typed answer; the wrapper reads such answers itself.
            operation.responses.default = None;
        }
    }
    words::name_inline(document)?;
    if let Some(components) = &mut document.components {
        components.schemas.shift_remove(TOKEN_SCHEMA);
        components.parameters.retain(|_, p| !matches!(p, ReferenceOr::Item(p) if is_token(p)));
    }
    Ok(())
}

fn check(document: &OpenAPI) -> Result<(), Problem> {
    let mut ids = BTreeSet::new();
    for (place, operation) in operations(document) {
        let id = operation_id(&place, operation)?;
        if !ids.insert(id) {
            return Err(Problem::new(place, format!("duplicate operationId {id}")));
        }
        check_path(document, &place, operation)?;
        check_one_type(document, &place, operation)?;
        check_request(document, &place, operation)?;
        check_responses(document, &place, operation)?;
    }
    Ok(())
}

/// Every part of the path in braces is a path parameter, and the other way round.
fn check_path(document: &OpenAPI, place: &str, operation: &Operation) -> Result<(), Problem> {
    let path = place.split_once(' ').map_or(place, |(_, path)| path);
    let mut declared = BTreeSet::new();
    let of_path = match document.paths.paths.get(path) {
        Some(ReferenceOr::Item(item)) => item.parameters.as_slice(),
        _ => &[],
    };
    for parameter in of_path.iter().chain(&operation.parameters) {
        if let Parameter::Path { parameter_data, .. } = resolve_parameter(document, parameter)? {
            declared.insert(parameter_data.name.as_str());
        }
    }
    let written: BTreeSet<&str> = path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    match written.symmetric_difference(&declared).next() {
        Some(name) => {
            Err(Problem::new(place, format!("{{{name}}} is not both a part of the path and a path parameter")))
        }
        None => Ok(()),
    }
}

/// progenitor takes one type for success and one for errors, and panics at more.
fn check_one_type(document: &OpenAPI, place: &str, operation: &Operation) -> Result<(), Problem> {
    for (is_success, what) in [(true, "success"), (false, "errors")] {
        let mut schemas = BTreeSet::new();
        for (status, response) in &operation.responses.responses {
            if matches!(status, StatusCode::Code(200..=299)) != is_success {
                continue;
            }
            for media in resolve_response(document, response)?.content.values() {
                if let Some(ReferenceOr::Reference { reference }) = &media.schema {
                    schemas.insert(reference.as_str());
                }
            }
        }
        if schemas.len() > 1 {
            let schemas: Vec<&str> = schemas.into_iter().collect();
            return Err(Problem::new(
                place,
                format!("one schema for {what} is supported, not {}", schemas.join(" and ")),
            ));
        }
    }
    Ok(())
}

fn check_request(document: &OpenAPI, place: &str, operation: &Operation) -> Result<(), Problem> {
    if let Some(body) = &operation.request_body {
        let body: &RequestBody =
            resolve(body, "requestBodies", |name| document.components.as_ref()?.request_bodies.get(name))?;
        for media in body.content.values() {
            check_named(&format!("{place}, requestBody"), media)?;
        }
    }
    Ok(())
}

fn check_responses(document: &OpenAPI, place: &str, operation: &Operation) -> Result<(), Problem> {
    let mut typed_success = false;
    for (status, response) in &operation.responses.responses {
        let is_success = matches!(status, StatusCode::Code(200..=299));
        typed_success |= is_success && !resolve_response(document, response)?.content.is_empty();
    }
    for (status, response) in &operation.responses.responses {
        let place = format!("{place}, response {status}");
        if let StatusCode::Range(_) = status {
            return Err(Problem::new(place, "a range of statuses makes unreachable code; list the statuses"));
        }
        let response = resolve_response(document, response)?;
        let is_success = matches!(status, StatusCode::Code(200..=299));
        if response.content.is_empty() && (!is_success || typed_success) {
            let rule = "an answer without a body is supported only if no success of the operation has one";
            return Err(Problem::new(place, rule));
        }
        for media in response.content.values() {
            check_named(&place, media)?;
        }
    }
    Ok(())
}

/// progenitor gives every inline schema of an operation the same name, so that one silently becomes the other.
fn check_named(place: &str, media: &MediaType) -> Result<(), Problem> {
    match &media.schema {
        Some(ReferenceOr::Reference { .. }) => Ok(()),
        Some(ReferenceOr::Item(_)) => Err(Problem::new(
            place,
            "an inline schema would be compiled into a wrong type; move it to components/schemas and name it by $ref",
        )),
        None => Err(Problem::new(place, "the schema is missing")),
    }
}

pub(crate) fn operation_id<'a>(place: &str, operation: &'a Operation) -> Result<&'a str, Problem> {
    operation.operation_id.as_deref().ok_or_else(|| Problem::new(place, "operationId is missing"))
}

pub(crate) fn operations(document: &OpenAPI) -> impl Iterator<Item = (String, &Operation)> {
    document.operations().map(|(path, method, operation)| (format!("{method} {path}"), operation))
}

fn operations_mut(item: &mut openapiv3::PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.options,
        &mut item.head,
        &mut item.patch,
        &mut item.trace,
    ]
    .into_iter()
    .flatten()
}

fn retain_other_parameters(source: &OpenAPI, parameters: &mut Vec<ReferenceOr<Parameter>>) -> Result<(), Problem> {
    let mut kept = Vec::with_capacity(parameters.len());
    for parameter in parameters.drain(..) {
        if !is_token(resolve_parameter(source, &parameter)?) {
            kept.push(parameter);
        }
    }
    *parameters = kept;
    Ok(())
}

fn is_token(parameter: &Parameter) -> bool {
    matches!(parameter, Parameter::Header { parameter_data, .. }
        if parameter_data.name.eq_ignore_ascii_case(TOKEN_HEADER))
}

fn resolve_parameter<'a>(
    document: &'a OpenAPI,
    parameter: &'a ReferenceOr<Parameter>,
) -> Result<&'a Parameter, Problem> {
    resolve(parameter, "parameters", |name| document.components.as_ref()?.parameters.get(name))
}

pub(crate) fn resolve_response<'a>(
    document: &'a OpenAPI,
    response: &'a ReferenceOr<Response>,
) -> Result<&'a Response, Problem> {
    resolve(response, "responses", |name| document.components.as_ref()?.responses.get(name))
}
