//! The checked types against the documented rules, written here a second time; their limits come from the contract.

use std::net::IpAddr;

use codearts_repo::auth::AccessKey;
use codearts_repo::{Endpoint, MirrorUrl, Region, RepositoryFilter, RepositoryId, Token};
use codearts_repo_client::{PageLimit, PageOffset, bounds};
use proptest::prelude::*;

fn is_documented_id(number: i128) -> bool {
    (i128::from(*bounds::REPOSITORY_ID.start())..=i128::from(*bounds::REPOSITORY_ID.end())).contains(&number)
}

/// A limit, whose type depends on it.
fn whole(limit: impl Into<i128>) -> i64 {
    limit.into().try_into().expect("64 bits")
}

/// Numbers near every border that a mistake could draw.
fn number() -> impl Strategy<Value = i64> {
    let border = prop_oneof![
        Just(0_i64),
        Just(1),
        Just(whole(*bounds::REPOSITORY_ID.end())),
        Just(whole(*bounds::PAGE_LIMIT.end())),
        Just(i64::from(u32::MAX)),
        Just(i64::MAX - 2),
        Just(i64::MIN + 2)
    ];
    prop_oneof![
        any::<i64>(),
        any::<i32>().prop_map(i64::from),
        (border, -2_i64..=2).prop_map(|(border, step)| border.saturating_add(step))
    ]
}

/// Texts of visible characters mostly, with some that no header can carry.
fn token() -> impl Strategy<Value = String> {
    let long = (bounds::TOKEN.end() - 2..=bounds::TOKEN.end() + 2).prop_map(|length| "t".repeat(length));
    prop_oneof!["[!-~]{0,40}", "[ -~]{0,40}", "[!-~]{0,20}\r?\n", any::<String>(), long]
}

fn search_text_of_about_the_limit() -> impl Strategy<Value = String> {
    let most = *bounds::SEARCH_TEXT.end();
    (most - 9..=most + 9).prop_map(|length| "ß".repeat(length))
}

/// A text with another one put in somewhere.
fn with_a_blemish(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let blemish = prop_oneof!["[ -~]", "[\t\r\n@?#/\\\\:]{1,2}", any::<char>().prop_map(String::from)];
    (text, any::<prop::sample::Index>(), blemish).prop_map(|(mut text, place, blemish)| {
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
        text.insert_str(places[place.index(places.len())], &blemish);
        text
    })
}

/// Addresses of mirror sources, and what is nearly one.
fn mirror_url() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![4 => "https?://", 1 => "ssh://|HTTP://|ext::|"];
    let login = prop_oneof![4 => Just(""), 1 => Just("user:pass@"), 1 => Just("user@")];
    (
        scheme,
        login,
        "[a-z]{1,9}(\\.[a-z]{2,5})?",
        prop_oneof![Just(""), Just(":8443"), Just(":65536")],
        "(/[!-~]{0,9})?[ \t]?",
    )
        .prop_map(|(scheme, login, host, port, path)| format!("{scheme}{login}{host}{port}{path}"))
}

/// `http` or `https`, no white space, no login, a port up to 65535.
fn is_mirror_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else { return false };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let port = authority.split_once(':').map_or("", |(_, port)| port);
    let numbered = port.is_empty() || port.parse::<u16>().is_ok();
    !text.contains(char::is_whitespace) && !authority.contains('@') && numbered
}

fn endpoint() -> impl Strategy<Value = String> {
    let scheme = prop_oneof!["https?://", Just("ftp://".to_owned()), Just(String::new())];
    let host = prop_oneof![
        "[a-z]{1,9}(\\.[a-z]{2,5})?",
        Just("localhost".to_owned()),
        "127\\.[0-9]\\.[0-9]\\.1",
        "(10|192|128)\\.0\\.0\\.[1-9]",
        Just("[::1]".to_owned()),
        Just("[::2]".to_owned())
    ];
    (
        scheme,
        prop_oneof![4 => Just(""), 1 => Just("user:pass@"), 1 => Just("user@")],
        host,
        prop_oneof![Just(""), Just(":8443")],
        prop_oneof![Just(""), Just("/"), Just("/base"), Just("/base/"), Just("?a=1"), Just("#x")],
    )
        .prop_map(|(scheme, login, host, port, path)| format!("{scheme}{login}{host}{port}{path}"))
}

/// `https` to anyone, `http` to this machine; no login, no query, no fragment.
fn is_endpoint(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    if rest.contains(['?', '#']) || authority.contains('@') {
        return false;
    }
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    scheme == "https" || (scheme == "http" && loopback)
}

