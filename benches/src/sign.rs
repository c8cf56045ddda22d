//! Signs requests with the wrapper's own signer, as the hook of every request does.

use std::hint::black_box;
use std::time::Instant;

use codearts_repo::auth::AccessKey;
use codearts_repo_client::Authorize;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use serde_json::json;

use crate::Failure;
use crate::harness::cpu_time;
use crate::plan::{Limit, Plan};

/// The body that is signed, in bytes.
const BODY: usize = 1024;

pub(crate) fn run(plan: &Plan) -> Result<(), Failure> {
    let key = AccessKey::new("HPUATESTAKEXAMPLE0001", "wJalrTestSecretKeyExample0123456789ABCDEF")?;
    let mut request = Request::new(Method::POST, "http://127.0.0.1/v4/repositories/123/remote-mirror".parse()?);
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    *request.body_mut() = Some(vec![b'x'; BODY].into());
    let (end, calls) = match plan.limit {
        Limit::Calls(calls) => (None, calls),
        Limit::Time(time) => (Some(time), u32::MAX),
    };
    let (cpu, begun) = (cpu_time()?, Instant::now());
    let mut signed = 0;
    while signed < calls && end.is_none_or(|end| signed % 64 != 0 || begun.elapsed() < end) {
        key.authorize(black_box(&mut request))?;
        signed += 1;
    }
    let elapsed = begun.elapsed().as_secs_f64();
    let cpu = (cpu_time()? - cpu).as_secs_f64();
    let report = json!({
        "calls": signed,
        "calls_per_second": f64::from(signed) / elapsed,
        "cpu_us_per_call": cpu * 1e6 / f64::from(signed),
        "body_bytes": BODY,
    });
    println!("{report}");
    Ok(())
}
