//! Names whose values are secrets, in requests that the contract does not describe.

use std::borrow::Cow;

use url::Url;

use super::HIDDEN;

/// Whether a field, a parameter or a header of this name has a secret as its value.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    const PARTS: [&str; 6] = ["password", "passwd", "secret", "token", "private", "authorization"];
    let name = name.to_lowercase();
    PARTS.iter().any(|part| name.contains(part))
}

/// An address with `***` in place of secrets in its query.
#[must_use]
pub fn masked_address(url: &Url) -> Cow<'_, str> {
    if !url.query_pairs().any(|(name, _)| is_secret_name(&name)) {
        return Cow::Borrowed(url.as_str());
    }
    let parameter = |part: &str| match part.split_once('=') {
        Some((name, _)) if is_secret_name(&decoded(part)) => format!("{name}={HIDDEN}"),
        _ => part.to_owned(),
    };
    let parts: Vec<String> = url.query().unwrap_or_default().split('&').map(parameter).collect();
    let address = url.as_str().split('?').next().unwrap_or_default();
    Cow::Owned(format!("{address}?{}", parts.join("&")))
}

/// The name of a parameter as the server reads it.
fn decoded(parameter: &str) -> String {
    url::form_urlencoded::parse(parameter.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_a_query_are_masked_and_the_rest_is_kept() {
        for (query, shown) in [
            ("a=1&b=2", "a=1&b=2"),
            ("a=1&Private_Token=x&b=%20", "a=1&Private_Token=***&b=%20"),
            ("to%6ben=s3cr3t&a", "to%6ben=***&a"),
            ("user%5Bpassword%5D=s3cr3t", "user%5Bpassword%5D=***"),
        ] {
            let url = Url::parse(&format!("https://h/v4/a?{query}")).expect("a URL");
            assert_eq!(masked_address(&url), format!("https://h/v4/a?{shown}"));
        }
    }
}
