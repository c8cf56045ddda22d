//! The secrets of the tests, in every form in which they could show.

pub(crate) const TOKEN: &str = "MIISecretTokenForTests";
pub(crate) const USER: &str = "alice-at-source";
pub(crate) const PASSWORD: &str = "hunter2-at-source";

/// The secrets and their Base64, computed with coreutils' base64.
pub(crate) const SECRETS: [&str; 6] =
    [TOKEN, USER, PASSWORD, "TUlJU2VjcmV0VG9rZW5Gb3JUZXN0cw==", "YWxpY2UtYXQtc291cmNl", "aHVudGVyMi1hdC1zb3VyY2U="];

pub(crate) fn assert_silent(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}
