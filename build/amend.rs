//! Changes the code that progenitor writes, where it has no setting for it.
//!
//! | progenitor writes | and it becomes | because |
//! |---|---|---|
//! | a header `api-version` | nothing | the service documents no such header |
//! | `self.client.post(url)` | `crate::address::request(…)` | the host is read once, not for every call |
//! | `ResponseValue::from_response(…)` of a success | `crate::answer::decode(…)` | it reads within a limit, and takes no array for an object |
//! | the same of a refusal | `Box::pin(…)` around it | calls that work carry no room for it |

use quote::{ToTokens, quote};
use syn::{Block, Expr, File, Ident, ImplItem, Item, Stmt, parse_quote};

use crate::document::Problem;

const VERSION_HEADER: &str = "\"api-version\"";

/// Amends every one of so many operations. One that is written in another way, or elsewhere, is refused: it would lose
/// what the amendment is for without a word.
pub(crate) fn amend(code: &mut File, operations: usize) -> Result<(), Problem> {
    let methods = code.items.iter_mut().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(&mut block.items),
        _ => None,
    });
    let mut amended = 0;
    for method in methods.flatten() {
        let ImplItem::Fn(method) = method else { continue };
        if method.sig.asyncness.is_some() {
            operation(&mut method.block).map_err(|what| {
                let rule = format!("progenitor writes no {what} as it used to; look at build/amend.rs");
                Problem::new(format!("operation {}", method.sig.ident), rule)
            })?;
            amended += 1;
        }
    }
    if amended == operations {
        return Ok(());
    }
    let rule = format!("{amended} of {operations} were found; look at build/amend.rs");
    Err(Problem::new("the operations that progenitor writes", rule))
}

/// Amends one operation, or names what was not found in it.
fn operation(body: &mut Block) -> Result<(), &'static str> {
    let before = body.stmts.len();
    body.stmts.retain(|statement| !is_version_header(statement));
    if body.stmts.len() + 1 != before {
        return Err("header api-version");
    }
    // Mentioned only where it is made and where the request takes it, the map holds no other header.
    let mentions = body.stmts.iter().filter(|statement| text(statement).contains("header_map")).count();
    let without_map = mentions == 2;
    if without_map {
        body.stmts.retain(|statement| !text(statement).starts_with("let mut header_map"));
    }
    let mut begun = false;
    let mut decoded = false;
    for statement in &mut body.stmts {
        match statement {
            Stmt::Local(local) => {
                if let Some(init) = &mut local.init {
                    begun |= request(&mut init.expr, without_map);
                }
            }
            Stmt::Expr(Expr::Match(answers), None) => {
                for arm in &mut answers.arms {
                    decoded |= answer(&mut arm.body);
                }
            }
            _ => {}
        }
    }
    match (begun, decoded) {
        (false, _) => Err("request"),
        (_, false) => Err("answer"),
        _ => Ok(()),
    }
}

fn is_version_header(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(Expr::MethodCall(call), _) if call.method == "append")
        && text(statement).contains(VERSION_HEADER)
}

/// Amends the chain of calls that builds a request; whether it begins as expected.
fn request(chain: &mut Expr, without_map: bool) -> bool {
    match chain {
        Expr::Try(attempt) => request(&mut attempt.expr, without_map),
        Expr::MethodCall(call) if without_map && call.method == "headers" && text(&call.args) == "header_map" => {
            let inner = std::mem::replace(&mut *call.receiver, Expr::PLACEHOLDER);
            *chain = inner;
            request(chain, without_map)
        }
        Expr::MethodCall(call) if text(&call.receiver) == text(&quote! { self.client }) => {
            let verb = Ident::new(&call.method.to_string().to_uppercase(), call.method.span());
            let address = &call.args;
            *chain = parse_quote! { crate::address::request(&self.client, ::reqwest::Method::#verb, #address) };
            true
        }
        Expr::MethodCall(call) => request(&mut call.receiver, without_map),
        _ => false,
    }
}

/// Amends what is made of an answer; whether it is a success.
fn answer(made: &mut Expr) -> bool {
    if text(made) == text(&quote! {{ ResponseValue::from_response(response).await }}) {
        *made = parse_quote! { crate::answer::decode(response, &self.inner, info.operation_id).await };
        return true;
    }
    let refusal = quote! {{ Err(Error::ErrorResponse(ResponseValue::from_response(response).await?)) }};
    if text(made) == text(&refusal) {
        *made = parse_quote! { Err(Error::ErrorResponse(Box::pin(ResponseValue::from_response(response)).await?)) };
    }
    false
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}
