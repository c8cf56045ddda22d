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

/// What goes wrong ends the program, and the run with it.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Counts allocations, where the binary counts them: allocations so far, and their bytes.
pub type Allocations = fn() -> (u64, u64);

/// Runs what the arguments say, on one thread.
///
/// # Errors
///
/// Whatever went wrong: a measurement with a failure in it is none.
pub fn run(allocations: Option<Allocations>) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().ok_or("name a program; benches/README.md says which there are")?;
    let plan = plan::Plan::of(arguments, allocations)?;
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
            other => Err(format!("there is no program {other}").into()),
        }
    })
}
