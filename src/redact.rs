//! Takes secrets of a call out of what an answer says: a service, or something in front of it, may repeat them.

use std::cmp::Reverse;
use std::fmt;

use zeroize::Zeroizing;

/// Shorter texts are left alone: they would stand in ordinary words too.
const SHORTEST: usize = 4;
/// How much of a secret's beginning counts where an answer was cut off in the middle of it.
const SHORTEST_BEGINNING: usize = 8;
const HIDDEN: &str = "***";

/// The secrets of one call, in every form in which they were sent or may come back.
#[doc(hidden)]
#[derive(Default)]
pub struct Secrets(Vec<Zeroizing<String>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(***)")
    }
}

impl Secrets {
    pub fn add(&mut self, secret: impl Into<String>) {
        let secret = Zeroizing::new(secret.into());
        if secret.len() < SHORTEST {
            return;
        }
        // As JSON writes it, as JSON in JSON does, and as a decoder quotes that.
        let once = escaped(&secret);
        if once != secret {
            let twice = escaped(&once);
            self.0.extend([escaped(&twice), twice, once]);
        }
        self.0.push(secret);
    }

    /// Puts `***` in place of each secret, and of the beginning of one at the end of the text.
    pub fn hide(&self, text: &mut String) {
        // The longest first: a shorter one may be the beginning of it, and would leave the rest.
        let mut secrets: Vec<&Zeroizing<String>> = self.0.iter().collect();
        secrets.sort_by_key(|secret| Reverse(secret.len()));
        for secret in secrets {
            if text.contains(secret.as_str()) {
                *text = text.replace(secret.as_str(), HIDDEN);
            }
            let longest = secret.len().min(text.len());
            let cut = (SHORTEST_BEGINNING..=longest)
                .rev()
                .find(|length| text.as_bytes().ends_with(&secret.as_bytes()[..*length]));
            if let Some(length) = cut.filter(|length| text.is_char_boundary(text.len() - length)) {
                text.truncate(text.len() - length);
                text.push_str(HIDDEN);
            }
        }
    }
}

/// The text between the quotation marks that JSON puts around it.
fn escaped(text: &str) -> Zeroizing<String> {
    let quoted = Zeroizing::new(serde_json::to_string(text).unwrap_or_default());
    Zeroizing::new(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    fn hidden(secrets: &[&str], text: &str) -> String {
        let mut all = Secrets::default();
        secrets.iter().for_each(|secret| all.add(*secret));
        let mut text = text.to_owned();
        all.hide(&mut text);
        text
    }

    #[test]
    fn secrets_are_hidden_as_json_writes_them() {
        let secret = "p\"ss\\w";
        let once = serde_json::json!({ "detail": secret }).to_string();
        let twice = serde_json::json!({ "detail": once }).to_string();
        assert_eq!(hidden(&[secret], &once), r#"{"detail":"***"}"#);
        assert_eq!(hidden(&[secret], &twice), r#"{"detail":"{\"detail\":\"***\"}"}"#);
        assert_eq!(hidden(&[secret], &format!("{twice:?}")), format!("{:?}", twice.replace(r#"p\\\"ss\\\\w"#, "***")));
    }

    #[test]
    fn a_secret_that_begins_with_another_is_hidden_whole() {
        assert_eq!(hidden(&["admin", "admin-s3cr3t"], "bad admin-s3cr3t of admin"), "bad *** of ***");
    }

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        assert_eq!(hidden(&["s3cr3t"], "s3cr3t and s3cr3t."), "*** and ***.");
        assert_eq!(
            hidden(&["s3cr3t", "token-0123456789"], "the token token-0123456789 is for s3cr3t"),
            "the token *** is for ***"
        );
        assert_eq!(hidden(&["pässword"], "wrong: pässword"), "wrong: ***");
        assert_eq!(hidden(&["a"], "a banana"), "a banana");
        assert_eq!(hidden(&[], "text"), "text");
    }

    #[test]
    fn the_beginning_of_a_secret_at_a_cut_is_hidden_too() {
        assert_eq!(hidden(&["token-0123456789"], "the token token-012345"), "the token ***");
        assert_eq!(hidden(&["token-0123456789"], "the token token-01"), "the token ***");
        assert_eq!(hidden(&["token-0123456789"], "the token token-0"), "the token token-0");
        assert_eq!(hidden(&["ääääääää"], "cut: äääää"), "cut: ***");
    }

    #[test]
    fn a_cut_is_found_wherever_the_letters_before_it_begin() {
        for before in ["", "ä", "€", "𝄞", "aä", "ää"] {
            for cut in 8..16 {
                let text = format!("{before}{}", &"token-0123456789"[..cut]);
                assert_eq!(hidden(&["token-0123456789"], &text), format!("{before}***"), "{text}");
            }
        }
    }
}
