//! A user token from IAM.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{Authorize, NotAuthorized, bounds};

const HEADER: HeaderName = HeaderName::from_static("x-auth-token");

/// A user token: visible ASCII characters, as many as [`bounds::TOKEN`] allows. IAM's `X-Subject-Token`.
///
/// It lives for 24 hours, and a token of a regional IAM host is valid in that region only (vendor's documentation).
/// `Debug` shows nothing of it, there is no `Display`, it is compared in constant time, cloning does not copy it, and
/// its memory is wiped when the last clone is dropped.
///
/// ```
/// use codearts_repo_client::Token;
///
/// # fn main() -> Result<(), codearts_repo_client::InvalidToken> {
/// let token = Token::new("MIIExample")?;
/// assert_eq!(format!("{token:?}"), "Token(***)");
/// assert!(Token::new("MIIExample\n").is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Token(Arc<Header>);

impl Token {
    /// Takes a token as IAM gave it.
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] when the text is empty, longer than [`bounds::TOKEN`] allows, or holds a character that a header
    /// cannot carry. A line break at the end, as files and shells leave it, is one: it is named, not cut.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidToken> {
        let text = Zeroizing::new(text.into());
        if text.is_empty() {
            return Err(InvalidToken::Empty);
        }
        if text.len() > *bounds::TOKEN.end() {
            return Err(InvalidToken::TooLong(text.chars().count()));
        }
        if let Some(position) = text.bytes().position(|byte| !byte.is_ascii_graphic()) {
            return Err(match &text[position..] {
                "\n" | "\r\n" => InvalidToken::LineBreakAtEnd,
                _ => InvalidToken::Character(position + 1),
            });
        }
        // The header shares the one buffer, which is wiped when its last owner goes.
        let mut value =
            HeaderValue::from_maybe_shared(Bytes::from_owner(text)).map_err(|_| InvalidToken::Character(1))?;
        value.set_sensitive(true);
        Ok(Self(Arc::new(Header(value))))
    }

    /// The text, to store it or to hide it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.0.to_str().unwrap_or_default()
    }

    pub(crate) fn authorize(&self) -> Arc<dyn Authorize> {
        self.0.clone()
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.0.as_bytes().ct_eq(other.0.0.as_bytes()).into()
    }
}

impl Eq for Token {}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

impl From<Token> for crate::Authorization {
    fn from(token: Token) -> Self {
        crate::Auth::from(token).into()
    }
}

struct Header(HeaderValue);

impl Authorize for Header {
    fn authorize(&self, request: &mut reqwest::Request) -> Result<(), NotAuthorized> {
        request.headers_mut().insert(HEADER, self.0.clone());
        Ok(())
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.0.to_str().unwrap_or_default()]
    }
}

/// A text that is not a token. It says what is wrong and nothing of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidToken {
    /// The text is empty.
    #[error("the token is empty")]
    Empty,
    /// The text has this many characters, and that is too many.
    #[error("the token has {0} characters, more than {max}", max = bounds::TOKEN.end())]
    TooLong(usize),
    /// The text ends with a line break.
    #[error("the token ends with a line break")]
    LineBreakAtEnd,
    /// The character at this place, counted in bytes from 1, is not a visible ASCII character.
    #[error("character {0} of the token is a space, a line break or not ASCII")]
    Character(usize),
}

impl InvalidToken {
    /// What to do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Empty => "set the token that IAM returned in X-Subject-Token",
            Self::TooLong(_) | Self::LineBreakAtEnd | Self::Character(_) => "set the token without anything around it",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidToken, Token};
    use crate::bounds;

    #[test]
    fn a_token_has_a_length_and_visible_characters() {
        assert!(Token::new("t").is_ok());
        let most = *bounds::TOKEN.end();
        assert!(Token::new("t".repeat(most)).is_ok());
        assert_eq!(Token::new("").unwrap_err(), InvalidToken::Empty);
        assert_eq!(Token::new("t".repeat(most + 1)).unwrap_err(), InvalidToken::TooLong(most + 1));
        assert_eq!(Token::new("abc\n").unwrap_err(), InvalidToken::LineBreakAtEnd);
        assert_eq!(Token::new("abc\r\n").unwrap_err(), InvalidToken::LineBreakAtEnd);
        assert_eq!(Token::new("ab\nc").unwrap_err(), InvalidToken::Character(3));
        for text in [" abc", "a b", "abc ", "a\tb", "a\0b", "ü", "a\r\nX-Evil: 1"] {
            assert!(matches!(Token::new(text), Err(InvalidToken::Character(_))), "{text:?}");
        }
    }

    #[test]
    fn equal_texts_are_equal_tokens() {
        assert_eq!(Token::new("a").unwrap(), Token::new("a").unwrap());
        assert_ne!(Token::new("a").unwrap(), Token::new("b").unwrap());
        assert_ne!(Token::new("a").unwrap(), Token::new("aa").unwrap());
    }
}
