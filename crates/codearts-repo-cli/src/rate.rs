//! How much at once: `--rate` and `--concurrency`.

use std::num::NonZeroU32;

use codearts_repo_sync::Quota;

use crate::advice::Explanation;

/// A quota, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) quota: Quota,
    text: String,
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// Reads `600/min` or `unlimited`.
pub(crate) fn parse(text: &str) -> Result<Rate, Explanation> {
    let rate = |quota| Rate { quota, text: text.to_owned() };
    if text == "unlimited" {
        return Ok(rate(Quota::unlimited()));
    }
    let number = per_minute(text).ok().and_then(NonZeroU32::new);
    number
        .map(Quota::per_minute)
        .map(rate)
        .ok_or_else(|| Explanation::new("invalid rate", "use 1/min to 60000/min, or unlimited"))
}

/// Reads `600/min`.
pub(crate) fn per_minute(text: &str) -> Result<u32, Explanation> {
    let number = text.strip_suffix("/min").and_then(|number| whole(number, 60_000));
    number.ok_or_else(|| Explanation::new("invalid rate", "use 1/min to 60000/min"))
}

/// Reads a number from 1 to 1000.
pub(crate) fn concurrency(text: &str) -> Result<usize, Explanation> {
    whole(text, 1000).map(|number| number as usize).ok_or_else(|| Explanation::new("invalid number", "use 1 to 1000"))
}

/// Reads a number from 1 to 1000000.
pub(crate) fn max_running(text: &str) -> Result<usize, Explanation> {
    whole(text, 1_000_000)
        .map(|number| number as usize)
        .ok_or_else(|| Explanation::new("invalid number", "use 1 to 1000000"))
}

/// Reads a number from 1 to this one, in digits only.
pub(crate) fn whole(text: &str, most: u32) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (1..=most).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_a_minute_or_unlimited() {
        let quota = |text| parse(text).expect(text).quota;
        assert_eq!((quota("600/min"), quota("unlimited")), (Quota::default(), Quota::unlimited()));
        assert!(parse("1/min").is_ok() && parse("60000/min").is_ok());
        for text in ["", "600", "0/min", "60001/min", "10/s", "-1/min", "+1/min", "/min", "none"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn concurrency_is_a_number_up_to_a_thousand() {
        assert_eq!((concurrency("1"), concurrency("1000")), (Ok(1), Ok(1000)));
        for text in ["", "0", "1001", "+1", "many"] {
            assert!(concurrency(text).is_err(), "{text}");
        }
        assert_eq!((max_running("1"), max_running("1000000")), (Ok(1), Ok(1_000_000)));
        assert!(max_running("0").is_err() && max_running("1000001").is_err());
    }
}
