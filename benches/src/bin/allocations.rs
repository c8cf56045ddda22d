//! The programs, with a count of their allocations. Counting costs time: nothing is timed here.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    codearts_repo_bench::run(Some(|| {
        let stats = ALLOCATOR.stats();
        let (made, grown) = (stats.allocations + stats.reallocations, stats.bytes_reallocated);
        (made as u64, stats.bytes_allocated as u64 + grown.max(0) as u64)
    }))
}
