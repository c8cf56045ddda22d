//! Whether a request comes from the user, or from another site that the user's browser shows.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, header};

/// Whether the Host header is an address or `localhost`. A site whose name resolves to this machine sends its own name.
pub(crate) fn is_local(headers: &HeaderMap) -> bool {
    let host = text(headers, header::HOST.as_str());
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    host.parse::<SocketAddr>().is_ok() || host.parse::<IpAddr>().is_ok() || name.eq_ignore_ascii_case("localhost")
}

/// Whether a request may read the page: it is local, and no other site made the browser send it. A link from another
/// site may open the page as a document of its own.
#[cfg(feature = "page")]
pub(crate) fn may_read_page(headers: &HeaderMap) -> bool {
    let by_another_site = matches!(text(headers, "sec-fetch-site"), "cross-site" | "same-site");
    let opens_a_page = text(headers, "sec-fetch-mode") == "navigate" && text(headers, "sec-fetch-dest") == "document";
    is_local(headers) && (!by_another_site || opens_a_page)
}

fn text<'headers>(headers: &'headers HeaderMap, name: &str) -> &'headers str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test is meant to stop")]
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_addresses_and_localhost_are_local() {
        for host in ["127.0.0.1:80", "127.0.0.1", "[::1]:80", "localhost", "LOCALHOST:8080", "192.168.0.7:80"] {
            assert!(is_local(&headers(&[("host", host)])), "{host}");
        }
        for host in ["evil.example.com", "localhost.evil.example.com:80", "127.0.0.1.example.com", "", "localhost:x"] {
            assert!(!is_local(&headers(&[("host", host)])), "{host}");
        }
        assert!(!is_local(&HeaderMap::new()));
    }

    #[cfg(feature = "page")]
    #[test]
    fn another_site_may_link_to_the_page_only() {
        let with = |site, mode, dest| {
            may_read_page(&headers(&[
                ("host", "127.0.0.1:80"),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ]))
        };
        assert!(with("same-origin", "cors", "empty") && with("none", "navigate", "document"));
        assert!(with("cross-site", "navigate", "document"));
        assert!(!with("cross-site", "cors", "empty") && !with("same-site", "no-cors", "script"));
        assert!(!with("cross-site", "navigate", "iframe"));
    }
}
