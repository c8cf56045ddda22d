//! Every way in which a call is authorised.

mod token;

pub use token::{InvalidToken, Token};

/// Who the caller is: a [`Token`] so far.
///
/// A client takes anything that converts into it, and asks it before every call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Auth {
    /// A token that the caller got from IAM, sent as `X-Auth-Token`.
    Token(Token),
}

impl From<Token> for Auth {
    fn from(token: Token) -> Self {
        Self::Token(token)
    }
}
