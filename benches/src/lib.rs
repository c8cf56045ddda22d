//! Programs that make the same call in different ways, and a bare server for them. `benches/run.py` runs them.

mod call;
pub mod fleet;
mod harness;
mod many;
mod plan;
mod programs;
mod server;
mod sign;

use std::error::Error;

/// Any failure ends the program, and with it the run.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Runs the program in the arguments, on one thread.
///
/// # Errors
///
/// Any failure, which makes the measurement invalid.
pub fn run() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().ok_or("missing program")?;
    let plan = plan::Plan::of(arguments)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match program.as_str() {
            "server" => server::run(&plan).await,
            "wrapper" => harness::measure::<programs::Wrapper>(&plan).await,
            "show" => harness::measure::<programs::Show>(&plan).await,
            "reqwest" => harness::measure::<programs::Reqwest>(&plan).await,
            "hyper" => harness::measure::<programs::Hyper>(&plan).await,
            "many-wrapper" => many::wrapper(&plan).await,
            "many-reqwest" => many::reqwest(&plan).await,
            "sign" => sign::run(&plan),
            other => Err(format!("unknown program {other}").into()),
        }
    })
}
