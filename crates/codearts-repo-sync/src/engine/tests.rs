//! The engine against a model of the service, in paused time.

mod fleet;
mod lost_starts;
mod model;
