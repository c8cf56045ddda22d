//! The address of a request, read without reading its host anew.

use std::cell::RefCell;

use reqwest::{Client, Method, RequestBuilder, Url};

thread_local! {
    /// The address in front of the path of the last request of this thread, as text and as it was read.
    static LAST: RefCell<Option<(String, Url)>> = const { RefCell::new(None) };
}

/// Begins a request, as the generated code would by `client.request(method, address)`.
///
/// To read a whole address costs some 8,000 instructions, a tenth of a call. But for the path it is the same for all
/// calls of a client.
pub(crate) fn request(client: &Client, method: Method, address: String) -> RequestBuilder {
    match read(&address) {
        Some(url) => client.request(method, url),
        // reqwest keeps what is wrong with it for the answer.
        None => client.request(method, address),
    }
}

/// The address, where it is as plain as those of the contract are; all that is special about others is left to the
/// library.
fn read(address: &str) -> Option<Url> {
    let host = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme))?;
    let path = &host[host.find('/')?..];
    let host = &host[..host.len() - path.len()];
    let origin = &address[..address.len() - path.len()];
    let is_plain = |text: &str, marks: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c));
    if !is_plain(host, ".:-[]") || !is_plain(path, "/-_") {
        return None;
    }
    LAST.with_borrow_mut(|last| {
        let base = match last {
            Some((text, url)) if text == origin => url,
            _ => &last.insert((origin.to_owned(), Url::parse(origin).ok()?)).1,
        };
        let mut url = base.clone();
        url.set_path(path);
        Some(url)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use reqwest::{Client, Method};

    use super::request;

    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        // Nothing is sent; the features of the tests' own dependencies ask for a provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder().no_proxy().build().expect("a client")
    });

    /// Addresses of a service, and what is nearly one.
    fn address() -> impl Strategy<Value = String> {
        let scheme = prop_oneof![4 => "https?", 1 => "HTTPS|ftp|data|"];
        let host = prop_oneof![
            "[a-z]{1,5}(\\.[a-z]{2,3})?",
            "127\\.0\\.0\\.[0-9]{1,3}",
            "\\[::1\\]",
            "[!-~]{0,6}",
            "\\PC{0,3}"
        ];
        let port = prop_oneof![Just(""), Just(":80"), Just(":8443"), Just(":65536"), Just(":")];
        let path = prop_oneof![3 => "(/[a-z0-9_-]{0,4}){0,4}", 1 => "(/[!-~]{0,4}){0,3}", 1 => "\\PC{0,6}"];
        let separator = prop_oneof![9 => Just("://"), 1 => Just(":"), 1 => Just(":/")];
        (scheme, separator, host, port, path).prop_map(|(a, b, c, d, e)| format!("{a}{b}{c}{d}{e}"))
    }

    proptest! {
        /// Several on one thread, so that one is read after another of the same and of another host.
        #[test]
        fn an_address_is_read_as_reqwest_reads_it(addresses in proptest::collection::vec(address(), 1..6)) {
            for address in addresses.iter().chain(&addresses) {
                let seen = request(&CLIENT, Method::GET, address.clone()).build();
                let expected = CLIENT.get(address).build();
                match (seen, expected) {
                    (Ok(seen), Ok(expected)) => {
                        prop_assert_eq!(seen.url(), expected.url());
                        prop_assert_eq!(seen.method(), expected.method());
                    }
                    (Err(seen), Err(expected)) => prop_assert_eq!(seen.to_string(), expected.to_string()),
                    (seen, expected) => prop_assert!(false, "{address}: {seen:?}, and not {expected:?}"),
                }
            }
        }
    }
}
