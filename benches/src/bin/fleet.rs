//! Measures whole runs of the command: see `benches/fleet.md`.

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    codearts_repo_bench::fleet::run()
}