proptest! {
    #[test]
    fn a_repository_id_is_in_the_documented_range(number in number()) {
        prop_assert_eq!(RepositoryId::try_from(number).is_ok(), is_documented_id(number.into()));
        prop_assert_eq!(number.to_string().parse::<RepositoryId>().is_ok(), is_documented_id(number.into()));
        prop_assert_eq!(serde_json::from_value::<RepositoryId>(number.into()).is_ok(), is_documented_id(number.into()));
    }

    #[test]
    fn a_page_is_in_the_documented_range(number in number()) {
        prop_assert_eq!(PageOffset::try_from(number).is_ok(), (0..=i128::from(*bounds::PAGE_OFFSET.end())).contains(&i128::from(number)));
        prop_assert_eq!(PageLimit::try_from(number).is_ok(), (1..=i64::from(*bounds::PAGE_LIMIT.end())).contains(&number));
        prop_assert_eq!(number.to_string().parse::<PageLimit>().is_ok(), (1..=i64::from(*bounds::PAGE_LIMIT.end())).contains(&number));
    }

    #[test]
    fn other_texts_are_not_repository_ids(text in any::<String>()) {
        let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let expected = digits && text.parse().is_ok_and(is_documented_id);
        prop_assert_eq!(text.parse::<RepositoryId>().is_ok(), expected);
    }

    #[test]
    fn a_token_has_a_length_and_characters_that_fit_a_header(text in token()) {
        let expected = bounds::TOKEN.contains(&text.chars().count()) && text.bytes().all(|b| (0x21..=0x7e).contains(&b));
        prop_assert_eq!(Token::new(text).is_ok(), expected);
    }

    #[test]
    fn a_region_is_one_of_the_documented(text in prop_oneof!["[a-z]{2}-[a-z]{4,9}-[0-9]{1,3}", any::<String>(), proptest::sample::select(Region::ALL).prop_map(|r| r.to_string())]) {
        prop_assert_eq!(text.parse::<Region>().is_ok(), Region::ALL.iter().any(|region| region.id() == text));
    }

    #[test]
    fn an_endpoint_is_https_or_this_machine(text in endpoint()) {
        let parsed = text.parse::<Endpoint>();
        prop_assert_eq!(parsed.is_ok(), is_endpoint(&text), "{}", text);
        if let Ok(endpoint) = parsed {
            prop_assert!(!endpoint.as_str().ends_with('/'));
            prop_assert_eq!(endpoint.as_str().parse::<Endpoint>(), Ok(endpoint.clone()));
        }
    }

    /// Whatever a text has in it that should not be there: what is taken is an endpoint by the plain rule, and what
    /// is sent is what was read.
    #[test]
    fn an_endpoint_with_extra_parts_is_refused(text in with_a_blemish(endpoint())) {
        if let Ok(endpoint) = text.parse::<Endpoint>() {
            let text = endpoint.as_str();
            prop_assert!(is_endpoint(text) && text.bytes().all(|byte| byte.is_ascii_graphic()), "{text:?}");
            prop_assert_eq!(text.parse::<Endpoint>(), Ok(endpoint.clone()));
        }
    }

    #[test]
    fn a_mirror_source_is_http_or_https_without_a_login(text in mirror_url()) {
        prop_assert_eq!(text.parse::<MirrorUrl>().is_ok(), is_mirror_url(&text), "{:?}", text);
        prop_assert_eq!(serde_json::from_value::<MirrorUrl>(text.as_str().into()).is_ok(), is_mirror_url(&text));
    }

    #[test]
    fn a_mirror_source_with_extra_parts_is_refused(text in with_a_blemish(mirror_url())) {
        if let Ok(url) = text.parse::<MirrorUrl>() {
            prop_assert_eq!(url.as_str(), text.as_str());
            prop_assert!(is_mirror_url(&text), "{:?}", text);
        }
    }

    #[test]
    fn a_key_is_visible_characters(access in token(), secret in token()) {
        let visible = |text: &str| !text.is_empty() && text.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
        let expected = visible(&access) && visible(&secret);
        prop_assert_eq!(AccessKey::new(access, secret).is_ok(), expected);
    }

    #[test]
    fn a_search_text_has_a_documented_length(text in prop_oneof![any::<String>(), search_text_of_about_the_limit()]) {
        let fits = bounds::SEARCH_TEXT.contains(&text.chars().count());
        prop_assert_eq!(RepositoryFilter::new().search(&text).is_ok(), fits);
    }
}
