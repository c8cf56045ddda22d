use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;

use super::Secrets;

fn hidden(secrets: &[&str], text: &str) -> String {
    let mut all = Secrets::default();
    secrets.iter().for_each(|secret| all.add(secret));
    let mut text = text.to_owned();
    all.hide(&mut text);
    text
}

fn units(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect()
}

fn percent(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn entities(text: &str) -> String {
    text.chars().map(|character| format!("&#{};", u32::from(character))).collect()
}

/// Browsers accept them without the semicolon too.
fn bare_entities(text: &str) -> String {
    text.chars().map(|character| format!("&#{}", u32::from(character))).collect()
}

fn hex_entities(text: &str) -> String {
    text.chars().map(|character| format!("&#x{:X};", u32::from(character))).collect()
}

/// One level of an encoding.
const ENCODINGS: [fn(&str) -> String; 12] = [
    str::to_owned,
    json,
    units,
    entities,
    bare_entities,
    hex_entities,
    percent,
    |text| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"),
    |text| percent(text).replace("%20", "+"),
    |text| STANDARD.encode(text),
    |text| URL_SAFE_NO_PAD.encode(text),
    |text| STANDARD_NO_PAD.encode(text),
];

#[test]
fn a_secret_is_hidden_in_every_encoding_and_in_two_levels_of_them() {
    for secret in ["p@ss w/ö\"1", "admin-s3cr3t", "a&b<c>\"d\"'e'", "𝄞-tüken+/=", "back\\slash\\\\n"] {
        for outer in [json, units, entities, percent, str::to_owned as fn(&str) -> String] {
            for inner in ENCODINGS {
                let text = format!("remote: bad {} here", outer(&inner(secret)));
                assert_eq!(hidden(&[secret], &text), "remote: bad *** here", "{text}");
            }
        }
        let padded = format!("{} and {}.", STANDARD.encode(secret), URL_SAFE.encode(secret));
        assert_eq!(hidden(&[secret], &padded), "*** and ***.", "{padded}");
    }
    assert_eq!(hidden(&["p@ss w/ö\"1"], "bad p@ss w/Ã¶\"1 here"), "bad *** here");
    let thrice = percent(&percent(&percent("p@ss w/1")));
    assert_eq!(hidden(&["p@ss w/1"], &thrice), "***");
}

#[test]
fn a_secret_within_base64_is_hidden() {
    for secret in ["hunter2-pass", "p@ss w/ö\"1", "𝄞-tüken+/="] {
        for before in ["alice:", "al:", "a", "", "{\"user\":1,\"pw\":\""] {
            for encode in [|text: &str| STANDARD.encode(text), |text: &str| URL_SAFE_NO_PAD.encode(text)] {
                let login = encode(&format!("{before}{secret}"));
                let shown = hidden(&[secret], &format!("Authorization: Basic {login}, and more"));
                let rest = shown.strip_prefix("Authorization: Basic ").and_then(|rest| rest.strip_suffix(", and more"));
                let rest = rest.expect("all else stays").strip_suffix("***").expect("hidden");
                // What is left is the part in front, without the letter that it shares with the secret.
                assert!(login.starts_with(rest) && rest.len() <= before.len() * 4 / 3, "{shown}");
            }
        }
        let twice = STANDARD.encode(STANDARD.encode(format!("x:{secret}:y")));
        assert!(hidden(&[secret], &percent(&twice)).contains("***"), "{secret}");
    }
    let bytes: String = "p@ss w/ö".bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    assert_eq!(hidden(&["p@ss w/ö"], &format!("b'{bytes}'")), "b'***'");
    assert_eq!(hidden(&["s3cr3t"], "authorization and abcdefgh"), "authorization and abcdefgh");
}

#[test]
fn secrets_are_hidden_in_json_within_json() {
    let secret = "p\"ss\\w";
    let once = serde_json::json!({ "detail": secret }).to_string();
    let twice = serde_json::json!({ "detail": once }).to_string();
    assert_eq!(hidden(&[secret], &once), r#"{"detail":"***"}"#);
    assert_eq!(hidden(&[secret], &twice), r#"{"detail":"{\"detail\":\"***\"}"}"#);
    assert_eq!(hidden(&[secret], &format!("{twice:?}")), format!("{:?}", twice.replace(r#"p\\\"ss\\\\w"#, "***")));
}

#[test]
fn a_secret_that_starts_with_another_is_hidden_whole() {
    assert_eq!(hidden(&["admin", "admin-s3cr3t"], "bad admin-s3cr3t of admin"), "bad *** of ***");
}

#[test]
fn all_else_stays_as_it_is() {
    assert_eq!(hidden(&["s3cr3t"], "s3cr3t and s3cr3t."), "*** and ***.");
    assert_eq!(hidden(&["s3cr3t", "token-0123456789"], "token token-0123456789 for s3cr3t"), "token *** for ***");
    assert_eq!(hidden(&["a"], "a banana"), "a banana");
    for text in ["text", "", "100% \\u12 &#x; &amp; %zz + a\\", "%", "&", "\\u{110000} \\ud800 %ff"] {
        assert_eq!(hidden(&["s3cr3t"], text), text);
        assert_eq!(hidden(&[], text), text);
    }
}

#[test]
fn the_start_of_a_secret_at_a_cut_is_hidden_too() {
    assert_eq!(hidden(&["token-0123456789"], "the token token-012345"), "the token ***");
    assert_eq!(hidden(&["token-0123456789"], "the token token-01"), "the token ***");
    assert_eq!(hidden(&["token-0123456789"], "the token token-0"), "the token token-0");
    assert_eq!(hidden(&["ääääääää"], "cut: äääää"), "cut: ***");
    for before in ["", "ä", "€", "𝄞", "aä", "ää"] {
        for cut in 8..16 {
            let text = format!("{before}{}", &"token-0123456789"[..cut]);
            assert_eq!(hidden(&["token-0123456789"], &text), format!("{before}***"), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(secret in "\\PC{0,9}", text in "([%&+\\\\u{}#x;=0-9a-f]|\\PC){0,40}") {
        let mut seen = text.clone();
        let mut all = Secrets::default();
        all.add(&secret);
        all.hide(&mut seen);
        prop_assert!(secret.len() < 4 || !seen.replace("***", "").contains(&secret));
    }
}
