//! Answers of at most 64 KiB, from services that issue keys and ID tokens.

use reqwest::RequestBuilder;
use zeroize::Zeroizing;

/// The longest answer that is read, in bytes. A security token has a few thousand.
const MAX_BYTES: usize = 64 * 1024;

/// An answer whose body may contain a key.
pub(crate) struct BoundedAnswer {
    pub(crate) status: u16,
    /// When the service answered, by its own clock.
    #[cfg(any(feature = "ecs", feature = "pod"))]
    pub(crate) answered_at: std::time::SystemTime,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// Nothing answers at the address within the time.
    Unreachable,
    Broken,
    TooLong,
}

impl NoAnswer {
    /// What the service did, as the rest of a sentence.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Unreachable => "did not answer in time",
            Self::Broken => "broke the connection",
            Self::TooLong => "answered with more than 64 KiB",
        }
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Result<BoundedAnswer, NoAnswer> {
    let broken = |error: reqwest::Error| {
        if error.is_connect() || error.is_timeout() { NoAnswer::Unreachable } else { NoAnswer::Broken }
    };
    let mut response = request.send().await.map_err(broken)?;
    let status = response.status().as_u16();
    #[cfg(any(feature = "ecs", feature = "pod"))]
    let answered_at = crate::issuers_clock::now(response.headers());
    // At full length from the start: a vector that grows leaves copies of the key behind.
    let mut body = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(NoAnswer::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(BoundedAnswer {
        status,
        #[cfg(any(feature = "ecs", feature = "pod"))]
        answered_at,
        body,
    })
}
