//! The emulator accepts the wrapper's signature of any request, and for no other request.
//!
//! `METHOD /PATH?QUERY`, header lines, an empty line, the body. The headers `ak` and `sk` are the access key.
#![no_main]

use codearts_repo::auth::AccessKey;
use codearts_repo_client::Authorize;
use codearts_repo_emulator::fuzzing::verify;
use codearts_repo_fuzz::message::Message;
use codearts_repo_fuzz::service;
use libfuzzer_sys::fuzz_target;
use reqwest::{Method, Request, Url};

fuzz_target!(|bytes: &[u8]| {
    let Some(message) = Message::read(bytes) else { return };
    let Some((method, target)) = message.first.split_once(' ') else { return };
    let Ok(method) = Method::from_bytes(method.as_bytes()) else { return };
    let Ok(url) = format!("http://127.0.0.1:1{target}").parse::<Url>() else { return };
    let [access, secret] = ["ak", "sk"].map(|name| message.header(name).unwrap_or("default-key").to_owned());
    let visible = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let key = AccessKey::new(access.as_str(), secret.as_str());
    assert_eq!(key.is_ok(), visible(&access) && visible(&secret));
    let key = match key {
        Ok(key) => key,
        Err(error) => {
            assert!(secret.len() < 8 || !error.to_string().contains(&secret), "{error}");
            return;
        }
    };
    let mut request = Request::new(method, url);
    for (name, value) in &message.headers {
        // The vendor's SDKs do not sign duplicate headers.
        request.headers_mut().insert(name, value.clone());
    }
    *request.body_mut() = Some(message.body.to_vec().into());
    if let Err(error) = key.authorize(&mut request) {
        let signed = |name: &str| name == "content-type" || name.starts_with("x-");
        let odd = request.headers().iter().any(|(name, value)| signed(name.as_str()) && value.to_str().is_err());
        assert!(odd, "it could not be signed: {error}");
        return;
    }
    let shown = format!("{request:?}");
    assert!(!shown.contains("Signature="), "{shown}");
    let Some((wire, body)) = service::on_the_wire(&request) else { return };
    // An access key ID with a separator of the header does not exist.
    if access.contains([',', '=']) {
        return;
    }
    assert_eq!(verify(secret.as_bytes(), &wire, &body), Ok(()), "{wire:?}");

    let refused = |wire: &http::request::Parts, secret: &str, body: &[u8], what: &str| {
        assert!(verify(secret.as_bytes(), wire, body).is_err(), "another {what} is accepted: {wire:?}");
    };
    refused(&wire, &format!("{secret}x"), &body, "secret");
    if !wire.headers.contains_key("x-sdk-content-sha256") {
        refused(&wire, &secret, &[&body, b"x".as_slice()].concat(), "body");
    }
    let mut other = wire.clone();
    other.method = Method::from_bytes(format!("{}X", wire.method).as_bytes()).expect("a method");
    refused(&other, &secret, &body, "method");
    let (path, query) = (wire.uri.path(), wire.uri.query().unwrap_or_default());
    for (what, uri) in [("path", format!("{path}x?{query}")), ("query", format!("{path}?{query}&x=x"))] {
        let mut other = wire.clone();
        other.uri = uri.parse().expect("an address");
        refused(&other, &secret, &body, what);
    }
});
