//! Makes calls, a number of them at a time, and reports what they cost.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::Failure;
use crate::plan::{Limit, Plan};

/// A program: its connections, and how it makes the call with them.
pub(crate) trait Program: Sized + Send + 'static {
    /// What all calls in flight share.
    type Shared;

    fn shared(plan: &Plan) -> impl Future<Output = Result<Self::Shared, Failure>>;

    /// A worker, which makes one call after the other.
    fn new(plan: &Plan, shared: &Self::Shared) -> impl Future<Output = Result<Self, Failure>>;

    fn call(&mut self, repository: u32) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Calls of each worker before the measurement.
const WARM_UP: u32 = 20;

pub(crate) async fn measure<P: Program>(plan: &Plan) -> Result<(), Failure> {
    let shared = P::shared(plan).await?;
    let mut programs = Vec::with_capacity(plan.in_flight);
    for _ in 0..plan.in_flight {
        programs.push(P::new(plan, &shared).await?);
    }
    let (programs, _) = all(programs, Limit::Calls(WARM_UP)).await?;

    let (cpu, begun) = (cpu_time()?, Instant::now());
    let (_, mut latencies) = all(programs, plan.limit).await?;
    let elapsed = begun.elapsed().as_secs_f64();
    let cpu = (cpu_time()? - cpu).as_secs_f64();

    let calls = latencies.len() as f64;
    latencies.sort_unstable();
    let percentile = |part: f64| latencies.get((calls * part) as usize).map(|latency| latency.as_secs_f64() * 1e6);
    let report = json!({
        "calls": calls,
        "calls_per_second": calls / elapsed,
        "p50_us": percentile(0.5),
        "p99_us": percentile(0.99),
        "cpu_us_per_call": cpu * 1e6 / calls,
        "peak_mib": peak_kib()? as f64 / 1024.0,
    });
    println!("{report}");
    Ok(())
}

/// Runs all workers at the same time, and returns how long each call took.
async fn all<P: Program>(programs: Vec<P>, limit: Limit) -> Result<(Vec<P>, Vec<Duration>), Failure> {
    let end = match limit {
        Limit::Calls(_) => None,
        Limit::Time(time) => Some(Instant::now() + time),
    };
    let mut running = Vec::with_capacity(programs.len());
    for mut program in programs {
        running.push(tokio::spawn(async move {
            // Reserved now: growing it must not cost time in a call.
            let mut latencies = Vec::with_capacity(match limit {
                Limit::Calls(calls) => calls as usize,
                Limit::Time(_) => 1 << 16,
            });
            let mut now = Instant::now();
            let mut made = 0;
            while match limit {
                Limit::Calls(calls) => made < calls,
                Limit::Time(_) => end.is_some_and(|end| now < end),
            } {
                let begun = now;
                program.call(made % 100_000 + 1).await?;
                now = Instant::now();
                latencies.push(now - begun);
                made += 1;
            }
            Ok::<_, Failure>((program, latencies))
        }));
    }
    let (mut programs, mut latencies) = (Vec::with_capacity(running.len()), Vec::new());
    for task in running {
        let (program, its) = task.await??;
        programs.push(program);
        latencies.extend(its);
    }
    Ok((programs, latencies))
}

/// The CPU time of this thread, which does all the work.
pub(crate) fn cpu_time() -> Result<Duration, Failure> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds = text.split(' ').next().ok_or("no CPU time")?;
    Ok(Duration::from_nanos(nanoseconds.parse()?))
}

/// The peak memory of this process.
pub(crate) fn peak_kib() -> Result<u64, Failure> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
