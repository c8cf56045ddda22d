//! Many repositories: `sync_many`, and the same starts with reqwest.

use std::time::Instant;

use codearts_repo::RepositoryId;
use codearts_repo_sync::{Many, Quota, Syncer};
use futures_util::stream::{self, StreamExt};
use serde_json::json;

use crate::Failure;
use crate::call::checked;
use crate::harness::peak_kib;
use crate::plan::{Limit, Plan};
use crate::programs::{Reqwest, client, wrapper_client};

pub(crate) async fn wrapper(plan: &Plan) -> Result<(), Failure> {
    let count = count(plan)?;
    let syncer =
        Syncer::with_quota(wrapper_client(plan)?, plan.per_minute.map_or(Quota::unlimited(), Quota::per_minute));
    let ids = stream::iter((1..=count).filter_map(|number| RepositoryId::try_from(number).ok()));
    let settings = Many::default().concurrency(plan.in_flight);
    let begun = Instant::now();
    let started = syncer.sync_many(ids, settings).filter(|report| std::future::ready(report.result.is_ok()));
    let started = started.count().await;
    report(started, count, begun)
}

pub(crate) async fn reqwest(plan: &Plan) -> Result<(), Failure> {
    let count = count(plan)?;
    let program = &Reqwest::with(plan, &client(plan)?)?;
    let begun = Instant::now();
    let started = stream::iter(1..=count)
        .map(|repository| async move { checked(&program.start(repository).await?) })
        .buffer_unordered(plan.in_flight)
        .filter(|result| std::future::ready(result.is_ok()));
    let started = started.count().await;
    report(started, count, begun)
}

fn count(plan: &Plan) -> Result<u32, Failure> {
    match plan.limit {
        Limit::Calls(calls) => Ok(calls),
        Limit::Time(_) => Err("many repositories need --calls".into()),
    }
}

fn report(started: usize, count: u32, begun: Instant) -> Result<(), Failure> {
    let elapsed = begun.elapsed().as_secs_f64();
    if started != count as usize {
        return Err(format!("{started} of {count} were started").into());
    }
    let report = json!({
        "calls": count,
        "calls_per_second": f64::from(count) / elapsed,
        "peak_mib": peak_kib()? as f64 / 1024.0,
    });
    println!("{report}");
    Ok(())
}
