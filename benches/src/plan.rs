//! The arguments of a program.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::Failure;

pub(crate) struct Plan {
    pub(crate) endpoint: String,
    /// The file with the CA's certificate: the server writes it, the others trust it. Without it they use plain HTTP.
    pub(crate) ca: Option<String>,
    pub(crate) token: String,
    pub(crate) in_flight: usize,
    /// Whether a program without timeouts sets those of the wrapper.
    pub(crate) limits: bool,
    pub(crate) limit: Limit,
    /// The quota for many starts.
    pub(crate) per_minute: Option<NonZeroU32>,
}

/// When to stop.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    Calls(u32),
    Time(Duration),
}

impl Plan {
    pub(crate) fn of(mut arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut plan = Self {
            endpoint: String::new(),
            ca: None,
            token: token(2_000),
            in_flight: 1,
            limits: false,
            limit: Limit::Calls(1),
            per_minute: None,
        };
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{name} needs a value"));
            match name.as_str() {
                "--endpoint" => plan.endpoint = value()?,
                "--ca" => plan.ca = Some(value()?),
                "--token" => plan.token = token(value()?.parse()?),
                "--in-flight" => plan.in_flight = value()?.parse()?,
                "--calls" => plan.limit = Limit::Calls(value()?.parse()?),
                "--seconds" => plan.limit = Limit::Time(Duration::from_secs_f64(value()?.parse()?)),
                "--per-minute" => plan.per_minute = Some(value()?.parse()?),
                "--limits" => plan.limits = true,
                other => return Err(format!("unknown option {other}").into()),
            }
        }
        Ok(plan)
    }
}

/// A token of this length.
fn token(length: usize) -> String {
    "MII".chars().chain(std::iter::repeat('t')).take(length).collect()
}
