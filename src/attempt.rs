//! One request of the generated client: authorized, sent, and sent once more if its authorization was refused and
//! there is another one.

use std::future::ready;
use std::pin::Pin;
use std::sync::PoisonError;

use reqwest::{Client, Method, Request, Response, StatusCode, Version};
use tracing::{Instrument, Span, debug, debug_span, field};

use crate::answer::Reading;
use crate::auth::Grant;
use crate::authorization::Unsent;
use crate::contract::url_template;
use crate::{Auth, Authorization, Refusal, answer, redact};

/// Headers whose values must not show in `Debug`.
const SECRET_HEADERS: [&str; 3] = ["x-auth-token", "x-security-token", "authorization"];

/// Marks an answer that came from somewhere else than the request went to.
#[derive(Clone, Copy)]
pub(crate) struct Redirected;

/// A request that is being sent. Its future is large; in a box, it is not copied whenever a future around it moves.
pub(crate) type Exchange<'a> = Pin<Box<dyn Future<Output = reqwest::Result<Response>> + Send + 'a>>;

/// Sends a request. An answer with [`Unsent`] as an extension is not one of the server.
pub(crate) fn send<'a>(
    client: &'a Client,
    authorization: &'a Authorization,
    request: Request,
    reading: Reading<'a>,
) -> Exchange<'a> {
    match authorization.fixed() {
        Ok(grant) => attempt(client, authorization, &grant, request, reading, 0),
        Err(auth) => Box::pin(send_renewing(client, authorization, auth, request, reading)),
    }
}

/// The same, for credentials that can change. If the service refuses them, the request is sent again with new ones.
async fn send_renewing(
    client: &Client,
    authorization: &Authorization,
    auth: &Auth,
    request: Request,
    reading: Reading<'_>,
) -> reqwest::Result<Response> {
    let grant = match authorization.grant(auth).await {
        Ok(grant) => grant,
        Err(reason) => return Ok(unsent(reason)),
    };
    let copy = request.try_clone();
    let answer = attempt(client, authorization, &grant, request, reading, 0).await?;
    let (StatusCode::UNAUTHORIZED, Some(copy)) = (answer.status(), copy) else { return Ok(answer) };
    let expired = answer.extensions().get().is_some_and(Refusal::is_token_expired);
    let grant = match authorization.renew(auth, &grant, expired).await {
        Ok(Some(grant)) => grant,
        Ok(None) => return Ok(answer),
        Err(reason) => return Ok(unsent(reason)),
    };
    debug!("the service refused the credentials; sending the request again with new ones");
    attempt(client, authorization, &grant, copy, reading, 1).await
}

fn attempt<'a>(
    client: &Client,
    authorization: &Authorization,
    grant: &Grant,
    mut request: Request,
    reading: Reading<'a>,
    number: u32,
) -> Exchange<'a> {
    if let Err(error) = grant.apply(&mut request) {
        return Box::pin(ready(Ok(unsent(Unsent::NotAuthorized(error.reason())))));
    }
    for (name, value) in request.headers_mut() {
        if SECRET_HEADERS.contains(&name.as_str()) {
            value.set_sensitive(true);
        }
    }
    if let Some(preview) = authorization.preview_place() {
        *preview.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        return Box::pin(ready(Ok(unsent(Unsent::Preview))));
    }
    let span = span(&request, reading.operation.unwrap_or_default(), authorization.count(number));
    let url = request.url().clone();
    let response = execute(client, request);
    let exchange = async move {
        let mut result = response.await;
        match &mut result {
            Ok(response) if *response.url() != url => drop(response.extensions_mut().insert(Redirected)),
            Ok(response) => answer::read(response, reading).await,
            Err(_) => {}
        }
        record(&Span::current(), &result);
        debug!("the request has ended");
        result
    };
    Box::pin(exchange.instrument(span))
}

#[cfg(not(fuzzing))]
fn execute(client: &Client, request: Request) -> impl Future<Output = reqwest::Result<Response>> + use<> {
    client.execute(request)
}

#[cfg(fuzzing)]
fn execute(_: &Client, request: Request) -> impl Future<Output = reqwest::Result<Response>> + use<> {
    std::future::ready(Ok(crate::fuzzing::answer(request)))
}

/// The span of one request, as OpenTelemetry's conventions for HTTP clients name it and its attributes. Integers are
/// `i64`, because `tracing-opentelemetry` makes texts of all others. The values are computed only if the span is enabled.
fn span(request: &Request, operation: &str, resend_count: u32) -> Span {
    let (url, method) = (request.url(), request.method());
    debug_span!(
        "codearts_repo.attempt",
        otel.name = span_name(method, url_template(operation)),
        otel.kind = "client",
        http.request.method = %method,
        http.request.resend_count = (resend_count > 0).then_some(i64::from(resend_count)),
        http.response.status_code = field::Empty,
        network.protocol.version = field::Empty,
        otel.status_code = field::Empty,
        server.address = url.host_str(),
        server.port = url.port_or_known_default().map(i64::from),
        url.full = %redact::masked_address(url),
        url.template = url_template(operation),
        "error.type" = field::Empty,
        codearts_repo.request_id = field::Empty,
    )
}

fn span_name(method: &Method, template: Option<&str>) -> String {
    template.map_or_else(|| method.to_string(), |template| format!("{method} {template}"))
}

fn record(span: &Span, result: &reqwest::Result<Response>) {
    if span.is_disabled() {
        return;
    }
    match result {
        Ok(response) => {
            let status = response.status();
            span.record("http.response.status_code", i64::from(status.as_u16()));
            span.record("network.protocol.version", protocol_version(response.version()));
            if !status.is_success() {
                fail(span, status.as_str());
            }
            if let Some(id) = response.headers().get("x-request-id").and_then(|id| id.to_str().ok()) {
                span.record("codearts_repo.request_id", id);
            }
        }
        Err(error) => {
            let kind = if error.is_timeout() {
                "timeout"
            } else if error.is_connect() {
                "connect"
            } else {
                "connection"
            };
            fail(span, kind);
        }
    }
}

/// Marks a span as failed.
pub(crate) fn fail(span: &Span, error_type: &str) {
    span.record("error.type", error_type).record("otel.status_code", "ERROR");
}

/// The version in the form of OpenTelemetry's conventions.
fn protocol_version(version: Version) -> Option<&'static str> {
    match version {
        Version::HTTP_10 => Some("1.0"),
        Version::HTTP_11 => Some("1.1"),
        Version::HTTP_2 => Some("2"),
        _ => None,
    }
}

/// An answer that stands for a request that was not sent.
fn unsent(reason: Unsent) -> Response {
    let mut response = Response::from(http::Response::new(""));
    response.extensions_mut().insert(reason);
    response
}

/// A copy of what [`send`] returned for a request that was not sent.
pub(crate) fn unsent_again(response: &Response) -> Option<Response> {
    response.extensions().get::<Unsent>().cloned().map(unsent)
}
